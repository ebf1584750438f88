"""Moments and days: time is stored in UTC, the law counts days in China's time zone."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

CHINA = ZoneInfo("Asia/Shanghai")

Clock = Callable[[], datetime]
"""Tells the present moment, aware and in UTC; tests hand in one that stands still."""


def now() -> datetime:
    return datetime.now(UTC)


def local_day(moment: datetime) -> date:
    """The calendar day in China on which an aware moment falls."""
    return moment.astimezone(CHINA).date()


class FrozenClock:
    """A clock that stands still until it is moved: for tests and for demonstration cases."""

    def __init__(self, moment: datetime) -> None:
        self.moment = moment

    def __call__(self) -> datetime:
        return self.moment

    def advance(self, by: timedelta) -> None:
        self.moment += by
