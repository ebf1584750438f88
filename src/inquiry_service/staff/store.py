"""Tables of the staff's accounts and sessions. Passwords and tokens are stored as hashes only."""

from datetime import datetime
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
    update,
)

from inquiry_service.storage import UtcMoment, metadata

members = Table(
    "staff_members",
    metadata,
    Column("login", String(32), primary_key=True),
    Column("name", String(64), nullable=False),
    Column("role", String(32), nullable=False),
    Column("password_hash", String(255), nullable=False),
    Column("created_at", UtcMoment, nullable=False),
    # Where its holder is reminded by mail; empty where the desk is enough.
    Column("mail", Text, nullable=True, info={"sealed": True}),
)

sessions = Table(
    "staff_sessions",
    metadata,
    Column("token_hash", String(64), primary_key=True),
    Column("login", String(32), ForeignKey("staff_members.login"), nullable=False),
    Column("expires_at", UtcMoment, nullable=False),
)

sign_in_failures = Table(
    "staff_sign_in_failures",
    metadata,
    Column("failure_id", Integer, primary_key=True),
    # A digest of a login, or of login and address: neither is kept, nor a password typed there.
    Column("login_hash", String(64), nullable=False),
    Column("at", UtcMoment, nullable=False),
    Index(None, "login_hash", "at"),
)

events = Table(
    "staff_events",
    metadata,
    Column("event_id", Integer, primary_key=True),
    Column("at", UtcMoment, nullable=False),
    Column("login", String(32), nullable=False),
    Column("name", String(40), nullable=False),
    Index(None, "login", "at"),
)


def add_member(
    connection: Connection, login: str, name: str, role: str, password_hash: str, at: datetime
) -> None:
    row = {"login": login, "name": name, "role": role, "password_hash": password_hash}
    connection.execute(insert(members).values(**row, created_at=at))


def member_row(connection: Connection, login: str) -> Row[Any] | None:
    return connection.execute(select(members).where(members.c.login == login)).first()


def change_mail(connection: Connection, login: str, sealed: str | None) -> bool:
    """False when there is no such account."""
    changed = update(members).where(members.c.login == login).values(mail=sealed)
    return connection.execute(changed).rowcount == 1


def mail_rows(connection: Connection) -> list[Row[Any]]:
    """Login and sealed address of those who have one."""
    found = select(members.c.login, members.c.mail).where(members.c.mail.is_not(None))
    return list(connection.execute(found.order_by(members.c.login)))


def change_password_hash(connection: Connection, login: str, password_hash: str) -> None:
    changed = update(members).where(members.c.login == login)
    connection.execute(changed.values(password_hash=password_hash))


def add_session(
    connection: Connection, token_hash: str, login: str, expires_at: datetime, *, forget: datetime
) -> None:
    """Keep a session, and forget those that have expired."""
    connection.execute(delete(sessions).where(sessions.c.expires_at <= forget))
    row = {"token_hash": token_hash, "login": login, "expires_at": expires_at}
    connection.execute(insert(sessions).values(**row))


def member_rows(connection: Connection) -> list[Row[Any]]:
    """All accounts by login, without their passwords."""
    shown = select(members.c.login, members.c.name, members.c.role)
    return list(connection.execute(shown.order_by(members.c.login)))


def holder_of(connection: Connection, token_hash: str, at: datetime) -> Row[Any, Any, Any] | None:
    """Login, name and role of whoever holds a session that has not expired."""
    found = (
        select(members.c.login, members.c.name, members.c.role)
        .join(sessions, sessions.c.login == members.c.login)
        .where(sessions.c.token_hash == token_hash, sessions.c.expires_at > at)
    )
    return connection.execute(found).first()


def end_session(connection: Connection, token_hash: str) -> None:
    connection.execute(delete(sessions).where(sessions.c.token_hash == token_hash))


def add_failure(connection: Connection, login_hash: str, at: datetime, *, forget: datetime) -> int:
    """Remember a failed try under the id it gives, and forget those that no longer matter."""
    connection.execute(delete(sign_in_failures).where(sign_in_failures.c.at < forget))
    adding = insert(sign_in_failures).values(login_hash=login_hash, at=at)
    added = connection.execute(adding.returning(sign_in_failures.c.failure_id))
    return int(added.scalar_one())


def failures_since(connection: Connection, login_hash: str, since: datetime) -> list[datetime]:
    """When sign-in failed for a login, newest first."""
    failures = sign_in_failures.c
    found = select(failures.at).where(failures.login_hash == login_hash, failures.at > since)
    return list(connection.execute(found.order_by(failures.at.desc())).scalars())


def forget_failure(connection: Connection, failure_id: int) -> None:
    """The one try that did not fail after all."""
    kept = sign_in_failures.c.failure_id
    connection.execute(delete(sign_in_failures).where(kept == failure_id))


def forget_failures(connection: Connection, login_hash: str) -> None:
    forgotten = sign_in_failures.c.login_hash == login_hash
    connection.execute(delete(sign_in_failures).where(forgotten))


def add_event(connection: Connection, at: datetime, login: str, name: str) -> None:
    """Write down who did what to their account, for the auditor."""
    connection.execute(insert(events).values(at=at, login=login, name=name))
