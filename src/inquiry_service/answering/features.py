"""What is measured of a candidate before it is judged."""

from typing import NamedTuple


class Features(NamedTuple):
    """What is measured for one quote; every figure lies near 0 to 1."""

    meaning: float = 0.0
    """Cosine of question and passage, or its nearest sentence, over the encoder's usual range."""
    meaning_lead: float = 0.0
    """How far the passage stands above other documents in meaning."""
    meaning_spread: float = 0.0
    """How far the passage stands above the tenth candidate in meaning."""
    sentence: float = 0.0
    """Cosine of question and the passage's nearest sentence, stretched likewise."""
    quote_sentence: float = 0.0
    """The same for the sentence quoted."""
    margin: float = 0.0
    """Lead in the order over the best passage of another document that might answer."""
    asked: float = 0.0
    """Likeness to a question that the document names itself; for its best passage."""
    asked_here: float = 0.0
    """Likeness to a question that is asked of this very passage."""
    asked_share: float = 0.0
    """Of all named questions near to this one, the share asked of this passage or document."""
    denied_share: float = 0.0
    """Of all named questions near to this one, the share that documents say they do not answer."""
    words: float = 0.0
    """Share of the question's own weight in words that the passage reaches, times two."""
    words_lead: float = 0.0
    """How far the passage stands above other documents in words."""
    coverage: float = 0.0
    """Share of the content words' weight that stands in quote, passage, path and title together."""
    quote_coverage: float = 0.0
    """The same for the quote alone."""
    quote_terms: float = 0.0
    """Share of the question's words and bigrams that stand in the quote."""
    pairs: float = 0.0
    """Share of the question's neighbouring characters that stand in passage, path and title."""
    quote_pairs: float = 0.0
    """The same for the quote alone."""
    beside_title: float = 0.0
    """Of what the question says besides the document's title, the share that the quote says."""
    unknown: float = 0.0
    """Share of the content words' weight that stands nowhere in the library."""
    kind: float = 0.0
    """1 when the question names the sort of document (年报, 解读, 指南) that this one is."""
    article: float = 0.0
    """1 when a named article (条) agrees."""
    year: float = 0.0
    """1 when the text is of the year asked for."""
    told: float = 0.0
    """1 when a number, time or the like was asked for and is told."""
    untold: float = 0.0
    """1 when it was asked for and neither the quote nor its table tells it."""
