"""Weights of the confidence; written by `scripts/fit_confidence.py --write`."""

from inquiry_service.answering.features import Features

WEIGHTS = Features(
    meaning=0.00,
    meaning_lead=0.00,
    meaning_spread=1.51,
    sentence=0.00,
    quote_sentence=0.00,
    margin=1.72,
    asked=2.16,
    asked_here=1.67,
    words=0.00,
    words_lead=1.32,
    coverage=2.79,
    quote_coverage=0.00,
    quote_terms=0.18,
    pairs=0.00,
    quote_pairs=0.00,
    beside_title=1.85,
    unknown=0.00,
    kind=0.55,
    article=0.11,
    year=0.80,
    told=0.00,
    untold=-1.43,
)
BIAS = -4.48

FITTED_ON = (
    "questions.yaml on index d2d3598a77adfab0",
    "reading sha256:e044942f4823ba00",
)

HELD_OUT = (
    "own: 654 questions, AUROC 0.897, kept 0.567",
    "reading: 1694 questions, AUROC 0.977, kept 0.904",
)
"""On folds that the weights did not see."""
