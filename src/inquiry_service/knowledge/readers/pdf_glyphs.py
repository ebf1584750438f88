"""The characters of a PDF page with their places; PDFium does not know lines or columns."""

import ctypes
import math
import re
import sys
import unicodedata
from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from inquiry_service.knowledge.readers.extracted import Unreadable
from inquiry_service.knowledge.readers.paper.page import Glyph
from inquiry_service.knowledge.readers.pdf_turning import Turning

MAX_CHARACTERS = 60_000
"""On one page; a page of a newspaper has a fifth of it."""
_BOLD_WEIGHT = 600
_BOLD_NAME = re.compile(
    "bold|black|heavy|simhei|heiti|hei-|xbs|xiaobiao|黑体|小标宋", re.IGNORECASE
)
_FORMS = re.compile("[\u2e80-\u2fdf\ufb00-\ufb06\uf900-\ufaff]")
_SKIPPED = frozenset({0, 0x0A, 0x0D, 0xFFFE, 0xFFFF})
_HYPHEN = 0x02
"""How PDFium writes a hyphen at the end of a line."""
_ILLEGIBLE_SHARE = 0.3
_STRAIGHT = 4
"""Degrees from a quarter turn within which text counts as straight."""


@dataclass(slots=True)
class Glyphs:
    """Glyphs of the page's main direction. `turned`: degrees that direction is turned by.

    `illegible`: the file maps its characters to nothing that could be read.
    """

    glyphs: list[Glyph] = field(default_factory=list)
    turned: int = 0
    slanted: int = 0
    illegible: bool = False


@dataclass(frozen=True, slots=True)
class _Style:
    """What all characters of one text object share. `angle` is None when it is slanted."""

    size: float
    bold: bool
    angle: int | None


@dataclass(frozen=True, slots=True)
class _Mark:
    text: str
    box: tuple[float, float, float, float]
    origin: tuple[float, float]
    style: _Style


def glyphs_of(textpage: Any, page: Any) -> Glyphs:
    """Every character that the page shows, except slanted ones and those of other directions."""
    marks = list(_marks(textpage))
    seen = [mark for mark in marks if not mark.text.isspace()]
    if not seen:
        return Glyphs()
    angles = Counter(mark.style.angle for mark in seen if mark.style.angle is not None)
    main = angles.most_common(1)[0][0] if angles else 0
    turning = Turning(*page.get_mediabox(), rotation=page.get_rotation() + main)
    illegible = sum(_is_illegible(mark.text) for mark in seen) > _ILLEGIBLE_SHARE * len(seen)
    return Glyphs(
        glyphs=[_glyph(mark, turning) for mark in marks if mark.style.angle == main],
        turned=main,
        slanted=sum(mark.style.angle != main for mark in seen),
        illegible=illegible,
    )


def _marks(textpage: Any) -> list[_Mark]:
    from pypdfium2 import raw

    count = textpage.count_chars()
    if count > MAX_CHARACTERS:
        raise Unreadable(f"一页里有 {count} 个字符，不像正常的文件，请重新导出后再放入")
    marks: list[_Mark] = []
    styles: dict[int, _Style] = {}
    box, x, y = raw.FS_RECTF(), ctypes.c_double(), ctypes.c_double()
    for index in range(count):
        code = raw.FPDFText_GetUnicode(textpage, index)
        if code in _SKIPPED or raw.FPDFText_IsGenerated(textpage, index):
            continue
        owner = raw.FPDFText_GetTextObject(textpage, index)
        key = ctypes.cast(owner, ctypes.c_void_p).value or 0
        if key not in styles:
            styles[key] = _style(textpage, index)
        raw.FPDFText_GetLooseCharBox(textpage, index, box)
        raw.FPDFText_GetCharOrigin(textpage, index, x, y)
        bounds = (box.left, box.bottom, box.right, box.top)
        if not all(map(math.isfinite, (*bounds, x.value, y.value))):
            continue
        marks.append(_Mark(_character(code), bounds, (x.value, y.value), styles[key]))
    return marks


def _character(code: int) -> str:
    """Compatibility radicals (⼀ for 一) and presentation forms are written as usual."""
    if code == _HYPHEN:
        return "-"
    character = chr(code) if code <= sys.maxunicode else "\ufffd"
    if unicodedata.category(character) == "Cs":
        return "\ufffd"
    if _FORMS.match(character):
        return unicodedata.normalize("NFKC", character)
    return " " if character in "\t\u00a0" else character


def _style(textpage: Any, index: int) -> _Style:
    from pypdfium2 import raw

    matrix = raw.FS_MATRIX()
    raw.FPDFText_GetMatrix(textpage, index, matrix)
    scale = math.hypot(matrix.c, matrix.d)
    size = raw.FPDFText_GetFontSize(textpage, index) * (scale or 1.0)
    degrees = math.degrees(raw.FPDFText_GetCharAngle(textpage, index))
    quarter = round(degrees / 90) * 90
    angle = quarter % 360 if abs(degrees - quarter) <= _STRAIGHT else None
    usable = math.isfinite(size) and size > 0
    return _Style(size if usable else 1.0, _is_bold(textpage, index), angle)


def _is_bold(textpage: Any, index: int) -> bool:
    from pypdfium2 import raw

    if raw.FPDFText_GetFontWeight(textpage, index) >= _BOLD_WEIGHT:
        return True
    name = ctypes.create_string_buffer(128)
    raw.FPDFText_GetFontInfo(textpage, index, name, len(name), ctypes.c_int())
    return bool(_BOLD_NAME.search(name.value.decode("utf-8", "replace")))


def _glyph(mark: _Mark, turning: Turning) -> Glyph:
    left, _, right, _ = turning.box(*mark.box)
    _, baseline = turning.point(*mark.origin)
    return Glyph(mark.text, left, right, baseline, mark.style.size, mark.style.bold)


def _is_illegible(character: str) -> bool:
    return character == "\ufffd" or unicodedata.category(character) in {"Co", "Cn", "Cc"}
