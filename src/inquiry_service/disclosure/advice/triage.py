"""What a description looks like besides a request for information, and the right door. Pure.

It never refuses: each sentence says that the request may still be filed, and the bureau answers
it by the same article. It is cautious: a word such as 投诉 or 信访 says nothing, since the title of
a document may hold it. What counts is somebody wanting something done, in a clause that names no
record. The cues are data, in `triage_cues`.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from inquiry_service.disclosure.advice.triage_cues import (
    ASKS,
    BODIES,
    OWN,
    RECORD,
    RULES,
    Kind,
    Rule,
)

__all__ = ["Found", "Kind", "Sight", "look_at"]

_CLAUSE = re.compile(r"[^，。；！,;!\n]+")
_TITLE = re.compile(r"《[^》]*》")
_ENDING_RECORD = re.compile(rf"(?:{RECORD.pattern})[^，。；]{{0,6}}$")
_STILL = "如果您要的是已有的信息，仍然可以提交申请，本机关依法答复。"


@dataclass(frozen=True, slots=True)
class Found:
    """Words of the description that speak for a kind; `start` and `end` count its characters."""

    words: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Sight:
    """One thing that a description looks like.

    `sentence` is for the applicant, `door` names the kind of place to turn to, `article` is of
    the 条例 and empty where it has none.
    """

    kind: Kind
    sentence: str
    door: str
    article: str
    evidence: tuple[Found, ...]


def look_at(description: str) -> tuple[Sight, ...]:
    """What the description looks like, in the order of `Kind`; nothing for an ordinary request."""
    text = _readable(description)
    seen = {kind: found for kind in Kind if (found := tuple(_evidence(kind, text)))}
    if seen.keys() - {Kind.QUESTION, Kind.OTHER_BODY, Kind.BUSINESS}:
        seen.pop(Kind.QUESTION, None)  # what is asked there is part of what is wanted
    return tuple(_sight(kind, found, description) for kind, found in seen.items())


def _readable(description: str) -> str:
    """Full width and half width made one, titles in 《》 blanked; every place stays where it is."""
    folded = (unicodedata.normalize("NFKC", character) for character in description)
    pairs = zip(description, folded, strict=True)
    text = "".join(new if len(new) == 1 else old for old, new in pairs)
    text = text.translate(str.maketrans(",;!?:", "，；！？："))
    return _TITLE.sub(lambda title: f"《{'□' * (len(title.group()) - 2)}》", text)


def _evidence(kind: Kind, text: str) -> Iterator[tuple[int, int]]:
    spans = {span for rule in RULES[kind] if _may_hold(rule, text) for span in _spans(rule, text)}
    yield from sorted(spans)


def _may_hold(rule: Rule, text: str) -> bool:
    if rule.not_ours and OWN.search(text):
        return False
    return not (rule.no_record and _asks_for_a_record(text))


def _asks_for_a_record(text: str) -> bool:
    """Something kept on paper is asked for, or the text ends like the title of such a thing."""
    asked = "《" in text or RECORD.search(text)
    return bool((asked and ASKS.search(text)) or _ENDING_RECORD.search(text.rstrip("。！？ ")))


def _spans(rule: Rule, text: str) -> Iterator[tuple[int, int]]:
    for clause in _CLAUSE.finditer(text):
        words = clause.group()
        found = rule.cue.search(words)
        if found is None or (rule.unless and rule.unless.search(words)):
            continue
        yield clause.start() + found.start(), clause.start() + found.end()


def _sight(kind: Kind, spans: tuple[tuple[int, int], ...], description: str) -> Sight:
    evidence = tuple(Found(description[start:end], start, end) for start, end in spans)
    door = _bodies(description) if kind is Kind.OTHER_BODY else kind.door
    return Sight(kind, f"{kind.sentence.format(door=door)}{_STILL}", door, kind.article, evidence)


def _bodies(description: str) -> str:
    """The departments whose matters are named, in the order of the table."""
    text = _readable(description)
    return "、".join(body.name for body in BODIES if body.matters.search(text))
