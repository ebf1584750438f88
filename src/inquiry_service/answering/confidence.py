"""How sure it is that a quote answers a question: a figure of its own.

The figure that orders candidates plays no part as such. Confidence is a logistic of a few named
features; `scripts/fit_confidence.py` fits the weights.
"""

import math
from dataclasses import dataclass, fields


@dataclass(frozen=True, slots=True)
class Features:
    """What is measured for one quote; every figure lies near 0 to 1."""

    dense: float = 0.0
    """Cosine of question and passage, or its nearest sentence, over the encoder's usual range."""
    dense_lead: float = 0.0
    """How far the passage stands above the tenth candidate in meaning."""
    sentence: float = 0.0
    """Cosine of question and the sentence quoted, stretched likewise."""
    margin: float = 0.0
    """Fused lead over the best passage of another document."""
    asked: float = 0.0
    """Likeness to a question that the document names itself, from 0.85 on; for its best passage."""
    quote_coverage: float = 0.0
    """Share of the content words' weight that stands in the quote."""
    coverage: float = 0.0
    """The same for quote, passage, path and title together."""
    quote_terms: float = 0.0
    """Share of the question's words and bigrams that stand in the quote."""
    unknown: float = 0.0
    """Share of the content words' weight that stands nowhere in the library."""
    both_first: float = 0.0
    """1 when meaning and words put the same passage first."""
    kind: float = 0.0
    """1 when the question names the sort of document (年报, 解读, 指南) that this one is."""
    article: float = 0.0
    """1 when a named article (条) agrees."""
    year: float = 0.0
    """1 when the text is of the year asked for."""
    told: float = 0.0
    """1 when a number, time or the like was asked for and is told."""


WEIGHTS = Features(
    dense=1.56,
    dense_lead=1.49,
    sentence=1.37,
    margin=0.89,
    asked=2.48,
    quote_coverage=0.51,
    coverage=2.45,
    quote_terms=2.86,
    unknown=-0.24,
    both_first=1.10,
    kind=0.08,
    article=0.38,
    year=0.6,
    told=0.10,
)
_NAMES = tuple(each.name for each in fields(Features))
BIAS = -6.66


def confidence_of(features: Features) -> float:
    """The fitted probability, from 0 to 1, that the quote answers the question."""
    total = BIAS + sum(getattr(WEIGHTS, name) * getattr(features, name) for name in _NAMES)
    return 1.0 / (1.0 + math.exp(-max(-30.0, min(30.0, total))))
