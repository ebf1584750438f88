"""What was said in a conversation, for the page that shows it and for staff."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row

from inquiry_service.conversation import store
from inquiry_service.conversation.conversations import Conversations
from inquiry_service.conversation.replies import Reply, from_json


@dataclass(frozen=True, slots=True)
class Turn:
    """One message and its replies.

    `spoken_by` is the owner who replied; `answers` are the ids of the answer records behind it.
    """

    turn_id: int
    at: datetime
    said: str
    replies: tuple[Reply, ...]
    spoken_by: str = ""
    answers: tuple[str, ...] = ()


def transcript(c: Conversations, conversation_id: str) -> list[Turn]:
    """Every message so far, also one that is still being answered (then without replies)."""
    with c.database.read() as connection:
        return [_turn(row) for row in store.turns_of(connection, conversation_id)]


def channel_of(c: Conversations, conversation_id: str) -> str:
    """Where the conversation is held (`web`, `wechat`); empty when it is no longer kept."""
    with c.database.read() as connection:
        row = store.conversation(connection, conversation_id)
    return "" if row is None else str(row.channel)


def turns_after(c: Conversations, conversation_id: str, turn_id: int) -> list[Turn]:
    """The settled turns after one, in order; none is skipped.

    It stops before a turn that is still being answered, so that a listener who asks again with
    the last id seen misses nothing; a turn whose holder is gone does not hold up the others.
    """
    with c.database.read() as connection:
        rows = store.turns_of(connection, conversation_id, after=turn_id)
    moment = c.clock()
    turns: list[Turn] = []
    for row in rows:
        if row.settled_at is not None:
            turns.append(_turn(row))
        elif row.leased_until > moment:
            break
    return turns


def _turn(row: Row[Any]) -> Turn:
    return Turn(
        turn_id=row.id,
        at=row.at,
        said=row.said,
        replies=from_json(row.replies or []),
        spoken_by=row.spoken_by or "",
        answers=tuple(row.answers or ()),
    )
