"""Quiet hours and pauses: for every moment and every pair of times."""

from datetime import UTC, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inquiry_service.moments import CHINA
from inquiry_service.notify import Medium, QuietHours, not_before
from inquiry_service.notify.timing import LAST_ATTEMPT, LONGEST_PAUSE, pause_after

MOMENTS = st.integers(0, 20 * 365 * 24 * 3600).map(
    lambda seconds: datetime(2020, 1, 1, tzinfo=UTC) + timedelta(seconds=seconds)
)
QUIET = st.builds(QuietHours, st.times(), st.times())


def in_china(hour: int, minute: int = 0, day: int = 2) -> datetime:
    return datetime(2026, 3, day, hour, minute, tzinfo=CHINA)


@pytest.mark.parametrize(
    ("now", "leaves"),
    [
        (in_china(20, 59), in_china(20, 59)),
        (in_china(21), in_china(8, day=3)),
        (in_china(23, 59), in_china(8, day=3)),
        (in_china(0, 0), in_china(8)),
        (in_china(7, 59), in_china(8)),
        (in_china(8), in_china(8)),
    ],
)
def test_short_messages_rest_from_nine_in_the_evening_to_eight(
    now: datetime, leaves: datetime
) -> None:
    assert not_before(Medium.SMS, now, QuietHours()) == leaves


@given(now=MOMENTS, quiet=QUIET, medium=st.sampled_from([Medium.EMAIL, Medium.IN_APP]))
def test_other_media_never_rest(now: datetime, quiet: QuietHours, medium: Medium) -> None:
    assert not_before(medium, now, quiet) == now


@given(now=MOMENTS, quiet=QUIET)
def test_a_short_message_leaves_within_a_day_never_early_and_never_in_quiet_hours(
    now: datetime, quiet: QuietHours
) -> None:
    leaves = not_before(Medium.SMS, now, quiet)
    assert now <= leaves <= now + timedelta(days=1)
    assert not quiet.hold(leaves.astimezone(CHINA).time())
    assert not_before(Medium.SMS, leaves, quiet) == leaves


@given(now=MOMENTS, quiet=QUIET)
def test_outside_quiet_hours_nothing_waits(now: datetime, quiet: QuietHours) -> None:
    waits = not_before(Medium.SMS, now, quiet) > now
    assert waits == quiet.hold(now.astimezone(CHINA).time())


@given(now=MOMENTS, at=st.times())
def test_two_equal_times_mean_no_quiet_hours(now: datetime, at: time) -> None:
    assert not_before(Medium.SMS, now, QuietHours(at, at)) == now


@given(st.integers(min_value=1, max_value=LAST_ATTEMPT - 2))
def test_pauses_grow_to_four_hours(attempts: int) -> None:
    pause, longer = pause_after(attempts), pause_after(attempts + 1)
    assert pause is not None
    assert longer is not None
    assert timedelta(minutes=1) <= pause <= longer <= LONGEST_PAUSE


def test_the_last_try_comes_two_and_a_half_days_after_the_first() -> None:
    pauses = [pause_after(attempts) for attempts in range(1, LAST_ATTEMPT)]
    total = sum((pause for pause in pauses if pause), timedelta())
    assert timedelta(days=2.5) < total < timedelta(days=3)
    assert pause_after(LAST_ATTEMPT) is None
    assert pause_after(LAST_ATTEMPT + 100) is None
