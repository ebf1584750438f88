"""Tables of the staff's accounts and sessions. Passwords and tokens are stored as hashes only."""

from sqlalchemy import Column, ForeignKey, Index, Integer, String, Table

from inquiry_service.storage import UtcMoment, metadata

members = Table(
    "staff_members",
    metadata,
    Column("login", String(32), primary_key=True),
    Column("name", String(64), nullable=False),
    Column("role", String(32), nullable=False),
    Column("password_hash", String(255), nullable=False),
    Column("created_at", UtcMoment, nullable=False),
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
    # A digest: a password typed into the wrong box must not be kept.
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
