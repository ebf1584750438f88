"""A year of the working calendar as plain text: twelve months, days off, make-up workdays."""

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import groupby, zip_longest

from inquiry_service.calendar.working_days import WorkingCalendar, days_between

_WEEK = "一二三四五六日"
_CELL = 5  # columns: two of the day, two of the mark (one Chinese character), one between
_BESIDE = 2  # months in a row: fits into 80 columns


def year_lines(calendar: WorkingCalendar, year: int) -> Iterator[str]:
    """The whole page; a year without a notice says that it is judged by weekends for now."""
    yield f"{year}年工作日历"
    sources = [notice.source for notice in calendar.notices if notice.year == year]
    yield f"依据：{sources[0]}" if sources else "放假安排未公布，以下暂按周末规则。"
    yield from (f"地方放假依据：{basis}" for basis in _bases(calendar, year))
    yield ""
    yield from _grid(calendar, year)
    yield from days_off_lines(calendar, _days(year))
    yield f"全年工作日 {working_days(calendar, year)} 天"


def days_off_lines(calendar: WorkingCalendar, days: Sequence[date]) -> Iterator[str]:
    """Every stretch off with its name, then every weekend day that is worked."""
    named = [(day, calendar.rest_name(day)) for day in days]
    for name, pairs in groupby(named, key=lambda pair: pair[1]):
        stretch = [day for day, _ in pairs]
        if name:
            yield f"放假：{_span(stretch[0], stretch[-1])} {name}"
    for day in days:
        if calendar.is_make_up(day):
            yield f"调休上班：{_span(day, day)}（周{_WEEK[day.weekday()]}）"


def working_days(calendar: WorkingCalendar, year: int) -> int:
    return sum(calendar.judge(day).counts for day in _days(year))


def _days(year: int) -> list[date]:
    return list(days_between(date(year, 1, 1), date(year, 12, 31)))


def _bases(calendar: WorkingCalendar, year: int) -> list[str]:
    orders = [*calendar.county.days_off, *calendar.county.make_up_workdays]
    return sorted({o.basis for o in orders if year in (o.first.year, o.last.year)})


def _span(first: date, last: date) -> str:
    begins = f"{first.month}月{first.day}日"
    return begins if first == last else f"{begins}至{last.month}月{last.day}日"


def _grid(calendar: WorkingCalendar, year: int) -> Iterator[str]:
    months = [_month(calendar, year, month) for month in range(1, 13)]
    blank = " " * (_CELL * len(_WEEK))
    for first in range(0, len(months), _BESIDE):
        for row in zip_longest(*months[first : first + _BESIDE], fillvalue=blank):
            yield "    ".join(row).rstrip()
        yield ""


def _month(calendar: WorkingCalendar, year: int, month: int) -> list[str]:
    """Lines of equal width: a Chinese character takes two columns."""
    title = f"{month}月"
    cells = ["     "] * date(year, month, 1).weekday()
    cells += [_cell(calendar, day) for day in _days(year) if day.month == month]
    cells += ["     "] * (-len(cells) % len(_WEEK))
    weeks = [cells[at : at + len(_WEEK)] for at in range(0, len(cells), len(_WEEK))]
    width = _CELL * len(_WEEK) - len(title) - 1
    return [title + " " * width, "".join(f" {d}  " for d in _WEEK), *map("".join, weeks)]


def _cell(calendar: WorkingCalendar, day: date) -> str:
    mark = "班" if calendar.is_make_up(day) else "休" if calendar.rest_name(day) else "  "
    return f"{day.day:>2}{mark} "
