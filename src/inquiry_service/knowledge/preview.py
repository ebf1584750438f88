"""How a file would be read: what was recognised, how it is split, what is doubtful."""

import json
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, fields
from datetime import date
from enum import StrEnum
from pathlib import Path

from inquiry_service.knowledge.checking import check_library
from inquiry_service.knowledge.document import Attachment, Document, Provenance
from inquiry_service.knowledge.findings import Finding
from inquiry_service.knowledge.library import library_of
from inquiry_service.knowledge.readers import Extractor, Reading, read_all, side_cars_of
from inquiry_service.knowledge.readers.decoding import Undecodable, decode
from inquiry_service.knowledge.readers.front_matter import (
    BadFrontMatter,
    split_front_matter,
    with_told,
)
from inquiry_service.knowledge.readers.metadata import Recognised, recognised
from inquiry_service.knowledge.readers.strict_yaml import BadYaml, load_yaml
from inquiry_service.knowledge.splitting import doubts_of

_FIRST_WORDS = 24
_GIVEN = "已写明"
_MARKDOWN = (".md", ".markdown")
_UNTOLD = ("document_id", "validity_reason")
_TO_COMPARE = ("document_number", "made", "published", "effective", "expires", "issuer")


@dataclass(frozen=True, slots=True)
class Line:
    """One field of front matter as it would be written, and where its value is from."""

    name: str
    value: object
    from_where: str

    def __str__(self) -> str:
        return f"{self.name}: {_written(self.value)}  # {self.from_where}"


@dataclass(frozen=True, slots=True)
class Piece:
    """One passage to be: where it stands, how long it is, how it begins."""

    path: tuple[str, ...]
    page: int | None
    characters: int
    begins: str
    question: str | None = None


@dataclass(frozen=True, slots=True)
class Preview:
    """Of one document; `fault` when the file cannot be used, and nothing else then."""

    where: str
    metadata: tuple[Line, ...] = ()
    pieces: tuple[Piece, ...] = ()
    doubts: tuple[str, ...] = ()
    fault: str | None = None

    def front_matter(self) -> str:
        """Ready to be copied to the head of a Markdown file, or into a .yaml beside the file."""
        return "\n".join(["---", *map(str, self.metadata), "---"])


def preview(path: Path, extractor: Extractor, *, today: date | None = None) -> Iterator[Preview]:
    """One for each document in the file, or for each part of it that cannot be used."""
    given = _given(path)
    for found in read_all(path, path.parent, extractor):
        if isinstance(found, Finding):
            yield Preview(found.where, fault=found.message)
        else:
            yield _of(found, given, today)


def _given(path: Path) -> frozenset[str]:
    """The fields that are written by hand: at the head of the file, or in a file beside it."""
    beside = [path.with_name(name) for name in side_cars_of(path.name)]
    heads = [each.read_bytes() for each in beside if each.is_file()]
    names: set[str] = set()
    with suppress(Undecodable, BadFrontMatter, BadYaml, OSError):
        if path.suffix.lower() in _MARKDOWN and path.is_file():
            heads.append((split_front_matter(decode(path.read_bytes()))[0] or "").encode())
        for head in heads:
            told = load_yaml(decode(head))
            names |= set(map(str, told)) if isinstance(told, dict) else set()
    return frozenset(names)


def _of(reading: Reading, given: frozenset[str], today: date | None) -> Preview:
    document = reading.document
    # The file's name is the fallback here too, so that a title taken from it is shown as such.
    told = recognised(document.text, fallback_title=Path(reading.where).stem)
    return Preview(
        reading.where,
        metadata=tuple(_lines(document.provenance, told, given)),
        pieces=tuple(_pieces(document)),
        doubts=tuple(dict.fromkeys(_doubts(reading, told, today))),
    )


def _lines(
    provenance: Provenance, told: Sequence[Recognised], given: frozenset[str]
) -> Iterator[Line]:
    yield Line("id", provenance.document_id, _GIVEN if "id" in given else "文件名")
    where = {one.field: one for one in told}
    for name in (field.name for field in fields(Provenance) if field.name not in _UNTOLD):
        value = getattr(provenance, name)
        if value not in (None, (), False):
            found = where.get(name)
            yield Line(name, value, _GIVEN if name in given else _source(name, value, found))


def _source(name: str, value: object, found: Recognised | None) -> str:
    if found and (name == "attachments" or found.value == str(value)):
        return found.from_where
    return "默认" if name == "validity" else "文件自带的信息"


def _written(value: object) -> str:
    """As YAML that reads back as the same: text in quotes, days and numbers bare."""
    if isinstance(value, tuple):
        return json.dumps([_plain(item) for item in value], ensure_ascii=False)
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, date | int | StrEnum):
        return str(value)
    return json.dumps(value, ensure_ascii=False)


def _plain(item: object) -> object:
    if isinstance(item, Attachment):
        return {"name": item.name, "address": item.address} if item.address else item.name
    return item


def _pieces(document: Document) -> Iterator[Piece]:
    for passage in document.passages:
        begins = " ".join(passage.text[:_FIRST_WORDS].split())
        yield Piece(passage.path, passage.page, len(passage.text), begins, passage.question)


def _doubts(reading: Reading, told: Sequence[Recognised], today: date | None) -> Iterator[str]:
    document = reading.document
    yield from (finding.message for finding in reading.findings)
    yield from (finding.message for finding in check_library(library_of([document]), today=today))
    yield from _differing(document.provenance, told)
    split = doubts_of(document.text, document.passages, title=document.provenance.title)
    yield from map(str, split)


def _differing(provenance: Provenance, told: Sequence[Recognised]) -> Iterator[str]:
    """What the text says otherwise than the front matter, or says and the front matter does not."""
    read = with_told(provenance, {one.field: one.value for one in told if one.field in _TO_COMPARE})
    where = {one.field: one.from_where for one in told}
    for name in _TO_COMPARE:
        given, found = getattr(provenance, name), getattr(read, name)
        if found != given:
            said = f"写的是 {given}" if given else "没有写"
            yield f"{name} {said}，而{where[name]}是 {found}，请核对"
