"""Weights that order candidates; written by `scripts/fit_order.py --write`."""

WEIGHTS = (
    58.67,  # meaning
    67.05,  # sentence
    5.71,  # words
    3.50,  # first_words
    32.56,  # many_words
    102.69,  # asked
)

FITTED_ON = (
    "our own fitting half",
    "statutes sha256:bcd7ea1b5e229c37",
    "catalogue sha256:434ce4b91d089498",
    "reading sha256:e044942f4823ba00",
)

HELD_OUT = (
    "own: hit@1 0.892, MRR@10 0.931",
    "statutes: hit@1 0.483, MRR@10 0.583",
    "catalogue: hit@1 0.995, MRR@10 0.997",
    "reading: hit@1 0.970, MRR@10 0.983",
)
"""On folds that the weights did not see."""
