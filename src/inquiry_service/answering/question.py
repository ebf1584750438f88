"""What a question says once it is read: years, numbers, names, what kind of answer it wants."""

import re
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from inquiry_service.answering.folding import fold
from inquiry_service.answering.places import Home, Named, names_in
from inquiry_service.answering.tokens import ContentWord, content_words
from inquiry_service.knowledge.references import find_document_numbers


class Asks(StrEnum):
    """The kind of answer a question wants; decides what a fitting quote must contain."""

    NUMBER = "number"
    DURATION = "duration"
    WHEN = "when"
    WHO = "who"
    WHERE = "where"
    WHETHER = "whether"
    WHICH = "which"
    HOW = "how"
    WHY = "why"
    WHAT = "what"


_COUNTED = "件条个次项种类元份人名家户吨页倍%"
_ASKS: tuple[tuple[Asks, re.Pattern[str]], ...] = (
    (Asks.WHY, re.compile("为什么|为何|为啥|什么原因|因何")),
    (
        Asks.DURATION,
        re.compile(
            "多久|多长时间|几天|几个工作日|多少天|多少日|多少个?工作日|几个月|多少个月|几年(?!级)|多少年"
            "|时限(?:是|为)?(?:多|几|什么)|期限(?:是|为)?(?:多|几|什么)"
        ),
    ),
    (
        Asks.WHEN,
        re.compile(
            "什么时候|何时|啥时候|哪[一]?[天年月日]|几号|几月|时间段|什么时间|何年|什么日期|起止"
        ),
    ),
    (Asks.NUMBER, re.compile(rf"多少|几[{_COUNTED}]|第几|多大|多高|比例|几个")),
    (
        Asks.WHERE,
        re.compile(
            "哪里|哪儿|在哪|何处|什么地方|什么地点|地址|网址|什么网站|哪个网站|去哪|到哪|何地"
        ),
    ),
    (
        Asks.WHO,
        re.compile(
            "谁|哪[一]?[个些]?(?:部门|科室|单位|机关|机构|处室|人|位)|什么(?:部门|科室|单位|机关|人)"
        ),
    ),
    (Asks.WHICH, re.compile("哪|什么(?:材料|条件|内容|资料|手续|要求|类型|情形)|分为|包括")),
    (
        Asks.WHETHER,
        re.compile(
            "吗|(?<![什怎这那])么[?？]?$|是否|有没有|能不能|可不可以|要不要|需不需要|会不会|行不行|是不是|算不算|能否|可否|得不得"
        ),
    ),
    (Asks.HOW, re.compile("怎么|怎样|如何|咋|流程|步骤|方法")),
)
_YEAR = re.compile(r"(?<![\d.])((?:19|20)\d{2})(?![\d.]|号)")
_YEAR_IN_NUMBER = re.compile(r"[〔\[(【（]\s*(?:19|20)\d{2}\s*[〕\])】）]\s*\d*\s*号?")
_SHORT_YEAR = re.compile(
    r"(?<![\d第满近过])([012]\d)年(?=度|年报|的?报告|收到|共?公开|收了|受理|全年)"
)
_YEAR_SPAN = re.compile(r"((?:19|20)\d{2})年?[至到~—-]+((?:19|20)\d{2})年?")
_ARTICLE = re.compile(r"第\d+[条款项章]")
_RELATIVE_YEARS = (
    (re.compile("大前年"), -3),
    (re.compile("前年"), -2),
    (re.compile("去年|上一年度?|上年度?|上年"), -1),
    (re.compile("今年|本年度?|这一年"), 0),
    (re.compile("明年|下一年度?|来年"), 1),
)
_POLITE = re.compile(r"^(?:(?:请问|我想问|想问|麻烦问|咨询)一?下?|你好|您好)[,，。!！ ]*")
_OLD_TEXT = re.compile("废止|失效|作废|过期|旧版|旧的|原来的|以前的规定|修订前|还有效|现行有效")
_LONGEST_SPAN = 5


@dataclass(frozen=True, slots=True)
class Question:
    """A question as read. `text` is folded, with relative years made explicit."""

    text: str
    asks: Asks
    unit: str | None = None
    """The counting word after 多少 or 几, when there is one."""
    years: tuple[int, ...] = ()
    document_numbers: tuple[str, ...] = ()
    articles: tuple[str, ...] = ()
    named: Named = field(default_factory=Named)
    words: tuple[ContentWord, ...] = ()
    asks_for_old_text: bool = False
    """Whether repealed or expired text is what is wanted."""


def read_question(asked: str, *, today: date, home: Home | None = None) -> Question:
    """Normalise a question and find what can be told from its words alone."""
    text = _POLITE.sub("", _make_years_explicit(fold(asked), today))
    own = home.own_names if home else frozenset()
    asks = kind_of(text)
    return Question(
        text=text,
        asks=asks,
        unit=_unit_of(text) if asks is Asks.NUMBER else None,
        years=years_in(text),
        document_numbers=find_document_numbers(text),
        articles=tuple(dict.fromkeys(_ARTICLE.findall(text))),
        named=names_in(text),
        words=tuple(content_words(text, ignoring=own)),
        asks_for_old_text=bool(_OLD_TEXT.search(text)),
    )


def kind_of(text: str) -> Asks:
    """The first kind whose words stand in the question; a statement asks for what there is."""
    for asks, pattern in _ASKS:
        if pattern.search(text):
            return asks
    return Asks.WHAT


def years_in(folded: str) -> tuple[int, ...]:
    """Calendar years, not those inside a document number; a span counts each of its years."""
    text = _YEAR_IN_NUMBER.sub(" ", folded)
    found = [int(year) for year in _YEAR.findall(text)]
    for first, last in _YEAR_SPAN.findall(text):
        if 0 < int(last) - int(first) <= _LONGEST_SPAN:
            found.extend(range(int(first), int(last) + 1))
    return tuple(dict.fromkeys(found))


def _make_years_explicit(text: str, today: date) -> str:
    for pattern, distance in _RELATIVE_YEARS:
        text = pattern.sub(f"{today.year + distance}年", text)
    return _SHORT_YEAR.sub(lambda found: f"20{found[1]}年", text)


def _unit_of(text: str) -> str | None:
    found = re.search(rf"(?:多少|几)([{_COUNTED}])", text)
    return found[1] if found else None
