"""The bench as one picture: bars, written as SVG."""

from collections.abc import Sequence
from html import escape
from pathlib import Path

from benching.told import Bar

_WIDTH, _BAR, _GAP, _LEFT, _LONGEST = 860, 18, 8, 250, 480
_INK, _OURS, _OTHERS = "#1f2933", "#b3261e", "#9aa5b1"


def draw(bars: Sequence[Bar], path: Path) -> None:
    """One group of bars under the other, each with a scale of its own."""
    groups: dict[str, list[Bar]] = {}
    for bar in bars:
        groups.setdefault(bar.group, []).append(bar)
    pieces: list[str] = []
    top = 10
    for title, some in groups.items():
        top += 28
        pieces.append(_text(10, top, title, weight="bold"))
        top += 12
        most = max(bar.length for bar in some) or 1.0
        for bar in some:
            pieces += _bar(bar, top, most)
            top += _BAR + _GAP
    height = top + 14
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {height}" '
        f'font-family="sans-serif" font-size="13" role="img">'
    )
    frame = f'<rect width="{_WIDTH}" height="{height}" fill="#ffffff"/>'
    path.write_text("\n".join([head, frame, *pieces, "</svg>", ""]), encoding="utf-8")


def _bar(bar: Bar, top: int, most: float) -> list[str]:
    wide = max(1.0, bar.length / most * _LONGEST)
    colour = _OURS if bar.ours else _OTHERS
    return [
        _text(_LEFT - 8, top + 14, bar.name, anchor="end"),
        f'<rect x="{_LEFT}" y="{top}" width="{wide:.0f}" height="{_BAR}" fill="{colour}"/>',
        _text(round(_LEFT + wide) + 6, top + 14, bar.told),
    ]


def _text(x: int, y: int, words: str, *, anchor: str = "start", weight: str = "normal") -> str:
    return (
        f'<text x="{x}" y="{y}" text-anchor="{anchor}" font-weight="{weight}" '
        f'fill="{_INK}">{escape(words)}</text>'
    )
