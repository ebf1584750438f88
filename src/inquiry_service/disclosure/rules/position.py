"""Where a request stands in the procedure: a fold over its history. Pure.

Nothing here judges; what may happen next is the table in `transitions`.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from inquiry_service.disclosure.rules import events as happened
from inquiry_service.disclosure.rules.events import Event
from inquiry_service.disclosure.rules.letter_states import REPLY, Letter, letters_moved
from inquiry_service.disclosure.rules.recorded import Recorded


class Stage(StrEnum):
    """The stages of a request; the value is the clerk's label."""

    NOTHING = "未提交"
    AWAITING_RECEIPT = "待确认收到"
    RECEIVED = "待登记"
    IN_REVIEW = "办理中"
    AWAITING_CORRECTION = "待补正"
    AWAITING_REASONS = "待说明理由"
    AWAITING_FEE = "待缴费"
    CONSULTING = "征求意见中"
    DRAFTED = "答复待保密审查"
    SECRECY_REVIEWED = "答复待合法性审核"
    LEGAL_CHECKED = "答复待批准"
    APPROVED = "答复待送达"
    REPLIED = "已答复"
    WITHDRAWN = "已撤回"
    ARCHIVED = "已归档"


OPEN = frozenset(Stage) - {Stage.NOTHING, Stage.REPLIED, Stage.WITHDRAWN, Stage.ARCHIVED}
"""A reply, or the applicant's withdrawal, ends a request."""

REPLY_UNDER_WAY = frozenset(
    {Stage.DRAFTED, Stage.SECRECY_REVIEWED, Stage.LEGAL_CHECKED, Stage.APPROVED}
)


BESIDE = (
    happened.FileAdded,
    happened.SearchRecorded,
    happened.ComplaintReceived,
    happened.LegalHoldSet,
    happened.LegalHoldLifted,
    happened.CaseExported,
    happened.PublicationDecided,
    happened.InformationPublished,
    happened.PublicationDropped,
)
"""Facts of their own day that neither move a request on nor touch its limit."""


@dataclass(frozen=True, slots=True)
class Position:
    """`latest` is the latest day of a step so far: nothing may be dated before it.

    What is `BESIDE` is no step: a complaint on Saturday does not forbid to record on Monday what
    was posted on Friday.

    `before` is the stage a request goes back to when a reply draft is returned. `found` is what
    the latest search came to; `reviews` are pending, `decided` are over. `publications` are
    decided upon and not dropped.
    """

    stage: Stage = Stage.NOTHING
    before: Stage = Stage.IN_REVIEW
    matter: str = "request"
    latest: date | None = None
    received: date | None = None
    names: frozenset[str] = frozenset()
    waiting_until: date | None = None
    consulted: frozenset[tuple[str, str]] = frozenset()
    letters: tuple[tuple[str, Letter], ...] = ()
    reply: str = ""
    outcome_code: str = ""
    found: bool | None = None
    reviews: tuple[tuple[str, str], ...] = ()
    decided: frozenset[str] = frozenset()
    held: bool = False
    publications: frozenset[str] = frozenset()

    def has(self, *kinds: type[Event]) -> bool:
        return any(kind.__name__ in self.names for kind in kinds)

    def letter(self, letter: str) -> Letter | None:
        return dict(self.letters).get(letter)

    @property
    def on_their_way(self) -> tuple[tuple[str, Letter], ...]:
        """Letters beside the reply that were begun and neither left nor were discarded."""
        return tuple(
            (name, one)
            for name, one in self.letters
            if one.kind != REPLY and not one.sent and not one.discarded
        )

    def is_reply_in_review(self, letter: str) -> bool:
        """Whether it can be sent back: what is approved is sent, or discarded."""
        return self.stage in REPLY_UNDER_WAY - {Stage.APPROVED} and letter == self.reply

    @property
    def open(self) -> bool:
        return self.stage in OPEN

    @property
    def ground(self) -> Stage:
        """The stage that a reply would end: a draft under way changes nothing about it."""
        return self.before if self.stage in REPLY_UNDER_WAY else self.stage


def position_of(history: Iterable[Recorded]) -> Position:
    """The position after this history."""
    position = Position()
    for recorded in history:
        position = moved(position, recorded.event, recorded.actor)
    return position


def stage_of(events: Iterable[Event]) -> Stage:
    """The stage alone, for which it does not matter who acted."""
    position = Position()
    for event in events:
        position = moved(position, event, "")
    return position.stage


def moved(position: Position, event: Event, actor: str) -> Position:
    """The position after one more event, which must be allowed."""
    day = None if isinstance(event, BESIDE) else day_of(event) or getattr(event, "arrived", None)
    position = replace(
        position,
        names=position.names | {type(event).__name__},
        latest=max(filter(None, (position.latest, day)), default=None),
        letters=letters_moved(position.letters, event, actor),
    )
    return _stage_moved(position, event)


def day_of(event: Event) -> date | None:
    """The legally relevant day of an event, when it has one of its own."""
    if isinstance(event, happened.ReceiptConfirmed):
        return event.received
    day = getattr(event, "on", None)
    return day if isinstance(day, date) else None


