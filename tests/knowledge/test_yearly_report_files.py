"""A yearly report as Word or Excel file: each figure can be asked for by row and applicant."""

import io
from collections.abc import Callable
from pathlib import Path

import docx
import openpyxl
import pytest

from inquiry_service.knowledge.readers import read_file
from inquiry_service.knowledge.tables import cells_of
from knowledge.yearly_report import APPLICANTS, ROWS, merged_cells

TITLE = "某县粮食局2023年政府信息公开工作年度报告"


def as_docx() -> bytes:
    document = docx.Document()
    document.add_heading(TITLE, 0)
    document.add_heading("三、收到和处理政府信息公开申请情况", 1)
    table = document.add_table(rows=3 + len(ROWS), cols=10)
    for top, left, bottom, right, text in merged_cells():
        cell = table.cell(top, left)
        if (top, left) != (bottom, right):
            cell = cell.merge(table.cell(bottom, right))
        cell.text = text
    return _saved(document.save)


def as_xlsx() -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.cell(1, 1, TITLE)
    sheet.merge_cells(start_row=1, end_row=1, start_column=1, end_column=10)
    for top, left, bottom, right, text in merged_cells():
        sheet.cell(top + 2, left + 1, int(text) if text.isdecimal() else text)
        if (top, left) != (bottom, right):
            sheet.merge_cells(
                start_row=top + 2, end_row=bottom + 2, start_column=left + 1, end_column=right + 1
            )
    return _saved(book.save)


def _saved(save: Callable[[io.BytesIO], None]) -> bytes:
    file = io.BytesIO()
    save(file)
    return file.getvalue()


@pytest.mark.parametrize(("name", "made"), [("r.docx", as_docx), ("r.xlsx", as_xlsx)])
def test_every_figure_is_one_cell_under_its_block(
    tmp_path: Path, name: str, made: Callable[[], bytes]
) -> None:
    (tmp_path / name).write_bytes(made())
    document = read_file(tmp_path / name, tmp_path)
    assert document.provenance.title == TITLE
    assert (document.provenance.year, document.provenance.level) == (2023, "县")
    cells = [cell for passage in document.passages for cell in cells_of(passage)]
    found = {(cell.row, cell.column.split(" / ")[-1]): cell.value for cell in cells}
    assert found == {
        (" / ".join(labels), applicant): str(figure)
        for labels, figures in ROWS
        for applicant, figure in zip(APPLICANTS, figures, strict=True)
    }
