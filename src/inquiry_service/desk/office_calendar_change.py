"""A change of the calendar before it is made: what it says, which days, which requests."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from inquiry_service.calendar import DayDifference, calendar_differences
from inquiry_service.calendar.book import CalendarBook, CalendarLoaded, calendar_history
from inquiry_service.calendar.book import load_notice as put_in_force
from inquiry_service.calendar.loading import read_text
from inquiry_service.calendar.notices import notice_from, unnamed_holidays
from inquiry_service.calendar.strict_yaml import Doubtful
from inquiry_service.calendar.working_days import (
    CountyNotice,
    WorkingCalendar,
    YearNotice,
    days_between,
)
from inquiry_service.disclosure.office import DisclosureOffice
from inquiry_service.disclosure.procedure.recomputing import (
    Moved,
    due_differences,
    record_differences,
)
from inquiry_service.errors import BadInput, Problem

COUNTY = "county"

_YEAR_SKELETON = """year: {year}
source:
  title: 国务院办公厅关于{year}年部分节假日安排的通知
  number:  # 照通知填写文号
days_off:
  - {{from: {year}-01-01, to: {year}-01-01, name: 元旦}}
  - {{from: {year}-05-01, to: {year}-05-01, name: 劳动节}}
  - {{from: {year}-10-01, to: {year}-10-03, name: 国庆节}}
make_up_workdays: []
"""
_COUNTY_SKELETON = "days_off: []\nmake_up_workdays: []\n"


@dataclass(frozen=True, slots=True)
class Preview:
    """What a text would change. `seen` is the newest change it was compared with."""

    subject: str
    year: int | None
    days: tuple[DayDifference, ...]
    moved: tuple[Moved, ...]
    unnamed: tuple[str, ...]
    working_days: int
    seen: int


def preview(office: DisclosureOffice, book: CalendarBook, text: str) -> Preview:
    """Compare a text with the calendar in force; nothing is changed. Raises `BadInput`."""
    notice, seen, before = _notice(text), newest_change(book), book.current()
    after = before.with_notice(notice)
    if before == after:
        raise BadInput([Problem("text", "内容与现行的相同，没有需要更改的。")])
    year = notice.year if isinstance(notice, YearNotice) else None
    return Preview(
        subject=subject_of(year),
        year=year,
        days=calendar_differences(before, after, _touched(year, before, after)),
        moved=due_differences(office, before, after),
        unnamed=unnamed_holidays(notice) if isinstance(notice, YearNotice) else (),
        working_days=_working_days(after, year) if year else 0,
        seen=seen,
    )


def load(
    office: DisclosureOffice, book: CalendarBook, text: str, *, by: str, reason: str
) -> tuple[CalendarLoaded, tuple[Moved, ...]]:
    """Put it in force and write into each open request how its due date moved.

    Raises `BadInput` and `Conflict`.
    """
    loaded = put_in_force(book, text, by=by, reason=reason)
    moved = due_differences(office, loaded.before, loaded.after)
    record_differences(office, moved, why=f"{subject_of(loaded.year)}更新", by=by)
    return loaded, moved


def newest_change(book: CalendarBook) -> int:
    return max((change.change_id for change in calendar_history(book)), default=0)


def subject_of(year: int | None) -> str:
    return f"{year}年放假安排" if year else "本地放假"


def text_to_edit(book: CalendarBook, what: str) -> str:
    """What is in force as it was written, or the outline of a notice. `what`: a year or county."""
    year = int(what) if what.isdecimal() else None
    loaded = [change.text for change in calendar_history(book) if change.year == year]
    if loaded:
        return loaded[-1]
    file = book.folder / f"{year or COUNTY}.yaml"
    if file.is_file():
        return read_text(file)
    return _YEAR_SKELETON.format(year=year) if year else _COUNTY_SKELETON


def _notice(text: str) -> YearNotice | CountyNotice:
    try:
        return notice_from(text)
    except Doubtful as doubt:
        raise BadInput([Problem("text", f"{doubt}。")]) from doubt


def _touched(year: int | None, before: WorkingCalendar, after: WorkingCalendar) -> Iterable[date]:
    """The days a change can be about, in order: a notice may begin in the December before."""
    if year:
        return days_between(date(year - 1, 12, 1), date(year, 12, 31))
    counties = (before.county, after.county)
    orders = [order for c in counties for order in (*c.days_off, *c.make_up_workdays)]
    return sorted({day for order in orders for day in order.days})


def _working_days(calendar: WorkingCalendar, year: int) -> int:
    days = days_between(date(year, 1, 1), date(year, 12, 31))
    return sum(calendar.judge(day).counts for day in days)
