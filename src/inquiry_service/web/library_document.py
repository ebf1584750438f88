"""What the page of one document shows around its text."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from inquiry_service.knowledge.document import Document, Kind, Passage, Provenance, Validity
from inquiry_service.web.library_catalogue import Catalogue, Entry
from inquiry_service.web.library_sheet import Sheet, sheet_of
from inquiry_service.web.listing import KIND_LABELS, VALIDITY_LABELS, dated_as, named_as
from inquiry_service.web.rendering import Block, Piece, pieces_of

_ARTICLE = re.compile(r"第[一二三四五六七八九十百千零〇\d]+条")
_LONG = 1500
"""Characters of text from which a table of contents helps."""
_FEWEST_SECTIONS = 4
_DEEPEST_IN_CONTENTS = 3


@dataclass(frozen=True)
class Section:
    """A line of the table of contents; `number` counts the pieces from 0."""

    number: int
    title: str
    level: int


@dataclass(frozen=True)
class Text:
    """One document as pieces, and what stands beside its passages."""

    document: Provenance
    pieces: tuple[Piece, ...]
    places: dict[str, str]
    """For each passage where it stands: 第三条, or its headings."""
    new_pages: dict[str, int]
    """For each passage with which a page of the original begins, the number of that page."""
    address: str
    named: str
    """Issuer, title and number, as one writes them in a letter."""
    dated: str

    @classmethod
    def of(cls, document: Document, public_url: str) -> "Text":
        told = document.provenance
        return cls(
            told,
            tuple(pieces_of(document)),
            {p.passage_id: place_of(p) for p in document.passages},
            _new_pages(document.passages),
            f"{public_url}/documents/{told.document_id}",
            named_as(told),
            dated_as(told),
        )


@dataclass(frozen=True)
class View:
    """Everything for the page of one document."""

    entry: Entry
    text: Text
    partners: tuple[tuple[Entry, Text], ...]
    sheet: Sheet | None
    contents: tuple[Section, ...]
    newer: tuple[tuple[str, Provenance | None], ...]
    older: tuple[tuple[str, Provenance | None], ...]
    kind_label: str
    validity_label: str

    @property
    def doubtful(self) -> bool:
        return self.entry.validity is not Validity.IN_FORCE


def view_of(
    document: Document, partners: Sequence[Document], catalogue: Catalogue, public_url: str
) -> View:
    """The page's content; `partners` are the texts to show beside it."""
    entry = catalogue.by_id[document.document_id]
    text = Text.of(document, public_url)
    is_entry = entry.document.kind is Kind.CATALOGUE_ENTRY
    return View(
        entry,
        text,
        tuple((catalogue.by_id[p.document_id], Text.of(p, public_url)) for p in partners),
        sheet_of(text.pieces) if is_entry else None,
        contents_of(document, text.pieces),
        tuple(catalogue.newer(entry.document)),
        tuple((name, catalogue.named(name)) for name in entry.document.replaces),
        KIND_LABELS[entry.document.kind],
        VALIDITY_LABELS[entry.validity],
    )


def contents_of(document: Document, pieces: Sequence[Piece]) -> tuple[Section, ...]:
    """The sections of a long text; none for a short one."""
    if len(document.text) < _LONG:
        return ()
    sections = tuple(
        Section(number, piece.lines[0], piece.level)
        for number, piece in enumerate(pieces)
        if isinstance(piece, Block)
        and piece.kind == "heading"
        and piece.level <= _DEEPEST_IN_CONTENTS
    )
    return sections if len(sections) >= _FEWEST_SECTIONS else ()


def place_of(passage: Passage) -> str:
    """Where a passage stands: from its article on, or under which headings.

    The head of a table, which the path may name, is no place that one would write.
    """
    for at, part in enumerate(passage.path):
        if _ARTICLE.match(part):
            return "".join(passage.path[at:])
    return " · ".join(part for part in passage.path if "|" not in part)


def _new_pages(passages: Sequence[Passage]) -> dict[str, int]:
    begun: dict[str, int] = {}
    last: int | None = None
    for passage in passages:
        if passage.page is not None and passage.page != last:
            begun[passage.passage_id] = last = passage.page
    return begun
