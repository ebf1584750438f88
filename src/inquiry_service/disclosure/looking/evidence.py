"""What is known beside one request: repeats, who asks the same, how often, what it looks like.

The machine finds and counts; whoever handles the case decides (条例第三十五条、
第三十六条第（六）项、第三十九条、第四十四条).
"""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Row, select

from inquiry_service.disclosure import store
from inquiry_service.disclosure.advice.likeness import (
    Earlier,
    Evidence,
    Frequency,
    Past,
    Several,
    asked_by_several,
    frequency,
    repeats,
)
from inquiry_service.disclosure.advice.triage import Sight, look_at
from inquiry_service.disclosure.applications import application_now
from inquiry_service.disclosure.office import DisclosureOffice
from inquiry_service.disclosure.rules.events import AnsweredOnSpot, ReplySent
from inquiry_service.disclosure.rules.numbering import find_request_number
from inquiry_service.errors import NotFound
from inquiry_service.moments import local_day


@dataclass(frozen=True, slots=True)
class CaseEvidence:
    """`repeats` are the same applicant's, answered; `sights` what the description looks like."""

    repeats: tuple[Evidence, ...]
    several: Several
    frequency: Frequency
    sights: tuple[Sight, ...]


def evidence_for(office: DisclosureOffice, number: str) -> CaseEvidence:
    """The evidence as of today, from the whole register. Raises `NotFound`."""
    with office.database.read() as connection:
        rows, answered = store.all_requests(connection), _answered(connection)
        own = next((row for row in rows if row.number == find_request_number(number)), None)
        if own is None:
            raise NotFound("这件申请")
        description = application_now(connection, office.seals, own).description
    earlier = [_earlier(row, answered) for row in rows if row.kind == own.kind]
    of, past = _earlier(own, answered), Past(earlier)
    today = local_day(office.clock())
    return CaseEvidence(
        repeats=repeats(of, past),
        several=asked_by_several(of, past),
        frequency=frequency(of, earlier, until=today, hint_at=_hint_at(office)),
        sights=look_at(description),
    )


def _hint_at(office: DisclosureOffice) -> dict[int, int]:
    """Days to a number of requests; empty while the bureau has set none (条例35 names none)."""
    return {30: office.frequent_requests} if office.frequent_requests else {}


def _earlier(row: Row[Any], answered: frozenset[str]) -> Earlier:
    return Earlier(
        number=row.number,
        filed_on=local_day(row.filed_at),
        applicant_mark=row.applicant_mark,
        wish=row.wish,
        replied=row.number in answered,
    )


def _answered(connection: Connection) -> frozenset[str]:
    """Numbers of requests that have had their reply."""
    ends = (ReplySent.__name__, AnsweredOnSpot.__name__)
    found = select(store.events.c.number).where(store.events.c.name.in_(ends)).distinct()
    return frozenset(connection.execute(found).scalars())
