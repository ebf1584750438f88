"""The register of disclosure requests, and the staff who answer them."""

import sqlalchemy as sa
from alembic import op

from inquiry_service.storage.schema import UtcMoment

revision = "0001"
down_revision = None


def upgrade() -> None:
    _disclosure()
    _staff()


def _disclosure() -> None:
    op.create_table(
        "disclosure_requests",
        sa.Column("number", sa.String(20), nullable=False),
        sa.Column("submission_hash", sa.String(64), nullable=False),
        sa.Column("code_hash", sa.String(64), nullable=False),
        sa.Column("applicant_kind", sa.String(32), nullable=False),
        sa.Column("summary", sa.String(120), nullable=False),
        sa.Column("sealed_application", sa.Text, nullable=False),
        sa.Column("channel", sa.String(32), nullable=False),
        sa.Column("conversation_id", sa.String(64), nullable=True),
        sa.Column("filed_at", UtcMoment, nullable=False),
        sa.PrimaryKeyConstraint("number", name="pk_disclosure_requests"),
        sa.UniqueConstraint("submission_hash", name="uq_disclosure_requests_submission_hash"),
    )
    op.create_table(
        "disclosure_events",
        sa.Column("number", sa.String(20), nullable=False),
        sa.Column("sequence", sa.Integer, nullable=False, autoincrement=False),
        sa.Column("name", sa.String(40), nullable=False),
        sa.Column("content", sa.Text, nullable=False),
        sa.Column("previous_hash", sa.String(64), nullable=False),
        sa.Column("hash", sa.String(64), nullable=False),
        sa.PrimaryKeyConstraint("number", "sequence", name="pk_disclosure_events"),
        sa.ForeignKeyConstraint(
            ["number"], ["disclosure_requests.number"], name="fk_disclosure_events_number"
        ),
    )
    op.create_index("ix_disclosure_events_name", "disclosure_events", ["name"])
    op.create_table(
        "disclosure_drafts",
        sa.Column("draft_id", sa.String(32), nullable=False),
        sa.Column("conversation_id", sa.String(64), nullable=True),
        sa.Column("fields", sa.Text, nullable=False),
        sa.Column("saved_at", UtcMoment, nullable=False),
        sa.PrimaryKeyConstraint("draft_id", name="pk_disclosure_drafts"),
    )
    op.create_table(
        "disclosure_lookup_failures",
        sa.Column("failure_id", sa.Integer, nullable=False),
        sa.Column("number", sa.String(20), nullable=False),
        sa.Column("at", UtcMoment, nullable=False),
        sa.PrimaryKeyConstraint("failure_id", name="pk_disclosure_lookup_failures"),
    )
    op.create_index(
        "ix_disclosure_lookup_failures_number_at", "disclosure_lookup_failures", ["number", "at"]
    )
    op.create_table(
        "disclosure_numbers",
        sa.Column("year", sa.Integer, nullable=False, autoincrement=False),
        sa.Column("last", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("year", name="pk_disclosure_numbers"),
    )


def _staff() -> None:
    op.create_table(
        "staff_members",
        sa.Column("login", sa.String(32), nullable=False),
        sa.Column("name", sa.String(64), nullable=False),
        sa.Column("role", sa.String(32), nullable=False),
        sa.Column("password_hash", sa.String(255), nullable=False),
        sa.Column("created_at", UtcMoment, nullable=False),
        sa.PrimaryKeyConstraint("login", name="pk_staff_members"),
    )
    op.create_table(
        "staff_sessions",
        sa.Column("token_hash", sa.String(64), nullable=False),
        sa.Column("login", sa.String(32), nullable=False),
        sa.Column("expires_at", UtcMoment, nullable=False),
        sa.PrimaryKeyConstraint("token_hash", name="pk_staff_sessions"),
        sa.ForeignKeyConstraint(["login"], ["staff_members.login"], name="fk_staff_sessions_login"),
    )
    op.create_table(
        "staff_sign_in_failures",
        sa.Column("failure_id", sa.Integer, nullable=False),
        sa.Column("login_hash", sa.String(64), nullable=False),
        sa.Column("at", UtcMoment, nullable=False),
        sa.PrimaryKeyConstraint("failure_id", name="pk_staff_sign_in_failures"),
    )
    op.create_index(
        "ix_staff_sign_in_failures_login_hash_at", "staff_sign_in_failures", ["login_hash", "at"]
    )
    op.create_table(
        "staff_events",
        sa.Column("event_id", sa.Integer, nullable=False),
        sa.Column("at", UtcMoment, nullable=False),
        sa.Column("login", sa.String(32), nullable=False),
        sa.Column("name", sa.String(40), nullable=False),
        sa.PrimaryKeyConstraint("event_id", name="pk_staff_events"),
    )
    op.create_index("ix_staff_events_login_at", "staff_events", ["login", "at"])
