"""Lines of a column become paragraphs, also across the end of a column or a page."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from statistics import median, median_low

from inquiry_service.knowledge.readers.paper.columns import Column
from inquiry_service.knowledge.readers.paper.joining import is_wide
from inquiry_service.knowledge.readers.paper.page import Line, Table
from inquiry_service.knowledge.splitting.headings import heading_of, starts_block

_INDENT = 1.2
_SENTENCE_ENDS = ("。", "！", "？", "：", "；", "!", "?", ":", ";")
_HANGING = tuple("，。、；：！？）》”’")
_OTHER_SIZE = 0.12
_OTHER_SIZE_COARSE = 0.35
_WIDER_STEP = 1.5
_TITLE_STEP = 2.2


@dataclass(frozen=True, slots=True)
class Measure:
    """Left and right edge of the text, its usual step and size, and whether sizes are guesses."""

    left: float
    right: float
    step: float
    size: float
    coarse: bool = False

    def indented(self, line: Line) -> bool:
        return line.left > self.left + _INDENT * line.size

    def full(self, line: Line, following: Line) -> bool:
        """Whether the first word of the next line would not have fitted."""
        hyphen = line.text[-2:-1].islower() and line.text.endswith("-")
        return hyphen or line.right + _room(following) * line.size > self.right

    def centred(self, line: Line) -> bool:
        off = abs((line.left + line.right) - (self.left + self.right)) / 2
        inset = min(line.left - self.left, self.right - line.right)
        return off < 1.5 * line.size and (inset > 1.5 * line.size or self.large(line))

    def large(self, line: Line) -> bool:
        return line.size > (1 + (_OTHER_SIZE_COARSE if self.coarse else _OTHER_SIZE)) * self.size

    def same_type(self, one: Line, other: Line) -> bool:
        tolerance = _OTHER_SIZE_COARSE if self.coarse else _OTHER_SIZE
        return abs(one.size - other.size) <= tolerance * max(one.size, other.size)


@dataclass(slots=True)
class Block:
    """A paragraph or a heading: lines that belong together."""

    lines: list[Line]
    centred: bool = False
    open_end: bool = False
    """Its last line fills the measure, so it may go on in the next column."""

    @property
    def size(self) -> float:
        return median(line.size for line in self.lines)

    @property
    def coarse(self) -> bool:
        return self.lines[0].coarse

    @property
    def bold(self) -> bool:
        return all(line.bold for line in self.lines)


def blocks_of(columns: Sequence[Column]) -> list[Block | Table]:
    """Paragraphs, headings and tables in reading order; `columns` are those of all pages.

    Pages of one kind share their margins; each scanned sheet lies as it was put on the glass.
    """
    wide = _measure([c for c in columns if not c.narrow and not _coarse(c)])
    blocks: list[Block | Table] = []
    for column in columns:
        own_edges = column.narrow or wide is None or _coarse(column)
        measure = _measure([column]) if own_edges else wide
        if measure is None:
            blocks += [item for item in column.items if isinstance(item, Table)]
            continue
        own = list(_column_blocks(column, measure))
        if own and blocks and _goes_on(blocks[-1], own[0], measure):
            _extend(blocks[-1], own.pop(0))
        blocks += own
    return blocks


def _measure(columns: Sequence[Column]) -> Measure | None:
    """The edges that most lines keep to; a stray note in the margin does not move them."""
    lines = [item for column in columns for item in column.items if isinstance(item, Line)]
    if not lines:
        return None
    lefts, rights = sorted(x.left for x in lines), sorted(x.right for x in lines)
    stray = len(lines) // 25
    steps = [
        below.bottom - above.bottom
        for column in columns
        for above, below in _neighbours(column)
        if below.bottom > above.bottom
    ]
    step = median(steps) if steps else 2 * lines[0].size
    size = median_low(line.size for line in lines for _ in line.text)
    return Measure(lefts[stray], rights[-1 - stray], step, size, lines[0].coarse)


def _coarse(column: Column) -> bool:
    return any(isinstance(item, Line) and item.coarse for item in column.items)


def _neighbours(column: Column) -> Iterator[tuple[Line, Line]]:
    for above, below in zip(column.items, column.items[1:], strict=False):
        if isinstance(above, Line) and isinstance(below, Line) and above.page == below.page:
            yield above, below


def _column_blocks(column: Column, measure: Measure) -> Iterator[Block | Table]:
    block: Block | None = None
    for item in column.items:
        if isinstance(item, Table):
            if block:
                yield block
            block = None
            yield item
        elif block and _belongs(block, item, measure):
            _append(block, item, measure)
        else:
            if block:
                yield block
            block = Block([item], measure.centred(item), measure.full(item, item))
    if block:
        yield block


def _append(block: Block, line: Line, measure: Measure) -> None:
    block.lines.append(line)
    block.centred = block.centred and measure.centred(line)
    block.open_end = measure.full(line, line)


def _belongs(block: Block, line: Line, measure: Measure) -> bool:
    last = block.lines[-1]
    if not measure.same_type(last, line):
        return False
    if block.centred and measure.centred(line):
        near = line.bottom - last.bottom < _TITLE_STEP * line.size
        return near and last.bold == line.bold and _wide(last, measure) and not _numbered(line)
    if _far_below(last, line, measure) or (last.parted and line.parted):
        return False
    if not measure.full(last, line):
        return False
    if measure.indented(line):
        # The next paragraph, unless the whole block is set in.
        level = abs(line.left - last.left) < 0.5 * line.size and len(block.lines) > 1
        return level and not last.text.endswith(_SENTENCE_ENDS) and not _numbered(line)
    return line.bold == last.bold or not _numbered(line)


def _far_below(last: Line, line: Line, measure: Measure) -> bool:
    step = line.bottom - last.bottom
    usual = max(measure.step, 1.2 * line.size)
    return last.page == line.page and step > _WIDER_STEP * usual


def _wide(line: Line, measure: Measure) -> bool:
    """A title is broken where it gets long; a short centred line is a line of its own."""
    return line.right - line.left > 0.3 * (measure.right - measure.left)


def _numbered(line: Line) -> bool:
    return starts_block(line.text) or heading_of(line.text) is not None


def _goes_on(block: Block | Table, following: Block | Table, measure: Measure) -> bool:
    if not isinstance(block, Block) or not isinstance(following, Block):
        return False
    last, line = block.lines[-1], following.lines[0]
    return (
        block.open_end
        and not block.centred
        and not following.centred
        and measure.same_type(last, line)
        and last.bold == line.bold
        and not measure.indented(line)
        and not last.text.endswith(_SENTENCE_ENDS)
        and not _numbered(line)
    )


def _extend(block: Block | Table, following: Block | Table) -> None:
    if isinstance(block, Block) and isinstance(following, Block):
        block.lines += following.lines
        block.open_end = following.open_end


def _room(line: Line) -> float:
    """How much the next line's beginning needs, in type sizes; punctuation may not begin one."""
    if is_wide(line.text[0]):
        # A mark that may not begin a line takes the character before it along, and may itself
        # hang over the edge.
        return 3.2 if line.text[1:2] in _HANGING else 2.2
    word = line.text.split(" ", 1)[0]
    latin = next((n for n, c in enumerate(word) if is_wide(c)), len(word))
    return max(2.2, 0.6 * latin + 0.6)
