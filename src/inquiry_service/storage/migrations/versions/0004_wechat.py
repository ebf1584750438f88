"""What WeChat was answered, so that its retries are told the same."""

import sqlalchemy as sa
from alembic import op

from inquiry_service.storage.schema import UtcMoment

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    op.create_table(
        "wechat_deliveries",
        sa.Column("key", sa.String(64), nullable=False),
        sa.Column("claimed_at", UtcMoment, nullable=False),
        sa.Column("reply", sa.Text, nullable=True),
        sa.PrimaryKeyConstraint("key", name="pk_wechat_deliveries"),
    )
    op.create_index("ix_wechat_deliveries_claimed_at", "wechat_deliveries", ["claimed_at"])
    op.create_table(
        "wechat_unread",
        sa.Column("person", sa.String(64), nullable=False),
        sa.Column("text", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("person", name="pk_wechat_unread"),
    )
