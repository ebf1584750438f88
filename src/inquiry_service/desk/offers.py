"""What may be done now: what the stage allows and the role may do, as links to forms."""

from dataclasses import dataclass

from inquiry_service.desk.steps import STEPS
from inquiry_service.disclosure.letters.kinds import LetterKind
from inquiry_service.disclosure.looking.handling import Case
from inquiry_service.disclosure.looking.letters_seen import LetterSeen
from inquiry_service.disclosure.office import DisclosureOffice
from inquiry_service.disclosure.rules import events as happened
from inquiry_service.disclosure.rules.events import Event
from inquiry_service.disclosure.rules.matters import Matter
from inquiry_service.disclosure.rules.position import OPEN, Stage
from inquiry_service.staff.accounts import Session
from inquiry_service.staff.roles import Permission


@dataclass(frozen=True, slots=True)
class Offer:
    """A link to a form: what it does stands below it."""

    title: str
    told: str
    address: str


@dataclass(frozen=True, slots=True)
class Offers:
    """`urgent` are letters that wait for this very person; `aside` belongs to no stage."""

    urgent: tuple[Offer, ...] = ()
    steps: tuple[Offer, ...] = ()
    letters: tuple[Offer, ...] = ()
    aside: tuple[Offer, ...] = ()
    reply: bool = False
    material: bool = False

    @property
    def any(self) -> bool:
        return bool(self.urgent or self.steps or self.letters or self.reply)


STEP_OF_LETTER: dict[LetterKind, type[Event]] = {
    LetterKind.CORRECTION: happened.CorrectionAsked,
    LetterKind.REASONS: happened.ReasonsAsked,
    LetterKind.EXTENSION: happened.DeadlineExtended,
    LetterKind.THIRD_PARTY_CONSULTATION: happened.ThirdPartyConsulted,
    LetterKind.CO_MAKER_CONSULTATION: happened.AgencyConsulted,
    LetterKind.FEE: happened.FeeNoticed,
    LetterKind.REPLY: happened.ReplyDrafted,
}
"""The step that a letter is; the other kinds only tell something."""

_ONCE = (LetterKind.CORRECTION, LetterKind.REASONS, LetterKind.EXTENSION, LetterKind.FEE)
_CONSULTED = (happened.ThirdPartyConsulted, happened.AgencyConsulted)


def offers(office: DisclosureOffice, case: Case, session: Session) -> Offers:
    base = f"/desk/requests/{case.number}"
    urgent = tuple(_urgent(case, session, base))
    steps, aside = (_steps(case, session, base, aside=apart) for apart in (False, True))
    aside += _publishing(case, session, base)
    if not session.may(Permission.WORK):
        return Offers(urgent=urgent, aside=steps + aside)
    return Offers(
        urgent=urgent,
        steps=steps,
        letters=tuple(_letters(office, case, base)),
        aside=aside,
        reply=may_draft(office, case, LetterKind.REPLY),
        material=happened.FileAdded in case.allowed,
    )


def _steps(case: Case, session: Session, base: str, *, aside: bool) -> tuple[Offer, ...]:
    return tuple(
        Offer(step.title, step.told, f"{base}/{step.key}")
        for step in STEPS
        if step.aside == aside and session.may(*step.any_of) and step.offered(case)
    )


def _publishing(case: Case, session: Session, base: str) -> tuple[Offer, ...]:
    """For any request, and for a suggestion above all (条例第四十四条)."""
    if case.matter is Matter.RECORD_CORRECTION or not session.may(Permission.APPROVE):
        return ()
    if happened.PublicationDecided not in case.allowed or case.position.has(happened.CaseErased):
        return ()
    told = "多人申请相同信息或者有人建议公开，可以主动公开的，列入待公开清单（条例第四十四条）。"
    return (Offer("决定主动公开", told, f"{base}/publish"),)


def _letters(office: DisclosureOffice, case: Case, base: str) -> list[Offer]:
    kinds = [kind for kind in LetterKind if kind is not LetterKind.REPLY]
    return [
        Offer(kind.label, f"{kind.nature.serves}。", f"{base}/letters/new?kind={kind.value}")
        for kind in kinds
        if may_draft(office, case, kind)
    ]


