"""All documents of all sources, read in a fixed order, with what could not be read."""

import hashlib
import json
import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from inquiry_service.errors import KnowledgeFault
from inquiry_service.knowledge.document import Document
from inquiry_service.knowledge.findings import Finding
from inquiry_service.knowledge.provenance_json import provenance_to_json
from inquiry_service.knowledge.readers import (
    SIDE_CARS,
    Extractor,
    Reading,
    is_left_alone,
    place_of,
    read_all,
    side_cars_of,
)
from inquiry_service.knowledge.splitting import SPLITTER_VERSION
from inquiry_service.knowledge.standing.register import FILE as REGISTER
from inquiry_service.knowledge.standing.register import load_register
from inquiry_service.knowledge.standing.settling import settle

__all__ = ["Finding", "Library", "Progress", "library_of", "load_library"]

_OTHER_FOLDERS = frozenset({"evaluation", "calendar"})
"""They stand beside the documents and are read by others."""

Progress = Callable[[int, int, str], None]
"""Told how many files are read, how many there are, and which comes next."""


@dataclass(frozen=True, slots=True)
class Library:
    """Documents in the order of their sources and paths.

    `digest` changes with any content, with the order and with the way of splitting. `origins`
    tells the file of each document_id, as findings name it.
    """

    documents: tuple[Document, ...]
    findings: tuple[Finding, ...] = ()
    digest: str = ""
    origins: Mapping[str, str] = field(default_factory=dict)


def load_library(
    sources: Sequence[Path],
    *,
    progress: Progress | None = None,
    cache: Path | None = None,
    today: date | None = None,
) -> Library:
    """Read every document of every source; a source is a folder, an archive or a single file.

    A file that cannot be used is one finding and the rest goes on. Of two documents that were
    given the same id the first stays, and the second is an error: a source must not replace
    another's document silently; where ids come from file names the second gets one of its own.
    The very same document twice is no error; the same text in two files is used once, and told.

    `cache` is a folder where the text of files is kept, so that unchanged ones are not parsed
    again; it may be deleted at any time. `today` matters only to a repeal that is still to come.

    Raises:
        KnowledgeFault: a source does not exist, or its register of validity is faulty.
    """
    register = [entry for source in sources for entry in load_register(source / REGISTER)]
    shelves = _Shelves()
    with Extractor(cache) as extractor:
        for reading in _readings(sources, extractor, progress or _untold):
            if isinstance(reading, Finding):
                shelves.findings.append(reading)
            else:
                shelves.take(reading)
    documents, unsure = settle(tuple(shelves.documents.values()), register, today=today)
    shelves.findings += [Finding(shelves.origins[one], "warning", told) for one, told in unsure]
    return library_of(documents, findings=shelves.findings, origins=shelves.origins)


@dataclass(slots=True)
class _Shelves:
    """Documents taken so far, with what they are told apart by."""

    documents: dict[str, Document] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)
    origins: dict[str, str] = field(default_factory=dict)
    _by_content: dict[str, str] = field(default_factory=dict)

    def take(self, reading: Reading) -> None:
        document_id = reading.document.document_id
        if self.documents.get(document_id) == reading.document:
            return
        content = _content_of(reading.document)
        if content in self._by_content:
            self.findings.append(_twice(reading.where, self._by_content[content]))
            return
        if document_id in self.documents and not reading.named:
            reading = reading.renamed()
            document_id = reading.document.document_id
        if document_id in self.documents:
            taken = _taken(reading.where, document_id, self.origins[document_id])
            self.findings.append(taken)
            return
        self._by_content[content] = reading.where
        self.documents[document_id] = reading.document
        self.origins[document_id] = reading.where
        self.findings += reading.findings


def _content_of(document: Document) -> str:
    """Title and text without white space: the same notice as web page and as DOCX is one."""
    words = f"{document.provenance.title}\0{document.text}"
    return hashlib.sha256("".join(words.replace("#", "").split()).encode()).hexdigest()


