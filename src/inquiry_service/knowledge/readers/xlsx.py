"""Workbooks: each sheet under its name, each row with the header path of its columns."""

import io
import re
import warnings as python_warnings
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import openpyxl
from openpyxl.utils import range_boundaries

from inquiry_service.knowledge.readers.extracted import Extracted, Unreadable
from inquiry_service.knowledge.readers.gfm import Cell, one_line, table
from inquiry_service.knowledge.readers.limits import MAX_CELLS, MAX_COLUMNS, MB
from inquiry_service.knowledge.readers.packages import open_package, read_member
from inquiry_service.knowledge.readers.xlsx_values import displayed

_SHEET_FILE = re.compile(r"xl/worksheets/[^/]+\.xml")
_MAX_SHEET_FILES = 120 * MB
_NO_RESULT = re.compile(rb"<f(?:>|\s)[^<]*(?:</f>)?(?:<v\s*/>|<v></v>)?</c>|<f[^>]*/></c>")
_MERGED = re.compile(rb'<mergeCell\s[^>]*?ref="([A-Z0-9:]{2,30})"')
_DEFAULT_NAME = re.compile(r"(?:sheet|工作表)\s*\d*", re.IGNORECASE)
_NOTE = re.compile("注|备注|说明|附注|填表|制表|单位|来源|联系")
_MAX_TITLE = 80
_MAX_HEAD_ROWS = 5


def read_xlsx(data: bytes, name: str) -> Extracted:  # noqa: ARG001 - as every reader
    """The visible sheets, rows and columns, with values as they are displayed.

    Raises:
        Unreadable: too many cells, or none with anything in it.
    """
    uncomputed = _look_over(data)
    with python_warnings.catch_warnings():
        python_warnings.simplefilter("ignore")  # openpyxl tells of every style it leaves out
        workbook = openpyxl.load_workbook(
            io.BytesIO(data), data_only=True, keep_links=False, keep_vba=False
        )
    shown = [sheet for sheet in workbook.worksheets if sheet.sheet_state == "visible"]
    told = [f"跳过隐藏的工作表“{s.title}”" for s in workbook.worksheets if s not in shown]
    if uncomputed:
        told.append("有的公式没有存下结果，对应的格子是空的；请用 Excel 或 WPS 打开后保存一次")
    if b"vbaProject.bin" in data:
        told.append("文件带有宏，宏没有运行，只读取了文字")
    sheets = [_Sheet.of(sheet) for sheet in shown]
    if sum(len(sheet.values) for sheet in sheets) > MAX_CELLS:
        raise Unreadable(f"表格超过 {MAX_CELLS // 10_000} 万个格子的上限，请拆成几个文件")
    title = _title(sheets)
    blocks = [f"# {title}"] if title else []
    for sheet in sheets:
        told += sheet.warnings
        body = list(sheet.blocks(without=title))
        if body and not (len(sheets) == 1 and _DEFAULT_NAME.fullmatch(sheet.name)):
            blocks.append(f"## {one_line(sheet.name)}")
        blocks += body
    if not any(sheet.values for sheet in sheets):
        raise Unreadable("工作簿里没有看得见的内容，请确认文件没有选错")
    return Extracted("\n\n".join(blocks), warnings=tuple(told))


def _look_over(data: bytes) -> bool:
    """Refuse sheets beyond the limit; whether a formula has no stored result."""
    with open_package(data) as package:
        sheets = [entry for entry in package.infolist() if _SHEET_FILE.fullmatch(entry.filename)]
        if sum(entry.file_size for entry in sheets) > _MAX_SHEET_FILES:
            raise Unreadable("工作表太大，请只留下要公开的部分，或拆成几个文件")
        contents = [read_member(package, entry) for entry in sheets]
    if sum(_merged_places(content) for content in contents) > MAX_CELLS:
        raise Unreadable("合并的格子过多（例如合并了整列），请取消合并后再放入")
    return any(_NO_RESULT.search(content) for content in contents)


def _merged_places(content: bytes) -> int:
    """How many places merged cells cover: the library makes an object for each."""
    places = 0
    for found in _MERGED.finditer(content):
        try:
            left, top, right, bottom = range_boundaries(found[1].decode())
        except ValueError:
            continue
        places += (int(right or 1) - int(left or 1) + 1) * (int(bottom or 1) - int(top or 1) + 1)
    return places


@dataclass(frozen=True, slots=True)
class _Sheet:
    """`values` by row and column, only where there is something to see."""

    name: str
    values: dict[tuple[int, int], str]
    spans: dict[tuple[int, int], tuple[int, int]]
    covered: frozenset[tuple[int, int]]
    rows: tuple[int, ...]
    columns: tuple[int, ...]
    warnings: tuple[str, ...]

    @classmethod
    def of(cls, sheet: Any) -> "_Sheet":
        hidden_rows = {at for at, row in sheet.row_dimensions.items() if row.hidden}
        hidden_columns = set(_hidden_columns(sheet))
        values: dict[tuple[int, int], str] = {}
        left_out = beyond = False
        # The cells that exist: a sheet formatted to its last row has a million that do not.
        for (row, column), cell in sorted(sheet._cells.items()):  # noqa: SLF001
            text = one_line(displayed(cell))
            if not text:
                continue
            if row in hidden_rows or column in hidden_columns:
                left_out = True
            elif column > MAX_COLUMNS:
                beyond = True
            else:
                values[row, column] = text
        rows = tuple(sorted({row for row, _ in values}))
        columns = tuple(sorted({column for _, column in values}))
        spans, covered = _merged(sheet, rows, columns)
        told = []
        if left_out:
            told.append(f"工作表“{sheet.title}”有隐藏的行或列，没有读入")
        if beyond:
            told.append(f"工作表“{sheet.title}”超过 {MAX_COLUMNS} 列，后面的没有读入")
        return cls(sheet.title, values, spans, covered, rows, columns, tuple(told))

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


def _title(sheets: list[_Sheet]) -> str:
    """What stands alone above the table of the first sheet."""
    sheet = next((sheet for sheet in sheets if sheet.values), None)
    if sheet is None or len(sheet.rows) < 2 or len(sheet.present(sheet.rows[0])) != 1:  # noqa: PLR2004
        return ""
    text = sheet.line(sheet.rows[0])
    return text if len(text) <= _MAX_TITLE and not text.startswith(("附件", "附表", "单位")) else ""


def _hidden_columns(sheet: Any) -> Iterator[int]:
    for dimension in sheet.column_dimensions.values():
        if dimension.hidden:
            yield from range(dimension.min or 1, min(dimension.max or 1, MAX_COLUMNS) + 1)


def _merged(
    sheet: Any, rows: tuple[int, ...], columns: tuple[int, ...]
) -> tuple[dict[tuple[int, int], tuple[int, int]], frozenset[tuple[int, int]]]:
    """Where merged cells begin with their size, and every other place they cover."""
    spans: dict[tuple[int, int], tuple[int, int]] = {}
    covered: set[tuple[int, int]] = set()
    for area in sheet.merged_cells.ranges:
        start = (area.min_row, area.min_col)
        spans[start] = (area.max_row - area.min_row + 1, area.max_col - area.min_col + 1)
        covered.update(
            (row, column)
            for row in rows
            if area.min_row <= row <= area.max_row
            for column in columns
            if area.min_col <= column <= area.max_col and (row, column) != start
        )
    return spans, frozenset(covered)
