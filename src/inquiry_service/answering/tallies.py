"""Counting how our own judged questions ended: shares from 0 to 1, as a whole and by kind."""

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any

from inquiry_service.answering.answer import Status
from inquiry_service.answering.measured import Row
from inquiry_service.answering.question_sets import JudgedQuestion

Pairs = Sequence[tuple[JudgedQuestion, Row]]


def tally(pairs: Pairs) -> dict[str, Any]:
    """What share ended right, of what was answered how much is right, and how much is wrong.

    `right_quotes` is a share of all that was answered, rightly or not; `wrong_answers` one of all
    questions; `everyday_answered` one of the questions that no bureau has an answer to, and `None`
    without any; `parts_told` one of the parts of answered questions that ask several things.
    """
    answered = [pair for pair in pairs if pair[1].status is Status.ANSWERED]
    everyday = [row for judged, row in pairs if judged.everyday]
    asked_parts = sum(len(judged.parts) for judged, _ in answered)
    told_parts = sum(judged.parts_told(row.given) for judged, row in answered)
    return {
        "questions": len(pairs),
        "answered": len(answered),
        "right_endings": share(judged.right_ending(row.given) for judged, row in pairs),
        "right_quotes": share(judged.right_quote(row.given) for judged, row in answered),
        "wrong_answers": share(judged.wrong_answer(row.given) for judged, row in pairs),
        "everyday": len(everyday),
        "everyday_answered": (
            share(row.status is Status.ANSWERED for row in everyday) if everyday else None
        ),
        "parts": asked_parts,
        "parts_told": told_parts / asked_parts if asked_parts else None,
    }


def tallies_by_kind(pairs: Pairs) -> dict[str, dict[str, Any]]:
    kinds = sorted({judged.kind for judged, _ in pairs})
    return {kind: tally([pair for pair in pairs if pair[0].kind == kind]) for kind in kinds}


def confusion(pairs: Pairs) -> dict[str, dict[str, int]]:
    """How often each expected ending ended how; an ending that is right as well counts as right."""
    counted = Counter(
        (
            judged.expect.value,
            (judged.expect if judged.right_ending(row.given) else row.status).value,
        )
        for judged, row in pairs
    )
    endings = [status.value for status in Status]
    return {
        expected: {ended: counted[expected, ended] for ended in endings} for expected in endings
    }


def faults(pairs: Pairs) -> list[dict[str, Any]]:
    """What is to be looked at: wrong answers and wrong endings."""
    return [
        {
            "question": judged.question,
            "kind": judged.kind,
            "expected": judged.expect.value,
            "ended": row.status.value,
            "rule": row.rule,
            "confidence": row.confidence,
            "document": row.quotes[0][0] if row.quotes else None,
            "quote": row.quotes[0][1] if row.quotes else None,
        }
        for judged, row in pairs
        if judged.wrong_answer(row.given) or not judged.right_ending(row.given)
    ]


def share(outcomes: Iterable[bool]) -> float:
    listed = list(outcomes)
    return sum(listed) / len(listed) if listed else 0.0
