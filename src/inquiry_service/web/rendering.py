"""From the passages of a document to what a page shows: headings, paragraphs, lists, tables.

Nothing is added and no word is lost: the lines are those of the document, only their marks
(`##`, `-`, `|`) become structure. Every piece knows its passage, so that a citation can land
on it; a table whose rows are passages stays one table.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Literal

from inquiry_service.knowledge.document import Document, Passage

_HASHES = re.compile(r"(#{1,6})\s+(.+?)\s*#*$")
_BULLET = re.compile(r"[-*+•]\s+(.+)$")
_NUMBERED = re.compile(r"(\d{1,3})[.)]\s+(.+)$")
_RULE = re.compile(r"\|?\s*:?-{3,}:?\s*(\|\s*:?-{3,}:?\s*)*\|?$")
_HEADING_LEVELS = (
    (re.compile(r"第[一二三四五六七八九十百零\d]+[编章]"), 2),
    (re.compile(r"[一二三四五六七八九十]+、"), 2),
    (re.compile(r"第[一二三四五六七八九十百零\d]+[节条]"), 3),
    (re.compile(r"[（(][一二三四五六七八九十]+[）)]"), 3),
    (re.compile(r"\d+[.、．]"), 4),
)
DEEPEST = 4


@dataclass
class Block:
    """One piece of the page. `passage_id` is None for headings, which stand before passages.

    `lines` are the text: one for a heading, the items of a list, the cells of a table row.
    `anchor` is set on the first piece of a passage only.
    """

    kind: Literal["heading", "paragraph", "bullets", "numbers"]
    lines: list[str]
    passage_id: str | None = None
    anchor: bool = False
    level: int = 2
    start: int = 1


@dataclass
class Body:
    """The rows of a table that belong to one passage."""

    passage_id: str | None
    anchor: bool
    rows: list[list[str]] = field(default_factory=list)


@dataclass
class Table:
    """A table: its head, and its rows by passage."""

    head: list[str]
    bodies: list[Body] = field(default_factory=list)
    kind: Literal["table"] = "table"


Piece = Block | Table


@dataclass(frozen=True)
class _Line:
    text: str
    passage_id: str
    heading: bool


def pieces_of(document: Document) -> list[Piece]:
    """The document as pieces in reading order; its title is left out, the page has it as h1."""
    page = _Page()
    lines = list(_lines(document.passages))
    for line in lines[_title_lines(lines, document.provenance.title) :]:
        if line.heading and _bare(line.text) == document.provenance.title:
            continue
        page.add(line)
    return page.pieces


def _title_lines(lines: Sequence[_Line], title: str) -> int:
    """How many lines at the beginning are the title, which may be set in several."""
    written = "".join(title.split())
    joined = ""
    for count, line in enumerate(lines, start=1):
        joined += "".join(_bare(line.text).split())
        if not line.heading or not written.startswith(joined):
            return 0
        if joined == written:
            return count
    return 0


def _lines(passages: Iterable[Passage]) -> Iterator[_Line]:
    for passage in passages:
        for text in passage.heading.splitlines():
            yield _Line(text.strip(), passage.passage_id, heading=True)
        for text in passage.text.splitlines():
            yield _Line(text.strip(), passage.passage_id, heading=False)


def _bare(text: str) -> str:
    return text.lstrip("#").strip()


class _Page:
    """Grows the pieces line by line."""

    def __init__(self) -> None:
        self.pieces: list[Piece] = []
        self._anchored: set[str] = set()
        self._open: Piece | None = None

    def add(self, line: _Line) -> None:
        if not line.text:
            self._open = None
        elif line.text.startswith("|"):
            self._row(line)
        elif marked := _HASHES.match(line.text):
            self._heading(marked[2], len(marked[1]))
        elif marked := _BULLET.match(line.text):
            self._item("bullets", marked[1], line)
        elif marked := _NUMBERED.match(line.text):
            self._item("numbers", marked[2], line, start=int(marked[1]))
        elif line.heading:
            self._heading(line.text, _plain_level(line.text))
        else:
            self._prose(line)

    def _heading(self, text: str, level: int) -> None:
        self._push(Block("heading", [text], level=min(max(level, 2), DEEPEST)))
        self._open = None

    def _prose(self, line: _Line) -> None:
        last = self._open
        if isinstance(last, Block) and last.kind in {"bullets", "numbers"} and _own(last, line):
            last.lines[-1] += f"\n{line.text}"
        elif isinstance(last, Block) and last.kind == "paragraph" and _own(last, line):
            last.lines.append(line.text)
        else:
            self._push(Block("paragraph", [line.text], line.passage_id, self._first(line)))

    def _item(
        self, kind: Literal["bullets", "numbers"], text: str, line: _Line, start: int = 1
    ) -> None:
        last = self._open
        if isinstance(last, Block) and last.kind == kind and _own(last, line):
            last.lines.append(text)
        else:
            self._push(Block(kind, [text], line.passage_id, self._first(line), start=start))

    def _row(self, line: _Line) -> None:
        cells = _cells(line.text)
        table = self._open
        if not isinstance(table, Table):
            self._push(Table(cells))
        elif _RULE.match(line.text):
            return
        else:
            if not table.bodies or table.bodies[-1].passage_id != line.passage_id:
                table.bodies.append(Body(line.passage_id, self._first(line)))
            table.bodies[-1].rows.append(cells)

    def _first(self, line: _Line) -> bool:
        """Whether this is where a link to the passage lands; headings are above that place."""
        first = not line.heading and line.passage_id not in self._anchored
        if first:
            self._anchored.add(line.passage_id)
        return first

    def _push(self, piece: Piece) -> None:
        self.pieces.append(piece)
        self._open = piece


def _own(block: Block, line: _Line) -> bool:
    return block.passage_id == line.passage_id


def _plain_level(text: str) -> int:
    return next((level for pattern, level in _HEADING_LEVELS if pattern.match(text)), 2)


def _cells(row: str) -> list[str]:
    inner = row.strip().removeprefix("|").removesuffix("|")
    return [cell.strip().replace(r"\|", "|") for cell in re.split(r"(?<!\\)\|", inner)]
