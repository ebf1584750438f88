"""Files attached to disclosure requests, in quarantine until they are checked."""

import sqlalchemy as sa
from alembic import op

from inquiry_service.storage.schema import UtcMoment

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    op.create_table(
        "disclosure_files",
        sa.Column("file_id", sa.String(32), nullable=False),
        sa.Column("number", sa.String(20), nullable=False),
        sa.Column("position", sa.Integer, nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("content", sa.LargeBinary, nullable=False),
        sa.Column("size", sa.Integer, nullable=False),
        sa.Column("sha256", sa.String(64), nullable=False),
        sa.Column("type", sa.String(8), nullable=False),
        sa.Column("source", sa.String(16), nullable=False),
        sa.Column("added_at", UtcMoment, nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("scanned_at", UtcMoment, nullable=True),
        sa.Column("scanner", sa.String(120), nullable=True),
        sa.Column("finding", sa.String(200), nullable=True),
        sa.PrimaryKeyConstraint("file_id", name="pk_disclosure_files"),
        sa.ForeignKeyConstraint(
            ["number"], ["disclosure_requests.number"], name="fk_disclosure_files_number"
        ),
        sa.UniqueConstraint("number", "position", name="uq_disclosure_files_number_position"),
    )
    op.create_index("ix_disclosure_files_state", "disclosure_files", ["state"])
