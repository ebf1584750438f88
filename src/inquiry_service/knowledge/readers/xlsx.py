"""Workbooks: each sheet under its name, each row with the header path of its columns."""

import io
import re
import warnings as python_warnings
from collections.abc import Iterator
from typing import Any

import openpyxl
from openpyxl.utils import range_boundaries

from inquiry_service.knowledge.readers.extracted import Extracted, Unreadable
from inquiry_service.knowledge.readers.gfm import one_line
from inquiry_service.knowledge.readers.limits import MAX_CELLS, MAX_COLUMNS, MB
from inquiry_service.knowledge.readers.packages import open_package, read_member
from inquiry_service.knowledge.readers.sheets import Sheet, title_of
from inquiry_service.knowledge.readers.xlsx_values import displayed

_SHEET_FILE = re.compile(r"xl/worksheets/[^/]+\.xml")
_MAX_SHEET_FILES = 120 * MB
_NO_RESULT = re.compile(rb"<f(?:>|\s)[^<]*(?:</f>)?(?:<v\s*/>|<v></v>)?</c>|<f[^>]*/></c>")
_MERGED = re.compile(rb'<mergeCell\s[^>]*?ref="([A-Z0-9:]{2,30})"')
_DEFAULT_NAME = re.compile(r"(?:sheet|工作表)\s*\d*", re.IGNORECASE)


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
    sheets = [_seen(sheet) for sheet in shown]
    if sum(len(sheet.values) for sheet in sheets) > MAX_CELLS:
        raise Unreadable(f"表格超过 {MAX_CELLS // 10_000} 万个格子的上限，请拆成几个文件")
    title = title_of(sheets)
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


def _seen(sheet: Any) -> Sheet:
    """What a person sees of it: no hidden rows and columns."""
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
    return Sheet(sheet.title, values, spans, covered, rows, columns, tuple(told))


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
