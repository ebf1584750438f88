"""The open case file: what is lawful is added to the history, in the transaction that opened it.

Two people who act on one case at the same moment take turns; the second meets a `Conflict`, and
nothing of hers is half done.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, Row

from inquiry_service.disclosure import store
from inquiry_service.disclosure.applications import application_now
from inquiry_service.disclosure.office import DisclosureOffice
from inquiry_service.disclosure.procedure.announcing import announce
from inquiry_service.disclosure.rules.clock import Due, due
from inquiry_service.disclosure.rules.events import Event
from inquiry_service.disclosure.rules.lawful import check
from inquiry_service.disclosure.rules.numbering import find_request_number
from inquiry_service.disclosure.rules.position import Position, position_of
from inquiry_service.disclosure.rules.recorded import Recorded
from inquiry_service.disclosure.rules.request import Application
from inquiry_service.disclosure.texts import add_text
from inquiry_service.errors import Conflict, NotFound
from inquiry_service.moments import local_day

APPLICANT, SYSTEM = "applicant", "system"
"""Actors that are no staff logins (which have no such names: see `staff.accounts`)."""


@dataclass
class CaseFile:
    """One case inside a transaction; `by` is who acts."""

    office: DisclosureOffice
    connection: Connection
    row: Row[Any]
    by: str
    history: tuple[Recorded, ...]
    now: datetime

    @property
    def number(self) -> str:
        return str(self.row.number)

    @property
    def today(self) -> date:
        return local_day(self.now)

    @property
    def position(self) -> Position:
        return position_of(self.history)

    @property
    def due(self) -> Due | None:
        events = [recorded.event for recorded in self.history]
        return due(events, self.office.calendar, self.office.reading)

    @property
    def application(self) -> Application:
        return application_now(self.connection, self.office.seals, self.row)

    def happen(self, *events: Event) -> None:
        """Add facts, each after asking the procedure. Raises `StepNotAllowed`."""
        for event in events:
            check(self.office.procedure, self.history, event, actor=self.by, today=self.today)
            store.append(self.connection, self.number, [event], at=self.now, actor=self.by)
            self.history = store.history(self.connection, self.number)
            announce(self.office, self.connection, self.row, self.history)

    def write(self, about: str, text: str) -> str:
        """Keep a sealed text; gives the id that an event may name."""
        return add_text(
            self.connection,
            self.office.seals,
            number=self.number,
            about=about,
            text=text,
            at=self.now,
            actor=self.by,
        )


@contextmanager
def opened(
    office: DisclosureOffice, number: str, *, by: str, expected_version: int | None = None
) -> Iterator[CaseFile]:
    """A case file until the end of the block, which commits; any error undoes it all.

    `expected_version` is the length of the history that the person looked at. Raises `NotFound`,
    and `Conflict` when the case has moved on since.
    """
    with office.database.begin() as connection:
        yield case_within(office, connection, number, by=by, expected_version=expected_version)


def case_within(
    office: DisclosureOffice,
    connection: Connection,
    number: str,
    *,
    by: str,
    expected_version: int | None = None,
) -> CaseFile:
    """The same inside a transaction of the caller, who may need more than one case.

    Cases are opened in the order of their numbers, or two people would wait for one another.
    """
    proper = find_request_number(number) or ""
    store.lock_request(connection, proper)
    row = store.request_row(connection, proper)
    if row is None:
        raise NotFound("这件申请")
    history = store.history(connection, proper)
    if expected_version is not None and expected_version != len(history):
        raise Conflict("这件申请有了新的进展", "请刷新后再看，您写的内容没有丢")
    return CaseFile(office, connection, row, by, history, office.clock())
