"""Days and periods as official texts write them. Pure."""

import re
from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from inquiry_service.knowledge.expressions.numerals import half_width_digits, to_int

_DIGIT = "[0-9０-９]"
_GAP = r"[ \t\u3000]*"
_CHINESE = "[〇○Ｏ零一二三四五六七八九十元]"
_DAYS = (
    re.compile(
        rf"(?P<y>{_DIGIT}{{4}}){_GAP}年{_GAP}(?P<m>{_DIGIT}{{1,2}}){_GAP}月{_GAP}"
        rf"(?P<d>{_DIGIT}{{1,2}}){_GAP}[日号]"
    ),
    re.compile(
        rf"(?P<y>[一二]{_CHINESE}{{3}})年{_GAP}(?P<m>{_CHINESE}{{1,2}})月{_GAP}(?P<d>{_CHINESE}{{1,3}})日"
    ),
    re.compile(
        r"(?<![\d.])(?P<y>(?:19|20)\d{2})(?P<s>[-/.])(?P<m>\d{1,2})(?P=s)(?P<d>\d{1,2})(?![\d.])"
    ),
)
_PERIOD = re.compile(
    rf"(?P<n>{_DIGIT}{{1,3}}|[一二两三四五六七八九十]{{1,3}}){_GAP}(?P<half>年半)?(?P<unit>个月|年|月)?"
)


@dataclass(frozen=True, slots=True)
class FoundDay:
    """A day, and where in the text it stands."""

    day: date
    start: int
    end: int


def find_days(text: str) -> list[FoundDay]:
    """Every day in the text, in order: 2019年4月3日, 二〇一九年四月三日, 2019-04-03."""
    return sorted(_found(text), key=lambda found: found.start)


def day_in(text: str) -> date | None:
    """The first day in the text."""
    found = find_days(text)
    return found[0].day if found else None


def _found(text: str) -> Iterator[FoundDay]:
    for pattern in _DAYS:
        for match in pattern.finditer(text):
            day = _day(match["y"], match["m"], match["d"])
            if day:
                yield FoundDay(day, match.start(), match.end())


def _day(year: str, month: str, day: str) -> date | None:
    numbers = [to_int(half_width_digits(part).replace("元", "一")) for part in (year, month, day)]
    try:
        return date(*(number or 0 for number in numbers))
    except ValueError:
        return None


def months_in(period: str) -> int | None:
    """五年 as 60, 两年半 as 30, 6个月 as 6; None for anything else."""
    found = _PERIOD.fullmatch(period.strip())
    number = to_int(half_width_digits(found["n"])) if found else None
    if found is None or number is None:
        return None
    if found["half"]:
        return 12 * number + 6
    return {"年": 12 * number, "个月": number, "月": number}.get(found["unit"] or "")


def last_day(first: date, months: int) -> date:
    """The last day of a period that begins on `first`: 2021-01-01 and a year, 2021-12-31."""
    years, month = divmod(first.month - 1 + months, 12)
    year, month = first.year + years, month + 1
    # 2020-02-29 and a year ends on 2021-02-28.
    after = date(year, month, min(first.day, monthrange(year, month)[1]))
    return after - timedelta(days=first.day <= monthrange(year, month)[1])
