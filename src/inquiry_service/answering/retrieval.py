"""Finding candidates: near in meaning and near in words, put into one order.

The figure that orders candidates says nothing about whether one answers; that is judged afterwards
(`judgement`). It is a weighted sum of few figures that mean the same for every question: cosines,
and the share of the question's own weight in words that a passage reaches. A question in the words
of the texts is decided by the words, one in other words by the meaning, without a rule for either.
`scripts/fit_order.py` fits the weights.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from inquiry_service.answering.fitted_order import WEIGHTS
from inquiry_service.answering.lexical import LexicalIndex
from inquiry_service.answering.named_questions import Nearness
from inquiry_service.answering.opening import OpenIndex
from inquiry_service.answering.question import Question
from inquiry_service.answering.ranges import ASKED
from inquiry_service.answering.scoring import Scores
from inquiry_service.answering.tokens import terms_of_folded, terms_of_name
from inquiry_service.answering.vectors import Vectors

DEPTH = 100
_SYNONYM_SHARE = 0.3

Ordinals = NDArray[np.int64]

FIGURES = (
    "meaning",
    "sentence",
    "words",
    "many_words",
    "most_words",
    "words_ahead",
    "asked",
    "asked_here",
    "asked_share",
)
_WEIGHTS: Scores = np.asarray(WEIGHTS, np.float32)


class Found(NamedTuple):
    """One candidate passage. `asked` is how near the question is to one its document names."""

    ordinal: int
    owner: int
    dense: float
    sentence: float
    """How near the passage's nearest sentence is; `dense` when it has but one."""
    lexical: float
    """The share of the question's own weight in words that the passage reaches, about 0 to 1."""
    asked: float
    asked_here: float
    """How near it is to one asked of this passage, past the nearness of any two questions."""
    asked_share: float
    """Of all questions near to it, the share asked of this passage or of its whole document."""
    fused: float
    near: float
    """The nearer of passage and sentence."""


@dataclass(frozen=True, slots=True)
class Retrieved:
    """Candidates, best first, and the figures of the whole that judging them needs."""

    columns: tuple[list[Any], ...]
    """For each field of `Found` the figures of all candidates."""
    near: Nearness
    """How near the question is to those that documents name."""

    def best(self, count: int) -> list[Found]:
        """The first so many candidates."""
        rows = zip(*(column[:count] for column in self.columns), strict=True)
        return list(map(Found._make, rows))

    def column(self, name: str) -> list[Any]:
        """One figure of all candidates, by its name in `Found`."""
        return self.columns[Found._fields.index(name)]

    @property
    def found(self) -> list[Found]:
        """All candidates."""
        return self.best(len(self.columns[0]))

    def asked_rows(self, count: int, at_least: float) -> list[int]:
        """Rows of the published questions nearest to this one, nearest first."""
        order = np.argsort(-self.near.asked, kind="stable")[:count]
        return [int(row) for row in order if self.near.asked[row] >= at_least]


@dataclass(frozen=True, slots=True)
class Measured:
    """Candidates in no order yet, each with a row of `FIGURES`."""

    ordinals: Ordinals
    figures: Scores
    asked: Scores
    """How near the question is to one that the document of each names."""
    near: Nearness


def retrieve(
    index: OpenIndex,
    question: Question,
    vector: Vectors,
    *,
    near: Nearness | None = None,
    depth: int = DEPTH,
) -> Retrieved:
    """The best `depth` passages for a question whose vector is given.

    `near` is how near it is to those that documents name, where that is known already.
    """
    measured = measure(index, question, vector, near=near, depth=depth)
    fused = measured.figures @ _WEIGHTS
    order = np.lexsort((measured.ordinals, -fused))[:depth]
    dense, sentence, lexical = measured.figures[order, :3].T
    here, share = measured.figures[order, -2:].T
    nearest = np.maximum(dense, sentence)
    ordinals = measured.ordinals[order]
    asked = measured.asked[order]
    owners = index.owners[ordinals]
    columns = (
        ordinals,
        owners,
        dense,
        sentence,
        lexical,
        asked,
        here,
        share,
        fused[order],
        nearest,
    )
    return Retrieved(tuple(column.tolist() for column in columns), measured.near)


