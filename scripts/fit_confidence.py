"""Fit the weights of `answering.confidence` on judged questions, and say how well they hold.

Reads our own fitting half (with `knowledge/`) and, when given, folders in BEIR layout whose queries
carry the answer's text, with `unanswerable.jsonl` beside them. Of each question the candidate that
stands first among those no rule objects to is fitted on; our own questions count as much as each
set. Weights are at least 0 (at most 0 for what speaks against), so that a clerk can read them.
Printed are AUROC and what thresholds keep and let through, on folds that the weights did not see;
`--write` puts the weights, and what they were fitted on, into `answering/fitted_confidence.py`.

    python scripts/fit_confidence.py --model var/models/multilingual-e5-small \
        --index var/index --cache var/evaluation --reading ../shared/data/reading
"""

import argparse
import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from inquiry_service.answering.answer import Status
from inquiry_service.answering.asking import AnswerEngine, examine
from inquiry_service.answering.calibration import auroc, kept_letting_by
from inquiry_service.answering.confidence import Features
from inquiry_service.answering.datasets import Dataset
from inquiry_service.answering.encoder import Encoder, open_encoder
from inquiry_service.answering.evaluation import engine_for
from inquiry_service.answering.examining import Examined
from inquiry_service.answering.judgement import objection_to
from inquiry_service.answering.question_sets import load_judged_questions
from inquiry_service.answering.weighing import Weighed

TODAY = date(2026, 11, 22)
NAMES = list(Features._fields)
AGAINST = frozenset({"denied_share", "unknown", "untold"})
FOLDS = 5
PENALTY = 2.0
STEPS = 3000
THRESHOLDS = (0.5, 0.6, 0.65, 0.7, 0.75, 0.8)
TARGET = (
    Path(__file__).resolve().parent.parent / "src/inquiry_service/answering/fitted_confidence.py"
)

Array = NDArray[np.float64]


@dataclass(frozen=True)
class Row:
    """The first candidate of one question, and whether its quote is right."""

    dataset: str
    question: str
    values: list[float]
    right: bool

    @property
    def fold(self) -> int:
        return hashlib.sha256(self.question.encode()).digest()[0] % FOLDS


def first_of(examined: Examined) -> Weighed | None:
    """The candidate that would be quoted, were it sure enough."""
    if examined.question.to_the_machine:
        return None
    able = (one for one in examined.weighed if objection_to(one.evidence) is None)
    return next(able, None)


def row_of(dataset: str, question: str, one: Weighed, right: bool) -> Row:
    features = one.evidence.features
    return Row(dataset, question, [float(getattr(features, name)) for name in NAMES], right)


def own_rows(engine: AnswerEngine, path: Path) -> Iterator[Row]:
    for judged in load_judged_questions(path):
        one = first_of(examine(engine, judged.question, today=TODAY))
        if one is None or judged.expect is Status.CLARIFY:
            continue
        right = any(
            place.document == one.provenance.document_id and place.contains in one.quote.text
            for place in judged.places
        )
        yield row_of("own", judged.question, one, right)


def reading_rows(folder: Path, encoder: Encoder, cache: Path) -> Iterator[Row]:
    """Answerable is right: whether the quote is short of the answer is another matter."""
    data = Dataset(folder)
    engine = engine_for(data, encoder, cache)
    judged = data.judgements()
    for name in ("queries.jsonl", "unanswerable.jsonl"):
        for line in (folder / name).read_text(encoding="utf-8").splitlines():
            query = json.loads(line)
            one = first_of(examine(engine, query["text"], today=TODAY))
            if one is not None:
                right = one.provenance.document_id in judged.get(query["_id"], {})
                yield row_of(folder.name, query["_id"], one, right)


