"""Finding candidates: near in meaning and near in words, put into one order.

The fused figure orders candidates and says nothing about whether one answers; that is judged
afterwards (`judgement`).
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from inquiry_service.answering.opening import OpenIndex
from inquiry_service.answering.question import Question
from inquiry_service.answering.tokens import terms_of_folded
from inquiry_service.answering.vectors import Vectors

DEPTH = 100
_DENSE_SHARE = 1.0
_SENTENCE_SHARE = 1.0
_LEXICAL_SHARE = 0.8
_RANK_SHARE = 1.0
_RANK_SOFTENING = 10.0
_SYNONYM_SHARE = 0.3
_ASKED_FLOOR = 0.88
_ASKED_SHARE = 12.0

Ordinals = NDArray[np.int64]
Scores = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Found:
    """One candidate passage. `asked` is how near the question is to one its document names."""

    ordinal: int
    owner: int
    dense: float
    sentence: float
    """How near the passage's nearest sentence is; `dense` when it has but one."""
    lexical: float
    asked: float
    fused: float


@dataclass(frozen=True, slots=True)
class Retrieved:
    """Candidates, best first, and the figures of the whole that judging them needs."""

    found: tuple[Found, ...]
    asked_similarity: Scores
    """How near the question is to each published one, by its row."""

    def asked_rows(self, count: int, at_least: float) -> list[int]:
        """Rows of the published questions nearest to this one, nearest first."""
        order = np.argsort(-self.asked_similarity, kind="stable")[:count]
        return [int(row) for row in order if self.asked_similarity[row] >= at_least]


def retrieve(
    index: OpenIndex, question: Question, vector: Vectors, *, depth: int = DEPTH
) -> Retrieved:
    """The best `depth` passages for a question whose vector is given."""
    lexical = index.lexical.scores(terms_of_folded(question.text))
    for synonym in question.synonyms:
        lexical = lexical + _SYNONYM_SHARE * index.lexical.scores(terms_of_folded(synonym))
    nearest, _ = index.dense.nearest(vector, depth)
    ordinals = np.union1d(nearest, _best(lexical, depth))
    if question.about is not None:  # one document was named: nothing else is looked at
        ordinals = index.ordinals_of(question.about)
    dense = index.vectors[ordinals] @ vector
    owners = index.owners[ordinals]
    similarity: Scores = index.asked.vectors @ vector
    asked = _asked(index, similarity, owners)
    sentences = best_sentences(index, ordinals, dense, vector)
    fused = fuse(dense, sentences, lexical[ordinals])
    fused = fused + _ASKED_SHARE * np.maximum(asked - _ASKED_FLOOR, 0)
    order = np.lexsort((ordinals, -fused))[:depth]
    found = tuple(
        Found(
            ordinal=int(ordinals[at]),
            owner=int(owners[at]),
            dense=float(dense[at]),
            sentence=float(sentences[at]),
            lexical=float(lexical[ordinals[at]]),
            asked=float(asked[at]),
            fused=float(fused[at]),
        )
        for at in order
    )
    return Retrieved(found=found, asked_similarity=similarity)


def fuse(dense: Scores, sentence: Scores, lexical: Scores) -> Scores:
    """Standard scores and ranks: scores win where wordings agree, ranks elsewhere."""
    standard = (
        _DENSE_SHARE * _standardised(dense)
        + _SENTENCE_SHARE * _standardised(sentence)
        + _LEXICAL_SHARE * _standardised(lexical)
    )
    ranks = _by_rank(dense + sentence) + _by_rank(lexical)
    total: Scores = standard + _RANK_SHARE * ranks
    return total


def best_sentences(index: OpenIndex, ordinals: Ordinals, dense: Scores, vector: Vectors) -> Scores:
    """For each passage the likeness of its nearest sentence; its own when it has but one."""
    starts = index.sentence_starts[ordinals]
    counts = index.sentence_starts[ordinals + 1] - starts
    several = np.flatnonzero(counts)
    best: Scores = dense.copy()
    if not len(several):
        return best
    starts, counts = starts[several], counts[several]
    offsets = np.cumsum(counts) - counts
    rows = np.repeat(starts - offsets, counts) + np.arange(counts.sum())
    likeness = index.sentences[rows].astype(np.float32) @ vector
    best[several] = np.maximum.reduceat(likeness, offsets)
    return best


def _asked(index: OpenIndex, similarity: Scores, owners: NDArray[np.int32]) -> Scores:
    """For each candidate, how near the question is to the questions its document names."""
    by_document = np.zeros(len(index.documents), dtype=np.float32)
    np.maximum.at(by_document, index.asked.owners, similarity)
    return by_document[owners]


def _best(scores: Scores, count: int) -> Ordinals:
    """Ordinals of the highest positive scores; equal scores keep the earlier passage."""
    positive = np.flatnonzero(scores > 0)
    order = np.lexsort((positive, -scores[positive]))[:count]
    return positive[order]


def _standardised(scores: Scores) -> Scores:
    spread = float(scores.std())
    centred: Scores = scores - scores.mean()
    return centred / spread if spread > 0 else centred


def _by_rank(scores: Scores) -> Scores:
    ranks = np.empty(len(scores), dtype=np.float32)
    ranks[np.argsort(-scores, kind="stable")] = np.arange(len(scores))
    reciprocal: Scores = _RANK_SOFTENING / (_RANK_SOFTENING + ranks)
    return reciprocal
