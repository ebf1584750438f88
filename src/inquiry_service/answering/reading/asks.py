"""The kind of answer that a question wants, told by its question words. Pure."""

import re
from enum import StrEnum


class Asks(StrEnum):
    """The kind of answer a question wants; decides what a fitting quote must contain."""

    NUMBER = "number"
    COUNT = "count"
    MONEY = "money"
    DURATION = "duration"
    WHEN = "when"
    CLOCK = "clock"
    PHONE = "phone"
    WHO = "who"
    WHERE = "where"
    WHETHER = "whether"
    WHICH = "which"
    HOW = "how"
    WHY = "why"
    WHAT = "what"


_COUNTED = "件条个次项种类元份人名家户吨页倍亩座辆"
_SURELY_COUNTED = frozenset("件条人户吨页亩座辆")
"""Counting words that an answer must repeat: five 件 are no answer to how many 吨."""
_ASKS: tuple[tuple[Asks, re.Pattern[str]], ...] = (
    (Asks.WHY, re.compile("为什么|为何|为啥|什么原因|因何")),
    (Asks.CLOCK, re.compile("几点|上班时间|下班时间|工作时间|营业时间|办公时间")),
    (
        Asks.PHONE,
        re.compile("(?:电话|热线|手机|传真)(?:号码?|是)*(?:多少|几号|什么)|什么电话|哪个电话"),
    ),
    (
        Asks.DURATION,
        re.compile(
            "多久|多长(?:时间)?|(?<!这)几天|几个工作日|多少天|多少日|多少个?工作日|几个月|多少个月"
            "|(?<![这近])几年|多少年|(?:时限|期限)(?:是|为)?(?:多|几|什么)"
            "|[^何](?:期限|时限|年限|时效|审限|周期)$"
        ),
    ),
    (
        Asks.WHEN,
        re.compile(
            "什么时候|何时|啥时候|哪[一几]?[天年月日]|几号|几月|时间段|什么时间|何年|什么日期|起止"
            "|(?:施行|生效|公布|发布|截止|实施)(?:日期?|时间)$"
        ),
    ),
    (Asks.MONEY, re.compile("多少(?:块?钱|元|费用?)|几块钱|几元|什么价")),
    (
        Asks.NUMBER,
        re.compile(rf"多少|(?<![哪好])几[{_COUNTED}]|第几|多大|多高|比例|(?:门槛|[上下]限)$"),
    ),
    (
        Asks.WHERE,
        re.compile(
            "哪里|哪儿|在哪(?!一?[个些部位本种类方])|何处|什么地方|什么地点|地址|网址|什么网站"
            "|哪个网站|去哪(?!一?[个些])|到哪(?!一?[个些])|何地"
        ),
    ),
    (
        Asks.WHO,
        re.compile(
            "谁|哪[一]?[个些]?(?:部门|科室|单位|机关|机构|处室|人|位)|什么(?:部门|科室|单位|机关|人)"
        ),
    ),
    (Asks.WHICH, re.compile("哪|什么(?:材料|条件|内容|资料|手续|要求|类型|情形)|分为|包括")),
    (Asks.HOW, re.compile("怎么|怎样|如何|咋|流程|步骤|方法")),
)
_COUNTING = frozenset({Asks.NUMBER, Asks.COUNT, Asks.WHICH})
_WHETHER = re.compile(
    "吗|(?<![什怎这那])么[?？]?$|是否|有没有|能不能|可不可以|要不要|需不需要|会不会|行不行|是不是"
    "|算不算|能否|可否|得不得"
)
_UNIT = re.compile(rf"(?:多少|几)([{_COUNTED}])")


def kind_of(text: str) -> Asks:
    """The kind of the last question word: in 几个部门发的文件向谁申请 it is "who"."""
    last: tuple[int, Asks] = (-1, Asks.WHETHER if _WHETHER.search(text) else Asks.WHAT)
    for asks, pattern in _ASKS:
        ends = [found.end() for found in pattern.finditer(text)]
        if ends and ends[-1] > last[0]:
            last = (ends[-1], asks)
    if last[1] is Asks.NUMBER and _counted_in(text) in _SURELY_COUNTED:
        return Asks.COUNT
    return last[1]


def unit_of(text: str, asks: Asks) -> str | None:
    """The counting word after 多少 or 几, when a number is what is wanted."""
    return _counted_in(text) if asks in _COUNTING else None


def asks_something(text: str) -> bool:
    """Whether there is any question word at all."""
    return bool(_WHETHER.search(text)) or any(pattern.search(text) for _, pattern in _ASKS)


def _counted_in(text: str) -> str | None:
    found = _UNIT.search(text)
    return found[1] if found else None
