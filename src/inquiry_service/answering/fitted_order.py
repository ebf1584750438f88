"""Weights that order candidates; written by `scripts/fit_order.py --write`."""

WEIGHTS = (
    12.84,  # meaning
    6.22,  # sentence
    0.00,  # words
    24.35,  # many_words
    2.01,  # most_words
    16.41,  # words_ahead
    17.81,  # asked
    0.00,  # asked_here
    5.33,  # asked_share
)

FITTED_ON = (
    "our own fitting half",
    "statutes sha256:bcd7ea1b5e229c37",
    "catalogue sha256:434ce4b91d089498",
    "reading sha256:e044942f4823ba00",
)

HELD_OUT = (
    "own: hit@1 0.878, MRR@10 0.917",
    "statutes: hit@1 0.523, MRR@10 0.622",
    "catalogue: hit@1 0.995, MRR@10 0.997",
    "reading: hit@1 0.970, MRR@10 0.983",
)
"""On folds that the weights did not see."""

UNSEEN: dict[str, dict[str, float]] = {
    "statutes sha256:bcd7ea1b5e229c37": {"hit@1": 0.523, "MRR@10": 0.622},
    "catalogue sha256:434ce4b91d089498": {"hit@1": 0.995, "MRR@10": 0.997},
}
"""Of sets that the layer learnt from: figures without their own part."""
