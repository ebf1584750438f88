"""Tables of the disclosure register, and the SQL that reads and writes them.

There is no status and no due date here: both are computed from `disclosure_events`.
"""

from sqlalchemy import (
    Column,
    ForeignKey,
    Index,
    Integer,
    String,
    Table,
    Text,
)

from inquiry_service.storage import UtcMoment, metadata

requests = Table(
    "disclosure_requests",
    metadata,
    Column("number", String(20), primary_key=True),
    Column("submission_hash", String(64), nullable=False, unique=True),
    Column("code_hash", String(64), nullable=False),
    Column("applicant_kind", String(32), nullable=False),
    Column("summary", String(120), nullable=False),  # redacted, for lists
    Column("sealed_application", Text, nullable=False),
    Column("channel", String(32), nullable=False),
    Column("conversation_id", String(64), nullable=True),
    Column("filed_at", UtcMoment, nullable=False),
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
    Column("number", String(20), nullable=False),
    Column("at", UtcMoment, nullable=False),
    Index(None, "number", "at"),
)

numbers = Table(
    "disclosure_numbers",
    metadata,
    Column("year", Integer, primary_key=True, autoincrement=False),
    Column("last", Integer, nullable=False),
)
