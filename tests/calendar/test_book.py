"""The calendar book: loads stand on top of the shipped files, and every one is kept."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from pathlib import Path
from threading import Barrier

import pytest

from calendar_papers import COUNTY, YEAR_2030
from inquiry_service.calendar import store
from inquiry_service.calendar.book import (
    CalendarBook,
    CalendarLoaded,
    ChangeKind,
    calendar_history,
    load_county_days,
    load_notice,
    load_year,
)
from inquiry_service.calendar.loading import load_calendar
from inquiry_service.errors import BadInput, Conflict, KnowledgeFault
from inquiry_service.moments import FrozenClock
from inquiry_service.storage import Database

SHIPPED = (
    YEAR_2030.replace("2030", "2031").replace("2029", "2030").replace("2031-01-05", "2031-01-11")
)
LATER = YEAR_2030.replace("to: 2030-05-03", "to: 2030-05-05")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    shipped = tmp_path / "calendar"
    shipped.mkdir()
    (shipped / "2031.yaml").write_text(SHIPPED, encoding="utf-8")
    return shipped


@pytest.fixture
def book(database: Database, folder: Path, frozen_clock: FrozenClock) -> CalendarBook:
    return CalendarBook(database, folder, frozen_clock)


@pytest.fixture
def other(database_url: str, folder: Path, frozen_clock: FrozenClock) -> Iterator[CalendarBook]:
    """The same book as another process has it: an engine and a memory of its own."""
    opened = Database.open(database_url)
    yield CalendarBook(opened, folder, frozen_clock)
    opened.close()


def load(book: CalendarBook, text: str, reason: str = "通知已发布") -> CalendarLoaded:
    return load_year(book, text, by="officer", reason=reason)


def test_without_any_load_the_book_is_the_shipped_calendar(book: CalendarBook) -> None:
    assert book.current() == load_calendar(book.folder)
    assert calendar_history(book) == ()


def test_a_loaded_year_ends_what_was_provisional(book: CalendarBook) -> None:
    assert book.current().judge(date(2030, 5, 2)).provisional
    load(book, YEAR_2030)
    judged = book.current().judge(date(2030, 5, 2))
    assert (judged.counts, judged.provisional) == (False, False)
    assert book.current().published_years == {2030, 2031}


def test_the_calendars_before_and_after_are_handed_back(book: CalendarBook) -> None:
    load(book, YEAR_2030)
    loaded = load(book, LATER)
    assert loaded.before.judge(date(2030, 5, 4)).reason == "周六，休息日"
    assert loaded.after.judge(date(2030, 5, 4)).reason == "周六，劳动节放假"
    assert loaded.after == book.current()


def test_the_newest_load_of_a_year_replaces_the_shipped_one(book: CalendarBook) -> None:
    longer = SHIPPED.replace("to: 2031-05-03", "to: 2031-05-05")
    load(book, longer)
    assert [notice.year for notice in book.current().notices] == [2031]
    assert not book.current().judge(date(2031, 5, 5)).counts
    load(book, SHIPPED, "改回原安排")
    assert book.current() == load_calendar(book.folder)


def test_county_days_stand_on_top_and_are_replaced_as_a_whole(book: CalendarBook) -> None:
    load(book, YEAR_2030)
    load_county_days(book, COUNTY, by="officer", reason="县政府通知")
    assert not book.current().judge(date(2030, 4, 5)).counts
    assert book.current().judge(date(2030, 6, 8)).counts
    loaded = load_county_days(book, "days_off: []", by="officer", reason="撤销")
    assert loaded.before.judge(date(2030, 4, 5)).reason == "周五，三月三（地方规定）放假"
    assert book.current().judge(date(2030, 4, 5)).counts


def test_county_days_win_over_a_make_up_workday_whichever_came_first(book: CalendarBook) -> None:
    resting = "days_off: [{date: 2030-01-05, name: 三月三, basis: 县政府放假通知}]"
    load_county_days(book, resting, by="officer", reason="县政府通知")
    load(book, YEAR_2030)
    assert not book.current().judge(date(2030, 1, 5)).counts


def test_the_text_itself_says_which_kind_it_is(book: CalendarBook) -> None:
    loaded = [load_notice(book, t, by="officer", reason="通知") for t in (YEAR_2030, COUNTY)]
    assert [(c.kind, c.year) for c in loaded] == [
        (ChangeKind.YEAR, 2030),
        (ChangeKind.COUNTY, None),
    ]
    with pytest.raises(BadInput, match="四项"):
        load_notice(book, "{}", by="officer", reason="通知")


def test_history_keeps_every_load_word_for_word(
    book: CalendarBook, frozen_clock: FrozenClock
) -> None:
    load(book, YEAR_2030, " 2030年通知 ")
    frozen_clock.advance(timedelta(days=1))
    load_county_days(book, COUNTY, by="clerk", reason="县政府通知")
    load(book, LATER, "国办调整")
    kept = [
        (c.change_id, c.at.day, c.made_by, c.kind, c.year, c.text, c.reason)
        for c in calendar_history(book)
    ]
    assert kept == [
        (1, 2, "officer", ChangeKind.YEAR, 2030, YEAR_2030, "2030年通知"),
        (2, 3, "clerk", ChangeKind.COUNTY, None, COUNTY, "县政府通知"),
        (3, 3, "officer", ChangeKind.YEAR, 2030, LATER, "国办调整"),
    ]


@pytest.mark.parametrize("again", [YEAR_2030, "# 重新排版\n" + YEAR_2030.replace(", to", ",  to")])
def test_loading_what_is_in_force_already_is_a_conflict(book: CalendarBook, again: str) -> None:
    load(book, YEAR_2030)
    with pytest.raises(Conflict) as caught:
        load(book, again)
    assert caught.value.message == "2030年的放假安排与现行内容相同，没有需要更改的，无需重复载入。"
    assert len(calendar_history(book)) == 1


def test_loading_what_is_shipped_or_the_same_county_days_is_a_conflict_too(
    book: CalendarBook,
) -> None:
    with pytest.raises(Conflict, match="2031年的放假安排与现行内容相同"):
        load(book, SHIPPED)
    with pytest.raises(Conflict, match="地方放假与现行内容相同"):
        load_county_days(book, "days_off: []", by="officer", reason="没有")


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (YEAR_2030.replace("2030-01-05", "2030-01-04"), "调休上班日 2030-01-04 不是周六或周日。"),
        ("", "应当恰好包含 days_off、make_up_workdays、source、year 四项。"),
    ],
)
def test_a_doubtful_text_is_bad_input_in_the_words_of_a_file_check(
    book: CalendarBook, text: str, told: str
) -> None:
    with pytest.raises(BadInput) as caught:
        load(book, text)
    assert [(p.field, p.message) for p in caught.value.problems] == [("text", told)]
    assert calendar_history(book) == ()


@pytest.mark.parametrize("unusable", ["", "  ", "长" * 201, "两\n行", "零\x00"])
def test_a_load_needs_a_reason_and_a_name(book: CalendarBook, unusable: str) -> None:
    with pytest.raises(BadInput) as caught:
        load_year(book, YEAR_2030, by=unusable, reason=unusable)
    assert [problem.field for problem in caught.value.problems] == ["by", "reason"]


def test_another_process_sees_a_load_at_once(book: CalendarBook, other: CalendarBook) -> None:
    assert other.current().published_years == {2031}
    load(book, YEAR_2030)
    assert other.current().published_years == {2030, 2031}
    load(other, LATER)
    assert not book.current().judge(date(2030, 5, 5)).counts
    assert book.current() == other.current()


def test_without_a_new_load_the_same_calendar_is_handed_out(book: CalendarBook) -> None:
    load(book, YEAR_2030)
    assert book.current() is book.current()


def test_loads_at_the_same_moment_all_end_up_in_history_in_order(
    book: CalendarBook, other: CalendarBook
) -> None:
    together = Barrier(2)

    def load_several(mine: CalendarBook, month: int) -> list[CalendarLoaded]:
        together.wait()
        days = (date(2030, month, day) for day in range(1, 9))
        texts = [f"days_off: [{{date: {day}, name: 假, basis: 文}}]" for day in days]
        return [load_county_days(mine, text, by="officer", reason="同时") for text in texts]

    with ThreadPoolExecutor(2) as threads:
        loaded = [*threads.map(load_several, (book, other), (6, 7))]
    everything = sorted((c for each in loaded for c in each), key=lambda c: c.change_id)
    history = calendar_history(book)
    assert [change.change_id for change in history] == list(range(1, 17))
    assert [change.text for change in history] == [change.text for change in everything]
    for earlier, later in pairwise(everything):
        assert later.before == earlier.after
    assert book.current() == other.current() == everything[-1].after


def test_of_two_identical_loads_at_the_same_moment_one_is_a_conflict(
    book: CalendarBook, other: CalendarBook
) -> None:
    together = Barrier(2)

    def attempt(mine: CalendarBook) -> str:
        together.wait()
        try:
            load(mine, YEAR_2030)
        except Conflict:
            return "conflict"
        return "loaded"

    with ThreadPoolExecutor(2) as threads:
        assert sorted(threads.map(attempt, (book, other))) == ["conflict", "loaded"]
    assert len(calendar_history(book)) == 1


def test_a_stored_change_that_can_no_longer_be_trusted_is_named(
    book: CalendarBook, database: Database
) -> None:
    with database.begin() as connection:
        at = datetime(2026, 1, 1, tzinfo=UTC)
        store.add_change(connection, 1, at, "officer", "year", 2030, "year: 2030", "旧版本")
    with pytest.raises(KnowledgeFault, match="工作日历第 1 次更改：应当恰好包含"):
        book.current()
