"""The ZIP of an OFD file: parts by the places that other parts name, XML without entities."""

import posixpath
from types import TracebackType
from typing import Self
from xml.etree.ElementTree import Element, ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring

from inquiry_service.knowledge.readers.extracted import Unreadable
from inquiry_service.knowledge.readers.packages import open_package, read_member

_MAX_PART = 64 * 1024 * 1024


class Package:
    """Read-only; a context manager. Every fault of a part is `Unreadable`."""

    def __init__(self, data: bytes) -> None:
        self._archive = open_package(data)
        self._entries = {
            _plain(entry.filename).casefold(): entry
            for entry in self._archive.infolist()
            if not entry.is_dir()
        }

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        fault: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._archive.close()

    def find(self, base: str, place: str | None) -> str | None:
        """The part that `base` names: relative to itself, or from the root; letter case is free."""
        wanted = (place or "").strip().replace("\\", "/")
        if not wanted:
            return None
        near = posixpath.join(posixpath.dirname(base), wanted)
        for candidate in (near, wanted):
            key = posixpath.normpath(_plain(candidate)).casefold()
            if key in self._entries:
                return key
        return None

    def read(self, part: str) -> bytes:
        """The content of a part that `find` gave."""
        entry = self._entries[part]
        if entry.file_size > _MAX_PART:
            raise Unreadable("OFD 里有一部分过大，请拆成几个文件")
        return read_member(self._archive, entry)

    def xml(self, part: str) -> Element:
        """The part as a tree."""
        try:
            return fromstring(self.read(part), forbid_dtd=True)
        except (ParseError, DefusedXmlException, ValueError, LookupError) as fault:
            raise Unreadable("OFD 的内容已损坏或不合规范，请重新取得这个文件") from fault


def _plain(name: str) -> str:
    return name.replace("\\", "/").lstrip("/").removeprefix("./")


def named(element: Element, name: str) -> list[Element]:
    """Children of that name, whatever their namespace: producers do not agree on it."""
    return [child for child in element if local(child) == name]


def local(element: Element) -> str:
    tag = element.tag
    return tag.rsplit("}", 1)[-1] if isinstance(tag, str) else ""


def text_at(element: Element | None, *path: str) -> str | None:
    """The stripped text of a descendant, or nothing."""
    for name in path:
        element = next(iter(named(element, name)), None) if element is not None else None
    text = (element.text or "").strip() if element is not None else ""
    return text or None
