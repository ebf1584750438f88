"""The calendar book: the shipped files, overlaid by what was loaded since; every load is kept."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from functools import reduce
from pathlib import Path
from typing import TypeVar

from sqlalchemy import Connection

from inquiry_service.calendar import store
from inquiry_service.calendar.loading import load_calendar
from inquiry_service.calendar.notices import county_from, notice_from, year_from
from inquiry_service.calendar.strict_yaml import Doubtful
from inquiry_service.calendar.working_days import CountyNotice, WorkingCalendar, YearNotice
from inquiry_service.errors import BadInput, Conflict, KnowledgeFault, Problem
from inquiry_service.moments import Clock
from inquiry_service.storage import Database

_MAX_NAME, _MAX_REASON = 64, 200
_Notice = TypeVar("_Notice", bound=YearNotice | CountyNotice)


class ChangeKind(StrEnum):
    """What a change replaces: one year's notice, or all of the county's own days."""

    YEAR = "year"
    COUNTY = "county"


@dataclass(frozen=True)
class CalendarChange:
    """One load. `text` is the YAML exactly as it was handed in; `year` is None for county days."""

    change_id: int
    at: datetime
    made_by: str
    kind: ChangeKind
    year: int | None
    text: str
    reason: str


@dataclass(frozen=True)
class CalendarLoaded(CalendarChange):
    """A load that has just happened, with what deadlines are to be compared by."""

    before: WorkingCalendar = field(repr=False)
    after: WorkingCalendar = field(repr=False)


@dataclass
class CalendarBook:
    """`folder` holds the shipped files, read once; they change with a release only."""

    database: Database
    folder: Path
    clock: Clock
    _shipped: WorkingCalendar | None = field(default=None, init=False, repr=False, compare=False)
    _held: tuple[int, WorkingCalendar] | None = field(
        default=None, init=False, repr=False, compare=False
    )

    def current(self) -> WorkingCalendar:
        """The calendar as it stands now, whichever process loaded it: costs one small query."""
        with self.database.read() as connection:
            return self.as_of(connection)

    def as_of(self, connection: Connection) -> WorkingCalendar:
        """The calendar as this transaction sees it: for use cases that have one open already."""
        newest, held = store.newest_id(connection), self._held
        if held is not None and held[0] == newest:
            return held[1]
        # Read once more than needed when two threads meet here; the pair is swapped whole.
        calendar = reduce(_overlaid, _history(connection), self._from_files())
        self._held = (newest, calendar)
        return calendar

    def _from_files(self) -> WorkingCalendar:
        if self._shipped is None:
            self._shipped = load_calendar(self.folder)
        return self._shipped


def load_year(book: CalendarBook, text: str, *, by: str, reason: str) -> CalendarLoaded:
    """Put a year's notice in force, or replace it, from the YAML of a `<year>.yaml`.

    Raises `BadInput` when the text is doubtful or the reason missing, `Conflict` when the year
    is published exactly so already.
    """
    notice = _typed(year_from, text)
    return _load(book, text, notice, by, reason)


def load_county_days(book: CalendarBook, text: str, *, by: str, reason: str) -> CalendarLoaded:
    """Replace the county's own days off (放假办法第四条) by those in the text. Raises as above."""
    notice = _typed(county_from, text)
    return _load(book, text, notice, by, reason)


def load_notice(book: CalendarBook, text: str, *, by: str, reason: str) -> CalendarLoaded:
    """Load either kind of text; one without a `year` gives county days. Raises as above."""
    return _load(book, text, _typed(notice_from, text), by, reason)


def calendar_history(book: CalendarBook) -> tuple[CalendarChange, ...]:
    """Every load, the oldest first."""
    with book.database.read() as connection:
        return _history(connection)


def _load(
    book: CalendarBook, text: str, notice: YearNotice | CountyNotice, by: str, reason: str
) -> CalendarLoaded:
    by, reason = by.strip(), reason.strip()
    _refuse_unsigned(by, reason)
    year = notice.year if isinstance(notice, YearNotice) else None
    kind = ChangeKind.COUNTY if year is None else ChangeKind.YEAR
    with book.database.begin() as connection:
        store.take_turns(connection)
        before = book.as_of(connection)
        if before == (after := before.with_notice(notice)):
            what = f"{year}年的放假安排" if year else "地方放假"
            raise Conflict(f"{what}与现行内容相同", "没有需要更改的，无需重复载入")
        change_id, at = store.newest_id(connection) + 1, book.clock()
        store.add_change(connection, change_id, at, by, kind, year, text, reason)
    return CalendarLoaded(change_id, at, by, kind, year, text, reason, before, after)


def _typed(parse: Callable[[str], _Notice], text: str) -> _Notice:
    try:
        return parse(text)
    except Doubtful as doubt:
        raise BadInput([Problem("text", f"{doubt}。")]) from doubt


def _refuse_unsigned(by: str, reason: str) -> None:
    problems = []
    if not by or len(by) > _MAX_NAME or not by.isprintable():
        problems.append(Problem("by", f"请写明由谁载入，不超过 {_MAX_NAME} 个字。"))
    if not reason or len(reason) > _MAX_REASON or not reason.isprintable():
        problems.append(Problem("reason", f"请用一句话写明更改的原因，不超过 {_MAX_REASON} 个字。"))
    if problems:
        raise BadInput(problems)


def _history(connection: Connection) -> tuple[CalendarChange, ...]:
    return tuple(
        CalendarChange(
            row.change_id, row.at, row.made_by, ChangeKind(row.kind), row.year, row.text, row.reason
        )
        for row in store.all_changes(connection)
    )


def _overlaid(calendar: WorkingCalendar, change: CalendarChange) -> WorkingCalendar:
    """Raises `KnowledgeFault` for a change of an earlier release that is now held doubtful."""
    try:
        return calendar.with_notice(notice_from(change.text))
    except Doubtful as doubt:
        raise KnowledgeFault(f"工作日历第 {change.change_id} 次更改", str(doubt)) from doubt
