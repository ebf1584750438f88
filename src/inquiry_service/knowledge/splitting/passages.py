"""From the outline of a text to its passages."""

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import zip_longest

from inquiry_service.knowledge.document import Passage, passage_id
from inquiry_service.knowledge.splitting.halving import Boundaries
from inquiry_service.knowledge.splitting.headings import (
    DEEPEST_MARKDOWN,
    Heading,
    Rank,
    numbering_of,
)
from inquiry_service.knowledge.splitting.outline import Line, outline
from inquiry_service.knowledge.splitting.parts import Parts

SIZE_CAP = 400
"""Characters in a passage's text; what an encoder of 512 word pieces takes in whole."""

_MAX_ANNOUNCEMENT = 40

SPLITTER_VERSION = "2"
"""Raised whenever the same text is split otherwise, so that an index is built anew."""


@dataclass(slots=True)
class _Section:
    """Text in one place: heading lines from `start`, the text itself from `body`."""

    path: tuple[str, ...]
    start: int
    body: int
    question: str | None = None
    parts: Parts = field(default_factory=Parts)


@dataclass(frozen=True, slots=True)
class _Piece:
    """A passage to be: where its text begins, and what stands above it."""

    section: _Section
    path: tuple[str, ...]
    heading: str
    start: int
    text: str


def split(
    document_id: str, text: str, *, title: str = "", page_starts: Sequence[int] = ()
) -> tuple[Passage, ...]:
    """The passages of a text, in order. Empty only when the text is blank.

    `page_starts`: where in the text each page begins, in a format that has pages.

    A text of nothing but headings is one passage without a heading, so that nothing is lost.
    """
    sections = _with_announcements(text, list(_sections(outline(text, title))))
    if not sections and text.strip():
        sections = [_Section((), 0, 0)]
    if sections:
        sections[0].start = 0
    seen: Counter[str] = Counter()
    passages = []
    for ordinal, piece in enumerate(_cut(text, sections)):
        passages.append(
            Passage(
                passage_id(document_id, piece.text, seen[piece.text]),
                document_id,
                ordinal,
                piece.path,
                piece.text,
                heading=piece.heading,
                page=bisect_right(page_starts, piece.start) or None,
                question=piece.section.question,
            )
        )
        seen[piece.text] += 1
    return tuple(passages)


def joined(passages: Iterable[Passage]) -> str:
    """The document's text again; only white space between passages may differ."""
    return "\n".join(part for p in passages for part in (p.heading, p.text) if part)


def _sections(lines: list[Line]) -> Iterator[_Section]:
    """Walk the lines; headings wait until a text comes that they can stand above."""
    place = _Place()
    section: _Section | None = None
    waiting: int | None = None
    before: Line | None = None
    for line in lines:
        if line.heading:
            place.enter(line.heading)
        if line.table_head or (line.heading and not line.heading.lead):
            waiting = line.start if waiting is None else waiting
            section = None
        elif section is None or line.heading or line.columns is not None:
            start = line.start if waiting is None else waiting
            section = place.section(line, start)
            yield section
            section = None if line.columns is not None else section
            waiting = None
        else:
            section.parts.add(line, before)
        before = line


class _Place:
    """The headings that stand above the current line."""

    def __init__(self) -> None:
        self._open: list[Heading] = []
        self._styles: dict[Rank, int] = {}
        """The Markdown level that this document gives to a style of numbering."""

    def section(self, line: Line, start: int) -> _Section:
        """A row of a table stands under the names of its columns and its blocks too."""
        labels = (*(heading.label for heading in self._open), line.columns, *line.block)
        section = _Section(
            path=tuple(label for label in labels if label),
            start=start,
            body=line.start,
            question=next((h.question for h in reversed(self._open) if h.question), None),
        )
        section.parts.add(line, None)
        return section

    def enter(self, heading: Heading) -> None:
        rank = self._rank(heading)
        while self._open and self._open[-1].rank >= rank:
            self._open.pop()
        if heading.rank != Rank.TITLE:
            self._open.append(replace(heading, rank=rank))

    def _rank(self, heading: Heading) -> int:
        """## 一、概况 and 二、收费 are brothers, though one of them is not marked."""
        numbering = numbering_of(heading.label)
        if numbering is None:
            return heading.rank
        if heading.rank <= DEEPEST_MARKDOWN:
            self._styles[numbering[0]] = heading.rank
            return heading.rank
        return self._styles.get(numbering[0], heading.rank)


def _with_announcements(text: str, sections: list[_Section]) -> list[_Section]:
    """各镇人民政府： and 时限如下： announce what follows and say nothing alone."""
    kept: list[_Section] = []
    for section, after in zip_longest(sections, sections[1:]):
        said = text[section.body : after.start if after else len(text)].strip()
        announces = len(said) <= _MAX_ANNOUNCEMENT and said.endswith(("：", ":"))
        if after and announces and not section.question:
            after.start = section.start
        else:
            kept.append(section)
    return kept


def _cut(text: str, sections: list[_Section]) -> Iterator[_Piece]:
    """The passages to be; with their headings they cover the document."""
    ends = [*(section.start for section in sections[1:]), len(text)]
    for section, end in zip(sections, ends, strict=False):
        heading = text[section.start : section.body].strip()
        spans = _spans(text, section, end)
        for first, last in spans:
            body = text[first:last].strip()
            if not body:
                continue
            start = first + len(text[first:last]) - len(text[first:last].lstrip())
            path = section.path
            if len(spans) > 1:
                path = section.parts.address(path, start, last)
            yield _Piece(section, path, heading, start, body)
            heading = ""


def _spans(text: str, section: _Section, end: int) -> list[tuple[int, int]]:
    if end - section.body <= SIZE_CAP:
        return [(section.body, end)]
    end = section.body + len(text[section.body : end].rstrip())
    cuts = section.parts.cuts()
    boundaries = Boundaries(text, section.body, end, cuts, section.parts.blocks)
    return boundaries.pieces(section.body, end, SIZE_CAP)
