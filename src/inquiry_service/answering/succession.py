"""Which document has a newer one on the same matter: as the texts say, or by their titles."""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date
from functools import lru_cache

from inquiry_service.answering.folding import fold
from inquiry_service.answering.places import without_names
from inquiry_service.knowledge.document import Kind, Provenance, Validity
from inquiry_service.knowledge.expressions.references import normalise_document_number

_YEAR = re.compile(r"(?:19|20)\d{2}年?度?")
_MARKS = re.compile(
    r"[（(][^（）()]*(?:修订|修正|试行|暂行|摘编|稿|版)[^（）()]*[）)]|修订版?|[《》“”\"\s]"
)
_SHORTEST = 4


def standing(provenance: Provenance, today: date) -> Validity:
    """Whether a text may be relied on that day: a day of expiry that has passed counts too."""
    held = provenance.validity in (Validity.IN_FORCE, Validity.AMENDED)
    if held and provenance.expires is not None and today > provenance.expires:
        return Validity.EXPIRED
    return provenance.validity


def in_force(provenance: Provenance, today: date) -> bool:
    """Whether the text may be relied on that day; an amended text still may."""
    return standing(provenance, today) in (Validity.IN_FORCE, Validity.AMENDED)


@lru_cache(maxsize=16_384)
def matter_of(title: str) -> str:
    """A title without years, versions, places and bodies: what is left names the matter."""
    return without_names(_MARKS.sub("", _YEAR.sub("", fold(title))))


class Succession:
    """The documents of one library in their order of time. Made once, when it is first needed."""

    def __init__(self, documents: Sequence[Provenance]) -> None:
        self._by_name: dict[str, Provenance] = {}
        self._replaced: dict[str, list[Provenance]] = defaultdict(list)
        self._alike: dict[tuple[str, ...], list[Provenance]] = defaultdict(list)
        self._later_ones: dict[str, tuple[Provenance, ...]] = {}
        for document in documents:
            for name in _names(document):
                self._by_name.setdefault(name, document)
            for older in document.replaces:
                self._replaced[_name(older)].append(document)
            matter = _version_of(document)
            if matter is not None:
                self._alike[matter].append(document)

    def newer_than(self, one: Provenance, today: date) -> Provenance | None:
        """The newest text in force that took the place of this one; `None` when it is the newest.

        A report has no successor: each speaks for its own year.
        """
        if one.kind is Kind.REPORT:
            return None
        if one.document_id not in self._later_ones:
            found = {other.document_id: other for other in self._later(one)}
            found.pop(one.document_id, None)
            self._later_ones[one.document_id] = tuple(found.values())
        later = [other for other in self._later_ones[one.document_id] if in_force(other, today)]
        return max(later, key=lambda other: (_day(other), other.document_id), default=None)

    def _later(self, one: Provenance) -> Iterator[Provenance]:
        for name in (*one.repealed_by, *one.amended_by):
            if _name(name) in self._by_name:
                yield self._by_name[_name(name)]
        for name in _names(one):
            yield from self._replaced.get(name, ())
        matter = _version_of(one)
        if matter is not None:
            yield from (other for other in self._alike[matter] if _day(other) > _day(one))


def _version_of(document: Provenance) -> tuple[str, ...] | None:
    """Documents of one key are versions of one text; an undated one is no version of anything."""
    matter = matter_of(document.title)
    if document.kind is Kind.REPORT or _day(document) == date.min or len(matter) < _SHORTEST:
        return None
    return (matter, document.kind, document.region or "", document.issuer or "")


def _day(document: Provenance) -> date:
    day = document.effective or document.published or document.made
    if day is not None:
        return day
    return date(document.year, 1, 1) if document.year else date.min


def _names(document: Provenance) -> tuple[str, ...]:
    own = (document.document_id, document.title, document.document_number)
    return tuple(_name(name) for name in own if name)


def _name(name: str) -> str:
    return fold(normalise_document_number(name.strip("《》 ")))
