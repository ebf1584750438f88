"""The shipped years against a statement that is not ours.

`WORKING_DAYS` (January to December) and `DIGESTS` were computed once, outside this repository,
from the Python library `chinesecalendar` 1.11.0: `is_workday` of every day of the year. A digest
is the SHA-256 of these answers as one line of 1 (works) and 0 (rests), cut to 16 digits, so one
wrong day fails it. The totals for 2024 to 2026 equal those computed from the notices by hand.
"""

import hashlib
from collections.abc import Iterator
from datetime import date, timedelta

import pytest

from inquiry_service.calendar import WorkingCalendar

WORKING_DAYS = {
    2019: (22, 17, 21, 22, 21, 19, 23, 22, 21, 19, 21, 22),
    2020: (17, 20, 22, 22, 19, 21, 23, 21, 23, 17, 21, 23),
    2021: (20, 17, 23, 22, 19, 21, 22, 22, 22, 17, 22, 23),
    2022: (21, 16, 23, 21, 20, 21, 21, 23, 21, 18, 22, 22),
    2023: (18, 20, 23, 20, 21, 21, 21, 23, 20, 19, 22, 21),
    2024: (22, 18, 21, 22, 21, 19, 23, 22, 21, 19, 21, 22),
    2025: (19, 19, 21, 22, 19, 20, 23, 21, 23, 18, 20, 23),
    2026: (21, 16, 22, 21, 19, 21, 23, 21, 22, 18, 21, 23),
}
TOTALS = {
    2019: 250, 2020: 249, 2021: 250, 2022: 249, 2023: 249, 2024: 251, 2025: 248, 2026: 248,
}  # fmt: skip
DIGESTS = {
    2019: "dc95086d91477dcc",
    2020: "2a7ad4272999783d",
    2021: "e7d978b7882f6202",
    2022: "d83b30bae42e9bf8",
    2023: "e8868c7f857df965",
    2024: "661a1167f8576d79",
    2025: "b6b20d69dbbf0872",
    2026: "1c2604d6fff32a56",
}


def days_of(year: int) -> Iterator[date]:
    day = date(year, 1, 1)
    while day.year == year:
        yield day
        day += timedelta(days=1)


def test_the_shipped_years_are_2019_to_2026(calendar: WorkingCalendar) -> None:
    assert calendar.published_years == set(range(2019, 2027))


@pytest.mark.parametrize("year", WORKING_DAYS)
def test_every_month_has_as_many_working_days_as_the_library_counts(
    calendar: WorkingCalendar, year: int
) -> None:
    found = [0] * 12
    for day in days_of(year):
        found[day.month - 1] += calendar.judge(day).counts
    assert tuple(found) == WORKING_DAYS[year]
    assert sum(found) == TOTALS[year]


@pytest.mark.parametrize("year", DIGESTS)
def test_every_single_day_is_judged_as_the_library_judges_it(
    calendar: WorkingCalendar, year: int
) -> None:
    answers = "".join(str(int(calendar.judge(day).counts)) for day in days_of(year))
    assert hashlib.sha256(answers.encode()).hexdigest()[:16] == DIGESTS[year]


@pytest.mark.parametrize("year", WORKING_DAYS)
def test_every_year_names_its_notice_with_number_and_day_of_issue(
    calendar: WorkingCalendar, year: int
) -> None:
    (source,) = [notice.source for notice in calendar.notices if notice.year == year]
    assert source.startswith(f"国务院办公厅关于{year}年部分节假日安排的通知（国办发明电〔")
    assert f"〔{year - 1}〕" in source
    assert "印发）" in source


@pytest.mark.parametrize(
    ("day", "reason"),
    [
        (date(2019, 5, 3), "周五，劳动节放假"),  # as changed in March 2019
        (date(2019, 5, 5), "周日，调休上班"),
        (date(2020, 1, 31), "周五，春节放假"),  # as prolonged in January 2020
        (date(2020, 2, 1), "周六，春节放假"),  # was to be worked before that
        (date(2020, 2, 3), "周一，工作日"),
    ],
)
def test_later_notices_of_the_same_year_have_had_their_effect(
    calendar: WorkingCalendar, day: date, reason: str
) -> None:
    assert calendar.judge(day).reason == reason


def test_later_notices_of_the_same_year_are_named(calendar: WorkingCalendar) -> None:
    amended = {notice.year: notice.source for notice in calendar.notices if "后经" in notice.source}
    assert set(amended) == {2019, 2020}
    assert "国办发明电〔2019〕3号，2019-03-22印发" in amended[2019]
    assert "国办发明电〔2020〕1号，2020-01-26印发" in amended[2020]
