"""Who computes a turn, decided by the database: claimed for a while, settled once."""

import secrets
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Row
from sqlalchemy.exc import IntegrityError

from inquiry_service.conversation import store
from inquiry_service.conversation.answers import STALE
from inquiry_service.conversation.conversations import Conversations
from inquiry_service.conversation.hearing import to_keep
from inquiry_service.conversation.ownership import BOT, Owner, Role
from inquiry_service.conversation.replies import Reply, from_json, to_json
from inquiry_service.conversation.speaking import Said
from inquiry_service.conversation.tracking import Tracked, tracked
from inquiry_service.errors import NotFound


@dataclass(frozen=True, slots=True)
class Settled:
    """A turn that is over."""

    turn_id: int
    owner: str
    replies: tuple[Reply, ...]


@dataclass(frozen=True, slots=True)
class Claimed:
    """A turn that is the caller's to compute, with what it must know of the conversation."""

    turn_id: int
    conversation_id: str
    claim: store.Claim
    owner: Owner
    kept: str
    """The message without personal data and codes: all that is stored or sent on."""
    tracked: Tracked | None
    awaited_number: str | None
    last_replies: tuple[Reply, ...]
    asked: str | None
    """The question of the request form that the message may answer."""


def claim(
    c: Conversations, conversation_id: str, message_id: str, heard: str
) -> Claimed | Settled | None:
    """The turn to compute; or as it was settled; or None while another computes it.

    Raises `NotFound` for no such conversation.
    """
    with c.database.read() as connection:
        seen = store.turn(connection, conversation_id, message_id)
    if seen is not None and seen.settled_at is not None:
        return _settled(seen)
    if seen is not None and seen.leased_until > c.clock():
        return None
    try:
        return _take(c, conversation_id, message_id, heard)
    except IntegrityError:  # the same message was recorded by another at this moment
        return None


def settle(c: Conversations, turn: Claimed, said: Said) -> Settled | None:
    """Record the replies; None when the claim was lost, then nothing is recorded."""
    with c.database.begin() as connection:
        kept = store.settle_turn(
            connection,
            turn.turn_id,
            turn.claim,
            at=c.clock(),
            spoken_by=str(turn.owner),
            replies=to_json(said.replies),
            answers=said.answers,
            asked=said.asked,
        )
    return Settled(turn.turn_id, str(turn.owner), said.replies) if kept else None


def release(c: Conversations, turn: Claimed) -> None:
    """Computing failed: a retry may begin at once."""
    with c.database.begin() as connection:
        store.release_turn(connection, turn.turn_id, turn.claim)


def _take(c: Conversations, conversation_id: str, message_id: str, heard: str) -> Claimed | None:
    moment = c.clock()
    mine = store.Claim(secrets.token_hex(16), moment, moment + c.lease)
    kept = to_keep(heard)
    with c.database.begin() as connection:
        row = store.conversation(connection, conversation_id)
        if row is None:
            raise NotFound("这段对话")
        turn_id = _own(connection, conversation_id, message_id, kept, mine)
        if turn_id is None:
            return None
        before = store.turn_before(connection, conversation_id, turn_id)
        return Claimed(
            turn_id=turn_id,
            conversation_id=conversation_id,
            claim=mine,
            owner=_woken(connection, row),
            kept=kept,
            tracked=tracked(heard, row.awaited_number),
            awaited_number=row.awaited_number,
            last_replies=from_json((before and before.replies) or []),
            asked=before.asked if before and moment - before.settled_at <= STALE else None,
        )


def _own(
    connection: Connection, conversation_id: str, message_id: str, said: str, mine: store.Claim
) -> int | None:
    """The turn, recorded or taken over; None when it is settled or another's by now."""
    seen = store.turn(connection, conversation_id, message_id)
    if seen is None:
        return store.add_turn(connection, conversation_id, message_id, said=said, claim=mine)
    free = seen.settled_at is None and seen.leased_until <= mine.now
    if free and store.retake_turn(connection, seen.id, seen=seen.claim, claim=mine):
        return int(seen.id)
    return None


def _woken(connection: Connection, row: Row[Any]) -> Owner:
    """A closed conversation goes back to the bot with the next message."""
    owner = Owner.parse(row.owner)
    if owner.role is not Role.CLOSED:
        return owner
    store.change_owner(connection, row.id, str(BOT), seen_version=row.owner_version)
    return BOT


def _settled(row: Row[Any]) -> Settled:
    return Settled(row.id, row.spoken_by, from_json(row.replies))
