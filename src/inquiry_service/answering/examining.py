"""From a question to a verdict: read, look at the cards, find, measure, judge."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from inquiry_service.answering.answer import Status
from inquiry_service.answering.cards import CardMatch
from inquiry_service.answering.encoder import Encoder
from inquiry_service.answering.judgement import Manner, Verdict, judge, objection_to
from inquiry_service.answering.named_questions import Nearness
from inquiry_service.answering.opening import OpenIndex
from inquiry_service.answering.question import Question, read_question
from inquiry_service.answering.ranges import ALIKE
from inquiry_service.answering.retrieval import Retrieved, retrieve
from inquiry_service.answering.scale import Scale, manner_of
from inquiry_service.answering.stretches import LONGEST_QUOTE
from inquiry_service.answering.vectors import Vectors
from inquiry_service.answering.weighing import Weighed, weigh

CARD_RULE = "card"


@dataclass(frozen=True, slots=True)
class Examined:
    """All that was found out on the way to an answer."""

    question: Question
    retrieved: Retrieved
    weighed: Sequence[Weighed]
    verdict: Verdict
    today: date


def question_for(index: OpenIndex, asked: str, today: date) -> Question:
    """A question as this library reads it."""
    return read_question(
        asked,
        today=today,
        home=index.home,
        glossary=index.glossary,
        spelling=index.spelling,
        titles=index.titles,
    )


def examine_question(
    index: OpenIndex, encoder: Encoder, question: Question, today: date
) -> Examined:
    """Raises whatever goes wrong in a part."""
    [vector] = encoder.encode_questions([question.text])
    near = index.near(vector)
    scale = Scale(index.lexical, question)
    manner = replace(
        manner_of(question, scale),
        chosen=question.about is not None,
        near=bool(near.asked.max(initial=0.0) >= ALIKE),
    )
    if not manner.to_the_machine and question.about is None:
        card = index.cards.match(question.text, near, today=today)
        if card is not None:
            told = _told_by_card(index, question, vector, near, card, scale, today)
            if told is not None:
                return told
    retrieved, weighed = _candidates(index, question, vector, near, scale, today)
    verdict = judge([one.evidence for one in weighed], manner)
    return Examined(question, retrieved, weighed, verdict, today)


def _candidates(
    index: OpenIndex,
    question: Question,
    vector: Vectors,
    near: Nearness,
    scale: Scale,
    today: date,
) -> tuple[Retrieved, list[Weighed]]:
    retrieved = retrieve(index, question, vector, near=near)
    weighed = weigh(index, question, vector, retrieved, scale, today=today)
    return retrieved, [_with_successor(index, question, one, today) for one in weighed]


def _with_successor(index: OpenIndex, question: Question, one: Weighed, today: date) -> Weighed:
    """A text that a newer one replaced does not answer, unless that very text is asked for."""
    named = (
        question.asks_for_old_text
        or question.about is not None
        or bool(question.document_numbers)
        or one.provenance.year in question.years
    )
    if named or index.succession.newer_than(one.provenance, today) is None:
        return one
    return one._replace(evidence=one.evidence._replace(superseded=True))


def _told_by_card(
    index: OpenIndex,
    question: Question,
    vector: Vectors,
    near: Nearness,
    card: CardMatch,
    scale: Scale,
    today: date,
) -> Examined | None:
    """The card's own words; `None` when a rule objects (another year, place or body)."""
    about = replace(question, about=card.document_id)
    retrieved, weighed = _candidates(index, about, vector, near, scale, today)
    weighed = [_whole(one) for one in weighed]
    verdict = judge([one.evidence for one in weighed], Manner(chosen=True))
    allowed = [at for at, one in enumerate(weighed) if objection_to(one.evidence) is None]
    if not allowed:
        return None
    chosen = verdict.chosen or (allowed[0],)
    told = Verdict(Status.ANSWERED, CARD_RULE, card.likeness, chosen)
    return Examined(question, retrieved, weighed, told, today)


def _whole(one: Weighed) -> Weighed:
    """A card is quoted whole where it is short enough: it was written to be."""
    text = one.passage.text.strip()
    if len(text) > LONGEST_QUOTE or "\n" in text:
        return one
    return one._replace(quote=one.quote._replace(text=text, start=one.passage.text.index(text)))