def may_draft(office: DisclosureOffice, case: Case, kind: LetterKind) -> bool:
    """Whether it makes sense to begin such a letter now; the procedure has the last word."""
    step = STEP_OF_LETTER.get(kind, happened.LetterDrafted)
    if kind is LetterKind.FEE and not office.fees:
        return False
    if kind is LetterKind.EXTENSION and _may_be_delayed(case):
        return _fits(case, kind)
    if kind in _ONCE and case.position.has(step):
        return False
    return step in case.allowed and _fits(case, kind)


def _may_be_delayed(case: Case) -> bool:
    """After reasons the same letter sets a later day, extended or not (条例第三十五条)."""
    return happened.LaterDateSet in case.allowed and case.position.has(happened.ReasonsGiven)


def _fits(case: Case, kind: LetterKind) -> bool:
    """The letters that tell of a consultation need one; the others an open case.

    All but two are worded for requests (条例第二十七条), not for 第四十一条、第四十四条.
    """
    if case.matter is not Matter.REQUEST and kind not in (LetterKind.RECEIPT, LetterKind.REPLY):
        return False
    if kind in (LetterKind.CONSULTATION_NOTICE, LetterKind.DISCLOSURE_NOTICE):
        return case.position.has(*_CONSULTED)
    if kind is LetterKind.RECEIPT:
        return case.position.received is not None and case.position.open
    if kind is LetterKind.REPLY:
        return not case.position.reply
    return case.position.stage in OPEN - {Stage.AWAITING_RECEIPT, Stage.RECEIVED}


def _urgent(case: Case, session: Session, base: str) -> list[Offer]:
    """Letters waiting for what this person may do: review, approve, send."""
    found = []
    for letter in case.letters:
        address = f"{base}/letters/{letter.letter_id}"
        if letter.hindrance and session.may(Permission.WORK):
            found.append(Offer(f"核对：{letter.kind.label}", letter.hindrance, address))
        for do in letter_deeds(case, letter):
            mine = session.login not in letter.writers or do.permission is Permission.WORK
            if session.may(do.permission) and mine:
                found.append(Offer(f"{do.title}：{letter.kind.label}", do.told, address))
    return found


@dataclass(frozen=True, slots=True)
class Deed:
    """What can be done next with a letter, and by whom."""

    key: str
    title: str
    told: str
    permission: Permission


SECRECY = Deed("secrecy", "通过保密审查", "公开前先作保密审查（条例第十七条）。", Permission.REVIEW)
LEGAL = Deed("legal", "通过合法性审核", "核对条款、理由和救济途径。", Permission.REVIEW)
APPROVAL = Deed(
    "approve", "批准", "自动编文号、填日期，批准后不能再改（条例第四十五条）。", Permission.APPROVE
)
SENDING = Deed("send", "发出", "邮寄以交邮之日、当面以签收之日为准。", Permission.WORK)

_OF_REPLY = {
    Stage.DRAFTED: SECRECY,
    Stage.SECRECY_REVIEWED: LEGAL,
    Stage.LEGAL_CHECKED: APPROVAL,
    Stage.APPROVED: SENDING,
}


def letter_deeds(case: Case, letter: LetterSeen) -> tuple[Deed, ...]:
    """The next step of a letter; none once it has left, or for a reply that was sent back."""
    if letter.sent or letter.discarded or case.position.stage is Stage.ARCHIVED:
        return ()
    if letter.hindrance:
        return ()
    if letter.kind is LetterKind.REPLY:
        deed = _OF_REPLY.get(case.position.stage)
        return (deed,) if deed and case.position.reply == letter.letter_id else ()
    return (SENDING,) if letter.approved else (APPROVAL,)


def discardable(case: Case, letter: LetterSeen) -> bool:
    """Whatever has not left, unless it is the reply in review: that is sent back."""
    if letter.sent or letter.discarded or case.position.is_reply_in_review(letter.letter_id):
        return False
    return happened.LetterDiscarded in case.allowed


def editable(case: Case, letter: LetterSeen) -> bool:
    """A letter is written anew until it is approved, while it could still be sent."""
    if letter.approved or letter.discarded or letter.hindrance:
        return False
    if letter.kind is not LetterKind.REPLY:
        return happened.LetterDrafted in case.allowed
    mine = case.position.reply in ("", letter.letter_id)
    return mine and happened.ReplyDrafted in case.allowed
