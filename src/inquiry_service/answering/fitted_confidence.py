"""Weights of the confidence; written by `scripts/fit_confidence.py --write`."""

from inquiry_service.answering.features import Features

WEIGHTS = Features(
    meaning=0.00,
    meaning_lead=0.00,
    meaning_spread=1.59,
    sentence=0.00,
    quote_sentence=0.03,
    margin=1.43,
    asked=1.87,
    asked_here=1.90,
    words=0.00,
    words_lead=1.39,
    coverage=2.78,
    quote_coverage=0.00,
    quote_terms=0.23,
    pairs=0.00,
    quote_pairs=0.00,
    beside_title=1.91,
    unknown=0.00,
    kind=0.33,
    article=0.11,
    year=0.64,
    told=0.00,
    untold=-1.54,
)
BIAS = -4.42

FITTED_ON = (
    "questions.yaml on index d2d3598a77adfab0",
    "reading sha256:e044942f4823ba00",
)

HELD_OUT = (
    "own: 658 questions, AUROC 0.893, kept 0.569",
    "reading: 1699 questions, AUROC 0.978, kept 0.901",
)
"""On folds that the weights did not see."""
