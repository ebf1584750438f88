"""Histories that wander through the procedure: each next event is drawn from what is allowed now.

A walk is told by bytes, so that hypothesis can draw and shrink it as one value; the same bytes
are always the same history. `check` of `transitions` is the only gate.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from inquiry_service.disclosure.rules import events as happened
from inquiry_service.disclosure.rules.events import Event
from inquiry_service.disclosure.rules.lawful import Procedure, allowed_now, check
from inquiry_service.disclosure.rules.outcomes import OUTCOMES, SIDE_OUTCOMES
from inquiry_service.disclosure.rules.position import (
    REPLY_UNDER_WAY,
    Position,
    Stage,
    position_of,
)
from inquiry_service.disclosure.rules.recorded import Recorded
from inquiry_service.errors import StepNotAllowed

FIRST_DAY = date(2026, 1, 5)
ACTORS = ("clerk", "reviewer", "head")
PARTIES = ("第三方一", "第三方二")
LETTERS = ("a", "b", "c")
CODES = tuple(outcome.code for outcome in (*OUTCOMES, *SIDE_OUTCOMES))
MATTERS = ("request", "request", "request", "record_correction", "suggestion")
JUMPS = (0, 0, 0, 0, 0, 1, 1, 3, 5, 16)
BESIDE = frozenset(
    {
        happened.FileAdded,
        happened.DueRecomputed,
        happened.ComplaintReceived,
        happened.ReviewOpened,
        happened.ReviewDecided,
        happened.LegalHoldSet,
        happened.LegalHoldLifted,
        happened.IdentityShown,
        happened.CaseExported,
        happened.PublicationDecided,
        happened.InformationPublished,
        happened.PublicationDropped,
        happened.OutcomeConsidered,
        happened.LetterDiscarded,
        happened.Withdrawn,
        happened.CaseErased,
    }
)
"""What would drown the way of a request if it were as likely as the steps themselves."""
ONWARD = frozenset(
    {
        happened.ReceiptConfirmed,
        happened.Registered,
        happened.CorrectionAsked,
        happened.CorrectedRequestReceived,
        happened.ReasonsGiven,
        happened.ThirdPartyAnswered,
        happened.AgencyAnswered,
        happened.FeePaid,
        happened.ReplyDrafted,
        happened.SecrecyReviewed,
        happened.LegalChecked,
        happened.ReplyApproved,
        happened.ReplySent,
    }
)
"""What leads to an end, and so comes up more often."""


@dataclass
class Draws:
    """Choices taken from bytes, one byte each; when they run out, the first of everything."""

    source: Iterator[int]
    left: bool = True

    def below(self, n: int) -> int:
        byte = next(self.source, None)
        self.left = self.left and byte is not None
        return (byte or 0) % n

    def of(self, *choices: object) -> object:
        return choices[self.below(len(choices))]


@dataclass
class Walk:
    """One history with the day it has come to, and what was refused on the way."""

    procedure: Procedure
    draws: Draws
    today: date = FIRST_DAY
    history: tuple[Recorded, ...] = ()
    position: Position = field(default_factory=Position)
    refused: list[tuple[Event, StepNotAllowed]] = field(default_factory=list)

    def step(self) -> None:
        """Draw an event, a person and a day; it happens if the procedure allows it."""
        self.today += timedelta(days=JUMPS[self.draws.below(len(JUMPS))])
        event = self.drawn(self._kind())
        actor = self._actor(event)
        try:
            after = check(self.procedure, self.history, event, actor=actor, today=self.today)
        except StepNotAllowed as refusal:
            self.refused.append((event, refusal))
            return
        at = datetime.combine(self.today, time(2), UTC)
        recorded = Recorded("YSQ-2026-00001", len(self.history) + 1, at, actor, event)
        self.history, self.position = (*self.history, recorded), after

    def _kind(self) -> type[Event]:
        allowed = sorted(allowed_now(self.position), key=lambda kind: kind.__name__)
        beside = [kind for kind in allowed if kind in BESIDE]
        steps = [kind for kind in allowed if kind not in BESIDE]
        weighted = [kind for kind in steps for _ in range(self._weight(kind))]
        if beside and (not steps or not self.draws.below(12)):
            return beside[self.draws.below(len(beside))]
        return weighted[self.draws.below(len(weighted))]

    def _weight(self, kind: type[Event]) -> int:
        """What leads on comes up more often, if there is anything for it to do."""
        position = self.position
        waiting = any(letter.approved and not letter.sent for _, letter in position.letters)
        spoken = (
            not position.has(happened.ReadBackConfirmed)
            and position.stage is Stage.AWAITING_RECEIPT
        )
        likely = {
            happened.LetterSent: waiting,
            happened.LaterDateSet: position.has(happened.ReasonsGiven),
            happened.ReadBackConfirmed: spoken,
            happened.ReplyDrafted: position.stage not in REPLY_UNDER_WAY,
        }
        return 10 if likely.get(kind, kind in ONWARD) else 1

    def _actor(self, event: Event) -> str:
        """Mostly somebody who has not written the letter in question."""
        letter = self.position.letter(getattr(event, "letter", ""))
        others = [a for a in ACTORS if letter is None or a not in letter.writers]
        among = others if others and self.draws.below(4) else list(ACTORS)
        return among[self.draws.below(len(among))]

    def drawn(self, kind: type[Event]) -> Event:
        """An event of this kind with drawn parameters: mostly fitting ones, some absurd."""
        make = _MAKERS.get(kind)
        return make(self) if make else _built(kind, _defaults(self, kind))

    def day(self) -> date:
        """Mostly today; now and then a day before, or one that has not come."""
        shift = (*[0] * 13, -1, -3, 1)[self.draws.below(16)]
        return self.today + timedelta(days=shift)

    def letter(self) -> str:
        """Mostly the reply under way where there is one."""
        names = (*[self.position.reply] * 9, *LETTERS) if self.position.reply else LETTERS
        return names[self.draws.below(len(names))]

    def later(self) -> date:
        return self.today + timedelta(days=self.draws.below(40) - 2)


def _built(kind: Any, facts: Mapping[str, object]) -> Event:
    """Of any kind: `_defaults` has seen to it that the facts are its own."""
    event: Event = kind(**facts)
    return event


def _defaults(walk: Walk, kind: type[Event]) -> dict[str, object]:
    given: Mapping[str, Callable[[], object]] = {
        "on": walk.day,
        "until": walk.later,
        "letter": walk.letter,
        "party": lambda: walk.draws.of(*PARTIES),
        "opinion": lambda: walk.draws.of("agrees", "objects", "agrees", "silent"),
        "relation": lambda: walk.draws.of("co_maker", "other", ""),
        "outcome_code": lambda: walk.position.outcome_code or walk.draws.of(*CODES),
        "review": lambda: walk.draws.of("甲", "乙"),
        "publication": lambda: walk.draws.of(*sorted(walk.position.publications), "甲"),
        "found": lambda: walk.draws.of(True, False, False),
        "days": lambda: walk.draws.of(1, 5, 20, 21, 0),
        "yuan": lambda: 100,
    }
    fixed: Mapping[str, object] = {
        "channel": "web",
        "application_digest": "0" * 64,
        "digest": "0" * 64,
        "how": "web",
        "file": "f",
        "sha256": "0" * 64,
        "by_applicant": True,
        "kind": "correction",
        "document_number": "",
        "route": "post",
        "text": "",
        "was": FIRST_DAY,
        "now": FIRST_DAY,
        "why": "",
        "way": "suit",
        "result": "upheld",
        "what": "identity_number",
        "trail": (),
        "near_answers": (),
        "requests": (),
        "address": "https://www.example.gov.cn/1",
    }
    names = kind.__dataclass_fields__
    drawn = {name: make() for name, make in given.items() if name in names}
    return drawn | {name: value for name, value in fixed.items() if name in names}


def _filed(walk: Walk) -> Event:
    channel = walk.draws.of("web", "web", "oral", "ordinary_post")
    arrived = walk.today - timedelta(days=walk.draws.below(3))
    matter = walk.draws.of(*MATTERS)
    return happened.Filed(str(channel), "0" * 64, arrived=arrived, matter=str(matter))


def _receipt(walk: Walk) -> Event:
    first = walk.history[0].event
    channel = first.channel if isinstance(first, happened.Filed) else "web"
    return happened.ReceiptConfirmed(walk.day(), channel)


def _reply(walk: Walk) -> Event:
    """Half of them the ending that the stage is about, the others any."""
    awaited = {
        Stage.AWAITING_CORRECTION: "NO_CORRECTION",
        Stage.AWAITING_FEE: "FEE_UNPAID",
        Stage.AWAITING_REASONS: "EXCESSIVE",
    }
    of_matter = {"record_correction": "RECORD_CORRECTED", "suggestion": "SUGGESTION_TAKEN"}
    usual = of_matter.get(walk.position.matter, "GRANT_PROVIDE")
    fitting = awaited.get(walk.position.ground, usual)
    code = fitting if walk.draws.below(2) else walk.draws.of(*CODES)
    return happened.ReplyDrafted(walk.letter(), str(code), "0" * 64)


def _letter(walk: Walk) -> Event:
    kind = walk.draws.of("correction", "extension", "correction", "reply")
    return happened.LetterDrafted(walk.letter(), str(kind), "0" * 64)


def _on_spot(walk: Walk) -> Event:
    """Seldom: it would end most walks before they have begun."""
    code = walk.draws.of(*["REFUSE_PROCESS"] * 5, "GRANT_PROVIDE")
    return happened.AnsweredOnSpot(walk.day(), str(code), secrecy_reviewed=True)


_MAKERS: Mapping[type[Event], Callable[[Walk], Event]] = {
    happened.Filed: _filed,
    happened.ReceiptConfirmed: _receipt,
    happened.ReplyDrafted: _reply,
    happened.LetterDrafted: _letter,
    happened.AnsweredOnSpot: _on_spot,
}


def walk(procedure: Procedure, told: bytes) -> Walk:
    """The history that these bytes tell, from filing on."""
    wandered = Walk(procedure, Draws(iter(told)))
    while wandered.draws.left:
        wandered.step()
    return wandered


def seen_on(walks: list[Walk]) -> tuple[Counter[str], Counter[str]]:
    """How often each kind of event happened, and each stage was come to."""
    kinds: Counter[str] = Counter()
    stages: Counter[str] = Counter()
    for one in walks:
        kinds.update(type(recorded.event).__name__ for recorded in one.history)
        stages.update(position_of(one.history[:n]).stage.name for n in range(len(one.history) + 1))
    return kinds, stages