def library_of(
    documents: Iterable[Document],
    *,
    findings: Iterable[Finding] = (),
    origins: Mapping[str, str] | None = None,
) -> Library:
    """A library of documents that are at hand already, such as an evaluation corpus."""
    kept = tuple(documents)
    return Library(kept, tuple(findings), _digest(kept), dict(origins or {}))


def _taken(where: str, document_id: str, first: str) -> Finding:
    message = f"编号 {document_id} 已被 {first} 使用，本文件没有采用；请改用别的 id"
    return Finding(where, "error", message)


def _twice(where: str, first: str) -> Finding:
    return Finding(where, "warning", f"标题和正文与 {first} 相同，只采用前一份")


def _untold(_done: int, _total: int, _name: str) -> None:
    """For callers that do not ask for progress."""


def _readings(
    sources: Sequence[Path], extractor: Extractor, progress: Progress
) -> Iterator[Reading | Finding]:
    files: list[tuple[Path, Path, bool]] = []
    for source in sources:
        if not source.exists():
            raise KnowledgeFault(str(source), "没有这个文件夹或文件，请检查路径")
        root = source if source.is_dir() else source.parent
        found = sorted(_files(source, root), key=lambda path: path.relative_to(root).as_posix())
        if not found:
            yield Finding(source.name, "warning", "里面没有文档")
        files += [(path, root, path == source) for path in found]
    for done, (path, root, named) in enumerate(files):
        progress(done, len(files), place_of(path, root))
        yield from _read(path, root, extractor, named=named)
    progress(len(files), len(files), "")


def _read(
    path: Path, root: Path, extractor: Extractor, *, named: bool
) -> Iterator[Reading | Finding]:
    """`named`: the operator named this very file, wherever it may lead."""
    where = place_of(path, root)
    if not named and _leads_out(path, root):
        yield Finding(where, "warning", "链接指向文件夹之外，没有采用")
    elif path.suffix.lower() in SIDE_CARS:
        yield Finding(where, "warning", "旁边没有它要说明的文件，已跳过")
    else:
        yield from read_all(path, root, extractor)


def _leads_out(path: Path, root: Path) -> bool:
    """A link inside a source must not publish what lies elsewhere on the machine."""
    # Not Path.resolve(): it raises on a link that leads to itself.
    target = Path(os.path.realpath(path))
    return path.is_symlink() and not target.is_relative_to(os.path.realpath(root))


def _files(folder: Path, root: Path) -> Iterator[Path]:
    """The files that may be documents, and what is no file and must be told of.

    Links to folders are not followed.
    """
    if not folder.is_dir():
        yield folder
        return
    entries = {entry.name: entry for entry in folder.iterdir()}
    described = {name for each in entries for name in _side_cars(each)}
    for entry in entries.values():
        if entry.name.startswith((".", "~$")) or entry.name in described:
            continue
        if entry.is_dir():
            if entry.name in _OTHER_FOLDERS or _belongs_to_page(entry.name, entries):
                continue
            if not entry.is_symlink():
                yield from _files(entry, root)
            elif _leads_out(entry, root):
                yield entry
        elif not is_left_alone(entry.name):
            yield entry


def _side_cars(name: str) -> tuple[str, ...]:
    """Nothing stands beside a side-car itself."""
    return () if name.endswith(SIDE_CARS) else side_cars_of(name)


def _belongs_to_page(name: str, entries: Mapping[str, Path]) -> bool:
    """Pictures and scripts that a browser saved beside a page: 通知.html and 通知_files."""
    page = name.removesuffix("_files").removesuffix(".files")
    return page != name and any(f"{page}{suffix}" in entries for suffix in (".html", ".htm"))


def _digest(documents: tuple[Document, ...]) -> str:
    digest = hashlib.sha256(f"splitter {SPLITTER_VERSION}\n".encode())
    for document in documents:
        content = [provenance_to_json(document.provenance), document.text]
        digest.update(json.dumps(content, ensure_ascii=False).encode())
    return digest.hexdigest()
