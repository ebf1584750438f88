"""How good a confidence is: told apart, calibrated, and what each threshold costs.

Nothing here knows questions or answers: numbers in, numbers out. What each figure means to a
reader is told in docs/evaluation.md.
"""

import math
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

BINS = 10
_TWO_SIDED = 1.959964
"""Standard deviations that hold 95 of 100 draws."""

Judged = tuple[float, bool]
"""A confidence, and whether the quote it stands for is right."""


@dataclass(frozen=True, slots=True)
class Bin:
    """Cases whose confidence lies from `low` up to `high`; the last bin has its end as well."""

    low: float
    high: float
    count: int
    confidence: float
    """The mean confidence; 0 in an empty bin."""
    right: float
    """The share that is right; 0 in an empty bin."""


@dataclass(frozen=True, slots=True)
class Point:
    """What happens when everything from `threshold` on is answered."""

    threshold: float
    coverage: float
    """Share of all cases that is answered."""
    risk: float
    """Share of the answered that is wrong."""
    wrong: float
    """Share of all cases that is answered wrongly."""


def auroc(positive: Iterable[float], negative: Iterable[float]) -> float:
    """How likely a positive case has the higher score than a negative one; a tie is a half.

    Without cases on one side nothing can be told apart: 0.5.
    """
    below = sorted(negative)
    wins = count = 0.0
    for score in positive:
        count += 1
        wins += (bisect_left(below, score) + bisect_right(below, score)) / 2
    return wins / (count * len(below)) if count and below else 0.5


def threshold_letting_by(negative: Iterable[float], share: float) -> float:
    """The least score of `negative`, or just above one, from which at most `share` of them pass.

    Cases pass when they are *above* the figure given back, never when they equal it.
    """
    falling = sorted(negative, reverse=True)
    allowed = int(share * len(falling) + 1e-9)
    return falling[allowed] if allowed < len(falling) else float("-inf")


def kept_letting_by(positive: Iterable[float], negative: Iterable[float], share: float) -> float:
    """The share of the positive cases that pass when at most `share` of the negative do."""
    listed = list(positive)
    limit = threshold_letting_by(negative, share)
    return sum(score > limit for score in listed) / len(listed) if listed else 0.0


def reliability(cases: Iterable[Judged], *, bins: int = BINS) -> tuple[Bin, ...]:
    """Bins of equal width from 0 to 1: in a calibrated one the share right is the confidence."""
    kept: list[list[Judged]] = [[] for _ in range(bins)]
    for confidence, right in cases:
        kept[min(int(confidence * bins), bins - 1)].append((confidence, right))
    return tuple(_bin(at / bins, (at + 1) / bins, some) for at, some in enumerate(kept))


def expected_calibration_error(bins: Iterable[Bin]) -> float:
    """The mean distance between confidence and share right, each bin weighing its cases."""
    listed = list(bins)
    total = sum(one.count for one in listed)
    distance = sum(one.count * abs(one.confidence - one.right) for one in listed)
    return distance / total if total else 0.0


def risk_coverage(cases: Iterable[Judged]) -> tuple[Point, ...]:
    """One point for each confidence that occurs, from the surest on; coverage only grows."""
    falling = sorted(cases, key=lambda case: -case[0])
    return tuple(_points(falling))


def point_at(cases: Iterable[Judged], threshold: float) -> Point:
    """What answering from `threshold` on gives."""
    listed = list(cases)
    answered = [right for confidence, right in listed if confidence >= threshold]
    return _point(threshold, len(answered), answered.count(False), len(listed))


def interval(share: float, count: int) -> tuple[float, float]:
    """Wilson's interval: where the true share lies, 19 times of 20, when `count` were drawn."""
    if not count:
        return 0.0, 1.0
    spread = _TWO_SIDED**2 / count
    centre = (share + spread / 2) / (1 + spread)
    inside = max(0.0, share * (1 - share) / count + spread / (4 * count))
    half = _TWO_SIDED * math.sqrt(inside) / (1 + spread)
    return max(0.0, centre - half), min(1.0, centre + half)


def _points(falling: Sequence[Judged]) -> Iterator[Point]:
    answered = wrong = 0
    for confidence, some in groupby(falling, key=lambda case: case[0]):
        for _, right in some:
            answered += 1
            wrong += not right
        yield _point(confidence, answered, wrong, len(falling))


def _point(threshold: float, answered: int, wrong: int, total: int) -> Point:
    return Point(
        threshold,
        coverage=answered / total if total else 0.0,
        risk=wrong / answered if answered else 0.0,
        wrong=wrong / total if total else 0.0,
    )


def _bin(low: float, high: float, cases: Sequence[Judged]) -> Bin:
    count = len(cases)
    if not count:
        return Bin(low, high, 0, 0.0, 0.0)
    mean = sum(confidence for confidence, _ in cases) / count
    return Bin(low, high, count, mean, sum(right for _, right in cases) / count)
