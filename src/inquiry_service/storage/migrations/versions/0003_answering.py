"""Answers on record, with what led to them."""

import sqlalchemy as sa
from alembic import op

from inquiry_service.storage.schema import UtcMoment

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    op.create_table(
        "answer_records",
        sa.Column("id", sa.String(32), nullable=False),
        sa.Column("conversation_id", sa.String(32), nullable=True),
        sa.Column("at", UtcMoment, nullable=False),
        sa.Column("question", sa.Text, nullable=False),
        sa.Column("status", sa.String(20), nullable=False),
        sa.Column("rule", sa.String(64), nullable=False),
        sa.Column("confidence", sa.Float, nullable=False),
        sa.Column("quote", sa.Text, nullable=True),
        sa.Column("document_id", sa.Text, nullable=True),
        sa.Column("passage_id", sa.String(32), nullable=True),
        sa.Column("index_version", sa.String(64), nullable=False),
        sa.Column("trace", sa.JSON, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_answer_records"),
    )
    op.create_index("ix_answer_records_conversation_id", "answer_records", ["conversation_id"])
    op.create_index("ix_answer_records_at", "answer_records", ["at"])
