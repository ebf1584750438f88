"""Weights of the confidence; written by `scripts/fit_confidence.py --write`."""

from inquiry_service.answering.features import Features

WEIGHTS = Features(
    meaning=0.84,
    meaning_lead=0.00,
    meaning_spread=1.64,
    sentence=0.85,
    quote_sentence=1.08,
    margin=1.75,
    asked=3.11,
    words=0.00,
    words_lead=1.67,
    coverage=3.13,
    quote_coverage=0.50,
    quote_terms=1.23,
    pairs=0.03,
    quote_pairs=0.23,
    beside_title=1.13,
    unknown=-0.00,
    kind=0.07,
    article=0.54,
    year=0.35,
    told=0.00,
    untold=-2.00,
)
BIAS = -7.41

FITTED_ON = (
    "questions.yaml on index 38408d5eb17f2503",
    "reading sha256:e044942f4823ba00",
)

HELD_OUT = (
    "own: 224 questions, AUROC 0.983, kept 0.868",
    "reading: 1700 questions, AUROC 0.979, kept 0.891",
)
"""On folds that the weights did not see."""
