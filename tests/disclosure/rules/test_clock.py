"""The clock: every worked example of the law, and what must hold for any history."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inquiry_service.calendar import WorkingCalendar
from inquiry_service.disclosure.rules.assuming import assume
from inquiry_service.disclosure.rules.clock import Due, due, fold
from inquiry_service.disclosure.rules.events import (
    AgencyAnswered,
    AgencyConsulted,
    CorrectedRequestReceived,
    CorrectionAsked,
    DeadlineExtended,
    Event,
    FeeNoticed,
    FeePaid,
    Filed,
    ReceiptConfirmed,
    ReplySent,
    ThirdPartyAnswered,
    ThirdPartyConsulted,
)

MARCH_2 = date(2026, 3, 2)


def due_after(calendar: WorkingCalendar, *events: Event) -> Due:
    reply_by = due(events, calendar)
    assert reply_by is not None
    return reply_by


def day(text: str) -> date:
    return date.fromisoformat(text)


@pytest.mark.parametrize(
    ("received", "plus_7", "plus_15", "plus_20", "plus_40"),
    [
        ("2026-01-05", "2026-01-14", "2026-01-26", "2026-02-02", "2026-03-06"),
        ("2026-02-10", "2026-02-26", "2026-03-09", "2026-03-16", "2026-04-14"),
        ("2026-02-14", "2026-03-03", "2026-03-13", "2026-03-20", "2026-04-20"),
        ("2026-04-03", "2026-04-15", "2026-04-27", "2026-05-07", "2026-06-03"),
        ("2026-09-20", "2026-09-30", "2026-10-16", "2026-10-23", "2026-11-20"),
        ("2026-09-22", "2026-10-09", "2026-10-20", "2026-10-27", "2026-11-24"),
        ("2026-09-30", "2026-10-15", "2026-10-27", "2026-11-03", "2026-12-01"),
        ("2025-09-28", "2025-10-14", "2025-10-24", "2025-10-31", "2025-11-28"),
    ],
)
def test_the_limits_of_the_law_fall_on_the_worked_days(
    calendar: WorkingCalendar,
    received: str,
    plus_7: str,
    plus_15: str,
    plus_20: str,
    plus_40: str,
) -> None:
    receipt = ReceiptConfirmed(day(received), "")
    assert calendar.add_working_days(day(received), 7).day == day(plus_7)
    assert calendar.add_working_days(day(received), 15).day == day(plus_15)
    assert due_after(calendar, receipt).due == day(plus_20)
    assert due_after(calendar, receipt, DeadlineExtended(20)).due == day(plus_40)


@pytest.mark.parametrize(
    ("happened", "expected"),
    [
        ([], "2026-03-30"),
        (["third_party:2026-03-09..2026-03-20"], "2026-04-13"),
        (["agency:2026-03-09..2026-03-20"], "2026-04-13"),
        (["correction:2026-03-09..2026-03-16"], "2026-04-14"),
        (["extension:20"], "2026-04-28"),
        (["third_party:2026-03-09..2026-03-09"], "2026-03-30"),
        (["third_party:2026-03-30..2026-04-10"], "2026-03-30"),
        # Two consultations at the same time take the same days out only once.
        (["third_party:2026-03-09..2026-03-20", "agency:2026-03-11..2026-03-20"], "2026-04-13"),
        # A restart forgets the consultation before it, and the extension comes on top.
        (["third_party:2026-03-04..2026-03-06", "correction:2026-03-09..2026-03-16"], "2026-04-14"),
        (["correction:2026-03-03..2026-03-04", "third_party:2026-03-09..2026-03-20"], "2026-04-15"),
    ],
)
def test_what_happens_on_the_way_moves_the_due_date_as_the_law_says(
    calendar: WorkingCalendar, happened: list[str], expected: str
) -> None:
    assert due_after(calendar, *assume(MARCH_2, happened)).due == day(expected)


def test_the_steps_go_from_the_day_after_receipt_through_the_due_date(
    calendar: WorkingCalendar,
) -> None:
    reply_by = due_after(calendar, *assume(day("2025-09-28"), ["agency:2025-09-29..2025-09-30"]))
    assert [(str(s.date), s.counts, s.day, s.reason) for s in reply_by.steps[:3]] == [
        ("2025-09-29", True, 1, "周一，工作日，计入第1个工作日"),
        (
            "2025-09-30",
            False,
            1,
            "周二，工作日，征求其他机关意见期间（条例第三十三条第三款），不计入",
        ),
        ("2025-10-01", False, 1, "周三，国庆节、中秋节放假，不计入"),
    ]
    worked_saturday = next(step for step in reply_by.steps if step.date == day("2025-10-11"))
    assert worked_saturday.reason == "周六，调休上班，计入第4个工作日"
    assert reply_by.steps[-1].date == reply_by.due
    assert reply_by.steps[-1].day == 20


def test_a_due_date_is_data_with_plain_dates(calendar: WorkingCalendar) -> None:
    data = due_after(calendar, ReceiptConfirmed(MARCH_2, "")).as_json()
    first = {
        "date": "2026-03-03",
        "counts": True,
        "day": 1,
        "reason": "周二，工作日，计入第1个工作日",
    }
    assert data["steps"][0] == first
    assert (data["received"], data["due"], data["provisional"]) == (
        "2026-03-02",
        "2026-03-30",
        False,
    )


def test_a_corrected_request_is_counted_from_its_own_receipt(calendar: WorkingCalendar) -> None:
    reply_by = due_after(calendar, *assume(MARCH_2, ["correction:2026-03-09..2026-03-16"]))
    assert reply_by.received == day("2026-03-16")
    assert reply_by.steps[0].date == day("2026-03-17")


def test_a_due_date_beyond_the_published_calendars_is_provisional(
    calendar: WorkingCalendar,
) -> None:
    assert not due_after(calendar, ReceiptConfirmed(day("2026-12-03"), "")).provisional
    late = due_after(calendar, ReceiptConfirmed(day("2026-12-04"), ""))
    assert late.provisional
    assert "暂按周末规则" in late.steps[-1].reason


@pytest.mark.parametrize(
    "events",
    [
        (),
        (Filed("web", ""),),
        (ReceiptConfirmed(MARCH_2, ""), CorrectionAsked(day("2026-03-09"))),
        (ReceiptConfirmed(MARCH_2, ""), FeeNoticed(day("2026-03-09"))),
    ],
)
def test_there_is_no_due_date_while_the_clock_does_not_run(
    calendar: WorkingCalendar, events: tuple[Event, ...]
) -> None:
    assert due(events, calendar) is None


def test_an_open_consultation_promises_the_earliest_date(calendar: WorkingCalendar) -> None:
    events = ReceiptConfirmed(MARCH_2, ""), ThirdPartyConsulted(day("2026-03-09"))
    assert due_after(calendar, *events).due == day("2026-03-30")


def test_several_third_parties_answer_each_in_their_own_time(calendar: WorkingCalendar) -> None:
    events = (
        ReceiptConfirmed(MARCH_2, ""),
        ThirdPartyConsulted(day("2026-03-09"), "甲"),
        ThirdPartyConsulted(day("2026-03-09"), "乙"),
        ThirdPartyAnswered(day("2026-03-11"), "乙"),
        ThirdPartyAnswered(day("2026-03-20"), "甲"),
    )
    assert due_after(calendar, *events).due == day("2026-04-13")


def test_a_reply_leaves_the_due_date_as_it_was(calendar: WorkingCalendar) -> None:
    events = ReceiptConfirmed(MARCH_2, ""), ReplySent(day("2026-03-05"), "GRANT_PROVIDE", "")
    assert due_after(calendar, *events).due == day("2026-03-30")


def test_a_paid_fee_starts_the_clock_from_the_day_after(
    calendar: WorkingCalendar,
) -> None:
    events = assume(MARCH_2, ["fee:2026-03-09..2026-03-16"])
    assert events[1:] == (FeeNoticed(day("2026-03-09")), FeePaid(day("2026-03-16")))
    assert due_after(calendar, *events).steps[0].date == day("2026-03-17")


# What must hold for any history.

DAYS = st.dates(date(2024, 1, 2), date(2026, 12, 31))
LATER = st.integers(0, 60).map(lambda days: timedelta(days=days))


@st.composite
def consultations(draw: st.DrawFn, received: date) -> tuple[Event, Event]:
    asked = received + draw(LATER)
    answered = asked + draw(LATER)
    party = draw(st.sampled_from("甲乙丙"))
    if draw(st.booleans()):
        return ThirdPartyConsulted(asked, party), ThirdPartyAnswered(answered, party)
    return AgencyConsulted(asked, party), AgencyAnswered(answered, party)


@st.composite
def histories(draw: st.DrawFn) -> list[Event]:
    """Receipt, any consultations one after another, perhaps a correction and an extension."""
    received = draw(DAYS)
    events: list[Event] = [ReceiptConfirmed(received, "")]
    if draw(st.booleans()):
        asked = received + draw(LATER)
        received = asked + draw(LATER)
        events += [CorrectionAsked(asked), CorrectedRequestReceived(received)]
    for _ in range(draw(st.integers(0, 3))):
        events += draw(consultations(received))
    if draw(st.booleans()):
        events.insert(draw(st.integers(1, len(events))), DeadlineExtended(draw(st.integers(1, 20))))
    return events


@given(histories())
def test_a_due_date_is_a_working_day_and_holds_the_days_it_says(
    calendar: WorkingCalendar, events: list[Event]
) -> None:
    reply_by = due_after(calendar, *events)
    counted = [step for step in reply_by.steps if step.counts]
    assert calendar.judge(reply_by.due).counts
    assert [step.day for step in counted] == list(range(1, len(counted) + 1))
    assert len(counted) == fold(events).working_days <= 40
    days = [reply_by.received + timedelta(days=n + 1) for n in range(len(reply_by.steps))]
    assert [step.date for step in reply_by.steps] == days


@given(histories(), st.data())
def test_a_further_consultation_never_brings_the_due_date_nearer(
    calendar: WorkingCalendar, events: list[Event], data: st.DataObject
) -> None:
    before = due_after(calendar, *events)
    further = data.draw(consultations(before.received))
    assert due_after(calendar, *events, *further).due >= before.due


@given(histories(), st.integers(0, 10))
def test_it_does_not_matter_in_which_portions_the_history_arrives(
    calendar: WorkingCalendar, events: list[Event], cut: int
) -> None:
    assert due([*events[:cut], *events[cut:]], calendar) == due(iter(events), calendar)
    assert due([*events[:cut], Filed("web", ""), *events[cut:]], calendar) == due(events, calendar)


@given(DAYS, LATER, LATER, LATER)
def test_a_consultation_told_in_two_parts_is_the_consultation_told_in_one(
    calendar: WorkingCalendar, received: date, ask: timedelta, half: timedelta, rest: timedelta
) -> None:
    first, middle, last = received + ask, received + ask + half, received + ask + half + rest
    receipt = ReceiptConfirmed(received, "")
    in_one = AgencyConsulted(first), AgencyAnswered(last)
    in_two = (
        AgencyConsulted(first),
        AgencyAnswered(middle),
        AgencyConsulted(middle),
        AgencyAnswered(last),
    )
    assert due([receipt, *in_two], calendar) == due([receipt, *in_one], calendar)


@given(histories(), LATER, LATER)
def test_a_restart_forgets_everything_before_it(
    calendar: WorkingCalendar, events: list[Event], ask: timedelta, answer: timedelta
) -> None:
    asked = due_after(calendar, *events).received + ask
    corrected = CorrectedRequestReceived(asked + answer)
    anew = due_after(calendar, *events, CorrectionAsked(asked), corrected)
    assert anew == due_after(calendar, ReceiptConfirmed(corrected.on, ""))
