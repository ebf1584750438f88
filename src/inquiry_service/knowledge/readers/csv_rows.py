"""Tables as plain text (CSV): the delimiter told by the lines, each row under its header path."""

import csv
import re
from collections.abc import Sequence

from inquiry_service.knowledge.readers.decoding import Undecodable, decode
from inquiry_service.knowledge.readers.extracted import Extracted, Unreadable
from inquiry_service.knowledge.readers.gfm import one_line
from inquiry_service.knowledge.readers.limits import MAX_CELLS, MAX_COLUMNS
from inquiry_service.knowledge.readers.sheets import Sheet, title_of

_DELIMITERS = ",\t;|，"
_NAMED = re.compile(r"sep=(?P<delimiter>.)\n", re.IGNORECASE)
_SAMPLE = 200
"""Lines from which the delimiter is told."""
_FIGURE = re.compile(r"[-+]?[\d,.]+[%％]?|[-—/]")

Rows = list[list[str]]


def read_csv(data: bytes, name: str) -> Extracted:  # noqa: ARG001 - as every reader
    """The lines above the table, the table, the notes below it, as of a sheet of a workbook.

    Raises:
        Unreadable: no text, a line that no table has, too many cells, or none.
    """
    try:
        text = decode(data)
    except Undecodable as fault:
        raise Unreadable(str(fault)) from fault
    said = _NAMED.match(text)
    rest = text[said.end() :] if said else text
    sheet = _sheet(_rows(rest, said["delimiter"] if said else _delimiter(rest)))
    if not sheet.values:
        raise Unreadable("表格里没有内容，请确认文件没有选错")
    title = title_of([sheet])
    blocks = [*([f"# {title}"] if title else []), *sheet.blocks(without=title)]
    return Extracted("\n\n".join(blocks), warnings=sheet.warnings)


def _delimiter(text: str) -> str:
    """The one that cuts most lines into more than one piece, and into as many as other lines."""
    sample = "\n".join(text.split("\n")[:_SAMPLE])
    return max(_DELIMITERS, key=lambda each: _regularity(_quoted(sample, each)))


def _regularity(rows: Rows) -> int:
    widths = [len(row) for row in rows if len(row) > 1]
    return max((widths.count(width) for width in set(widths)), default=0)


def _quoted(text: str, delimiter: str, *, strict: bool = False) -> Rows:
    lines = text.splitlines(keepends=True)
    try:
        return list(csv.reader(lines, delimiter=delimiter, strict=strict))
    except csv.Error:
        return []


def _unquoted(text: str, delimiter: str) -> Rows:
    """A mark that is never closed would swallow the rest of the file: marks are text then."""
    try:
        return list(csv.reader(text.split("\n"), delimiter=delimiter, quoting=csv.QUOTE_NONE))
    except csv.Error as fault:
        raise Unreadable(
            "有一行长得不像表格，请用 Excel 或 WPS 打开后另存为 .xlsx，再放入"
        ) from fault


def _rows(text: str, delimiter: str) -> Rows:
    parsed = _quoted(text, delimiter, strict=True) or _unquoted(text, delimiter)
    rows = [[one_line(cell) for cell in row] for row in parsed]
    if sum(map(len, rows)) > MAX_CELLS:
        raise Unreadable(f"表格超过 {MAX_CELLS // 10_000} 万个格子的上限，请拆成几个文件")
    return rows


def _sheet(rows: Rows) -> Sheet:
    values = {
        (at, column): cell
        for at, row in enumerate(rows)
        for column, cell in enumerate(row[:MAX_COLUMNS])
        if cell
    }
    shown = tuple(sorted({row for row, _ in values}))
    columns = tuple(sorted({column for _, column in values}))
    spans = _spans(values, shown, columns)
    covered = {
        (row + down, column + right)
        for (row, column), (deep, across) in spans.items()
        for down in range(deep)
        for right in range(across)
        if down or right
    }
    beyond = any(len(row) > MAX_COLUMNS for row in rows)
    told = (f"表格超过 {MAX_COLUMNS} 列，后面的没有读入",) if beyond else ()
    return Sheet("", values, spans, frozenset(covered), shown, columns, told)


def _spans(
    values: dict[tuple[int, int], str], rows: Sequence[int], columns: Sequence[int]
) -> dict[tuple[int, int], tuple[int, int]]:
    """Where cells of the head were merged before the workbook was saved as CSV.

    That is so where the row below the head fills just the places that the head leaves empty.
    """
    wide = [row for row in rows if sum((row, column) in values for column in columns) > 1]
    if len(wide) < 3 or wide[1] != wide[0] + 1:  # noqa: PLR2004 - two rows of head and one below
        return {}
    head, below = ([values.get((row, column), "") for column in columns] for row in wide[:2])
    open_places = [at for at, name in enumerate(head) if not name]
    if not open_places or not head[0] or below[0] or not all(below[at] for at in open_places):
        return {}
    if any(_FIGURE.fullmatch(name) for name in below):
        return {}
    spans: dict[tuple[int, int], tuple[int, int]] = {}
    for at, name in enumerate(head):
        if name:
            across = next((n for n in range(1, len(head) - at) if head[at + n]), len(head) - at)
            deep = 1 if below[at] else 2
            spans[wide[0], columns[at]] = (deep, across)
    return spans
