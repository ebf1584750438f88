"""Weights of the confidence; written by `scripts/fit_confidence.py --write`."""

from inquiry_service.answering.features import Features

WEIGHTS = Features(
    meaning=0.00,
    meaning_lead=0.00,
    meaning_spread=1.55,
    sentence=0.00,
    quote_sentence=0.00,
    margin=1.58,
    asked=2.22,
    asked_here=1.80,
    denied=0.00,
    words=0.00,
    words_lead=1.30,
    coverage=2.82,
    quote_coverage=0.00,
    quote_terms=0.00,
    pairs=0.00,
    quote_pairs=0.00,
    beside_title=2.05,
    unknown=0.00,
    kind=0.57,
    article=0.09,
    year=0.76,
    told=0.00,
    untold=-1.38,
)
BIAS = -4.48

FITTED_ON = (
    "questions.yaml on index d2d3598a77adfab0",
    "reading sha256:e044942f4823ba00",
)

HELD_OUT = (
    "own: 654 questions, AUROC 0.892, kept 0.546",
    "reading: 1695 questions, AUROC 0.976, kept 0.901",
)
"""On folds that the weights did not see."""
