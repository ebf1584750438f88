"""What was loaded into the working calendar, when, by whom and why."""

import sqlalchemy as sa
from alembic import op

from inquiry_service.storage.schema import UtcMoment

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    op.create_table(
        "calendar_changes",
        sa.Column("change_id", sa.Integer, nullable=False, autoincrement=False),
        sa.Column("at", UtcMoment, nullable=False),
        sa.Column("made_by", sa.String(64), nullable=False),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("year", sa.Integer, nullable=True),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("reason", sa.String(200), nullable=False),
        sa.PrimaryKeyConstraint("change_id", name="pk_calendar_changes"),
    )
