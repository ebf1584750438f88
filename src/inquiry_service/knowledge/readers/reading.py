"""From a file to a document: decode, find out what it is, split."""

import hashlib
import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from inquiry_service.errors import KnowledgeFault
from inquiry_service.knowledge.document import Document, Provenance
from inquiry_service.knowledge.findings import Finding
from inquiry_service.knowledge.readers.decoding import MAX_BYTES, Undecodable, decode, too_large
from inquiry_service.knowledge.readers.front_matter import (
    IDENTIFIER,
    BadFrontMatter,
    parse_front_matter,
    split_front_matter,
)
from inquiry_service.knowledge.readers.metadata import described_by_title, recognise, title_of
from inquiry_service.knowledge.splitting import split

_MAX_STEM = 60
_NO_TITLE = "开头没有认出标题，暂用文件名作标题；请把标题单独写在第一行"


@dataclass(frozen=True, slots=True)
class Reading:
    """A document, and what a clerk should look at although it could be read."""

    document: Document
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True)
class _Described:
    provenance: Provenance
    body: str
    warnings: tuple[str, ...] = ()


def readable_suffixes() -> tuple[str, ...]:
    return tuple(_READERS)


def read_file(path: Path, root: Path) -> Document:
    """The document in a file.

    Raises:
        KnowledgeFault: the file cannot be used; says in Chinese what is wrong and what to do.
    """
    return read(path, root).document


def read(path: Path, root: Path) -> Reading:
    """The document in a file, with what is worth a look. Raises as `read_file` does."""
    where = path.relative_to(root).as_posix() if path.is_relative_to(root) else path.name
    try:
        described = _READERS[path.suffix.lower()](_text_of(path), path.stem)
    except (Undecodable, BadFrontMatter) as fault:
        raise KnowledgeFault(where, str(fault)) from fault
    except KeyError as fault:
        raise KnowledgeFault(where, f"还不支持 {path.suffix} 格式") from fault
    except OSError as fault:
        raise KnowledgeFault(where, f"读不了这个文件（{fault.strerror}），请检查权限") from fault
    if not described.body.strip():
        raise KnowledgeFault(where, "没有正文，请补上内容或删除这个文件")
    document = _document(described.provenance, described.body)
    return Reading(document, tuple(Finding(where, "warning", w) for w in described.warnings))


def read_entry(entry_id: str, title: str, text: str) -> Document:
    """An entry of an evaluation corpus, read and split like any document.

    The document_id is the entry's own, whatever characters it has; an entry without text is
    found by its title.
    """
    return _document(described_by_title(entry_id, title), text if text.strip() else title)


def _document(provenance: Provenance, body: str) -> Document:
    passages = split(provenance.document_id, body, title=provenance.title)
    return Document(provenance, body, passages)


def _text_of(path: Path) -> str:
    size = path.stat().st_size
    if size > MAX_BYTES:
        raise Undecodable(too_large(size))
    return decode(path.read_bytes())


def _markdown(text: str, stem: str) -> _Described:
    head, body = split_front_matter(text)
    if head is None:
        return _plain_text(text, stem)
    front = parse_front_matter(head, fallback_id=identifier_from(stem))
    return _Described(front.provenance, body, front.warnings)


def _plain_text(text: str, stem: str) -> _Described:
    provenance = recognise(text, document_id=identifier_from(stem), fallback_title=stem)
    return _Described(provenance, text, () if title_of(text) else (_NO_TITLE,))


def identifier_from(stem: str) -> str:
    """An identifier from a file's name; a Chinese name gets a short digest to stay unique."""
    slug = re.sub(r"[^a-z0-9]+", "-", stem.lower())[:_MAX_STEM].strip("-")
    if slug and IDENTIFIER.fullmatch(slug) and stem.isascii() and len(stem) <= _MAX_STEM:
        return slug
    digest = hashlib.sha256(stem.encode()).hexdigest()[:8]
    return f"{slug or 'document'}-{digest}"


_READERS: dict[str, Callable[[str, str], _Described]] = {
    ".md": _markdown,
    ".markdown": _markdown,
    ".txt": _plain_text,
}
