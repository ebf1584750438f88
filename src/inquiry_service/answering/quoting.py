"""Choosing what to quote: the sentence, clauses or table row that answers, never reworded.

A quote is always a substring of the passage, at most `LONGEST_QUOTE` characters long.
"""

import re
from collections.abc import Callable, Container, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from functools import lru_cache

LONGEST_QUOTE = 120


class Needs(StrEnum):
    """What must stand in a quote for it to answer at all."""

    NOTHING = "nothing"
    NUMBER = "number"
    COUNT = "count"
    """A number of the very unit that was asked for, or that there is none."""
    MONEY = "money"
    TIME = "time"
    CLOCK = "clock"
    PHONE = "phone"
    PLACE = "place"


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a quote is looked for: weighted terms of the question and the kind of answer.

    `terms_of` turns a stretch of text into the terms that `weights` speaks about.
    """

    weights: Mapping[str, float]
    terms_of: Callable[[str], Iterable[str]]
    needs: Needs = Needs.NOTHING
    unit: str | None = None
    asked_numbers: frozenset[str] = frozenset()
    headings: frozenset[str] = frozenset()
    likeness: Mapping[tuple[int, int], float] = field(default_factory=dict)
    """How near in meaning each sentence, by its span, is to the question; about 0 to 1."""
    accepts: Callable[[str], bool] | None = None
    """Whether a rule would let these words answer; others are quoted only when all are refused."""


@dataclass(frozen=True, slots=True)
class Quote:
    """A verbatim stretch of a passage, where it starts, and how well it fits."""

    text: str
    start: int
    score: float
    fits: bool
    """Whether it contains what the question needs (a number, a time, a place)."""
    likeness: float = 0.0
    """How near in meaning the sentence it is from is to the question."""
    counts: bool = False
    """Whether it has a number of the unit asked for."""


@dataclass(frozen=True, slots=True)
class _Stretch:
    start: int
    end: int


_SENTENCE = re.compile(r"[^。！？!?\n]*[。！？!?\n]+[”’」』）)]*|[^。！？!?\n]+")
_CLAUSE = re.compile(r"[^，,、：:；;]*[，,、：:；;]+|[^，,、：:；;]+")
_NUMBER = re.compile(
    r"\d+(?:[.,]\d+)*|[一二三四五六七八九十百千两](?=[件条次个项种类元份人名家户吨页倍日天月年季])"
)
_NONE_AT_ALL = re.compile(r"未(?:收到|发生|有|向|受理|产生)|没有|不收|免费|无(?:收费|此类)|零")
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
_HEADING_MARK = re.compile(
    r"\s*(?:#{1,6}\s|[一二三四五六七八九十]+、|[（(][一二三四五六七八九十]+[）)]|\d+[.、])"
)
_ENDS_A_SENTENCE = re.compile(r"[。！？!?；;，,：:|]\s*$")
_MARKS_BEFORE = re.compile(r"(?:[\s#>*+|、，,；;。：:]|-\s)+")
_LONGEST_HEADING = 40
_POINTS_BACK = re.compile(
    "[他她它此该这那]|其(?!他)|随即|随后|之后|同时|因此|于是|所以|最终|并|后来|当[时年地]|取而代|两者|上述|前[款项]"
)

_FIT_BONUS = 0.35
_UNIT_BONUS = 0.25
_HEADING_PENALTY = 0.3
_NEIGHBOUR_SHARE = 0.25
_LIKENESS_SHARE = 1.0
_NEIGHBOUR_WORTH = 0.35
_MOST_NEIGHBOURS = 2
_POINTED_TO = 0.3
_REFUSED_SHARE = 0.3


def choose_quote(text: str, wanted: Wanted) -> Quote:
    """The best quote of a passage; ties go to the earlier one.

    Neighbours that speak of the same matter are quoted with it while there is room. Raises
    `ValueError` for a passage without a character to quote.
    """
    sentences = _sentences(text)
    if not sentences:
        raise ValueError("a passage without text cannot be quoted")
    best = [_best_of_sentence(text, sentences, at, wanted) for at in range(len(sentences))]
    chosen = max(range(len(best)), key=lambda at: (best[at].score, -at))
    return _with_neighbours(text, best, chosen, wanted)


def _best_of_sentence(text: str, sentences: Sequence[_Stretch], at: int, wanted: Wanted) -> Quote:
    sentence = sentences[at]
    near = _near_terms(text, sentences, at, wanted)
    likeness = wanted.likeness.get((sentence.start, sentence.end), 0.0)
    parts = [_judged(text, part, near, likeness, wanted) for part in _fitting(text, sentence)]
    return max(parts, key=lambda quote: (quote.score, -quote.start))


def _with_neighbours(text: str, best: Sequence[Quote], chosen: int, wanted: Wanted) -> Quote:
    """Sentences beside join while there is room, when they speak of the matter too.

    What begins with a word that points back (该, 其, 他) is quoted with what it points to.
    """
    quote = best[chosen]
    enough = quote.score * _NEIGHBOUR_WORTH
    first = last = chosen
    for _ in range(_MOST_NEIGHBOURS):
        beside = [at for at in (last + 1, first - 1) if 0 <= at < len(best)]
        worth = {at: _worth(best, at, first, enough) for at in beside}
        for at in sorted(beside, key=lambda at: -worth[at]):
            joined = _joined(text, quote, best[at])
            if worth[at] >= enough and joined is not None and _accepted(joined[0], wanted):
                quote = replace(
                    quote, text=joined[0], start=joined[1], fits=fits(joined[0], wanted)
                )
                first, last = min(first, at), max(last, at)
                break
        else:
            return quote
    return quote


def _accepted(quoted: str, wanted: Wanted) -> bool:
    return wanted.accepts is None or wanted.accepts(quoted)


def _worth(best: Sequence[Quote], at: int, first: int, enough: float) -> float:
    other = best[at]
    if at < first and _POINTS_BACK.match(best[first].text):
        return max(other.score, enough) + _POINTED_TO
    if at > first and _POINTS_BACK.match(other.text):
        return other.score + _POINTED_TO / 2
    return other.score


def _joined(text: str, one: Quote, other: Quote) -> tuple[str, int] | None:
    """Both with what lies between, and where they start; nothing when too long or parted."""
    start = min(one.start, other.start)
    end = max(one.start + len(one.text), other.start + len(other.text))
    together = text[start:end]
    whole = "\n" not in together or (_ends_well(one.text) and _ends_well(other.text))
    return (together, start) if end - start <= LONGEST_QUOTE and whole else None


def _ends_well(quoted: str) -> bool:
    """Whether it is a sentence of a paragraph: no heading, no row, no item of a list."""
    return quoted.endswith(("。", "！", "？")) and not _HEADING_MARK.match(quoted)


def sentence_spans(text: str) -> list[tuple[int, int]]:
    """Where the sentences and table rows of a passage stand."""
    return [(one.start, one.end) for one in _sentences(text)]


@lru_cache(maxsize=8192)
def _sentences(text: str) -> tuple[_Stretch, ...]:
    """Remembered, because the same few passages are quoted again and again."""
    return tuple(_stretches(text, 0, len(text), _SENTENCE))


def has_number(text: str, *, besides: frozenset[str] = frozenset()) -> bool:
    """Whether a number is told that the question did not tell itself; "none" counts as one."""
    told = {found.replace(",", "") for found in _NUMBER.findall(text)}
    return bool(told - besides) or bool(_NONE_AT_ALL.search(text))


def fits(text: str, wanted: Wanted) -> bool:
    match wanted.needs:
        case Needs.NUMBER:
            return has_number(text, besides=wanted.asked_numbers)
        case Needs.COUNT:
            return _counts_in(text, wanted.unit or "") or bool(_NONE_AT_ALL.search(text))
        case Needs.NOTHING:
            return True
        case needs:
            return bool(_PATTERNS[needs].search(text))


def overlap(terms: Container[str], weights: Mapping[str, float]) -> float:
    """The share of the question's weight that these terms carry, from 0 to 1."""
    total = sum(weights.values())
    found = sum(weight for term, weight in weights.items() if term in terms)
    return found / total if total else 0.0


