"""Drawn lines that cross become a grid; a missing line between two cells merges them."""

from bisect import bisect_right
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from inquiry_service.knowledge.readers.paper.page import Ruling

_NEAR = 2.5
"""Two lines nearer than this are one; a corner may be open by this much."""
MAX_RULINGS = 4000
_MAX_CELLS = 20_000


@dataclass(frozen=True, slots=True)
class Region:
    """A cell, perhaps merged: rows and columns from the first up to, without, the second."""

    top: int
    left: int
    bottom: int
    right: int


@dataclass(frozen=True, slots=True)
class Grid:
    """Edges of columns and rows, and for each place the region that covers it."""

    xs: tuple[float, ...]
    ys: tuple[float, ...]
    regions: tuple[tuple[Region, ...], ...]

    def place(self, x: float, y: float) -> Region | None:
        """The region around a point."""
        column, row = bisect_right(self.xs, x) - 1, bisect_right(self.ys, y) - 1
        inside = 0 <= column < len(self.xs) - 1 and 0 <= row < len(self.ys) - 1
        return self.regions[row][column] if inside else None


def grids_of(rulings: Iterable[Ruling]) -> list[Grid]:
    """All grids of at least two cells, from the top down."""
    drawn = list(rulings)
    if len(drawn) > MAX_RULINGS:
        return []
    across = _merged([r for r in drawn if r.horizontal], horizontal=True)
    down = _merged([r for r in drawn if not r.horizontal], horizontal=False)
    grids = [_grid(a, d) for a, d in _connected(across, down)]
    return sorted((g for g in grids if g), key=lambda g: (g.ys[0], g.xs[0]))


def _merged(rulings: list[Ruling], *, horizontal: bool) -> list[Ruling]:
    """Pieces of one line, drawn cell by cell, are one line."""

    def seat(r: Ruling) -> float:
        return (r.top + r.bottom) / 2 if horizontal else (r.left + r.right) / 2

    def span(r: Ruling) -> tuple[float, float]:
        return (r.left, r.right) if horizontal else (r.top, r.bottom)

    whole: list[tuple[float, float, float]] = []
    for group in _grouped(sorted(rulings, key=seat), seat):
        place = seat(group[len(group) // 2])
        start, end = span(min(group, key=span))
        for ruling in sorted(group, key=span):
            a, b = span(ruling)
            if a > end + _NEAR:
                whole.append((place, start, end))
                start, end = a, b
            end = max(end, b)
        whole.append((place, start, end))
    if horizontal:
        return [Ruling(a, y, b, y) for y, a, b in whole if b - a > 2 * _NEAR]
    return [Ruling(x, a, x, b) for x, a, b in whole if b - a > 2 * _NEAR]


def _grouped(rulings: list[Ruling], seat: Callable[[Ruling], float]) -> list[list[Ruling]]:
    groups: list[list[Ruling]] = []
    for ruling in rulings:
        if groups and seat(ruling) - seat(groups[-1][0]) <= _NEAR:
            groups[-1].append(ruling)
        else:
            groups.append([ruling])
    return groups


def _connected(across: list[Ruling], down: list[Ruling]) -> list[tuple[list[Ruling], list[Ruling]]]:
    """Lines that touch one another, directly or through others."""
    parent = list(range(len(across) + len(down)))

    def root(n: int) -> int:
        while parent[n] != n:
            parent[n] = parent[parent[n]]
            n = parent[n]
        return n

    for i, h in enumerate(across):
        for j, v in enumerate(down, start=len(across)):
            if _touch(h, v):
                parent[root(i)] = root(j)
    found: dict[int, tuple[list[Ruling], list[Ruling]]] = {}
    for i, ruling in enumerate([*across, *down]):
        found.setdefault(root(i), ([], []))[i >= len(across)].append(ruling)
    return [pair for pair in found.values() if len(pair[0]) > 1 and pair[1]]


def _touch(h: Ruling, v: Ruling) -> bool:
    return (
        h.left - _NEAR <= v.left <= h.right + _NEAR and v.top - _NEAR <= h.top <= v.bottom + _NEAR
    )


def _grid(across: list[Ruling], down: list[Ruling]) -> Grid | None:
    ys = _edges(ruling.top for ruling in across)
    ends = (min(r.left for r in across), max(r.right for r in across))
    # A table without its outer left and right lines: the horizontal ones reach further out.
    xs = _edges([*(ruling.left for ruling in down), *ends])
    rows, columns = len(ys) - 1, len(xs) - 1
    if not 1 < rows * columns <= _MAX_CELLS:
        return None
    return Grid(xs, ys, _regions(xs, ys, across, down))


def _edges(values: Iterable[float]) -> tuple[float, ...]:
    edges: list[float] = []
    for value in sorted(values):
        if not edges or value - edges[-1] > 2 * _NEAR:
            edges.append(value)
    return tuple(edges)


def _regions(
    xs: Sequence[float], ys: Sequence[float], across: list[Ruling], down: list[Ruling]
) -> tuple[tuple[Region, ...], ...]:
    rows, columns = len(ys) - 1, len(xs) - 1
    taken: list[list[Region | None]] = [[None] * columns for _ in range(rows)]

    def open_right(r: int, c: int) -> bool:
        y = (ys[r] + ys[r + 1]) / 2
        return c + 1 < columns and not any(
            abs(v.left - xs[c + 1]) <= 2 * _NEAR and v.top <= y <= v.bottom for v in down
        )

    def open_below(r: int, c: int) -> bool:
        x = (xs[c] + xs[c + 1]) / 2
        return r + 1 < rows and not any(
            abs(h.top - ys[r + 1]) <= 2 * _NEAR and h.left <= x <= h.right for h in across
        )

    for r in range(rows):
        for c in range(columns):
            if taken[r][c] is not None:
                continue
            right = c
            while open_right(r, right) and taken[r][right + 1] is None:
                right += 1
            bottom = r
            while all(open_below(bottom, k) for k in range(c, right + 1)):
                bottom += 1
            region = Region(r, c, bottom + 1, right + 1)
            for row in taken[r : bottom + 1]:
                row[c : right + 1] = [region] * (right + 1 - c)
    return tuple(tuple(region for region in row if region) for row in taken)
