"""Measuring candidates: the quote each offers, and the evidence for and against it."""

from dataclasses import dataclass
from datetime import date

from inquiry_service.answering.agreement import Told, agreements
from inquiry_service.answering.folding import fold
from inquiry_service.answering.judgement import Evidence, Features
from inquiry_service.answering.lexical import LexicalIndex
from inquiry_service.answering.opening import OpenIndex
from inquiry_service.answering.question import Asks, Question
from inquiry_service.answering.quoting import Needs, Quote, Wanted, choose_quote, overlap
from inquiry_service.answering.retrieval import Found, Retrieved
from inquiry_service.answering.tokens import bigrams, terms_of_folded
from inquiry_service.knowledge.document import Kind, Passage, Provenance, Validity

WEIGHED = 6
"""How many candidates are measured: those behind are never better and only cost time."""

_NEEDS = {
    Asks.NUMBER: Needs.NUMBER,
    Asks.DURATION: Needs.TIME,
    Asks.WHEN: Needs.TIME,
    Asks.WHERE: Needs.PLACE,
}
_USUAL_FLOOR, _USUAL_SPAN = 0.75, 0.2
_TENTH = 9
_HALF = 0.5


@dataclass(frozen=True, slots=True)
class Weighed:
    """A candidate passage with its document, quote and evidence."""

    found: Found
    passage: Passage
    provenance: Provenance
    quote: Quote
    evidence: Evidence


def weigh(
    index: OpenIndex, question: Question, retrieved: Retrieved, *, today: date
) -> list[Weighed]:
    """The best candidates, measured, in their order."""
    scale = _Scale(index.lexical, question)
    best = retrieved.found[:WEIGHED]
    passages = index.shelf.passages([found.ordinal for found in best])
    return [
        _weigh(index, question, retrieved, scale, found, passage, today)
        for found, passage in zip(best, passages, strict=True)
    ]


def in_force(provenance: Provenance, today: date) -> bool:
    """Whether the text may be relied on that day; an amended text still may."""
    if provenance.validity in (Validity.REPEALED, Validity.EXPIRED):
        return False
    return provenance.expires is None or today <= provenance.expires


def familiarity(index: OpenIndex, question: Question) -> float:
    """The share of the content words' weight that stands anywhere in the library."""
    known = total = 0.0
    for word in question.words:
        pairs = bigrams(word.text) or [word.text]
        there = any(index.lexical.frequency(part) for part in (word.text, *pairs))
        total += word.weight
        known += word.weight if there else 0.0
    return known / total if total else 0.0


class _Scale:
    """The weights of a question's words, by their rarity in the library."""

    def __init__(self, lexical: LexicalIndex, question: Question) -> None:
        terms = dict.fromkeys(terms_of_folded(question.text))
        self.terms = {term: lexical.rarity(term) for term in terms if lexical.frequency(term)}
        self.words = {word.text: word.weight * lexical.rarity(word.text) for word in question.words}
        self.total = sum(self.words.values()) or 1.0

    def coverage(self, folded: str) -> float:
        return (
            sum(weight * _present(word, folded) for word, weight in self.words.items()) / self.total
        )

    def missing(self, folded: str) -> float:
        absent = [weight for word, weight in self.words.items() if _present(word, folded) < _HALF]
        return max(absent, default=0.0) / self.total


def _present(word: str, folded: str) -> float:
    """1 for the word itself, else a half of the share of its bigrams."""
    if word in folded:
        return 1.0
    pairs = [pair[:2] for pair in bigrams(word)]
    return _HALF * sum(pair in folded for pair in pairs) / len(pairs) if pairs else 0.0


def _weigh(
    index: OpenIndex,
    question: Question,
    retrieved: Retrieved,
    scale: _Scale,
    found: Found,
    passage: Passage,
    today: date,
) -> Weighed:
    provenance = index.documents[found.owner]
    quote = choose_quote(passage.text, _wanted(question, scale, provenance, passage))
    context = fold(" ".join([provenance.title, *passage.path, passage.text]))
    told = Told(provenance, context, fold(quote.text))
    evidence = Evidence(
        features=_features(question, retrieved, scale, found, quote, context),
        **agreements(question, told, index.home),
        in_force=question.asks_for_old_text or in_force(provenance, today),
        fits=quote.fits,
        document_id=provenance.document_id,
        variant=str(provenance.year) if provenance.kind is Kind.REPORT and provenance.year else "",
    )
    return Weighed(found, passage, provenance, quote, evidence)


def _wanted(question: Question, scale: _Scale, provenance: Provenance, passage: Passage) -> Wanted:
    return Wanted(
        weights=scale.terms,
        terms_of=lambda text: terms_of_folded(fold(text)),
        needs=_NEEDS.get(question.asks, Needs.NOTHING),
        unit=question.unit,
        asked_numbers=frozenset(str(year) for year in question.years),
        headings=frozenset({provenance.title, *passage.path}),
    )


def _features(
    question: Question,
    retrieved: Retrieved,
    scale: _Scale,
    found: Found,
    quote: Quote,
    context: str,
) -> Features:
    everyone = retrieved.found
    quoted = fold(quote.text)
    tenth = sorted((other.dense for other in everyone), reverse=True)[: _TENTH + 1][-1]
    others = [other.fused for other in everyone if other.owner != found.owner]
    first_in_words = max(everyone, key=lambda other: other.lexical)
    first_in_meaning = max(everyone, key=lambda other: other.dense)
    return Features(
        dense=_stretched(found.dense),
        dense_lead=(found.dense - tenth) / _USUAL_SPAN * 2,
        margin=max(-1.0, min(1.0, (found.fused - max(others, default=0.0)) / 4)),
        asked=_stretched(found.asked) if found.asked else 0.0,
        quote_coverage=scale.coverage(quoted),
        coverage=scale.coverage(context),
        quote_terms=overlap(terms_of_folded(quoted), scale.terms),
        missing=scale.missing(context),
        both_first=float(found is first_in_words and found is first_in_meaning),
        fits=float(quote.fits),
        year=float(bool(question.years) and any(str(y) in context for y in question.years)),
    )


def _stretched(cosine: float) -> float:
    return max(0.0, min(1.5, (cosine - _USUAL_FLOOR) / _USUAL_SPAN))
