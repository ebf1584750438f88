"""The list of requests: open or ended, or those that a number points to."""

from dataclasses import dataclass

from inquiry_service.desk.awaiting import next_to_act, working_days_left
from inquiry_service.desk.parts import DeskParts
from inquiry_service.disclosure.looking.handling import DeskRow, requests_for_desk
from inquiry_service.disclosure.rules.numbering import find_request_number
from inquiry_service.moments import local_day


@dataclass(frozen=True, slots=True)
class ListedRow:
    """A line with what the desk adds to it; `days_left` is None while the clock stands still."""

    row: DeskRow
    turn: tuple[str, ...]
    days_left: int | None
    paused: bool


@dataclass(frozen=True, slots=True)
class ListPage:
    """`only` is the one number that a search points to."""

    rows: tuple[ListedRow, ...]
    ended: bool
    wanted: str
    only: str = ""

    @property
    def overdue(self) -> int:
        return sum(one.row.overdue for one in self.rows)


def list_page(parts: DeskParts, *, ended: bool, wanted: str) -> ListPage:
    wanted = wanted.strip()
    rows = requests_for_desk(parts.office, replied=ended)
    if wanted:
        rows = [*rows, *requests_for_desk(parts.office, replied=not ended)]
        rows = [row for row in rows if _matches(row.number, wanted)]
    whole = find_request_number(wanted) if wanted else None
    only = next((row.number for row in rows if row.number == whole), "")
    return ListPage(tuple(_listed(parts, row) for row in rows), ended, wanted, only)


def _matches(number: str, wanted: str) -> bool:
    return wanted.upper() in number or number == find_request_number(wanted)


def _listed(parts: DeskParts, row: DeskRow) -> ListedRow:
    running = row.reply_by if row.position.open else None
    paused = running is not None and running.paused
    today = local_day(parts.office.clock())
    left = working_days_left(running, today) if running and not paused else None
    return ListedRow(row, next_to_act(row.position, row.hindered), left, paused)
