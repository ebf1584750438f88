"""Erasing what need not be kept any longer: shown first, then one case at a time.

How long is the archives authority's matter (档案法第十三条、第十四条): without a setting nothing
is ever erased. What is sealed goes, and what could lead back to a person; the chain and what the
yearly report counts stay, so that both can still be checked.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from inquiry_service.disclosure import store
from inquiry_service.disclosure.keeping.retaining_store import Held, forget_unfiled, held_by, wipe
from inquiry_service.disclosure.looking.handling import ended_on
from inquiry_service.disclosure.office import DisclosureOffice
from inquiry_service.disclosure.procedure.case_file import SYSTEM, opened
from inquiry_service.disclosure.rules.events import CaseErased, ReviewDecided
from inquiry_service.disclosure.rules.matters import Matter
from inquiry_service.disclosure.rules.position import Position, position_of
from inquiry_service.disclosure.rules.recorded import Recorded
from inquiry_service.disclosure.rules.request import choice_of
from inquiry_service.disclosure.rules.retention import Hold, Retention, is_due, retention
from inquiry_service.errors import BadInput, Conflict, Problem
from inquiry_service.moments import local_day

UNFILED_KEPT = timedelta(days=2 * 366)
"""How long it is kept what became of forms that were shown published answers: two yearly reports.

Pre-filled forms last as long as their links, seven days.
"""

Years = Mapping[Matter, int | None]


@dataclass(frozen=True, slots=True)
class Erasable:
    """A case whose time is over: `why` names the day of closing and the years."""

    number: str
    closed_on: date
    why: str
    held: Held


@dataclass(frozen=True, slots=True)
class Pruned:
    """What was thrown away of those who never filed."""

    drafts: int
    forms: int


def retention_years(text: str) -> dict[Matter, int | None]:
    """`request=10 suggestion=5` as years for each matter.

    Raises `BadInput` for an unknown matter or a number that is none from 1 to 100.
    """
    years: dict[Matter, int | None] = {}
    for part in text.split():
        name, _, number = part.partition("=")
        matter = choice_of(Matter, name)
        if matter is None or not number.isascii() or not number.isdigit() or matter in years:
            told = f"“{part}”应写成 request=10 这样，事项是 {'、'.join(Matter)} 之一，各写一次。"
            raise BadInput([Problem("retention", told)])
        years[matter] = int(number)
        _refuse_out_of_bounds(matter, years)
    return years


def _refuse_out_of_bounds(matter: Matter, years: Years) -> None:
    try:
        retention(None, matter, years=years)
    except ValueError as fault:
        raise BadInput([Problem("retention", f"{fault}。")]) from fault


def erasable(office: DisclosureOffice, years: Years) -> tuple[Erasable, ...]:
    """What may be erased today, oldest number first; changes nothing."""
    today = local_day(office.clock())
    with office.database.read() as connection:
        rows, histories = store.all_requests(connection), store.histories(connection)
        due = {
            str(row.number): found
            for row in rows
            if is_due(
                found := _retention(histories.get(str(row.number), ()), row.kind, years), today
            )
        }
        return tuple(
            Erasable(number, closed, found.reason, held_by(connection, number))
            for number, found in due.items()
            if (closed := _closed_on(histories[number])) is not None
        )


def erase_case(office: DisclosureOffice, number: str, years: Years, *, by: str = SYSTEM) -> None:
    """Erase one case whose time is over; the chain gets its last event in the same transaction.

    Raises `Conflict` when its time is not over, or somebody put a hold on it meanwhile.
    """
    with opened(office, number, by=by) as case:
        found = _retention(case.history, case.row.kind, years)
        if not is_due(found, case.today):
            raise Conflict(f"{case.number} 现在不能清理：{found.reason}", "请重新查看清单")
        case.happen(CaseErased(case.today))
        wipe(office, case.connection, case.number)


def prune_unfiled(office: DisclosureOffice) -> Pruned:
    """Throw away expired pre-filled forms, and what was counted before the last two reports."""
    with office.database.begin() as connection:
        return Pruned(*forget_unfiled(connection, office.clock(), UNFILED_KEPT))


def _retention(history: tuple[Recorded, ...], kind: str, years: Years) -> Retention:
    matter = choice_of(Matter, kind)
    if matter is None or any(isinstance(r.event, CaseErased) for r in history):
        return Retention(None, "已经清理")
    return retention(_closed_on(history), matter, years=years, holds=_holds(position_of(history)))


def _closed_on(history: tuple[Recorded, ...]) -> date | None:
    """The day of reply or withdrawal, or of the judgement after it, whichever is the later."""
    ended = ended_on(history)
    decided = [r.event.on for r in history if isinstance(r.event, ReviewDecided)]
    return None if ended is None else max([ended, *decided])


def _holds(position: Position) -> Iterator[Hold]:
    if position.held:
        yield Hold.SET
    for _, way in position.reviews:
        yield Hold.RECONSIDERATION if way == "reconsideration" else Hold.LITIGATION
