"""What is kept of a decision, so that it can be explained and replayed."""

from typing import Any

from inquiry_service.answering.answer import Candidate, Trace
from inquiry_service.answering.confidence import Features, confidence_of
from inquiry_service.answering.examining import Examined
from inquiry_service.answering.judgement import ANSWER_AT, CHOSEN_AT, objection_to
from inquiry_service.answering.question import Question
from inquiry_service.answering.weighing import Weighed
from inquiry_service.knowledge.expressions.references import find_articles

_SHOWN_CANDIDATES = 6


def trace_of(examined: Examined) -> Trace:
    question, verdict, weighed = examined.question, examined.verdict, examined.weighed
    shown = weighed[verdict.chosen[0] if verdict.chosen else 0].evidence if weighed else None
    features = shown.features if shown else None
    return Trace(
        normalised=question.text,
        rule=verdict.rule,
        features=_rounded(features) if features else {},
        candidates=tuple(_candidate(one) for one in weighed[:_SHOWN_CANDIDATES]),
        read=_read(question),
        threshold=ANSWER_AT if question.about is None else CHOSEN_AT,
        asked_on=examined.today.isoformat(),
    )


def _rounded(features: Features) -> dict[str, float]:
    return {name: round(figure, 4) for name, figure in features._asdict().items()}


def _candidate(one: Weighed) -> Candidate:
    return Candidate(
        passage_id=one.passage.passage_id,
        document_id=one.provenance.document_id,
        dense=round(one.found.dense, 4),
        lexical=round(one.found.lexical, 4),
        fused=round(one.found.fused, 4),
        title=one.provenance.title,
        path=one.passage.path,
        quote=one.quote.text,
        confidence=round(confidence_of(one.evidence.features), 4),
        objection=objection_to(one.evidence) or "",
    )


def _read(question: Question) -> dict[str, Any]:
    """What was recognised, by its name; what was not there is left out."""
    told: dict[str, Any] = {
        "asks": question.asks.value,
        "years": list(question.years),
        "places": list(question.named.places),
        "bodies": list(question.named.bodies),
        "document_numbers": list(question.document_numbers),
        "articles": list(find_articles(question.text)),
        "typos": [list(typo) for typo in question.typos],
        "synonyms": list(question.synonyms),
        "matters": list(dict.fromkeys(matter.words for matter in question.manner.matters)),
        "about": question.about,
        "never": question.manner.never.value if question.manner.never else None,
        "old_text": question.asks_for_old_text or None,
    }
    return {name: value for name, value in told.items() if value}
