"""Measuring our own judged questions, one half at a time."""

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from inquiry_service.answering.answer import Status
from inquiry_service.answering.asking import AnswerEngine
from inquiry_service.answering.calibration import Judged
from inquiry_service.answering.measured import Ledger, Row
from inquiry_service.answering.question_sets import (
    Given,
    Half,
    JudgedQuestion,
    half_of,
    load_judged_questions,
)
from inquiry_service.answering.report.cases import (
    MISSED,
    OTHER_ENDING,
    SLIPPED,
    WRONG,
    Case,
)
from inquiry_service.answering.report.sets import Watch, sample
from inquiry_service.answering.tallies import Pairs, confusion, tallies_by_kind, tally

HALVES = {Half.FITTING: "自有问题（调校用）", Half.HELD_OUT: "自有问题（留作检验）"}


@dataclass(frozen=True)
class HalfResult:
    """One half of our own questions, measured."""

    half: Half
    files: tuple[str, ...]
    digest: str
    figures: dict[str, Any]
    kinds: dict[str, dict[str, Any]]
    confusion: dict[str, dict[str, int]]
    judged: list[Judged]
    seconds: list[float]
    cases: list[Case]

    @property
    def counts(self) -> dict[str, int]:
        """Of how many questions each figure is a share."""
        told = self.figures
        return {
            "questions": told["questions"],
            "right_quotes": told["answered"],
            "everyday_answered": told["everyday"],
            "parts_told": told["parts"],
        }

    @property
    def name(self) -> str:
        return HALVES[self.half]


def measure_own(
    paths: Sequence[Path],
    engine: AnswerEngine,
    cache: Path,
    *,
    today: date,
    limit: int | None,
    reveal: bool,
    watch: Watch,
) -> list[HalfResult]:
    """Both halves, as far as files of them are given. Raises `KnowledgeFault`."""
    ledger = Ledger(cache / "asked", engine, today)
    results = []
    for half, name in HALVES.items():
        files = [path for path in paths if half_of(path) is half]
        if files:
            listed = {one.question: one for path in files for one in load_judged_questions(path)}
            kept = sample(listed, limit)
            rows = ledger.rows(kept, watch(name))
            pairs = list(zip(kept.values(), rows, strict=True))
            results.append(_result(half, files, pairs, hidden=half is Half.HELD_OUT and not reveal))
    return results


def _result(half: Half, files: Sequence[Path], pairs: Pairs, *, hidden: bool) -> HalfResult:
    digest = hashlib.sha256(b"".join(path.read_bytes() for path in files)).hexdigest()[:16]
    return HalfResult(
        half,
        tuple(path.name for path in files),
        digest,
        figures=tally(pairs),
        kinds=tallies_by_kind(pairs),
        confusion=confusion(pairs),
        judged=[
            (row.confidence, _best_is_right(judged, row))
            for judged, row in pairs
            if judged.expect is not Status.CLARIFY
        ],
        seconds=[row.seconds for _, row in pairs],
        cases=list(_cases(HALVES[half], pairs, hidden=hidden)),
    )


def _best_is_right(judged: JudgedQuestion, row: Row) -> bool:
    """Whether the best quote would have been right, given or not."""
    if row.quote is None or row.document is None:
        return False
    return judged.right_quote(Given(row.status, ((row.document, row.quote),)))


def _cases(source: str, pairs: Pairs, *, hidden: bool) -> Iterator[Case]:
    for judged, row in pairs:
        fault = _fault(judged, row)
        if fault:
            yield Case(source, fault, judged.expect.value, row, hidden=hidden)


def _fault(judged: JudgedQuestion, row: Row) -> str | None:
    if judged.wrong_answer(row.given):
        return WRONG if judged.expect is Status.ANSWERED else SLIPPED
    if judged.right_ending(row.given):
        return None
    return MISSED if judged.expect is Status.ANSWERED else OTHER_ENDING
