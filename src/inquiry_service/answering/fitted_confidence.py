"""Weights of the confidence; written by `scripts/fit_confidence.py --write`."""

from inquiry_service.answering.features import Features

WEIGHTS = Features(
    meaning=0.00,
    meaning_lead=0.00,
    meaning_spread=1.58,
    sentence=0.00,
    quote_sentence=0.11,
    margin=1.46,
    asked=1.89,
    asked_here=1.92,
    words=0.00,
    words_lead=1.41,
    coverage=2.84,
    quote_coverage=0.00,
    quote_terms=0.07,
    pairs=0.00,
    quote_pairs=0.00,
    beside_title=1.96,
    unknown=0.00,
    kind=0.33,
    article=0.10,
    year=0.65,
    told=0.00,
    untold=-1.54,
)
BIAS = -4.50

FITTED_ON = (
    "questions.yaml on index d2d3598a77adfab0",
    "reading sha256:e044942f4823ba00",
)

HELD_OUT = (
    "own: 658 questions, AUROC 0.895, kept 0.566",
    "reading: 1699 questions, AUROC 0.978, kept 0.900",
)
"""On folds that the weights did not see."""
