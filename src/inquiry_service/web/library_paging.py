"""The links between the pages of a list."""

from dataclasses import dataclass, replace

from inquiry_service.web.library_finding import Findings

_AROUND = 2


@dataclass(frozen=True, slots=True)
class PageLink:
    """One page; `gap` when pages are left out before it."""

    number: int
    address: str
    present: bool
    gap: bool


@dataclass(frozen=True, slots=True)
class PageLinks:
    """Where the reader can go; empty addresses lead nowhere."""

    before: str
    after: str
    last: str
    pages: tuple[PageLink, ...]


def page_links(found: Findings) -> PageLinks:
    """First, last and the neighbours of the present page."""
    here, last = found.wanted.page, found.pages
    near = {1, last, *range(here - _AROUND, here + _AROUND + 1)}
    numbers = sorted(number for number in near if 1 <= number <= last)
    pages = tuple(
        PageLink(number, _address(found, number), number == here, gap=number - before > 1)
        for before, number in zip([0, *numbers], numbers, strict=False)
    )
    return PageLinks(
        before=_address(found, here - 1) if 1 < here <= last else "",
        after=_address(found, here + 1) if here < last else "",
        last=_address(found, last),
        pages=pages,
    )


def _address(found: Findings, page: int) -> str:
    return replace(found.wanted, page=page).address()
