"""The tables of a text: which lines are heads, and what stands above each row.

A statutory table has heads of several levels and blocks within it (三、本年度办理结果); both are
told from the cells, since a GFM table itself knows one line of heads and nothing else.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from inquiry_service.knowledge.splitting.headings import numbering_of
from inquiry_service.knowledge.splitting.lines import Line
from inquiry_service.knowledge.tables import (
    BETWEEN_LEVELS,
    column_names,
    distinct,
    is_figure,
    names_a_row,
    row_cells,
)

_DELIMITER_ROW = re.compile(r"\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?")
_LONGEST_NAME = 40
_NOTE = re.compile(r"[（(].{15,}[）)]")
"""A note in the corner of a table is no name of a column."""
_UNNUMBERED = 0
_CAPTION_RANK = -1
_CAPTIONS = 2
_CAPTION = re.compile(r"[（(]?单位[：:].{1,10}|[^|。；;，,：:？?！!]{2,40}")

_Row = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Role:
    """What a line of a table's body is: a head (`columns` is None), or a row under heads."""

    columns: str | None = None
    block: tuple[str, ...] = ()


def mark_tables(lines: list[Line]) -> None:
    """GFM: a row of cells, a row of dashes, then rows without a blank line between them."""
    position = 0
    while position < len(lines) - 1:
        if not _opens_table(lines[position], lines[position + 1]):
            position += 1
            continue
        end = position + 2
        while end < len(lines) and _continues_table(lines[end]):
            end += 1
        _mark(lines, position, end)
        position = end


def _opens_table(head: Line, dashes: Line) -> bool:
    return (
        "|" in head.text
        and "|" in dashes.text
        and not (head.fenced or dashes.fenced or dashes.after_blank)
        and _DELIMITER_ROW.fullmatch(dashes.text) is not None
    )


def _continues_table(line: Line) -> bool:
    return not line.after_blank and not line.fenced and "|" in line.text


def _mark(lines: list[Line], start: int, end: int) -> None:
    head = tuple(row_cells(lines[start].text))
    rows = [_of_width(row_cells(line.text), len(head)) for line in lines[start + 2 : end]]
    captions = list(_captions(lines, start)) if rows else []
    for position in captions:
        lines[position] = replace(lines[position], table_head=True)
    labels = [lines[position].text for position in reversed(captions)]
    roles = [_Role(), _Role(), *_roles(head, rows, labels)]
    for position, role in zip(range(start, end), roles, strict=True):
        lines[position] = replace(
            lines[position],
            heading=None,
            table_head=role.columns is None,
            columns=role.columns,
            block=role.block,
        )


def _captions(lines: list[Line], start: int) -> Iterator[int]:
    """表1 收购情况, 单位：万元: short lines right above a table belong to each of its rows."""
    for position in range(start - 1, max(start - 1 - _CAPTIONS, -1), -1):
        line = lines[position]
        alone = line.heading is None and not (line.in_table or line.fenced)
        apart = line.after_blank or position == 0 or lines[position - 1].heading is not None
        if not (alone and apart and _CAPTION.fullmatch(line.text)) or numbering_of(line.text):
            return
        yield position


def _of_width(cells: Sequence[str], width: int) -> _Row:
    return (*cells[:width], *[""] * (width - len(cells)), *cells[width:])


def _roles(head: _Row, rows: Sequence[_Row], captions: Sequence[str]) -> Iterator[_Role]:
    levels = _further_heads(head, rows)
    names = _names([head, *rows[:levels]])
    yield from [_Role()] * levels
    blocks = _Blocks([*captions, *filter(None, [_lone_label(head)])])
    after_block = blocks.any and not levels
    for position in range(levels, len(rows)):
        row = rows[position]
        label = _lone_label(row) if position + 1 < len(rows) else None
        if label:
            blocks.enter(label)
            yield _Role()
        elif after_block and _is_inner_head(row, rows[position + 1 :]):
            names = _names([row])
            yield _Role()
        else:
            yield _Role(names, blocks.over(row))
        after_block = label is not None