def measure(
    index: OpenIndex,
    question: Question,
    vector: Vectors,
    *,
    near: Nearness | None = None,
    depth: int = DEPTH,
) -> Measured:
    """The nearest in meaning and the nearest in words, with what orders them."""
    terms = dict.fromkeys(terms_of_folded(question.text), 1.0)
    scores = index.lexical.asked(_with_synonyms(terms, question))
    if question.about is not None:  # one document was named: nothing else is looked at
        ordinals = index.ordinals_of(question.about)
    else:
        nearest, _ = index.dense.nearest(vector, depth)
        ordinals = np.union1d(nearest, scores.best(depth)[0])
    dense = (index.vectors[ordinals] @ vector).astype(np.float32)
    sentences = best_sentences(index, ordinals, dense, vector)
    words = scores.of(ordinals) / _own_weight(index.lexical, terms)
    near = index.near(vector) if near is None else near
    asked = index.asked.of_documents(near.asked, len(index.documents))[index.owners[ordinals]]
    here, share = _asked_here(index, ordinals, near)
    most, ahead = _beside_the_best(words)
    past = np.maximum(asked - ASKED, 0)
    past_here = np.maximum(here - ASKED, 0)
    columns = (dense, sentences, words, words * words, most, ahead, past, past_here, share)
    return Measured(ordinals, np.stack(columns, axis=1, dtype=np.float32), asked, near)


def _with_synonyms(terms: Mapping[str, float], question: Question) -> dict[str, float]:
    """Other names search along, at a share of the weight."""
    weights = dict(terms)
    for synonym in question.synonyms:
        for term in terms_of_name(synonym):
            weights[term] = weights.get(term, 0.0) + _SYNONYM_SHARE
    return weights


def _beside_the_best(words: Scores) -> tuple[Scores, Scores]:
    """Each share in words beside the greatest; and by how much the greatest is ahead of the next.

    Where one passage alone has the question's words, these decide; where many have some, meaning.
    """
    second, first = np.sort(np.append(words, (0, 0)))[-2:]
    return words / max(first, 1e-9), np.where(words == first, first - second, 0)


def _own_weight(lexical: LexicalIndex, terms: Mapping[str, float]) -> float:
    """What a passage would score that has every term of the question once."""
    return max(sum(map(lexical.rarity, terms)), 1.0)


def best_sentences(index: OpenIndex, ordinals: Ordinals, dense: Scores, vector: Vectors) -> Scores:
    """For each passage the likeness of its nearest sentence; its own when it has but one."""
    several, rows, offsets = _rows_of(index.sentence_starts, ordinals)
    best: Scores = dense.copy()
    if len(several):
        likeness = index.sentences[rows].astype(np.float32, copy=False) @ vector
        best[several] = np.maximum.reduceat(likeness, offsets)
    return best


def _asked_here(index: OpenIndex, ordinals: Ordinals, near: Nearness) -> tuple[Scores, Scores]:
    """For each passage how near the question is to one asked of it, 0 when none is.

    And the share, of all that are near, that are asked of it or of its whole document.
    """
    some, places, offsets = _rows_of(index.asked_here_starts, ordinals)
    best: Scores = np.zeros(len(ordinals), np.float32)
    in_general = np.where(index.asked_in_general, near.asked_shares, 0)
    of_documents = np.bincount(index.asked.owners, in_general, len(index.documents))
    shares: Scores = of_documents[index.owners[ordinals]].astype(np.float32)
    if len(some):
        rows = index.asked_here[places]
        best[some] = np.maximum.reduceat(near.asked[rows], offsets)
        shares[some] += np.add.reduceat(near.asked_shares[rows], offsets)
    return best, shares


def _rows_of(all_starts: Ordinals, ordinals: Ordinals) -> tuple[Ordinals, Ordinals, Ordinals]:
    """Which of the passages have rows, these rows one after another, and where each begins."""
    starts = all_starts[ordinals]
    counts = all_starts[ordinals + 1] - starts
    some = np.flatnonzero(counts)
    starts, counts = starts[some], counts[some]
    offsets = np.cumsum(counts) - counts
    rows = np.repeat(starts - offsets, counts) + np.arange(counts.sum())
    return some, rows, offsets