def _judged(
    text: str, stretch: _Stretch, near: frozenset[str], likeness: float, wanted: Wanted
) -> Quote:
    quoted = text[stretch.start : stretch.end]
    own = frozenset(wanted.terms_of(quoted))
    score = overlap(own, wanted.weights)
    score += _NEIGHBOUR_SHARE * overlap(near - own, wanted.weights) if near else 0.0
    score += _LIKENESS_SHARE * likeness
    fitting = fits(quoted, wanted)
    counts = bool(wanted.unit) and _counts_in(quoted, wanted.unit or "")
    if wanted.needs is not Needs.NOTHING and fitting:
        score += _FIT_BONUS
    score += _UNIT_BONUS if counts else 0.0
    if _is_heading(quoted, wanted.headings) and stretch.end < len(text):
        score *= _HEADING_PENALTY
    if not _accepted(quoted, wanted):
        score *= _REFUSED_SHARE
    return Quote(quoted, stretch.start, score, fitting, likeness, counts)


def _near_terms(
    text: str, sentences: Sequence[_Stretch], at: int, wanted: Wanted
) -> frozenset[str]:
    """Terms of the sentence before: what "it" and "this" in a sentence speak of."""
    if at == 0:
        return frozenset()
    before = sentences[at - 1]
    return frozenset(wanted.terms_of(text[before.start : before.end]))


