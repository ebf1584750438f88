"""Weights of the confidence; written by `scripts/fit_confidence.py --write`."""

from inquiry_service.answering.features import Features

WEIGHTS = Features(
    meaning=0.00,
    meaning_lead=0.00,
    meaning_spread=1.87,
    sentence=0.00,
    quote_sentence=0.47,
    margin=1.60,
    asked=1.49,
    asked_here=1.46,
    asked_share=2.34,
    denied_share=-1.66,
    words=0.00,
    words_lead=0.98,
    coverage=3.04,
    quote_coverage=0.00,
    quote_terms=0.00,
    pairs=0.00,
    quote_pairs=0.02,
    beside_title=2.06,
    unknown=0.00,
    kind=0.00,
    article=0.11,
    year=0.27,
    told=0.00,
    untold=-1.62,
)
BIAS = -5.01

FITTED_ON = (
    "questions.yaml on index 182c45d8a7dbd386",
    "reading sha256:e044942f4823ba00",
)

HELD_OUT = (
    "own: 655 questions, AUROC 0.944, kept 0.751",
    "reading: 1695 questions, AUROC 0.976, kept 0.901",
)
"""On folds that the weights did not see."""
