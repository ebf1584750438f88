"""A row of a table as cells that can be asked for one by one. Pure.

A passage that is a table row has the names of its columns in its path, joined by ` | `; a column
under several heads is named from the top down, `法人或其他组织 / 商业企业`. What stands after
that in the path are the blocks that hold the row: `三、本年度办理结果`, `（三）不予公开`.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from inquiry_service.knowledge.document import Passage

BETWEEN_COLUMNS = " | "
BETWEEN_LEVELS = " / "
NAMELESS = "—"
"""Stands for a column without a name, so that names and cells keep step."""

_CELL_EDGE = re.compile(r"(?<!\\)\|")
_FIGURE = re.compile(
    r"[-+−]?[0-9０-９][0-9０-９,，. ]*(?:%|％|‰|万|亿)?[件条次个项元人户吨亩家份天日]?|[-—－/／]+"
)
_YEAR = re.compile(r"(?:19|20)\d{2}年?度?")
_COUNTING = re.compile("序号|编号|年份|年度|序|行次")


@dataclass(frozen=True, slots=True)
class Cell:
    """One value: `row` and `column` say in full what it is about, as the table words it."""

    row: str
    column: str
    value: str


def cells_of(passage: Passage) -> tuple[Cell, ...]:
    """The cells of a table's row, without its label; none for any other passage.

    A value that spans several columns of one name is one cell, an empty one is none.
    """
    at = _columns_at(passage.path)
    if at is None or not _whole(passage.text):
        return ()
    columns = passage.path[at].split(BETWEEN_COLUMNS)
    values = row_cells(passage.text)
    if len(columns) != len(values):
        return ()
    labels = _label_columns(columns, values)
    row = BETWEEN_LEVELS.join(distinct([*passage.path[at + 1 :], *values[:labels]]))
    named = zip(columns[labels:], values[labels:], strict=True)
    cells = (Cell(row, column, value) for column, value in named if value)
    return tuple(dict.fromkeys(cells))


def row_cells(line: str) -> list[str]:
    r"""The cells of one line of a GFM table; `\|` within a cell is a bar."""
    line = line.strip()
    line = line.removeprefix("|")
    if line.endswith("|") and not line.endswith("\\|"):
        line = line[:-1]
    return [cell.strip().replace("\\|", "|") for cell in _CELL_EDGE.split(line)]


def is_figure(cell: str) -> bool:
    """12, 1,204.5, 35%, 5件, and the dash or stroke that stands for none."""
    return _FIGURE.fullmatch(cell) is not None


def names_a_row(cell: str) -> bool:
    """A word or a year; any other figure is a value."""
    return bool(cell) and (not is_figure(cell) or _YEAR.fullmatch(cell) is not None)


def distinct(labels: Iterable[str]) -> list[str]:
    """Without what is empty, and each once, in order."""
    return list(dict.fromkeys(label for label in labels if label))


def column_names(names: Sequence[str]) -> str:
    """The names as one element of a path."""
    return BETWEEN_COLUMNS.join(name.replace("|", "\\|") or NAMELESS for name in names)


def _whole(row: str) -> bool:
    """A row that was cut for its length lacks one of its edges."""
    return "\n" not in row and row.startswith("|") == row.endswith("|")


def _columns_at(path: Sequence[str]) -> int | None:
    return next((at for at in range(len(path) - 1, -1, -1) if BETWEEN_COLUMNS in path[at]), None)


def _label_columns(columns: Sequence[str], values: Sequence[str]) -> int:
    """How many columns at the left only name the row: those under the first column's head."""
    first = values[0]
    if first and not names_a_row(first) and not _COUNTING.search(columns[0]):
        return 0
    run = next((at for at, name in enumerate(columns) if name != columns[0]), len(columns))
    filled = [at for at in range(run) if not is_figure(values[at]) or at == 0]
    return min(len(filled), len(columns) - 1)
