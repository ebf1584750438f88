"""Two pictures as SVG text: how far a confidence can be believed, and what a threshold costs."""

from collections.abc import Sequence
from html import escape

from inquiry_service.answering.calibration import Bin, Point

WIDTH, HEIGHT = 460, 310
LEFT, RIGHT, TOP, BOTTOM = 52, 20, 14, 56
_TENTHS = 10
_FEW = 5
"""A bin with fewer cases says little and is drawn pale."""


def reliability_svg(bins: Sequence[Bin], title: str) -> str:
    """A bar for each bin, as high as its share right; calibrated means: on the diagonal."""
    parts = [_grid(), _axes("可信度", "实际正确的比例")]
    parts += [_bar(one) for one in bins if one.count]
    parts.append(_line("diagonal", [(0.0, 0.0), (1.0, 1.0)]))
    return _picture(title, parts)


def risk_coverage_svg(curve: Sequence[Point], now: Point, title: str, *, highest: float) -> str:
    """Risk over coverage; `now` is where the threshold in use stands. `highest` risk drawn."""
    reach = highest or 1.0
    line = [(point.coverage, min(1.0, point.risk / reach)) for point in curve]
    x, y = _at(now.coverage, min(1.0, now.risk / reach))
    marked = (
        f'<line class="now" x1="{x:.1f}" x2="{x:.1f}" y1="{TOP}" y2="{HEIGHT - BOTTOM}"/>'
        f'<circle class="now" cx="{x:.1f}" cy="{y:.1f}" r="5"/>'
    )
    parts = [
        _grid(),
        _axes("作答比例", "作答中答错的比例", top=reach),
        _line("curve", line),
        marked,
    ]
    return _picture(title, parts)


def _bar(one: Bin) -> str:
    x, y = _at(one.low, one.right)
    right, base = _at(one.high, 0.0)
    pale = " pale" if one.count < _FEW else ""
    middle = (x + right) / 2
    dot_x, dot_y = _at(one.confidence, one.right)
    return (
        f'<rect class="bar{pale}" x="{x + 1:.1f}" y="{y:.1f}" width="{right - x - 2:.1f}" '
        f'height="{base - y:.1f}"><title>{one.low:.1f}–{one.high:.1f}：{one.count} 题，'
        f"正确 {one.right:.0%}</title></rect>"
        f'<circle class="dot" cx="{dot_x:.1f}" cy="{dot_y:.1f}" r="3"/>'
        f'<text class="count" x="{middle:.1f}" y="{base + 12:.1f}">{one.count}</text>'
    )


def _grid() -> str:
    lines = []
    for tenth in range(0, _TENTHS + 1, 2):
        x, y = _at(tenth / _TENTHS, tenth / _TENTHS)
        lines.append(
            f'<line class="grid" x1="{LEFT}" x2="{WIDTH - RIGHT}" y1="{y:.1f}" y2="{y:.1f}"/>'
            f'<line class="grid" x1="{x:.1f}" x2="{x:.1f}" y1="{TOP}" y2="{HEIGHT - BOTTOM}"/>'
        )
    return "".join(lines)


def _axes(across: str, up: str, *, top: float = 1.0) -> str:
    told = []
    for tenth in range(0, _TENTHS + 1, 2):
        x, y = _at(tenth / _TENTHS, tenth / _TENTHS)
        told.append(
            f'<text class="tick across" x="{x:.1f}" y="{HEIGHT - BOTTOM + 27}">'
            f"{tenth / _TENTHS:.0%}</text>"
            f'<text class="tick up" x="{LEFT - 6}" y="{y + 4:.1f}">'
            f"{_percent(top * tenth / _TENTHS)}</text>"
        )
    middle = (LEFT + WIDTH - RIGHT) / 2
    height = (TOP + HEIGHT - BOTTOM) / 2
    told.append(
        f'<text class="axis" x="{middle}" y="{HEIGHT - 8}">{escape(across)}</text>'
        f'<text class="axis" transform="translate(12 {height}) rotate(-90)">{escape(up)}</text>'
    )
    return "".join(told)


def _line(name: str, points: Sequence[tuple[float, float]]) -> str:
    places = " ".join("{:.1f},{:.1f}".format(*_at(*point)) for point in points)
    return f'<polyline class="{name}" points="{places}"/>'


def _at(across: float, up: float) -> tuple[float, float]:
    """From shares of the plot to places in the picture."""
    return (
        LEFT + across * (WIDTH - LEFT - RIGHT),
        HEIGHT - BOTTOM - up * (HEIGHT - TOP - BOTTOM),
    )


def _percent(share: float) -> str:
    return f"{share:.0%}" if round(share * 100, 1).is_integer() else f"{share:.1%}"


def _picture(title: str, parts: Sequence[str]) -> str:
    return (
        f'<svg viewBox="0 0 {WIDTH} {HEIGHT}" role="img" aria-label="{escape(title)}">'
        f"{''.join(parts)}</svg>"
    )
