"""The straight lines that a PDF page draws, and whether it shows pictures."""

import ctypes
from collections.abc import Iterator
from itertools import islice
from typing import Any

from inquiry_service.knowledge.readers.paper.grid import MAX_RULINGS
from inquiry_service.knowledge.readers.paper.page import Ruling
from inquiry_service.knowledge.readers.paper.strokes import Point, straight_in
from inquiry_service.knowledge.readers.pdf_turning import Turning

_MAX_OBJECTS = 20_000
_MAX_POINTS = 2_000
_DENSE = 60
_LARGE_SHARE = 0.02
"""Of the page; a smaller picture is an ornament."""


def rulings_of(page: Any, turning: Turning) -> list[Ruling]:
    """Lines, thin boxes and the sides of boxes. None when there are too many to be a table."""
    from pypdfium2 import raw

    found: list[Ruling] = []
    for drawn in _objects(page, raw.FPDF_PAGEOBJ_PATH):
        for path in _paths(drawn):
            found += straight_in([turning.point(*point) for point in path])
        if len(found) > MAX_RULINGS:
            return []
    return found


def has_pictures(page: Any) -> bool:
    """Whether pictures, or drawings dense enough to be outlined text, cover part of the page."""
    from pypdfium2 import PdfiumError, raw

    width, height = page.get_size()
    for picture in _objects(page, raw.FPDF_PAGEOBJ_IMAGE):
        try:
            left, bottom, right, top = picture.get_bounds()
        except PdfiumError:
            continue
        if (right - left) * (top - bottom) >= _LARGE_SHARE * width * height:
            return True
    outlines = islice(_objects(page, raw.FPDF_PAGEOBJ_PATH), _DENSE)
    return sum(1 for _ in outlines) == _DENSE


def _objects(page: Any, kind: int) -> Iterator[Any]:
    return islice(page.get_objects(filter=[kind], max_depth=5), _MAX_OBJECTS)


def _paths(drawn: Any) -> Iterator[list[Point]]:
    """The path's strokes as chains of points on the page; a curve ends a chain."""
    from pypdfium2 import raw

    count = raw.FPDFPath_CountSegments(drawn)
    if not 1 < count <= _MAX_POINTS:
        return
    matrices = list(_matrices(drawn))
    chain: list[Point] = []
    x, y = ctypes.c_float(), ctypes.c_float()
    for index in range(count):
        segment = raw.FPDFPath_GetPathSegment(drawn, index)
        kind = raw.FPDFPathSegment_GetType(segment)
        raw.FPDFPathSegment_GetPoint(segment, x, y)
        point = _placed((x.value, y.value), matrices)
        if kind != raw.FPDF_SEGMENT_LINETO:
            yield chain
            chain = []
        chain.append(point)
        if raw.FPDFPathSegment_GetClose(segment) and kind == raw.FPDF_SEGMENT_LINETO:
            yield [*chain, chain[0]]
            chain = []
    yield chain


def _matrices(drawn: Any) -> Iterator[Any]:
    while drawn is not None:
        yield drawn.get_matrix()
        drawn = drawn.container


def _placed(point: Point, matrices: list[Any]) -> Point:
    x, y = point
    for matrix in matrices:
        x, y = matrix.on_point(x, y)
    return x, y
