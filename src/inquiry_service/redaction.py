"""Masks personal data before anything is stored, logged or sent on outside a case file.

Masked: identity numbers, bank cards, mobile and landline telephones, e-mail addresses. Kept:
request numbers, years, dates, document numbers (文号), page and article numbers, hotlines.
Full-width digits and the usual spaces and dashes inside numbers are seen through.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass

# One character becomes one character, so a span found in the shadow fits the original.
_SHADOW = str.maketrans("０１２３４５６７８９Ｘｘ＠．＋－—–　（）", "0123456789Xx@.+--- ()")

_PROVINCE = r"(?:1[1-5]|2[1-3]|3[1-7]|4[1-6]|5[0-4]|6[1-5]|71|8[1-3])"
_MONTH_DAY = r"(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])"
_GAP = r"[ -]?"

_MIN_LUHN_DOUBLED = 9


def _anything(_found: str) -> bool:
    return True


def _luhn(found: str) -> bool:
    """The check digit of a bank card (ISO/IEC 7812)."""
    digits = [int(character) for character in found if character.isdigit()]
    doubled = [digit * 2 for digit in digits[-2::-2]]
    total = sum(digits[-1::-2]) + sum(d - 9 if d > _MIN_LUHN_DOUBLED else d for d in doubled)
    return total % 10 == 0


@dataclass(frozen=True, slots=True)
class _Kind:
    """One kind of personal data: how it looks, what proves it, and what stands in its place."""

    mask: str
    pattern: re.Pattern[str]
    holds: Callable[[str], bool] = _anything


_KINDS = (
    _Kind("[邮箱]", re.compile(r"[A-Za-z0-9._%+-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+")),
    # A mistyped identity number still tells birthday and home, so the shape is enough and the
    # check digit of GB 11643 is not asked for.
    _Kind(
        "[身份证号]",
        re.compile(
            rf"(?<![0-9]){_PROVINCE}\d{{4}}{_GAP}(?:18|19|20)\d{{2}}{_GAP}{_MONTH_DAY}"
            rf"{_GAP}\d{{3}}[0-9Xx](?![0-9])"
        ),
    ),
    _Kind(
        "[身份证号]",
        re.compile(rf"(?<![0-9]){_PROVINCE}\d{{4}}\d{{2}}{_MONTH_DAY}\d{{3}}(?![0-9])"),
    ),
    # A letter and digits may be any number: only after the word for what it is.
    _Kind(
        "[证件号]",
        re.compile(
            r"(?:(?<=护照)|(?<=通行证))(?:号码|号)?(?:是|为)?[: ：]{0,2}"
            r"[A-Za-z]{1,2}\d{7,10}(?![0-9])"
        ),
    ),
    _Kind(
        "[银行卡号]",
        re.compile(r"(?<![0-9])[3-9]\d{3}(?:[ -]?\d{4}){3}(?:[ -]?\d{1,3})?(?![0-9])"),
        _luhn,
    ),
    _Kind(
        "[电话号码]",
        re.compile(r"(?<![0-9])(?:\+?86[ -]?)?1[3-9]\d[ -]?\d{4}[ -]?\d{4}(?![0-9])"),
    ),
    _Kind(
        "[电话号码]",
        re.compile(
            r"(?<![0-9-])(?:\(0\d{2,3}\) ?|0\d{2,3}[ -]?|(?:\+86[ -]?|0?86[ -])0?\d{2,3}[ -]?)"
            r"[2-9]\d{2,3}[ -]?\d{4}(?:(?:-| ?转 ?)\d{1,6})?(?![0-9])"
        ),
    ),
    # Without an area code seven or eight digits may be a date or an index number: only after a
    # word that announces a telephone.
    _Kind(
        "[电话号码]",
        re.compile(r"(?<=电话|手机|座机|号码|传真)(?:是|为|号)?[: ：]{0,2}[2-9]\d{6,7}(?![0-9])"),
    ),
)


MASKS = tuple(dict.fromkeys(kind.mask for kind in _KINDS))
"""What stands in a text where personal data stood."""


def redact(text: str) -> str:
    """The same text with every piece of personal data replaced by the name of its kind.

    Redacting twice changes nothing more.
    """
    for kind in _KINDS:
        text = _masked(text, kind)
    return text


def _masked(text: str, kind: _Kind) -> str:
    pieces, position = [], 0
    for match in kind.pattern.finditer(text.translate(_SHADOW)):
        if kind.holds(match.group()):
            pieces += [text[position : match.start()], kind.mask]
            position = match.end()
    return "".join([*pieces, text[position:]])
