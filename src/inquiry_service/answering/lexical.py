"""The keyword index: BM25 over words and character bigrams, memory-mapped from disk."""

import math
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import bm25s
import numpy as np
from numpy.typing import NDArray

from inquiry_service.answering.tokens import BIGRAM_MARK, bigrams

_PARAMETERS: dict[str, Any] = {"k1": 1.2, "b": 0.6, "method": "lucene"}


class LexicalIndex:
    """Scores every passage for a question's terms. Safe to use from several threads."""

    def __init__(self, scorer: bm25s.BM25, count: int) -> None:
        self._scorer = scorer
        self._count = count
        self._starts = np.asarray(scorer.scores["indptr"])

    @classmethod
    def build(cls, passages: Sequence[list[str]]) -> "LexicalIndex":
        """Index passages given as lists of terms, in the order of their ordinals."""
        scorer = bm25s.BM25(**_PARAMETERS)
        scorer.index(list(passages), show_progress=False)
        return cls(scorer, len(passages))

    @classmethod
    def open(cls, directory: Path, count: int) -> "LexicalIndex":
        return cls(bm25s.BM25.load(directory, mmap=True, show_progress=False), count)

    def save(self, directory: Path) -> None:
        self._scorer.save(directory, show_progress=False)

    def scores(self, terms: Sequence[str]) -> NDArray[np.float32]:
        """One BM25 score per passage; zeros when no term is known."""
        known = self._scorer.get_tokens_ids(list(dict.fromkeys(terms)))
        if not known:
            return np.zeros(self._count, dtype=np.float32)
        scored: NDArray[np.float32] = self._scorer.get_scores_from_ids(known)
        return scored[: self._count]

    def rarity(self, term: str) -> float:
        """Inverse document frequency, at least a little above 0; unknown terms are the rarest."""
        return math.log(1.0 + (self._count + 0.5) / (self.frequency(term) + 0.5))

    def frequency(self, term: str) -> int:
        """How many passages contain the term."""
        number = self._scorer.vocab_dict.get(term)
        if number is None:
            return 0
        return int(self._starts[number + 1] - self._starts[number])

    def words(self, at_least: int) -> list[str]:
        """The words, not the bigrams, that stand in so many passages."""
        listed = [str(term) for term in self._scorer.vocab_dict if term and term[-1] != BIGRAM_MARK]
        return [word for word in listed if self.frequency(word) >= at_least]

    def knows(self, text: str) -> bool:
        """Whether a word, or each of its bigrams, stands anywhere in the library."""
        pairs = bigrams(text)
        return bool(self.frequency(text) or (pairs and all(map(self.frequency, pairs))))
