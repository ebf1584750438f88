"""Working days: the notices decide, then the weekday; unpublished years say so."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inquiry_service.calendar import Judged, WorkingCalendar, YearNotice

YEAR_2030 = YearNotice(
    2030, {date(2030, 5, 1): "劳动节"}, frozenset({date(2030, 5, 4)}), "放假安排通知"
)
DAYS = st.dates(date(2024, 1, 1), date(2028, 12, 31))


@pytest.mark.parametrize(
    ("day", "judged"),
    [
        (date(2025, 9, 28), Judged(True, False, "周日，调休上班")),
        (date(2026, 2, 16), Judged(False, False, "周一，春节放假")),
        (date(2026, 3, 3), Judged(True, False, "周二，工作日")),
        (date(2026, 3, 7), Judged(False, False, "周六，休息日")),
        (
            date(2031, 1, 1),
            Judged(True, True, "周三，工作日（2031年放假安排未公布，暂按周末规则）"),
        ),
    ],
)
def test_a_day_is_judged_with_its_reason(
    calendar: WorkingCalendar, day: date, judged: Judged
) -> None:
    assert calendar.judge(day) == judged


def test_a_count_that_runs_into_an_unpublished_year_is_provisional() -> None:
    calendar = WorkingCalendar((YEAR_2030,))
    assert not calendar.add_working_days(date(2030, 12, 30), 1).provisional
    assert calendar.add_working_days(date(2030, 12, 30), 2).provisional


def test_a_later_notice_wins_where_two_speak_of_the_same_day() -> None:
    new_year = YearNotice(2031, {date(2030, 12, 31): "元旦"}, frozenset(), "放假安排通知")
    assert WorkingCalendar((YEAR_2030,)).judge(date(2030, 12, 31)).counts
    assert not WorkingCalendar((YEAR_2030, new_year)).judge(date(2030, 12, 31)).counts
    assert not WorkingCalendar((new_year, YEAR_2030)).judge(date(2030, 12, 31)).counts


def test_counting_needs_at_least_one_day(calendar: WorkingCalendar) -> None:
    with pytest.raises(ValueError, match="at least one"):
        calendar.add_working_days(date(2026, 3, 2), 0)


@given(start=DAYS, n=st.integers(1, 60))
def test_a_count_ends_on_a_working_day_and_holds_exactly_n_of_them(
    calendar: WorkingCalendar, start: date, n: int
) -> None:
    end = calendar.add_working_days(start, n).day
    passed = [start + timedelta(days=d + 1) for d in range((end - start).days)]
    assert calendar.judge(end).counts
    assert sum(calendar.judge(day).counts for day in passed) == n


@given(start=DAYS, first=st.integers(1, 30), second=st.integers(1, 30))
def test_counting_in_two_goes_is_counting_in_one(
    calendar: WorkingCalendar, start: date, first: int, second: int
) -> None:
    halfway = calendar.add_working_days(start, first).day
    there = calendar.add_working_days(halfway, second).day
    assert there == calendar.add_working_days(start, first + second).day


def test_the_name_of_a_rest_day_and_a_make_up_day_can_be_asked_for() -> None:
    calendar = WorkingCalendar((YEAR_2030,))
    assert calendar.rest_name(date(2030, 5, 1)) == "劳动节"
    assert calendar.rest_name(date(2030, 5, 5)) is None
    assert calendar.is_make_up(date(2030, 5, 4))
    assert not calendar.is_make_up(date(2030, 5, 1))
