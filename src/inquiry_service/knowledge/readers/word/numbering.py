"""The numbers that Word writes before paragraphs by itself: 一、（一）1. 第一条."""

import re
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from docx.oxml.ns import qn

_DIGITS = "〇一二三四五六七八九"
_FORMAL = "零壹贰叁肆伍陆柒捌玖"
_STEMS = "甲乙丙丁戊己庚辛壬癸"
_BRANCHES = "子丑寅卯辰巳午未申酉戌亥"
_ROMAN = (
    *((1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L")),
    *((40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I")),
)
_PLACE = re.compile(r"%([1-9])")
_LEVELS = 9
_LIMIT = 9999
_CLOSED = tuple("、.．)）:： ]】")


@dataclass(frozen=True, slots=True)
class _Level:
    form: str
    text: str
    start: int
    suffix: str
    arabic: bool
    """Whether the levels above are shown in plain digits here (1.1 under 第一章)."""


class Numbering:
    """Counts on with every paragraph asked for, as Word does."""

    def __init__(self, document: Any) -> None:
        self._levels: dict[str, dict[int, _Level]] = {}
        self._list_of: dict[str, str] = {}
        self._counts: dict[str, list[int | None]] = defaultdict(lambda: [None] * _LEVELS)
        part = next(
            (
                r.target_part
                for r in document.part.rels.values()
                if r.reltype.endswith("/numbering")
            ),
            None,
        )
        if part is not None:
            self._learn(part.element)

    def next(self, place: tuple[str, int] | None) -> str:
        """The number of the next paragraph at this numId and level, with what divides it."""
        if place is None or not 0 <= place[1] < _LEVELS:
            return ""
        identity, at = place
        level = self._levels.get(identity, {}).get(at)
        if level is None:
            return ""
        counts = self._counts[self._list_of[identity]]
        before = counts[at]
        counts[at] = level.start if before is None else before + 1
        counts[at + 1 :] = [None] * (_LEVELS - at - 1)
        return self._said(identity, level, counts)

    def _said(self, identity: str, level: _Level, counts: list[int | None]) -> str:
        if level.form == "bullet":
            return "- "
        if level.form == "none" and not _PLACE.sub("", level.text).strip():
            return ""

        def number(found: re.Match[str]) -> str:
            above = int(found[1]) - 1
            own = self._levels[identity].get(above)
            count = counts[above]
            value = count if count is not None else (own.start if own else 1)
            form = own.form if own else "decimal"
            return spelled(value, "decimal" if level.arabic else form)

        text = _PLACE.sub(number, level.text)
        parted = level.suffix == "nothing" or text.endswith(_CLOSED) or not text
        return text if parted else f"{text} "

    def _learn(self, root: Any) -> None:
        lists = {
            each.get(qn("w:abstractNumId"), ""): {
                int(level.get(qn("w:ilvl"), "0")): _level(level)
                for level in each.findall(qn("w:lvl"))
            }
            for each in root.findall(qn("w:abstractNum"))
        }
        for each in root.findall(qn("w:num")):
            identity = each.get(qn("w:numId"), "")
            link = each.find(qn("w:abstractNumId"))
            name = link.get(qn("w:val"), "") if link is not None else ""
            levels = dict(lists.get(name, {}))
            for override in each.findall(qn("w:lvlOverride")):
                at = int(override.get(qn("w:ilvl"), "0"))
                own = override.find(qn("w:lvl"))
                if own is not None:
                    levels[at] = _level(own)
                # A list that starts anew counts for itself.
                name = f"{name}/{identity}"
            self._levels[identity] = levels
            self._list_of[identity] = name


def _level(element: Any) -> _Level:
    def value(tag: str, otherwise: str) -> str:
        found = element.find(qn(tag))
        return str(found.get(qn("w:val"), otherwise)) if found is not None else otherwise

    start = value("w:start", "1")
    return _Level(
        form=value("w:numFmt", "decimal"),
        text=value("w:lvlText", ""),
        start=int(start[:6]) if start.isdigit() else 1,
        suffix=value("w:suff", "tab"),
        arabic=element.find(qn("w:isLgl")) is not None,
    )


def spelled(number: int, form: str) -> str:
    """A count in one of Word's number formats; an unknown format is plain digits."""
    if not 0 <= number <= _LIMIT:
        return str(number)
    return _FORMS.get(form, str)(number)


def in_chinese(number: int, digits: str = _DIGITS, units: str = "十百千") -> str:
    """12 is 十二, 105 is 一百零五."""
    if number == 0:
        return digits[0]
    figures = [int(figure) for figure in str(number)]
    said, gap = "", False
    for power, figure in zip(range(len(figures) - 1, -1, -1), figures, strict=True):
        if figure == 0:
            gap = bool(said)
            continue
        said += ("零" if gap else "") + digits[figure] + (units[power - 1] if power else "")
        gap = False
    tens = digits[1] + units[0]
    return said[1:] if digits is _DIGITS and said.startswith(tens) else said


def _roman(number: int) -> str:
    said = ""
    for value, letters in _ROMAN:
        count, number = divmod(number, value)
        said += letters * count
    return said


def _letters(number: int) -> str:
    """A … Z, AA, BB as Word counts."""
    turn, at = divmod(number - 1, 26)
    return chr(ord("A") + at) * (turn + 1) if number else ""


def _circled(number: int) -> str:
    return chr(ord("①") + number - 1) if 1 <= number <= 20 else str(number)  # noqa: PLR2004


def _full_width(number: int) -> str:
    return "".join(chr(ord("０") + int(figure)) for figure in str(number))


def _of(cycle: str) -> Callable[[int], str]:
    return lambda number: cycle[(number - 1) % len(cycle)]


_FORMS: dict[str, Callable[[int], str]] = {
    "chineseCounting": in_chinese,
    "chineseCountingThousand": in_chinese,
    "japaneseCounting": in_chinese,
    "taiwaneseCounting": in_chinese,
    "taiwaneseCountingThousand": in_chinese,
    "ideographDigital": lambda n: "".join(_DIGITS[int(figure)] for figure in str(n)),
    "japaneseDigitalTenThousand": lambda n: "".join(_DIGITS[int(figure)] for figure in str(n)),
    "taiwaneseDigital": lambda n: "".join(_DIGITS[int(figure)] for figure in str(n)),
    "chineseLegalSimplified": lambda n: in_chinese(n, _FORMAL, "拾佰仟"),
    "ideographTraditional": _of(_STEMS),
    "ideographZodiac": _of(_BRANCHES),
    "decimalZero": lambda n: f"{n:02}",
    "decimalEnclosedCircle": _circled,
    "decimalEnclosedCircleChinese": _circled,
    "decimalEnclosedParen": lambda n: f"（{n}）",
    "decimalEnclosedFullstop": lambda n: f"{n}.",
    "ideographEnclosedCircle": lambda n: f"（{in_chinese(n)}）",
    "decimalFullWidth": _full_width,
    "decimalFullWidth2": _full_width,
    "upperRoman": _roman,
    "lowerRoman": lambda n: _roman(n).lower(),
    "upperLetter": _letters,
    "lowerLetter": lambda n: _letters(n).lower(),
    "none": lambda _: "",
}
