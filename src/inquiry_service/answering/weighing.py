"""Measuring candidates: the quote each offers, and the evidence for and against it."""

import math
from collections.abc import Iterable, Sequence
from datetime import date
from typing import NamedTuple

import numpy as np

from inquiry_service.answering.agreement import Agreements, Told, agreements
from inquiry_service.answering.cells import cell_asked
from inquiry_service.answering.conditions import Insistence
from inquiry_service.answering.confidence import Features
from inquiry_service.answering.folding import fold
from inquiry_service.answering.judgement import Agreement, Evidence, objection_to
from inquiry_service.answering.named_questions import Nearness
from inquiry_service.answering.needs import Needs
from inquiry_service.answering.opening import OpenIndex
from inquiry_service.answering.question import Asks, Question
from inquiry_service.answering.quoting import Quote, Wanted, choose_quote
from inquiry_service.answering.ranges import ASKED, SAME_QUESTION, USUAL, USUAL_SPAN
from inquiry_service.answering.retrieval import Found, Retrieved
from inquiry_service.answering.scale import Scale
from inquiry_service.answering.succession import in_force
from inquiry_service.answering.texts import Text
from inquiry_service.answering.tokens import distinct_terms
from inquiry_service.answering.vectors import Vectors
from inquiry_service.knowledge.document import Kind, Passage, Provenance

WEIGHED = 5
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
_TENTH = 10
_WIDE_LEAD = 4.0
_WIDE_IN_WORDS = 0.2
_ALONE = 0.25
"""The lead of a document that has none beside it: it tells little."""
_UNMEASURED = Features()


class Weighed(NamedTuple):
    """A candidate passage with its document, quote and evidence."""

    found: Found
    passage: Passage
    provenance: Provenance
    quote: Quote
    evidence: Evidence


def weigh(
    index: OpenIndex,
    question: Question,
    vector: Vectors,
    retrieved: Retrieved,
    scale: Scale,
    *,
    today: date,
) -> list[Weighed]:
    """The best candidates, measured, in their order."""
    best = retrieved.best(WEIGHED)
    ordinals = [found.ordinal for found in best]
    texts = index.texts(ordinals)
    likeness = index.likeness_of_sentences(ordinals, vector)
    weigher = _Weigher(index, question, retrieved, scale, today)
    quoted = [weigher.quote(*each) for each in zip(best, texts, likeness, strict=True)]
    leads = _Leads(quoted, retrieved)
    return [weigher.weigh(one, leads) for one in quoted]


class _Quoted(NamedTuple):
    """A candidate with its quote, and what the rules say of it."""

    found: Found
    text: Text
    quote: Quote
    quote_likeness: float
    folded_quote: str
    evidence: Evidence
    """Its features are not measured yet."""
    fits: bool

    @property
    def of_the_year(self) -> bool:
        return self.evidence.year is Agreement.AGREES


def _evidence(text: Text, agreed: Agreements, *, in_force: bool, denied: bool) -> Evidence:
    provenance = text.provenance
    return Evidence(
        features=_UNMEASURED,
        **agreed,
        in_force=in_force,
        denied=denied,
        document_id=provenance.document_id,
        variant=text.variant,
        sort=text.sort,
        region=provenance.region or "",
        issuer=provenance.issuer or "",
    )


def _denied(index: OpenIndex, near: Nearness) -> dict[int, float]:
    """How near the question is to one that a document does not answer, where it is nearly that."""
    rows = np.flatnonzero(near.denied >= SAME_QUESTION).tolist()
    rows.sort(key=near.denied.__getitem__)
    return {int(index.denied.owners[row]): float(near.denied[row]) for row in rows}


