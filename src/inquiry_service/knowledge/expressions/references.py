"""What a text refers to: document numbers (文号), years, articles. Pure.

Chinese has no spaces, so where a document number begins is a matter of knowing which words can
stand before it; `same_document_number` forgives a word too many.
"""

import re
from collections.abc import Iterable, Iterator
from datetime import date
from functools import lru_cache

from inquiry_service.knowledge.expressions.numerals import NUMERAL, half_width_digits, to_int

_DIGIT = "[0-9０-９]"
_GAP = r"[ \t\u3000]*"


def _coded_with(opening: str, closing: str, end: str) -> re.Pattern[str]:
    """桐政办发〔2017〕52号: letters of the body, year in brackets, number."""
    year = rf"(?:{_DIGIT}|[〇○零一二三四五六七八九]){{4}}"
    return re.compile(
        rf"(?P<before>[一-龥]{{1,14}}){_GAP}{opening}{_GAP}(?P<year>{year}){_GAP}{closing}{_GAP}"
        rf"(?:第{_GAP})?(?P<number>{_DIGIT}{{1,5}}){_GAP}{end}"
    )


_CODED = (
    _coded_with(r"[〔\[［【﹝]", r"[〕\]］】﹞]", rf"(?:号|(?!{_DIGIT}|[.．%号]))"),
    # Round and angle brackets hold other things too, so here 号 has to follow.
    _coded_with("[（(〈<]", "[）)〉>]", "号"),
)
_YEAR = rf"(?:(?P<year>{_DIGIT}{{4}}){_GAP}年{_GAP})?"
_ORDER = re.compile(
    rf"(?P<before>[一-龥]{{1,20}}?){_GAP}(?P<sort>令|公告){_GAP}{_YEAR}"
    rf"第{_GAP}(?P<number>{NUMERAL}{{1,8}}){_GAP}号"
)
_ORDER_TURNED = re.compile(
    rf"(?P<before>[一-龥]{{2,20}}?){_GAP}{_YEAR}"
    rf"第{_GAP}(?P<number>{NUMERAL}{{1,8}}){_GAP}号{_GAP}(?P<sort>令|公告)"
)
_ORDERS = (_ORDER, _ORDER_TURNED)
_INTRODUCING = (
    "根据|依据|按照|依照|遵照|贯彻|落实|执行|适用|印发|发布|公布|转发|关于|请问|查询|查看|询问|"
    "咨询|知道|了解|什么|文件|文号|通知|规定|条例|办法|修订|修正|废止|代替|取代|替代|参照|参见|详见|以及|还有|没有|"
    "的|了|见|按|看|查|找|是|为|在|对|从|由|至|或|把|问|下|以|自(?!然)"
)
_BEFORE_CODE = re.compile(f"^.*(?:{_INTRODUCING}|和|与|及)")
_BEFORE_BODY = re.compile(f"^(?:.*(?:{_INTRODUCING}))?[和与及]?(?:中华人民共和国)?")
"""国家粮食和物资储备局 has 和 in its name; the letters before a bracket never do."""
_YEARS = re.compile(
    rf"(?<![0-9０-９.．])(?P<year>(?:19|20|１９|２０){_DIGIT}{{2}})(?={_GAP}年|[-/.](?:0?[1-9]|1[0-2])[-/.]\d"
    r"|政府|政务|信息|工作|财年|全年)"
)
_RANGE = re.compile(
    rf"(?<![0-9０-９])(?P<first>(?:19|20){_DIGIT}{{2}}){_GAP}年?{_GAP}(?:[-—–~～至到]+){_GAP}"
    rf"(?P<last>(?:19|20){_DIGIT}{{2}}){_GAP}年"
)
_CHINESE_YEAR = re.compile("(?P<year>[一二][九〇○零Ｏ][〇○零一二三四五六七八九]{2})年")
_BARE_YEAR = re.compile(
    rf"(?<![0-9０-９.．,第令〔\[(])(?P<year>(?:19|20)[0-9]{{2}})"
    rf"(?!{_DIGIT}|[.．,]\d|{_GAP}(?:多|余|个|号|元|块|万|亿|千|件|条|次|项|种|人|名|家|户|吨|公斤|斤|页|倍|亩|平|米|分|%|％))"
)
"""A year without 年, as people write in questions: 2017收到几件."""
_MAX_RANGE = 30
_RELATIVE = (
    (re.compile("今年|这一年|当前年度|本年度?(?!度?报告)"), 0),
    (re.compile("(?<!过)去年|(?<!以)上一?年度?(?!半)|上一个年度"), -1),
    (re.compile("大前年"), -3),
    (re.compile("(?<![以大])前年"), -2),
    (re.compile("明年|来年|下一年度?|下一个年度"), 1),
    (re.compile("(?<![此今以之])后年"), 2),
)
_ARTICLE = re.compile(
    rf"(?:第{_GAP}|(?<=条例)|(?<=办法)|(?<=规定)|(?<=细则))(?P<number>{NUMERAL}{{1,8}}){_GAP}条"
    rf"(?:之(?P<suffix>{NUMERAL}{{1,3}}))?"
)