_PLAIN: dict[type[Event], Stage] = {
    happened.Registered: Stage.IN_REVIEW,
    happened.SecrecyReviewed: Stage.SECRECY_REVIEWED,
    happened.LegalChecked: Stage.LEGAL_CHECKED,
    happened.ReplyApproved: Stage.APPROVED,
    happened.Archived: Stage.ARCHIVED,
}
"""Facts that do nothing but move the request on."""


def _stage_moved(position: Position, event: Event) -> Position:
    if type(event) in _PLAIN:
        return replace(position, stage=_PLAIN[type(event)])
    for follow in _FOLLOWING:
        position = follow(position, event)
    return position


def _received(position: Position, event: Event) -> Position:
    match event:
        case happened.Filed(matter=matter):
            return replace(position, stage=Stage.AWAITING_RECEIPT, matter=matter)
        case happened.ReceiptConfirmed(received=day):
            return replace(position, stage=Stage.RECEIVED, received=day)
        case happened.CorrectedRequestReceived(on=day) | happened.FeePaid(on=day):
            return _anew(position, day)
        case _:
            return position


def _asked_of_applicant(position: Position, event: Event) -> Position:
    match event:
        case happened.CorrectionAsked(until=until):
            return replace(position, stage=Stage.AWAITING_CORRECTION, waiting_until=until)
        case happened.ReasonsAsked(until=until):
            return replace(position, stage=Stage.AWAITING_REASONS, waiting_until=until)
        case happened.FeeNoticed(until=until):
            return replace(position, stage=Stage.AWAITING_FEE, waiting_until=until)
        case happened.ReasonsGiven():
            return replace(position, stage=Stage.IN_REVIEW, waiting_until=None)
        case _:
            return position


def _consultation(position: Position, event: Event) -> Position:
    match event:
        case happened.ThirdPartyConsulted(party=party):
            return _consulting(position, ("third_party", party))
        case happened.AgencyConsulted(party=party):
            return _consulting(position, ("agency", party))
        case happened.ThirdPartyAnswered(party=party):
            return _answered(position, ("third_party", party))
        case happened.AgencyAnswered(party=party):
            return _answered(position, ("agency", party))
        case _:
            return position


def _reply(position: Position, event: Event) -> Position:
    match event:
        case happened.ReplyDrafted(letter=letter, outcome_code=code):
            ground = position.ground
            return replace(
                position, stage=Stage.DRAFTED, before=ground, reply=letter, outcome_code=code
            )
        case happened.SearchRecorded(found=found):
            return replace(position, found=found)
        case happened.ReplySent(outcome_code=code) | happened.AnsweredOnSpot(outcome_code=code):
            return replace(position, stage=Stage.REPLIED, outcome_code=code)
        case happened.Withdrawn():
            return replace(position, stage=Stage.WITHDRAWN, outcome_code="OTHER")
        case _:
            return position


def _no_reply(position: Position, event: Event) -> Position:
    """Sent back, or approved and discarded before it was sent: another may be written."""
    match event:
        case happened.ReplyReturned():
            gone = True
        case happened.LetterDiscarded(letter=letter):  # what has ended stays ended
            gone = position.stage is Stage.APPROVED and letter == position.reply
        case _:
            gone = False
    return replace(position, stage=position.before, reply="", outcome_code="") if gone else position


def _anew(position: Position, day: date) -> Position:
    """The limit starts in full: what was done to the one before it is forgotten."""
    names = position.names - {happened.DeadlineExtended.__name__, happened.LaterDateSet.__name__}
    return replace(position, stage=Stage.IN_REVIEW, received=day, waiting_until=None, names=names)


def _after_the_end(position: Position, event: Event) -> Position:
    match event:
        case happened.ReviewOpened(review=review, way=way):
            return replace(position, reviews=(*position.reviews, (review, way)))
        case happened.ReviewDecided(review=review):
            pending = tuple(one for one in position.reviews if one[0] != review)
            return replace(position, reviews=pending, decided=position.decided | {review})
        case happened.LegalHoldSet():
            return replace(position, held=True)
        case happened.LegalHoldLifted():
            return replace(position, held=False)
        case _:
            return position


def _public(position: Position, event: Event) -> Position:
    match event:
        case happened.PublicationDecided(publication=publication):
            return replace(position, publications=position.publications | {publication})
        case happened.PublicationDropped(publication=publication):
            return replace(position, publications=position.publications - {publication})
        case _:
            return position


def _consulting(position: Position, who: tuple[str, str]) -> Position:
    return replace(position, stage=Stage.CONSULTING, consulted=position.consulted | {who})


def _answered(position: Position, who: tuple[str, str]) -> Position:
    still = position.consulted - {who}
    stage = Stage.CONSULTING if still else Stage.IN_REVIEW
    return replace(position, stage=stage, consulted=still)


_FOLLOWING = (
    _received,
    _asked_of_applicant,
    _consultation,
    _reply,
    _no_reply,
    _after_the_end,
    _public,
)
