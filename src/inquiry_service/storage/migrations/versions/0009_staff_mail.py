"""An address to which a member of staff is reminded, sealed; none until somebody gives one."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    with op.batch_alter_table("staff_members") as table:
        table.add_column(sa.Column("mail", sa.Text, nullable=True))
