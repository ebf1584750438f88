"""Which days count as working days, and why. Pure: published notices in, judgements out.

A day is judged in four steps: the county's own order (放假办法第四条) comes first; then the year's
notice makes it a rest day (放假) or a make-up workday (调休上班); otherwise the weekday decides. A
year without a published notice is judged by the weekday alone and said to be provisional: never
guessed, never silent.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

_WEEKDAYS = "一二三四五六日"
_FRIDAY = 4

ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class YearNotice:
    """One year's notice on days off: rest days with their name, and weekends worked instead."""

    year: int
    days_off: Mapping[date, str]
    make_up_workdays: frozenset[date]
    source: str


@dataclass(frozen=True, slots=True)
class CountyDays:
    """One order of the local government: first through last day, name, and the order itself."""

    first: date
    last: date
    name: str
    basis: str

    @property
    def days(self) -> tuple[date, ...]:
        return tuple(days_between(self.first, self.last))


@dataclass(frozen=True, slots=True)
class CountyNotice:
    """A county's own days off, and weekends worked instead, over all years (放假办法第四条)."""

    days_off: tuple[CountyDays, ...] = ()
    make_up_workdays: tuple[CountyDays, ...] = ()


@dataclass(frozen=True, slots=True)
class Judged:
    """Whether one day counts; `provisional` when its year has no notice yet.

    `reason` begins with the weekday: whoever shows it shows the date beside it.
    """

    counts: bool
    provisional: bool
    reason: str


@dataclass(frozen=True, slots=True)
class Reached:
    """The day on which a count of working days is full."""

    day: date
    provisional: bool


@dataclass(frozen=True)
class WorkingCalendar:
    """All published years. A later notice wins where two speak of the same day.

    What the county orders stands on top of every notice.
    """

    notices: tuple[YearNotice, ...]
    county: CountyNotice = CountyNotice()
    _days_off: Mapping[date, str] = field(init=False, repr=False, compare=False)
    _make_up: frozenset[date] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        days_off: dict[date, str] = {}
        make_up: set[date] = set()
        ordered = sorted(self.notices, key=lambda notice: notice.year)
        layers = [(notice.days_off, notice.make_up_workdays) for notice in ordered]
        for rest, work in [*layers, _layer(self.county)]:
            make_up = (make_up - rest.keys()) | work
            days_off |= rest
            days_off = {d: name for d, name in days_off.items() if d not in make_up}
        object.__setattr__(self, "_days_off", days_off)
        object.__setattr__(self, "_make_up", frozenset(make_up))

    @property
    def published_years(self) -> frozenset[int]:
        return frozenset(notice.year for notice in self.notices)

    def with_notice(self, notice: YearNotice | CountyNotice) -> "WorkingCalendar":
        """This calendar with one year's notice, or the county's, put in place of what it had."""
        if isinstance(notice, CountyNotice):
            return replace(self, county=notice)
        others = [other for other in self.notices if other.year != notice.year]
        return replace(self, notices=tuple(sorted([*others, notice], key=lambda n: n.year)))

    def rest_name(self, day: date) -> str | None:
        """What is celebrated on a day ordered off; None for any other, weekends too."""
        return self._days_off.get(day)

    def is_make_up(self, day: date) -> bool:
        """Whether a weekend day is ordered to be worked."""
        return day in self._make_up

    def judge(self, day: date) -> Judged:
        """Does this day count as a working day?"""
        shown = f"周{_WEEKDAYS[day.weekday()]}"
        if day in self._make_up:
            return Judged(True, False, f"{shown}，调休上班")
        if day in self._days_off:
            return Judged(False, False, f"{shown}，{self._days_off[day]}放假")
        counts = day.weekday() <= _FRIDAY
        plain = f"{shown}，{'工作日' if counts else '休息日'}"
        if day.year in self.published_years:
            return Judged(counts, False, plain)
        return Judged(counts, True, f"{plain}（{day.year}年放假安排未公布，暂按周末规则）")

    def add_working_days(self, start: date, n: int) -> Reached:
        """The n-th working day after `start`; the first day is not counted (民法典第二百零一条)."""
        if n < 1:
            raise ValueError("at least one working day must be counted")
        day, provisional = start, False
        while n:
            day += ONE_DAY
            judged = self.judge(day)
            provisional = provisional or judged.provisional
            n -= judged.counts
        return Reached(day, provisional)


def _layer(county: CountyNotice) -> tuple[Mapping[date, str], frozenset[date]]:
    """The county's order in the shape of a notice; the reason says whose order it is."""
    rest = {day: f"{o.name}（地方规定）" for o in county.days_off for day in o.days}
    return rest, frozenset(day for order in county.make_up_workdays for day in order.days)


def days_between(first: date, last: date) -> Iterable[date]:
    """Every day from first through last; nothing when last lies before first."""
    return (first + timedelta(days=n) for n in range((last - first).days + 1))
