"""Fit the linear layer behind the encoder (`answering/fitted_dense.npy`), and say what it gives.

Reads folders in BEIR layout and the questions that our own documents name. The layer starts as no
change and is fitted so that the relevant passages of a question stand first among all passages of
its set, by the cosine of turned vectors plus the share of words; with the words beside it, the
layer learns what words cannot find. Printed are hit@1 and MRR@10 on folds that the layer did not
see, before and after; `--write` puts the layer fitted on everything into the package, with what it
was fitted on in `answering/fitted_dense.py`. Afterwards: `inquiry-service encoder prepare`, build
the index anew, `scripts/fit_order.py`, `scripts/fit_confidence.py`.

    python scripts/fit_dense.py --work var/evaluation/plain --source knowledge \
        ../shared/data/statutes ../shared/data/catalogue
"""

import argparse
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from unseen import FOLDS, LAYERS, MODEL, fold_of

from inquiry_service.answering.asking import AnswerEngine
from inquiry_service.answering.building import build_index
from inquiry_service.answering.datasets import Dataset
from inquiry_service.answering.encoder import Encoder, open_encoder
from inquiry_service.answering.evaluation import engine_for
from inquiry_service.answering.folding import fold
from inquiry_service.answering.opening import OpenIndex
from inquiry_service.answering.preparing import (
    WEIGHTS_SHA256,
    prepare_from_weights,
    weights_path,
)
from inquiry_service.answering.tokens import terms_of_folded
from inquiry_service.knowledge.library import load_library

STEPS = 80
RATE = 3e-4
DECAY = 1.0
"""Pulls towards no change, as weight decay of AdamW."""
TEMPERATURE = 0.02
WORDS = 0.4
"""What the best passage in words gains over one without any, beside the cosine."""
SHARES = (0.0, 0.03, 0.06, 0.12, 0.25, 0.4)
OWN_SHARE = 0.5
"""How much our own documents' questions count beside a set: they lie near to their texts."""
DEPTH = 10
PACKAGE = Path(__file__).resolve().parent.parent / "src/inquiry_service/answering"

Numbers = NDArray[np.float32]


@dataclass(frozen=True)
class Asked:
    """All questions of one set against all its passages, in vectors of the encoder itself."""

    name: str
    texts: list[str]
    questions: torch.Tensor
    passages: torch.Tensor
    words: torch.Tensor
    """For each question and passage the score in words, as a share of the question's best."""
    relevant: torch.Tensor
    owners: NDArray[np.int32]
    share: float = 1.0

    @property
    def folds(self) -> NDArray[np.int64]:
        return np.array([fold_of(text) for text in self.texts])


def asked_of(folder: Path, encoder: Encoder, cache: Path) -> Asked:
    data = Dataset(folder)
    index = engine_for(data, encoder, cache).index
    judged = data.judgements()
    rows = {document.document_id: row for row, document in enumerate(index.documents)}
    texts, right = [], []
    for name, text in data.queries().items():
        found = {rows[key] for key, score in judged.get(name, {}).items() if score > 0}
        if found:
            texts.append(text)
            right.append(found)
    vectors = encoder.encode_questions([fold(text) for text in texts])
    relevant = np.stack([np.isin(index.owners, list(found)) for found in right])
    return _asked(folder.name, index, texts, vectors, relevant)


def own_asked(source: Path, work: Path, encoder: Encoder) -> Asked:
    """The questions that our documents name, for a section or for the whole."""
    build_index(load_library([source]), encoder, work / "own")
    index = AnswerEngine.open(work / "own", encoder).index
    relevant = index.owners == index.asked.owners[:, None]
    passages = np.repeat(np.arange(len(index.owners)), np.diff(index.asked_here_starts))
    relevant[np.unique(index.asked_here)] = False
    relevant[index.asked_here, passages] = True
    texts = list(index.asked.texts)
    return _asked("our own", index, texts, index.asked.vectors, relevant, OWN_SHARE)


def _asked(
    name: str,
    index: OpenIndex,
    texts: list[str],
    vectors: Numbers,
    relevant: NDArray[np.bool_],
    share: float = 1.0,
) -> Asked:
    everything = np.arange(len(index.owners))
    words = np.stack([_words(index, text, everything) for text in texts])
    return Asked(
        name,
        texts,
        torch.tensor(np.asarray(vectors)),
        torch.tensor(np.asarray(index.vectors, np.float32)),
        torch.tensor(words / np.maximum(words.max(1, keepdims=True), 1e-9)),
        torch.tensor(relevant),
        np.asarray(index.owners),
        share,
    )


def _words(index: OpenIndex, text: str, ordinals: NDArray[np.int64]) -> Numbers:
    weights = dict.fromkeys(terms_of_folded(fold(text)), 1.0)
    scores: Numbers = index.lexical.asked(weights).of(ordinals).astype(np.float32)
    return scores


