"""One look into the library: searched, narrowed, counted, ordered and cut into pages."""

import logging
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from inquiry_service.answering.asking import AnswerEngine
from inquiry_service.answering.excerpts import Fragment, excerpt
from inquiry_service.answering.searching import Hit, Search, search_documents
from inquiry_service.knowledge.document import Passage
from inquiry_service.web.library_catalogue import Catalogue, Entry
from inquiry_service.web.library_facets import Facet, sift
from inquiry_service.web.library_filter import Filter, Sort

log = logging.getLogger(__name__)
Item = TypeVar("Item")
_AFTER_MARK = re.compile("(?<=[。；：，、！？”）》]) ")
_MARKS = re.compile(r"\*\*|`")
_BETWEEN_CELLS = re.compile(r"(?<!\\)\|")


@dataclass(frozen=True, slots=True)
class Row:
    """One document of a list, with the passage that fits best when words were looked for."""

    entry: Entry
    passage: Passage | None = None
    excerpt: tuple[Fragment, ...] = ()


@dataclass(frozen=True, slots=True)
class Findings:
    """One page of what was found, and the figures of the whole."""

    wanted: Filter
    total: int
    rows: tuple[Row, ...]
    pages: int
    facets: tuple[Facet, ...]
    words: tuple[str, ...] = ()
    near_only: bool = False
    """No document has all the words; these have most of them."""
    names_only: bool = False
    """The search engine failed: only titles, numbers and the like were looked through."""

    @property
    def beyond(self) -> bool:
        """Whether a page was asked for that there is not."""
        return self.wanted.page > self.pages


def find(engine: AnswerEngine, catalogue: Catalogue, wanted: Filter, *, per_page: int) -> Findings:
    """Never raises for a condition that fits nothing: then there are no rows."""
    search, names_only = _searched(engine, catalogue, wanted)
    hits = {hit.document.document_id: hit for hit in search.hits} if search else {}
    kept, facets = sift(_in_order(catalogue, hits if search else None, wanted.order), wanted)
    pages = max(1, -(-len(kept) // per_page))
    shown = page_of(kept, wanted.page, per_page)
    return Findings(
        wanted,
        total=len(kept),
        rows=_rows(engine, shown, hits, search.words if search else ()),
        pages=pages,
        facets=tuple(facets),
        words=search.words if search else (),
        near_only=bool(search and search.near_only and search.hits),
        names_only=names_only,
    )


def _in_order(catalogue: Catalogue, hits: Mapping[str, Hit] | None, order: Sort) -> Iterable[Entry]:
    """The entries found, or all; the hits come by relevance, the catalogue by date."""
    if hits is None:
        return catalogue.entries
    if order is Sort.RELEVANCE:
        return [catalogue.by_id[name] for name in hits]
    return [entry for entry in catalogue.entries if entry.document.document_id in hits]


def page_of(items: Sequence[Item], page: int, per_page: int) -> Sequence[Item]:
    return items[(page - 1) * per_page : page * per_page]


def _searched(
    engine: AnswerEngine, catalogue: Catalogue, wanted: Filter
) -> tuple[Search | None, bool]:
    if not wanted.query:
        return None, False
    try:
        return search_documents(engine, wanted.query, today=catalogue.today), False
    except Exception as fault:  # a part broke: the names can still be looked through
        log.warning("the library could not be searched: %s", type(fault).__name__)
        return _by_name(catalogue, wanted.query), True


def _by_name(catalogue: Catalogue, query: str) -> Search:
    words = tuple(query.casefold().split())
    hits = [
        Hit(entry.document, 1.0, None)
        for entry in catalogue.entries
        if all(word in _names(entry) for word in words)
    ]
    return Search(tuple(hits), words)


def _names(entry: Entry) -> str:
    d = entry.document
    named = (d.title, d.document_number, d.topic, d.issuer, *d.all_questions)
    return "\n".join(name for name in named if name).casefold()


def _rows(
    engine: AnswerEngine, shown: Sequence[Entry], hits: dict[str, Hit], words: tuple[str, ...]
) -> tuple[Row, ...]:
    ordinals = {
        name: hits[name].ordinal
        for entry in shown
        if (name := entry.document.document_id) in hits and hits[name].ordinal is not None
    }
    passages = engine.shelf.passages([o for o in ordinals.values() if o is not None])
    best = dict(zip(ordinals, passages, strict=True))
    return tuple(_row(entry, best.get(entry.document.document_id), words) for entry in shown)


def _row(entry: Entry, passage: Passage | None, words: tuple[str, ...]) -> Row:
    if passage is None:
        return Row(entry)
    return Row(entry, passage, excerpt(readable(passage), words))


def readable(passage: Passage) -> str:
    """The text in one line, without the marks of lists; a table's cells with their columns."""
    columns = _cells(passage.path[-1]) if passage.path and "|" in passage.path[-1] else []
    lines = (_readable_line(line, columns) for line in passage.text.splitlines())
    return _AFTER_MARK.sub("", " ".join(line for line in lines if line))


def _readable_line(line: str, columns: Sequence[str]) -> str:
    if not line.lstrip().startswith("|"):
        return _MARKS.sub("", line).strip(" #-*>")
    cells = _cells(line)
    if len(columns) != len(cells):
        return "，".join(cell for cell in cells if cell.strip(" -:"))
    return "；".join(f"{column}：{cell}" for column, cell in zip(columns, cells, strict=True))


def _cells(row: str) -> list[str]:
    return [cell.strip() for cell in _BETWEEN_CELLS.split(row.strip().strip("|"))]
