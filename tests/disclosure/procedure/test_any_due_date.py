"""The due date of any history: 8,500 generated ones, 1,700 under each of five properties.

Histories are drawn as bytes, as in `wandering`, and need not be lawful: the clock is a fold that
must hold for whatever it is given. That the procedure itself comes to lawful ones only is shown
in `test_any_history`.
"""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from inquiry_service.calendar import WorkingCalendar
from inquiry_service.disclosure.rules.clock import Due, Reading, due, fold
from inquiry_service.disclosure.rules.events import (
    AgencyAnswered,
    AgencyConsulted,
    CorrectedRequestReceived,
    CorrectionAsked,
    DeadlineExtended,
    Event,
    LaterDateSet,
    LetterDrafted,
    ReceiptConfirmed,
    Registered,
    SearchRecorded,
    ThirdPartyAnswered,
    ThirdPartyConsulted,
)
from wandering import PARTIES, Draws

Asked = ThirdPartyConsulted | AgencyConsulted
Answered = ThirdPartyAnswered | AgencyAnswered
TOLD = st.binary(min_size=48, max_size=48)
READINGS = tuple(Reading)
many = settings(
    max_examples=1_700,
    derandomize=True,
    database=None,
    suppress_health_check=[HealthCheck.too_slow],
)

pytestmark = pytest.mark.thorough


def day_after(draws: Draws, start: date, most: int = 40) -> date:
    return start + timedelta(days=draws.below(most))


def consultation(draws: Draws, start: date) -> tuple[Asked, Answered]:
    asked = day_after(draws, start)
    answered, party = day_after(draws, asked), PARTIES[draws.below(2)]
    if draws.below(2):
        return ThirdPartyConsulted(asked, party), ThirdPartyAnswered(answered, party)
    return AgencyConsulted(asked, party), AgencyAnswered(answered, party)


def later_date(draws: Draws, start: date) -> LaterDateSet:
    on = day_after(draws, start)
    return LaterDateSet(on, until=day_after(draws, on, 120))


def since_receipt(draws: Draws, start: date) -> list[Event]:
    """Consultations, overlapping or open, an extension, a later date: what one limit can meet."""
    events: list[Event] = []
    for _ in range(draws.below(4)):
        events += consultation(draws, start)
    if draws.below(3) == 0:
        events.append(AgencyConsulted(day_after(draws, start), "第三方三"))
    if draws.below(2):
        events.insert(draws.below(len(events) + 1), DeadlineExtended(1 + draws.below(20)))
    if draws.below(3) == 0:
        events.insert(draws.below(len(events) + 1), later_date(draws, start))
    return events


def history(draws: Draws) -> list[Event]:
    """From receipt on, at any day of three years; perhaps corrected on the way."""
    start = date(2024, 1, 2) + timedelta(days=4 * draws.below(256) + draws.below(4))
    events: list[Event] = [ReceiptConfirmed(start, ""), *since_receipt(draws, start)]
    if draws.below(3) == 0:
        asked = day_after(draws, start)
        start = day_after(draws, asked)
        events += [CorrectionAsked(asked), CorrectedRequestReceived(start)]
        events += since_receipt(draws, start)
    return events


def drawn(told: bytes) -> tuple[Draws, list[Event], Reading]:
    draws = Draws(iter(told))
    return draws, history(draws), READINGS[draws.below(2)]


def found(events: list[Event], calendar: WorkingCalendar, reading: Reading) -> Due:
    reply_by = due(events, calendar, reading)
    assert reply_by is not None
    return reply_by


@many
@given(TOLD)
def test_it_is_a_working_day_whatever_was_set_or_excluded(
    calendar: WorkingCalendar, told: bytes
) -> None:
    _draws, events, reading = drawn(told)
    reply_by = found(events, calendar, reading)
    assert calendar.judge(reply_by.due).counts
    later = fold(events).later
    assert later is None or reply_by.due >= later
    days = [reply_by.received + timedelta(days=n + 1) for n in range(len(reply_by.steps))]
    assert [step.date for step in reply_by.steps] == days
    assert days[-1] == reply_by.due
    assert all(reply_by.provisional or step.date.year < 2027 for step in reply_by.steps)


