"""Pages become the text of a document, with the place where each page begins."""

import re
from collections.abc import Mapping, Sequence

from inquiry_service.knowledge.expressions.references import find_document_numbers
from inquiry_service.knowledge.readers.extracted import Extracted, Unreadable
from inquiry_service.knowledge.readers.paper.columns import Column, columns_of
from inquiry_service.knowledge.readers.paper.furniture import without_furniture
from inquiry_service.knowledge.readers.paper.headings import (
    first_page,
    heading_levels,
    text_of,
    title_block,
)
from inquiry_service.knowledge.readers.paper.joining import joined
from inquiry_service.knowledge.readers.paper.numbering import spelled
from inquiry_service.knowledge.readers.paper.page import Item, Page, Table
from inquiry_service.knowledge.readers.paper.paragraphs import Block, blocks_of
from inquiry_service.knowledge.readers.paper.tables import continued, gfm_head, gfm_row

MAX_CHARACTERS = 3_000_000
_HEAD_BLOCKS = 8
_BESIDE_ONE_ANOTHER = 6
"""Stretches of text on a page that follow another on the same line: three rows of three cells."""
_UNRULED = "第 {} 页像是有没画框线的表格，行列可能读乱，请对照原件检查"
_INFO_TITLE = re.compile(r"[\u4e00-\u9fff].{3,118}")
_NOT_A_TITLE = re.compile(
    r"microsoft|untitled|无标题|未命名|文档\s*\d*$|新建|\.(?:docx?|wps|pdf|ofd|xlsx?|txt|indd)$|[\\/]",
    re.IGNORECASE,
)


class _Text:
    """The growing text; remembers where the first thing from each page was written."""

    def __init__(self, pages: int) -> None:
        self._parts: list[str] = []
        self._length = 0
        self._starts: list[int | None] = [None] * pages

    def write(self, text: str, page: int) -> None:
        if page < len(self._starts) and self._starts[page] is None:
            self._starts[page] = self._length
        self._parts.append(text)
        self._length += len(text)
        if self._length > MAX_CHARACTERS:
            raise Unreadable(
                f"文字超过 {MAX_CHARACTERS // 10_000} 万字，请按章节拆成几个文件后再放入"
            )

    def separate(self, text: str) -> None:
        self._parts.append(text if self._parts else "")
        self._length += len(self._parts[-1])

    def finished(self) -> tuple[str, tuple[int, ...]]:
        """A page without text begins where the next one with text does."""
        starts, following = [], self._length
        for start in reversed(self._starts):
            following = start if start is not None else following
            starts.append(following)
        return "".join(self._parts), tuple(reversed(starts))


def compose(
    pages: Sequence[Page], *, info_title: str | None = None, warnings: Sequence[str] = ()
) -> Extracted:
    """The document that the pages hold. `info_title`: what the file's own record calls it."""
    cleared = [page.numbered(n) for n, page in enumerate(without_furniture(pages))]
    columns: list[Column] = []
    unruled: list[int] = []
    for number, page in enumerate(cleared):
        items: list[Item] = [*page.lines, *page.tables]
        found = columns_of(items)
        if len(items) - sum(len(column.items) for column in found) >= _BESIDE_ONE_ANOTHER:
            unruled.append(number)
        columns += found
    if unruled:
        warnings = [*warnings, _UNRULED.format(spelled(unruled))]
    blocks = blocks_of(columns)
    title = title_block(blocks)
    text, starts = _written(blocks, title, len(pages))
    told = _told(blocks, title, info_title)
    return Extracted(text=text, told=told, page_starts=starts, warnings=tuple(warnings))


def _written(
    blocks: Sequence[Block | Table], title: Block | None, pages: int
) -> tuple[str, tuple[int, ...]]:
    levels = heading_levels(blocks, title)
    text = _Text(pages)
    table: Table | None = None
    for position, block in enumerate(blocks):
        if isinstance(block, Block):
            level = 1 if block is title else levels.get(position, 0)
            text.separate("\n\n")
            _write_block(text, block, "#" * level + " " if level else "")
            table = None
            continue
        more = continued(table, block) if table and block.page == table.page + 1 else None
        text.separate("\n" if more else "\n\n")
        table = more or block
        _write_table(text, table, with_header=more is None)
    return text.finished()


def _write_block(text: _Text, block: Block, mark: str) -> None:
    for piece, page in _pieces(block):
        text.write(mark + piece, page)
        mark = ""


def _pieces(block: Block) -> list[tuple[str, int]]:
    """Each line's own part of the paragraph, with its page."""
    pieces: list[tuple[str, int]] = []
    for line in block.lines:
        if pieces:
            before, page = pieces[-1]
            whole = joined(before, line.text)
            pieces[-1] = (whole[: len(whole) - len(line.text)], page)
        pieces.append((line.text, line.page))
    return pieces


def _write_table(text: _Text, table: Table, *, with_header: bool) -> None:
    rows = [gfm_row(row) for row in table.rows]
    lines = [*gfm_head(table.header), *rows] if with_header else rows
    text.write("\n".join(lines), table.page)


def _told(
    blocks: Sequence[Block | Table], title: Block | None, info_title: str | None
) -> Mapping[str, str]:
    """Title and document number as the first page shows them, else the title from the record."""
    told: dict[str, str] = {}
    if title is not None:
        told["title"] = text_of(title)
    elif info_title and plausible_title(info_title):
        told["title"] = " ".join(info_title.split())
    number = _own_number(blocks)
    return told | ({"document_number": number} if number else {})


def plausible_title(title: str) -> bool:
    """Many programs write the file's name or their own into the record."""
    return bool(_INFO_TITLE.fullmatch(title.strip())) and not _NOT_A_TITLE.search(title.strip())


def _own_number(blocks: Sequence[Block | Table]) -> str | None:
    """A 文号 with a line to itself near the top."""
    for block in blocks[:_HEAD_BLOCKS]:
        if isinstance(block, Block) and block.lines[0].page == first_page(blocks):
            line = text_of(block)
            numbers = find_document_numbers(line)
            if len(numbers) == 1 and len(line) <= len(numbers[0]) + 6:
                return numbers[0]
    return None
