"""From a form to the use case of a letter: keep, send back, review, approve, send."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from inquiry_service.desk.letter_page import completed, designations
from inquiry_service.desk.submitted import day_in
from inquiry_service.disclosure.letters import Delivery, LetterKind
from inquiry_service.disclosure.looking.handling import Case
from inquiry_service.disclosure.office import DisclosureOffice
from inquiry_service.disclosure.procedure import approving, sending, writing
from inquiry_service.disclosure.rules.request import choice_of
from inquiry_service.errors import BadInput, Problem
from inquiry_service.staff.roles import Permission


@dataclass(frozen=True, slots=True)
class LetterOrder:
    """What a member of staff wants done with a letter of a case seen in this version."""

    office: DisclosureOffice
    number: str
    by: str
    version: int
    typed: Mapping[str, str]


def save(order: LetterOrder, kind: LetterKind, letter_id: str | None, case: Case) -> str:
    """Keep a draft; gives its id."""
    parties = {option.value for option in designations(kind)}
    party = order.typed.get("party", "")
    if parties and party not in parties:
        raise BadInput([Problem("party", "请选择一个代称，姓名、名称不进入办理记录。")])
    return writing.draft_letter(
        order.office,
        order.number,
        kind,
        completed(order.office, case, kind, order.typed),
        party=party if parties else "",
        letter_id=letter_id,
        by=order.by,
        expected_version=order.version,
    )


def _return(order: LetterOrder, letter_id: str) -> None:
    writing.return_letter(
        order.office,
        order.number,
        letter_id,
        why=order.typed.get("why", ""),
        by=order.by,
        expected_version=order.version,
    )


def _discard(order: LetterOrder, letter_id: str) -> None:
    writing.discard_letter(
        order.office,
        order.number,
        letter_id,
        because=order.typed.get("because", ""),
        by=order.by,
        expected_version=order.version,
    )


def _secrecy(order: LetterOrder, letter_id: str) -> None:
    approving.pass_secrecy_review(
        order.office, order.number, letter_id, by=order.by, expected_version=order.version
    )


def _legal(order: LetterOrder, letter_id: str) -> None:
    approving.pass_legal_check(
        order.office, order.number, letter_id, by=order.by, expected_version=order.version
    )


def _approve(order: LetterOrder, letter_id: str) -> None:
    approving.approve_letter(
        order.office, order.number, letter_id, by=order.by, expected_version=order.version
    )


def _send(order: LetterOrder, letter_id: str) -> None:
    route = choice_of(Delivery, order.typed.get("route", ""))
    if route is None:
        raise BadInput([Problem("route", "请选择送达方式。")])
    sending.send_letter(
        order.office,
        order.number,
        letter_id,
        route=route,
        on=day_in(order.typed, "sent_on"),
        by=order.by,
        expected_version=order.version,
    )


DEEDS: Mapping[str, tuple[Callable[[LetterOrder, str], None], tuple[Permission, ...]]] = {
    # Whoever wrote it may take it back, whoever checks it may send it back.
    "return": (_return, (Permission.WORK, Permission.REVIEW, Permission.APPROVE)),
    "discard": (_discard, (Permission.WORK, Permission.APPROVE)),
    "secrecy": (_secrecy, (Permission.REVIEW,)),
    "legal": (_legal, (Permission.REVIEW,)),
    "approve": (_approve, (Permission.APPROVE,)),
    "send": (_send, (Permission.WORK,)),
}
"""What can be done with a letter, and who may."""
