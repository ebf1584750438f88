"""The questions that documents name: those they answer, and those they say they do not."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from inquiry_service.answering.ranges import OFFERED
from inquiry_service.answering.scoring import Scores
from inquiry_service.answering.vectors import Vectors

_NEARER = 0.04
"""A question that is nearer by this counts e times as much."""


@dataclass(frozen=True, slots=True)
class NamedQuestions:
    """Questions with the document and vector of each."""

    owners: NDArray[np.int32]
    texts: tuple[str, ...]
    vectors: Vectors
    order: NDArray[np.int64]
    """Rows of the questions, document after document."""
    named: NDArray[np.int32]
    """The documents that name any, in order."""
    starts: NDArray[np.int64]
    """Where in `order` the questions of each of them begin."""

    @classmethod
    def of(
        cls, pairs: Sequence[tuple[str, str]], vectors: Vectors, rows: Mapping[str, int]
    ) -> "NamedQuestions":
        """`pairs` are document_id and question, `rows` the row of each document."""
        owners = np.asarray([rows[document_id] for document_id, _ in pairs], dtype=np.int32)
        order = np.argsort(owners, kind="stable")
        named, starts = np.unique(owners[order], return_index=True)
        return cls(owners, tuple(text for _, text in pairs), vectors, order, named, starts)

    def similarity(self, vector: Vectors) -> Scores:
        """How near a question is to each of them."""
        return self.vectors @ vector

    def of_documents(self, similarity: Scores, count: int) -> Scores:
        """For each of `count` documents, how near its nearest question is; 0 when it names none."""
        nearest = np.zeros(count, np.float32)
        if len(self.named):
            best = np.maximum.reduceat(similarity[self.order], self.starts)
            nearest[self.named] = np.maximum(best, 0)
        return nearest


@dataclass(frozen=True, slots=True)
class Nearness:
    """How near one question is to those that documents name."""

    asked: Scores
    """To each that a document answers, by its row."""
    denied: Scores
    """To each that a document says it does not answer."""
    asked_shares: Scores
    """What each of the former has of all that is near. With the others', and with what is left for
    none of them where nothing is near, they make 1."""
    denied_share: float
    """What all of the latter have together."""

    @classmethod
    def of(cls, asked: Scores, denied: Scores) -> "Nearness":
        top = max(asked.max(initial=OFFERED), denied.max(initial=OFFERED))
        answered, refused, none = (
            np.exp((cosines - top) / _NEARER) for cosines in (asked, denied, np.float32(OFFERED))
        )
        total = answered.sum() + refused.sum() + none
        return cls(asked, denied, answered / total, float(refused.sum() / total))
