"""Tables as one line a row, with merged cells resolved: each row can be read by itself."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from inquiry_service.knowledge.readers.limits import MAX_COLUMNS

_JOIN = " / "
_SPACE = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Cell:
    """`rows` and `columns` it covers; `head` when the file marks it as a header."""

    text: str
    rows: int = 1
    columns: int = 1
    head: bool = False


@dataclass(frozen=True, slots=True)
class _Place:
    """A cell at one place of the grid; `first` where it begins."""

    cell: Cell
    first: bool


_NOTHING = _Place(Cell(""), first=True)


def table(rows: Sequence[Sequence[Cell]], *, heads: int | None = None) -> str:
    """The table in Markdown; rows above it that span all columns stand before it as lines.

    `heads`: how many rows are the header, when it is known; else it is told by the cells.
    """
    grid = [row for row in _grid(rows) if any(place.cell.text for place in row)]
    titles: list[str] = []
    while len(grid) > 1 and len(grid[0]) > 1 and _spans_all(grid[0]):
        titles.append(grid.pop(0)[0].cell.text)
        heads = heads - 1 if heads else heads
    if not grid:
        return ""
    count = min(max(1, heads if heads is not None else _heads(grid)), len(grid))
    names = [_name([row[at] for row in grid[:count]]) for at in range(len(grid[0]))]
    lines = [_line(names), _line(["---"] * len(names))]
    lines += [_line(_values(row)) for row in grid[count:]]
    return "\n\n".join([*titles, "\n".join(lines)])


def one_line(text: str) -> str:
    return _SPACE.sub(" ", text).strip()


def _grid(rows: Sequence[Sequence[Cell]]) -> list[list[_Place]]:
    """Every place of the table with the cell that covers it, also from above or the left."""
    places: dict[tuple[int, int], _Place] = {}
    width = 0
    for at, row in enumerate(rows):
        column = 0
        for cell in row:
            while (at, column) in places:
                column += 1
            if column >= MAX_COLUMNS:
                break
            across = min(max(1, cell.columns), MAX_COLUMNS - column)
            down = min(max(1, cell.rows), len(rows) - at)
            for y in range(at, at + down):
                for x in range(column, column + across):
                    places.setdefault((y, x), _Place(cell, first=(y, x) == (at, column)))
            column += across
            width = max(width, column)
    return [[places.get((y, x), _NOTHING) for x in range(width)] for y in range(len(rows))]


def _spans_all(row: list[_Place]) -> bool:
    return bool(row[0].cell.text) and all(place.cell is row[0].cell for place in row)


def _heads(grid: list[list[_Place]]) -> int:
    """Marked header rows, else as deep as the merged cells of the first row reach."""
    marked = 0
    while marked < len(grid) and all(place.cell.head for place in grid[marked]):
        marked += 1
    if marked:
        return marked
    grouped = any(place.cell.columns > 1 for place in grid[0])
    return max(place.cell.rows for place in grid[0]) if grouped else 1


def _name(places: list[_Place]) -> str:
    """The path of header cells above a column, each once."""
    parts = dict.fromkeys(place.cell.text for place in places if place.cell.text)
    return _JOIN.join(parts)


def _values(row: list[_Place]) -> list[str]:
    """A cell across the whole row is said once; any other is said in each place it covers."""
    if len(row) > 1 and _spans_all(row):
        return [row[0].cell.text, *([""] * (len(row) - 1))]
    return [place.cell.text for place in row]


def _line(values: Sequence[str]) -> str:
    return f"| {' | '.join(_escaped(value) for value in values)} |"


def _escaped(value: str) -> str:
    return one_line(value).replace("|", "\\|")
