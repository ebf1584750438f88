"""A calendar that is loaded later moves due dates visibly, in each open case and in no other."""

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from calendar_papers import YEAR_2030
from inquiry_service.calendar.book import CalendarBook, load_notice
from inquiry_service.disclosure import Application, DisclosureOffice, file_request, open_case
from inquiry_service.disclosure.procedure.recomputing import due_differences, record_differences
from inquiry_service.disclosure.rules.events import DueRecomputed
from inquiry_service.moments import FrozenClock
from inquiry_service.storage import Database
from procedure_house import reply

KNOWLEDGE = Path(__file__).parents[3] / "knowledge"


@pytest.fixture
def book(database: Database, frozen_clock: FrozenClock) -> CalendarBook:
    return CalendarBook(database, KNOWLEDGE / "calendar", frozen_clock)


@pytest.fixture
def over_the_years(
    office: DisclosureOffice, book: CalendarBook, frozen_clock: FrozenClock
) -> DisclosureOffice:
    """An office in December 2029; the notice for 2030 is not out yet."""
    frozen_clock.moment = datetime(2029, 12, 17, 1, 0, tzinfo=UTC)
    return replace(office, calendars=book.current)


def test_loading_a_year_moves_what_is_open_and_settles_what_was_provisional(
    over_the_years: DisclosureOffice, book: CalendarBook, application: Application
) -> None:
    office = over_the_years
    number = file_request(office, application, submission_key="open").number
    before = open_case(office, number).due
    assert before is not None
    assert before.provisional

    loaded = load_notice(book, YEAR_2030, by="clerk", reason="放假安排公布")
    (moved,) = due_differences(office, loaded.before, loaded.after)
    record_differences(office, [moved], why="2030年放假安排公布", by="clerk")

    case = open_case(office, number)
    assert case.due is not None
    assert (moved.number, moved.was, moved.now) == (number, before.due, case.due.due)
    assert case.due.due != before.due
    last = case.history[-1]
    assert last.event == DueRecomputed(before.due, case.due.due, "2030年放假安排公布")
    assert last.actor == "clerk"


def test_a_request_that_was_answered_is_left_alone(
    over_the_years: DisclosureOffice, book: CalendarBook, application: Application
) -> None:
    number = file_request(over_the_years, application, submission_key="answered").number
    reply(over_the_years, number)
    loaded = load_notice(book, YEAR_2030, by="clerk", reason="放假安排公布")
    assert due_differences(over_the_years, loaded.before, loaded.after) == ()


def test_what_only_becomes_certain_is_shown_and_needs_no_entry(
    over_the_years: DisclosureOffice, book: CalendarBook, application: Application
) -> None:
    number = file_request(over_the_years, application, submission_key="open").number
    version = open_case(over_the_years, number).version
    plain = YEAR_2030.replace("from: 2029-12-30", "from: 2030-01-01").replace("[2030-01-05]", "[]")
    loaded = load_notice(book, plain, by="clerk", reason="放假安排公布")
    moved = due_differences(over_the_years, loaded.before, loaded.after)
    assert [one.number for one in moved] == [number]
    record_differences(over_the_years, [m for m in moved if m.was == m.now], why="", by="clerk")
    assert open_case(over_the_years, number).version == version
