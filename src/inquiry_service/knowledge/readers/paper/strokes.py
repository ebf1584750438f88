"""Strokes of a drawing: those that are straight and upright may rule a table."""

import math
from collections.abc import Iterator, Sequence
from itertools import pairwise

from inquiry_service.knowledge.readers.paper.page import Ruling

Point = tuple[float, float]
_THIN = 3.0
_SHORT = 4.0
"""Points."""


def straight_in(chain: Sequence[Point]) -> Iterator[Ruling]:
    """The rulings in a chain of points joined by lines; a thin filled box is one of them."""
    if len(chain) <= 1 or not all(map(math.isfinite, (v for point in chain for v in point))):
        return
    left, right = min(x for x, _ in chain), max(x for x, _ in chain)
    top, bottom = min(y for _, y in chain), max(y for _, y in chain)
    a_box = len(chain) > len(("from", "to"))
    if a_box and min(right - left, bottom - top) <= _THIN:
        if max(right - left, bottom - top) > _SHORT:
            yield Ruling(left, top, right, bottom)
        return
    for (x0, y0), (x1, y1) in pairwise(chain):
        if max(abs(x1 - x0), abs(y1 - y0)) > _SHORT and min(abs(x1 - x0), abs(y1 - y0)) < 1:
            yield Ruling(min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1))
