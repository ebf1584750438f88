"""A year of the working calendar as it is shown: twelve months of weeks, and what is ordered."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from inquiry_service.calendar.working_days import WorkingCalendar, days_between

_WEEK = 7
_KINDS = {
    "off": "放假",
    "make-up": "调休上班",
    "county-off": "本地放假",
    "county-make-up": "本地调休上班",
    "weekend": "周末",
    "work": "工作日",
}
"""What a day can be: the name of its look, and the word for it."""


@dataclass(frozen=True, slots=True)
class Cell:
    """One day; `mark` is the one character that says what colour alone would not."""

    day: date
    kind: str
    name: str

    @property
    def mark(self) -> str:
        marks = {"off": "休", "county-off": "休", "make-up": "班", "county-make-up": "班"}
        return marks.get(self.kind, "")

    @property
    def word(self) -> str:
        return self.name or _KINDS[self.kind]


@dataclass(frozen=True, slots=True)
class Month:
    """One month: its weeks from Monday, None before the first day and after the last."""

    number: int
    weeks: tuple[tuple[Cell | None, ...], ...]
    working_days: int


@dataclass(frozen=True, slots=True)
class Stretch:
    """Days in a row of one kind and name."""

    first: date
    last: date
    kind: str
    name: str

    @property
    def days(self) -> int:
        return (self.last - self.first).days + 1


@dataclass(frozen=True, slots=True)
class YearShown:
    """`source` is the notice; empty when none is published. `bases`: the county's own orders."""

    year: int
    months: tuple[Month, ...]
    stretches: tuple[Stretch, ...]
    working_days: int
    source: str
    bases: tuple[str, ...]


def year_shown(calendar: WorkingCalendar, year: int) -> YearShown:
    """The whole year as it is judged."""
    days = list(days_between(date(year, 1, 1), date(year, 12, 31)))
    cells = [_cell(calendar, day) for day in days]
    months = tuple(
        _month(calendar, number, [c for c in cells if c.day.month == number])
        for number in range(1, 13)
    )
    return YearShown(
        year=year,
        months=months,
        stretches=tuple(_stretches(cells)),
        working_days=sum(month.working_days for month in months),
        source=next((n.source for n in calendar.notices if n.year == year), ""),
        bases=_bases(calendar, year),
    )


def _cell(calendar: WorkingCalendar, day: date) -> Cell:
    county = "county-" if _ordered_by_county(calendar, day) else ""
    if calendar.is_make_up(day):
        return Cell(day, f"{county}make-up", "")
    if name := calendar.rest_name(day):
        return Cell(day, f"{county}off", name)
    return Cell(day, "work" if calendar.judge(day).counts else "weekend", "")


def _ordered_by_county(calendar: WorkingCalendar, day: date) -> bool:
    orders = (*calendar.county.days_off, *calendar.county.make_up_workdays)
    return any(order.first <= day <= order.last for order in orders)


def _month(calendar: WorkingCalendar, number: int, cells: list[Cell]) -> Month:
    before = cells[0].day.weekday()
    padded = [*[None] * before, *cells]
    padded += [None] * (-len(padded) % _WEEK)
    weeks = tuple(tuple(padded[at : at + _WEEK]) for at in range(0, len(padded), _WEEK))
    return Month(number, weeks, sum(calendar.judge(cell.day).counts for cell in cells))


def _stretches(cells: list[Cell]) -> Iterator[Stretch]:
    """What is ordered, in order; plain weekdays and weekends are not."""
    for (kind, name), members in groupby(cells, key=lambda cell: (cell.kind, cell.name)):
        days = [cell.day for cell in members]
        if kind not in ("work", "weekend"):
            yield Stretch(days[0], days[-1], kind, name or _KINDS[kind])


def _bases(calendar: WorkingCalendar, year: int) -> tuple[str, ...]:
    orders = (*calendar.county.days_off, *calendar.county.make_up_workdays)
    return tuple(sorted({o.basis for o in orders if year in (o.first.year, o.last.year)}))
