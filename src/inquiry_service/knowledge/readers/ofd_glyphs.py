"""The text of OFD pages with its places: by `ofdkit`, or by ourselves when it gives up."""

import math
from collections.abc import Iterator
from itertools import islice
from typing import Any

from inquiry_service.knowledge.readers.ofd_geometry import Frame
from inquiry_service.knowledge.readers.ofd_package import named
from inquiry_service.knowledge.readers.ofd_structure import OfdPage, TextObject
from inquiry_service.knowledge.readers.paper.joining import is_wide
from inquiry_service.knowledge.readers.paper.page import Glyph

_POINTS = 72 / 25.4
_USUAL_SIZE = 4.0
_BOLD_WEIGHT = 600
MAX_RUNS = 60_000
"""On one page."""


def glyphs_by_ofdkit(data: bytes, count: int) -> list[list[Glyph]]:
    """The runs of every page; nothing when the library fails or sees other pages than we do."""
    import ofdkit

    try:
        with ofdkit.open(data) as document:
            pages = [_placed(page) for page in islice(document.pages, count + 1)]
    except Exception:
        return [[] for _ in range(count)]
    return pages if len(pages) == count else [[] for _ in range(count)]


def _placed(page: Any) -> list[Glyph]:
    left, top, _, _ = page.box
    return [
        Glyph(
            run.text,
            (run.x - left) * _POINTS,
            (run.x - left + run.width) * _POINTS,
            (run.y - top) * _POINTS,
            max(run.size * _POINTS, 0.1),
        )
        for run in islice(page.runs, MAX_RUNS)
        if all(map(math.isfinite, (run.x, run.y, run.width, run.size)))
    ]


def glyphs_on(page: OfdPage) -> list[Glyph]:
    """The runs of a page as its XML places them."""
    return list(islice((g for text in page.texts for g in _runs(text)), MAX_RUNS))


def _runs(text: TextObject) -> Iterator[Glyph]:
    element, frame = text.element, text.frame
    size = _number(element.get("Size"), _USUAL_SIZE)
    bold = _number(element.get("Weight"), 400.0) >= _BOLD_WEIGHT
    x = y = 0.0
    for code in named(element, "TextCode"):
        x, y = _number(code.get("X"), x), _number(code.get("Y"), y)
        spelled = "".join(c for c in code.text or "" if c >= " ").replace("\ufeff", "")
        if spelled:
            yield _glyph(spelled, (x, y), _advances(code.get("DeltaX")), size, frame, bold)


def _glyph(
    text: str,
    origin: tuple[float, float],
    advances: list[float],
    size: float,
    frame: Frame,
    bold: bool,
) -> Glyph:
    width = sum(
        advances[n] if n < min(len(advances), len(text) - 1) else _width(character, size)
        for n, character in enumerate(text)
    )
    left, baseline = frame.point(*origin)
    right, _ = frame.point(origin[0] + width, origin[1])
    return Glyph(text, min(left, right), max(left, right), baseline, frame.length(size), bold)


def _width(character: str, size: float) -> float:
    return size if is_wide(character) else size / 2


def _advances(deltas: str | None) -> list[float]:
    """The steps between characters; `g 5 3.2` stands for five steps of 3.2."""
    tokens = iter((deltas or "").split()[:MAX_RUNS])
    steps: list[float] = []
    for step in tokens:
        if step == "g":
            times, width = _number(next(tokens, None), 0.0), _number(next(tokens, None), 0.0)
            steps += [width] * max(0, min(int(times), MAX_RUNS - len(steps)))
        else:
            steps.append(_number(step, 0.0))
    return steps


def _number(text: str | None, otherwise: float) -> float:
    try:
        value = float(text) if text is not None else otherwise
    except ValueError:
        return otherwise
    return value if math.isfinite(value) else otherwise
