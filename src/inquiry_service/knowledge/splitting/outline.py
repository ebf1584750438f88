"""The lines of a text, each told apart with its neighbours in view."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from itertools import pairwise

from inquiry_service.knowledge.splitting.headings import (
    ITEM_RANKS,
    MIN_LINE_WITH_LEAD,
    Heading,
    Rank,
    heading_of,
    numbering_of,
)

_CONTENTS_LINES = 4
"""So many headings in a row without a word between them are a table of contents."""
_CELL_EDGE = re.compile(r"(?<!\\)\|")
_DELIMITER_ROW = re.compile(r"\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?")


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

    @property
    def in_table(self) -> bool:
        return self.table_head or self.columns is not None


@dataclass(slots=True)
class _Group:
    """Positions of lines numbered in one style, and whether an article (条) holds them."""

    in_article: bool
    positions: list[int] = field(default_factory=list)


def outline(text: str, title: str = "") -> list[Line]:
    """Every non-blank line with the heading it is, if it is one.

    `title`: leading lines that spell it are headings above all others.
    """
    lines = list(_lines(text))
    _mark_tables(lines)
    _mark_title(lines, title)
    _keep_articles_in_order(lines)
    _tell_lists_from_headings(lines)
    _tell_contents_from_headings(lines)
    return lines


def _lines(text: str) -> Iterator[Line]:
    offset, blank = 0, True
    for raw in text.split("\n"):
        stripped = raw.strip()
        if stripped:
            start = offset + len(raw) - len(raw.lstrip())
            yield Line(start, start + len(stripped), stripped, heading_of(stripped), blank)
        blank = not stripped
        offset += len(raw) + 1


def _mark_tables(lines: list[Line]) -> None:
    """GFM: a row of cells, a row of dashes, then rows without a blank line between them."""
    position = 0
    while position < len(lines) - 1:
        if not _opens_table(lines[position], lines[position + 1]):
            position += 1
            continue
        columns = _columns(lines[position].text)
        for head in (position, position + 1):
            lines[head] = replace(lines[head], table_head=True, heading=None)
        position += 2
        while position < len(lines) and _continues_table(lines[position]):
            lines[position] = replace(lines[position], columns=columns, heading=None)
            position += 1


def _opens_table(head: Line, dashes: Line) -> bool:
    return (
        "|" in head.text
        and "|" in dashes.text
        and not dashes.after_blank
        and _DELIMITER_ROW.fullmatch(dashes.text) is not None
    )


def _continues_table(line: Line) -> bool:
    return not line.after_blank and "|" in line.text


def _columns(head: str) -> str:
    cells = (cell.strip() for cell in _CELL_EDGE.split(head))
    return " | ".join(cell for cell in cells if cell)


def _mark_title(lines: list[Line], title: str) -> None:
    """The title may run over several lines: 某局2017年度 / 政府信息公开工作报告."""
    wanted = "".join(title.split())
    spelled = ""
    for count, line in enumerate(lines, start=1):
        spelled += "".join(line.text.lstrip("#").split())
        if not wanted or line.in_table or not wanted.startswith(spelled):
            return
        if spelled == wanted:
            for position in range(count):
                mark = Heading(Rank.TITLE, "")
                lines[position] = replace(lines[position], heading=mark)
            return


def _keep_articles_in_order(lines: list[Line]) -> None:
    """An article that goes back in number is a reference at the start of a line.

    第一条 may begin again: an annex, or a second statute in the same file.
    """
    last = 0
    for position, line in enumerate(lines):
        if line.heading is None or line.heading.number is None:
            continue
        if line.heading.number >= last or line.heading.number == 1:
            last = line.heading.number
        else:
            lines[position] = replace(line, heading=None)


def _tell_lists_from_headings(lines: list[Line]) -> None:
    """（一）姓名 / （二）住址 is a list; （一）主动公开情况 with text under it is a heading."""
    for group in list(_numbered_groups(lines)):
        if _is_list(lines, group):
            for position in group.positions:
                lines[position] = replace(lines[position], heading=None)


def _numbered_groups(lines: list[Line]) -> Iterator[_Group]:
    """Lines numbered in one style that follow one another under the same heading."""
    groups: dict[int, _Group] = {}
    in_article = False
    for position, line in enumerate(lines):
        numbering = None if line.in_table else numbering_of(line.text)
        if numbering is None or numbering[0] not in ITEM_RANKS:
            if line.heading:
                in_article = line.heading.rank == Rank.ARTICLE
                yield from groups.values()
                groups.clear()
            continue
        rank, number = numbering
        for closed in [r for r in groups if r > rank or (r == rank and number == 1)]:
            yield groups.pop(closed)
        groups.setdefault(rank, _Group(in_article)).positions.append(position)
    yield from groups.values()


def _is_list(lines: list[Line], group: _Group) -> bool:
    members = [lines[position] for position in group.positions]
    first = group.positions[0]
    announced = first > 0 and lines[first - 1].text.endswith(("：", ":"))
    if group.in_article or announced or any(member.heading is None for member in members):
        return True
    bare = [p for p in group.positions if not _has_lead(lines[p])]
    if any(after - before == 1 for before, after in pairwise(bare)):
        return True
    return not bare and all(len(member.text) < MIN_LINE_WITH_LEAD for member in members)


def _has_lead(line: Line) -> bool:
    return line.heading is not None and line.heading.lead


def _tell_contents_from_headings(lines: list[Line]) -> None:
    start = 0
    while start < len(lines):
        end = start
        while end < len(lines) and _may_stand_in_contents(lines[end]):
            end += 1
        opening = _first_of_final_descent(lines, start, end)
        if opening - start >= _CONTENTS_LINES:
            for position in range(start, opening):
                lines[position] = replace(lines[position], heading=None)
        start = end + 1


def _may_stand_in_contents(line: Line) -> bool:
    heading = line.heading
    return heading is not None and not heading.lead and heading.rank >= Rank.PART


def _first_of_final_descent(lines: list[Line], start: int, end: int) -> int:
    """Where the last run begins that only goes deeper: those headings lead to a text."""
    position = end - 1
    while position > start and _rank(lines[position - 1]) < _rank(lines[position]):
        position -= 1
    return max(position, start)


def _rank(line: Line) -> int:
    return line.heading.rank if line.heading else Rank.ARTICLE
