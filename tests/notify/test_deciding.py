"""What people decide about notices that failed or are uncertain."""

from datetime import timedelta

import pytest

from inquiry_service.errors import BadInput, Conflict, NotFound
from inquiry_service.moments import FrozenClock
from inquiry_service.notify import (
    Delivered,
    Medium,
    PostOffice,
    deliver_due,
    resend,
    settle,
    undecided,
)
from inquiry_service.notify.carrier import InDoubt, NotDelivered, Refused
from inquiry_service.notify.store import decisions_on
from inquiry_service.storage import Database
from post_twins import ScriptedCarrier, committed, email, post_office


def left_open(
    database: Database, clock: FrozenClock, failure: NotDelivered
) -> tuple[PostOffice, ScriptedCarrier, int]:
    """One notice on the staff's list, after this failure."""
    carrier = ScriptedCarrier([failure])
    post = post_office(database, clock, {Medium.EMAIL: carrier})
    committed(post, email("k"))
    deliver_due(post)
    clock.advance(timedelta(minutes=1))
    deliver_due(post)
    (listed,) = undecided(post)
    return post, carrier, listed.id


def test_a_resent_uncertain_notice_keeps_its_key_so_that_a_mailbox_can_drop_the_copy(
    database: Database, frozen_clock: FrozenClock
) -> None:
    post, carrier, notice = left_open(database, frozen_clock, InDoubt("TimeoutError"))
    resend(post, notice, "clerk")
    assert undecided(post) == ()
    assert deliver_due(post) == Delivered(sent=1)
    first, second = carrier.handed
    assert first.key == second.key


def test_a_resent_refused_notice_gets_a_new_key_so_that_the_refusal_is_not_repeated(
    database: Database, frozen_clock: FrozenClock
) -> None:
    post, carrier, notice = left_open(database, frozen_clock, Refused("SMTP 550"))
    resend(post, notice, "clerk")
    assert deliver_due(post) == Delivered(sent=1)
    first, second = carrier.handed
    assert first.key != second.key


def test_a_settled_notice_is_never_sent(database: Database, frozen_clock: FrozenClock) -> None:
    post, carrier, notice = left_open(database, frozen_clock, InDoubt("TimeoutError"))
    settle(post, notice, "clerk")
    frozen_clock.advance(timedelta(days=30))
    assert deliver_due(post) == Delivered()
    assert undecided(post) == ()
    assert len(carrier.handed) == 1


def test_who_decided_what_and_when_is_recorded(
    database: Database, frozen_clock: FrozenClock
) -> None:
    post, _, notice = left_open(database, frozen_clock, Refused("SMTP 550"))
    resend(post, notice, "clerk")
    with database.read() as connection:
        (decision,) = decisions_on(connection, notice)
    assert (decision.by, decision.decision, decision.at) == ("clerk", "resend", frozen_clock())


@pytest.mark.parametrize("decide", [resend, settle])
def test_the_second_of_two_people_is_told_that_it_is_decided(
    database: Database, frozen_clock: FrozenClock, decide: type[object]
) -> None:
    post, _, notice = left_open(database, frozen_clock, Refused("SMTP 550"))
    settle(post, notice, "first")
    with pytest.raises(Conflict, match="已经处理过"):
        decide(post, notice, "second")  # type: ignore[call-arg]
    with database.read() as connection:
        assert [one.by for one in decisions_on(connection, notice)] == ["first"]


def test_what_was_sent_cannot_be_sent_again(database: Database, frozen_clock: FrozenClock) -> None:
    post = post_office(database, frozen_clock, {Medium.EMAIL: ScriptedCarrier()})
    committed(post, email("k"))
    deliver_due(post)
    with pytest.raises(Conflict):
        resend(post, 1, "clerk")


def test_an_unknown_notice_and_nobody_are_refused(
    database: Database, frozen_clock: FrozenClock
) -> None:
    post, _, notice = left_open(database, frozen_clock, Refused("SMTP 550"))
    with pytest.raises(NotFound):
        settle(post, notice + 1, "clerk")
    with pytest.raises(BadInput, match="登录"):
        settle(post, notice, "")
