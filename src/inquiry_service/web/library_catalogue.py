"""The documents of one index as the library lists them on one day."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from threading import Lock

from inquiry_service.answering.asking import AnswerEngine
from inquiry_service.answering.succession import Succession, standing
from inquiry_service.errors import Problem
from inquiry_service.knowledge.document import Kind, Provenance, Validity
from inquiry_service.knowledge.expressions.references import same_document_number
from inquiry_service.web.library_filter import Filter

Value = Kind | Validity | str | int


@dataclass(frozen=True, slots=True)
class Entry:
    """One document with what it is listed by. `validity` is that of the day."""

    document: Provenance
    validity: Validity
    year: int | None
    day: date | None
    """The day it is sorted by: publication, making, or else coming into force."""
    values: tuple[Value | None, ...]
    """What it can be narrowed by: kind, topic, year, issuer, validity."""

    @classmethod
    def of(cls, document: Provenance, today: date) -> "Entry":
        day = document.published or document.made or document.effective
        year = document.year or (day.year if day else None)
        validity = standing(document, today)
        values = (document.kind, document.topic, year, document.issuer, validity)
        return cls(document, validity, year, day, values)

    @property
    def newest_first(self) -> tuple[int, int, str]:
        """Without a day it stands at the end of its year, without a year at the very end."""
        ordinal = self.day.toordinal() if self.day else 0
        year = self.day.year if self.day else self.year or 0
        return (-year, -ordinal, self.document.title)


@dataclass(frozen=True)
class Catalogue:
    """Every entry, the newest first, and the links between documents."""

    version: str
    today: date
    entries: tuple[Entry, ...]
    by_id: dict[str, Entry]
    succession: Callable[[], Succession]
    """Asked for by single documents only, because making it takes a while."""

    @classmethod
    def of(cls, engine: AnswerEngine, today: date) -> "Catalogue":
        listed = (Entry.of(document, today) for document in engine.shelf.documents())
        entries = tuple(sorted(listed, key=lambda entry: entry.newest_first))
        by_id = {entry.document.document_id: entry for entry in entries}
        return cls(engine.index_version, today, entries, by_id, lambda: engine.index.succession)

    def unknown_in(self, wanted: Filter) -> list[Problem]:
        """The topic and the issuer of a filter that no document has."""
        topics = {entry.document.topic for entry in self.entries}
        issuers = {entry.document.issuer for entry in self.entries}
        problems = []
        if wanted.topic and wanted.topic not in topics:
            problems.append(Problem("topic", f"没有“{wanted.topic}”这个主题"))
        if wanted.issuer and wanted.issuer not in issuers:
            problems.append(Problem("issuer", f"没有“{wanted.issuer}”发布的文件"))
        return problems

    def partners(self, document: Provenance) -> list[Entry]:
        """The policy that an explanation explains, and the explanations of a policy."""
        return [
            entry
            for entry in self.entries
            if entry.document.document_id == document.explains
            or entry.document.explains == document.document_id
        ]

    def named(self, name: str) -> Provenance | None:
        """The document with this id, title or number (文号), when it is published here."""
        if name in self.by_id:
            return self.by_id[name].document
        bare = name.strip("《》")
        return next((e.document for e in self.entries if _is_called(e.document, bare)), None)

    def newer(self, document: Provenance) -> list[tuple[str, Provenance | None]]:
        """What took the place of a document: its name, and the document when it is here."""
        named = dict.fromkeys((*document.repealed_by, *document.amended_by))
        told = [(name, self.named(name)) for name in named]
        claiming = (e.document for e in self.entries if _replaces(e.document, document))
        newest = self.succession().newer_than(document, self.today)
        known = {found.document_id for _, found in told if found}
        for found in [*claiming, *([newest] if newest else [])]:
            if found.document_id not in known:
                known.add(found.document_id)
                told.append((found.title, found))
        return told


def _replaces(newer: Provenance, older: Provenance) -> bool:
    return any(_means(older, name) for name in newer.replaces)


def _means(document: Provenance, name: str) -> bool:
    return name == document.document_id or _is_called(document, name.strip("《》"))


def _is_called(document: Provenance, name: str) -> bool:
    if name == document.title:
        return True
    number = document.document_number
    return number is not None and same_document_number(number, name)


class CatalogueKeeper:
    """Keeps the catalogue of the index in use; a new index or a new day makes a new one."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._kept: Catalogue | None = None

    def of(self, engine: AnswerEngine, today: date) -> Catalogue:
        kept = self._kept
        if kept is not None and (kept.version, kept.today) == (engine.index_version, today):
            return kept
        with self._lock:
            self._kept = Catalogue.of(engine, today)
            return self._kept
