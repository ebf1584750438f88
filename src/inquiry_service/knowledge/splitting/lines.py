"""The lines of a text that are not blank, with where they stand."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from inquiry_service.knowledge.splitting.headings import Heading, heading_of, may_be_underlined

_FENCE = re.compile("(```+|~~~+)")
_UNDERLINE = re.compile("={3,}|-{3,}")
_UNDERLINE_RANK = 7
"""Under all Markdown levels: the line under a heading closes nothing and opens nothing."""
_ASKED_AND_ANSWERED = re.compile(
    r"(?:问|Q)[ \t]*\d{0,3}[ \t]*[：:、].{2,160}?[？?][”’」』）)】]*[ \t\u3000]*"
    r"(?=(?:答|A)[ \t]*\d{0,3}[：:])"
)


@dataclass(frozen=True, slots=True)
class Line:
    """A line that is not blank. `start` and `end` are offsets of its stripped text."""

    start: int
    end: int
    text: str
    heading: Heading | None = None
    after_blank: bool = False
    table_head: bool = False
    columns: str | None = None
    """Of a table's row: the names of its columns, 项目 | 时限."""
    block: tuple[str, ...] = ()
    """Of a table's row: the rows above it that hold it, 三、本年度办理结果."""
    fenced: bool = False
    """Within a block of code: nothing in it is a heading, a list or a table."""

    @property
    def in_table(self) -> bool:
        return self.table_head or self.columns is not None


def lines_of(text: str) -> list[Line]:
    """Every non-blank line; a question and its answer on one line are two."""
    lines = [part for line in _raw_lines(text) for part in _asked_and_answered(line)]
    _mark_fences(lines)
    _mark_underlined(lines)
    return lines


def _raw_lines(text: str) -> Iterator[Line]:
    offset, blank = 0, True
    for raw in text.split("\n"):
        stripped = raw.strip()
        if stripped:
            start = offset + len(raw) - len(raw.lstrip())
            end = start + len(stripped)
            yield Line(start, end, stripped, heading_of(stripped), blank)
        blank = not stripped
        offset += len(raw) + 1


def _asked_and_answered(line: Line) -> Iterator[Line]:
    found = _ASKED_AND_ANSWERED.match(line.text)
    if found is None:
        yield line
        return
    question = found[0].rstrip()
    start = line.start + found.end()
    yield replace(line, end=line.start + len(question), text=question)
    yield Line(start, line.end, line.text[found.end() :])


def _mark_fences(lines: list[Line]) -> None:
    """A fence that is never closed fences nothing."""
    opened: tuple[int, str] | None = None
    for position, line in enumerate(lines):
        found = _FENCE.match(line.text)
        if found is None:
            continue
        if opened is None:
            opened = position, found[1]
        elif line.text.startswith(opened[1]):
            for within in range(opened[0], position + 1):
                lines[within] = replace(lines[within], fenced=True, heading=None)
            opened = None


def _mark_underlined(lines: list[Line]) -> None:
    """总则 above a line of ==== or ----."""
    for position in range(1, len(lines)):
        line, above = lines[position], lines[position - 1]
        if line.after_blank or line.fenced or not _UNDERLINE.fullmatch(line.text):
            continue
        if above.after_blank and above.heading is None and may_be_underlined(above.text):
            level = 1 if line.text.startswith("=") else 2
            lines[position - 1] = replace(above, heading=Heading(level, above.text))
            lines[position] = replace(line, heading=Heading(_UNDERLINE_RANK, ""))
