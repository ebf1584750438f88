"""What one line is by itself: a heading of some rank, a list item, or plain text.

Whether it really is one may depend on its neighbours: see `outline`.
"""

import re
from dataclasses import dataclass, replace
from enum import IntEnum

from inquiry_service.knowledge.expressions.numerals import NUMERAL, to_int


class Rank(IntEnum):
    """Which heading stands above which. Markdown levels are 1 to 6."""

    TITLE = 0
    ANNEX = 9
    PART = 10
    SUBPART = 11
    CHAPTER = 12
    SECTION = 13
    CHINESE = 20
    """一、"""
    BRACKETED = 21
    """（一）"""
    ARABIC = 22
    """1."""
    BRACKETED_ARABIC = 23
    """（1）"""
    DECIMAL = 24
    """5 of a standard; one more for each further level, 5.1, 5.1.1."""
    QUESTION = 29
    """问：…, and nothing but an answer stands under it."""
    ARTICLE = 30
    """第一条: under everything, and nothing stands under it."""


DEEPEST_MARKDOWN = 6
ITEM_RANKS = (Rank.BRACKETED, Rank.ARABIC, Rank.BRACKETED_ARABIC)
"""Numbering that is as often a list as a heading."""


@dataclass(frozen=True, slots=True)
class Heading:
    """`label` goes into the path. `lead`: the line goes on with text after the label."""

    rank: int
    label: str
    lead: bool = False
    number: int | None = None
    """Of an article, to tell 第三十二条 that opens one from 第三十二条 that refers to one."""
    decimal: tuple[int, ...] = ()
    """Of 11.5.14, for the same purpose."""
    question: str | None = None
    """What the heading asks, without its number, when it asks."""


MAX_HEADING = 60
MIN_LINE_WITH_LEAD = 60
"""A shorter line is read at a glance and needs no name of its own in the path."""
_MAX_ITEM_HEADING = 30
_MAX_LEAD = 30
_MAX_UNSPACED = 20

_MARKDOWN = re.compile(r"(#{1,6})[ \t\u3000]+(\S.*?)[ \t#]*$")
_DIVISION = re.compile(
    rf"第{NUMERAL}{{1,8}}(编|分编|部分|篇|章|节)(?P<space>[ \t\u3000]*)(?P<rest>.*)"
)
_ARTICLE = re.compile(
    rf"第(?P<number>{NUMERAL}{{1,8}})条(?P<suffix>之{NUMERAL}{{1,3}})?"
    r"(?P<name>[ \t\u3000]*[【\[][^】\]]{1,30}[】\]])?(?P<space>[ \t\u3000]*)(?P<rest>.*)"
)
_ANNEX = re.compile(rf"附[件录表][ \t\u3000]*{NUMERAL}{{0,3}}[ \t\u3000]*[：:]?")
_NUMBERED = (
    (Rank.CHINESE, re.compile(r"(?P<number>[一二三四五六七八九十]{1,3})、")),
    (Rank.BRACKETED, re.compile(r"[（(](?P<number>[一二三四五六七八九十]{1,3})[）)]")),
    (Rank.BRACKETED_ARABIC, re.compile(r"[（(](?P<number>\d{1,2})[）)]")),
    (Rank.ARABIC, re.compile(r"(?P<number>\d{1,2})(?:[．、]|\.(?!\d))")),
)
_BULLET = re.compile(r"[-*+•●■◆▪·][ \t\u3000]|[①-⑳]")
_IN_SENTENCE = re.compile("[。；;！？!?，,]")
_ENDS_SENTENCE = re.compile("[。；;！？!?，,、：:]$")
_LEAD = re.compile(rf"[^。：；，,;\n]{{2,{_MAX_LEAD}}}(?=[。：])")
_DIVISION_RANKS = {
    "编": Rank.PART,
    "部分": Rank.PART,
    "篇": Rank.PART,
    "分编": Rank.SUBPART,
    "章": Rank.CHAPTER,
    "节": Rank.SECTION,
}
_REFERS = tuple("的规所、，,；;第至到和或及与以中内前等项款关修增删是")
"""After 第三十二条 without a space: the line goes on about an article instead of opening one."""
_REFERS_AFTER_SPACE = re.compile(
    "[、，,；;]|的(?!士)|规定(?:的|[^，。；]{0,12}(?:执行|办理|处理|处罚))|所(?:列|称|述|规定)|第[^条]{1,8}[款项]"
    "|(?:和|及|至|到|或者?|以及|与)第"
)
"""As a converter of PDF may write it: 第十一条 规定的…"""
_DECIMAL = re.compile(r"(?P<number>\d{1,2}(?:\.\d{1,2}){1,4})(?P<space>[ \t\u3000]*)(?P<rest>.*)")
_MEASURES = tuple("万亿元%％℃倍个件人户亩吨公千百米条日年月小分岁度")
"""After 2.5 without a space: a quantity."""


def heading_of(line: str) -> Heading | None:
    """The heading that this line, already stripped, may be."""
    return (
        _markdown(line)
        or _annex(line)
        or _division(line)
        or _article(line)
        or _decimal(line)
        or _numbered(line)
    )


