"""What a new calendar changes: the days judged otherwise, with both reasons. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from inquiry_service.calendar.working_days import Judged, WorkingCalendar


@dataclass(frozen=True, slots=True)
class DayDifference:
    """One day that counted and no longer does, or the other way round."""

    day: date
    before: Judged
    after: Judged

    def __str__(self) -> str:
        return f"{self.day}：原为{self.before.reason}；现为{self.after.reason}"


def calendar_differences(
    before: WorkingCalendar, after: WorkingCalendar, days: Iterable[date]
) -> tuple[DayDifference, ...]:
    """Those of the days that count in one calendar and not in the other, in the order given.

    A day that only stopped being provisional, or whose holiday has another name, is not listed.
    """
    judged = ((day, before.judge(day), after.judge(day)) for day in days)
    return tuple(
        DayDifference(day, old, new) for day, old, new in judged if old.counts != new.counts
    )
