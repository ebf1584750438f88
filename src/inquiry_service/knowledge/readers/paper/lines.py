"""Glyphs that stand on one baseline become a line; a wide gap ends it."""

from collections.abc import Iterable, Sequence
from statistics import median

from inquiry_service.knowledge.readers.paper.joining import gap_text
from inquiry_service.knowledge.readers.paper.page import Glyph, Line

_SAME_BASELINE = 0.4
_WIDE_GAP = 1.3
"""In type sizes; what separates two columns or two cells, and no two words."""
_ASCENT, _DESCENT = 0.88, 0.12


def lines_of(glyphs: Iterable[Glyph]) -> list[Line]:
    """The lines, from the top down and from left to right."""
    lines = [
        _line(stretch)
        for row in _rows(glyphs)
        for stretch in _stretches(row)
        if any(not glyph.text.isspace() for glyph in stretch)
    ]
    return sorted(lines, key=lambda line: (line.top, line.left))


def text_of_cell(glyphs: Sequence[Glyph]) -> list[str]:
    """The lines of a cell, each whole however wide its gaps."""
    return [text for row in _rows(glyphs) if (text := _spelled(row))]


def _rows(glyphs: Iterable[Glyph]) -> list[list[Glyph]]:
    rows: list[list[Glyph]] = []
    anchor = 0.0
    for glyph in sorted(glyphs, key=lambda g: (g.baseline, g.left)):
        if rows and abs(glyph.baseline - anchor) <= _SAME_BASELINE * _size_in(rows[-1], glyph):
            rows[-1].append(glyph)
        else:
            rows.append([glyph])
            anchor = glyph.baseline
    return [_without_doubles(sorted(row, key=lambda g: g.left)) for row in rows]


def _size_in(row: list[Glyph], glyph: Glyph) -> float:
    return max(row[0].size, glyph.size)


def _without_doubles(row: list[Glyph]) -> list[Glyph]:
    """A character drawn twice on the same spot is how some programs make bold type."""
    kept: list[Glyph] = []
    for glyph in row:
        double = next(
            (
                k
                for k in kept[-2:]
                if k.text == glyph.text and abs(k.left - glyph.left) < 0.2 * glyph.size
            ),
            None,
        )
        if double is None:
            kept.append(glyph)
    return kept


def _stretches(row: list[Glyph]) -> list[list[Glyph]]:
    stretches: list[list[Glyph]] = []
    right = 0.0
    for glyph in row:
        if glyph.text.isspace() and not stretches:
            continue
        if glyph.text.isspace() and glyph.left - right > 0:
            stretches[-1].append(glyph)
            continue
        if not stretches or glyph.left - right > _WIDE_GAP * glyph.size:
            stretches.append([])
        stretches[-1].append(glyph)
        if not glyph.text.isspace():
            right = max(right, glyph.right)
    return stretches


def _line(stretch: list[Glyph]) -> Line:
    seen = [glyph for glyph in stretch if not glyph.text.isspace()]
    size = median(glyph.size for glyph in seen)
    baseline = median(glyph.baseline for glyph in seen)
    bold = sum(len(g.text) for g in seen if g.bold) * 2 > sum(len(g.text) for g in seen)
    return Line(
        text=_spelled(stretch),
        left=seen[0].left,
        top=baseline - _ASCENT * size,
        right=max(glyph.right for glyph in seen),
        bottom=baseline + _DESCENT * size,
        size=size,
        bold=bold,
    )


def _spelled(stretch: Sequence[Glyph]) -> str:
    text, right, space = "", 0.0, ""
    for glyph in stretch:
        if glyph.text.isspace():
            space = space or glyph.text
            continue
        if text:
            gap = (glyph.left - right) / max(glyph.size, 0.1)
            text += space or gap_text(text, glyph.text, gap)
        text, right, space = text + glyph.text, glyph.right, ""
    return text.strip()