def find_document_numbers(text: str) -> tuple[str, ...]:
    """Every 文号 in the text, in order, each once, in the form of `normalise_document_number`."""
    found = [*_coded(text), *_orders(text)]
    return tuple(dict.fromkeys(number for _, number in sorted(found)))


@lru_cache(maxsize=1 << 14)
def normalise_document_number(number: str) -> str:
    """桐政办发〔2017〕52号, 国务院令第711号, 商务部令2025年第4号.

    Brackets, full-width digits, Chinese digits, spaces and leading zeros no longer matter.
    What is no document number comes back without its spaces.
    """
    found = find_document_numbers(number)
    return found[0] if len(found) == 1 else "".join(number.split())


def same_document_number(one: str, other: str) -> bool:
    """Whether two numbers mean one document, though a word may have stuck to the front."""
    shorter, longer = sorted(map(normalise_document_number, (one, other)), key=len)
    return bool(shorter) and longer.endswith(shorter)


def _coded(text: str) -> Iterator[tuple[int, str]]:
    for found in _matches(_CODED, text):
        year, number = to_int(found["year"]), to_int(found["number"])
        code = _BEFORE_CODE.sub("", found["before"])
        if code and year:
            yield found.start(), f"{code}〔{year}〕{number}号"


def _orders(text: str) -> Iterator[tuple[int, str]]:
    for found in _matches(_ORDERS, text):
        body, number = _BEFORE_BODY.sub("", found["before"]), to_int(found["number"])
        if body and number:
            year = f"{half_width_digits(found['year'])}年" if found["year"] else ""
            yield found.start(), f"{body}{found['sort']}{year}第{number}号"


def _matches(patterns: Iterable[re.Pattern[str]], text: str) -> Iterator[re.Match[str]]:
    for pattern in patterns:
        yield from pattern.finditer(text)


def find_years(text: str, today: date | None = None, *, bare: bool = False) -> tuple[int, ...]:
    """The years a text speaks of, in order, each once.

    2017年, 2017年度, 二〇一七年, 2017-05-01 and every year of 2019至2021年. The year inside a
    document number is not one of them, nor is 17年. 今年, 去年 and their like count when `today`
    is given. `bare` counts 2017 without 年 too, as in 2017收到几件; 2000元 is never a year.
    """
    text = _without_document_numbers(text)
    found: dict[int, int] = {}
    written = [*_written_years(text), *(_bare_years(text) if bare else ())]
    for position, year in [*written, *_relative_years(text, today)]:
        found[year] = min(position, found.get(year, position))
    return tuple(sorted(found, key=lambda year: (found[year], year)))


def _without_document_numbers(text: str) -> str:
    for pattern in (*_CODED, *_ORDERS):
        text = pattern.sub(lambda found: found["before"] + " ", text)
    return text


def _written_years(text: str) -> Iterator[tuple[int, int]]:
    for found in _RANGE.finditer(text):
        first, last = (int(half_width_digits(found[name])) for name in ("first", "last"))
        if 0 <= last - first <= _MAX_RANGE:
            yield from ((found.start(), year) for year in range(first, last + 1))
    for pattern in (_YEARS, _CHINESE_YEAR):
        for found in pattern.finditer(text):
            year = to_int(found["year"])
            if year:
                yield found.start(), year


def tell_relative_years(text: str, today: date) -> str:
    """今年, 去年 and their like as the years they are: 2026年, 2025年."""
    for pattern, offset in _RELATIVE:
        text = pattern.sub(f"{today.year + offset}年", text)
    return text


def _bare_years(text: str) -> Iterator[tuple[int, int]]:
    for found in _BARE_YEAR.finditer(text):
        yield found.start(), int(found["year"])


def _relative_years(text: str, today: date | None) -> Iterator[tuple[int, int]]:
    if today is None:
        return
    for pattern, offset in _RELATIVE:
        for found in pattern.finditer(text):
            yield found.start(), today.year + offset


def find_articles(text: str) -> tuple[str, ...]:
    """第三十二条, 第32条 and 条例32条 as 第32条; 第十七条之一 as 第17条之1. In order, each once."""
    return tuple(dict.fromkeys(_articles(_ARTICLE.finditer(text))))


def _articles(matches: Iterable[re.Match[str]]) -> Iterator[str]:
    for found in matches:
        number = to_int(found["number"])
        suffix = to_int(found["suffix"]) if found["suffix"] else None
        if number:
            yield f"第{number}条" + (f"之{suffix}" if suffix else "")
