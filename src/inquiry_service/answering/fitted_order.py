"""Weights that order candidates; written by `scripts/fit_order.py --write`."""

WEIGHTS = (
    12.74,  # meaning
    6.31,  # sentence
    0.00,  # words
    24.68,  # many_words
    1.98,  # most_words
    16.06,  # words_ahead
    17.24,  # asked
    3.10,  # asked_here
    4.47,  # asked_share
)

FITTED_ON = (
    "our own fitting half",
    "statutes sha256:bcd7ea1b5e229c37",
    "catalogue sha256:434ce4b91d089498",
    "reading sha256:e044942f4823ba00",
)

HELD_OUT = (
    "own: hit@1 0.886, MRR@10 0.922",
    "statutes: hit@1 0.523, MRR@10 0.622",
    "catalogue: hit@1 0.995, MRR@10 0.997",
    "reading: hit@1 0.969, MRR@10 0.982",
)
"""On folds that the weights did not see."""

UNSEEN: dict[str, dict[str, float]] = {
    "statutes sha256:bcd7ea1b5e229c37": {"hit@1": 0.523, "MRR@10": 0.622},
    "catalogue sha256:434ce4b91d089498": {"hit@1": 0.995, "MRR@10": 0.997},
}
"""Of sets that the layer learnt from: figures without their own part."""
