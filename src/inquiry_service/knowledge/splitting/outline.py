"""The lines of a text, each told apart with its neighbours in view."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from itertools import pairwise, takewhile

from inquiry_service.knowledge.splitting.headings import (
    ITEM_RANKS,
    MIN_LINE_WITH_LEAD,
    Heading,
    Rank,
    chapter_of_standard,
    numbering_of,
)
from inquiry_service.knowledge.splitting.lines import Line, lines_of
from inquiry_service.knowledge.splitting.questions import mark_questions
from inquiry_service.knowledge.splitting.rows import mark_tables

__all__ = ["Line", "outline"]

_CONTENTS_LINES = 4
"""So many headings in a row without a word between them are a table of contents."""
_ENDS_SENTENCE = ("。", "！", "!", "；", ";", "：", ":")
_LINES_BEFORE_TITLE = 8
_MAX_BEFORE_TITLE = 40


@dataclass(slots=True)
class _Group:
    """Positions of lines numbered in one style, and whether an article or an answer holds them."""

    held: bool
    positions: list[int] = field(default_factory=list)


def outline(text: str, title: str = "") -> list[Line]:
    """Every non-blank line with the heading it is, if it is one.

    `title`: leading lines that spell it are headings above all others.
    """
    lines = lines_of(text)
    mark_tables(lines)
    _mark_title(lines, title)
    mark_questions(lines)
    _keep_articles_in_order(lines)
    _keep_decimals_in_order(lines)
    _tell_lists_from_headings(lines)
    _tell_contents_from_headings(lines)
    return lines


def _mark_title(lines: list[Line], title: str) -> None:
    """The title may run over several lines: 某局2017年度 / 政府信息公开工作报告.

    What stands above it, the head of an official paper (某市人民政府文件, its number), belongs to
    it and is no passage of its own.
    """
    wanted = "".join(title.split())
    for first, line in enumerate(lines[:_LINES_BEFORE_TITLE]):
        count = _spelling(lines[first:], wanted)
        if count:
            for position in range(first + count):
                mark = Heading(Rank.TITLE, "")
                lines[position] = replace(lines[position], heading=mark)
            return
        sentence = line.text.endswith(_ENDS_SENTENCE) or len(line.text) > _MAX_BEFORE_TITLE
        if sentence or line.in_table or line.heading:
            return


def _spelling(lines: list[Line], wanted: str) -> int:
    """How many of these lines spell the title, from the first on; 0 when they do not."""
    spelled = ""
    for count, line in enumerate(lines, start=1):
        spelled += "".join(line.text.lstrip("#").split())
        if not wanted or line.in_table or not wanted.startswith(spelled):
            return 0
        if spelled == wanted:
            return count
    return 0


def _keep_articles_in_order(lines: list[Line]) -> None:
    """An article that goes back in number is a reference at the start of a line.

    第一条 may begin again: an annex, or a second statute in the same file. One that runs ahead
    while the next in order is still to come is a reference too.
    """
    numbers = [(at, line.heading.number) for at, line in enumerate(lines) if line.heading]
    articles = [(at, number) for at, number in numbers if number is not None]
    last = 0
    for here, (position, number) in enumerate(articles):
        if number == 1 or (number >= last and not _runs_ahead(number, last, articles[here:])):
            last = number
        else:
            lines[position] = replace(lines[position], heading=None)


def _runs_ahead(number: int, last: int, rest: list[tuple[int, int]]) -> bool:
    if number <= last + 1 or last == 0:
        return False
    coming = takewhile(lambda other: other != 1, (other for _, other in rest))
    return last + 1 in coming


def _keep_decimals_in_order(lines: list[Line]) -> None:
    """5.1.2 follows 5.1.1; a decimal out of order is a quantity or a reference."""
    seen: dict[tuple[int, ...], int] = {}
    kept: list[int] = []
    for position, line in enumerate(lines):
        if line.heading is None or not line.heading.decimal:
            continue
        *parent, number = line.heading.decimal
        if number == 1 or seen.get(tuple(parent)) == number - 1:
            seen[tuple(parent)] = number
            kept.append(position)
        else:
            lines[position] = replace(line, heading=None)
    if len(kept) == 1:
        lines[kept[0]] = replace(lines[kept[0]], heading=None)
        return
    for position in kept:
        _mark_chapter_above(lines, position)


def _mark_chapter_above(lines: list[Line], position: int) -> None:
    heading, above = lines[position].heading, lines[position - 1]
    opens = heading is not None and heading.decimal[1:] == (1,)
    if heading and opens and position and above.heading is None and not above.fenced:
        chapter = chapter_of_standard(above.text, heading.decimal[0])
        lines[position - 1] = replace(above, heading=chapter)


def _tell_lists_from_headings(lines: list[Line]) -> None:
    """（一）姓名 / （二）住址 is a list; （一）主动公开情况 with text under it is a heading."""
    for group in list(_numbered_groups(lines)):
        if _is_list(lines, group):
            for position in group.positions:
                lines[position] = replace(lines[position], heading=None)


def _numbered_groups(lines: list[Line]) -> Iterator[_Group]:
    """Lines numbered in one style that follow one another under the same heading."""
    groups: dict[int, _Group] = {}
    held = False
    for position, line in enumerate(lines):
        numbering = _list_numbering(line)
        if numbering is None or numbering[0] not in ITEM_RANKS:
            if line.heading:
                held = line.heading.rank in (Rank.ARTICLE, Rank.QUESTION)
                yield from groups.values()
                groups.clear()
            continue
        rank, number = numbering
        for closed in [r for r in groups if r > rank or (r == rank and number == 1)]:
            yield groups.pop(closed)
        groups.setdefault(rank, _Group(held)).positions.append(position)
    yield from groups.values()


def _list_numbering(line: Line) -> tuple[Rank, int] | None:
    asks = line.heading is not None and line.heading.question is not None
    return None if line.in_table or line.fenced or asks else numbering_of(line.text)


def _is_list(lines: list[Line], group: _Group) -> bool:
    members = [lines[position] for position in group.positions]
    first = group.positions[0]
    announced = first > 0 and lines[first - 1].text.endswith(("：", ":"))
    if group.held or announced or any(member.heading is None for member in members):
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
