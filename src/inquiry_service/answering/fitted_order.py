"""Weights that order candidates; written by `scripts/fit_order.py --write`."""

WEIGHTS = (
    11.85,  # meaning
    7.57,  # sentence
    5.84,  # words
    4.72,  # first_words
    33.64,  # many_words
    23.11,  # asked
    3.44,  # asked_here
)

FITTED_ON = (
    "our own fitting half",
    "statutes sha256:bcd7ea1b5e229c37",
    "catalogue sha256:434ce4b91d089498",
    "reading sha256:e044942f4823ba00",
)

HELD_OUT = (
    "own: hit@1 0.877, MRR@10 0.917",
    "statutes: hit@1 0.507, MRR@10 0.609",
    "catalogue: hit@1 0.995, MRR@10 0.997",
    "reading: hit@1 0.968, MRR@10 0.982",
)
"""On folds that the weights did not see."""

UNSEEN: dict[str, dict[str, float]] = {
    "statutes sha256:bcd7ea1b5e229c37": {"hit@1": 0.507, "MRR@10": 0.609},
    "catalogue sha256:434ce4b91d089498": {"hit@1": 0.995, "MRR@10": 0.997},
}
"""Of sets that the layer learnt from: figures without their own part."""