def fit(sets: list[Asked], leaving_out: int | None) -> torch.Tensor:
    """What is added to each vector, as a matrix; every set counts by its share."""
    width = sets[0].passages.shape[1]
    change = torch.zeros(width, width, requires_grad=True)
    optimizer = torch.optim.AdamW([change], lr=RATE, weight_decay=DECAY)
    for step in range(STEPS):
        optimizer.param_groups[0]["lr"] = RATE * (1 - 0.9 * step / STEPS)
        loss = sum(
            one.share * _loss(one, np.flatnonzero(one.folds != leaving_out), change) for one in sets
        )
        optimizer.zero_grad()
        torch.as_tensor(loss).backward()
        optimizer.step()
    return change.detach()


def _loss(one: Asked, rows: NDArray[np.int64], change: torch.Tensor) -> torch.Tensor:
    """How unlikely the relevant passages are under a softmax over all passages."""
    total = _scores(one, rows, change) / TEMPERATURE
    right = total.masked_fill(~one.relevant[rows], -torch.inf)
    return (torch.logsumexp(total, 1) - torch.logsumexp(right, 1)).mean()


def _scores(
    one: Asked, rows: NDArray[np.int64], change: torch.Tensor, words: float = WORDS
) -> torch.Tensor:
    near = turned(one.questions[rows], change) @ turned(one.passages, change).T
    return near + words * one.words[rows]


def turned(vectors: torch.Tensor, change: torch.Tensor) -> torch.Tensor:
    return torch.nn.functional.normalize(vectors + vectors @ change, dim=-1)


def places(one: Asked, rows: NDArray[np.int64], change: torch.Tensor, words: float) -> list[float]:
    """For each question one over the place of the first relevant document, 0 past `DEPTH`."""
    found = []
    with torch.no_grad():
        scores = _scores(one, rows, change, words).numpy()
    for at, row in enumerate(rows):
        order = np.argsort(-scores[at], kind="stable")[: 20 * DEPTH]
        documents = list(dict.fromkeys(one.owners[order].tolist()))[:DEPTH]
        right = set(one.owners[one.relevant[row].numpy()].tolist())
        place = next((at for at, owner in enumerate(documents, 1) if owner in right), None)
        found.append(1 / place if place else 0.0)
    return found


def held_out(sets: list[Asked], changes: list[torch.Tensor]) -> list[str]:
    unchanged = [torch.zeros_like(change) for change in changes]
    told = []
    for one in sets:
        before, after = (_told(_unseen(one, some)) for some in (unchanged, changes))
        told.append(f"{one.name}: {before} without, {after} with it")
        print(told[-1], flush=True)
    return told


def _unseen(one: Asked, changes: list[torch.Tensor]) -> list[float]:
    """Places on the folds left out, words weighing what was best on the others."""
    found = []
    for at, change in enumerate(changes):
        seen, rows = (np.flatnonzero(part) for part in (one.folds != at, one.folds == at))
        best = max(SHARES, key=lambda share: np.mean(places(one, seen, change, share)))
        found += places(one, rows, change, best)
    return found


def _told(places: list[float]) -> str:
    hits = np.mean([place == 1 for place in places])
    return f"hit@1 {hits:.3f}, MRR@10 {np.mean(places):.3f}"


def _weight(change: torch.Tensor) -> Numbers:
    weight: Numbers = np.eye(len(change), dtype=np.float32) + change.numpy()
    return weight


def write(change: torch.Tensor, fitted_on: list[str], held: list[str]) -> None:
    np.save(PACKAGE / "fitted_dense.npy", _weight(change).astype(np.float16))
    text = (
        '"""What `fitted_dense.npy` was fitted on; written by `scripts/fit_dense.py --write`."""\n'
    )
    text += _tuple("FITTED_ON", fitted_on) + _tuple("HELD_OUT", held)
    text += (
        '"""On folds that the layer did not see: cosine and words alone, over all passages."""\n'
    )
    (PACKAGE / "fitted_dense.py").write_text(text, encoding="utf-8")


def _tuple(name: str, lines: list[str]) -> str:
    return f"\n{name} = (\n" + "".join(f'    "{line}",\n' for line in lines) + ")\n"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--work", type=Path, required=True)
    parser.add_argument("--source", type=Path, required=True)
    parser.add_argument("--write", action="store_true")
    parser.add_argument("datasets", type=Path, nargs="+")
    given: Any = parser.parse_args()
    model = prepare_from_weights(weights_path(), given.work / MODEL, WEIGHTS_SHA256, print)
    encoder = open_encoder(model)
    sets = [asked_of(folder, encoder, given.work) for folder in given.datasets]
    sets.append(own_asked(given.source, given.work, encoder))
    changes = [fit(sets, fold) for fold in range(FOLDS)]
    np.save(given.work / LAYERS, np.stack([_weight(change) for change in changes]))
    held = held_out(sets, changes)
    if given.write:
        told = [Dataset(folder).told for folder in given.datasets]
        write(fit(sets, None), [*told, "the questions that our own documents name"], held)


if __name__ == "__main__":
    main()
