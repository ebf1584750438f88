"""Tables of the outbox and of what people decided about it. Recipients and texts are sealed."""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import (
    Boolean,
    Column,
    ColumnElement,
    Connection,
    ForeignKey,
    Index,
    Integer,
    Row,
    String,
    Table,
    Text,
    and_,
    func,
    insert,
    or_,
    select,
    update,
)
from sqlalchemy.dialects import postgresql, sqlite

from inquiry_service.notify.notice import Medium
from inquiry_service.storage import UtcMoment, metadata

LONGEST_ERROR = 80
LONGEST_REFERENCE = 200
SILENCE = "Silence"
"""The error of a try whose worker died over it."""


class State(StrEnum):
    """Where a notice stands. The last four are ends, of which people may reopen two."""

    QUEUED = "queued"
    SENDING = "sending"
    SENT = "sent"
    FAILED = "failed"  # certainly not sent
    UNCERTAIN = "uncertain"  # may have been sent: only a person may send it again
    SETTLED = "settled"  # a person has seen to it otherwise


notices = Table(
    "notify_outbox",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("key", String(200), nullable=False, unique=True),
    Column("medium", String(16), nullable=False),
    Column("urgent", Boolean, nullable=False),
    Column("recipient", Text, nullable=False, info={"sealed": True}),
    # In-app only, in the clear: the login or desk whose list it is on.
    Column("listed_for", String(64)),
    Column("subject", Text, nullable=False, info={"sealed": True}),
    Column("text", Text, nullable=False, info={"sealed": True}),
    Column("state", String(16), nullable=False),
    Column("enqueued_at", UtcMoment, nullable=False),
    Column("not_before", UtcMoment, nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("resends", Integer, nullable=False),
    Column("claim_token", String(32)),
    Column("claimed_until", UtcMoment),
    # Since when a carrier may have taken it without our knowing; empty when it certainly has not.
    Column("doubtful_since", UtcMoment),
    Column("last_error", String(LONGEST_ERROR)),
    Column("provider_reference", String(LONGEST_REFERENCE)),
    Column("sent_at", UtcMoment),
    Column("read_at", UtcMoment),
    Index(None, "state", "not_before"),
    Index(None, "listed_for", "read_at"),
)

decisions = Table(
    "notify_decisions",
    metadata,
    Column("decision_id", Integer, primary_key=True),
    Column("notice_id", Integer, ForeignKey("notify_outbox.id"), nullable=False, index=True),
    Column("at", UtcMoment, nullable=False),
    Column("by", String(64), nullable=False),
    Column("decision", String(16), nullable=False),
)


@dataclass(frozen=True, slots=True)
class Claim:
    """A notice that one worker holds, with what the tries before left open, and why."""

    id: int
    token: str
    key: str
    medium: Medium
    recipient: str = field(repr=False)
    subject: str = field(repr=False)
    text: str = field(repr=False)
    enqueued_at: datetime
    claimed_at: datetime
    attempts: int
    resends: int
    doubtful_since: datetime | None
    last_error: str


def add_once(connection: Connection, **row: object) -> bool:
    """Keep a notice unless its key is known; False when it is. Waits for whoever is adding it."""
    on_postgresql = connection.dialect.name == "postgresql"
    adding = postgresql.insert(notices) if on_postgresql else sqlite.insert(notices)
    added = adding.values(attempts=0, resends=0, **row).on_conflict_do_nothing(
        index_elements=["key"]
    )
    # Asked for by name: on PostgreSQL no count is told of an insert that hands back its key.
    return connection.execute(added.returning(notices.c.id)).first() is not None


def medium_of(connection: Connection, key: str) -> str:
    return str(connection.execute(select(notices.c.medium).where(notices.c.key == key)).scalar())


def next_due(connection: Connection, now: datetime, media: Collection[Medium]) -> Row[Any] | None:
    """The notice to take next: waiting and due, or taken by a worker that fell silent."""
    c = notices.c
    waiting = and_(c.state == State.QUEUED, c.not_before <= now)
    abandoned = and_(c.state == State.SENDING, c.claimed_until <= now)
    due = select(notices).where(or_(waiting, abandoned), c.medium.in_(sorted(media)))
    order = (c.urgent.desc(), c.not_before, c.id)
    return connection.execute(due.order_by(*order).limit(1)).first()


def take(
    connection: Connection, seen: Row[Any], token: str, now: datetime, until: datetime
) -> Claim | None:
    """Take a notice if it still is as it was seen; None when another worker was faster."""
    c = notices.c
    unchanged = (
        c.id == seen.id,
        c.state == seen.state,
        c.attempts == seen.attempts,
        c.resends == seen.resends,
    )
    taken = update(notices).where(*unchanged)
    changes = {"state": State.SENDING, "claim_token": token, "claimed_until": until}
    doubt = func.coalesce(c.doubtful_since, now, type_=UtcMoment)
    done = connection.execute(
        taken.values(**changes, attempts=seen.attempts + 1, doubtful_since=doubt)
    )
    return _claim(seen, token, now) if done.rowcount == 1 else None


def mark_sent(connection: Connection, claim: Claim, at: datetime, reference: str) -> bool:
    """Written by the holder, or late by one that was thought dead: what it knows is certain."""
    c = notices.c
    held = or_(c.claim_token == claim.token, c.state == State.UNCERTAIN)
    changes = {"state": State.SENT, "sent_at": at, "doubtful_since": None, **_RELEASED}
    sent = update(notices).where(c.id == claim.id, held)
    reference = reference.replace("\x00", "")[:LONGEST_REFERENCE]
    return _one(connection, sent.values(**changes, provider_reference=reference or None))


def set_aside(
    connection: Connection,
    claim: Claim,
    state: State,
    *,
    error: str,
    doubtful_since: datetime | None,
    not_before: datetime,
) -> bool:
    """End a try that did not succeed; False when the notice is no longer the claim's."""
    changes = {"state": state, "last_error": error[:LONGEST_ERROR], "not_before": not_before}
    held = update(notices).where(notices.c.id == claim.id, notices.c.claim_token == claim.token)
    return _one(connection, held.values(**changes, doubtful_since=doubtful_since, **_RELEASED))


def notice_row(connection: Connection, notice_id: int) -> Row[Any] | None:
    return connection.execute(select(notices).where(notices.c.id == notice_id)).first()


def in_states(connection: Connection, states: Collection[State]) -> list[Row[Any]]:
    """Oldest first."""
    found = select(notices).where(notices.c.state.in_(sorted(states))).order_by(notices.c.id)
    return list(connection.execute(found))


def change(connection: Connection, seen: Row[Any], **changes: object) -> bool:
    """A person's change of a notice that still stands where it was seen."""
    unchanged = (notices.c.id == seen.id, notices.c.state == seen.state)
    return _one(connection, update(notices).where(*unchanged).values(**changes, **_RELEASED))


def add_decision(
    connection: Connection, notice_id: int, at: datetime, by: str, decision: str
) -> None:
    row = {"notice_id": notice_id, "at": at, "by": by, "decision": decision}
    connection.execute(insert(decisions).values(**row))


def decisions_on(connection: Connection, notice_id: int) -> list[Row[Any]]:
    found = select(decisions).where(decisions.c.notice_id == notice_id)
    return list(connection.execute(found.order_by(decisions.c.decision_id)))


def waiting_count(
    connection: Connection, media: Collection[Medium], not_before: datetime | None = None
) -> int:
    """How many notices of these media wait; of those due at `not_before` or earlier, if given."""
    c = notices.c
    waiting: list[ColumnElement[bool]] = [
        c.state.in_([State.QUEUED, State.SENDING]),
        c.medium.in_(sorted(media)),
    ]
    if not_before is not None:
        waiting.append(c.not_before <= not_before)
    return connection.execute(select(func.count()).where(*waiting)).scalar_one()


def unread_rows(connection: Connection, listed_for: str) -> list[Row[Any]]:
    """Urgent ones first, then oldest first."""
    c = notices.c
    unread = select(notices).where(c.listed_for == listed_for, c.read_at.is_(None))
    return list(connection.execute(unread.order_by(c.urgent.desc(), c.id)))


def mark_read(connection: Connection, notice_id: int, listed_for: str, at: datetime) -> bool:
    """False when it is not on that list; reading twice keeps the first time."""
    c = notices.c
    theirs: tuple[ColumnElement[bool], ...] = (c.id == notice_id, c.listed_for == listed_for)
    first = func.coalesce(c.read_at, at, type_=UtcMoment)
    return _one(connection, update(notices).where(*theirs).values(read_at=first))


_RELEASED = {"claim_token": None, "claimed_until": None}


def _one(connection: Connection, changed: Any) -> bool:
    return connection.execute(changed).rowcount == 1


def _claim(seen: Row[Any], token: str, now: datetime) -> Claim:
    return Claim(
        id=seen.id,
        token=token,
        key=seen.key,
        medium=Medium(seen.medium),
        recipient=seen.recipient,
        subject=seen.subject,
        text=seen.text,
        enqueued_at=seen.enqueued_at,
        claimed_at=now,
        attempts=seen.attempts + 1,
        resends=seen.resends,
        doubtful_since=seen.doubtful_since,
        last_error=SILENCE if seen.state == State.SENDING else seen.last_error or "",
    )
