"""Checking that nobody changed a case file afterwards: every chain, and what hangs on it.

A chain is checked by itself; application, letters and files are held against the digests in it.
What was cut off its end cannot be seen from within: that takes the heads of an earlier check, kept
elsewhere. Texts beside the application have no digest in the chain; only that they open is seen.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

from sqlalchemy import Connection, select

from inquiry_service.disclosure import store
from inquiry_service.disclosure.keeping.auditing_contents import (
    Fault,
    fault_of_erased,
    faults_of_contents,
)
from inquiry_service.disclosure.office import DisclosureOffice
from inquiry_service.disclosure.rules.events import CaseErased, LetterApproved, ReplyApproved
from inquiry_service.disclosure.rules.matters import Matter
from inquiry_service.disclosure.rules.numbering import request_number
from inquiry_service.disclosure.rules.recorded import Recorded, from_text
from inquiry_service.errors import BadInput, NotFound, Problem
from inquiry_service.storage.chain import START, Link, first_broken, link

_DOCUMENT = re.compile(r"(.)〔(\d{4})〕(\d+)号")
_HEAD = re.compile(r"([A-Z]{3}-\d{4}-\d{5,6}) (\d+) ([0-9a-f]{64})")


@dataclass(frozen=True, slots=True)
class Audited:
    """One case: `head` is the hash of its last event, `fault` the first thing that does not hold.

    `erased`: its contents are gone by retention, so only the chain was checked.
    """

    number: str
    events: int
    head: str
    erased: bool = False
    fault: Fault | None = None


@dataclass(frozen=True, slots=True)
class Audit:
    """The whole register; `faults` are those that belong to no single case."""

    cases: tuple[Audited, ...]
    faults: tuple[str, ...]

    @property
    def broken(self) -> tuple[Audited, ...]:
        return tuple(case for case in self.cases if case.fault)

    @property
    def holds(self) -> bool:
        return not self.broken and not self.faults


def verify_chain(office: DisclosureOffice, number: str) -> int | None:
    """The sequence number of the first event of a case that does not hold, or None if all do.

    Raises `NotFound` for an unknown number.
    """
    fault = audit_case(office, number).fault
    return fault.sequence if fault else None


def audit_case(office: DisclosureOffice, number: str) -> Audited:
    """Check one case. Raises `NotFound` for an unknown number."""
    with office.database.read() as connection:
        steady(connection)
        row = store.request_row(connection, number)
        if row is None:
            raise NotFound("这件申请")
        links = store.links(connection, number)
        history, fault = _history(number, links, _names(connection, number))
        erased = any(isinstance(recorded.event, CaseErased) for recorded in history)
        if fault is None:
            check = fault_of_erased if erased else faults_of_contents
            found = check(office, connection, row, history)
            fault = min(found, key=lambda fault: fault.sequence, default=None)
    head = links[-1].hash if links else START
    return Audited(number, len(links), head, erased, fault)


def _untold(_done: int, _total: int) -> None:
    """Nobody is watching this audit."""


def audit_register(office: DisclosureOffice, told: Callable[[int, int], None] = _untold) -> Audit:
    """Check every case, then what only shows beside the others: gaps and stray events.

    `told` hears how many of how many cases are done. Nothing is written.
    """
    with office.database.read() as connection:
        numbers = [str(row.number) for row in store.all_requests(connection)]
    cases = []
    for done, number in enumerate(numbers, 1):
        cases.append(audit_case(office, number))
        told(done, len(numbers))
    with office.database.read() as connection:
        steady(connection)
        faults = (*_gaps(connection), *_stray(connection), *_missing_letters(connection))
    return Audit(tuple(cases), faults)


def steady(connection: Connection) -> None:
    """Let everything read on this fresh connection be of one moment; SQLite always does."""
    if connection.dialect.name == "postgresql":
        connection.execution_options(isolation_level="REPEATABLE READ")


# ---- heads -------------------------------------------------------------------------------------


def heads_text(cases: Iterable[Audited]) -> str:
    """One line a case, number, events and head: to be kept where the database is not."""
    return "".join(f"{case.number} {case.events} {case.head}\n" for case in cases)


def shortened(office: DisclosureOffice, heads: str) -> tuple[Audited, ...]:
    """The cases that do not go on from where they stood in an earlier `heads_text`.

    Raises `BadInput` for a text that is none.
    """
    with office.database.read() as connection:
        steady(connection)
        found = (_since(connection, *stood) for stood in _read_heads(heads))
        return tuple(case for case in found if case is not None)


def _read_heads(text: str) -> Iterator[tuple[str, int, str]]:
    for line in filter(str.strip, text.splitlines()):
        match = _HEAD.fullmatch(line.strip())
        if match is None:
            told = f"“{line[:40]}”不是核验时写出的链头，应是“编号 步数 摘要”。"
            raise BadInput([Problem("against", told)])
        number, events, head = match.groups()
        yield number, int(events), head


def _since(connection: Connection, number: str, events: int, head: str) -> Audited | None:
    links = store.links(connection, number)
    then = links[events - 1].hash if 0 < events <= len(links) else START
    if then == head:
        return None
    if len(links) < events:
        told = f"上次核验时有{events}步，现在只剩{len(links)}步，后面的被截去了"
        fault = Fault(len(links) + 1, told)
    else:
        fault = Fault(events, f"第{events}步及以前的记录与上次核验时不同，整条链被换过")
    return Audited(number, len(links), links[-1].hash if links else START, fault=fault)


# ---- one chain ---------------------------------------------------------------------------------


def _history(
    number: str, links: tuple[Link, ...], names: Mapping[int, str]
) -> tuple[tuple[Recorded, ...], Fault | None]:
    if not links:
        return (), Fault(1, "没有任何记录，至少应有提交这一步")
    broken = first_broken(links)
    if broken is not None:
        return (), Fault(broken, _why_broken(links, broken))
    history: list[Recorded] = []
    for one in links:
        try:
            recorded = from_text(one.sequence, one.content)
        except (ValueError, KeyError, TypeError):
            return tuple(history), Fault(one.sequence, "读不懂这一步，不是本系统写的记录")
        if recorded.number != number:
            return tuple(history), Fault(one.sequence, f"这一步属于另一件申请 {recorded.number}")
        if names.get(one.sequence) != type(recorded.event).__name__:
            return tuple(history), Fault(one.sequence, "索引里的事项名称与这一步的内容不符")
        history.append(recorded)
    return tuple(history), None


def _why_broken(links: tuple[Link, ...], at: int) -> str:
    found = links[at - 1]
    if found.sequence != at:
        return f"缺少这一步，后面直接是第{found.sequence}步"
    if found.hash != link(at, found.content, found.previous_hash).hash:
        return "这一步的内容被改动过，与记录时的摘要不符"
    return "这一步没有接在上一步之后，上一步被换过"


def _names(connection: Connection, number: str) -> dict[int, str]:
    found = select(store.events.c.sequence, store.events.c.name)
    rows = connection.execute(found.where(store.events.c.number == number))
    return {row.sequence: row.name for row in rows}


# ---- beside one another ------------------------------------------------------------------------


def _gaps(connection: Connection) -> Iterator[str]:
    """A year's numbers run from 1 without a gap: what is missing was taken out."""
    held = {str(row.number) for row in store.all_requests(connection)}
    for matter in Matter:
        for year, last in _series(connection, matter.prefix, held):
            wanted = (request_number(year, place, matter.prefix) for place in range(1, last + 1))
            missing = [number for number in wanted if number not in held]
            yield from (f"{number} 不在登记簿里，编号出现空缺" for number in missing)


