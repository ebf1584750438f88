"""From a verdict to an answer: the quote with its citation, choices, ways on, trace."""

from collections.abc import Iterable, Sequence
from dataclasses import asdict
from datetime import date
from typing import Any

from inquiry_service.answering.answer import Answer, Choice, Citation, Pointer, Status, Trace
from inquiry_service.answering.cells import cell_asked
from inquiry_service.answering.confidence import confidence_of
from inquiry_service.answering.examining import Examined
from inquiry_service.answering.folding import fold
from inquiry_service.answering.judgement import Verdict
from inquiry_service.answering.opening import OpenIndex
from inquiry_service.answering.question import Question, years_in
from inquiry_service.answering.ranges import OFFERED
from inquiry_service.answering.sentences import failure_text, message_for
from inquiry_service.answering.succession import standing
from inquiry_service.answering.tracing import trace_of
from inquiry_service.answering.weighing import Weighed
from inquiry_service.knowledge.document import Provenance, Validity, fit_to_show

_NEAREST = 3
_SHARED = 0.25
"""Share of the question's content that an offered one must have in its own or in other words."""
_LOOKED_AT = 12
_NOT_OURS = frozenset({"matter_of_another_body", "everyday_matter"})
"""Endings after which nothing that is published here can be near."""
_WORTH_NAMING = 0.2
"""Confidence from which a document's title is offered, though it does not answer."""


def compose(asked: str, examined: Examined, index: OpenIndex) -> Answer:
    """The whole answer for a verdict."""
    verdict, question = examined.verdict, examined.question
    chosen = [examined.weighed[at] for at in verdict.chosen]
    answered = verdict.status is Status.ANSWERED
    first = chosen[0] if answered else None
    newer = newer_ones(index, first.provenance, examined.today) if first else ()
    return Answer(
        status=verdict.status,
        question=asked,
        message=message_for(
            verdict,
            question,
            first.provenance if first else None,
            standing(first.provenance, examined.today) if first else Validity.IN_FORCE,
            newer,
            cell_asked(question, first.passage, first.quote.text) if first else None,
        ),
        confidence=round(verdict.confidence, 4),
        quote=first.quote.text if first else None,
        citations=tuple(cite(one, examined.today) for one in chosen) if answered else (),
        choices=_choices(verdict, question, chosen),
        nearest=nearest(index, examined) if verdict.status is Status.UNMATCHED else (),
        newer=newer,
        index_version=index.manifest.index_version,
        trace=trace_of(examined),
    )


def failed(asked: str, incident: str, index_version: str = "") -> Answer:
    """A part broke. Never the same as "nothing found"."""
    return Answer(
        status=Status.FAILED,
        question=asked,
        message=failure_text(incident),
        index_version=index_version,
        trace=Trace(rule="part_failed"),
    )


def cite(one: Weighed, today: date) -> Citation:
    provenance, passage = one.provenance, one.passage
    return Citation(
        document_id=provenance.document_id,
        passage_id=passage.passage_id,
        title=provenance.title,
        path=passage.path,
        url=address_of(provenance.document_id, passage.passage_id),
        document_number=provenance.document_number,
        issuer=provenance.issuer,
        published=provenance.published.isoformat() if provenance.published else None,
        year=provenance.year,
        source=provenance.source,
        status=standing(provenance, today).value,
        digest=provenance.digest,
        passage=passage.text,
    )


def address_of(document_id: str, passage_id: str) -> str:
    """A path of this service that lands on the passage."""
    return f"/documents/{document_id}?highlight={passage_id}#p-{passage_id}"


def newer_ones(index: OpenIndex, provenance: Provenance, today: date) -> tuple[Pointer, ...]:
    """The newer document on the same matter, when there is one."""
    newer = index.succession.newer_than(provenance, today)
    if newer is None:
        return ()
    address = f"/documents/{newer.document_id}"
    pointer = Pointer(newer.document_id, newer.title, address, newer.document_number, newer.year)
    return (pointer,)


def nearest(index: OpenIndex, examined: Examined) -> tuple[Choice, ...]:
    """Published questions near to what was asked, and what the nearest documents are about.

    None when nothing is near, or the matter is another body's. Of another year than the one asked
    for nothing but titles, which tell their year.
    """
    rule, asked = examined.verdict.rule, set(examined.question.years)
    if rule in _NOT_OURS:
        return ()
    rows = examined.retrieved.asked_rows(_LOOKED_AT, OFFERED) if rule != "other_year" else []
    near = [
        (index.asked.texts[row], index.documents[index.asked.owners[row]])
        for row in rows
        if _worth_offering(examined.question, index.asked.texts[row])
    ]
    titles = [
        (one.provenance.title, one.provenance)
        for one in examined.weighed
        if confidence_of(one.evidence.features) >= _WORTH_NAMING
        and (rule != "other_year" or one.provenance.year is not None)
    ]
    texts = [text for text, told in (*near, *titles) if _of_a_year(asked, text, told)]
    offered = list(dict.fromkeys(texts or [title for title, _ in titles]))[:_NEAREST]
    return tuple(Choice(text, text) for text in offered)


def _worth_offering(question: Question, text: str) -> bool:
    """Whether it may be shown to others, and is about what was asked."""
    words, told = question.words, fold(text)
    shared = sum(
        word.weight
        for word in words
        if any(name in told for name in (word.text, *question.stand_ins.get(word.text, ())))
    )
    return fit_to_show(text) and shared >= _SHARED * sum(word.weight for word in words)


def answer_json(answer: Answer) -> dict[str, Any]:
    """The answer as the API and the command line give it."""
    told = asdict(answer)
    told["status"] = answer.status.value
    return told


def _of_a_year(asked: set[int], text: str, provenance: Provenance) -> bool:
    """Whether what is offered may speak of the year asked for."""
    told = set(years_in(text)) or ({provenance.year} if provenance.year else set())
    return not asked or not told or bool(asked & told)


def _choices(verdict: Verdict, question: Question, chosen: Sequence[Weighed]) -> tuple[Choice, ...]:
    """What tells the candidates apart; each asks a question that needs no asking back."""
    if verdict.status is not Status.CLARIFY:
        return ()
    match verdict.rule:
        case "several_years":
            years = sorted({one.provenance.year for one in chosen if one.provenance.year})
            return tuple(
                Choice(f"{year}年", f"{year}年{question.text}") for year in reversed(years)
            )
        case "several_regions":
            return _named(question, (one.provenance.region for one in chosen))
        case "several_bodies":
            return _named(question, (one.provenance.issuer for one in chosen))
        case _:
            return tuple(
                Choice(one.provenance.title, f"《{one.provenance.title}》：{question.text}")
                for one in chosen
            )


def _named(question: Question, names: Iterable[str | None]) -> tuple[Choice, ...]:
    told = dict.fromkeys(name for name in names if name)
    return tuple(Choice(name, f"{name}{question.text}") for name in told)
