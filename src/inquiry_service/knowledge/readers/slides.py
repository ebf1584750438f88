"""Slides (.pptx): each slide a page, its title a heading, its texts and tables in their order."""

import posixpath
import zipfile
from collections.abc import Iterator, Sequence
from typing import Any

from defusedxml.ElementTree import fromstring

from inquiry_service.knowledge.readers.extracted import Extracted, Unreadable
from inquiry_service.knowledge.readers.gfm import Cell, one_line, table
from inquiry_service.knowledge.readers.packages import open_package, read_member

_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_P = "{http://schemas.openxmlformats.org/presentationml/2006/main}"
_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_PRESENTATION = "ppt/presentation.xml"
_TITLES = frozenset({"title", "ctrTitle"})
_FURNITURE = frozenset({"sldNum", "dt", "ftr", "hdr"})
_TEXTS = frozenset({f"{_A}r", f"{_A}fld"})
_FEW = 30
_OFF = frozenset({"0", "false"})
_BETWEEN = "\n\n"


def read_pptx(data: bytes, name: str) -> Extracted:  # noqa: ARG001 - as every reader
    """The slides that are shown, in their order, without notes, numbers and footers.

    Raises:
        Unreadable: damaged, or nothing that a person could read in it.
    """
    with open_package(data) as package:
        slides = [_xml(package, member) for member in _slides_of(package)]
    shown = [slide for slide in slides if slide.get("show", "1") not in _OFF]
    pages: list[str] = []
    for slide in shown:
        pages.append(_BETWEEN.join(_blocks(slide, mark="## " if any(pages) else "# ")))
    text = _BETWEEN.join(page for page in pages if page)
    pictures = sum(len(list(slide.iter(f"{_P}pic"))) for slide in shown)
    if not text.strip():
        raise Unreadable("演示文稿里没有文字；如果内容是图片，请另存为 PDF 后放入识别")
    told = []
    if len(shown) < len(slides):
        told.append(f"有 {len(slides) - len(shown)} 张隐藏的幻灯片，没有读入")
    if pictures and len(text) < _FEW * pictures:
        told.append(f"演示文稿里有 {pictures} 张图片，图片里的文字没有读入")
    return Extracted(text, page_starts=_starts(pages), warnings=tuple(told))


def _starts(pages: Sequence[str]) -> tuple[int, ...]:
    """Where each slide begins; one without text begins where the next one does."""
    starts, at = [], 0
    for page in pages:
        starts.append(at)
        at += len(page) + len(_BETWEEN) if page else 0
    return tuple(starts)


def _slides_of(package: zipfile.ZipFile) -> Iterator[str]:
    """The members that are slides, in the order in which they are shown."""
    relations = _xml(package, "ppt/_rels/presentation.xml.rels")
    targets = {each.get("Id"): each.get("Target", "") for each in relations}
    for slide in _xml(package, _PRESENTATION).iter(f"{_P}sldId"):
        target = targets.get(slide.get(f"{_R}id"))
        if target:
            yield posixpath.normpath(posixpath.join("ppt", target)).lstrip("/")


def _xml(package: zipfile.ZipFile, member: str) -> Any:
    entry = package.NameToInfo.get(member)
    if entry is None:
        raise Unreadable("文件不完整或已损坏，请重新取得这个文件")
    return fromstring(read_member(package, entry))


def _blocks(slide: Any, mark: str) -> Iterator[str]:
    """The title first, wherever it stands in the file."""
    shapes = [shape for shape in _shapes(slide) if _placeholder(shape) not in _FURNITURE]
    titles = [shape for shape in shapes if _placeholder(shape) in _TITLES]
    for shape in titles:
        if title := one_line(" ".join(_paragraphs(shape))):
            yield f"{mark}{title}"
    for shape in shapes:
        if shape in titles:
            continue
        grid = shape.find(f".//{_A}tbl")
        yield from _paragraphs(shape) if grid is None else filter(None, [_table(grid)])


def _shapes(element: Any) -> Iterator[Any]:
    """Shapes and frames, also those in groups, in the order of the file."""
    for child in element:
        if child.tag in {f"{_P}sp", f"{_P}graphicFrame"}:
            yield child
        elif child.tag != _FALLBACK:
            yield from _shapes(child)


def _placeholder(shape: Any) -> str:
    mark = shape.find(f"{_P}nvSpPr/{_P}nvPr/{_P}ph")
    return str(mark.get("type", "body")) if mark is not None else ""


def _paragraphs(element: Any) -> Iterator[str]:
    for paragraph in element.iter(f"{_A}p"):
        text = one_line("".join(_words(paragraph)))
        if text:
            yield text


def _words(paragraph: Any) -> Iterator[str]:
    for child in paragraph:
        if child.tag in _TEXTS:
            yield child.findtext(f"{_A}t") or ""
        elif child.tag == f"{_A}br":
            yield "\n"


def _table(grid: Any) -> str:
    return table([list(_cells(row)) for row in grid.iter(f"{_A}tr")])


def _cells(row: Any) -> Iterator[Cell]:
    """The cells that begin in this row; what merged cells cover is left out."""
    for cell in row.iter(f"{_A}tc"):
        if not {cell.get("hMerge"), cell.get("vMerge")} & {"1", "true"}:
            text = " ".join(_paragraphs(cell))
            yield Cell(text, rows=_count(cell, "rowSpan"), columns=_count(cell, "gridSpan"))


def _count(cell: Any, name: str) -> int:
    told = str(cell.get(name, "1"))
    return max(1, int(told[:4])) if told.isdecimal() else 1
