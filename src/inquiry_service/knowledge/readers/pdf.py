"""PDF: text where there is text, recognised pictures where there is none."""

from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from typing import Any

from inquiry_service.knowledge.readers import ocr
from inquiry_service.knowledge.readers.extracted import Extracted, Unreadable
from inquiry_service.knowledge.readers.paper.composing import compose
from inquiry_service.knowledge.readers.paper.numbering import spelled
from inquiry_service.knowledge.readers.paper.page import Page
from inquiry_service.knowledge.readers.pdf_page import PageReading, picture_of, read_page

MAX_PAGES = 2000
MAX_RECOGNISED_PAGES = 50
"""Recognising one page takes several seconds of one core."""
_MAX_SIDE = 14_400.0
"""Points; PDF's own limit for a page, five metres."""
_PASSWORD, _SECURITY = 4, 5
"""Error codes of PDFium."""
_WITHOUT_TEXT = "是图片，没有文字"


def read_pdf(
    data: bytes,
    name: str,  # noqa: ARG001 - all readers are called alike
    *,
    can_recognise: Callable[[], bool] = ocr.available,
) -> Extracted:
    """The text of a PDF file.

    Raises:
        Unreadable: protected by a password, damaged, too long, or only pictures while nothing
            that recognises text is installed.
    """
    with _opened(data) as document:
        count = len(document)
        if count > MAX_PAGES:
            raise Unreadable(f"有 {count} 页，超过 {MAX_PAGES} 页的上限，请按章节拆成几个文件")
        readings = [_read(document, number) for number in range(count)]
        pages, warnings = _recognised(document, readings, can_recognise)
        title = str(document.get_metadata_value("Title"))
    extracted = compose(pages, info_title=title, warnings=warnings)
    if not extracted.text.strip():
        raise Unreadable("PDF 里没有文字（各页都是空白），请检查原件或换一个版本")
    return extracted


@contextmanager
def _opened(data: bytes) -> Iterator[Any]:
    from pypdfium2 import PdfDocument, PdfiumError

    if b"%PDF" not in data[:1024]:
        raise Unreadable("不是 PDF 文件（开头没有 PDF 标记），请确认扩展名与内容一致")
    try:
        document = PdfDocument(data)
    except PdfiumError as fault:
        raise Unreadable(_why(fault.err_code)) from fault
    with closing(document):
        yield document


def _why(code: int | None) -> str:
    if code == _PASSWORD:
        return "有打开密码，读不了，请去掉密码后另存一份再放入"
    if code == _SECURITY:
        return "加了本系统不支持的保护，请去掉保护后另存一份再放入"
    return "PDF 已损坏或不完整，请重新下载或重新导出后再放入"


def _read(document: Any, number: int) -> PageReading:
    from pypdfium2 import PdfiumError

    try:
        width, height = document.get_page_size(number)
        if not 0 < max(width, height) <= _MAX_SIDE:
            metres = max(width, height) / 72 * 0.0254
            raise Unreadable(
                f"第 {number + 1} 页的尺寸不正常（{metres:.1f} 米），请重新导出后再放入"
            )
        with closing(document[number]) as page:
            return read_page(page)
    except PdfiumError:
        return PageReading(Page(1.0, 1.0), broken=True)


def _recognised(
    document: Any, readings: list[PageReading], can_recognise: Callable[[], bool]
) -> tuple[list[Page], list[str]]:
    """The pages, those without text recognised as far as possible, and what to tell about them."""
    pages = [reading.page for reading in readings]
    warnings = _faults(readings)
    wanted = [number for number, reading in enumerate(readings) if reading.pictorial]
    if not wanted:
        return pages, warnings
    if not can_recognise():
        if all(r.pictorial or not (r.page.lines or r.page.tables) for r in readings):
            raise Unreadable(ocr.MISSING)
        warnings.append(f"第 {spelled(wanted)} 页{_WITHOUT_TEXT}，没有读入；{ocr.INSTALL}")
        return pages, warnings
    doubts = ocr.Doubts()
    for number in wanted[:MAX_RECOGNISED_PAGES]:
        found = _recognise(document, number, doubts)
        if found and found.lines:
            pages[number] = found
    if left := wanted[MAX_RECOGNISED_PAGES:]:
        warnings.append(
            f"第 {spelled(left)} 页{_WITHOUT_TEXT}，一个文件最多识别 {MAX_RECOGNISED_PAGES} 页，"
            "这些页没有读入，请拆成几个文件"
        )
    if not any(page.lines or page.tables for page in pages):
        raise Unreadable(ocr.NOTHING_FOUND)
    return pages, [*warnings, *doubts.warnings()]


def _recognise(document: Any, number: int, doubts: ocr.Doubts) -> Page | None:
    """The page as recognised; none when PDFium cannot draw it."""
    from pypdfium2 import PdfiumError

    try:
        with closing(document[number]) as page:
            return ocr.recognise(picture_of(page), page.get_width(), number, doubts)
    except PdfiumError:
        return None


def _faults(readings: list[PageReading]) -> list[str]:
    broken = [number for number, reading in enumerate(readings) if reading.broken]
    slanted = [number for number, reading in enumerate(readings) if reading.slanted]
    if len(broken) == len(readings):
        raise Unreadable("PDF 的每一页都已损坏，请重新下载或重新导出后再放入")
    warnings = []
    if broken:
        warnings.append(f"第 {spelled(broken)} 页已损坏，没有读入，请重新导出后再放入")
    if slanted:
        warnings.append(f"第 {spelled(slanted)} 页有斜排或竖排的文字（多半是水印），没有读入")
    return warnings
