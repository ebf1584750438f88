"""What must stand in a quote for it to answer: a number, an amount, a time, a place. Pure."""

import re
from enum import StrEnum
from functools import lru_cache


class Needs(StrEnum):
    """The kind of thing that must be told."""

    NOTHING = "nothing"
    NUMBER = "number"
    COUNT = "count"
    """A number of the very unit that was asked for, or that there is none."""
    MONEY = "money"
    TIME = "time"
    CLOCK = "clock"
    PHONE = "phone"
    PLACE = "place"


_NUMBER = re.compile(
    r"\d+(?:[.,]\d+)*|[一二三四五六七八九十百千两](?=[件条次个项种类元份人名家户吨页倍日天月年季])"
)
_NONE_AT_ALL = re.compile(
    r"未(?:收到|发生|有|向|受理|产生)|没有|不收|免费|无(?:收费|此类)|零(?!售)"
)
_TIME = re.compile(
    r"(?<![\d〕\])）第])\d+\s*多?个?[年月日号天周]|工作日|小时|分钟|[一二三四五六七八九十]+[年月日天]|周[一二三四五六日至]"
    r"|随时|当场|即时|立即|之日|次日|当日|当天|届满|期满|世纪|时期|时代"
)
_MONEY = re.compile(r"\d\s*[万亿]?元|\d\s*%|费用|收费|免费|不收")
_CLOCK = re.compile(r"\d\s*(?:[:：]\s*\d{2}|[点时])|全天|24小时")
_PHONE = re.compile(r"\d{3,4}[-—－ ]?\d{7,8}|(?<!\d)(?:1\d{10}|12\d{3}|110|119|120)(?!\d)")
_PLACE = re.compile(
    r"https?:|www\.|网|路|号|楼|室|窗口|大厅|中心|平台|[省市县区镇村国州]|[东西南北]"
)
_PATTERNS = {
    Needs.MONEY: _MONEY,
    Needs.TIME: _TIME,
    Needs.CLOCK: _CLOCK,
    Needs.PHONE: _PHONE,
    Needs.PLACE: _PLACE,
}


def tells(text: str, needs: Needs, unit: str | None, asked_numbers: frozenset[str]) -> bool:
    """Whether what is needed stands in the text; numbers that were asked with do not count."""
    match needs:
        case Needs.NOTHING:
            return True
        case Needs.NUMBER:
            return has_number(text, besides=asked_numbers)
        case Needs.COUNT:
            return counts_in(text, unit or "") or bool(_NONE_AT_ALL.search(text))
        case needs:
            return bool(_PATTERNS[needs].search(text))


def has_number(text: str, *, besides: frozenset[str] = frozenset()) -> bool:
    """Whether a number is told that the question did not tell itself; "none" counts as one."""
    told = {found.replace(",", "") for found in _NUMBER.findall(text)}
    return bool(told - besides) or bool(_NONE_AT_ALL.search(text))


def counts_in(text: str, unit: str) -> bool:
    """Whether something is counted in this unit."""
    return bool(_counted(unit).search(text))


@lru_cache(maxsize=64)
def _counted(unit: str) -> re.Pattern[str]:
    return re.compile(rf"(?:\d|[一二三四五六七八九十百千两])\s*个?{re.escape(unit)}")
