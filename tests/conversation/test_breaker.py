"""When a silent part is left alone, and when it is tried again."""

import pytest

from inquiry_service.conversation.breaker import PATIENCE, REST, Breaker


class Seconds:
    """A clock in seconds that is moved by hand."""

    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def seconds() -> Seconds:
    return Seconds()


@pytest.fixture
def breaker(seconds: Seconds) -> Breaker:
    return Breaker(seconds)


def test_everyone_passes_while_it_answers(breaker: Breaker) -> None:
    assert [breaker.lets_through() for _ in range(3)] == [True] * 3
    assert not breaker.open


def test_one_failed_connection_closes_the_way_until_it_has_rested(
    breaker: Breaker, seconds: Seconds
) -> None:
    breaker.unreachable()
    seconds.now += REST - 0.01
    assert (breaker.open, breaker.lets_through()) == (True, False)
    seconds.now += 0.01
    assert breaker.lets_through()


def test_only_one_tries_it_again_at_a_time(breaker: Breaker, seconds: Seconds) -> None:
    breaker.unreachable()
    seconds.now += REST
    assert [breaker.lets_through() for _ in range(3)] == [True, False, False]
    breaker.unreachable()
    assert not breaker.lets_through()
    seconds.now += REST
    assert [breaker.lets_through() for _ in range(2)] == [True, False]


def test_an_answer_to_the_probe_lets_everyone_through_again(
    breaker: Breaker, seconds: Seconds
) -> None:
    breaker.unreachable()
    seconds.now += REST
    breaker.lets_through()
    breaker.answered()
    assert [breaker.lets_through() for _ in range(3)] == [True] * 3
    assert not breaker.open


def test_slowness_is_forgiven_until_it_happens_in_a_row(breaker: Breaker) -> None:
    for _ in range(PATIENCE - 1):
        breaker.failed()
    breaker.answered()
    for _ in range(PATIENCE - 1):
        breaker.failed()
    assert not breaker.open
    breaker.failed()
    assert breaker.open


def test_a_slow_probe_is_not_forgiven(breaker: Breaker, seconds: Seconds) -> None:
    breaker.unreachable()
    seconds.now += REST
    assert breaker.lets_through()
    breaker.failed()
    assert not breaker.lets_through()


def test_a_probe_that_went_away_leaves_its_place_to_the_next(
    breaker: Breaker, seconds: Seconds
) -> None:
    breaker.unreachable()
    seconds.now += REST
    assert breaker.lets_through()
    breaker.abandoned()
    assert breaker.lets_through()
