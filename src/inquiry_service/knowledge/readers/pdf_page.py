"""One page of a PDF: its glyphs and drawn lines, turned the way a reader holds the page."""

from contextlib import closing
from dataclasses import dataclass
from typing import Any

from inquiry_service.knowledge.readers.paper.grid import grids_of
from inquiry_service.knowledge.readers.paper.lines import lines_of
from inquiry_service.knowledge.readers.paper.page import Page
from inquiry_service.knowledge.readers.paper.tables import tables_of
from inquiry_service.knowledge.readers.pdf_glyphs import glyphs_of
from inquiry_service.knowledge.readers.pdf_rulings import has_pictures, rulings_of
from inquiry_service.knowledge.readers.pdf_turning import Turning

_RESOLUTION = 200
"""Dots an inch at which a page is drawn to be recognised."""
_MAX_PIXELS = 12_000_000
_FEWEST_PIXELS, _MAX_SIDE = 48, 12_000
_FEW = 12
"""Characters; a page with a picture and no more text than a stamp or a page number is a scan."""
_FEWEST_SLANTED = 4


@dataclass(frozen=True, slots=True)
class PageReading:
    """What could be read of a page. `pictorial`: its text, if any, is in pictures."""

    page: Page
    pictorial: bool = False
    broken: bool = False
    slanted: bool = False


def read_page(page: Any) -> PageReading:
    """Text and tables of a page that PDFium has opened."""
    with closing(page.get_textpage()) as text:
        found = glyphs_of(text, page)
    turning = Turning(*page.get_mediabox(), rotation=page.get_rotation() + found.turned)
    drawn = rulings_of(page, turning) if found.glyphs else []
    tables, captions, rest = tables_of(grids_of(drawn), found.glyphs)
    lines = (*lines_of(rest), *captions)
    shown = sum(len(glyph.text.strip()) for glyph in found.glyphs)
    pictorial = found.illegible or (shown <= _FEW and has_pictures(page))
    return PageReading(
        Page(turning.width, turning.height, () if found.illegible else lines, tuple(tables)),
        pictorial=pictorial,
        slanted=found.slanted >= _FEWEST_SLANTED and not pictorial,
    )


def picture_of(page: Any) -> Any:
    """The page drawn on a bitmap, as a PIL image of bounded size.

    Raises:
        PdfiumError: the page cannot be drawn, or is a strip.
    """
    from pypdfium2 import PdfiumError

    width, height = page.get_size()
    pixels = width * height * (_RESOLUTION / 72) ** 2
    shrink = min(1.0, (_MAX_PIXELS / pixels) ** 0.5)
    scale = max(_RESOLUTION / 72 * shrink, _FEWEST_PIXELS / min(width, height))
    if scale * max(width, height) > _MAX_SIDE:
        raise PdfiumError("a page of unusual proportions")
    with closing(page.render(scale=scale)) as bitmap:
        return bitmap.to_pil().convert("RGB")