def _fitting(text: str, sentence: _Stretch) -> list[_Stretch]:
    """The sentence itself, or the longest runs of its clauses that are short enough."""
    if sentence.end - sentence.start <= LONGEST_QUOTE:
        return [sentence]
    clauses = [
        part
        for clause in _stretches(text, sentence.start, sentence.end, _CLAUSE)
        for part in _cut_evenly(clause)
    ]
    return [_run_from(text, clauses, first) for first in range(len(clauses))]


def _run_from(text: str, clauses: Sequence[_Stretch], first: int) -> _Stretch:
    start = clauses[first].start
    within = [clause.end for clause in clauses[first:] if clause.end - start <= LONGEST_QUOTE]
    return _trimmed(text, start, within[-1]) or clauses[first]


def _cut_evenly(clause: _Stretch) -> list[_Stretch]:
    """A stretch without any punctuation is cut by length: better a cut than no quote."""
    return [
        _Stretch(start, min(start + LONGEST_QUOTE, clause.end))
        for start in range(clause.start, clause.end, LONGEST_QUOTE)
    ]


def _stretches(text: str, start: int, end: int, pattern: re.Pattern[str]) -> list[_Stretch]:
    found = (_trimmed(text, *match.span()) for match in pattern.finditer(text, start, end))
    return [stretch for stretch in found if stretch]


def _trimmed(text: str, start: int, end: int) -> _Stretch | None:
    """Without the white space and list marks around it; nothing when nothing is left."""
    while end > start and text[end - 1].isspace():
        end -= 1
    marks = _MARKS_BEFORE.match(text, start, end)
    if marks:
        start = marks.end()
    return _Stretch(start, end) if end > start else None


def _counts_in(text: str, unit: str) -> bool:
    return bool(re.search(rf"(?:\d|[一二三四五六七八九十百千两])\s*个?{re.escape(unit)}", text))


def _is_heading(quoted: str, headings: frozenset[str]) -> bool:
    bare = quoted.strip("# *\n")
    if bare in headings:
        return True
    short = len(bare) <= _LONGEST_HEADING and not _ENDS_A_SENTENCE.search(bare)
    return short and bool(_HEADING_MARK.match(quoted))
