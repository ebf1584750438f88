"""From when to when a text holds, by its own words: 自…起施行, 有效期五年, 试行两年. Pure."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from inquiry_service.knowledge.expressions.days import find_days, last_day, months_in

_ITSELF = re.compile(
    "本(?:条例|(?:实施|管理|暂行|试行)?(?:办法|规定|细则|规则|方案|意见)|通知|决定|标准|文件|制度|公告|通告|规范"
    "|指引|政策|措施|解释|法)"
)
_SENTENCE = re.compile(r"[^。；;\n]+[。；;]?")
_BEGINS = re.compile(
    r"自(?P<when>[^，。；;自]{2,30}?)起(?:[^，。；;自]{0,8}?)(?:施行|实施|执行|生效|试行)"
)
_ON_PUBLICATION = re.compile("公布|发布|印发|颁布")
_AFTER_DAYS = re.compile(r"(?P<days>\d{1,3})(?:日|天)后")
_TERM = "(?:有效期(?:限)?|试行期(?:限)?|执行期(?:限)?|施行期(?:限)?)"
_UNTIL = re.compile(rf"{_TERM}?(?:截止|截至|至|到)(?P<day>[^，。；;]{{6,20}})")
_GAP = r"[ \t\u3000]*"
_LASTS = re.compile(
    rf"(?:{_TERM}|试行|暂行){_GAP}(?:为|是|：)?{_GAP}"
    rf"(?P<period>(?:\d{{1,2}}|[一二两三四五六七八九十]{{1,3}}){_GAP}(?:年半?|个月))"
)
_NAMES_A_TERM = re.compile("有效期|试行|执行期|施行期|暂行")


@dataclass(frozen=True, slots=True)
class Term:
    """From when to when, as far as the text says; `words` are the sentences that say so."""

    effective: date | None = None
    expires: date | None = None
    words: tuple[str, ...] = ()


def term_of(text: str, published: date | None = None) -> Term:
    """What a text says about its own term; `published` is the day that 自公布之日起 means.

    Only sentences about the text itself count: the term of a licence is none of its own.
    """
    effective = expires = None
    words: list[str] = []
    for sentence in _about_itself(text):
        begins = _beginning(sentence, published)
        ends = _ending(sentence, begins or effective or published)
        if (begins and not effective) or (ends and not expires):
            words.append(sentence.strip())
        effective, expires = effective or begins, expires or ends
    return Term(effective, expires, tuple(words))


def _about_itself(text: str) -> Iterator[str]:
    """Sentences that speak of 本办法, or go on right after one that does."""
    before = False
    for found in _SENTENCE.finditer(text):
        sentence = found[0]
        itself = _ITSELF.search(sentence) is not None
        if itself or before or re.search(r"^[\s\u3000]*自[^，。；]{2,30}起", sentence):
            yield sentence
        before = itself and _BEGINS.search(sentence) is not None


def _beginning(sentence: str, published: date | None) -> date | None:
    found = _BEGINS.search(sentence)
    if found is None:
        return None
    days = find_days(found["when"])
    if days:
        return days[0].day
    if not _ON_PUBLICATION.search(found["when"]) or published is None:
        return None
    after = _AFTER_DAYS.search(found[0])
    return published + timedelta(days=int(after["days"])) if after else published


def _ending(sentence: str, begins: date | None) -> date | None:
    if not _NAMES_A_TERM.search(sentence):
        return None
    until = _UNTIL.search(sentence)
    days = find_days(until["day"]) if until else []
    if days:
        return days[0].day
    lasts = _LASTS.search(sentence)
    months = months_in("".join(lasts["period"].split())) if lasts else None
    return last_day(begins, months) if begins and months else None
