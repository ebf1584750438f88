"""Scanned pages made for the tests: text drawn with an installed font, then worn a little."""

import io
import shutil
import subprocess
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any

from PIL import Image, ImageDraw, ImageFilter, ImageFont

_FAMILIES = ("Noto Serif CJK SC", "Noto Sans CJK SC", "Source Han Serif SC", "WenQuanYi Zen Hei")
_POINTS = 12
_MARGIN = 1.0
"""Inches."""
_FIRST_LINE = 1.4


@cache
def chinese_font() -> tuple[str, int] | None:
    """File and face of an installed font for simplified Chinese, or none."""
    if shutil.which("fc-list") is None:
        return None
    for family in _FAMILIES:
        found = subprocess.run(
            ["fc-list", f"{family}:style=Regular", "file", "index"],
            capture_output=True,
            text=True,
            check=False,
        ).stdout.splitlines()
        for line in sorted(found):
            file, _, index = line.partition(": :index=")
            if Path(file).is_file():
                return file, int(index.strip() or 0) & 0xFFFF
    return None


def _font(points: float, dpi: int) -> Any:
    file, face = chinese_font() or ("", 0)
    return ImageFont.truetype(file, round(points * dpi / 72), index=face)


def scan(
    paragraphs: Sequence[str],
    *,
    title: str = "",
    dpi: int = 200,
    turned: float = 0.0,
    grey: bool = False,
) -> Any:
    """An A4 page as a PIL image. `grey`: faint ink on grey paper, a little out of focus."""
    paper, ink = (205, 90) if grey else (255, 0)
    image = Image.new("L", (round(8.27 * dpi), round(11.69 * dpi)), paper)
    draw = ImageDraw.Draw(image)
    if title:
        draw.text((image.width / 2, dpi), title, font=_font(20, dpi), fill=ink, anchor="mm")
    font, step = _font(_POINTS, dpi), round(1.7 * _POINTS * dpi / 72)
    columns = int((8.27 - 2 * _MARGIN) * 72 / _POINTS)
    y = _FIRST_LINE * dpi
    for paragraph in paragraphs:
        rest, indent = paragraph, 2
        while rest:
            line, rest = rest[: columns - indent], rest[columns - indent :]
            x = (_MARGIN + indent * _POINTS / 72) * dpi
            draw.text((x, y), line, font=font, fill=ink)
            y, indent = y + step, 0
    if turned:
        image = image.rotate(turned, Image.Resampling.BICUBIC, fillcolor=paper)
    return image.filter(ImageFilter.GaussianBlur(dpi / 300)) if grey else image


def as_file(image: Any, form: str = "PNG", **options: Any) -> bytes:
    buffer = io.BytesIO()
    image.save(buffer, form, **options)
    return buffer.getvalue()


def mistakes(said: str, meant: str) -> int:
    """How many characters have to be changed, added or taken away (white space not counted)."""
    a, b = "".join(said.split()), "".join(meant.split())
    row = list(range(len(b) + 1))
    for n, mine in enumerate(a, start=1):
        before, row[0] = row[0], n
        for m, theirs in enumerate(b, start=1):
            before, row[m] = row[m], min(row[m] + 1, row[m - 1] + 1, before + (mine != theirs))
    return row[-1]
