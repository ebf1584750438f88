"""From the outline of a text to its passages."""

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from inquiry_service.knowledge.document import Passage, passage_id
from inquiry_service.knowledge.splitting.halving import Boundaries
from inquiry_service.knowledge.splitting.headings import Heading, Rank, starts_block
from inquiry_service.knowledge.splitting.outline import Line, outline

SIZE_CAP = 400
"""Characters in a passage's text; what an encoder of 512 word pieces takes in whole."""

SPLITTER_VERSION = "1"
"""Raised whenever the same text is split otherwise, so that an index is built anew."""

_OPEN_ENDED = ("：", ":")
_CLOSED = tuple("。！？!?；;：:.」”’）)》】|")


@dataclass(slots=True)
class _Section:
    """Text in one place: heading lines from `start`, the text itself from `body`."""

    path: tuple[str, ...]
    start: int
    body: int
    blocks: list[int] = field(default_factory=list)
    """Where blocks after the first begin; a cut is best there."""


def split(
    document_id: str, text: str, *, title: str = "", page_starts: Sequence[int] = ()
) -> tuple[Passage, ...]:
    """The passages of a text, in order. Empty only when the text is blank.

    `page_starts`: where in the text each page begins, in a format that has pages.

    A text of nothing but headings is one passage without a heading, so that nothing is lost.
    """
    sections = list(_sections(outline(text, title)))
    if not sections and text.strip():
        sections = [_Section((), 0, 0)]
    if sections:
        sections[0].start = 0
    seen: Counter[str] = Counter()
    passages = []
    for ordinal, (path, heading, start, body) in enumerate(_cut(text, sections)):
        identity = passage_id(document_id, body, seen[body])
        seen[body] += 1
        page = bisect_right(page_starts, start) or None
        passages.append(Passage(identity, document_id, ordinal, path, body, heading, page))
    return tuple(passages)


def joined(passages: Iterable[Passage]) -> str:
    """The document's text again; only white space between passages may differ."""
    return "\n".join(part for p in passages for part in (p.heading, p.text) if part)


def _sections(lines: list[Line]) -> Iterator[_Section]:
    """Walk the lines; headings wait until a text comes that they can stand above."""
    place = _Place()
    section: _Section | None = None
    waiting: int | None = None
    for position, line in enumerate(lines):
        if line.heading:
            place.enter(line.heading)
        if line.table_head or (line.heading and not line.heading.lead):
            waiting = line.start if waiting is None else waiting
            section = None
        elif section is None or line.heading or line.columns is not None:
            start = line.start if waiting is None else waiting
            section = _Section(place.of(line), start, line.start)
            yield section
            section = None if line.columns is not None else section
            waiting = None
        elif _begins_block(line, lines[position - 1]):
            section.blocks.append(line.start)


class _Place:
    """The headings that stand above the current line."""

    def __init__(self) -> None:
        self._open: list[Heading] = []

    def of(self, line: Line) -> tuple[str, ...]:
        """A row of a table stands under the names of its columns too."""
        labels = (*(heading.label for heading in self._open), line.columns)
        return tuple(label for label in labels if label)

    def enter(self, heading: Heading) -> None:
        while self._open and self._open[-1].rank >= heading.rank:
            self._open.pop()
        if heading.rank != Rank.TITLE:
            self._open.append(heading)


def _begins_block(line: Line, before: Line) -> bool:
    """What ends in a colon stays with what it announces."""
    if before.text.endswith(_OPEN_ENDED):
        return False
    return line.after_blank or starts_block(line.text) or before.text.endswith(_CLOSED)


def _cut(text: str, sections: list[_Section]) -> Iterator[tuple[tuple[str, ...], str, int, str]]:
    """Path, heading, offset and text of each passage; together they cover the document."""
    ends = [*(section.start for section in sections[1:]), len(text)]
    for section, end in zip(sections, ends, strict=False):
        heading = text[section.start : section.body].strip()
        for first, last in _pieces(text, section, end):
            body = text[first:last].strip()
            if body:
                start = first + len(text[first:last]) - len(text[first:last].lstrip())
                yield section.path, heading, start, body
                heading = ""


def _pieces(text: str, section: _Section, end: int) -> list[tuple[int, int]]:
    if end - section.body <= SIZE_CAP:
        return [(section.body, end)]
    end = section.body + len(text[section.body : end].rstrip())
    boundaries = Boundaries(text, section.body, end, section.blocks)
    return boundaries.pieces(section.body, end, SIZE_CAP)
