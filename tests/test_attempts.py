"""Trying: where ten are allowed, the tenth closes the door until the first is forgotten."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inquiry_service.attempts import FAILURE_WINDOW, refuse_guessing
from inquiry_service.errors import TooManyAttempts

NOW = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
ALLOWED = 10


def failures(*minutes_ago: float) -> list[datetime]:
    return [NOW - timedelta(minutes=minutes) for minutes in sorted(minutes_ago)]


def test_fewer_than_are_allowed_are_forgiven() -> None:
    refuse_guessing(failures(*range(1, 10)), NOW, allowed=ALLOWED)


def test_the_tenth_failure_closes_the_door_until_the_first_is_forgotten() -> None:
    with pytest.raises(TooManyAttempts) as closed:
        refuse_guessing(failures(*range(1, 11)), NOW, allowed=ALLOWED)
    assert closed.value.retry_after == 5 * 60


def test_with_more_than_ten_the_last_ten_count() -> None:
    with pytest.raises(TooManyAttempts) as closed:
        refuse_guessing(failures(*range(1, 14)), NOW, allowed=ALLOWED)
    assert closed.value.retry_after == 5 * 60


@given(
    st.lists(
        st.floats(0, FAILURE_WINDOW.total_seconds() / 60, exclude_max=True),
        min_size=ALLOWED,
        max_size=30,
    )
)
def test_whoever_waits_as_long_as_told_may_try_again(minutes: list[float]) -> None:
    tried = failures(*minutes)
    with pytest.raises(TooManyAttempts) as closed:
        refuse_guessing(tried, NOW, allowed=ALLOWED)
    later = NOW + timedelta(seconds=closed.value.retry_after + 1)
    refuse_guessing([at for at in tried if at > later - FAILURE_WINDOW], later, allowed=ALLOWED)


def test_each_room_says_how_many_it_allows() -> None:
    refuse_guessing(failures(*range(1, 14)), NOW, allowed=14)
    with pytest.raises(TooManyAttempts) as closed:
        refuse_guessing(failures(*range(1, 15)), NOW, allowed=14)
    assert closed.value.retry_after == 60
