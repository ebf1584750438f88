"""Weights of the confidence; written by `scripts/fit_confidence.py --write`."""

from inquiry_service.answering.features import Features

WEIGHTS = Features(
    meaning=0.00,
    meaning_lead=0.00,
    meaning_spread=1.92,
    sentence=0.00,
    quote_sentence=0.29,
    margin=1.63,
    asked=1.64,
    asked_here=1.22,
    asked_share=2.04,
    denied_share=-1.54,
    words=0.00,
    words_lead=1.05,
    coverage=2.92,
    quote_coverage=0.00,
    quote_terms=0.00,
    pairs=0.00,
    quote_pairs=0.00,
    beside_title=2.07,
    unknown=0.00,
    kind=0.00,
    article=0.13,
    year=0.37,
    told=0.00,
    untold=-1.50,
)
BIAS = -4.86

FITTED_ON = (
    "questions.yaml on index 8a0522a06409b9a1",
    "reading sha256:e044942f4823ba00",
)

HELD_OUT = (
    "own: 657 questions, AUROC 0.935, kept 0.631",
    "reading: 1695 questions, AUROC 0.976, kept 0.901",
)
"""On folds that the weights did not see."""
