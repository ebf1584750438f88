"""One spelling for questions and texts: simplified script, half width, Arabic numerals.

Both sides of every comparison are folded alike. Quotes are never folded: they stay verbatim.
"""

import re
import threading
import unicodedata
from functools import cache, lru_cache
from typing import Any

from inquiry_service.knowledge.expressions.numerals import to_int

_NUMERAL = "零〇一二三四五六七八九十百千两"

_YEAR_IN_WORDS = re.compile(r"([一二][零〇○一二三四五六七八九]{3})(?=\s*年|度)")
_ARTICLE_IN_WORDS = re.compile(rf"第\s*([{_NUMERAL}]+|\d+)\s*([编章节条款项])")
_QUANTITY_IN_WORDS = re.compile(
    rf"(?<!\d)([{_NUMERAL}]*[十百千][{_NUMERAL}]*)"
    r"(?=\s*(?:个|多)?(?:工作日|日|天|月|年|元|万|件|条|次|人|吨|户|家))"
)
_GAP_IN_CHINESE = re.compile(
    r"(?<=[\u3400-\u9fff])\s+(?=[\u3400-\u9fff\d])|(?<=\d)\s+(?=[\u3400-\u9fff])"
)
_SPACES = re.compile(r"\s+")
_converter_lock = threading.Lock()


@lru_cache(maxsize=16_384)
def fold(text: str) -> str:
    """Traditional to simplified, full to half width, numerals to digits, spaces settled.

    Remembered: the same titles, passages and sentences are measured for question after question.
    """
    plain = _to_simplified(unicodedata.normalize("NFKC", text)).lower()
    plain = _GAP_IN_CHINESE.sub("", _SPACES.sub(" ", plain).strip())
    return _fold_numerals(plain)


def _fold_numerals(text: str) -> str:
    text = _YEAR_IN_WORDS.sub(lambda found: _as_number(found[1]), text)
    text = _ARTICLE_IN_WORDS.sub(lambda found: f"第{_as_number(found[1])}{found[2]}", text)
    return _QUANTITY_IN_WORDS.sub(lambda found: _as_number(found[1]), text)


def _as_number(numeral: str) -> str:
    number = to_int(numeral)
    return numeral if number is None else str(number)


def _to_simplified(text: str) -> str:
    """Traditional script becomes simplified, and with it Taiwan's words (資訊 → 信息)."""
    with _converter_lock:  # the converter does not promise to be used from two threads at once
        simplified = str(_converter("t2s").convert(text))
        return simplified if simplified == text else str(_converter("tw2sp").convert(text))


@cache
def _converter(way: str) -> Any:
    import opencc

    return opencc.OpenCC(way)
