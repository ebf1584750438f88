"""The same message is computed once, whoever sends it again and whenever."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field, replace
from datetime import timedelta
from functools import partial

import anyio
import pytest
from sqlalchemy import func, select

from inquiry_service.answering.store import answer_records
from inquiry_service.conversation.claiming import Claimed, claim
from inquiry_service.conversation.conversations import Conversations
from inquiry_service.conversation.replies import Text
from inquiry_service.conversation.speaking import Said
from inquiry_service.conversation.threads import Threads
from inquiry_service.conversation.turn import (
    TurnTaken,
    open_conversation,
    take_turn,
    transcript,
    turns_after,
)
from inquiry_service.errors import PartUnavailable
from talking_house import ANSWERED, Parrot, say, taken


def opened(c: Conversations) -> str:
    return open_conversation(c, "web").conversation_id


@dataclass
class Meeting(Parrot):
    """A dialogue whose turns do not end before `people` of them have begun."""

    people: int = 1
    on_meeting: Callable[[], None] = lambda: None
    met: asyncio.Event = field(default_factory=asyncio.Event)

    async def turn(self, conversation_id: str, text: str) -> Said:
        said = await super().turn(conversation_id, text)
        if len(self.heard) == self.people:
            self.met.set()
        await self.met.wait()
        self.on_meeting()
        return said


class Breaking(Parrot):
    """A dialogue that breaks in a way nobody foresaw, once."""

    async def turn(self, conversation_id: str, text: str) -> Said:
        said = await super().turn(conversation_id, text)
        if len(self.heard) == 1:
            raise RuntimeError("not foreseen")
        return said


def all_at_once(*turns: Callable[[], Awaitable[TurnTaken]]) -> list[TurnTaken]:
    async def gathered() -> list[TurnTaken]:
        return await asyncio.gather(*(turn() for turn in turns))

    return anyio.run(gathered)


def turn(
    c: Conversations, conversation_id: str, text: str, message_id: str
) -> Callable[[], Awaitable[TurnTaken]]:
    return partial(
        take_turn,
        c,
        channel="web",
        text=text,
        message_id=message_id,
        conversation_id=conversation_id,
    )


def test_a_message_sent_again_gets_the_same_replies_and_is_not_computed_again(
    conversations: Conversations,
) -> None:
    conversation_id = opened(conversations)
    first = taken(conversations, conversation_id, ANSWERED, message_id="m1")
    again = taken(conversations, conversation_id, ANSWERED, message_id="m1")

    assert again == first
    with conversations.database.read() as connection:
        assert connection.execute(select(func.count()).select_from(answer_records)).scalar() == 1


def test_a_message_sent_ten_times_at_once_is_computed_once(conversations: Conversations) -> None:
    parrot = Parrot()
    c = replace(conversations, dialogue=parrot)
    conversation_id = opened(c)

    turns = all_at_once(*[turn(c, conversation_id, "信息公开", "m1")] * 10)

    assert parrot.heard == ["信息公开"]
    assert turns == [turns[0]] * 10
    assert turns[0].replies == (Text("信息公开"),)


def test_the_same_message_id_in_another_conversation_is_another_message(
    conversations: Conversations,
) -> None:
    c = replace(conversations, dialogue=Parrot())
    one, other = opened(c), opened(c)
    assert say(c, one, "甲", message_id="m1") == (Text("甲"),)
    assert say(c, other, "乙", message_id="m1") == (Text("乙"),)


def test_a_long_message_id_is_told_apart_by_its_end(conversations: Conversations) -> None:
    c = replace(conversations, dialogue=Parrot())
    conversation_id = opened(c)
    assert say(c, conversation_id, "甲", message_id="m" * 500 + "1") == (Text("甲"),)
    assert say(c, conversation_id, "乙", message_id="m" * 500 + "2") == (Text("乙"),)


def test_a_turn_that_broke_can_be_tried_again_at_once(conversations: Conversations) -> None:
    c = replace(conversations, dialogue=Breaking())
    conversation_id = opened(c)

    with pytest.raises(RuntimeError, match="not foreseen"):
        say(c, conversation_id, "甲", message_id="m1")

    assert say(c, conversation_id, "甲", message_id="m1") == (Text("甲"),)


def test_a_turn_whose_process_died_is_taken_over_after_its_lease(
    conversations: Conversations,
) -> None:
    c = replace(conversations, dialogue=Parrot())
    conversation_id = opened(c)
    assert isinstance(claim(c, conversation_id, "m1", "甲"), Claimed)  # and never heard of again

    c.clock.advance(c.lease)  # type: ignore[attr-defined]

    assert say(c, conversation_id, "甲", message_id="m1") == (Text("甲"),)


def test_a_turn_that_another_holds_is_waited_for_but_not_for_ever(
    conversations: Conversations,
) -> None:
    c = replace(conversations, dialogue=Parrot(), lease=timedelta(milliseconds=1))
    conversation_id = opened(c)
    claim(c, conversation_id, "m1", "甲")  # on a clock that stands still its lease never ends

    with pytest.raises(PartUnavailable):
        say(c, conversation_id, "甲", message_id="m1")


def test_who_comes_too_late_gives_the_replies_of_who_took_over(
    conversations: Conversations,
) -> None:
    """The first holder is slow, a second one takes over and settles; both say the same."""
    conversation_id = opened(conversations)
    second = replace(conversations, dialogue=Parrot())
    settled: list[TurnTaken] = []

    class Slow(Parrot):
        async def turn(self, conversation_id: str, text: str) -> Said:
            conversations.clock.advance(conversations.lease)  # type: ignore[attr-defined]
            settled.append(await turn(second, conversation_id, text, "m1")())
            return Said((Text("太迟了"),))

    first = taken(replace(conversations, dialogue=Slow()), conversation_id, "甲", message_id="m1")

    assert settled == [first]
    assert first.replies == (Text("甲"),)


def test_turns_that_wait_for_the_dialogue_hold_no_thread_and_no_connection(
    conversations: Conversations,
) -> None:
    """Twenty-four turns meet inside the dialogue, with two threads between them."""
    held: list[int] = []
    pool = conversations.database.engine.pool
    meeting = Meeting(people=24, on_meeting=lambda: held.append(pool.checkedout()))  # type: ignore[attr-defined]
    c = replace(conversations, dialogue=meeting, threads=Threads(2))
    people = [opened(c) for _ in range(24)]

    turns = all_at_once(
        *(turn(c, person, f"第{number}句", "m") for number, person in enumerate(people))
    )

    assert [t.replies for t in turns] == [(Text(f"第{n}句"),) for n in range(24)]
    assert held[0] == 0


def test_a_listener_misses_no_turn_that_is_settled_late(conversations: Conversations) -> None:
    c = replace(conversations, dialogue=Parrot())
    conversation_id = opened(c)
    first = taken(c, conversation_id, "甲")
    claim(c, conversation_id, "m2", "乙")
    say(c, conversation_id, "丙")

    assert [t.said for t in turns_after(c, conversation_id, 0)] == ["甲"]
    assert turns_after(c, conversation_id, first.turn_id) == []
    assert [t.said for t in transcript(c, conversation_id)] == ["甲", "乙", "丙"]

    c.clock.advance(c.lease)  # type: ignore[attr-defined]
    say(c, conversation_id, "乙", message_id="m2")

    assert [t.said for t in turns_after(c, conversation_id, first.turn_id)] == ["乙", "丙"]


def test_a_turn_whose_process_died_does_not_hold_up_a_listener(
    conversations: Conversations,
) -> None:
    c = replace(conversations, dialogue=Parrot())
    conversation_id = opened(c)
    claim(c, conversation_id, "m1", "甲")
    c.clock.advance(c.lease)  # type: ignore[attr-defined]
    say(c, conversation_id, "乙")
    assert [t.said for t in turns_after(c, conversation_id, 0)] == ["乙"]
