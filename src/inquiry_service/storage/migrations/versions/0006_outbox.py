"""The outbox: notices on their way, lists in the app, and what people decided."""

import sqlalchemy as sa
from alembic import op

from inquiry_service.storage.schema import UtcMoment

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    op.create_table(
        "notify_outbox",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("key", sa.String(200), nullable=False),
        sa.Column("medium", sa.String(16), nullable=False),
        sa.Column("urgent", sa.Boolean, nullable=False),
        sa.Column("recipient", sa.Text, nullable=False),
        sa.Column("listed_for", sa.String(64), nullable=True),
        sa.Column("subject", sa.Text, nullable=False),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("enqueued_at", UtcMoment, nullable=False),
        sa.Column("not_before", UtcMoment, nullable=False),
        sa.Column("attempts", sa.Integer, nullable=False),
        sa.Column("resends", sa.Integer, nullable=False),
        sa.Column("claim_token", sa.String(32), nullable=True),
        sa.Column("claimed_until", UtcMoment, nullable=True),
        sa.Column("doubtful_since", UtcMoment, nullable=True),
        sa.Column("last_error", sa.String(80), nullable=True),
        sa.Column("provider_reference", sa.String(200), nullable=True),
        sa.Column("sent_at", UtcMoment, nullable=True),
        sa.Column("read_at", UtcMoment, nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_notify_outbox"),
        sa.UniqueConstraint("key", name="uq_notify_outbox_key"),
    )
    op.create_index("ix_notify_outbox_state_not_before", "notify_outbox", ["state", "not_before"])
    op.create_index(
        "ix_notify_outbox_listed_for_read_at", "notify_outbox", ["listed_for", "read_at"]
    )
    op.create_table(
        "notify_decisions",
        sa.Column("decision_id", sa.Integer, nullable=False),
        sa.Column("notice_id", sa.Integer, nullable=False),
        sa.Column("at", UtcMoment, nullable=False),
        sa.Column("by", sa.String(64), nullable=False),
        sa.Column("decision", sa.String(16), nullable=False),
        sa.PrimaryKeyConstraint("decision_id", name="pk_notify_decisions"),
        sa.ForeignKeyConstraint(
            ["notice_id"], ["notify_outbox.id"], name="fk_notify_decisions_notice_id_notify_outbox"
        ),
    )
    op.create_index("ix_notify_decisions_notice_id", "notify_decisions", ["notice_id"])
