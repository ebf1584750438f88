"""Page numbers, running headers and footers: what a page carries at its edge, not in its text."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace

from inquiry_service.knowledge.readers.paper.page import Line, Page
from inquiry_service.knowledge.splitting.headings import Rank, heading_of

_EDGE = 0.12
"""Share of the page's height, at the top and at the bottom."""
_NUMBER = r"\s*(?:\d{1,4}|[ivxlc]{1,6}|[一二三四五六七八九十百]{1,5})\s*"
_PAGE_NUMBER = re.compile(
    rf"[-—–―－·•]+{_NUMBER}[-—–―－·•]+|第{_NUMBER}页|共{_NUMBER}页|"
    rf"第{_NUMBER}页\s*[,，/／（(]?\s*共{_NUMBER}页[）)]?|{_NUMBER}[/／]{_NUMBER}|"
    rf"page{_NUMBER}(?:of{_NUMBER})?",
    re.IGNORECASE,
)
_BARE = re.compile(r"\d{1,4}")
_COUNTING = re.compile(r"第\d+页|共\d+页|[-—–－]\d+[-—–－]|\d+/\d+", re.IGNORECASE)
_SHARE = 0.4


def without_furniture(pages: Sequence[Page]) -> list[Page]:
    """The pages with nothing but their text."""
    repeated = _repeated(pages)
    offsets = Counter(offset for page, n in _numbered(pages) for offset in _bare_offsets(page, n))
    counting = {offset for offset, times in offsets.items() if times > 1 or len(pages) == 1}
    return [_cleared(page, number, repeated, counting) for page, number in _numbered(pages)]


def _numbered(pages: Sequence[Page]) -> Iterator[tuple[Page, int]]:
    return ((page, number) for number, page in enumerate(pages))


def _cleared(page: Page, number: int, repeated: set[str], counting: set[int]) -> Page:
    def is_furniture(line: Line) -> bool:
        text = line.text.strip()
        if not _at_edge(line, page):
            return False
        if _PAGE_NUMBER.fullmatch(text) or _key(line, page) in repeated:
            return True
        return bool(_BARE.fullmatch(text)) and int(text) - number in counting

    return replace(page, lines=tuple(line for line in page.lines if not is_furniture(line)))


def _at_edge(line: Line, page: Page) -> bool:
    return line.bottom < _EDGE * page.height or line.top > (1 - _EDGE) * page.height


def _key(line: Line, page: Page) -> str:
    """The same words at the same height; only the number of the page may change."""
    place = round(20 * line.middle / max(page.height, 1))
    return f"{place}:{_COUNTING.sub('', ''.join(line.text.split()))}"


def _repeated(pages: Sequence[Page]) -> set[str]:
    """Seen at the edge of two pages at least, and of almost half of them (left, right).

    附件 at the head of two pages announces two annexes.
    """
    seen = Counter(
        key
        for page in pages
        for key in {
            _key(line, page)
            for line in page.lines
            if _at_edge(line, page) and not _announces_annex(line)
        }
    )
    return {key for key, times in seen.items() if times >= max(2, len(pages) * _SHARE)}


def _announces_annex(line: Line) -> bool:
    heading = heading_of(line.text.strip())
    return heading is not None and heading.rank == Rank.ANNEX


def _bare_offsets(page: Page, number: int) -> Iterator[int]:
    """A bare 7 is a page number when other pages count along with it; the last line of all is."""
    for line in page.lines:
        if _at_edge(line, page) and _BARE.fullmatch(line.text.strip()):
            below = any(other.top > line.bottom for other in page.lines)
            if line.top < 0.5 * page.height or not below:
                yield int(line.text) - number
