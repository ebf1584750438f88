"""Tables of the disclosure register, and the SQL that reads and writes them.

There is no status and no due date here: both are computed from `disclosure_events`.
"""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from itertools import groupby
from typing import Any

from sqlalchemy import (
    Column,
    Connection,
    ForeignKey,
    Index,
    Integer,
    Row,
    String,
    Table,
    Text,
    delete,
    insert,
    select,
    text,
)

from inquiry_service.disclosure.rules.events import Event
from inquiry_service.disclosure.rules.recorded import Recorded, from_text, to_text
from inquiry_service.storage import UtcMoment, metadata
from inquiry_service.storage.chain import START, Link, link

requests = Table(
    "disclosure_requests",
    metadata,
    Column("number", String(20), primary_key=True),
    Column("kind", String(32), nullable=False),
    Column("submission_hash", String(64), nullable=False, unique=True),
    Column("code_hash", String(64), nullable=False),
    Column("applicant_kind", String(32), nullable=False),
    Column("summary", String(120), nullable=False),  # redacted, for lists
    # Who asks, as a keyed hash: the same applicant is found without unsealing anybody.
    Column("applicant_mark", String(64), nullable=False),
    Column("wish", Text, nullable=False),  # the description, redacted: what likeness looks at
    Column("sealed_application", Text, nullable=False, info={"sealed": True}),
    Column("channel", String(32), nullable=False),
    Column("conversation_id", String(64), nullable=True),
    Column("filed_at", UtcMoment, nullable=False),
    Index(None, "applicant_mark"),
)

events = Table(
    "disclosure_events",
    metadata,
    Column("number", String(20), ForeignKey("disclosure_requests.number"), primary_key=True),
    Column("sequence", Integer, primary_key=True, autoincrement=False),
    Column("name", String(40), nullable=False),
    Column("content", Text, nullable=False),  # the exact text that was hashed
    Column("previous_hash", String(64), nullable=False),
    Column("hash", String(64), nullable=False),
    Index(None, "name"),
)

drafts = Table(
    "disclosure_drafts",
    metadata,
    Column("draft_id", String(32), primary_key=True),
    Column("conversation_id", String(64), nullable=True),
    Column("fields", Text, nullable=False),
    Column("saved_at", UtcMoment, nullable=False),
)

lookup_failures = Table(
    "disclosure_lookup_failures",
    metadata,
    Column("failure_id", Integer, primary_key=True),
    Column("number", String(20), nullable=False),  # or the key of an address, see `pacing`
    Column("at", UtcMoment, nullable=False),
    Index(None, "number", "at"),
)

sequences = Table(
    "disclosure_sequences",
    metadata,
    Column("name", String(32), primary_key=True),
    Column("year", Integer, primary_key=True, autoincrement=False),
    Column("last", Integer, nullable=False),
)


@dataclass(frozen=True, slots=True)
class NewRequest:
    """A row of the register as it is first written."""

    number: str
    kind: str
    submission_hash: str
    code_hash: str
    applicant_kind: str
    summary: str
    applicant_mark: str
    wish: str
    sealed_application: str
    channel: str
    conversation_id: str | None
    filed_at: datetime


def next_place(connection: Connection, name: str, year: int) -> int:
    """The next place in a year's sequence; no gap, because a rollback gives it back.

    The row stays locked until the transaction ends, so two filings take turns.
    """
    statement = text(
        "INSERT INTO disclosure_sequences (name, year, last) VALUES (:name, :year, 1)"
        " ON CONFLICT (name, year)"
        " DO UPDATE SET last = disclosure_sequences.last + 1 RETURNING last"
    )
    return int(connection.execute(statement, {"name": name, "year": year}).scalar_one())


def place_to_come(connection: Connection, name: str, year: int) -> int:
    """The place that `next_place` would give, were it asked before anybody else."""
    found = select(sequences.c.last).where(sequences.c.name == name, sequences.c.year == year)
    return (connection.execute(found).scalar() or 0) + 1


