"""What a question says once it is read: years, numbers, names, what kind of answer it wants."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from inquiry_service.answering.folding import fold
from inquiry_service.answering.places import Home, Named, names_in
from inquiry_service.answering.tokens import ContentWord, content_words
from inquiry_service.knowledge.references import find_document_numbers
from inquiry_service.knowledge.synonyms import Glossary


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


_COUNTED = "件条个次项种类元份人名家户吨页倍亩"
_SURELY_COUNTED = frozenset("件条人户吨页亩")
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
            "多久|多长(?:时间)?|(?<!这)几天|几个工作日|多少天|多少日|多少个?工作日|几个月|多少个月|(?<![这近])几年|多少年"
            "|(?:时限|期限)(?:是|为)?(?:多|几|什么)"
        ),
    ),
    (
        Asks.WHEN,
        re.compile(
            "什么时候|何时|啥时候|哪[一几]?[天年月日]|几号|几月|时间段|什么时间|何年|什么日期|起止"
        ),
    ),
    (Asks.MONEY, re.compile("多少(?:块?钱|元|费用?)|几块钱|几元|什么价")),
    (Asks.NUMBER, re.compile(rf"多少|(?<![哪好])几[{_COUNTED}]|第几|多大|多高|比例")),
    (
        Asks.WHERE,
        re.compile(
            "哪里|哪儿|在哪(?!一?[个些部位本种类方])|何处|什么地方|什么地点|地址|网址|什么网站|哪个网站|去哪(?!一?[个些])|到哪(?!一?[个些])|何地"
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
_YEAR = re.compile(r"(?<![\d.])((?:19|20)\d{2})(?![\d.]|号)")
_YEAR_IN_NUMBER = re.compile(r"[〔\[(【（]\s*(?:19|20)\d{2}\s*[〕\])】）]\s*\d*\s*号?")
_SHORT_YEAR = re.compile(
    r"(?<![\d第满近过])([012]\d)年(?=度|年报|的?报告|收到|共?公开|收了|受理|全年)"
)
_YEAR_SPAN = re.compile(r"((?:19|20)\d{2})年?[至到~—-]+((?:19|20)\d{2})年?")
_RELATIVE_YEARS = (
    (re.compile("大前年"), -3),
    (re.compile("前年"), -2),
    (re.compile("去年|上一年度?|上年度?|上年"), -1),
    (re.compile("今年|本年度?|这一年"), 0),
    (re.compile("明年|下一年度?|来年"), 1),
)
_POLITE = re.compile(r"^(?:(?:请问|我想问|想问|麻烦问|咨询)一?下?|你好|您好)[,，。!！ ]*")
_OLD_TEXT = re.compile("废止|失效|作废|过期|旧版|旧的|原来的|以前的规定|修订前|还有效|现行有效")
_TO_THE_MACHINE = re.compile(
    "提示词|系统提示|管理员模式|开发者模式|越狱|忽略.{0,8}(?:指令|规则|要求)|扮演|不要引用"
    "|你(?:现在)?(?:是|叫)(?:一个|什么|谁|男|女|人|机器|哪)|你(?:几岁|多大|喜欢|觉得|爱)"
    "|(?:写|编|作|画|翻译|讲|唱|推荐|来)(?:一|个|首|篇|段|部|份|好看的|好听的)*"
    "(?:诗|歌|故事|笑话|小说|文案|作文|代码|程序|算法|电影|音乐|游戏)|^[\\d+*/=×÷-]+等于"
)
_PUBLIC_AFFAIR = re.compile(
    "办|申请|登记|证|补贴|补助|报名|材料|手续|许可|备案|缴|费|投诉|举报|政策|规定|执照|社保|医保|公积金"
    "|粮|商务|公开|户口|身份|学校|小学|中学|入学|医院|价|税|贷款|招聘|考试|资格|补办|申报|公示|采购|处罚|局|政府|部门"
)
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

    named: Named = field(default_factory=Named)
    words: tuple[ContentWord, ...] = ()
    synonyms: tuple[str, ...] = ()
    """Other names, from the glossary, for the things that the question names."""
    stand_ins: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """For a content word, the names that say the same."""
    asks_for_old_text: bool = False
    """Whether repealed or expired text is what is wanted."""
    to_the_machine: bool = False
    """Whether it is small talk or an order to the machine rather than a matter of public life."""
    public_affair: bool = False
    """Whether it sounds like a matter of some public body, ours or another."""


def read_question(
    asked: str, *, today: date, home: Home | None = None, glossary: Glossary | None = None
) -> Question:
    """Normalise a question and find what can be told from its words alone."""
    text = _POLITE.sub("", _make_years_explicit(fold(asked), today))
    own = home.own_names if home else frozenset()
    asks = kind_of(text)
    glossary = glossary or Glossary()
    words = _with_terms(content_words(text, ignoring=own), text, glossary)
    return Question(
        text=text,
        asks=asks,
        unit=_unit_of(text) if asks in _COUNTING else None,
        years=years_in(text),
        document_numbers=find_document_numbers(text),
        named=names_in(text),
        words=words,
        synonyms=glossary.expand(text),
        stand_ins=_stand_ins(words, text, glossary),
        asks_for_old_text=bool(_OLD_TEXT.search(text)),
        to_the_machine=bool(_TO_THE_MACHINE.search(text)),
        public_affair=bool(_PUBLIC_AFFAIR.search(text)),
    )


def _with_terms(
    words: Sequence[ContentWord], text: str, glossary: Glossary
) -> tuple[ContentWord, ...]:
    """A term of the glossary counts as a whole: 不予公开 is more than 公开."""
    names = [name for entry in glossary.entries for name in entry.names if name in text]
    longest = [name for name in names if not any(name != o and name in o for o in names)]
    known = {word.text for word in words}
    return (*words, *(ContentWord(name, 1.0) for name in longest if name not in known))


def _stand_ins(
    words: Sequence[ContentWord], text: str, glossary: Glossary
) -> dict[str, tuple[str, ...]]:
    """A word may stand in the question alone or as part of a longer name of the glossary."""
    found: dict[str, list[str]] = {}
    for entry in glossary.entries:
        for name in entry.names:
            if name in text:
                others = [other for other in entry.names if other != name]
                for word in words:
                    if word.text in name or name in word.text:
                        found.setdefault(word.text, []).extend(others)
    return {word: tuple(dict.fromkeys(names)) for word, names in found.items()}


def kind_of(text: str) -> Asks:
    """The kind of the last question word: in 几个部门发的文件向谁申请 it is "who"."""
    last: tuple[int, Asks] = (-1, Asks.WHETHER if _WHETHER.search(text) else Asks.WHAT)
    for asks, pattern in _ASKS:
        ends = [found.end() for found in pattern.finditer(text)]
        if ends and ends[-1] > last[0]:
            last = (ends[-1], asks)
    if last[1] is Asks.NUMBER and _unit_of(text) in _SURELY_COUNTED:
        return Asks.COUNT
    return last[1]


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
