"""Amounts and units as people write them, in the form of the texts. Pure.

五千块 is 5000元, 10000元 is 1万元, 一万元 is 1万元, 工作天 is 工作日.
"""

import re

from inquiry_service.knowledge.expressions.numerals import to_int

_WAN, _YI = 10_000, 100_000_000
_MONEY = re.compile(r"(?<=[\d万亿千])\s*块(?:钱)?(?!地|头)")
_NUMERAL = re.compile(
    r"(?<![\d.])(?P<count>[一二三四五六七八九两十百千]+)(?=[万亿]多?(?:元|件|条|人|吨|户|家|次)|多?元)"
)
_THOUSANDS = re.compile(r"(?<![\d.])(?P<count>\d{1,4})千(?=元|件|条|人|吨|户|家|次)")
_LONG = re.compile(r"(?<![\d.,])(?P<count>\d{5,12})(?=元)")
_GROUPED = re.compile(r"(?<=\d),(?=\d{3}(?!\d))")
_WORKING_DAYS = re.compile("工作天|上班天")


def tell_amounts(folded: str) -> str:
    """The text with its amounts as the texts write them; whatever is no amount stays."""
    text = _MONEY.sub("元", _WORKING_DAYS.sub("工作日", folded))
    text = _NUMERAL.sub(lambda found: str(to_int(found["count"]) or found["count"]), text)
    text = _THOUSANDS.sub(lambda found: str(int(found["count"]) * 1000), text)
    return _LONG.sub(lambda found: _with_big_unit(int(found["count"])), _GROUPED.sub("", text))


def _with_big_unit(count: int) -> str:
    for unit, name in ((_YI, "亿"), (_WAN, "万")):
        if count >= unit and count % unit == 0:
            return f"{count // unit}{name}"
    return str(count)
