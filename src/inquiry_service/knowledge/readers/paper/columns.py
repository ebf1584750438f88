"""In which order the lines of a page are read: two columns one after the other, else by row."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from statistics import median

from inquiry_service.knowledge.readers.paper.page import Item, Line

_FEWEST = 3
"""Lines that a column has at least."""
_MOST = 2000
"""Lines of a page; one with more is no text set in columns, and comparing all takes long."""
_SHORTEST = 8
"""Characters in the middle line of a column of prose; a cell of a table has fewer."""
_FULL, _FULL_SHARE = 0.85, 0.4
_DEEPEST = 3


@dataclass(frozen=True, slots=True)
class Column:
    """Items read from the top down. `narrow`: it shares the page's width with another."""

    items: tuple[Item, ...]
    narrow: bool = False


def columns_of(items: Sequence[Item], depth: int = 0) -> list[Column]:
    """The columns of a page, or of a part of it, in reading order."""
    if not items:
        return []
    for gutter in _gutters(items) if depth < _DEEPEST else ():
        bands = _bands(items, gutter)
        if any(isinstance(band, tuple) for band in bands):
            return _read(bands, depth)
    return [Column(tuple(_by_row(items)), narrow=depth > 0)]


def _gutters(items: Sequence[Item]) -> list[float]:
    """Where several lines begin that are not at the left: right edges of possible gutters."""
    lines = [item for item in items if isinstance(item, Line)]
    if not 2 * _FEWEST <= len(lines) <= _MOST:
        return []
    left, right = min(i.left for i in lines), max(i.right for i in lines)
    size = median(line.size for line in lines)
    starts = sorted(line.left for line in lines if line.left > left + 0.2 * (right - left))
    found: list[tuple[int, float]] = []
    for start in starts:
        near = sum(start - 0.5 * size <= other <= start + 2.5 * size for other in starts)
        if near >= _FEWEST and not any(abs(start - known) < size for _, known in found):
            found.append((near, start))
    return [start for _, start in sorted(found, key=lambda f: -f[0])][:8]


def _bands(
    items: Sequence[Item], gutter: float
) -> list[list[Item] | tuple[list[Item], list[Item]]]:
    """What crosses the gutter parts the page; what lies between is a pair of columns, or not."""
    bands: list[list[Item] | tuple[list[Item], list[Item]]] = []
    left: list[Item] = []
    right: list[Item] = []

    def close() -> None:
        if _prose(left) and _prose(right) and _side_by_side(left, right):
            bands.append((left[:], right[:]))
        elif left or right:
            bands.append([*left, *right])
        left.clear()
        right.clear()

    for item in sorted(items, key=lambda i: (i.top, i.left)):
        if item.left >= gutter - 0.5:
            right.append(item)
        elif item.right <= gutter:
            left.append(item)
        else:
            close()
            bands.append([item])
    close()
    return bands


def _read(bands: list[list[Item] | tuple[list[Item], list[Item]]], depth: int) -> list[Column]:
    columns: list[Column] = []
    for band in bands:
        if isinstance(band, tuple):
            for side in band:
                columns += [replace(c, narrow=True) for c in columns_of(side, depth + 1)]
        elif columns and not columns[-1].narrow:
            columns[-1] = Column((*columns[-1].items, *_by_row(band)))
        else:
            columns.append(Column(tuple(_by_row(band)), narrow=depth > 0))
    return columns


def _prose(side: Sequence[Item]) -> bool:
    lines = [item for item in side if isinstance(item, Line)]
    if len(lines) < _FEWEST or median(len(line.text) for line in lines) < _SHORTEST:
        return False
    left, right = min(line.left for line in lines), max(line.right for line in lines)
    full = sum(line.right - left >= _FULL * (right - left) for line in lines)
    return full >= _FULL_SHARE * len(lines)


def _side_by_side(left: Sequence[Item], right: Sequence[Item]) -> bool:
    top = max(min(i.top for i in left), min(i.top for i in right))
    bottom = min(max(i.bottom for i in left), max(i.bottom for i in right))
    shorter = min(max(i.bottom for i in side) - min(i.top for i in side) for side in (left, right))
    return bottom - top >= 0.5 * shorter


def _by_row(items: Sequence[Item]) -> list[Item]:
    """Lines on one height are one line, from left to right."""
    rows: list[Item] = []
    for item in sorted(items, key=lambda i: (i.middle, i.left)):
        last = rows[-1] if rows else None
        if isinstance(last, Line) and isinstance(item, Line) and _same_row(last, item):
            rows[-1] = _beside(last, item)
        else:
            rows.append(item)
    return rows


def _same_row(one: Line, other: Line) -> bool:
    height = min(one.bottom - one.top, other.bottom - other.top)
    apart = other.left >= one.right or one.left >= other.right
    return apart and abs(one.middle - other.middle) < 0.5 * height


def _beside(one: Line, other: Line) -> Line:
    first, second = (one, other) if one.left <= other.left else (other, one)
    return replace(
        first,
        text=f"{first.text} {second.text}",
        parted=True,
        right=max(first.right, second.right),
        top=min(first.top, second.top),
        bottom=max(first.bottom, second.bottom),
    )
