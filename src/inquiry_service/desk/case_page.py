"""What a member of staff sees of one case, beside the case itself."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from inquiry_service.answering.endings import address_of
from inquiry_service.conversation.transcript import Turn, channel_of, transcript
from inquiry_service.desk.awaiting import next_to_act, working_days_left
from inquiry_service.desk.case_history import StepDone, names_of_staff, steps_done
from inquiry_service.desk.offers import Offers, offers
from inquiry_service.desk.outcome_choices import note_on_reply
from inquiry_service.desk.parts import DeskParts
from inquiry_service.disclosure.attachments.adding import StoredFile, files_of
from inquiry_service.disclosure.keeping.auditing import Audited, audit_case
from inquiry_service.disclosure.looking.evidence import CaseEvidence, evidence_for
from inquiry_service.disclosure.looking.handling import Case
from inquiry_service.disclosure.looking.publications import (
    Publication,
    publications,
    publications_of,
)
from inquiry_service.disclosure.procedure.publishing import DROPPED, TITLE
from inquiry_service.disclosure.rules.channels import Channel
from inquiry_service.disclosure.rules.identity import masked_credit_code, masked_identity_number
from inquiry_service.disclosure.rules.identity import masked_proof as masked_other_proof
from inquiry_service.disclosure.rules.position import Stage
from inquiry_service.disclosure.rules.request import Application, IdentityKind
from inquiry_service.disclosure.texts import ABOUT, Written
from inquiry_service.errors import NotFound
from inquiry_service.moments import local_day
from inquiry_service.staff.accounts import Session
from inquiry_service.staff.roles import Permission

CHANNELS = {channel.value: channel.label for channel in Channel}
"""How a request or a conversation came in, as staff read it."""

SIGHTS = {
    "COMPLAINT": "像信访、投诉、举报",
    "PUBLICATION": "像要公开出版物",
    "OTHER_BODY": "像其他机关的信息",
    "REGISTER": "像登记资料查询",
    "BUSINESS": "像要办理业务",
    "QUESTION": "像咨询",
    "MAKING": "像要求汇总分析",
    "CONFIRMATION": "像要求确认或者重新出具",
}
"""What a description looks like (`triage.Kind` by name), as staff read it."""

_ELSEWHERE = (TITLE, DROPPED)
"""Texts of a publication stand with it."""


@dataclass(frozen=True, slots=True)
class Published:
    """A published text by its title and address."""

    title: str
    url: str


@dataclass(frozen=True, slots=True)
class Proof:
    """A number that proves who applies, masked; `field` names it when the whole is asked for."""

    label: str
    masked: str
    field: str


@dataclass(frozen=True, slots=True)
class TextKept:
    """One written text with who wrote it."""

    label: str
    text: str
    on: date
    who: str


@dataclass(frozen=True, slots=True)
class CasePage:
    """The case, how much time is left, where it came from, and what may be done.

    `publications` rest on this case, `near_publications` on ones like it (条例第四十四条).
    `audited` is for those who answer for the case file, None for everybody else.
    `days_left` are working days; None when the clock does not run or the case has ended.
    """

    case: Case
    days_left: int | None
    overdue: bool
    turn: tuple[str, ...]
    proof: Proof | None
    turns: tuple[Turn, ...]
    talked_on: str
    near: tuple[Published, ...]
    files: tuple[StoredFile, ...]
    done: tuple[StepDone, ...]
    written: tuple[TextKept, ...]
    evidence: CaseEvidence | None
    publications: tuple[Publication, ...]
    near_publications: tuple[Publication, ...]
    names: Mapping[str, str]
    offers: Offers
    reply_note: str
    audited: Audited | None


def case_page(parts: DeskParts, case: Case, session: Session) -> CasePage:
    talk = case.conversation_id
    days_left = days_left_of(parts, case)
    names = names_of_staff(parts)
    evidence = evidence_for(parts.office, case.number) if case.position.open else None
    decided = publications(parts.office)
    own = publications_of(decided, [case.number])
    return CasePage(
        case=case,
        days_left=days_left,
        overdue=days_left is not None and days_left < 0,
        turn=next_to_act(case.position, case.hindered),
        proof=_proof(case.application),
        turns=tuple(transcript(parts.conversations, talk)) if talk else (),
        talked_on=_talked_on(parts, talk) if talk else "",
        near=tuple(_near(parts, case)),
        files=files_of(parts.office, case.number),
        done=steps_done(case, names),
        written=_kept(case, names),
        evidence=evidence,
        publications=tuple(own),
        near_publications=tuple(one for one in _near_decided(decided, evidence) if one not in own),
        names=names,
        offers=offers(parts.office, case, session),
        reply_note=note_on_reply(parts.office, case),
        audited=_audited(parts, case, session),
    )


def _near_decided(
    decided: tuple[Publication, ...], evidence: CaseEvidence | None
) -> list[Publication]:
    """What is or will be public of that which others asked for, so may be pointed to (36(1))."""
    alike = (one.number for one in evidence.several.evidence) if evidence else ()
    return [one for one in publications_of(decided, alike) if one.dropped_on is None]


def _audited(parts: DeskParts, case: Case, session: Session) -> Audited | None:
    answers = session.may(Permission.APPROVE, Permission.ADMINISTER)
    return audit_case(parts.office, case.number) if answers else None


def days_left_of(parts: DeskParts, case: Case) -> int | None:
    if case.due is None or not case.position.open or case.due.paused:
        return None
    return working_days_left(case.due, local_day(parts.office.clock()))


def ended(case: Case) -> bool:
    return case.position.stage in (Stage.REPLIED, Stage.WITHDRAWN, Stage.ARCHIVED)


def _proof(application: Application) -> Proof | None:
    """Masked here: the page never holds the number (个人信息保护法第六条)."""
    if application.by_organisation:
        code = application.credit_code
        masked = masked_credit_code(code)
        return Proof("统一社会信用代码", masked, "credit_code") if code else None
    number, kind = application.identity_number, application.identity_kind
    if not number:
        return None
    eighteen = kind in (IdentityKind.RESIDENT_IDENTITY_CARD, IdentityKind.RESIDENCE_PERMIT)
    masked = masked_identity_number(number) if eighteen else masked_other_proof(number)
    return Proof(kind.label if kind else "证件号码", masked, "identity_number")


def _kept(case: Case, names: Mapping[str, str]) -> tuple[TextKept, ...]:
    told = (one for one in case.written if one.about in ABOUT and one.about not in _ELSEWHERE)
    return tuple(_text_kept(one, names) for one in told)


def _text_kept(one: Written, names: Mapping[str, str]) -> TextKept:
    who = names.get(one.actor, one.actor)
    return TextKept(ABOUT[one.about], one.text, local_day(one.at), who)


def _talked_on(parts: DeskParts, conversation_id: str) -> str:
    channel = channel_of(parts.conversations, conversation_id)
    return CHANNELS.get(channel, channel)


def _near(parts: DeskParts, case: Case) -> list[Published]:
    """What was shown to the applicant before filing, as far as it is still published."""
    engine = parts.conversations.engine.current
    if engine is None:
        return []
    found = []
    for passage_id in case.near_answers:
        try:
            passage = engine.shelf.passage_by_id(passage_id)
        except NotFound:
            continue
        title = engine.shelf.provenance(passage.document_id).title
        found.append(Published(title, address_of(passage.document_id, passage_id)))
    return found