def add_request(connection: Connection, request: NewRequest) -> None:
    connection.execute(insert(requests).values(**asdict(request)))


def request_row(connection: Connection, number: str) -> Row[Any] | None:
    return connection.execute(select(requests).where(requests.c.number == number)).first()


def request_of_submission(connection: Connection, submission_hash: str) -> Row[Any] | None:
    found = select(requests).where(requests.c.submission_hash == submission_hash)
    return connection.execute(found).first()


def all_requests(connection: Connection) -> Sequence[Row[Any]]:
    return connection.execute(select(requests).order_by(requests.c.number)).all()


def lock_request(connection: Connection, number: str) -> None:
    """Let nobody else add to this history until the transaction ends; then look at it.

    PostgreSQL locks the row; on SQLite the whole transaction holds the write lock already.
    """
    connection.execute(
        select(requests.c.number).where(requests.c.number == number).with_for_update()
    )


def history(connection: Connection, number: str) -> tuple[Recorded, ...]:
    """The events of one request, oldest first; empty for an unknown number."""
    return tuple(from_text(link.sequence, link.content) for link in links(connection, number))


def histories(connection: Connection) -> dict[str, tuple[Recorded, ...]]:
    """The events of all requests, in one query."""
    rows = connection.execute(select(events).order_by(events.c.number, events.c.sequence))
    grouped = groupby(rows, key=lambda row: str(row.number))
    return {
        number: tuple(from_text(row.sequence, row.content) for row in rows)
        for number, rows in grouped
    }


def links(connection: Connection, number: str) -> tuple[Link, ...]:
    """The hash chain of one request as it is stored."""
    found = select(events).where(events.c.number == number).order_by(events.c.sequence)
    rows = connection.execute(found)
    return tuple(Link(row.sequence, row.content, row.previous_hash, row.hash) for row in rows)


def append(
    connection: Connection, number: str, happened: Sequence[Event], *, at: datetime, actor: str
) -> None:
    """Add events to the end of a request's chain, which `lock_request` or its filing protects."""
    chain = links(connection, number)
    sequence, previous = (chain[-1].sequence, chain[-1].hash) if chain else (0, START)
    for event in happened:
        sequence += 1
        recorded = Recorded(number, sequence, at.astimezone(UTC), actor, event)
        new = link(sequence, to_text(recorded), previous)
        connection.execute(
            insert(events).values(number=number, name=type(event).__name__, **asdict(new))
        )
        previous = new.hash


def add_failure(connection: Connection, number: str, at: datetime, *, forget: datetime) -> None:
    """Remember a wrong code, and forget the failures that no longer matter."""
    connection.execute(delete(lookup_failures).where(lookup_failures.c.at < forget))
    connection.execute(insert(lookup_failures).values(number=number, at=at))


def failures_since(connection: Connection, number: str, since: datetime) -> list[datetime]:
    """When wrong codes were given for a number, newest first."""
    found = (
        select(lookup_failures.c.at)
        .where(lookup_failures.c.number == number, lookup_failures.c.at > since)
        .order_by(lookup_failures.c.at.desc())
    )
    return list(connection.execute(found).scalars())


def add_draft(
    connection: Connection,
    draft_id: str,
    conversation_id: str | None,
    content: str,
    at: datetime,
    *,
    forget: datetime,
) -> None:
    """Keep a pre-filled form, and forget those whose links have expired."""
    connection.execute(delete(drafts).where(drafts.c.saved_at < forget))
    row = {"draft_id": draft_id, "conversation_id": conversation_id, "fields": content}
    connection.execute(insert(drafts).values(**row, saved_at=at))


def draft_row(connection: Connection, draft_id: str) -> Row[Any] | None:
    return connection.execute(select(drafts).where(drafts.c.draft_id == draft_id)).first()