def may_be_article(line: str) -> bool:
    """Whether a line begins as an article does, though it may refer to one."""
    return _ARTICLE.match(line) is not None


def may_be_decimal(line: str) -> bool:
    """Whether a line begins with 11.5.14 or longer; 2.5 is more often a quantity."""
    found = _DECIMAL.match(line)
    return found is not None and found["number"].count(".") > 1


def may_be_underlined(line: str) -> bool:
    """Whether a line of ==== below makes this line a heading."""
    return len(line) <= _MAX_ITEM_HEADING and "|" not in line and not _IN_SENTENCE.search(line)


def starts_block(line: str) -> bool:
    """Whether this line begins something of its own even without a blank line before it."""
    return bool(_BULLET.match(line)) or numbering_of(line) is not None


def numbering_of(line: str) -> tuple[Rank, int] | None:
    """The style of numbering and the number a line begins with, heading or not."""
    for rank, pattern in _NUMBERED:
        found = pattern.match(line)
        if found:
            return rank, to_int(found["number"]) or 0
    return None


def _label(text: str) -> str:
    return " ".join(text.replace("**", "").replace("__", "").split())


def _markdown(line: str) -> Heading | None:
    found = _MARKDOWN.match(line)
    if found is None or len(found[2]) > 2 * MAX_HEADING:
        return None
    article = _article(found[2])
    if article and article.lead and _IN_SENTENCE.search(found[2]):
        # A word processor gave the whole article the style of a heading.
        return replace(article, rank=len(found[1]), number=None)
    return Heading(len(found[1]), _label(found[2]))


def _annex(line: str) -> Heading | None:
    """附件2 on a line of its own: what follows is no longer the last article."""
    found = _ANNEX.fullmatch(line)
    return Heading(Rank.ANNEX, _label(line.rstrip("：:"))) if found else None


def _division(line: str) -> Heading | None:
    """第二章 申请 is a heading; 第二章规定的申请，… is a sentence."""
    found = _DIVISION.match(line)
    if found is None or len(line) > MAX_HEADING or _ENDS_SENTENCE.search(line):
        return None
    rest = found["rest"]
    unspaced = bool(rest) and not found["space"]
    if unspaced and (rest.startswith(_REFERS) or len(line) > _MAX_UNSPACED):
        return None
    if _IN_SENTENCE.search(rest):
        return None
    # 第一章　总　则: the inner spaces are typography.
    name = "".join(rest.split())
    marker = line[: found.start("space")]
    return Heading(_DIVISION_RANKS[found[1]], f"{marker} {name}".strip())


def _article(line: str) -> Heading | None:
    """第三十二条 with its text on the same line, or alone above it."""
    found = _ARTICLE.match(line)
    number = to_int(found["number"]) if found else None
    if found is None or number is None:
        return None
    rest, name = found["rest"], (found["name"] or "").strip()
    opened = found["space"] or name or not rest
    if (not opened and rest.startswith(_REFERS)) or _REFERS_AFTER_SPACE.match(rest):
        return None
    label = f"第{found['number']}条{found['suffix'] or ''}{name}"
    return Heading(Rank.ARTICLE, label, lead=bool(rest), number=number)


def _decimal(line: str) -> Heading | None:
    """5.1 收购, or 5.1.1 with its text; 11.5.14.2的试验 and 2.5万元 are neither."""
    found = _DECIMAL.match(line)
    if found is None or not found["rest"] or found["rest"].startswith((*_REFERS, *_MEASURES)):
        return None
    number = tuple(int(part) for part in found["number"].split("."))
    rank = min(Rank.DECIMAL + len(number) - 1, Rank.QUESTION - 1)
    if len(line) <= _MAX_ITEM_HEADING and not _IN_SENTENCE.search(found["rest"]):
        return Heading(rank, _label(line), decimal=number)
    if not found["space"]:
        return None
    return Heading(rank, found["number"], lead=True, decimal=number)


def chapter_of_standard(line: str, number: int) -> Heading | None:
    """5 收购, once it is known that 5.1 follows."""
    digits, _, name = line.replace("\u3000", " ").partition(" ")
    fit = digits == str(number) and 0 < len(name) <= _MAX_UNSPACED
    return Heading(Rank.DECIMAL, _label(line)) if fit and not _IN_SENTENCE.search(name) else None


def _numbered(line: str) -> Heading | None:
    numbering = numbering_of(line)
    if numbering is None:
        return None
    rank = numbering[0]
    limit = MAX_HEADING if rank is Rank.CHINESE else _MAX_ITEM_HEADING
    if len(line) <= limit and not _IN_SENTENCE.search(line):
        return Heading(rank, _label(line.rstrip("：:")))
    return _with_lead(rank, line)


def _with_lead(rank: Rank, line: str) -> Heading | None:
    """（一）加强组织领导。将… names its paragraph with its first sentence."""
    found = _LEAD.match(line)
    named = rank is Rank.BRACKETED or (rank is Rank.CHINESE and len(line) >= MIN_LINE_WITH_LEAD)
    return Heading(rank, _label(found[0]), lead=True) if found and named else None
