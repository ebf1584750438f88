"""Before filing: what became of those who were shown what is published already.

*Confirmed answered*, *filed anyway* and *left* are counted apart. Only a keyed hash of the form is
kept: not what was asked, and not by whom.
"""

from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Column, Connection, Integer, String, Table, func, insert, select, update
from sqlalchemy.exc import IntegrityError

from inquiry_service.disclosure.office import DisclosureOffice
from inquiry_service.storage import UtcMoment, metadata

shown = Table(
    "disclosure_before_filing",
    metadata,
    Column("form", String(64), primary_key=True),
    Column("shown_at", UtcMoment, nullable=False),
    Column("offered", Integer, nullable=False),
    Column("ended", String(16), nullable=True),
)

ANSWERED, FILED = "answered", "filed"

_STILL_DECIDING = timedelta(hours=2)


@dataclass(frozen=True, slots=True)
class BeforeFiling:
    """How often published answers were shown and what came of it; `undecided` may still file."""

    answered: int
    filed: int
    left: int
    undecided: int


def answers_shown(office: DisclosureOffice, form_key: str, *, offered: int) -> None:
    """The nearest published answers were shown with this form; the first time counts."""
    row = {"form": _form(office, form_key), "shown_at": office.clock(), "offered": offered}
    with suppress(IntegrityError), office.database.begin() as connection:
        connection.execute(insert(shown).values(**row))


def confirmed_answered(office: DisclosureOffice, form_key: str) -> None:
    """What is published did answer: nothing will be filed. Filing later still counts as filed."""
    with office.database.begin() as connection:
        settle(office, connection, form_key, ANSWERED)


def settle(office: DisclosureOffice, connection: Connection, form_key: str, ended: str) -> None:
    """Within the caller's transaction, what this form came to."""
    found = update(shown).where(shown.c.form == _form(office, form_key))
    connection.execute(found.values(ended=ended))


def counted(office: DisclosureOffice, since: datetime, until: datetime) -> BeforeFiling:
    """What became of the forms that were shown published answers from `since` before `until`."""
    waiting = office.clock() - _STILL_DECIDING
    late = shown.c.shown_at > waiting
    counts = (
        select(shown.c.ended, late.label("late"), func.count().label("forms"))
        .where(shown.c.offered > 0, shown.c.shown_at >= since, shown.c.shown_at < until)
        .group_by(shown.c.ended, late)
    )
    with office.database.read() as connection:
        rows = list(connection.execute(counts))
    return BeforeFiling(
        answered=sum(row.forms for row in rows if row.ended == ANSWERED),
        filed=sum(row.forms for row in rows if row.ended == FILED),
        left=sum(row.forms for row in rows if row.ended is None and not row.late),
        undecided=sum(row.forms for row in rows if row.ended is None and row.late),
    )


def _form(office: DisclosureOffice, form_key: str) -> str:
    return office.seals.submission_hash("before-filing", form_key)
