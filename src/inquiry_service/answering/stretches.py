"""A passage cut into sentences and table rows, and those into stretches short enough to quote."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

LONGEST_QUOTE = 120

_SENTENCE = re.compile(r"[^。！？!?\n]*[。！？!?\n]+[”’」』）)]*|[^。！？!?\n]+")
_CLAUSE = re.compile(r"[^，,、：:；;]*[，,、：:；;]+|[^，,、：:；;]+")
_HEADING_MARK = re.compile(
    r"\s*(?:#{1,6}\s|[一二三四五六七八九十]+、|[（(][一二三四五六七八九十]+[）)]|\d+[.、])"
)
_ENDS_A_SENTENCE = re.compile(r"[。！？!?；;，,：:|]\s*$")
_MARKS_BEFORE = re.compile(r"(?:[\s#>*+|、，,；;。：:]|-\s)+")
_LONGEST_HEADING = 40

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Stretch:
    """A verbatim piece of a passage that is short enough to quote."""

    text: str
    start: int
    bare: str
    """Without the marks of a heading around it."""
    like_a_heading: bool
    at_the_end: bool
    """Whether the passage ends with it."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence or table row: as a whole, and what of it can be quoted."""

    text: str
    stretches: tuple[Stretch, ...]


@lru_cache(maxsize=8192)
def sentences_of(text: str) -> tuple[Sentence, ...]:
    """Remembered, because the same few passages are quoted again and again."""
    return tuple(
        Sentence(text[start:end], tuple(_stretch(text, *at) for at in _fitting(text, start, end)))
        for start, end in sentence_spans(text)
    )


def sentence_spans(text: str) -> list[Span]:
    """Where the sentences and table rows of a passage stand."""
    return list(_pieces(text, 0, len(text), _SENTENCE))


def ends_well(quoted: str) -> bool:
    """Whether it is a sentence of a paragraph: no heading, no row, no item of a list."""
    return quoted.endswith(("。", "！", "？")) and not _HEADING_MARK.match(quoted)


def _stretch(text: str, start: int, end: int) -> Stretch:
    quoted = text[start:end]
    bare = quoted.strip("# *\n")
    short = len(bare) <= _LONGEST_HEADING and not _ENDS_A_SENTENCE.search(bare)
    heading = short and bool(_HEADING_MARK.match(quoted))
    return Stretch(quoted, start, bare, heading, end == len(text))


def _fitting(text: str, start: int, end: int) -> list[Span]:
    """The sentence itself, or the longest runs of its clauses that are short enough."""
    if end - start <= LONGEST_QUOTE:
        return [(start, end)]
    clauses = [
        part for clause in _pieces(text, start, end, _CLAUSE) for part in _cut_evenly(*clause)
    ]
    return [_run_from(text, clauses[first:]) for first in range(len(clauses))]


def _run_from(text: str, clauses: Sequence[Span]) -> Span:
    start = clauses[0][0]
    within = [end for _, end in clauses if end - start <= LONGEST_QUOTE]
    return _trimmed(text, start, within[-1]) or clauses[0]


def _cut_evenly(start: int, end: int) -> list[Span]:
    """A stretch without any punctuation is cut by length: better a cut than no quote."""
    return [(at, min(at + LONGEST_QUOTE, end)) for at in range(start, end, LONGEST_QUOTE)]


def _pieces(text: str, start: int, end: int, pattern: re.Pattern[str]) -> Iterator[Span]:
    for match in pattern.finditer(text, start, end):
        trimmed = _trimmed(text, *match.span())
        if trimmed:
            yield trimmed


def _trimmed(text: str, start: int, end: int) -> Span | None:
    """Without the white space and list marks around it; nothing when nothing is left."""
    while end > start and text[end - 1].isspace():
        end -= 1
    marks = _MARKS_BEFORE.match(text, start, end)
    if marks:
        start = marks.end()
    return (start, end) if end > start else None
