"""Whose conversation it is."""

import asyncio

import anyio
import pytest
from sqlalchemy import select

from inquiry_service.conversation.conversations import Conversations
from inquiry_service.conversation.ownership import QUEUE, Owner
from inquiry_service.conversation.store import conversations as rows
from inquiry_service.conversation.turn import (
    check_token,
    conversation_of,
    open_conversation,
    ownership,
    pass_on,
    take_turn,
)
from inquiry_service.errors import Conflict, NotFound


def test_the_token_opens_its_own_conversation_and_no_other(conversations: Conversations) -> None:
    mine, other = (open_conversation(conversations, "web") for _ in range(2))
    check_token(conversations, mine.conversation_id, mine.token)
    for conversation_id, token in [
        (mine.conversation_id, other.token),
        (mine.conversation_id, ""),
        (mine.conversation_id, "中文"),
        ("0" * 32, mine.token),
    ]:
        with pytest.raises(NotFound):
            check_token(conversations, conversation_id, token)


def test_a_person_has_one_conversation_on_a_channel(conversations: Conversations) -> None:
    first = conversation_of(conversations, "wechat", "openid-1")
    assert conversation_of(conversations, "wechat", "openid-1") == first
    assert conversation_of(conversations, "wechat", "openid-2") != first
    assert conversation_of(conversations, "other", "openid-1") != first


def test_a_persons_first_messages_at_once_open_one_conversation(
    conversations: Conversations,
) -> None:
    async def first_messages() -> set[str]:
        turns = await asyncio.gather(
            *(
                take_turn(
                    conversations,
                    channel="wechat",
                    text="你好",
                    message_id=f"m{number}",
                    person="openid-1",
                )
                for number in range(6)
            )
        )
        return {turn.conversation_id for turn in turns}

    assert len(anyio.run(first_messages)) == 1


def test_the_channels_id_of_a_person_is_not_stored(conversations: Conversations) -> None:
    conversation_of(conversations, "wechat", "openid-1")
    with conversations.database.read() as connection:
        [row] = connection.execute(select(rows))
    assert "openid-1" not in str(row)


def test_a_message_needs_a_conversation_or_a_person(conversations: Conversations) -> None:
    async def nobody() -> None:
        await take_turn(conversations, channel="web", text="你好", message_id="m")

    with pytest.raises(ValueError, match="a conversation or a person"):
        anyio.run(nobody)


def test_a_conversation_is_passed_on_once_for_each_look(conversations: Conversations) -> None:
    conversation_id = open_conversation(conversations, "web").conversation_id
    seen = ownership(conversations, conversation_id)

    pass_on(conversations, conversation_id, QUEUE, expected_version=seen.version)
    with pytest.raises(Conflict):
        pass_on(conversations, conversation_id, Owner.staff("li"), expected_version=seen.version)

    assert ownership(conversations, conversation_id).owner == QUEUE


def test_what_does_not_exist_has_no_owner(conversations: Conversations) -> None:
    with pytest.raises(NotFound):
        ownership(conversations, "0" * 32)
    with pytest.raises(NotFound):
        pass_on(conversations, "0" * 32, QUEUE, expected_version=0)
