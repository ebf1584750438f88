"""Weights of the confidence; written by `scripts/fit_confidence.py --write`."""

from inquiry_service.answering.features import Features

WEIGHTS = Features(
    meaning=0.00,
    meaning_lead=0.00,
    meaning_spread=1.90,
    sentence=0.00,
    quote_sentence=0.40,
    margin=1.54,
    asked=1.52,
    asked_here=1.43,
    asked_share=2.23,
    denied_share=-1.65,
    words=0.00,
    words_lead=1.07,
    coverage=2.99,
    quote_coverage=0.00,
    quote_terms=0.00,
    pairs=0.00,
    quote_pairs=0.00,
    beside_title=2.02,
    unknown=0.00,
    kind=0.00,
    article=0.12,
    year=0.28,
    told=0.00,
    untold=-1.61,
)
BIAS = -4.91

FITTED_ON = (
    "questions.yaml on index 8268905e8c623e69",
    "reading sha256:e044942f4823ba00",
)

HELD_OUT = (
    "own: 655 questions, AUROC 0.940, kept 0.734",
    "reading: 1695 questions, AUROC 0.976, kept 0.902",
)
"""On folds that the weights did not see."""
