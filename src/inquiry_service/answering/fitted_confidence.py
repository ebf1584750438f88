"""Weights of the confidence; written by `scripts/fit_confidence.py --write`."""

from inquiry_service.answering.features import Features

WEIGHTS = Features(
    meaning=1.0,
    meaning_lead=0.5,
    meaning_spread=0.5,
    sentence=1.0,
    quote_sentence=0.5,
    margin=0.9,
    asked=2.5,
    words=0.5,
    words_lead=0.5,
    coverage=1.5,
    quote_coverage=0.5,
    quote_terms=1.5,
    pairs=1.0,
    quote_pairs=0.5,
    beside_title=1.0,
    unknown=-0.24,
    kind=0.08,
    article=0.38,
    year=0.6,
    told=0.10,
)
BIAS = -6.66
