"""Weights that order candidates; written by `scripts/fit_order.py --write`."""

WEIGHTS = (
    14.91,  # meaning
    90.66,  # sentence
    13.11,  # words
    3.39,  # first_words
    24.79,  # many_words
    104.90,  # asked
)

FITTED_ON = (
    "our own fitting half",
    "statutes sha256:bcd7ea1b5e229c37",
    "catalogue sha256:434ce4b91d089498",
    "reading sha256:e044942f4823ba00",
)

HELD_OUT = (
    "own: hit@1 0.892, MRR@10 0.926",
    "statutes: hit@1 0.497, MRR@10 0.584",
    "catalogue: hit@1 0.995, MRR@10 0.997",
    "reading: hit@1 0.969, MRR@10 0.981",
)
"""On folds that the weights did not see."""