def fit(rows: list[Row]) -> Array:
    """Logistic regression with an L2 penalty and signs; Adam's steps; the bias comes last."""
    values = np.array([[*row.values, 1.0] for row in rows])
    right = np.array([row.right for row in rows], float)
    sizes = {name: sum(row.dataset == name for row in rows) for name in {r.dataset for r in rows}}
    counted = np.array([1 / sizes[row.dataset] for row in rows]) / len(sizes)
    lowest = np.array([-np.inf if name in AGAINST else 0.0 for name in NAMES] + [-np.inf])
    highest = np.array([0.0 if name in AGAINST else np.inf for name in NAMES] + [np.inf])
    penalty = np.array([PENALTY / len(rows)] * len(NAMES) + [0.0])
    weights = np.zeros(len(NAMES) + 1)
    mean, square = np.zeros_like(weights), np.zeros_like(weights)
    for step in range(1, STEPS + 1):
        chance = 1 / (1 + np.exp(-values @ weights))
        slope = values.T @ (counted * (chance - right)) + penalty * weights
        mean = 0.9 * mean + 0.1 * slope
        square = 0.999 * square + 0.001 * slope**2
        change = mean / (1 - 0.9**step) / (np.sqrt(square / (1 - 0.999**step)) + 1e-9)
        weights = np.clip(weights - 0.02 * change, lowest, highest)
    return weights


def chances_of(rows: list[Row], weights: Array) -> list[float]:
    values = np.array([[*row.values, 1.0] for row in rows])
    return [float(chance) for chance in 1 / (1 + np.exp(-values @ weights))]


def report(title: str, chances: list[float], right: list[bool]) -> list[str]:
    yes = [c for c, r in zip(chances, right, strict=True) if r]
    no = [c for c, r in zip(chances, right, strict=True) if not r]
    kept_at_five = kept_letting_by(yes, no, 0.05)
    lines = [
        f"{title}: {len(right)} questions, AUROC {auroc(yes, no):.3f}, kept {kept_at_five:.3f}"
    ]
    for threshold in THRESHOLDS:
        kept = sum(c >= threshold for c in yes) / len(yes)
        wrong = sum(c >= threshold for c in no) / len(right)
        lines.append(f"  from {threshold}: right ones kept {kept:.3f}, wrong of all {wrong:.3f}")
    return lines


def written(weights: Array, sources: list[str], held: list[str]) -> str:
    listed = "".join(
        f"    {name}={weight:.2f},\n" for name, weight in zip(NAMES, weights, strict=False)
    )
    fitted_on = "".join(f'    "{line}",\n' for line in sources)
    told = "".join(f'    "{line}",\n' for line in held)
    return (
        '"""Weights of the confidence; written by `scripts/fit_confidence.py --write`."""\n\n'
        "from inquiry_service.answering.features import Features\n\n"
        f"WEIGHTS = Features(\n{listed})\nBIAS = {weights[-1]:.2f}\n\n"
        f"FITTED_ON = (\n{fitted_on})\n\nHELD_OUT = (\n{told})\n"
        '"""On folds that the weights did not see."""\n'
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--model", type=Path, required=True)
    parser.add_argument("--index", type=Path, required=True)
    parser.add_argument("--cache", type=Path, required=True)
    parser.add_argument("--reading", type=Path)
    parser.add_argument("--write", action="store_true")
    parser.add_argument(
        "--questions", type=Path, default=Path("knowledge/evaluation/questions.yaml")
    )
    given = parser.parse_args()
    encoder = open_encoder(given.model)
    engine = AnswerEngine.open(given.index, encoder)
    rows = list(own_rows(engine, given.questions))
    sources = [f"{given.questions.name} on index {engine.index_version}"]
    if given.reading:
        rows += reading_rows(given.reading, encoder, given.cache)
        sources.append(Dataset(given.reading).told)
    folds = [fit([row for row in rows if row.fold != fold]) for fold in range(FOLDS)]
    held: list[str] = []
    for name in dict.fromkeys(row.dataset for row in rows):
        some = [row for row in rows if row.dataset == name]
        parts = [[row for row in some if row.fold == fold] for fold in range(FOLDS)]
        chances = [c for part, w in zip(parts, folds, strict=True) for c in chances_of(part, w)]
        lines = report(name, chances, [row.right for part in parts for row in part])
        print("\n".join(lines), flush=True)
        held.append(lines[0])
    weights = fit(rows)
    print(dict(zip([*NAMES, "BIAS"], weights.round(2).tolist(), strict=True)))
    if given.write:
        TARGET.write_text(written(weights, sources, held), encoding="utf-8")


if __name__ == "__main__":
    main()
