"""Conversations, their turns, and whether answers helped."""

import sqlalchemy as sa
from alembic import op

from inquiry_service.storage.schema import UtcMoment

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    _conversations()
    _turns()
    _feedback()


def _conversations() -> None:
    op.create_table(
        "conversations",
        sa.Column("id", sa.String(32), nullable=False),
        sa.Column("channel", sa.String(20), nullable=False),
        sa.Column("person", sa.String(64), nullable=True),
        sa.Column("opened_at", UtcMoment, nullable=False),
        sa.Column("owner", sa.String(80), nullable=False),
        sa.Column("owner_version", sa.Integer, nullable=False),
        sa.Column("awaited_number", sa.String(32), nullable=True),
        sa.Column("last_answer", sa.String(64), nullable=True),
        sa.Column("last_question", sa.Text, nullable=True),
        sa.Column("last_ending", sa.String(20), nullable=True),
        sa.Column("last_asked_at", UtcMoment, nullable=True),
        sa.Column("form", sa.JSON, nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_conversations"),
        sa.UniqueConstraint("channel", "person", name="uq_conversations_channel_person"),
    )


def _turns() -> None:
    op.create_table(
        "conversation_turns",
        sa.Column("id", sa.Integer, autoincrement=True, nullable=False),
        sa.Column("conversation_id", sa.String(32), nullable=False),
        sa.Column("message_id", sa.String(128), nullable=False),
        sa.Column("at", UtcMoment, nullable=False),
        sa.Column("said", sa.Text, nullable=False),
        sa.Column("claim", sa.String(32), nullable=False),
        sa.Column("leased_until", UtcMoment, nullable=False),
        sa.Column("settled_at", UtcMoment, nullable=True),
        sa.Column("spoken_by", sa.String(80), nullable=True),
        sa.Column("replies", sa.JSON, nullable=True),
        sa.Column("answers", sa.JSON, nullable=True),
        sa.Column("asked", sa.String(32), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_conversation_turns"),
        sa.ForeignKeyConstraint(
            ["conversation_id"],
            ["conversations.id"],
            name="fk_conversation_turns_conversation_id",
        ),
        sa.UniqueConstraint(
            "conversation_id",
            "message_id",
            name="uq_conversation_turns_conversation_id_message_id",
        ),
    )


def _feedback() -> None:
    op.create_table(
        "answer_feedback",
        sa.Column("answer_id", sa.String(64), nullable=False),
        sa.Column("conversation_id", sa.String(32), nullable=False),
        sa.Column("helped", sa.Boolean, nullable=False),
        sa.Column("at", UtcMoment, nullable=False),
        sa.PrimaryKeyConstraint("answer_id", name="pk_answer_feedback"),
        sa.ForeignKeyConstraint(
            ["conversation_id"], ["conversations.id"], name="fk_answer_feedback_conversation_id"
        ),
    )
