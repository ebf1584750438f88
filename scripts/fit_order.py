"""Fit the weights that order candidates (`answering.retrieval`), and say how well they hold.

Reads our own fitting half and folders in BEIR layout. For each query the candidates are measured
as they are for a real question; a listwise logistic with weights of at least 0 is fitted so that
every set counts alike. Printed are hit@1 and MRR@10 of each set on folds that the weights did not
see, nor, for the sets that the linear layer behind the encoder was fitted on, the layer
(`--unseen` is the working folder of `scripts/fit_dense.py`); `--write` puts the weights fitted on
all of them, and what they were fitted on, into `answering/fitted_order.py`.

    SETS="../shared/data/statutes ../shared/data/catalogue ../shared/data/reading"
    python scripts/fit_order.py --model var/models/multilingual-e5-small --index var/index \
        --cache var/evaluation $SETS
"""

import argparse
import hashlib
from collections import Counter
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from unseen import Unseen

from inquiry_service.answering.asking import AnswerEngine
from inquiry_service.answering.datasets import Dataset
from inquiry_service.answering.encoder import Encoder, open_encoder
from inquiry_service.answering.evaluation import engine_for
from inquiry_service.answering.examining import question_for
from inquiry_service.answering.fitted_dense import FITTED_ON
from inquiry_service.answering.question_sets import load_judged_questions
from inquiry_service.answering.retrieval import FIGURES, measure

TODAY = date(2026, 11, 22)
FOLDS = 5
MOST = 60
"""Candidates of a question that are fitted on: the first by the weights in use."""
PENALTY = 0.002
STEPS = 400
TARGET = Path(__file__).resolve().parent.parent / "src/inquiry_service/answering/fitted_order.py"

Array = NDArray[np.float64]


@dataclass(frozen=True)
class Asked:
    """One query: a row of figures for each candidate, its document, and which are relevant."""

    name: str
    dataset: str
    figures: Array
    documents: list[str]
    relevant: NDArray[np.bool_]

    @property
    def fold(self) -> int:
        return hashlib.sha256(self.name.encode()).digest()[0] % FOLDS


def asked_of(folder: Path, encoder: Encoder, cache: Path, unseen: Unseen | None) -> list[Asked]:
    data = Dataset(folder)
    index = engine_for(data, encoder, cache).index
    judged = data.judgements()
    asked = []
    for name, text in data.queries().items():
        question = question_for(index, text, TODAY)
        if unseen:
            index, vector = unseen.asked(text, question.text)
        else:
            [vector] = encoder.encode_questions([question.text])
        measured = measure(index, question, vector)
        owners = index.owners[measured.ordinals].tolist()
        documents = [index.documents[owner].document_id for owner in owners]
        right = {document for document, score in judged.get(name, {}).items() if score > 0}
        relevant = np.array([document in right for document in documents])
        asked.append(
            Asked(name, folder.name, measured.figures.astype(np.float64), documents, relevant)
        )
    return asked


def own_asked(index: Path, questions: Path, encoder: Encoder) -> list[Asked]:
    """Our own fitting half; relevant are the passages that hold the words of a right quote."""
    opened = AnswerEngine.open(index, encoder).index
    asked = []
    for judged in load_judged_questions(questions):
        question = question_for(opened, judged.question, TODAY)
        [vector] = encoder.encode_questions([question.text])
        measured = measure(opened, question, vector)
        passages = opened.shelf.passages(measured.ordinals.tolist())
        right = {(place.document, place.contains) for place in (*judged.places, *judged.parts)}
        relevant = [
            any(p.document_id == document and words in p.text for document, words in right)
            for p in passages
        ]
        names = [p.passage_id for p in passages]
        figures = measured.figures.astype(np.float64)
        asked.append(Asked(judged.question, "own", figures, names, np.array(relevant)))
    return [one for one in asked if one.relevant.any()]


def fit(asked: list[Asked], start: Array) -> Array:
    """Weights of at least 0 under which the relevant candidates come first; Adam's steps."""
    usable = [one for one in asked if one.relevant.any() and not one.relevant.all()]
    sizes = Counter(one.dataset for one in usable)
    figures = np.zeros((len(usable), MOST, len(FIGURES)))
    there = np.zeros((len(usable), MOST), bool)
    relevant = np.zeros((len(usable), MOST), bool)
    for row, one in enumerate(usable):
        kept = np.argsort(-(one.figures @ start))[:MOST]
        figures[row, : len(kept)] = one.figures[kept]
        there[row, : len(kept)] = True
        relevant[row, : len(kept)] = one.relevant[kept]
    counted = np.array([1 / sizes[one.dataset] for one in usable]) * relevant.any(1)
    counted /= counted.sum()
    # Figures of one question are compared with one another only: their spread is what matters.
    scale = 1 / np.sqrt(((figures - figures.mean(1, keepdims=True)) ** 2)[there].mean(0))
    weights: Array = descend(figures * scale, there, relevant, counted) * scale
    return weights


