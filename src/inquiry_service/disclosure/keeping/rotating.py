"""Sealing anew: every sealed column goes under the first data key, beside a running service.

A column that keeps something sealed says so where it is declared, `info={"sealed": True}`; the
rotation finds it there, so that no list has to be remembered.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from cryptography.fernet import InvalidToken
from sqlalchemy import Column, ColumnElement, Connection, LargeBinary, and_, select, update

from inquiry_service.disclosure.office import DisclosureOffice
from inquiry_service.storage import metadata

_ROWS = 100
_TRIES = 5
"""Against a service that changes a row just between our reading and our writing it."""


@dataclass(frozen=True, slots=True)
class Rotated:
    """`current` needed nothing, or held nothing. `left` names what could not be sealed anew."""

    resealed: int = 0
    current: int = 0
    left: tuple[str, ...] = ()

    def __add__(self, other: "Rotated") -> "Rotated":
        return Rotated(
            self.resealed + other.resealed, self.current + other.current, self.left + other.left
        )


@dataclass(frozen=True, slots=True)
class _Place:
    """One sealed value: its column and the primary key of its row."""

    column: Column[Any]
    key: tuple[Any, ...]

    def __str__(self) -> str:
        return f"{self.column.table.name}.{self.column.name} {'/'.join(map(str, self.key))}"

    def is_here(self) -> ColumnElement[bool]:
        pairs = zip(self.column.table.primary_key, self.key, strict=True)
        return and_(*(column == value for column, value in pairs))


def sealed_columns() -> tuple[Column[Any], ...]:
    """Every sealed column of the tables that are known by now: import the whole house first."""
    return tuple(
        column
        for table in metadata.sorted_tables
        for column in table.columns
        if column.info.get("sealed")
    )


def _untold(_done: int, _total: int) -> None:
    """Nobody is watching this rotation."""


def rotate_keys(office: DisclosureOffice, told: Callable[[int, int], None] = _untold) -> Rotated:
    """Seal everything under the office's first key; `told` hears how much of how much is done.

    Each batch is a transaction of its own: killed at any moment, everything can be read, and the
    next call goes on with what is left. A value that somebody else changed meanwhile is read again,
    never overwritten. What no key opens is left as it is and named by table and key.
    """
    with office.database.read() as connection:
        places = [place for column in sealed_columns() for place in _places(connection, column)]
    rotated, done = Rotated(), 0
    for batch in _batches(places):
        rotated += _rotate(office, batch)
        done += len(batch)
        told(done, len(places))
    return rotated


def _places(connection: Connection, column: Column[Any]) -> Iterator[_Place]:
    key = tuple(column.table.primary_key)
    for row in connection.execute(select(*key).order_by(*key)):
        yield _Place(column, tuple(row))


def _batches(places: Sequence[_Place]) -> Iterator[tuple[_Place, ...]]:
    """Files one by one: a hundred of them at once would not fit into memory."""
    large = [place for place in places if isinstance(place.column.type, LargeBinary)]
    small = [place for place in places if not isinstance(place.column.type, LargeBinary)]
    yield from _runs(small, _ROWS)
    yield from _runs(large, 1)


def _runs(places: Sequence[_Place], length: int) -> Iterator[tuple[_Place, ...]]:
    for start in range(0, len(places), length):
        yield tuple(places[start : start + length])


def _rotate(office: DisclosureOffice, batch: Sequence[_Place]) -> Rotated:
    rotated, waiting = Rotated(), tuple(batch)
    for _ in range(_TRIES):
        tried, waiting = _round(office, waiting)
        rotated += tried
        if not waiting:
            break
    return rotated + Rotated(left=tuple(map(str, waiting)))


def _round(office: DisclosureOffice, batch: Sequence[_Place]) -> tuple[Rotated, tuple[_Place, ...]]:
    """Read, seal anew outside any transaction, write; returns whom somebody else was faster to."""
    seals, current, left = office.seals, 0, []
    fresh: list[tuple[_Place, Any, Any]] = []
    with office.database.read() as connection:
        stored = [(place, _value(connection, place)) for place in batch]
    for place, old in stored:
        if old is None or seals.is_under_first_key(old):
            current += 1
            continue
        try:
            fresh.append((place, old, seals.resealed(old)))
        except InvalidToken:
            left.append(str(place))
    lost = _exchanged(office, fresh)
    return Rotated(len(fresh) - len(lost), current, tuple(left)), lost


def _value(connection: Connection, place: _Place) -> Any:
    """None for an empty place, and for a row that is gone by now."""
    return connection.execute(select(place.column).where(place.is_here())).scalar()


def _exchanged(
    office: DisclosureOffice, fresh: Sequence[tuple[_Place, Any, Any]]
) -> tuple[_Place, ...]:
    """Compare and set in one transaction; returns the places that held something else by then."""
    if not fresh:
        return ()
    with office.database.begin() as connection:
        return tuple(
            place for place, old, new in fresh if not _exchange(connection, place, old, new)
        )


def _exchange(connection: Connection, place: _Place, old: Any, new: Any) -> bool:
    column = place.column
    change = update(column.table).where(place.is_here(), column == old).values({column: new})
    return connection.execute(change).rowcount == 1
