"""From a file to documents: take the text out, find out what it is, split."""

import hashlib
import re
import stat
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath

from inquiry_service.errors import KnowledgeFault
from inquiry_service.knowledge.document import Attachment, Document, Provenance
from inquiry_service.knowledge.findings import Finding
from inquiry_service.knowledge.readers.decoding import MAX_BYTES, Undecodable, decode
from inquiry_service.knowledge.readers.extracted import Extracted, Unreadable
from inquiry_service.knowledge.readers.extracting import Extractor
from inquiry_service.knowledge.readers.front_matter import (
    IDENTIFIER,
    BadFrontMatter,
    parse_front_matter,
    parse_side_car,
    split_front_matter,
    with_told,
)
from inquiry_service.knowledge.readers.limits import MAX_FILE, MB, Format, too_large
from inquiry_service.knowledge.readers.markdown import plain_markdown
from inquiry_service.knowledge.readers.metadata import described_by_title, recognise, title_of
from inquiry_service.knowledge.readers.naming import name_from_disk
from inquiry_service.knowledge.readers.sniffing import READABLE, readable_suffixes
from inquiry_service.knowledge.readers.zipped import Archive, Refused
from inquiry_service.knowledge.splitting import split

_MAX_STEM = 60
_LARGE = 50 * MB
"""A file of an unknown kind beyond this is not looked into at all: a film, a disk image."""
_NO_TITLE = "开头没有认出标题，暂用文件名作标题；请把标题单独写在第一行"
_NO_TITLE_IN = "没有认出标题，暂用文件名作标题；可在旁边放一个“{name}.yaml”，写上 title: 标题"
_NO_TEXT = "没有正文，请补上内容或删除这个文件"
SIDE_CARS = (".yaml", ".yml")
_OTHER_FILES = frozenset({"glossary.yaml", "glossary.yml", "register.yaml"})


@dataclass(frozen=True, slots=True)
class Reading:
    """A document, and what a clerk should look at although it could be read.

    `where` is its file as findings name it. `named`: its identifier was given by hand.
    """

    document: Document
    findings: tuple[Finding, ...] = ()
    where: str = ""
    named: bool = True
    page_starts: tuple[int, ...] = ()

    def renamed(self) -> "Reading":
        """The same under an identifier that holds a digest of its place too."""
        place = hashlib.sha256(self.where.encode()).hexdigest()[:8]
        identity = f"{self.document.document_id[:_MAX_STEM]}-{place}"
        provenance = replace(self.document.provenance, document_id=identity)
        return replace(self, document=_document(provenance, self.document.text, self.page_starts))


@dataclass(frozen=True, slots=True)
class _File:
    """One file, wherever it lies; `described` is the text of the side-car beside it."""

    where: str
    data: bytes
    described: bytes | None = None

    @property
    def stem(self) -> str:
        return PurePosixPath(self.where).stem


@dataclass(frozen=True, slots=True)
class _Described:
    provenance: Provenance
    body: str
    warnings: tuple[str, ...] = ()


def read_file(path: Path, root: Path) -> Document:
    """The document in a file.

    Raises:
        KnowledgeFault: the file cannot be used; says in Chinese what is wrong and what to do.
    """
    return read(path, root).document


def read(path: Path, root: Path) -> Reading:
    """The only document in a file, with what is worth a look. Raises as `read_file` does."""
    with Extractor() as extractor:
        found = list(read_all(path, root, extractor))
    for each in found:
        if isinstance(each, Reading) and len(found) == 1:
            return each
        if isinstance(each, Finding):
            raise KnowledgeFault(each.where, each.message)
    raise KnowledgeFault(place_of(path, root), "里面不是恰好一份文件，请作为文件夹载入")


def read_all(path: Path, root: Path, extractor: Extractor) -> Iterator[Reading | Finding]:
    """Every document in a file: one, or those of an archive. Whatever fails is one finding."""
    where = place_of(path, root)
    try:
        told = path.stat()
        if not stat.S_ISREG(told.st_mode):
            yield Finding(where, "warning", "不是普通文件（管道、设备之类），没有采用")
            return
        size = told.st_size
        if size > _LARGE and path.suffix.lower() not in readable_suffixes():
            yield Finding(where, "warning", _unsupported(where))
            return
        if size > MAX_FILE:
            yield Finding(where, "error", too_large(size, MAX_FILE))
            return
        file = _File(where, path.read_bytes(), _beside(path))
    except OSError as fault:
        yield Finding(where, "error", _unreachable(path, fault))
        return
    yield from _read(file, extractor)


def read_entry(entry_id: str, title: str, text: str) -> Document:
    """An entry of an evaluation corpus, read and split like any document.

    The document_id is the entry's own, whatever characters it has; an entry without text is
    found by its title.
    """
    return _document(described_by_title(entry_id, title), text if text.strip() else title)


def is_left_alone(name: str) -> bool:
    """Whether a file lies beside the documents without being one: README, drafts, glossary."""
    return (
        name.startswith((".", "~$"))
        or name.lower() in _OTHER_FILES
        or PurePosixPath(name).stem.lower() == "readme"
    )


def side_cars_of(name: str) -> tuple[str, ...]:
    """The names a side-car of this file may have: 通知.pdf.yaml, 通知.yaml."""
    stem = PurePosixPath(name).stem
    return tuple(f"{start}{suffix}" for start in (name, stem) for suffix in SIDE_CARS)


