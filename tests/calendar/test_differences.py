"""Differences between two calendars: the days that count in one and rest in the other."""

from datetime import date

from inquiry_service.calendar import (
    CountyDays,
    CountyNotice,
    WorkingCalendar,
    YearNotice,
    calendar_differences,
)
from inquiry_service.calendar.working_days import days_between

NOTICE = YearNotice(
    2030, {date(2030, 5, 1): "劳动节"}, frozenset({date(2030, 5, 4)}), "放假安排通知"
)
WEEK = tuple(days_between(date(2030, 4, 29), date(2030, 5, 5)))


def test_a_published_year_differs_on_its_days_off_and_make_up_days_with_both_reasons() -> None:
    found = calendar_differences(WorkingCalendar(()), WorkingCalendar((NOTICE,)), WEEK)
    assert [str(difference) for difference in found] == [
        "2030-05-01：原为周三，工作日（2030年放假安排未公布，暂按周末规则）；现为周三，劳动节放假",
        "2030-05-04：原为周六，休息日（2030年放假安排未公布，暂按周末规则）；现为周六，调休上班",
    ]


def test_days_that_keep_their_judgement_are_not_listed() -> None:
    renamed = YearNotice(2030, {date(2030, 5, 1): "五一"}, NOTICE.make_up_workdays, "通知")
    before, after = WorkingCalendar((NOTICE,)), WorkingCalendar((renamed,))
    assert calendar_differences(before, after, WEEK) == ()


def test_only_the_days_asked_about_are_compared() -> None:
    order = CountyDays(date(2030, 4, 30), date(2030, 5, 3), "三月三", "县政府放假通知")
    before = WorkingCalendar((NOTICE,))
    after = before.with_notice(CountyNotice((order,)))
    found = calendar_differences(before, after, WEEK[:2])
    assert [difference.day for difference in found] == [date(2030, 4, 30)]
    assert found[0].after.reason == "周二，三月三（地方规定）放假"
