"""The tables of conversations, and the statements on them. Only use cases commit."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    Connection,
    ForeignKey,
    Integer,
    Row,
    String,
    Table,
    Text,
    UniqueConstraint,
    insert,
    select,
    update,
)

from inquiry_service.storage import UtcMoment, metadata

conversations = Table(
    "conversations",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("channel", String(20), nullable=False),
    Column("person", String(64)),
    Column("opened_at", UtcMoment, nullable=False),
    Column("owner", String(80), nullable=False),
    Column("owner_version", Integer, nullable=False),
    Column("awaited_number", String(32)),
    Column("last_answer", String(64)),
    Column("last_question", Text),
    Column("last_ending", String(20)),
    Column("last_asked_at", UtcMoment),
    Column("form", JSON(none_as_null=True)),
    # NULLs are distinct: web conversations have no person, WeChat ones have one row each.
    UniqueConstraint("channel", "person"),
)

conversation_turns = Table(
    "conversation_turns",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("conversation_id", String(32), ForeignKey("conversations.id"), nullable=False),
    Column("message_id", String(128), nullable=False),
    Column("at", UtcMoment, nullable=False),
    Column("said", Text, nullable=False),
    Column("claim", String(32), nullable=False),
    Column("leased_until", UtcMoment, nullable=False),
    Column("settled_at", UtcMoment),
    Column("spoken_by", String(80)),
    Column("replies", JSON),
    Column("answers", JSON),
    Column("asked", String(32)),
    UniqueConstraint("conversation_id", "message_id"),
)

answer_feedback = Table(
    "answer_feedback",
    metadata,
    Column("answer_id", String(64), primary_key=True),
    Column("conversation_id", String(32), ForeignKey("conversations.id"), nullable=False),
    Column("helped", Boolean, nullable=False),
    Column("at", UtcMoment, nullable=False),
)


@dataclass(frozen=True, slots=True)
class Claim:
    """The right to compute one turn, held until `until`; `token` tells two holders apart."""

    token: str
    now: datetime
    until: datetime


def add_conversation(
    connection: Connection,
    conversation_id: str,
    *,
    channel: str,
    person: str | None,
    at: datetime,
) -> None:
    row = {"id": conversation_id, "channel": channel, "person": person, "opened_at": at}
    connection.execute(insert(conversations).values(owner="bot", owner_version=0, **row))


def conversation(connection: Connection, conversation_id: str) -> Row[Any] | None:
    query = select(conversations).where(conversations.c.id == conversation_id)
    return connection.execute(query).first()


def conversation_of_person(connection: Connection, channel: str, person: str) -> str | None:
    query = select(conversations.c.id).where(
        conversations.c.channel == channel, conversations.c.person == person
    )
    return connection.execute(query).scalar_one_or_none()


def change_conversation(
    connection: Connection, conversation_id: str, **facts: str | datetime | Mapping[str, Any] | None
) -> None:
    """Set some of the columns from `awaited_number` on."""
    connection.execute(
        update(conversations).where(conversations.c.id == conversation_id).values(**facts)
    )


def change_owner(
    connection: Connection, conversation_id: str, owner: str, *, seen_version: int
) -> bool:
    """Compare and set; False when the owner was changed since `seen_version`."""
    changed = connection.execute(
        update(conversations)
        .where(conversations.c.id == conversation_id)
        .where(conversations.c.owner_version == seen_version)
        .values(owner=owner, owner_version=seen_version + 1)
    )
    return changed.rowcount == 1


def turn(connection: Connection, conversation_id: str, message_id: str) -> Row[Any] | None:
    query = select(conversation_turns).where(
        conversation_turns.c.conversation_id == conversation_id,
        conversation_turns.c.message_id == message_id,
    )
    return connection.execute(query).first()


def add_turn(
    connection: Connection, conversation_id: str, message_id: str, *, said: str, claim: Claim
) -> int:
    """Raises `IntegrityError` when the same message was added by another at this moment."""
    added = connection.execute(
        insert(conversation_turns)
        .values(
            conversation_id=conversation_id,
            message_id=message_id,
            at=claim.now,
            said=said,
            claim=claim.token,
            leased_until=claim.until,
        )
        .returning(conversation_turns.c.id)
    )
    return int(added.scalar_one())


def retake_turn(connection: Connection, turn_id: int, *, seen: str, claim: Claim) -> bool:
    """Take over a turn whose first holder is gone; False when another was faster."""
    taken = connection.execute(
        update(conversation_turns)
        .where(conversation_turns.c.id == turn_id, conversation_turns.c.claim == seen)
        .where(conversation_turns.c.settled_at.is_(None))
        .values(claim=claim.token, leased_until=claim.until)
    )
    return taken.rowcount == 1


def release_turn(connection: Connection, turn_id: int, claim: Claim) -> None:
    """Give the claim back at once, so that a retry need not wait for the lease."""
    connection.execute(
        update(conversation_turns)
        .where(conversation_turns.c.id == turn_id, conversation_turns.c.claim == claim.token)
        .where(conversation_turns.c.settled_at.is_(None))
        .values(leased_until=claim.now)
    )


def settle_turn(
    connection: Connection,
    turn_id: int,
    claim: Claim,
    *,
    at: datetime,
    spoken_by: str,
    replies: Sequence[Mapping[str, Any]],
    answers: Sequence[str],
    asked: str | None,
) -> bool:
    """Write the replies once; False when the claim was lost meanwhile."""
    settled = connection.execute(
        update(conversation_turns)
        .where(conversation_turns.c.id == turn_id, conversation_turns.c.claim == claim.token)
        .where(conversation_turns.c.settled_at.is_(None))
        .values(settled_at=at, spoken_by=spoken_by, replies=list(replies), answers=list(answers))
        .values(asked=asked)
    )
    return settled.rowcount == 1


def turns_of(connection: Connection, conversation_id: str, *, after: int = 0) -> list[Row[Any]]:
    query = (
        select(conversation_turns)
        .where(conversation_turns.c.conversation_id == conversation_id)
        .where(conversation_turns.c.id > after)
        .order_by(conversation_turns.c.id)
    )
    return list(connection.execute(query))


def turn_before(connection: Connection, conversation_id: str, turn_id: int) -> Row[Any] | None:
    """The last settled turn before this one."""
    query = (
        select(conversation_turns)
        .where(conversation_turns.c.conversation_id == conversation_id)
        .where(conversation_turns.c.id < turn_id)
        .where(conversation_turns.c.settled_at.is_not(None))
        .order_by(conversation_turns.c.id.desc())
        .limit(1)
    )
    return connection.execute(query).first()


def rate_answer(
    connection: Connection, answer_id: str, conversation_id: str, *, helped: bool, at: datetime
) -> None:
    """The last word on an answer counts."""
    changed = connection.execute(
        update(answer_feedback)
        .where(answer_feedback.c.answer_id == answer_id)
        .values(helped=helped, at=at)
    )
    if changed.rowcount == 0:
        row = {"answer_id": answer_id, "conversation_id": conversation_id}
        connection.execute(insert(answer_feedback).values(helped=helped, at=at, **row))