def place_of(path: Path, root: Path) -> str:
    """The file as findings name it: seen from its source, in characters that can be printed."""
    inside = path.relative_to(root).as_posix() if path.is_relative_to(root) else path.name
    return name_from_disk(inside)


def _unreachable(path: Path, fault: OSError) -> str:
    if isinstance(fault, PermissionError):
        return "没有读取这个文件的权限，请改权限或换一个用户运行"
    if path.is_symlink():
        return "链接指向的文件不存在，请换成文件本身"
    return f"读不了这个文件（{fault.strerror}），请检查它还在不在、磁盘是否正常"


def _beside(path: Path) -> bytes | None:
    found = (path.with_name(name) for name in side_cars_of(path.name))
    # A link may lead out of the source, to what is not to be published.
    side_car = next((each for each in found if each.is_file() and not each.is_symlink()), None)
    if side_car is None:
        return None
    with side_car.open("rb") as file:
        return file.read(MAX_BYTES + 1)  # more is refused as too large, unread


def _read(file: _File, extractor: Extractor) -> Iterator[Reading | Finding]:
    try:
        taken = extractor.extract(file.data, PurePosixPath(file.where).name)
        if taken is None:
            yield Finding(file.where, "warning", _unsupported(file.where))
        elif taken[0] is Format.ZIP:
            for warning in taken[1].warnings:
                yield Finding(file.where, "warning", warning)
            yield from _archived(file, extractor)
        else:
            yield _reading(file, *taken)
    except (Unreadable, BadFrontMatter, Undecodable) as fault:
        yield Finding(file.where, "error", str(fault))


def _reading(file: _File, form: Format, extracted: Extracted) -> Reading:
    described = _described(file, form, extracted)
    if not described.body.strip():
        raise Unreadable(_NO_TEXT)
    provenance = described.provenance
    if not provenance.attachments:
        named = tuple(Attachment(each.name, each.address) for each in extracted.attachments)
        provenance = replace(provenance, attachments=named)
    document = _document(provenance, described.body, extracted.page_starts)
    findings = tuple(Finding(file.where, "warning", told) for told in described.warnings)
    by_hand = document.document_id != identifier_from(file.stem)
    return Reading(document, findings, file.where, by_hand, extracted.page_starts)


def _archived(file: _File, extractor: Extractor) -> Iterator[Reading | Finding]:
    """Members one by one; side-cars are small and gathered first."""
    side_cars: dict[str, bytes] = {}
    for member in Archive(lambda name: name.endswith(SIDE_CARS)).members(file.data):
        if not isinstance(member, Refused) and member.where.endswith(SIDE_CARS):
            side_cars[member.where] = member.data
    empty = True
    for member in Archive().members(file.data):
        path = PurePosixPath(member.where)
        where = f"{file.where}/{member.where}"
        if isinstance(member, Refused):
            empty = False
            yield Finding(where, "error", member.reason)
        elif path.suffix.lower() not in SIDE_CARS and not is_left_alone(path.name):
            empty = False
            found = (side_cars.get(str(path.with_name(n))) for n in side_cars_of(path.name))
            beside = next((text for text in found if text is not None), None)
            yield from _read(_File(where, member.data, beside), extractor)
    if empty:
        yield Finding(file.where, "warning", "压缩包里没有文档")


def _described(file: _File, form: Format, extracted: Extracted) -> _Described:
    text, warnings = extracted.text, extracted.warnings
    if form is Format.MARKDOWN:
        head, body = split_front_matter(text)
        body = plain_markdown(body)
        if head is not None:
            front = parse_front_matter(head, fallback_id=identifier_from(file.stem))
            return _Described(front.provenance, body, front.warnings)
        text = body
    provenance, titled = _recognised(file.stem, text, extracted.told)
    if file.described is not None:
        front = parse_side_car(decode(file.described), provenance)
        titled = titled or front.provenance.title != provenance.title
        return _Described(front.provenance, text, (*warnings, *front.warnings))
    if not titled:
        name = PurePosixPath(file.where).name
        plain = form in (Format.TEXT, Format.MARKDOWN)
        warnings = (*warnings, _NO_TITLE if plain else _NO_TITLE_IN.format(name=name))
    return _Described(provenance, text, warnings)


def _recognised(stem: str, text: str, told: Mapping[str, str]) -> tuple[Provenance, bool]:
    """What the text and the file say, and whether either of them names a title."""
    title = told.get("title", "")
    titled = bool(title or title_of(text))
    lead = f"# {title}\n\n{text}" if title and not title_of(text) else text
    provenance = recognise(lead, document_id=identifier_from(stem), fallback_title=stem)
    return with_told(provenance, told), titled


def _document(provenance: Provenance, body: str, page_starts: tuple[int, ...] = ()) -> Document:
    passages = split(provenance.document_id, body, title=provenance.title, page_starts=page_starts)
    return Document(provenance, body, passages)


def _unsupported(where: str) -> str:
    suffix = PurePosixPath(where).suffix
    told = f"暂不支持 {suffix} 文件" if suffix else "没有扩展名的文件暂不支持"
    return f"{told}，已跳过（{READABLE}）"


def identifier_from(stem: str) -> str:
    """An identifier from a file's name; a Chinese name gets a short digest to stay unique."""
    slug = re.sub(r"[^a-z0-9]+", "-", stem.lower())[:_MAX_STEM].strip("-")
    if slug and IDENTIFIER.fullmatch(slug) and stem.isascii() and len(stem) <= _MAX_STEM:
        return slug
    digest = hashlib.sha256(stem.encode()).hexdigest()[:8]
    return f"{slug or 'document'}-{digest}"
