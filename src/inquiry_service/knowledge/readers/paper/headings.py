"""Title and headings, told by size, boldness and place.

What the splitter knows by its number (第一章, 一、, （一）) stays as it is. A heading without
a number gets `##` only where it stands above the numbered ones: Markdown ranks above them.
"""

import re
from collections import Counter
from collections.abc import Sequence

from inquiry_service.knowledge.readers.paper.joining import joined
from inquiry_service.knowledge.readers.paper.page import Table
from inquiry_service.knowledge.readers.paper.paragraphs import Block
from inquiry_service.knowledge.splitting.headings import Rank, heading_of

_LARGER, _LARGER_COARSE = 1.12, 1.35
_TITLE_BLOCKS = 12
_MIN_TITLE, _MAX_TITLE = 3, 120
_TITLE_LINES = 2
_MAX_HEADING = 40
_LETTERHEAD = re.compile(r".{2,40}?(?:文件|公告|令|公报|\(\s*\)|（\s*）)")
_ENDS_TITLE = re.compile(
    "(?:报告|通知|办法|规定|条例|意见|方案|公告|通告|公示|决定|决议|指南|目录|清单|解读|问答|函|细则|"
    "规划|计划|批复|说明|制度|规则|标准|纪要|简报|总结|通报|法)(?:[（(][^）)]{1,20}[）)])?$"
)
_SENTENCE = re.compile("[。；;！!？?]")
_ENDS_SENTENCE = tuple("，,、：:。；;")


def text_of(block: Block) -> str:
    """The block's lines as one."""
    text = ""
    for line in block.lines:
        text = joined(text, line.text)
    return text


def body_size(blocks: Sequence[Block | Table]) -> float:
    """The size that most characters have."""
    sizes: Counter[float] = Counter()
    for block in blocks:
        if isinstance(block, Block):
            for line in block.lines:
                sizes[round(line.size, 1)] += len(line.text)
    return max(sizes, key=lambda size: (sizes[size], size), default=1.0)


def first_page(blocks: Sequence[Block | Table]) -> int:
    """The page on which the text begins; a blank sheet may lie before it."""
    first = blocks[0] if blocks else None
    return first.lines[0].page if isinstance(first, Block) else 0


def title_block(blocks: Sequence[Block | Table]) -> Block | None:
    """The block that spells the document's title: large or centred, before the text begins."""
    body = body_size(blocks)
    candidates: list[tuple[bool, float, Block]] = []
    for block in blocks[:_TITLE_BLOCKS]:
        if not isinstance(block, Block) or block.lines[0].page > first_page(blocks):
            break
        text = text_of(block)
        if _is_text(block, text, body):
            break
        if _may_be_title(block, text, body):
            candidates.append((bool(_ENDS_TITLE.search(text)), round(block.size, 1), block))
    return max(candidates, key=lambda c: c[:2], default=(None, None, None))[2]


def _is_text(block: Block, text: str, body: float) -> bool:
    plain = block.size <= body * 1.05 and not block.centred
    return plain and (len(block.lines) > _TITLE_LINES or text.endswith("。"))


def _may_be_title(block: Block, text: str, body: float) -> bool:
    large = block.size > body * (_LARGER_COARSE if block.coarse else _LARGER)
    stands_out = large or (block.centred and (block.bold or bool(_ENDS_TITLE.search(text))))
    return (
        stands_out
        and _MIN_TITLE <= len(text) <= _MAX_TITLE
        and not _SENTENCE.search(text)
        and heading_of(text) is None
        and not _LETTERHEAD.fullmatch("".join(text.split()))
        and not text.startswith(("—", "-", "（", "("))
    )


def heading_levels(blocks: Sequence[Block | Table], title: Block | None) -> dict[int, int]:
    """Markdown level by position, for headings that carry no number of their own."""
    body = body_size(blocks)
    found = [
        (position, round(block.size))
        for position, block in enumerate(blocks)
        if isinstance(block, Block)
        and block is not title
        and _stands_out(block, body)
        and _after(title, block)
    ]
    floor = _numbered_size(blocks)
    above = [(position, size) for position, size in found if size > floor * 1.05]
    sizes = sorted({size for _, size in above}, reverse=True)
    return {position: min(2 + sizes.index(size), 4) for position, size in above}


def _after(title: Block | None, block: Block) -> bool:
    """A letterhead above the title is no heading."""
    if title is None:
        return True
    first, own = title.lines[0], block.lines[0]
    return (own.page, own.top) > (first.page, first.top)


def _stands_out(block: Block, body: float) -> bool:
    text = text_of(block)
    large = block.size > body * (_LARGER_COARSE if block.coarse else _LARGER)
    return (
        (large or (block.bold and not block.coarse))
        and 1 < len(text) <= _MAX_HEADING
        and not _SENTENCE.search(text)
        and not text.endswith(_ENDS_SENTENCE)
        and heading_of(text) is None
        and re.search(r"[^\W\d_]", text) is not None
    )


def _numbered_size(blocks: Sequence[Block | Table]) -> float:
    """The largest type of a heading that the splitter knows by its number; 0 without any."""
    sizes = [
        block.size
        for block in blocks
        if isinstance(block, Block)
        and (heading := heading_of(text_of(block))) is not None
        and Rank.PART <= heading.rank <= Rank.CHINESE
    ]
    return max(sizes, default=0.0)