@many
@given(TOLD)
def test_another_exclusion_or_a_later_date_never_brings_it_nearer(
    calendar: WorkingCalendar, told: bytes
) -> None:
    draws, events, reading = drawn(told)
    before = found(events, calendar, reading)
    asked, answered = consultation(draws, before.received)
    place = events.index(next(e for e in reversed(events) if _starts(e))) + 1
    named: tuple[Event, Event] = (
        replace(asked, party="第四方"),
        replace(answered, party="第四方"),
    )
    assert found([*events[:place], *named, *events[place:]], calendar, reading).due >= before.due
    later = later_date(draws, before.received)
    if fold(events).later is None:
        assert found([*events, later], calendar, reading).due >= before.due


def _starts(event: Event) -> bool:
    return isinstance(event, ReceiptConfirmed | CorrectedRequestReceived)


@many
@given(TOLD)
def test_a_longer_extension_and_a_longer_consultation_never_bring_it_nearer(
    calendar: WorkingCalendar, told: bytes
) -> None:
    draws, events, reading = drawn(told)
    without = [e for e in events if not isinstance(e, DeadlineExtended)]
    days = 1 + draws.below(19)
    short, long = DeadlineExtended(days), DeadlineExtended(days + 1)
    due_dates = [
        found([*without, *more], calendar, reading).due for more in ((), (short,), (long,))
    ]
    assert due_dates == sorted(due_dates)
    if fold(without).later is None:
        assert len(set(due_dates)) == 3
    prolonged = [
        AgencyAnswered(e.on + timedelta(days=draws.below(9)), e.party)
        if isinstance(e, AgencyAnswered)
        else e
        for e in events
    ]
    assert found(prolonged, calendar, reading).due >= found(events, calendar, reading).due


@many
@given(TOLD)
def test_it_does_not_depend_on_the_portions_or_on_what_stands_between(
    calendar: WorkingCalendar, told: bytes
) -> None:
    """As one list, as a stream, with other steps between, with a consultation told in two parts."""
    draws, events, reading = drawn(told)
    whole = due(events, calendar, reading)
    assert due(iter(events), calendar, reading) == whole
    between: list[Event] = []
    for event in events:
        other = (Registered(date(2026, 1, 5)), LetterDrafted("a", "", ""), None)[draws.below(3)]
        between += [event, *([other] if other else []), SearchRecorded(date(2026, 1, 5), False)]
    assert due(between, calendar, reading) == whole
    halved: list[Event] = []
    asked: dict[str, date] = {}
    for event in events:
        if isinstance(event, AgencyConsulted):
            asked[event.party] = event.on
        if isinstance(event, AgencyAnswered) and event.party in asked:
            length = (event.on - asked[event.party]).days
            middle = asked[event.party] + timedelta(days=draws.below(length + 1))
            halved += [AgencyAnswered(middle, event.party), AgencyConsulted(middle, event.party)]
        halved.append(event)
    assert due(halved, calendar, reading) == whole


@many
@given(TOLD)
def test_a_restart_forgets_everything_before_it(calendar: WorkingCalendar, told: bytes) -> None:
    draws, before, reading = drawn(told)
    corrected = CorrectedRequestReceived(day_after(draws, fold(before).received or date.min))
    after = since_receipt(draws, corrected.on)
    for prefix in (before, [*before, CorrectionAsked(corrected.on)]):
        assert fold([*prefix, corrected, *after]) == fold([corrected, *after])
        assert due([*prefix, corrected, *after], calendar, reading) == due(
            [corrected, *after], calendar, reading
        )