class _Weigher:
    """What is the same for all candidates of one question, computed once."""

    def __init__(
        self,
        index: OpenIndex,
        question: Question,
        retrieved: Retrieved,
        scale: Scale,
        today: date,
    ) -> None:
        self._index = index
        self._question = question
        self._today = today
        self._scale = scale
        self._denied_share = retrieved.near.denied_share
        self._denied = _denied(index, retrieved.near)
        self._insistence = Insistence(question.text)
        self._wanted = Wanted(
            weights=self._scale.terms,
            terms_of=distinct_terms,
            needs=_NEEDS.get(question.asks, Needs.NOTHING),
            unit=question.unit,
            asked_numbers=frozenset(str(year) for year in question.years),
            accepts=self._lets_answer if self._insistence else None,
        )
        self._first = {found.owner: found.ordinal for found in reversed(retrieved.best(WEIGHED))}
        near = sorted(retrieved.column("near"), reverse=True)
        self._tenth = near[:_TENTH][-1] if near else 0.0

    def quote(self, found: Found, text: Text, cosines: Sequence[float]) -> _Quoted:
        """A lone sentence is as near as its passage."""
        passage, provenance = text.passage, text.provenance
        likeness = list(map(_stretched, cosines)) if len(cosines) == len(text.sentences) else []
        quote = choose_quote(passage.text, self._wanted, headings=text.headings, likeness=likeness)
        folded = fold(quote.text)
        told = Told(provenance, text.folded_head, text.folded_context, folded)
        asks_for_old = self._question.asks_for_old_text
        agreed = agreements(self._question, self._insistence, told, self._index.home, self._today)
        valid = asks_for_old or in_force(provenance, self._today)
        return _Quoted(
            found=found,
            text=text,
            quote=quote,
            quote_likeness=quote.likeness if likeness else _stretched(found.dense),
            folded_quote=folded,
            evidence=_evidence(text, agreed, in_force=valid, denied=self._is_denied(found)),
            fits=quote.fits or self._fits_otherwise(passage, quote),
        )

    def weigh(self, one: _Quoted, leads: "_Leads") -> Weighed:
        evidence = one.evidence._replace(features=self._features(one, leads))
        return Weighed(one.found, one.text.passage, one.text.provenance, one.quote, evidence)

    def _fits_otherwise(self, passage: Passage, quote: Quote) -> bool:
        """A place has no pattern of its own, and a table's row tells its figures bare."""
        if self._question.asks is Asks.WHERE:
            return True
        return cell_asked(self._question, passage, quote.text) is not None

    def _lets_answer(self, words: str) -> bool:
        return self._insistence.lets_answer(fold(words))

    def _features(self, one: _Quoted, leads: "_Leads") -> Features:
        found, text, quote, scale = one.found, one.text, one.quote, self._scale
        near = found.near
        margin, meaning_lead, words_lead = leads.of(one)
        return Features(
            meaning=_stretched(near),
            meaning_lead=meaning_lead,
            meaning_spread=(near - self._tenth) / USUAL_SPAN * 2,
            sentence=_stretched(found.sentence),
            quote_sentence=one.quote_likeness,
            margin=margin,
            asked=_asked(found.asked) if self._is_first(found) else 0.0,
            asked_here=found.asked_here / (1.0 - ASKED),
            asked_share=found.asked_share,
            denied_share=self._denied_share,
            words=min(1.0, 2 * found.lexical),
            words_lead=words_lead,
            coverage=scale.coverage(f"{text.folded_context} {text.folded_questions}"),
            quote_coverage=scale.coverage(one.folded_quote),
            quote_terms=scale.overlap(distinct_terms(quote.text)),
            pairs=scale.pairs_in(text.folded_context),
            quote_pairs=scale.pairs_in(one.folded_quote),
            beside_title=scale.beside(text.folded_title, one.folded_quote),
            kind=float(_names_kind(self._question, text.provenance.kind)),
            article=float(one.evidence.article is Agreement.AGREES),
            year=float(one.of_the_year),
            unknown=scale.unknown,
            told=float((self._question.asks in _NEEDS and quote.fits) or quote.counts),
            untold=float(not one.fits),
        )

    def _is_denied(self, found: Found) -> bool:
        """Whether the document says that it does not answer nearly this very question."""
        return self._denied.get(found.owner, 0.0) > found.asked

    def _is_first(self, found: Found) -> bool:
        """Whether no passage of its document stands before it."""
        return self._first[found.owner] == found.ordinal


class _Leads:
    """How far a candidate stands above other documents: in the order, in meaning, in words."""

    def __init__(self, quoted: Sequence[_Quoted], everyone: Retrieved) -> None:
        able = [one for one in quoted if objection_to(one.evidence) is None]
        of_the_year = [one for one in able if one.of_the_year]
        self._everyone = everyone
        self._able = _Beside((one.found.owner, one.found.fused) for one in able)
        self._of_the_year = _Beside((one.found.owner, one.found.fused) for one in of_the_year)
        owners = everyone.column("owner")
        self._dense = _Beside(zip(owners, everyone.column("dense"), strict=True))
        self._lexical = _Beside(zip(owners, everyone.column("lexical"), strict=True))

    def of(self, one: _Quoted) -> tuple[float, float, float]:
        """Text that is silent about the year asked for is no rival of text that tells of it."""
        found = one.found
        if self._dense.than(found.owner) is None:
            return self._over_its_own(found)
        rivals = self._of_the_year if one.of_the_year else self._able
        return (
            _lead(found.fused, rivals.than(found.owner), _WIDE_LEAD),
            _lead(found.dense, self._dense.than(found.owner), USUAL_SPAN / 4),
            _lead(found.lexical, self._lexical.than(found.owner), _WIDE_IN_WORDS),
        )

    def _over_its_own(self, found: Found) -> tuple[float, float, float]:
        """A lone document leads over its own other passages."""
        others = [other for other in self._everyone.found if other.ordinal != found.ordinal]
        return (
            _lead(found.fused, max((one.fused for one in others), default=None), _WIDE_LEAD),
            _lead(found.dense, max((one.dense for one in others), default=None), USUAL_SPAN / 4),
            _lead(
                found.lexical, max((one.lexical for one in others), default=None), _WIDE_IN_WORDS
            ),
        )


class _Beside:
    """The highest figure of each document, to be compared with that of another."""

    def __init__(self, figures: Iterable[tuple[int, float]]) -> None:
        first, highest, second = -1, -math.inf, -math.inf
        for owner, figure in figures:
            if owner == first:
                highest = max(highest, figure)
            elif figure > highest:
                first, highest, second = owner, figure, highest
            elif figure > second:
                second = figure
        self._first, self._highest, self._second = first, highest, second

    def than(self, owner: int) -> float | None:
        """The highest of any other document; `None` when there is none."""
        other = self._second if owner == self._first else self._highest
        return None if other == -math.inf else other


def _lead(own: float, other: float | None, wide: float) -> float:
    lead = _ALONE if other is None else (own - other) / wide
    return max(-1.0, min(1.0, lead))


def _names_kind(question: Question, kind: Kind) -> bool:
    return any(name in question.text for name in _KIND_NAMES.get(kind, ()))


def _asked(cosine: float) -> float:
    return max(0.0, (cosine - ASKED) / (1.0 - ASKED))


def _stretched(cosine: float) -> float:
    return max(0.0, min(1.5, (cosine - USUAL) / USUAL_SPAN))