def _series(connection: Connection, prefix: str, held: Iterable[str]) -> list[tuple[int, int]]:
    """Each year with its last place, by the counter or by what is there, whichever is more."""
    c = store.sequences.c
    rows = connection.execute(select(c.year, c.last).where(c.name == prefix))
    last = defaultdict(int, {int(row.year): int(row.last) for row in rows})
    for name, year, place in (number.split("-") for number in held):
        if name == prefix:
            last[int(year)] = max(last[int(year)], int(place))
    return sorted(last.items())


def _stray(connection: Connection) -> Iterator[str]:
    known = select(store.requests.c.number)
    c = store.events.c
    for number in connection.execute(
        select(c.number).where(c.number.not_in(known)).distinct().order_by(c.number)
    ).scalars():
        yield f"{number} 有办理记录，但登记簿里没有这件申请"


def _missing_letters(connection: Connection) -> Iterator[str]:
    """Document numbers run without a gap too, over all cases and all changes of the mark."""
    used: dict[tuple[str, int], Counter[int]] = defaultdict(Counter)
    for number in _document_numbers(connection):
        if match := _DOCUMENT.search(number):
            used[match[1], int(match[2])][int(match[3])] += 1
    for (code, year), places in sorted(used.items()):
        last = max(*places, _last_letter(connection, code, year))
        for place in range(1, last + 1):
            if places[place] != 1:
                told = "用了不止一次" if places[place] else "没有对应的办理记录"
                yield f"文号“{code}〔{year}〕{place}号”{told}"


def _document_numbers(connection: Connection) -> Iterator[str]:
    kinds = (LetterApproved.__name__, ReplyApproved.__name__)
    c = store.events.c
    rows = connection.execute(select(c.sequence, c.content).where(c.name.in_(kinds)))
    for row in rows:
        try:
            event = from_text(row.sequence, row.content).event
        except (ValueError, KeyError, TypeError):  # named with its case already
            continue
        if isinstance(event, LetterApproved | ReplyApproved):
            yield event.document_number


def _last_letter(connection: Connection, code: str, year: int) -> int:
    c = store.sequences.c
    found = select(c.last).where(c.name == f"letter {code}", c.year == year)
    return int(connection.execute(found).scalar() or 0)
