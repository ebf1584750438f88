"""The reply clock of 条例第三十条至第三十四条: history in, due date with its steps out. Pure.

The clock is a fold over the events. It runs 20 working days from the day of receipt, which is
not counted itself. A corrected request starts it anew and forgets everything before; consulting
a third party or another agency takes the days after asking, through the day of the answer, out
of the count; one extension adds at most 20 working days.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from typing import Any

from inquiry_service.calendar.working_days import ONE_DAY, WorkingCalendar
from inquiry_service.disclosure.rules.events import (
    AgencyAnswered,
    AgencyConsulted,
    CorrectedRequestReceived,
    CorrectionAsked,
    DeadlineExtended,
    Event,
    FeeNoticed,
    FeePaid,
    Filed,
    LaterDateSet,
    ReceiptConfirmed,
    ThirdPartyAnswered,
    ThirdPartyConsulted,
)
from inquiry_service.disclosure.rules.matters import Matter
from inquiry_service.disclosure.rules.opinions import Asked, Relation

REPLY_WORKING_DAYS = 20  # 条例第三十三条第二款
LONGEST_EXTENSION = 20  # 条例第三十三条第二款


_CONSULTATIONS = {
    "third_party": "征求第三方意见期间（条例第三十二条、第三十三条第三款）",
    "agency": "征求其他机关意见期间（条例第三十三条第三款）",
    Relation.CO_MAKER: "征求共同制作机关意见期间（条例第三十三条第三款、第三十四条）",
}
_TAKEN_OUT = tuple(f"{reason}，不计入" for reason in _CONSULTATIONS.values())


@dataclass(frozen=True, slots=True)
class Step:
    """One calendar day on the way to the due date.

    `day` is how many working days are counted by the end of this date.
    """

    date: date
    counts: bool
    day: int
    reason: str


@dataclass(frozen=True, slots=True)
class Due:
    """`received` is the day the clock runs from; the steps go from the day after it through `due`.

    `provisional` when a day on the way lies in a year whose notice on days off is not out yet;
    `paused` while somebody is being consulted who was asked in time: the date can then only become
    later. Whoever is asked when the limit is over stops nothing.
    """

    received: date
    due: date
    provisional: bool
    steps: tuple[Step, ...]
    paused: bool = False

    @property
    def excludes(self) -> bool:
        """Whether days on the way were taken out for a consultation (条例第三十三条第三款)."""
        return any(step.reason.endswith(_TAKEN_OUT) for step in self.steps)

    def over(self, today: date) -> bool:
        """Whether the limit has passed; never while it is paused."""
        return today > self.due and not self.paused

    def as_json(self) -> dict[str, Any]:
        return {
            "received": self.received.isoformat(),
            "due": self.due.isoformat(),
            "provisional": self.provisional,
            "steps": [
                {"date": s.date.isoformat(), "counts": s.counts, "day": s.day, "reason": s.reason}
                for s in self.steps
            ],
        }


class Reading(StrEnum):
    """Which days a consultation takes out: the law leaves the boundary days open.

    A bureau settles it once (`INQUIRY_CONSULTATION_DAYS`). The last day, on which the opinion
    arrives or the time for it lapses, is out in both readings.
    """

    AFTER_ASKING = "after_asking"
    FROM_ASKING = "from_asking"


@dataclass(frozen=True, slots=True)
class Excluded:
    """Days taken out of the count: from asking on `after`, see `Reading`, through `through`."""

    after: date
    through: date
    reason: str


@dataclass(frozen=True, slots=True)
class Running:
    """What the events say about the clock; `received` is None while it does not run.

    Not `limited`: a matter for which the 条例 names no number of days (41, 44). `asked` holds each
    consultation that is still open, by whose and which party.
    """

    received: date | None = None
    excluded: tuple[Excluded, ...] = ()
    extension: int = 0
    later: date | None = None
    limited: bool = True
    asked: Mapping[tuple[str, str], Asked] = field(default_factory=dict)

    @property
    def working_days(self) -> int:
        """Twenty, and what an extension adds: 最长不得超过20个工作日 (条例第三十三条第二款)."""
        return REPLY_WORKING_DAYS + min(self.extension, LONGEST_EXTENSION)


def fold(events: Iterable[Event]) -> Running:
    """The state of the clock after these events."""
    running = Running()
    for event in events:
        running = _consulted(_after(running, event), event)
    return running


def _after(running: Running, event: Event) -> Running:
    match event:
        case Filed(matter=matter):
            return replace(running, limited=matter == Matter.REQUEST)
        case ReceiptConfirmed(received=day) | CorrectedRequestReceived(on=day) | FeePaid(on=day):
            # Corrected: 条例第三十条, counted from its receipt. Paid: counted anew from the day
            # after is unverified (国办函〔2020〕109号第六条以下), and behind the fee setting.
            return Running(received=day, limited=running.limited)
        case CorrectionAsked() | FeeNoticed():
            return Running(limited=running.limited)
        case DeadlineExtended(days=days):
            return replace(running, extension=running.extension + days)
        case LaterDateSet(until=day):
            return replace(running, later=day)  # 条例第三十五条: 延迟答复的合理期限
        case _:
            return running


def _consulted(running: Running, event: Event) -> Running:
    match event:
        case ThirdPartyConsulted(party=party):
            return _asked(running, ("third_party", party), event)
        case AgencyConsulted(party=party):
            return _asked(running, ("agency", party), event)
        case ThirdPartyAnswered(on=day, party=party):
            return _answered(running, ("third_party", party), day)
        case AgencyAnswered(on=day, party=party):
            return _answered(running, ("agency", party), day)
        case _:
            return running


def _asked(running: Running, who: tuple[str, str], asked: Asked) -> Running:
    """An open consultation excludes nothing yet: until it ends the earliest date is promised."""
    return replace(running, asked={**running.asked, who: asked})


def _answered(running: Running, who: tuple[str, str], day: date) -> Running:
    if who not in running.asked:
        return running
    still_asked = {other: since for other, since in running.asked.items() if other != who}
    asked = running.asked[who]
    reason = _CONSULTATIONS.get(getattr(asked, "relation", ""), _CONSULTATIONS[who[0]])
    span = Excluded(asked.on, day, reason)
    return replace(running, excluded=(*running.excluded, span), asked=still_asked)


def due(
    events: Iterable[Event], calendar: WorkingCalendar, reading: Reading = Reading.AFTER_ASKING
) -> Due | None:
    """The due date with its steps; None while the clock does not run.

    It does not run before receipt is confirmed, nor while a correction is awaited.
    """
    running = fold(events)
    if running.received is None or not running.limited:
        return None
    walk = _Walk(calendar, running, reading, running.received)
    while walk.counted < running.working_days:  # the first day is not counted:
        walk.on()  # 民法典第二百零一条, 民事诉讼法第八十五条
    while walk.short_of(running.later):
        walk.on()
    paused = any(walk.takes_out(asked.on, walk.day) for asked in running.asked.values())
    return Due(running.received, walk.day, walk.provisional, tuple(walk.steps), paused)


@dataclass
class _Walk:
    """From the day of receipt, one day after the other."""

    calendar: WorkingCalendar
    running: Running
    reading: Reading
    day: date
    counted: int = 0
    provisional: bool = False
    steps: list[Step] = field(default_factory=list)

    def on(self) -> None:
        self.day += ONE_DAY
        judged = self.calendar.judge(self.day)
        spans = (span for span in self.running.excluded if self.day <= span.through)
        span = next((span for span in spans if self.takes_out(span.after, self.day)), None)
        if not judged.counts:
            self._step(judged.reason, judged.provisional)
        elif span is not None:
            self._step(f"{judged.reason}，{span.reason}", False)
        else:
            self.counted += 1
            counts = f"{judged.reason}，计入第{self.counted}个工作日"
            self.steps.append(Step(self.day, True, self.counted, counts))
            self.provisional = self.provisional or judged.provisional

    def short_of(self, later: date | None) -> bool:
        """A later day that was set counts; on a rest day it moves on (民法典第二百零三条)."""
        if later is None:
            return False
        return self.day < later or not self.calendar.judge(self.day).counts

    def takes_out(self, asked: date, day: date) -> bool:
        """Whether asking on a day takes this one out of the count, as long as no answer is in."""
        return asked < day or (asked == day and self.reading is Reading.FROM_ASKING)

    def _step(self, reason: str, provisional: bool) -> None:
        self.steps.append(Step(self.day, False, self.counted, f"{reason}，不计入"))
        self.provisional = self.provisional or provisional
