"""One owner at a time."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inquiry_service.conversation.ownership import (
    BOT,
    CLOSED,
    QUEUE,
    Owner,
    Ownership,
    Role,
    bot_speaks,
)
from inquiry_service.errors import Conflict, NotAllowed

owners = st.sampled_from([BOT, QUEUE, CLOSED, Owner.staff("wang"), Owner.staff("li")])


@given(owners)
def test_an_owner_is_read_back_as_it_was_written(owner: Owner) -> None:
    assert Owner.parse(str(owner)) == owner


@pytest.mark.parametrize("written", ["", "robot", "staff", "staff:", "bot:wang", "closed:x"])
def test_what_is_no_owner_is_refused(written: str) -> None:
    with pytest.raises(ValueError, match=r"owner|valid Role"):
        Owner.parse(written)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (BOT, QUEUE),
        (BOT, Owner.staff("wang")),
        (QUEUE, Owner.staff("wang")),
        (QUEUE, BOT),
        (Owner.staff("wang"), Owner.staff("li")),
        (Owner.staff("wang"), BOT),
        (Owner.staff("wang"), CLOSED),
        (CLOSED, BOT),
    ],
)
def test_these_passes_exist(before: Owner, after: Owner) -> None:
    assert Ownership(before, 3).passed_to(after, expected_version=3) == Ownership(after, 4)


@pytest.mark.parametrize("after", [QUEUE, Owner.staff("wang"), CLOSED])
def test_a_closed_conversation_only_goes_back_to_the_bot(after: Owner) -> None:
    with pytest.raises(NotAllowed):
        Ownership(CLOSED).passed_to(after, expected_version=0)


@given(owners)
def test_nobody_is_given_what_is_theirs_already(owner: Owner) -> None:
    with pytest.raises(NotAllowed):
        Ownership(owner).passed_to(owner, expected_version=0)


@given(owners, owners, st.integers(0, 9), st.integers(0, 9))
def test_who_looked_before_the_last_pass_is_turned_away(
    before: Owner, after: Owner, version: int, seen: int
) -> None:
    if seen != version:
        with pytest.raises(Conflict):
            Ownership(before, version).passed_to(after, expected_version=seen)


@given(owners)
def test_the_bot_is_silent_where_people_are_in_charge(owner: Owner) -> None:
    assert bot_speaks(owner) == (owner.role in {Role.BOT, Role.CLOSED})
