"""A short verbatim stretch of a text around the words that were looked for. Pure."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

LONGEST = 110
_BEFORE = 24
_BORDERS = "。！？；!?\n"


@dataclass(frozen=True, slots=True)
class Fragment:
    """A part of an excerpt; `marked` when it is one of the words."""

    text: str
    marked: bool = False


def excerpt(text: str, words: Iterable[str], *, longest: int = LONGEST) -> tuple[Fragment, ...]:
    """At most `longest` characters of `text`, where most of the words stand; `…` shows a cut.

    Without a word in the text it is the beginning. The fragments, without `…`, joined, are a
    substring of `text`.
    """
    pattern = _any_of(words)
    found = [match.span() for match in pattern.finditer(text)] if pattern else []
    start = _start(text, found, longest)
    end = min(len(text), start + longest)
    within = [(a, b) for a, b in found if a >= start and b <= end]
    parts = list(_fragments(text, start, end, within))
    if start > 0:
        parts.insert(0, Fragment("…"))
    if end < len(text):
        parts.append(Fragment("…"))
    return tuple(parts)


def _any_of(words: Iterable[str]) -> re.Pattern[str] | None:
    longest_first = sorted({word for word in words if word}, key=lambda word: (-len(word), word))
    joined = "|".join(re.escape(word) for word in longest_first)
    return re.compile(joined, re.IGNORECASE) if joined else None


def _start(text: str, found: Sequence[tuple[int, int]], longest: int) -> int:
    """The earliest place from which most words fit, moved back to where a sentence begins."""
    if not found or len(text) <= longest:
        return 0
    room = longest - _BEFORE
    first = max(
        (begin for begin, _ in found),
        key=lambda begin: (sum(begin <= a and b <= begin + room for a, b in found), -begin),
    )
    earliest = max(0, first - _BEFORE)
    border = max(text.rfind(mark, earliest, first) for mark in _BORDERS)
    start = border + 1 if border >= 0 else earliest
    while start < first and text[start].isspace():
        start += 1
    return start


def _fragments(
    text: str, start: int, end: int, within: Sequence[tuple[int, int]]
) -> Iterator[Fragment]:
    at = start
    for begin, stop in within:
        if begin > at:
            yield Fragment(text[at:begin])
        yield Fragment(text[begin:stop], marked=True)
        at = stop
    if end > at:
        yield Fragment(text[at:end])