def descend(
    figures: Array, there: NDArray[np.bool_], relevant: NDArray[np.bool_], counted: Array
) -> Array:
    weights = np.ones(figures.shape[2])
    mean, square = np.zeros_like(weights), np.zeros_like(weights)
    for step in range(1, STEPS + 1):
        total = np.where(there, figures @ weights, -np.inf)
        all_of = softmax(total)
        right = softmax(np.where(relevant, total, -np.inf))
        slope = np.einsum("q,qc,qcf->f", counted, all_of - right, figures) + PENALTY * weights
        mean = 0.9 * mean + 0.1 * slope
        square = 0.99 * square + 0.01 * slope**2
        change = mean / (1 - 0.9**step) / (np.sqrt(square / (1 - 0.99**step)) + 1e-9)
        weights = np.maximum(weights - 0.03 * change, 0.0)
    return weights


def softmax(total: Array) -> Array:
    top = total.max(1, keepdims=True)
    grown = np.exp(total - np.where(np.isfinite(top), top, 0.0))
    shares: Array = grown / np.maximum(grown.sum(1, keepdims=True), 1e-300)
    return shares


def ranked(asked: list[Asked], weights: Array) -> tuple[float, float]:
    """hit@1 and MRR@10 of documents, each placed by its best passage."""
    places = []
    for one in asked:
        order = np.argsort(-(one.figures @ weights), kind="stable")
        documents = list(dict.fromkeys(one.documents[at] for at in order))
        right = {d for d, yes in zip(one.documents, one.relevant, strict=True) if yes}
        place = next((at for at, d in enumerate(documents[:10], 1) if d in right), None)
        places.append(1 / place if place else 0.0)
    return float(np.mean([place == 1 for place in places])), float(np.mean(places))


def written(weights: Array, folders: list[Path], held: list[str], unseen: str) -> str:
    digests = "".join(f'    "{Dataset(folder).told}",\n' for folder in folders)
    listed = "".join(
        f"    {weight:.2f},  # {name}\n" for name, weight in zip(FIGURES, weights, strict=True)
    )
    told = "".join(f'    "{line}",\n' for line in held)
    return (
        '"""Weights that order candidates; written by `scripts/fit_order.py --write`."""\n\n'
        f"WEIGHTS = (\n{listed})\n\n"
        f'FITTED_ON = (\n    "our own fitting half",\n{digests})\n\nHELD_OUT = (\n{told})\n'
        '"""On folds that the weights did not see."""\n\n'
        f"UNSEEN: dict[str, dict[str, float]] = {{\n{unseen}}}\n"
        '"""Of sets that the layer learnt from: figures without their own part."""\n'
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--model", type=Path, required=True)
    parser.add_argument("--cache", type=Path, required=True)
    parser.add_argument("--write", action="store_true")
    parser.add_argument("--index", type=Path, required=True)
    parser.add_argument("--unseen", type=Path, default=Path("var/evaluation/plain"))
    parser.add_argument(
        "--questions", type=Path, default=Path("knowledge/evaluation/questions.yaml")
    )
    parser.add_argument("datasets", type=Path, nargs="+")
    given = parser.parse_args()
    encoder = open_encoder(given.model)
    asked = own_asked(given.index, given.questions, encoder)
    for folder in given.datasets:
        seen = Dataset(folder).told in FITTED_ON
        unseen = Unseen(folder, given.unseen) if seen else None
        asked += asked_of(folder, encoder, given.cache, unseen)
    start = np.ones(len(FIGURES))
    start[:2] = 20.0
    folds = [fit([one for one in asked if one.fold != fold], start) for fold in range(FOLDS)]
    held, figures = [], {}
    for name in dict.fromkeys(one.dataset for one in asked):
        some = [one for one in asked if one.dataset == name]
        parts = [ranked([o for o in some if o.fold == f], folds[f]) for f in range(FOLDS)]
        sizes = [sum(o.fold == f for o in some) for f in range(FOLDS)]
        hit, mrr = (np.average([p[at] for p in parts], weights=sizes) for at in (0, 1))
        held.append(f"{name}: hit@1 {hit:.3f}, MRR@10 {mrr:.3f}")
        figures[name] = f'{{"hit@1": {hit:.3f}, "MRR@10": {mrr:.3f}}}'
        print(held[-1], flush=True)
    weights = fit(asked, start)
    print(dict(zip(FIGURES, weights.round(2).tolist(), strict=True)))
    if given.write:
        learnt = [data for data in map(Dataset, given.datasets) if data.told in FITTED_ON]
        lines = [f'    "{data.told}": {figures[data.folder.name]},\n' for data in learnt]
        TARGET.write_text(written(weights, given.datasets, held, "".join(lines)), encoding="utf-8")


if __name__ == "__main__":
    main()
