"""Weights that order candidates; written by `scripts/fit_order.py --write`."""

WEIGHTS = (
    12.09,  # meaning
    7.19,  # sentence
    0.01,  # words
    24.50,  # many_words
    1.98,  # most_words
    16.72,  # words_ahead
    22.92,  # asked
    3.30,  # asked_here
)

FITTED_ON = (
    "our own fitting half",
    "statutes sha256:bcd7ea1b5e229c37",
    "catalogue sha256:434ce4b91d089498",
    "reading sha256:e044942f4823ba00",
)

HELD_OUT = (
    "own: hit@1 0.880, MRR@10 0.918",
    "statutes: hit@1 0.507, MRR@10 0.613",
    "catalogue: hit@1 0.995, MRR@10 0.997",
    "reading: hit@1 0.971, MRR@10 0.983",
)
"""On folds that the weights did not see."""

UNSEEN: dict[str, dict[str, float]] = {
    "statutes sha256:bcd7ea1b5e229c37": {"hit@1": 0.507, "MRR@10": 0.613},
    "catalogue sha256:434ce4b91d089498": {"hit@1": 0.995, "MRR@10": 0.997},
}
"""Of sets that the layer learnt from: figures without their own part."""
