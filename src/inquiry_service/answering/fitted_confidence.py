"""Weights of the confidence; written by `scripts/fit_confidence.py --write`."""

from inquiry_service.answering.features import Features

WEIGHTS = Features(
    meaning=0.60,
    meaning_lead=0.39,
    meaning_spread=1.02,
    sentence=0.62,
    quote_sentence=0.94,
    margin=1.84,
    asked=2.88,
    words=0.21,
    words_lead=1.31,
    coverage=2.97,
    quote_coverage=0.66,
    quote_terms=0.89,
    pairs=0.02,
    quote_pairs=0.17,
    beside_title=1.56,
    unknown=-0.73,
    kind=0.01,
    article=0.55,
    year=0.57,
    told=0.00,
)
BIAS = -6.75

FITTED_ON = (
    "questions.yaml on index e5b83cdaf9939100",
    "reading sha256:e044942f4823ba00",
)

HELD_OUT = (
    "own: 223 questions, AUROC 0.966, kept 0.817",
    "reading: 1700 questions, AUROC 0.979, kept 0.901",
)
"""On folds that the weights did not see."""
