"""Weights of the confidence; written by `scripts/fit_confidence.py --write`."""

from inquiry_service.answering.features import Features

WEIGHTS = Features(
    meaning=0.72,
    meaning_lead=0.78,
    meaning_spread=0.00,
    sentence=0.74,
    quote_sentence=0.84,
    margin=1.22,
    asked=2.34,
    words=0.23,
    words_lead=1.71,
    coverage=1.32,
    quote_coverage=1.25,
    quote_terms=2.38,
    pairs=0.00,
    quote_pairs=0.00,
    beside_title=1.32,
    unknown=-0.45,
    kind=0.24,
    article=0.21,
    year=1.09,
    told=0.00,
)
BIAS = -5.86

FITTED_ON = (
    "questions.yaml on index 4918ed7b3e57ae40",
    "reading sha256:e044942f4823ba00",
)

HELD_OUT = (
    "own: 222 questions, AUROC 0.953, kept 0.894",
    "reading: 1700 questions, AUROC 0.976, kept 0.879",
)
"""On folds that the weights did not see."""
