"""All documents of all sources, read in a fixed order, with what could not be read."""

import hashlib
import json
import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from inquiry_service.errors import KnowledgeFault
from inquiry_service.knowledge.document import Document
from inquiry_service.knowledge.findings import Finding
from inquiry_service.knowledge.provenance_json import provenance_to_json
from inquiry_service.knowledge.readers import Reading, read, readable_suffixes
from inquiry_service.knowledge.splitting import SPLITTER_VERSION

__all__ = ["Finding", "Library", "library_of", "load_library"]

_OTHER_FOLDERS = frozenset({"evaluation", "calendar"})
"""They stand beside the documents and are read by others."""
_OTHER_FILES = frozenset({"glossary.yaml", "glossary.yml"})


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


def load_library(sources: Sequence[Path]) -> Library:
    """Read every document of every source; a source is a folder or a single file.

    A file that cannot be used is one finding and the rest goes on. Of two documents with the
    same id the first stays, and the second is an error: a source must not replace another's
    document silently. The very same document twice is no error.

    Raises:
        KnowledgeFault: a source does not exist.
    """
    documents: dict[str, Document] = {}
    findings: list[Finding] = []
    origins: dict[str, str] = {}
    for where, reading in _readings(sources):
        if isinstance(reading, Finding):
            findings.append(reading)
            continue
        document_id = reading.document.document_id
        if documents.get(document_id) == reading.document:
            continue
        if document_id in documents:
            findings.append(_taken(where, document_id, origins[document_id]))
            continue
        documents[document_id], origins[document_id] = reading.document, where
        findings += reading.findings
    return library_of(documents.values(), findings=findings, origins=origins)


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


def _readings(sources: Sequence[Path]) -> Iterator[tuple[str, Reading | Finding]]:
    for source in sources:
        if not source.exists():
            raise KnowledgeFault(str(source), "没有这个文件夹或文件，请检查路径")
        root = source if source.is_dir() else source.parent
        files = sorted(_files(source, root), key=lambda path: path.relative_to(root).as_posix())
        if not files:
            yield source.name, Finding(source.name, "warning", "里面没有文档")
        for path in files:
            yield path.relative_to(root).as_posix(), _reading(path, root, named=path == source)


def _reading(path: Path, root: Path, *, named: bool) -> Reading | Finding:
    """`named`: the operator named this very file, wherever it may lead."""
    if not named and _leads_out(path, root):
        told = "链接指向文件夹之外，没有采用"
        return Finding(path.relative_to(root).as_posix(), "warning", told)
    if path.suffix.lower() not in readable_suffixes():
        return Finding(path.relative_to(root).as_posix(), "warning", _unsupported(path))
    try:
        return read(path, root)
    except KnowledgeFault as fault:
        return Finding(str(fault.facts["where"]), "error", str(fault.facts["reason"]))


def _leads_out(path: Path, root: Path) -> bool:
    """A link inside a source must not publish what lies elsewhere on the machine."""
    # Not Path.resolve(): it raises on a link that leads to itself.
    target = Path(os.path.realpath(path))
    return path.is_symlink() and not target.is_relative_to(os.path.realpath(root))


def _unsupported(path: Path) -> str:
    told = f"暂不支持 {path.suffix} 文件" if path.suffix else "没有扩展名的文件暂不支持"
    return f"{told}，已跳过（支持 {'、'.join(readable_suffixes())}）"


def _files(folder: Path, root: Path) -> Iterator[Path]:
    """The files that may be documents, and links that lead out of the source, to be told of.

    Links to folders are not followed.
    """
    if folder.is_file():
        yield folder
        return
    for entry in folder.iterdir():
        if entry.name.startswith((".", "~$")) or entry.name.lower() in _OTHER_FILES:
            continue
        if entry.is_dir():
            if entry.name in _OTHER_FOLDERS:
                continue
            if not entry.is_symlink():
                yield from _files(entry, root)
            elif _leads_out(entry, root):
                yield entry
        elif entry.is_file() and entry.stem.lower() != "readme":
            yield entry


def _digest(documents: tuple[Document, ...]) -> str:
    digest = hashlib.sha256(f"splitter {SPLITTER_VERSION}\n".encode())
    for document in documents:
        content = [provenance_to_json(document.provenance), document.text]
        digest.update(json.dumps(content, ensure_ascii=False).encode())
    return digest.hexdigest()
