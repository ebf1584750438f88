"""Several questions asked at once: each is answered for itself, and they are told together."""

from collections.abc import Sequence
from dataclasses import replace

from inquiry_service.answering.answer import Answer, Part, Status
from inquiry_service.answering.reading.parts import says_besides
from inquiry_service.answering.sentences import NOT_FOUND, PART_UNCLEAR, parts_text


def joined(asked: str, parts: Sequence[str], answers: Sequence[Answer]) -> Answer | None:
    """One answer with a part for each question; `None` when not one of them is answered.

    When it is not clear what the first is about, that has to be asked first. Else the first
    answered part lends the whole its quote and citation. Parts that are answered by
    one and the same quote were one question after all, unless that quote says nothing of what
    the later one asks: then that one was not answered.
    """
    answers = [answers[0], *(_of_its_own(parts, answers, at) for at in range(1, len(answers)))]
    if answers[0].status is Status.CLARIFY:
        return _ask_back(asked, parts[0], answers[0])
    answered = [answer for answer in answers if answer.status is Status.ANSWERED]
    if not answered or len({answer.quote for answer in answered}) < len(answered):
        return None
    first = answered[0]
    told = tuple(_part(question, answer) for question, answer in zip(parts, answers, strict=True))
    citations = tuple(dict.fromkeys(c for answer in answered for c in answer.citations))
    return replace(
        first,
        question=asked,
        message=parts_text(len(told)),
        confidence=min(answer.confidence for answer in answered),
        citations=citations,
        newer=tuple(dict.fromkeys(one for answer in answered for one in answer.newer)),
        parts=told,
    )


def _of_its_own(parts: Sequence[str], answers: Sequence[Answer], at: int) -> Answer:
    """An answer that only repeats an earlier quote, for the topic alone, is none."""
    answer = answers[at]
    quote = answer.quote or ""
    if quote not in {earlier.quote for earlier in answers[:at]}:
        return answer
    own = says_besides(parts[at], "".join(parts[:at]))
    if not own or own & set(quote):
        return answer
    trace = replace(answer.trace, rule="not_sure_enough")
    return Answer(
        Status.UNMATCHED,
        answer.question,
        NOT_FOUND,
        index_version=answer.index_version,
        trace=trace,
    )


def _ask_back(asked: str, first: str, answer: Answer) -> Answer:
    """The choices of the first question, each asking all that was asked."""
    choices = tuple(
        replace(choice, question=choice.question.replace(first, asked)) for choice in answer.choices
    )
    return replace(answer, question=asked, choices=choices)


def _part(question: str, answer: Answer) -> Part:
    return Part(
        question=question,
        status=answer.status,
        message=PART_UNCLEAR if answer.status is Status.CLARIFY else answer.message,
        confidence=answer.confidence,
        quote=answer.quote,
        citation=answer.citations[0] if answer.citations else None,
        trace=answer.trace,
    )
