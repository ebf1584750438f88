"""Weights of the confidence; written by `scripts/fit_confidence.py --write`."""

from inquiry_service.answering.features import Features

WEIGHTS = Features(
    meaning=0.00,
    meaning_lead=0.29,
    meaning_spread=1.32,
    sentence=0.00,
    quote_sentence=0.00,
    margin=1.30,
    asked=3.10,
    words=0.00,
    words_lead=1.17,
    coverage=2.75,
    quote_coverage=0.23,
    quote_terms=0.15,
    pairs=0.00,
    quote_pairs=0.00,
    beside_title=2.06,
    unknown=0.00,
    kind=0.44,
    article=0.12,
    year=0.35,
    told=0.00,
    untold=-1.29,
)
BIAS = -4.39

FITTED_ON = (
    "questions.yaml on index dd09865879ece1e9",
    "reading sha256:e044942f4823ba00",
)

HELD_OUT = (
    "own: 659 questions, AUROC 0.885, kept 0.585",
    "reading: 1699 questions, AUROC 0.976, kept 0.893",
)
"""On folds that the weights did not see."""
