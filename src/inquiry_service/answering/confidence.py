"""How sure it is that a quote answers a question: a figure of its own.

The figure that orders candidates plays no part as such. Confidence is a logistic of a few named
features; `scripts/fit_confidence.py` fits the weights.
"""

import math
from operator import mul

from inquiry_service.answering.features import Features
from inquiry_service.answering.fitted_confidence import BIAS, WEIGHTS

__all__ = ["Features", "confidence_of"]


def confidence_of(features: Features) -> float:
    """The fitted probability, from 0 to 1, that the quote answers the question."""
    total = BIAS + sum(map(mul, WEIGHTS, features))
    return 1.0 / (1.0 + math.exp(-max(-30.0, min(30.0, total))))
