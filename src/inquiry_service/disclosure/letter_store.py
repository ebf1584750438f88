"""Letters of a case: what was written, and from approval on the very bytes that leave.

How far a letter is stands in the case's history, not here.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import (
    Column,
    Connection,
    ForeignKey,
    Index,
    LargeBinary,
    Row,
    String,
    Table,
    Text,
    insert,
    select,
    update,
)

from inquiry_service.storage import UtcMoment, metadata

letters = Table(
    "disclosure_letters",
    metadata,
    Column("letter_id", String(32), primary_key=True),
    Column("number", String(20), ForeignKey("disclosure_requests.number"), nullable=False),
    Column("kind", String(40), nullable=False),
    Column("outcome_code", String(40), nullable=False),
    Column("party", String(40), nullable=False),  # a designation, never a name
    Column("sealed_content", Text, nullable=False, info={"sealed": True}),
    Column("document_number", String(80), nullable=True, unique=True),
    Column("sealed_file", LargeBinary, nullable=True, info={"sealed": True}),
    Column("digest", String(64), nullable=True),  # of the bytes within
    Column("written_at", UtcMoment, nullable=False),
    Index(None, "number"),
)


@dataclass(frozen=True, slots=True)
class NewLetter:
    """A row as it is first written."""

    letter_id: str
    number: str
    kind: str
    outcome_code: str
    party: str
    sealed_content: str
    written_at: datetime


def add_letter(connection: Connection, letter: NewLetter) -> None:
    row = {name: getattr(letter, name) for name in NewLetter.__slots__}
    connection.execute(insert(letters).values(**row))


def rewrite_letter(
    connection: Connection, letter_id: str, *, outcome_code: str, party: str, sealed_content: str
) -> None:
    """Before approval only: the caller has asked `transitions`."""
    changed = update(letters).where(letters.c.letter_id == letter_id)
    connection.execute(
        changed.values(outcome_code=outcome_code, party=party, sealed_content=sealed_content)
    )


def finish_letter(
    connection: Connection,
    letter_id: str,
    *,
    document_number: str | None,
    sealed_content: str,
    sealed_file: bytes,
    digest: str,
) -> None:
    """Keep the finished document; it is never written again."""
    changed = update(letters).where(letters.c.letter_id == letter_id, letters.c.digest.is_(None))
    done = connection.execute(
        changed.values(
            document_number=document_number,
            sealed_content=sealed_content,
            sealed_file=sealed_file,
            digest=digest,
        )
    )
    if done.rowcount != 1:
        raise AssertionError("a finished letter was about to be written again")


def letter_row(connection: Connection, number: str, letter_id: str) -> Row[Any] | None:
    found = select(letters).where(letters.c.number == number, letters.c.letter_id == letter_id)
    return connection.execute(found).first()


def letter_rows(connection: Connection, number: str) -> list[Row[Any]]:
    """All letters of a case, oldest first."""
    found = select(letters).where(letters.c.number == number).order_by(letters.c.written_at)
    return list(connection.execute(found))
