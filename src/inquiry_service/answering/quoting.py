"""Choosing what to quote: the sentence, clauses or table row that answers, never reworded.

A quote is always a substring of the passage, at most `LONGEST_QUOTE` characters long.
"""

import re
from collections.abc import Callable, Container, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from inquiry_service.answering.needs import Needs, counts_in, tells
from inquiry_service.answering.stretches import (
    LONGEST_QUOTE,
    Sentence,
    Stretch,
    ends_well,
    sentences_of,
)


@dataclass(frozen=True)
class Wanted:
    """What a quote is looked for: weighted terms of the question and the kind of answer.

    `terms_of` turns a stretch of text into the terms that `weights` speaks about.
    """

    weights: Mapping[str, float]
    terms_of: Callable[[str], Iterable[str]]
    needs: Needs = Needs.NOTHING
    unit: str | None = None
    asked_numbers: frozenset[str] = frozenset()
    accepts: Callable[[str], bool] | None = None
    """Whether a rule would let these words answer; others are quoted only when all are refused."""

    @cached_property
    def total(self) -> float:
        return sum(self.weights.values())

    def fits(self, text: str) -> bool:
        return tells(text, self.needs, self.unit, self.asked_numbers)

    def accepted(self, text: str) -> bool:
        return self.accepts is None or self.accepts(text)

    def overlap(self, terms: Container[str]) -> float:
        """The share of the question's weight that these terms carry, from 0 to 1."""
        found = [weight for term, weight in self.weights.items() if term in terms]
        return sum(found) / self.total if self.total else 0.0


class Quote(NamedTuple):
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


_POINTS_BACK = re.compile(
    "[他她它此该这那]|其(?!他)|随即|随后|之后|同时|因此|于是|所以|最终|并|后来|当[时年地]|取而代|两者|上述|前[款项]"
)

_FIT_BONUS = 0.35
_UNIT_BONUS = 0.25
_HEADING_PENALTY = 0.3
_NEIGHBOUR_SHARE = 0.25
_LIKENESS_SHARE = 1.0
_NEIGHBOUR_WORTH = 0.3
_MOST_NEIGHBOURS = 2
_POINTED_TO = 0.3
_REFUSED_SHARE = 0.3


def choose_quote(
    text: str,
    wanted: Wanted,
    *,
    headings: frozenset[str] = frozenset(),
    likeness: Sequence[float] = (),
) -> Quote:
    """The best quote of a passage; ties go to the earlier one.

    Neighbours that speak of the same matter are quoted with it while there is room. `likeness`
    is how near in meaning each sentence is to the question, about 0 to 1. Raises `ValueError`
    for a passage without a character to quote.
    """
    sentences = sentences_of(text)
    if not sentences:
        raise ValueError("a passage without text cannot be quoted")
    near = [*likeness] or [0.0] * len(sentences)
    best = [
        _best_of_sentence(sentences, at, near[at], headings, wanted) for at in range(len(sentences))
    ]
    if len(best) == 1:
        return best[0]
    chosen = max(range(len(best)), key=lambda at: (best[at].score, -at))
    return _with_neighbours(text, best, chosen, wanted)


def _best_of_sentence(
    sentences: Sequence[Sentence],
    at: int,
    likeness: float,
    headings: frozenset[str],
    wanted: Wanted,
) -> Quote:
    """The sentence before tells what "it" and "this" in a sentence speak of."""
    before = frozenset(wanted.terms_of(sentences[at - 1].text)) if at else frozenset[str]()
    quotes = [
        _judged(stretch, before, likeness, headings, wanted) for stretch in sentences[at].stretches
    ]
    return quotes[0] if len(quotes) == 1 else max(quotes, key=_rank)


def _rank(quote: Quote) -> tuple[float, int]:
    return quote.score, -quote.start


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
            if worth[at] >= enough and joined is not None and wanted.accepted(joined[0]):
                quote = quote._replace(text=joined[0], start=joined[1], fits=wanted.fits(joined[0]))
                first, last = min(first, at), max(last, at)
                break
        else:
            return quote
    return quote


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
    if end - start > LONGEST_QUOTE:
        return None
    together = text[start:end]
    whole = "\n" not in together or (ends_well(one.text) and ends_well(other.text))
    return (together, start) if whole else None


def _judged(
    stretch: Stretch,
    before: frozenset[str],
    likeness: float,
    headings: frozenset[str],
    wanted: Wanted,
) -> Quote:
    quoted = stretch.text
    own = frozenset(wanted.terms_of(quoted))
    score = wanted.overlap(own)
    score += _NEIGHBOUR_SHARE * wanted.overlap(before - own) if before else 0.0
    score += _LIKENESS_SHARE * likeness
    fitting = wanted.fits(quoted)
    counts = bool(wanted.unit) and counts_in(quoted, wanted.unit or "")
    if wanted.needs is not Needs.NOTHING and fitting:
        score += _FIT_BONUS
    score += _UNIT_BONUS if counts else 0.0
    if not stretch.at_the_end and (stretch.like_a_heading or stretch.bare in headings):
        score *= _HEADING_PENALTY
    if not wanted.accepted(quoted):
        score *= _REFUSED_SHARE
    return Quote(quoted, stretch.start, score, fitting, likeness, counts)
