"""A calendar was loaded: what it does to open requests, shown case by case and kept in each."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from inquiry_service.calendar.working_days import WorkingCalendar
from inquiry_service.disclosure import store
from inquiry_service.disclosure.office import DisclosureOffice
from inquiry_service.disclosure.procedure.case_file import opened
from inquiry_service.disclosure.rules.clock import Due, due
from inquiry_service.disclosure.rules.events import DueRecomputed, Event
from inquiry_service.disclosure.rules.position import OPEN, stage_of


@dataclass(frozen=True, slots=True)
class Moved:
    """One request whose due date is another one now; `settled` when it is provisional no more."""

    number: str
    was: date
    now: date
    settled: bool


def due_differences(
    office: DisclosureOffice, before: WorkingCalendar, after: WorkingCalendar
) -> tuple[Moved, ...]:
    """Open requests whose due date, or its certainty, differs between two calendars."""
    with office.database.read() as connection:
        histories = store.histories(connection)
    found = []
    for number, history in histories.items():
        events = [recorded.event for recorded in history]
        if stage_of(events) in OPEN and (moved := _moved(office, number, events, before, after)):
            found.append(moved)
    return tuple(found)


def record_differences(
    office: DisclosureOffice, moved: Sequence[Moved], *, why: str, by: str
) -> None:
    """Write into each case that its due date moved, and from when to when."""
    for one in moved:
        if one.was != one.now:
            with opened(office, one.number, by=by) as case:
                case.happen(DueRecomputed(one.was, one.now, why))


def _moved(
    office: DisclosureOffice,
    number: str,
    events: Sequence[Event],
    before: WorkingCalendar,
    after: WorkingCalendar,
) -> Moved | None:
    was, now = (due(events, calendar, office.reading) for calendar in (before, after))
    if was is None or now is None or (was.due, was.provisional) == (now.due, now.provisional):
        return None
    return Moved(number, was.due, now.due, _settled(was, now))


def _settled(was: Due, now: Due) -> bool:
    return was.provisional and not now.provisional
