"""Retention: nothing goes too early, nothing goes under a hold, and what goes is listed."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inquiry_service.disclosure.rules.matters import Matter
from inquiry_service.disclosure.rules.retention import (
    ERASED,
    STAYS,
    Hold,
    Piece,
    is_due,
    last_day_kept,
    retention,
)

TEN = dict.fromkeys(Matter, 10)
DAYS = st.dates(date(2019, 5, 15), date(2200, 12, 31))


def test_a_closed_case_may_go_the_day_after_its_years_are_over() -> None:
    found = retention(date(2026, 3, 30), Matter.REQUEST, years=TEN)
    assert found.erase_on == date(2036, 3, 31)
    assert found.reason == "2026-03-30办结，保存10年，2036-03-30期满，次日起可以清理"
    assert not is_due(found, date(2036, 3, 30))
    assert is_due(found, date(2036, 3, 31))


@pytest.mark.parametrize(
    ("closed", "years", "last"),
    [
        ("2024-02-29", 1, "2025-02-28"),
        ("2024-02-29", 4, "2028-02-29"),
        ("2024-02-28", 1, "2025-02-28"),
        ("2023-02-28", 1, "2024-02-28"),
        ("2025-12-31", 1, "2026-12-31"),
    ],
)
def test_a_leap_day_ends_with_its_month(closed: str, years: int, last: str) -> None:
    assert last_day_kept(date.fromisoformat(closed), years) == date.fromisoformat(last)


def test_an_open_case_or_a_kind_without_a_setting_is_kept() -> None:
    assert retention(None, Matter.REQUEST, years=TEN).reason == "尚未办结，不清理"
    for unset in ({}, {Matter.SUGGESTION: None}):
        found = retention(date(2020, 1, 1), Matter.SUGGESTION, years=unset)
        assert found.erase_on is None
        assert found.reason == "没有设置“建议公开”的保存年限，不清理"
        assert not is_due(found, date.max)


def test_a_hold_goes_before_every_setting_and_says_so() -> None:
    holds = [Hold.LITIGATION, Hold.ARCHIVES, Hold.LITIGATION]
    found = retention(date(2000, 1, 1), Matter.REQUEST, years=TEN, holds=holds)
    assert found.erase_on is None
    assert found.reason == "暂停清理：行政诉讼尚未办结、档案主管部门要求保留"


@pytest.mark.parametrize("years", [0, -1, 101])
def test_years_that_cannot_be_meant_are_refused(years: int) -> None:
    with pytest.raises(ValueError, match="保存年限"):
        retention(None, Matter.REQUEST, years={Matter.REQUEST: years})


def test_every_piece_of_a_case_either_goes_or_stays() -> None:
    assert {*ERASED, *STAYS} == set(Piece)
    assert not set(ERASED) & set(STAYS)
    assert Piece.CHAIN in STAYS
    assert Piece.APPLICATION in ERASED


@given(closed=DAYS, years=st.integers(1, 100))
def test_a_case_is_kept_for_whole_years_and_not_a_day_longer(closed: date, years: int) -> None:
    found = retention(closed, Matter.REQUEST, years={Matter.REQUEST: years})
    assert found.erase_on is not None
    last = found.erase_on - timedelta(days=1)
    assert last.year == closed.year + years
    assert (last.month, last.day) in {(closed.month, closed.day), (2, 28)}


@given(first=DAYS, later=st.integers(0, 4000), years=st.integers(1, 100))
def test_what_closed_later_never_goes_earlier(first: date, later: int, years: int) -> None:
    assert last_day_kept(first, years) <= last_day_kept(first + timedelta(days=later), years)
