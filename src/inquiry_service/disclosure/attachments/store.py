"""The table of attached files, and the SQL that reads and writes it.

Names and contents are sealed; the digest is over the plain bytes, as it stands in the history.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import (
    Column,
    Connection,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    Row,
    String,
    Table,
    Text,
    UniqueConstraint,
    func,
    insert,
    select,
    update,
)

from inquiry_service.storage import UtcMoment, metadata

files = Table(
    "disclosure_files",
    metadata,
    Column("file_id", String(32), primary_key=True),
    Column("number", String(20), ForeignKey("disclosure_requests.number"), nullable=False),
    Column("position", Integer, nullable=False),  # in the order of coming in
    Column("name", Text, nullable=False, info={"sealed": True}),
    Column("content", LargeBinary, nullable=False, info={"sealed": True}),
    Column("size", Integer, nullable=False),
    Column("sha256", String(64), nullable=False),
    Column("type", String(8), nullable=False),
    Column("source", String(16), nullable=False),
    Column("added_at", UtcMoment, nullable=False),
    Column("state", String(16), nullable=False),
    Column("scanned_at", UtcMoment, nullable=True),
    Column("scanner", String(120), nullable=True),
    Column("finding", String(200), nullable=True),
    UniqueConstraint("number", "position"),
    Index(None, "state"),
)

_WITHOUT_CONTENT = [column for column in files.columns if column.name != "content"]


def add(connection: Connection, row: dict[str, Any]) -> None:
    connection.execute(insert(files).values(**row))


def held(connection: Connection, number: str, source: str) -> tuple[int, int]:
    """How many files of one side a request has, and their bytes in all."""
    counted = select(func.count(), func.coalesce(func.sum(files.c.size), 0)).where(
        files.c.number == number, files.c.source == source
    )
    count, size = connection.execute(counted).one()
    return int(count), int(size)


def next_position(connection: Connection, number: str) -> int:
    last = select(func.max(files.c.position)).where(files.c.number == number)
    return int(connection.execute(last).scalar() or 0) + 1


def rows_of(connection: Connection, number: str) -> Sequence[Row[Any]]:
    """What a request has attached, without the contents, in the order of coming in."""
    found = select(*_WITHOUT_CONTENT).where(files.c.number == number).order_by(files.c.position)
    return connection.execute(found).all()


def row(connection: Connection, number: str, file_id: str) -> Row[Any] | None:
    """One file with its content, if it belongs to that request."""
    found = select(files).where(files.c.number == number, files.c.file_id == file_id)
    return connection.execute(found).first()


def ids_in(connection: Connection, states: Sequence[str]) -> list[str]:
    """The files in these states, the longest waiting first."""
    found = (
        select(files.c.file_id)
        .where(files.c.state.in_(states))
        .order_by(files.c.added_at, files.c.number, files.c.position)
    )
    return list(connection.execute(found).scalars())


def to_scan(connection: Connection, file_id: str) -> tuple[bytes, str] | None:
    """The sealed content and the state of a file, or None when it is gone."""
    found = select(files.c.content, files.c.state).where(files.c.file_id == file_id)
    row = connection.execute(found).first()
    return (row.content, row.state) if row else None


def mark(
    connection: Connection,
    file_id: str,
    *,
    was: str,
    state: str,
    at: datetime,
    scanner: str,
    finding: str,
) -> bool:
    """Write down a verdict, unless somebody else has done so since `was` was read."""
    verdict = {"state": state, "scanned_at": at, "scanner": scanner, "finding": finding}
    change = update(files).where(files.c.file_id == file_id, files.c.state == was)
    return connection.execute(change.values(**verdict)).rowcount == 1
