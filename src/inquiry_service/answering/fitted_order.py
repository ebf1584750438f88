"""Weights that order candidates; written by `scripts/fit_order.py --write`."""

WEIGHTS = (
    11.79,  # meaning
    7.82,  # sentence
    5.51,  # words
    5.15,  # first_words
    33.69,  # many_words
    27.07,  # asked
    5.00,  # asked_here
)

FITTED_ON = (
    "our own fitting half",
    "statutes sha256:bcd7ea1b5e229c37",
    "catalogue sha256:434ce4b91d089498",
    "reading sha256:e044942f4823ba00",
)

HELD_OUT = (
    "own: hit@1 0.853, MRR@10 0.901",
    "statutes: hit@1 0.507, MRR@10 0.608",
    "catalogue: hit@1 0.995, MRR@10 0.997",
    "reading: hit@1 0.968, MRR@10 0.982",
)
"""On folds that the weights did not see."""
