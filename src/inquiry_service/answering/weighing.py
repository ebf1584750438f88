"""Measuring candidates: the quote each offers, and the evidence for and against it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache

from inquiry_service.answering.agreement import Agreements, Told, agreements
from inquiry_service.answering.cells import cell_asked
from inquiry_service.answering.conditions import insists, may_answer
from inquiry_service.answering.confidence import Features
from inquiry_service.answering.folding import fold
from inquiry_service.answering.judgement import Agreement, Evidence, objection_to
from inquiry_service.answering.needs import Needs
from inquiry_service.answering.opening import OpenIndex
from inquiry_service.answering.question import Asks, Question
from inquiry_service.answering.quoting import Quote, Wanted, choose_quote
from inquiry_service.answering.retrieval import Found, Retrieved
from inquiry_service.answering.scale import Scale
from inquiry_service.answering.stretches import sentences_of
from inquiry_service.answering.succession import in_force
from inquiry_service.answering.tokens import distinct_terms
from inquiry_service.answering.vectors import Vectors
from inquiry_service.knowledge.document import Kind, Passage, Provenance

WEIGHED = 10
"""How many candidates are measured: those behind are hardly ever better and only cost time."""

_NEEDS = {
    Asks.NUMBER: Needs.NUMBER,
    Asks.COUNT: Needs.COUNT,
    Asks.MONEY: Needs.MONEY,
    Asks.CLOCK: Needs.CLOCK,
    Asks.PHONE: Needs.PHONE,
    Asks.DURATION: Needs.TIME,
    Asks.WHEN: Needs.TIME,
    Asks.WHERE: Needs.PLACE,
}
_KIND_NAMES = {
    Kind.REPORT: ("报告", "年报"),
    Kind.EXPLANATION: ("解读",),
    Kind.GUIDE: ("指南",),
}
_USUAL_FLOOR, _USUAL_SPAN = 0.75, 0.2
_ASKED_FLOOR = 0.85
_TENTH = 10
_WIDE_LEAD = 4.0
_ALONE = 0.25
"""The lead of a document that has none beside it: it tells little."""


@dataclass(frozen=True, slots=True)
class Weighed:
    """A candidate passage with its document, quote and evidence."""

    found: Found
    passage: Passage
    provenance: Provenance
    quote: Quote
    evidence: Evidence


def weigh(
    index: OpenIndex, question: Question, vector: Vectors, retrieved: Retrieved, *, today: date
) -> list[Weighed]:
    """The best candidates, measured, in their order."""
    best = retrieved.found[:WEIGHED]
    passages = index.passages([found.ordinal for found in best])
    weigher = _Weigher(index, question, vector, retrieved, today)
    weighed = [weigher.weigh(*pair) for pair in zip(best, passages, strict=True)]
    able = [one.found if objection_to(one.evidence) is None else None for one in weighed]
    of_the_year = [one.evidence.year is Agreement.AGREES for one in weighed]
    return [_led(one, _rivals(one, able, of_the_year), retrieved.found) for one in weighed]


def _rivals(one: Weighed, able: Sequence[Found | None], of_the_year: Sequence[bool]) -> list[float]:
    """The order figures of other documents that might answer as well.

    Text that is silent about the year asked for is no rival of text that tells of it.
    """
    only_of_the_year = one.evidence.year is Agreement.AGREES
    return [
        other.fused
        for other, agrees in zip(able, of_the_year, strict=True)
        if other is not None and other.owner != one.found.owner and (agrees or not only_of_the_year)
    ]


def _led(one: Weighed, rivals: Sequence[float], everyone: Sequence[Found]) -> Weighed:
    """With its lead over other documents: in the order, in meaning and in words."""
    found = one.found
    beside = [other for other in everyone if other.owner != found.owner]
    others = beside or [other for other in everyone if other is not found]
    if not beside:  # a lone document leads over its own other passages
        rivals = [other.fused for other in others]
    margin = (found.fused - max(rivals, default=found.fused - _ALONE * _WIDE_LEAD)) / _WIDE_LEAD
    features = replace(
        one.evidence.features,
        margin=max(-1.0, min(1.0, margin)),
        meaning_lead=_lead(found.dense, (other.dense for other in others), _USUAL_SPAN / 4),
        words_lead=_lead(found.lexical, (other.lexical for other in others), 0.2),
    )
    return replace(one, evidence=replace(one.evidence, features=features))


def _lead(own: float, others: Iterable[float], wide: float) -> float:
    return max(-1.0, min(1.0, (own - max(others, default=own - _ALONE * wide)) / wide))


class _Weigher:
    """What is the same for all candidates of one question, computed once."""

    def __init__(
        self,
        index: OpenIndex,
        question: Question,
        vector: Vectors,
        retrieved: Retrieved,
        today: date,
    ) -> None:
        self._index = index
        self._question = question
        self._vector = vector
        self._today = today
        self._scale = Scale(index.lexical, question)
        self._wanted = Wanted(
            weights=self._scale.terms,
            terms_of=distinct_terms,
            needs=_NEEDS.get(question.asks, Needs.NOTHING),
            unit=question.unit,
            asked_numbers=frozenset(str(year) for year in question.years),
            accepts=self._may_answer if insists(question.text) else None,
        )
        self._first = {found.owner: found.ordinal for found in reversed(retrieved.found)}
        near = sorted(map(_nearness, retrieved.found), reverse=True)
        self._tenth = near[:_TENTH][-1] if near else 0.0

    def weigh(self, found: Found, passage: Passage) -> Weighed:
        provenance = self._index.documents[found.owner]
        title = _folded(provenance.title)
        head = _folded(" ".join([provenance.title, *passage.path]))
        context = f"{head} {_folded(passage.text)}"
        likeness = self._likeness(found, passage)
        quote = choose_quote(
            passage.text,
            self._wanted,
            headings=frozenset({provenance.title, *passage.path}),
            likeness=likeness,
        )
        told = Told(provenance, head, context, _folded(quote.text))
        agreed = agreements(self._question, told, self._index.home, self._today)
        quote_likeness = quote.likeness if likeness else _stretched(found.dense)
        evidence = Evidence(
            features=self._features(found, quote, agreed, told, title, quote_likeness),
            **agreed,
            in_force=self._question.asks_for_old_text or in_force(provenance, self._today),
            fits=quote.fits or self._fits_otherwise(passage, quote),
            document_id=provenance.document_id,
            variant=_variant(provenance),
        )
        return Weighed(found, passage, provenance, quote, evidence)

    def _likeness(self, found: Found, passage: Passage) -> list[float]:
        """How near each sentence is to the question; a lone sentence is as near as its passage."""
        vectors = self._index.sentences_of(found.ordinal)
        if len(vectors) != len(sentences_of(passage.text)):
            return []
        return [
            _stretched(cosine) for cosine in (vectors.astype("float32") @ self._vector).tolist()
        ]

    def _fits_otherwise(self, passage: Passage, quote: Quote) -> bool:
        """A place has no pattern of its own, and a table's row tells its figures bare."""
        if self._question.asks is Asks.WHERE:
            return True
        return cell_asked(self._question, passage, quote.text) is not None

    def _may_answer(self, words: str) -> bool:
        return may_answer(self._question.text, _folded(words))

    def _features(
        self,
        found: Found,
        quote: Quote,
        agreed: Agreements,
        told: Told,
        title: str,
        likeness: float,
    ) -> Features:
        near = _nearness(found)
        scale = self._scale
        return Features(
            meaning=_stretched(near),
            meaning_spread=(near - self._tenth) / _USUAL_SPAN * 2,
            sentence=_stretched(found.sentence),
            quote_sentence=likeness,
            asked=_asked(found.asked) if self._is_first(found) else 0.0,
            words=min(1.0, 2 * found.lexical),
            coverage=scale.coverage(f"{told.context} {_asked_for(told.provenance)}"),
            quote_coverage=scale.coverage(told.quote),
            quote_terms=scale.overlap(distinct_terms(quote.text)),
            pairs=scale.pairs_in(told.context),
            quote_pairs=scale.pairs_in(told.quote),
            beside_title=scale.beside(title, told.quote),
            kind=float(_names_kind(self._question, told.provenance.kind)),
            article=float(agreed["article"] is Agreement.AGREES),
            year=float(agreed["year"] is Agreement.AGREES),
            unknown=scale.unknown,
            told=float((self._question.asks in _NEEDS and quote.fits) or quote.counts),
        )

    def _is_first(self, found: Found) -> bool:
        """Whether no passage of its document stands before it."""
        return self._first[found.owner] == found.ordinal


def _asked_for(provenance: Provenance) -> str:
    """How people ask for the document: their words count as its own."""
    return _folded(" ".join(provenance.questions))


@lru_cache(maxsize=4096)
def _folded(text: str) -> str:
    """Remembered, because the same few passages are measured again and again."""
    return fold(text)


def _names_kind(question: Question, kind: Kind) -> bool:
    return any(name in question.text for name in _KIND_NAMES.get(kind, ()))


def _nearness(found: Found) -> float:
    return max(found.dense, found.sentence)


def _variant(provenance: Provenance) -> str:
    is_report = provenance.kind is Kind.REPORT and provenance.year
    return str(provenance.year) if is_report else ""


def _asked(cosine: float) -> float:
    return max(0.0, (cosine - _ASKED_FLOOR) / (1.0 - _ASKED_FLOOR))


def _stretched(cosine: float) -> float:
    return max(0.0, min(1.5, (cosine - _USUAL_FLOOR) / _USUAL_SPAN))
