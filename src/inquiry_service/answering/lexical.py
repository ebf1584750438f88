"""The keyword index: BM25 over words and character bigrams, memory-mapped from disk.

A term is known by a number made from it, so that no list of terms is read at opening. For each
term the passages that have it are kept with their share of the score.
"""

import hashlib
import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from inquiry_service.answering.postings import COUNT_BITS, inverted
from inquiry_service.answering.rows import Groups
from inquiry_service.answering.scoring import LexicalScores, Limits, Scores
from inquiry_service.answering.tokens import bigrams

Packed = NDArray[np.uint64]

_MOST = (1 << COUNT_BITS) - 1
"""Oftener than this a term is not counted: BM25 hardly tells the difference."""
_FILES = ("terms", "starts", "passages", "shares", "tops")
_USUAL = Limits()


def packed(terms: Iterable[str]) -> Packed:
    """The terms of a passage as numbers: which term, and in the last eight bits how often."""
    counted = Counter(terms)
    numbers = [number_of(term) | min(count, _MOST) for term, count in counted.items()]
    return np.sort(np.asarray(numbers, np.uint64))


@lru_cache(maxsize=1 << 18)
def number_of(term: str) -> int:
    """The same number for the same term, everywhere; of 56 bits, above those of the count."""
    digest = hashlib.blake2b(term.encode(), digest_size=8).digest()
    return int.from_bytes(digest, "big") & ~_MOST


class LexicalIndex:
    """Scores passages for a question's terms. Safe to use from several threads."""

    def __init__(
        self,
        arrays: Mapping[str, NDArray[np.generic]],
        words: str,
        count: int,
        limits: Limits = _USUAL,
    ) -> None:
        self._terms: Packed = np.asarray(arrays["terms"], np.uint64)
        self._starts: NDArray[np.int64] = np.asarray(arrays["starts"], np.int64)
        self._passages: NDArray[np.int32] = np.asarray(arrays["passages"], np.int32)
        self._shares: Scores = np.asarray(arrays["shares"], np.float32)
        self._tops: Scores = np.asarray(arrays["tops"], np.float32)
        self._words = words
        self._count = count
        self.limits = limits
        self._known: dict[str, _Known] = {}

    @classmethod
    def build(
        cls, passages: Groups, words: Iterable[str], limits: Limits | None = None
    ) -> "LexicalIndex":
        """Index passages given as packed terms, in the order of their ordinals.

        `words` are the terms that are words of the language, for whoever asks for them.
        """
        arrays = inverted(passages)
        listed = sorted(set(words))
        there = _among(arrays["terms"], _numbers(listed))
        kept = [word for word, known in zip(listed, there.tolist(), strict=True) if known]
        return cls(arrays, "\n".join(kept), len(passages.counts), limits or _USUAL)

    @classmethod
    def open(cls, directory: Path, count: int) -> "LexicalIndex":
        arrays = {name: np.load(directory / f"{name}.npy", mmap_mode="r") for name in _FILES}
        return cls(arrays, (directory / "words.txt").read_text(encoding="utf-8"), count)

    def save(self, directory: Path) -> None:
        directory.mkdir()
        for name in _FILES:
            np.save(directory / f"{name}.npy", getattr(self, f"_{name}"))
        (directory / "words.txt").write_text(self._words, encoding="utf-8")

    def asked(self, weights: Mapping[str, float]) -> "LexicalScores":
        """What passages score for these terms, each counted with its weight."""
        rows = [(self._found(term).row, weight) for term, weight in weights.items() if weight > 0]
        return LexicalScores(self, [pair for pair in rows if pair[0] >= 0])

    def scores(self, terms: Sequence[str]) -> Scores:
        """One BM25 score per passage; zeros when no term is known."""
        return self.asked(dict.fromkeys(terms, 1.0)).whole()

    @property
    def count(self) -> int:
        return self._count

    def rarity(self, term: str) -> float:
        """Inverse document frequency, at least a little above 0; unknown terms are the rarest."""
        return self._found(term).rarity

    def frequency(self, term: str) -> int:
        """How many passages contain the term."""
        return self._found(term).frequency

    def words(self, at_least: int) -> list[str]:
        """The words, not the bigrams, that stand in so many passages."""
        listed = self._words.split("\n") if self._words else []
        rows = np.searchsorted(self._terms, _numbers(listed))
        often = self._starts[rows + 1] - self._starts[rows]
        return [word for word, many in zip(listed, often.tolist(), strict=True) if many >= at_least]

    def knows(self, text: str) -> bool:
        """Whether a word, or each of its bigrams, stands anywhere in the library."""
        if self.frequency(text):
            return True
        pairs = bigrams(text)
        return bool(pairs) and all(map(self.frequency, pairs))

    def postings(self, row: int) -> tuple[NDArray[np.int32], Scores]:
        """The passages that have a term, in order, and each one's share of the score."""
        start, end = self._starts[row], self._starts[row + 1]
        return self._passages[start:end], self._shares[start:end]

    def top(self, row: int) -> float:
        """The greatest share of any passage."""
        return float(self._tops[row])

    def _found(self, term: str) -> "_Known":
        known = self._known.get(term)
        if known is None:
            known = self._looked_up(np.uint64(number_of(term)))
            if len(self._known) < 1 << 16:
                self._known[term] = known
        return known

    def _looked_up(self, number: np.uint64) -> "_Known":
        row = int(np.searchsorted(self._terms, number))
        there = row < len(self._terms) and bool(self._terms[row] == number)
        frequency = int(self._starts[row + 1] - self._starts[row]) if there else 0
        rarity = math.log(1.0 + (self._count + 0.5) / (frequency + 0.5))
        return _Known(row if there else -1, frequency, rarity)


class _Known(NamedTuple):
    """Where a term stands in the index, -1 for nowhere, in how many passages, how rare it is."""

    row: int
    frequency: int
    rarity: float


def _numbers(terms: Sequence[str]) -> Packed:
    return np.asarray([number_of(term) for term in terms], np.uint64)


def _among(terms: NDArray[Any], asked: Packed) -> NDArray[np.bool_]:
    """Which of the asked stand among the terms, which are in order."""
    there = np.zeros(len(asked), np.bool_)
    if len(terms):
        there = terms[np.minimum(np.searchsorted(terms, asked), len(terms) - 1)] == asked
    return there
