"""What an applicant does about a request: correct it, give reasons, take it back, complain."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from inquiry_service.disclosure.looking.handling import open_case
from inquiry_service.disclosure.office import DisclosureOffice
from inquiry_service.disclosure.procedure.consulting import give_reasons
from inquiry_service.disclosure.procedure.correcting import submit_correction
from inquiry_service.disclosure.procedure.ending import complain, withdraw_request
from inquiry_service.disclosure.rules import events as happened
from inquiry_service.disclosure.rules.events import Event
from inquiry_service.disclosure.rules.request import printable
from inquiry_service.errors import BadInput, Problem
from inquiry_service.web.request_typed import CORRECTION, LONGEST

Typed = Mapping[str, str]


def correct(office: DisclosureOffice, number: str, typed: Typed, version: int | None) -> None:
    submit_correction(
        office,
        number,
        description=typed.get("description", ""),
        document_number=typed.get("document_number", ""),
        period=typed.get("period", ""),
        expected_version=version,
    )


def reason(office: DisclosureOffice, number: str, typed: Typed, version: int | None) -> None:
    text = _not_too_long("reasons", typed)
    give_reasons(office, number, text, expected_version=version)


def complaint(office: DisclosureOffice, number: str, typed: Typed, version: int | None) -> None:
    text = _not_too_long("complaint", typed)
    complain(office, number, text, expected_version=version)


def withdraw(office: DisclosureOffice, number: str, _typed: Typed, version: int | None) -> None:
    withdraw_request(office, number, expected_version=version)


def _not_too_long(name: str, typed: Typed) -> str:
    text = typed.get(name, "")
    if len(text) > LONGEST:
        raise BadInput([Problem(name, f"最多{LONGEST}字，请删去{len(text) - LONGEST}字。")])
    return text


@dataclass(frozen=True, slots=True)
class Act:
    """One thing an applicant can do; `fact` is what the history then holds."""

    name: str
    fields: tuple[str, ...]
    do: Callable[[DisclosureOffice, str, Typed, int | None], None]
    fact: type[Event]
    done: str
    refused: str


_LISTED = (
    Act(
        "correction",
        CORRECTION,
        correct,
        happened.CorrectedRequestReceived,
        "补正已经收到，答复期限从今天起重新计算。",
        "这件申请现在不在等待补正，您写的补正没有提交。还想补充的，可以在“补充材料”里上传。",
    ),
    Act(
        "reasons",
        ("reasons",),
        reason,
        happened.ReasonsGiven,
        "您说明的理由已经收到。",
        "这件申请现在不在等待说明理由，您写的内容没有提交。",
    ),
    Act(
        "withdrawal",
        (),
        withdraw,
        happened.Withdrawn,
        "已按您的要求撤回这件申请。",
        "这件申请已经办结，不能再撤回。",
    ),
    Act(
        "complaint",
        ("complaint",),
        complaint,
        happened.ComplaintReceived,
        "投诉已经收到并记录在案，不影响这件申请的答复期限。",
        "现在不能在这里投诉，请到本局窗口或者向政府信息公开工作主管部门提出。",
    ),
)

ACTS = {act.name: act for act in _LISTED}


def done_before(office: DisclosureOffice, act: Act, number: str, typed: Typed) -> bool:
    """Whether the very same was done already: a form that was sent twice."""
    case = open_case(office, number)
    if not any(isinstance(recorded.event, act.fact) for recorded in case.history):
        return False
    if act.name == "correction":
        return all(getattr(case.application, name) == printable(typed[name]) for name in CORRECTION)
    texts = {one.text for one in case.written if one.about == act.name}
    return all(printable(text) in texts for text in typed.values())
