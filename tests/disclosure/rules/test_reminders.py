"""Reminders: the right ones, once, to the right people, and none on a rest day."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inquiry_service.calendar import WorkingCalendar
from inquiry_service.calendar.working_days import days_between
from inquiry_service.disclosure.rules.events import AgencyConsulted
from inquiry_service.disclosure.rules.reminders import (
    Kind,
    Pending,
    Reader,
    Reminder,
    reminders_due,
)

NUMBER = "YSQ-2026-00012"
DUE = date(2026, 3, 30)
RECEIVED = date(2026, 3, 2)
PLAIN = WorkingCalendar(())
DAYS = st.dates(date(2026, 1, 1), date(2026, 12, 31))


def pending(
    due: date | None = None,
    received: date | None = None,
    consulted_on: tuple[date, ...] = (),
    fee_noticed_on: date | None = None,
) -> Pending:
    return Pending(NUMBER, due, received, consulted_on, fee_noticed_on)


def on(calendar: WorkingCalendar, text: str, case: Pending) -> tuple[Reminder, ...]:
    return reminders_due(case, calendar=calendar, today=date.fromisoformat(text))


def kinds(reminders: tuple[Reminder, ...]) -> list[Kind]:
    return [reminder.kind for reminder in reminders]


def one(reminders: tuple[Reminder, ...]) -> Reminder:
    [reminder] = reminders
    return reminder


def over_the_days(
    case: Pending, first: date, last: date, calendar: WorkingCalendar = PLAIN
) -> Iterator[Reminder]:
    """What a sender sends that looks every day and sends each key once."""
    sent = set()
    for today in days_between(first, last):
        for reminder in reminders_due(case, calendar=calendar, today=today):
            if reminder.key not in sent:
                sent.add(reminder.key)
                yield reminder


def test_the_handler_is_reminded_seven_three_and_one_working_days_before(
    calendar: WorkingCalendar,
) -> None:
    sent = over_the_days(pending(DUE), RECEIVED, date(2026, 3, 29), calendar)
    assert [reminder.sentence for reminder in sent] == [
        f"{NUMBER}距答复期限（2026-03-30）还有{left}个工作日。" for left in (7, 3, 1)
    ]


def test_on_the_day_it_is_said_that_this_is_the_last(calendar: WorkingCalendar) -> None:
    reminder = one(on(calendar, "2026-03-30", pending(DUE)))
    assert reminder.kind is Kind.DUE_TODAY
    assert reminder.sentence == f"{NUMBER}今天（2026-03-30）是答复期限最后一天。"


def test_from_the_first_day_overdue_the_head_is_told_too(calendar: WorkingCalendar) -> None:
    first = on(calendar, "2026-03-31", pending(DUE))
    assert [(r.kind, r.reader) for r in first] == [
        (Kind.OVERDUE, Reader.HANDLER),
        (Kind.OVERDUE, Reader.HEAD),
    ]
    assert "已过1个工作日" in first[0].sentence
    second = on(calendar, "2026-04-01", pending(DUE))
    assert "已过2个工作日" in second[0].sentence
    assert len({reminder.key for reminder in (*first, *second)}) == 4


def test_nothing_is_said_on_a_rest_day_but_on_a_working_saturday(
    calendar: WorkingCalendar,
) -> None:
    case = pending(date(2026, 2, 10), date(2026, 2, 4), (date(2026, 1, 20),), date(2026, 1, 20))
    assert on(calendar, "2026-02-15", case) == ()
    assert Kind.OVERDUE in kinds(on(calendar, "2026-02-14", case))


def test_days_off_do_not_count_as_days_left(calendar: WorkingCalendar) -> None:
    case = pending(date(2026, 10, 9))
    assert "还有2个工作日" in one(on(calendar, "2026-09-30", case)).sentence


def test_a_day_on_which_nobody_looked_is_made_good(calendar: WorkingCalendar) -> None:
    missed = one(on(calendar, "2026-03-23", pending(DUE)))
    in_time = one(on(calendar, "2026-03-19", pending(DUE)))
    assert missed.key == in_time.key == f"{NUMBER}/before_due-7/2026-03-30"
    assert "还有5个工作日" in missed.sentence


def test_an_extended_case_is_reminded_anew(calendar: WorkingCalendar) -> None:
    before = one(on(calendar, "2026-03-19", pending(DUE)))
    after = one(on(calendar, "2026-04-20", pending(date(2026, 4, 28))))
    assert before.key != after.key


def test_the_end_of_the_seven_days_for_a_correction_is_announced(
    calendar: WorkingCalendar,
) -> None:
    # received 3-02: the seventh working day is 3-11
    assert on(calendar, "2026-03-06", pending(received=RECEIVED)) == ()
    reminder = one(on(calendar, "2026-03-09", pending(received=RECEIVED)))
    assert reminder.sentence == (
        f"{NUMBER}如需补正，应在2026-03-11前（含当日）一次性告知申请人（条例第三十条），"
        "还有2个工作日。"
    )
    assert "今天是最后一天" in one(on(calendar, "2026-03-11", pending(received=RECEIVED))).sentence
    assert on(calendar, "2026-03-12", pending(received=RECEIVED)) == ()


def test_a_third_party_that_stays_silent_is_told_to_the_handler(calendar: WorkingCalendar) -> None:
    case = pending(consulted_on=(date(2026, 3, 9),))  # lapses on 3-30
    assert kinds(on(calendar, "2026-03-27", case)) == [Kind.THIRD_PARTY]
    lapsed = one(on(calendar, "2026-03-31", case))
    assert lapsed.kind is Kind.THIRD_PARTY_LAPSED
    assert "由本机关决定是否公开（条例第三十二条）" in lapsed.sentence
    assert lapsed.key == one(on(calendar, "2026-04-20", case)).key


def test_a_fee_that_is_not_paid_is_told_and_marked_as_unverified(
    calendar: WorkingCalendar,
) -> None:
    case = pending(fee_noticed_on=RECEIVED)  # lapses on 3-30
    assert kinds(on(calendar, "2026-03-30", case)) == [Kind.PAYMENT]
    lapsed = one(on(calendar, "2026-03-31", case))
    assert lapsed.kind is Kind.PAYMENT_LAPSED
    assert "待确认" in lapsed.sentence


def test_agencies_that_stay_silent_are_told_to_the_handler_and_not_all_consent(
    calendar: WorkingCalendar,
) -> None:
    case = Pending(NUMBER, None, agencies=(AgencyConsulted(date(2026, 3, 9)),))  # lapses on 3-30
    assert kinds(on(calendar, "2026-03-30", case)) == [Kind.AGENCY]
    lapsed = one(on(calendar, "2026-03-31", case))
    assert lapsed.kind is Kind.AGENCY_LAPSED
    assert "共同制作机关逾期未提出意见的，视为同意公开（条例第三十四条）" in lapsed.sentence
    assert "其他有关机关没有这一规定" in lapsed.sentence


def test_an_agency_that_is_no_co_maker_is_watched_until_the_day_its_letter_named(
    calendar: WorkingCalendar,
) -> None:
    day = date(2026, 3, 9)
    concerned = AgencyConsulted(day, "机关一", relation="other", until=date(2026, 3, 18))
    maker = AgencyConsulted(day, "机关二", relation="co_maker")  # lapses on 3-30
    case = Pending(NUMBER, None, agencies=(concerned, maker, replace(concerned, party="机关三")))
    before = one(on(calendar, "2026-03-18", case))
    assert before.kind is Kind.NAMED_DAY
    assert "请其在2026-03-18前（含当日）答复，今天是最后一天" in before.sentence
    lapsed = one(on(calendar, "2026-03-19", case))
    assert lapsed.kind is Kind.NAMED_DAY_LAPSED
    assert "视为同意只限于共同制作机关，条例第三十四条" in lapsed.sentence
    made = next(r for r in on(calendar, "2026-03-31", case) if r.kind is Kind.AGENCY_LAPSED)
    assert "共同制作机关逾期未提出意见的，视为同意公开（条例第三十四条）。" in made.sentence


def test_what_no_clock_watches_is_not_forgotten(calendar: WorkingCalendar) -> None:
    posted = Pending(NUMBER, None, unconfirmed_since=RECEIVED)
    assert "收到当日与申请人确认" in one(on(calendar, "2026-03-02", posted)).sentence
    asked = Pending(NUMBER, None, applicant_until=date(2026, 3, 20))
    assert on(calendar, "2026-03-20", asked) == ()
    assert one(on(calendar, "2026-03-23", asked)).kind is Kind.APPLICANT_LAPSED


def test_a_case_without_a_running_clock_is_left_alone(calendar: WorkingCalendar) -> None:
    assert on(calendar, "2026-03-30", pending()) == ()


def test_days_before_can_be_set_but_not_to_nought(calendar: WorkingCalendar) -> None:
    today = date(2026, 3, 16)  # ten working days before
    [reminder] = reminders_due(pending(DUE), calendar=calendar, today=today, before_due=(10,))
    assert reminder.key.startswith(f"{NUMBER}/before_due-10/")
    with pytest.raises(ValueError, match="至少1个工作日"):
        reminders_due(pending(DUE), calendar=calendar, today=today, before_due=(0,))


@given(received=DAYS)
def test_every_limit_is_announced_as_often_as_promised_and_never_twice(received: date) -> None:
    due = PLAIN.add_working_days(received, 20).day
    asked = AgencyConsulted(received)
    concerned = AgencyConsulted(received, relation="other", until=due)
    agencies = asked, concerned
    case = Pending(NUMBER, due, received, (received,), received, agencies, received, received)
    sent = list(over_the_days(case, received, due + timedelta(days=14)))
    counted = {kind: sum(r.kind is kind for r in sent) for kind in Kind}
    assert counted == {
        Kind.BEFORE_DUE: 3,
        Kind.DUE_TODAY: 1,
        Kind.OVERDUE: 20,  # ten working days, two readers
        Kind.CORRECTION: 2,
        Kind.THIRD_PARTY: 2,
        Kind.THIRD_PARTY_LAPSED: 1,
        Kind.AGENCY: 2,
        Kind.AGENCY_LAPSED: 1,
        Kind.NAMED_DAY: 2,
        Kind.NAMED_DAY_LAPSED: 1,
        Kind.UNCONFIRMED: 1,
        Kind.APPLICANT_LAPSED: 1,
        Kind.PAYMENT: 2,
        Kind.PAYMENT_LAPSED: 1,
    }


@given(due=DAYS, today=DAYS)
def test_a_reminder_never_speaks_to_nobody_or_of_nothing(due: date, today: date) -> None:
    found = reminders_due(pending(due), calendar=PLAIN, today=today)
    assert all(r.sentence.startswith(NUMBER) and r.sentence.endswith("。") for r in found)
    assert len({r.key for r in found}) == len(found)
    if found:
        assert PLAIN.judge(today).counts
        assert all((r.kind is Kind.OVERDUE) == (today > due) for r in found)
