"""The reply clock of 条例第三十条至第三十四条: history in, due date with its steps out. Pure.

The clock is a fold over the events. It runs 20 working days from the day of receipt, which is
not counted itself. A corrected request starts it anew and forgets everything before; consulting
a third party or another agency takes the days after asking, through the day of the answer, out
of the count; one extension adds at most 20 working days.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from inquiry_service.calendar.working_days import ONE_DAY, WorkingCalendar
from inquiry_service.disclosure.events import (
    AgencyAnswered,
    AgencyConsulted,
    CorrectedRequestReceived,
    CorrectionAsked,
    DeadlineExtended,
    Event,
    FeeNoticed,
    FeePaid,
    ReceiptConfirmed,
    ThirdPartyAnswered,
    ThirdPartyConsulted,
)

REPLY_WORKING_DAYS = 20  # 条例第三十三条第二款
LONGEST_EXTENSION = 20  # 条例第三十三条第二款


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

    `provisional` when a day on the way lies in a year whose notice on days off is not out yet.
    """

    received: date
    due: date
    provisional: bool
    steps: tuple[Step, ...]

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


@dataclass(frozen=True, slots=True)
class Excluded:
    """Days taken out of the count: those after `after`, through `through`.

    The law leaves the boundary days open; this reading is the house's contract.
    """

    after: date
    through: date
    reason: str

    def covers(self, day: date) -> bool:
        return self.after < day <= self.through


@dataclass(frozen=True, slots=True)
class Running:
    """What the events say about the clock; `received` is None while it does not run."""

    received: date | None = None
    excluded: tuple[Excluded, ...] = ()
    extension: int = 0
    asked: Mapping[tuple[str, str], date] = field(default_factory=dict)

    @property
    def working_days(self) -> int:
        """Twenty, and what an extension adds: 最长不得超过20个工作日 (条例第三十三条第二款)."""
        return REPLY_WORKING_DAYS + min(self.extension, LONGEST_EXTENSION)


def fold(events: Iterable[Event]) -> Running:
    """The state of the clock after these events."""
    running = Running()
    for event in events:
        running = _after(running, event)
    return running


def _after(running: Running, event: Event) -> Running:  # noqa: PLR0911 - one line an event
    match event:
        case ReceiptConfirmed(received=day) | CorrectedRequestReceived(on=day):
            return Running(received=day)  # 条例第三十条: 自收到补正的申请之日起计算
        case FeePaid(on=day):
            # Unverified (国办函〔2020〕109号第六条以下): counted anew from the day after payment.
            # No use case records a fee, so this is out of reach until the fact is confirmed.
            return Running(received=day)
        case CorrectionAsked() | FeeNoticed():
            return Running()
        case DeadlineExtended(days=days):
            return replace(running, extension=running.extension + days)
        case ThirdPartyConsulted(on=day, party=party):
            return _asked(running, ("third_party", party), day)
        case AgencyConsulted(on=day, party=party):
            return _asked(running, ("agency", party), day)
        case ThirdPartyAnswered(on=day, party=party):
            return _answered(running, ("third_party", party), day)
        case AgencyAnswered(on=day, party=party):
            return _answered(running, ("agency", party), day)
        case _:
            return running


_CONSULTATIONS = {
    "third_party": "征求第三方意见期间（条例第三十二条、第三十三条第三款）",
    "agency": "征求其他机关意见期间（条例第三十三条第三款）",
}


def _asked(running: Running, who: tuple[str, str], day: date) -> Running:
    """An open consultation excludes nothing yet: until it ends the earliest date is promised."""
    return replace(running, asked={**running.asked, who: day})


def _answered(running: Running, who: tuple[str, str], day: date) -> Running:
    if who not in running.asked:
        return running
    still_asked = {other: since for other, since in running.asked.items() if other != who}
    span = Excluded(running.asked[who], day, _CONSULTATIONS[who[0]])
    return replace(running, excluded=(*running.excluded, span), asked=still_asked)


def due(events: Iterable[Event], calendar: WorkingCalendar) -> Due | None:
    """The due date with its steps; None while the clock does not run.

    It does not run before receipt is confirmed, nor while a correction is awaited.
    """
    running = fold(events)
    if running.received is None:
        return None
    steps: list[Step] = []
    counted, provisional, day = 0, False, running.received  # the first day is not counted:
    while counted < running.working_days:  # 民法典第二百零一条, 民事诉讼法第八十五条
        day += ONE_DAY
        step, guessed = _step(day, counted, running.excluded, calendar)
        counted, provisional = step.day, provisional or guessed
        steps.append(step)
    return Due(running.received, day, provisional, tuple(steps))


def _step(
    day: date, counted: int, excluded: tuple[Excluded, ...], calendar: WorkingCalendar
) -> tuple[Step, bool]:
    """One day, and whether its judgement rests on the weekday alone."""
    judged = calendar.judge(day)
    span = next((span for span in excluded if span.covers(day)), None)
    if not judged.counts:
        return Step(day, False, counted, f"{judged.reason}，不计入"), judged.provisional
    if span is not None:
        return Step(day, False, counted, f"{judged.reason}，{span.reason}，不计入"), False
    reason = f"{judged.reason}，计入第{counted + 1}个工作日"
    return Step(day, True, counted + 1, reason), judged.provisional