def _further_heads(head: _Row, rows: Sequence[_Row]) -> int:
    """How many rows go on with the head: it spans columns, and they tell those apart."""
    if _lone_label(head) or not any(_spanning(head)) or not any(map(_has_figure, rows)):
        return 0
    above = head
    for count, row in enumerate(rows):
        if _has_figure(row) or not any(row) or _lone_label(row) or not _tells_apart(above, row):
            return count
        above = row
    return 0


def _spanning(head: _Row) -> list[bool]:
    """For each column whether its head spans neighbours too: repeated there, or left empty."""
    left = [at > 0 and name in {"", head[at - 1]} for at, name in enumerate(head)]
    right = [head[at + 1 : at + 2] in {("",), (name,)} for at, name in enumerate(head)]
    return [before or after for before, after in zip(left, right, strict=True)]


def _tells_apart(above: _Row, row: _Row) -> bool:
    """Under a head of one column stands the same again, or nothing; names are short."""
    kept = all(
        spans or not name or not below or below == name
        for name, below, spans in zip(above, row, _spanning(above), strict=False)
    )
    return kept and all(len(cell) <= _LONGEST_NAME or _NOTE.fullmatch(cell) for cell in row)


def _names(levels: Sequence[_Row]) -> str:
    filled = [_filled(level) if len(levels) > 1 else level for level in levels[:-1]]
    columns = zip(*filled, levels[-1], strict=False)
    names = (BETWEEN_LEVELS.join(distinct(map(_named, column))) for column in columns)
    return column_names(list(names))


def _named(cell: str) -> str:
    return "" if _NOTE.fullmatch(cell) else cell


def _filled(level: _Row) -> _Row:
    """An empty cell belongs to the head at its left, which spans it."""
    filled: list[str] = []
    for cell in level:
        filled.append(cell or (filled[-1] if filled else ""))
    return tuple(filled)


def _has_figure(row: _Row) -> bool:
    return any(map(is_figure, row))


def _lone_label(row: _Row) -> str | None:
    """The one thing that a row says, in one cell or again and again in all."""
    said = distinct(row)
    if len(said) != 1 or len(row) == 1:
        return None
    label = said[0]
    spans = row[0] == label and (row.count(label) == 1 or row.count(label) == len(row))
    fit = len(label) <= _LONGEST_NAME and not label.endswith(("。", "；")) and not is_figure(label)
    return label if spans and fit else None


def _is_inner_head(row: _Row, later: Sequence[_Row]) -> bool:
    return not _has_figure(row) and len(distinct(row)) > 1 and any(map(_has_figure, later[:1]))


class _Blocks:
    """The rows that hold the rows below them; numbering tells how far.

    Captions hold them all, but one that begins as a block below does (第二十条第（一）项,
    第二十条第（五）项) is the first block.
    """

    def __init__(self, captions: Sequence[str]) -> None:
        self._open = [(_CAPTION_RANK, caption) for caption in captions]
        self._above: _Row = ()

    @property
    def any(self) -> bool:
        return bool(self._open)

    def enter(self, label: str) -> None:
        rank = _rank(label)
        self._close(rank)
        self._open = [held for held in self._open if held[1][:2] != label[:2]]
        self._open.append((rank, label))
        self._above = ()

    def over(self, row: _Row) -> tuple[str, ...]:
        """What holds this row: open blocks, and labels that a cell above spans down to it."""
        label = next((cell for cell in row if cell), "")
        if _rank(label) != _UNNUMBERED:
            self._close(_rank(label))
        carried = self._carried(row)
        self._above = (*carried, *row[len(carried) :])
        return (*(label for _, label in self._open), *distinct(carried))

    def _carried(self, row: _Row) -> _Row:
        blank = next((at for at, cell in enumerate(row) if cell), 0)
        above = self._above[:blank]
        return above if all(map(names_a_row, above)) else ()

    def _close(self, rank: int) -> None:
        self._open = [opened for opened in self._open if opened[0] < rank]


def _rank(label: str) -> int:
    numbering = numbering_of(label)
    return numbering[0] if numbering else _UNNUMBERED
