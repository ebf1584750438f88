"""Scoring passages for the terms of one question: all of few, of many those that can be best."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

Ordinals = NDArray[np.int64]
Scores = NDArray[np.float32]

_LOOKED_UP_COSTS = 64
"""How many entries of a list are added in the time in which one passage is looked up in it."""
_STRETCH = 128
"""Passages of which only the highest score is looked at, to see which are worth a look."""


@dataclass(frozen=True, slots=True)
class Limits:
    """From where on it is quicker not to score every passage."""

    scored_whole: int = 30_000
    """Up to so many passages every one is scored."""
    looked_after: int = 100_000
    """After so many entries of lists it is worth looking whether the best are settled."""


class Lists(Protocol):
    """For each term, by its row, the passages that have it and what it adds to their scores."""

    limits: Limits

    @property
    def count(self) -> int:
        """How many passages there are."""
        ...

    def postings(self, row: int) -> tuple[NDArray[np.int32], Scores]:
        """The passages that have a term, in order, and each one's share of the score."""
        ...

    def top(self, row: int) -> float:
        """The greatest share of any passage."""
        ...


class LexicalScores:
    """The scores of one question; nothing is computed before it is asked for."""

    def __init__(self, index: Lists, terms: Sequence[tuple[int, float]]) -> None:
        self._index = index
        self._terms = terms
        self._all: Scores | None = None

    def whole(self) -> Scores:
        """One score per passage."""
        if self._all is None:
            self._all = np.zeros(self._index.count, np.float32)
            listed = [self._index.postings(row) for row, _ in self._terms]
            if listed:
                passages, shares = map(np.concatenate, zip(*listed, strict=True))
                weights = np.asarray([weight for _, weight in self._terms], np.float32)
                weights = weights.repeat([len(passages) for passages, _ in listed])
                np.add.at(self._all, passages, weights * shares)
        return self._all

    def of(self, ordinals: Ordinals) -> Scores:
        """The scores of these passages."""
        if self._index.count <= self._index.limits.scored_whole or self._all is not None:
            return self.whole()[ordinals]
        found = np.zeros(len(ordinals), np.float32)
        for row, weight in self._terms:
            _add(found, ordinals, *self._index.postings(row), weight)
        return found

    def best(self, count: int) -> tuple[Ordinals, Scores]:
        """The highest positive scores, best first; equal scores keep the earlier passage."""
        if self._index.count <= self._index.limits.scored_whole:
            candidates = np.flatnonzero(self.whole() > 0)
            return _first(candidates, self.whole()[candidates], count)
        return _first(*self._able(count), count)

    def _able(self, count: int) -> tuple[Ordinals, Scores]:
        """Every passage that can be among the best, with its score.

        Terms that can give most come first. Once what the others can give together does not lift
        a passage without the first ones over the last of the best, nothing new can come up: what
        is known so far is only brought to its full score.
        """
        terms = sorted(self._terms, key=lambda term: -self._index.top(term[0]) * term[1])
        left = sum(self._index.top(row) * weight for row, weight in terms)
        scores = np.zeros(self._index.count, np.float32)
        counted = 0
        for done, (row, weight) in enumerate(terms):
            if counted > self._index.limits.looked_after:
                floor = _floor_of_best(scores, count)
                if left < floor:
                    able = np.flatnonzero(scores >= floor - left)
                    return able, self._in_full(scores, able, terms[done:])
                counted = 0
            passages, shares = self._index.postings(row)
            _count(scores, passages, shares, weight)
            left -= self._index.top(row) * weight
            counted += len(passages)
        able = np.flatnonzero((scores > 0) & (scores >= _floor_of_best(scores, count)))
        return able, scores[able]

    def _in_full(
        self, scores: Scores, able: Ordinals, terms: Sequence[tuple[int, float]]
    ) -> Scores:
        """Of a long list few passages are looked up; a short one is added as a whole."""
        for row, weight in terms:
            passages, shares = self._index.postings(row)
            if len(able) * _LOOKED_UP_COSTS < len(passages):
                found = np.zeros(len(able), np.float32)
                _add(found, able, passages, shares, weight)
                scores[able] += found
            else:
                _count(scores, passages, shares, weight)
        return scores[able]


def _count(scores: Scores, passages: NDArray[np.int32], shares: Scores, weight: float) -> None:
    """Adding in place is over twice as quick as taking, adding and putting back."""
    np.add.at(scores, passages, shares if weight == 1 else np.float32(weight) * shares)


def _add(
    scores: Scores, ordinals: Ordinals, passages: NDArray[np.int32], shares: Scores, weight: float
) -> None:
    at = np.minimum(np.searchsorted(passages, ordinals.astype(np.int32)), len(passages) - 1)
    there = passages[at] == ordinals
    scores[there] += np.float32(weight) * shares[at[there]]


def _first(ordinals: Ordinals, scores: Scores, count: int) -> tuple[Ordinals, Scores]:
    if len(ordinals) > count:
        able = scores >= _last_of_best(scores, count)
        ordinals, scores = ordinals[able], scores[able]
    order = np.lexsort((ordinals, -scores))[:count]
    return ordinals[order], scores[order]


def _floor_of_best(scores: Scores, count: int) -> float:
    """What each of the `count` best reaches at least: so many stretches have such a score."""
    stretches = len(scores) // _STRETCH
    if stretches < count:
        return _last_of_best(scores, count)
    highest = scores[: stretches * _STRETCH].reshape(stretches, _STRETCH).max(axis=1)
    return _last_of_best(highest, count)


def _last_of_best(scores: Scores, count: int) -> float:
    """The lowest of the `count` highest; minus infinity when there are not so many."""
    if len(scores) < count:
        return -math.inf
    return float(np.partition(scores, len(scores) - count)[len(scores) - count])
