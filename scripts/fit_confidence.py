"""Fit the weights of `answering.confidence` on judged questions, and say how well they hold.

Reads our own questions (with `knowledge/`) and, when given, folders in BEIR layout whose queries
carry the answer's text, with `unanswerable.jsonl` beside them. Prints weights to be put into
`judgement.py`, and for two held-out halves the AUROC and what is kept and wrong at each threshold.

    python scripts/fit_confidence.py --model var/models/multilingual-e5-small \
        --index var/index --cache var/evaluation --reading ../shared/data/reading
"""

import argparse
import hashlib
import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass, fields
from datetime import date
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from inquiry_service.answering.answer import Status
from inquiry_service.answering.asking import AnswerEngine, examine
from inquiry_service.answering.confidence import Features
from inquiry_service.answering.datasets import Dataset
from inquiry_service.answering.encoder import Encoder, open_encoder
from inquiry_service.answering.evaluation import engine_for
from inquiry_service.answering.judgement import objection_to
from inquiry_service.answering.question_sets import load_judged_questions
from inquiry_service.answering.weighing import Weighed

TODAY = date(2026, 11, 22)
NAMES = [one.name for one in fields(Features)]
WRONG_WEIGHT = 0.35
"""Each question brings up to ten wrong candidates for one right: they count for less."""
PENALTY = 1.0
THRESHOLDS = (0.4, 0.5, 0.6, 0.7, 0.8)

Array = NDArray[np.float64]


@dataclass(frozen=True)
class Row:
    """One candidate of one question, and whether its quote is right."""

    question: str
    values: list[float]
    right: bool


def rows_of(question: str, weighed: list[Weighed], right: list[bool]) -> Iterator[Row]:
    for one, is_right in zip(weighed, right, strict=True):
        if objection_to(one.evidence) is None:
            values = asdict(one.evidence.features)
            yield Row(question, [values[name] for name in NAMES], is_right)


def own_rows(engine: AnswerEngine, path: Path) -> Iterator[Row]:
    for judged in load_judged_questions(path):
        if judged.expect is Status.CLARIFY:
            continue
        weighed = list(examine(engine, judged.question, today=TODAY).weighed)
        right = [
            any(
                place.document == one.provenance.document_id and place.contains in one.quote.text
                for place in judged.places
            )
            for one in weighed
        ]
        yield from rows_of(judged.question, weighed, right)


def reading_rows(folder: Path, encoder: Encoder, cache: Path) -> Iterator[Row]:
    data = Dataset(folder)
    engine = engine_for(data, encoder, cache)
    judged = data.judgements()
    for name in ("queries.jsonl", "unanswerable.jsonl"):
        for line in (folder / name).read_text(encoding="utf-8").splitlines():
            query = json.loads(line)
            answers = query.get("answer", [])
            weighed = list(examine(engine, query["text"], today=TODAY).weighed)
            right = [
                one.provenance.document_id in judged.get(query["_id"], {})
                and any(answer in one.quote.text for answer in answers)
                for one in weighed
            ]
            yield from rows_of(query["_id"], weighed, right)


def fit(values: Array, right: Array) -> Array:
    """Logistic regression with an L2 penalty by Newton's steps; the bias comes last."""
    design = np.hstack([values, np.ones((len(values), 1))])
    counted = np.where(right > 0, 1.0, WRONG_WEIGHT)
    penalty = np.diag([PENALTY] * values.shape[1] + [0.0])
    weights = np.zeros(design.shape[1])
    for _ in range(30):
        chance = 1 / (1 + np.exp(-design @ weights))
        slope = design.T @ (counted * (chance - right)) + penalty @ weights
        curve = (design * (counted * chance * (1 - chance))[:, None]).T @ design + penalty
        weights -= np.linalg.solve(curve, slope)
    return weights


def report(title: str, rows: list[Row], weights: Array) -> None:
    """What happens when the surest candidate of each question is taken."""
    best: dict[str, tuple[float, bool]] = {}
    answerable: set[str] = set()
    for row in rows:
        chance = 1 / (1 + np.exp(-(np.dot(row.values, weights[:-1]) + weights[-1])))
        best[row.question] = max(best.get(row.question, (0.0, False)), (chance, row.right))
        if row.right:
            answerable.add(row.question)
    chances = np.array([chance for chance, _ in best.values()])
    right = np.array([is_right for _, is_right in best.values()])
    print(f"{title}: {len(best)} questions, AUROC {auroc(chances, right):.3f}")
    for threshold in THRESHOLDS:
        given = chances >= threshold
        kept = (given & right).sum() / max(1, len(answerable))
        wrong = (given & ~right).sum() / len(best)
        print(f"  from {threshold}: right answers kept {kept:.3f}, wrong of all {wrong:.3f}")


def auroc(scores: Array, right: NDArray[np.bool_]) -> float:
    ranks = np.argsort(np.argsort(scores)) + 1
    count = int(right.sum())
    above = ranks[right].sum() - count * (count + 1) / 2
    return float(above / max(1, count * (len(right) - count)))


def half_of(question: str) -> int:
    return hashlib.sha256(question.encode()).digest()[0] % 2


def fit_rows(rows: list[Row]) -> Array:
    values = np.array([row.values for row in rows])
    return fit(values, np.array([float(row.right) for row in rows]))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--model", type=Path, required=True)
    parser.add_argument("--index", type=Path, required=True)
    parser.add_argument("--cache", type=Path, required=True)
    parser.add_argument("--reading", type=Path)
    parser.add_argument(
        "--questions", type=Path, default=Path("knowledge/evaluation/questions.yaml")
    )
    given = parser.parse_args()
    encoder = open_encoder(given.model)
    own = list(own_rows(AnswerEngine.open(given.index, encoder), given.questions))
    more = list(reading_rows(given.reading, encoder, given.cache)) if given.reading else []
    rows = [*own, *more]
    for held_out in (0, 1):
        weights = fit_rows([row for row in rows if half_of(row.question) != held_out])
        for title, some in (("own questions", own), ("reading", more)):
            unseen = [row for row in some if half_of(row.question) == held_out]
            if unseen:
                report(f"{title}, half {held_out} held out", unseen, weights)
    for name, weight in zip([*NAMES, "BIAS"], fit_rows(rows), strict=True):
        print(f"    {name}={weight:.2f},")


if __name__ == "__main__":
    main()
