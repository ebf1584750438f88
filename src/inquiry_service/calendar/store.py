"""The table of calendar changes: what was loaded, when, by whom and why. Rows are only added."""

from datetime import datetime
from typing import Any

from sqlalchemy import Column, Connection, Integer, Row, String, Table, Text, func, insert, select

from inquiry_service.storage import UtcMoment, metadata

changes = Table(
    "calendar_changes",
    metadata,
    # Given out by us under the lock below: the order of the history, without gaps.
    Column("change_id", Integer, primary_key=True, autoincrement=False),
    Column("at", UtcMoment, nullable=False),
    Column("made_by", String(64), nullable=False),
    Column("kind", String(16), nullable=False),
    Column("year", Integer, nullable=True),
    Column("text", Text, nullable=False),
    Column("reason", String(200), nullable=False),
)


def take_turns(connection: Connection) -> None:
    """Let one load at a time through; reading goes on.

    SQLite's write lock is held already. On PostgreSQL ids could otherwise become visible out of
    order, and whoever remembers the newest one would never see the late one.
    """
    if connection.dialect.name == "postgresql":
        connection.exec_driver_sql("LOCK TABLE calendar_changes IN SHARE ROW EXCLUSIVE MODE")


def newest_id(connection: Connection) -> int:
    """The id of the newest change; 0 when nothing was ever loaded."""
    newest = select(func.coalesce(func.max(changes.c.change_id), 0))
    return int(connection.execute(newest).scalar_one())


def all_changes(connection: Connection) -> list[Row[Any]]:
    """Every change, the oldest first."""
    return list(connection.execute(select(changes).order_by(changes.c.change_id)))


def add_change(
    connection: Connection,
    change_id: int,
    at: datetime,
    made_by: str,
    kind: str,
    year: int | None,
    text: str,
    reason: str,
) -> None:
    row = {"change_id": change_id, "made_by": made_by, "kind": kind, "year": year}
    connection.execute(insert(changes).values(**row, at=at, text=text, reason=reason))
