"""Weights that order candidates; written by `scripts/fit_order.py --write`."""

WEIGHTS = (
    33.40,  # meaning
    32.60,  # sentence
    5.84,  # words
    6.64,  # first_words
    3.00,  # many_words
)
