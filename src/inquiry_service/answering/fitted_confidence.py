"""Weights of the confidence; written by `scripts/fit_confidence.py --write`."""

from inquiry_service.answering.features import Features

WEIGHTS = Features(
    meaning=0.45,
    meaning_lead=0.76,
    meaning_spread=0.10,
    sentence=0.46,
    quote_sentence=0.57,
    margin=1.70,
    asked=2.82,
    words=0.00,
    words_lead=1.62,
    coverage=2.78,
    quote_coverage=0.58,
    quote_terms=1.06,
    pairs=0.11,
    quote_pairs=0.51,
    beside_title=1.53,
    unknown=-0.96,
    kind=0.09,
    article=0.22,
    year=1.19,
    told=0.00,
)
BIAS = -5.93

FITTED_ON = (
    "questions.yaml on index 3f395cf1c36c0fbc",
    "reading sha256:e044942f4823ba00",
)

HELD_OUT = (
    "own: 223 questions, AUROC 0.967, kept 0.768",
    "reading: 1700 questions, AUROC 0.974, kept 0.877",
)
"""On folds that the weights did not see."""
