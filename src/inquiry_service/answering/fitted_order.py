"""Weights that order candidates; written by `scripts/fit_order.py --write`."""

WEIGHTS = (
    32.85,  # meaning
    81.86,  # sentence
    6.56,  # words
    3.51,  # first_words
    38.17,  # many_words
)

FITTED_ON = (
    "statutes sha256:bcd7ea1b5e229c37",
    "catalogue sha256:434ce4b91d089498",
    "reading sha256:e044942f4823ba00",
)

HELD_OUT = (
    "statutes: hit@1 0.493, MRR@10 0.583",
    "catalogue: hit@1 0.995, MRR@10 0.997",
    "reading: hit@1 0.964, MRR@10 0.978",
)
"""On folds that the weights did not see."""
