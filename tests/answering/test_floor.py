"""The thresholds hold what is stated: both halves of our own questions, on the real encoder.

The held-out half is only counted here: a failure names figures, never a question.
"""

from pathlib import Path
from typing import Any

import pytest

from answering.answering_house import REPOSITORY, TODAY
from inquiry_service.answering.asking import AnswerEngine
from inquiry_service.answering.evaluation import evaluate_questions
from inquiry_service.answering.question_sets import Half, half_of
from inquiry_service.answering.report.targets import FLOORS

pytestmark = [pytest.mark.encoder, pytest.mark.timeout(600)]

FILES = sorted((REPOSITORY / "knowledge" / "evaluation").glob("*.yaml"))


def test_both_halves_are_there() -> None:
    assert {half_of(file) for file in FILES} == set(FLOORS) == set(Half)


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_what_is_stated_holds(everything: AnswerEngine, file: Path) -> None:
    half = half_of(file)
    figures = evaluate_questions(file, everything, today=TODAY)
    missed = [
        f"{target.measure} {figures[target.measure]:.3f}, stated "
        f"{'at most' if target.at_most else 'at least'} {target.reach}"
        for target in FLOORS[half]
        if not target.reached(figures[target.measure])
    ]
    assert not missed, f"{file.name}: {'; '.join(missed)}{_faults(half, figures)}"


def _faults(half: Half, figures: dict[str, Any]) -> str:
    if half is Half.HELD_OUT:
        return f" ({len(figures['faults'])} faults)"
    return "\n" + "\n".join(
        f"{fault['expected']} -> {fault['ended']} by {fault['rule']} at {fault['confidence']}: "
        f"{fault['question']} {fault['document'] or ''}"
        for fault in figures["faults"]
    )
