"""Chinese numerals and full-width digits as the numbers they mean. Pure."""

_DIGITS = {character: value for value, character in enumerate("零一二三四五六七八九")}
_DIGITS |= {"〇": 0, "○": 0, "Ｏ": 0, "两": 2}
_UNITS = {"十": 10, "百": 100, "千": 1000}
_HALF_WIDTH = {ord("０") + digit: ord("0") + digit for digit in range(10)}

NUMERAL = "[0-9０-９〇○零一二两三四五六七八九十百千]"
"""A character class for regular expressions: one character of a written number."""


def half_width_digits(text: str) -> str:
    return text.translate(_HALF_WIDTH)


def to_int(numeral: str) -> int | None:
    """32, ３２, 三十二, 三二 and 二〇一七 as numbers; None for anything that is none."""
    numeral = half_width_digits(numeral)
    if numeral.isascii() and numeral.isdecimal():
        return int(numeral)
    if not numeral or any(c not in _DIGITS and c not in _UNITS for c in numeral):
        return None
    if any(c in _UNITS for c in numeral):
        return _with_units(numeral)
    return int("".join(str(_DIGITS[c]) for c in numeral))


def _with_units(numeral: str) -> int:
    total = pending = 0
    for character in numeral:
        if character in _UNITS:
            # 十二 begins with its unit, 一百一十二 does not.
            total += (pending or 1) * _UNITS[character]
            pending = 0
        else:
            pending = _DIGITS[character]
    return total + pending


_WRITTEN = "零一二三四五六七八九"


def to_chinese(number: int) -> str:
    """1 to 99 as 一 to 九十九; any other number in digits."""
    tens, ones = divmod(number, 10)
    if not 0 < number < 100:  # noqa: PLR2004 - nobody counts further in Chinese here
        return str(number)
    return ("" if tens < 2 else _WRITTEN[tens]) + "十" * (tens > 0) + _WRITTEN[ones] * (ones > 0)  # noqa: PLR2004
