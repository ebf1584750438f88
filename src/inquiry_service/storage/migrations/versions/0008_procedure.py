"""The whole procedure: letters, sealed texts, one sequence a kind and year, what came of forms."""

import sqlalchemy as sa
from alembic import op

from inquiry_service.storage.schema import UtcMoment

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    _requests()
    _sequences()
    _texts_and_letters()
    op.create_table(
        "disclosure_before_filing",
        sa.Column("form", sa.String(64), nullable=False),
        sa.Column("shown_at", UtcMoment, nullable=False),
        sa.Column("offered", sa.Integer, nullable=False),
        sa.Column("ended", sa.String(16), nullable=True),
        sa.PrimaryKeyConstraint("form", name="pk_disclosure_before_filing"),
    )


def _requests() -> None:
    """Requests from before have no mark: likeness finds them by their summary alone."""
    with op.batch_alter_table("disclosure_requests") as table:
        table.add_column(sa.Column("kind", sa.String(32), server_default="request", nullable=False))
        table.add_column(
            sa.Column("applicant_mark", sa.String(64), server_default="", nullable=False)
        )
        table.add_column(sa.Column("wish", sa.Text, server_default="", nullable=False))
    op.execute("UPDATE disclosure_requests SET wish = summary")
    with op.batch_alter_table("disclosure_requests") as table:
        for name in ("kind", "applicant_mark", "wish"):
            table.alter_column(name, server_default=None)
        table.create_index("ix_disclosure_requests_applicant_mark", ["applicant_mark"])


def _sequences() -> None:
    op.create_table(
        "disclosure_sequences",
        sa.Column("name", sa.String(32), nullable=False),
        sa.Column("year", sa.Integer, nullable=False, autoincrement=False),
        sa.Column("last", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("name", "year", name="pk_disclosure_sequences"),
    )
    op.execute(
        "INSERT INTO disclosure_sequences (name, year, last)"
        " SELECT 'YSQ', year, last FROM disclosure_numbers"
    )
    op.drop_table("disclosure_numbers")


def _texts_and_letters() -> None:
    op.create_table(
        "disclosure_texts",
        sa.Column("text_id", sa.String(32), nullable=False),
        sa.Column("number", sa.String(20), nullable=False),
        sa.Column("about", sa.String(40), nullable=False),
        sa.Column("sealed", sa.Text, nullable=False),
        sa.Column("written_at", UtcMoment, nullable=False),
        sa.Column("actor", sa.String(64), nullable=False),
        sa.PrimaryKeyConstraint("text_id", name="pk_disclosure_texts"),
        sa.ForeignKeyConstraint(
            ["number"], ["disclosure_requests.number"], name="fk_disclosure_texts_number"
        ),
    )
    op.create_index("ix_disclosure_texts_number", "disclosure_texts", ["number"])
    op.create_table(
        "disclosure_letters",
        sa.Column("letter_id", sa.String(32), nullable=False),
        sa.Column("number", sa.String(20), nullable=False),
        sa.Column("kind", sa.String(40), nullable=False),
        sa.Column("outcome_code", sa.String(40), nullable=False),
        sa.Column("party", sa.String(40), nullable=False),
        sa.Column("sealed_content", sa.Text, nullable=False),
        sa.Column("document_number", sa.String(80), nullable=True),
        sa.Column("sealed_file", sa.LargeBinary, nullable=True),
        sa.Column("digest", sa.String(64), nullable=True),
        sa.Column("written_at", UtcMoment, nullable=False),
        sa.PrimaryKeyConstraint("letter_id", name="pk_disclosure_letters"),
        sa.UniqueConstraint("document_number", name="uq_disclosure_letters_document_number"),
        sa.ForeignKeyConstraint(
            ["number"], ["disclosure_requests.number"], name="fk_disclosure_letters_number"
        ),
    )
    op.create_index("ix_disclosure_letters_number", "disclosure_letters", ["number"])
