"""A grid with its glyphs becomes a table whose every row can be read by itself."""

import re
from collections.abc import Iterable, Sequence

from inquiry_service.knowledge.readers.paper.grid import Grid, Region
from inquiry_service.knowledge.readers.paper.joining import joined
from inquiry_service.knowledge.readers.paper.lines import text_of_cell
from inquiry_service.knowledge.readers.paper.page import Glyph, Line, Table

_NUMERIC = re.compile(r"[\d.,%％\-—/\s]*")
_DEEPEST_HEADER = 4
_LONGEST_NAME = 40
_LEVEL = " / "
"""Between the levels of a header: 法人或其他组织 / 商业企业."""


def tables_of(
    grids: Iterable[Grid], glyphs: Sequence[Glyph]
) -> tuple[list[Table], list[Line], list[Glyph]]:
    """The tables, captions that stood in their first row, and the glyphs outside of them."""
    tables: list[Table] = []
    captions: list[Line] = []
    rest = list(glyphs)
    for grid in grids:
        inside: dict[Region, list[Glyph]] = {}
        outside: list[Glyph] = []
        for glyph in rest:
            region = grid.place((glyph.left + glyph.right) / 2, glyph.baseline - 0.3 * glyph.size)
            (inside.setdefault(region, []) if region else outside).append(glyph)
        words = {region: _cell(found) for region, found in inside.items()}
        if sum(bool(text) for text in words.values()) <= 1:
            continue
        first = _caption_row(grid, words)
        if first and (caption := words.get(grid.regions[0][0])):
            captions.append(_caption_line(grid, caption, inside[grid.regions[0][0]]))
        tables.append(_table(grid, words, first))
        rest = outside
    return tables, captions, rest


def _cell(glyphs: Sequence[Glyph]) -> str:
    text = ""
    for line in text_of_cell(glyphs):
        text = joined(text, line)
    return text


def _caption_row(grid: Grid, words: dict[Region, str]) -> int:
    """1 when the first row is one cell over all columns, and the grid goes on below it."""
    first = grid.regions[0][0]
    spans_all = first.right - first.left == len(grid.xs) - 1 > 1
    return first.bottom if spans_all and first.bottom < len(grid.ys) - 1 and words.get(first) else 0


def _caption_line(grid: Grid, text: str, glyphs: list[Glyph]) -> Line:
    size = max(glyph.size for glyph in glyphs)
    left, right = min(g.left for g in glyphs), max(g.right for g in glyphs)
    return Line(text, left, grid.ys[0] - 0.2, right, grid.ys[0] - 0.1, size)


def _table(grid: Grid, words: dict[Region, str], first: int) -> Table:
    depth = _header_depth(grid, words, first)
    plain = tuple(_row(grid, words, r) for r in range(first, len(grid.ys) - 1))
    plain = tuple(row for row in plain if any(row))
    header = tuple(
        _LEVEL.join(_levels(grid, words, range(first, first + depth), c))
        for c in range(len(grid.xs) - 1)
    )
    rows = tuple(_row(grid, words, r) for r in range(first + depth, len(grid.ys) - 1))
    named = all(_names_a_column(cell) for cell in header)
    return Table(
        header=header if named else ("",) * len(header),
        rows=tuple(row for row in rows if any(row)) if named else plain,
        plain=plain,
        left=grid.xs[0],
        top=grid.ys[0],
        right=grid.xs[-1],
        bottom=grid.ys[-1],
    )


def _names_a_column(cell: str) -> bool:
    """A number or a sentence in the first row is data: the table has no header."""
    return (
        len(cell) <= _LONGEST_NAME
        and not cell.endswith(("。", "；"))
        and (not cell or not _NUMERIC.fullmatch(cell))
    )


def _header_depth(grid: Grid, words: dict[Region, str], first: int) -> int:
    """Rows of the header: as many as it takes until no header cell covers several columns."""
    last = len(grid.ys) - 1 - first
    depth = 1
    while depth < min(_DEEPEST_HEADER, last - 1):
        row = grid.regions[first + depth - 1]
        reaches = any(region.bottom > first + depth for region in row)
        covers = any(region.right - region.left > 1 and words.get(region) for region in row)
        if not reaches and not (covers and _is_wording(grid, words, first + depth)):
            break
        depth += 1
    return depth


def _is_wording(grid: Grid, words: dict[Region, str], row: int) -> bool:
    """A row of numbers is data, whatever stands above it."""
    texts = [words.get(region, "") for region in grid.regions[row]]
    return not any(text and _NUMERIC.fullmatch(text) for text in texts)


def _levels(grid: Grid, words: dict[Region, str], rows: range, column: int) -> Iterable[str]:
    regions = dict.fromkeys(grid.regions[row][column] for row in rows)
    return (text for region in regions if (text := words.get(region, "")))


def _row(grid: Grid, words: dict[Region, str], row: int) -> tuple[str, ...]:
    """A merged cell speaks in each place it covers; one across the whole row, once."""
    regions = grid.regions[row]
    texts = tuple(words.get(region, "") for region in regions)
    return (texts[0], *[""] * (len(texts) - 1)) if len(set(regions)) == 1 else texts


def continued(first: Table, second: Table) -> Table | None:
    """Both as one, when the second goes on where the first ends; a repeated header is dropped."""
    same = len(first.header) == len(second.header) and all(
        abs(a - b) <= 0.02 * (first.right - first.left)
        for a, b in ((first.left, second.left), (first.right, second.right))
    )
    if not same:
        return None
    rows = second.rows if second.header == first.header else second.plain
    return Table(
        first.header,
        rows,
        second.plain,
        second.left,
        second.top,
        second.right,
        second.bottom,
        second.page,
    )


def gfm_row(cells: Iterable[str]) -> str:
    r"""One physical line; `|` inside a cell is written `\|`."""
    return "| " + " | ".join(" ".join(c.split()).replace("|", r"\|") for c in cells) + " |"


def gfm_head(header: Sequence[str]) -> tuple[str, str]:
    """The header's row and the row of dashes under it."""
    return gfm_row(header), "|" + " --- |" * len(header)
