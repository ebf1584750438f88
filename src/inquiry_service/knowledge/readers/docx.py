"""Word documents: what a person sees on paper, in reading order, as Markdown-flavoured text.

Inserted text of tracked changes counts, deleted text does not; numbers that Word makes by itself
stand in the text, because people cite them. Headers and footers are not text; see `word.margins`.
"""

import io
from collections.abc import Iterator
from typing import Any

import docx
from docx.oxml.ns import qn

from inquiry_service.knowledge.readers.extracted import Extracted, Unreadable
from inquiry_service.knowledge.readers.gfm import Cell, one_line, table
from inquiry_service.knowledge.readers.word.margins import told_by_margins
from inquiry_service.knowledge.readers.word.numbering import Numbering
from inquiry_service.knowledge.readers.word.package import as_plain_document
from inquiry_service.knowledge.readers.word.styles import Styles
from inquiry_service.knowledge.readers.word.words import Words

_PARAGRAPH, _TABLE = qn("w:p"), qn("w:tbl")
_WRAPPERS = frozenset(
    {
        *(qn("w:sdt"), qn("w:sdtContent"), qn("w:ins"), qn("w:moveTo"), qn("w:customXml")),
        *(qn("w:smartTag"), qn("w:body")),
    }
)
_MIN_TITLE, _MAX_TITLE = 3, 120
_MAX_TABLE_DEPTH = 20
_MACROS = "文件带有宏，宏没有运行，只读取了文字"


def read_docx(data: bytes, name: str) -> Extracted:  # noqa: ARG001 - as every reader
    """Headings, numbering, tables, text boxes and notes of a .docx.

    Raises:
        Unreadable: nothing that a person could read in it.
    """
    document = docx.Document(io.BytesIO(as_plain_document(data)))
    reader = _Reader(document)
    text = "\n\n".join(reader.blocks(document.element.body))
    if not text.strip():
        raise Unreadable("文档里没有文字；如果内容是扫描图片，请把图片或 PDF 放入识别")
    pictures = len(document.element.body.findall(f".//{qn('w:drawing')}"))
    few = pictures > 0 and len(text) < 30 * pictures
    warnings = [f"文档里有 {pictures} 张图片，图片里的文字没有读入"] if few else []
    if b"vbaProject.bin" in data:
        warnings.append(_MACROS)
    return Extracted(text, _told(document, text), warnings=tuple(warnings))


def _told(document: Any, text: str) -> dict[str, str]:
    """What the file says beside its text; the title property only when the text says it too."""
    return told_by_margins(document, text) | _title_property(document, text)


def _title_property(document: Any, text: str) -> dict[str, str]:
    """Templates carry other people's titles."""
    title = one_line(document.core_properties.title or "")
    squeezed = "".join(text[: 4 * _MAX_TITLE].replace("#", "").split())
    said = _MIN_TITLE <= len(title) <= _MAX_TITLE and "".join(title.split()) in squeezed
    return {"title": title} if said else {}


class _Reader:
    """Walks a document once: automatic numbers depend on everything before them."""

    def __init__(self, document: Any) -> None:
        self._styles = Styles(document)
        self._numbering = Numbering(document)
        self._words = Words(document)

    def blocks(self, container: Any, depth: int = 0) -> Iterator[str]:
        """Each paragraph, table or note as a block of text."""
        for child in container:
            if child.tag == _PARAGRAPH:
                yield from self._paragraph(child, depth)
            elif child.tag == _TABLE:
                yield from self._table(child, depth)
            elif child.tag in _WRAPPERS:
                yield from self.blocks(child, depth)

    def _paragraph(self, paragraph: Any, depth: int) -> Iterator[str]:
        if self._styles.is_contents(paragraph):
            return
        spoken = self._words.of(paragraph)
        text = spoken.text.strip(" \t\u3000\n")
        level = self._styles.level(paragraph)
        if text:
            number = self._numbering.next(self._styles.numbering(paragraph))
            if level is not None:
                text = one_line(text)
                number = "" if number == "- " else number
            mark = f"{'#' * min(level, 6)} " if level is not None else ""
            yield f"{mark}{number}{text}"
        yield from spoken.notes
        for box in spoken.boxes:
            yield from self.blocks(box, depth)

    def _table(self, element: Any, depth: int) -> Iterator[str]:
        if depth > _MAX_TABLE_DEPTH:
            raise Unreadable("表格嵌套过深，不像正常的文件，没有采用")
        rows = [row for row in element.iter(qn("w:tr")) if _owner(row, _TABLE) is element]
        cells = [list(_cell_elements(row)) for row in rows]
        if all(len(row) == 1 for row in cells):
            # One column frames a text; its paragraphs are read as such.
            for row in cells:
                yield from self.blocks(row[0], depth + 1)
            return
        text = table([list(self._cells(cells, at, depth)) for at in range(len(cells))])
        if text:
            yield text

    def _cells(self, rows: list[list[Any]], at: int, depth: int) -> Iterator[Cell]:
        """The cells that begin in this row; those merged from above are counted there."""
        column = 0
        head = bool(rows[at]) and _is_head(_owner(rows[at][0], qn("w:tr")))
        for cell in rows[at]:
            across = _across(cell)
            if not _continues(cell):
                down = 1
                while at + down < len(rows) and _merged_at(rows[at + down], column):
                    down += 1
                text = " ".join(self.blocks(cell, depth + 1))
                yield Cell(_flat(text), rows=down, columns=across, head=head)
            column += across


def _flat(text: str) -> str:
    """A table inside a cell becomes its words."""
    lines = (line for line in text.split("\n") if not set(line) <= set("|- "))
    return one_line(" ".join(line.strip("| ").replace(" | ", " ") for line in lines))


def _owner(element: Any, tag: str) -> Any:
    return next((above for above in element.iterancestors() if above.tag == tag), None)


def _is_head(row: Any) -> bool:
    """Whether the author had the row repeated on every page."""
    mark = row.find(f"{qn('w:trPr')}/{qn('w:tblHeader')}")
    return mark is not None and mark.get(qn("w:val"), "1") not in {"0", "false", "off"}


def _cell_elements(row: Any) -> Iterator[Any]:
    for cell in row.iter(qn("w:tc")):
        if _owner(cell, qn("w:tr")) is row:
            yield cell


def _across(cell: Any) -> int:
    span = cell.find(f"{qn('w:tcPr')}/{qn('w:gridSpan')}")
    value = span.get(qn("w:val"), "1") if span is not None else "1"
    return max(1, int(value[:4])) if value.isdigit() else 1


def _continues(cell: Any) -> bool:
    """Whether the cell belongs to the one above it."""
    merge = cell.find(f"{qn('w:tcPr')}/{qn('w:vMerge')}")
    return merge is not None and merge.get(qn("w:val"), "continue") != "restart"


def _merged_at(row: list[Any], column: int) -> bool:
    at = 0
    for cell in row:
        if at == column:
            return _continues(cell)
        at += _across(cell)
    return False
