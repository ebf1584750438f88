"""A sheet of cells, whatever file it stood in: titles, tables with their header rows, notes."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from inquiry_service.knowledge.readers.gfm import Cell, table

_NOTE = re.compile("注|备注|说明|附注|填表|制表|单位|来源|联系")
_MAX_TITLE = 80
_MAX_HEAD_ROWS = 5


@dataclass(frozen=True, slots=True)
class Sheet:
    """`values` by row and column, only where there is something to see."""

    name: str
    values: dict[tuple[int, int], str]
    spans: dict[tuple[int, int], tuple[int, int]]
    covered: frozenset[tuple[int, int]]
    rows: tuple[int, ...]
    columns: tuple[int, ...]
    warnings: tuple[str, ...]

    def blocks(self, *, without: str = "") -> Iterator[str]:
        """Lines and tables from top to bottom; an empty row parts two tables."""
        for group in self._groups():
            lines: list[str] = []
            while group and self._is_line(group[0], group):
                lines.append(self.line(group.pop(0)))
            notes: list[str] = []
            while group and self._is_note(group[-1], group):
                notes.insert(0, self.line(group.pop()))
            yield from (line for line in lines if line != without)
            if group and (text := table(self._cells(group), heads=self._heads(group))):
                yield text
            yield from notes

    def _groups(self) -> Iterator[list[int]]:
        group: list[int] = []
        for row in self.rows:
            if group and row > self._end(group):
                yield group
                group = []
            group.append(row)
        if group:
            yield group

    def _end(self, group: list[int]) -> int:
        """The first row that no longer belongs to these rows, counting merged cells."""
        reach = max((r + down for (r, _), (down, _) in self._spans_of(group[-1])), default=0)
        return max(group[-1] + 1, reach)

    def _spans_of(self, row: int) -> Iterator[tuple[tuple[int, int], tuple[int, int]]]:
        for column in self.columns:
            if (row, column) in self.spans:
                yield (row, column), self.spans[row, column]

    def present(self, row: int) -> list[int]:
        return [column for column in self.columns if (row, column) in self.values]

    def _is_line(self, row: int, group: list[int]) -> bool:
        """One thing in the row, which merged cells from above do not reach: a title or note."""
        present = self.present(row)
        if len(present) != 1 or any((row, column) in self.covered for column in self.columns):
            across = self.spans.get((row, present[0]), (1, 1)) if present else (1, 1)
            return len(present) == 1 and across[0] == 1 and across[1] >= len(self.columns)
        return len(group) == 1 or (len(self.columns) > 1 and present[0] == self.columns[0])

    def _is_note(self, row: int, group: list[int]) -> bool:
        """A row with only its first cell filled is a row, unless it says that it is a note."""
        if not self._is_line(row, group):
            return False
        across = self.spans.get((row, self.present(row)[0]), (1, 1))[1]
        return across > 1 or len(group) == 1 or bool(_NOTE.match(self.line(row)))

    def line(self, row: int) -> str:
        return self.values[row, self.present(row)[0]]

    def _cells(self, group: list[int]) -> list[list[Cell]]:
        rows = []
        for row in group:
            cells = []
            for column in self.columns:
                if (row, column) in self.covered:
                    continue
                down, across = self.spans.get((row, column), (1, 1))
                seen_down = sum(row <= other < row + down for other in group)
                seen_across = sum(column <= other < column + across for other in self.columns)
                text = self.values.get((row, column), "")
                cells.append(Cell(text, rows=seen_down, columns=seen_across))
            rows.append(cells)
        return rows

    def _heads(self, group: list[int]) -> int:
        """As deep as merged cells of the first row reach; a group name stands over its parts."""
        first = dict(self._spans_of(group[0]))
        grouped = any(across > 1 for _, across in first.values())
        deep = max((down for down, _ in first.values()), default=1)
        reach = group[0] + max(deep, 2 if grouped else 1)
        return min(sum(row < reach for row in group), _MAX_HEAD_ROWS)


def title_of(sheets: Sequence[Sheet]) -> str:
    """What stands alone above the table of the first sheet."""
    sheet = next((sheet for sheet in sheets if sheet.values), None)
    if sheet is None or len(sheet.rows) < 2 or len(sheet.present(sheet.rows[0])) != 1:  # noqa: PLR2004
        return ""
    text = sheet.line(sheet.rows[0])
    return text if len(text) <= _MAX_TITLE and not text.startswith(("附件", "附表", "单位")) else ""
