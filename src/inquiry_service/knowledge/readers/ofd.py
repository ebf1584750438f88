"""OFD (GB/T 33190): the national format of official documents, ZIP and XML inside.

Text is placed by `ofdkit` where it copes, else by our own reading of `TextCode`; tables and
pictures are always found by our own, which knows no more of the format than these need.
"""

from collections.abc import Callable, Sequence

from inquiry_service.knowledge.readers import ocr
from inquiry_service.knowledge.readers.extracted import Extracted, Unreadable
from inquiry_service.knowledge.readers.ofd_glyphs import glyphs_by_ofdkit, glyphs_on
from inquiry_service.knowledge.readers.ofd_package import Package
from inquiry_service.knowledge.readers.ofd_structure import OfdPage, Structure, structure_of
from inquiry_service.knowledge.readers.packages import check_package
from inquiry_service.knowledge.readers.paper.composing import compose
from inquiry_service.knowledge.readers.paper.grid import grids_of
from inquiry_service.knowledge.readers.paper.lines import lines_of
from inquiry_service.knowledge.readers.paper.numbering import spelled
from inquiry_service.knowledge.readers.paper.page import Glyph, Page
from inquiry_service.knowledge.readers.paper.tables import tables_of
from inquiry_service.knowledge.readers.pictures import frames_of

MAX_PAGES = 2000
MAX_RECOGNISED_PAGES = 50


def read_ofd(
    data: bytes,
    name: str,  # noqa: ARG001 - all readers are called alike
    *,
    can_recognise: Callable[[], bool] = ocr.available,
) -> Extracted:
    """The text of an OFD file.

    Raises:
        Unreadable: encrypted, damaged, hostile, too long, or only pictures while nothing that
            recognises text is installed.
    """
    check_package(data)
    with Package(data) as package:
        structure = structure_of(package, MAX_PAGES)
        glyphs = glyphs_by_ofdkit(data, len(structure.pages))
        if not any(glyphs):
            glyphs = [glyphs_on(page) for page in structure.pages]
        pages = [_page(page, found) for page, found in zip(structure.pages, glyphs, strict=True)]
        warnings = _recognise(package, structure, pages, can_recognise)
    extracted = compose(pages, info_title=structure.title, warnings=warnings)
    if not extracted.text.strip():
        raise Unreadable("OFD 里没有文字（各页都是空白），请检查原件或换一个版本")
    return extracted


def _page(page: OfdPage, glyphs: Sequence[Glyph]) -> Page:
    tables, captions, rest = tables_of(grids_of(page.rulings), glyphs)
    return Page(page.width, page.height, (*lines_of(rest), *captions), tuple(tables))


def _recognise(
    package: Package, structure: Structure, pages: list[Page], can_recognise: Callable[[], bool]
) -> list[str]:
    """Fill in pages that are only pictures; what to tell about them."""
    broken = [n for n, page in enumerate(structure.pages) if page.broken]
    warnings = [f"第 {spelled(broken)} 页已损坏，没有读入，请重新取得这个文件"] if broken else []
    wanted = [
        n
        for n, page in enumerate(structure.pages)
        if page.pictures and not pages[n].lines and not pages[n].tables
    ]
    if not wanted:
        return warnings
    if not can_recognise():
        if len(wanted) + len(broken) >= len(pages):
            raise Unreadable(ocr.MISSING)
        return [*warnings, f"第 {spelled(wanted)} 页是图片，没有读入；{ocr.INSTALL}"]
    doubts = ocr.Doubts()
    tried, failed = wanted[:MAX_RECOGNISED_PAGES], wanted[MAX_RECOGNISED_PAGES:]
    failed += [n for n in tried if not _filled(package, structure.pages[n], pages, n, doubts)]
    if failed and len(failed) == len(pages):
        raise Unreadable("OFD 里只有图片，而且没能认出文字，请换有文字的版本或更清楚的扫描件")
    if failed:
        warnings.append(f"第 {spelled(sorted(failed))} 页的图片没有读出文字，请对照原件检查")
    return [*warnings, *doubts.warnings()]


def _filled(
    package: Package, page: OfdPage, pages: list[Page], number: int, doubts: ocr.Doubts
) -> bool:
    """Whether the largest readable picture of the page gave any lines."""
    for path in page.pictures:
        try:
            frame = next(frames_of(package.read(path)))
        except Unreadable:
            continue
        pages[number] = ocr.recognise(frame, page.width, number, doubts)
        if pages[number].lines:
            return True
    return False
