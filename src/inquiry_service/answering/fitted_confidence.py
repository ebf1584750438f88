"""Weights of the confidence; written by `scripts/fit_confidence.py --write`."""

from inquiry_service.answering.features import Features

WEIGHTS = Features(
    meaning=0.00,
    meaning_lead=0.01,
    meaning_spread=1.74,
    sentence=0.00,
    quote_sentence=0.29,
    margin=1.54,
    asked=3.04,
    asked_here=0.50,
    words=0.00,
    words_lead=0.98,
    coverage=2.60,
    quote_coverage=0.00,
    quote_terms=0.48,
    pairs=0.00,
    quote_pairs=0.00,
    beside_title=2.10,
    unknown=0.00,
    kind=0.42,
    article=0.12,
    year=0.46,
    told=0.00,
    untold=-1.43,
)
BIAS = -4.69

FITTED_ON = (
    "questions.yaml on index 17cc01f8a67564a8",
    "reading sha256:e044942f4823ba00",
)

HELD_OUT = (
    "own: 658 questions, AUROC 0.892, kept 0.580",
    "reading: 1699 questions, AUROC 0.978, kept 0.903",
)
"""On folds that the weights did not see."""
