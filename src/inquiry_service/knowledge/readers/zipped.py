"""ZIP archives: every member a document of its own, named as the archive names it.

Nothing is unpacked to the disk. Names are UTF-8 or, from Chinese Windows, GBK.
"""

import stat
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath

from inquiry_service.knowledge.readers.extracted import Unreadable
from inquiry_service.knowledge.readers.limits import (
    MAX_ARCHIVE,
    MAX_MEMBERS,
    MAX_ZIP_DEPTH,
    MB,
)
from inquiry_service.knowledge.readers.naming import name_from_bytes, on_one_line
from inquiry_service.knowledge.readers.packages import open_package, read_member, refuse_bomb

_UTF8 = 0x800
_ENCRYPTED = 0x1
_OF_THE_SYSTEM = frozenset({"__MACOSX", "Thumbs.db", "desktop.ini"})


@dataclass(frozen=True, slots=True)
class Member:
    """`where` is its name within the outermost archive."""

    where: str
    data: bytes


@dataclass(frozen=True, slots=True)
class Refused:
    """A member that is left out, and why."""

    where: str
    reason: str


class Archive:
    """Counts what is unpacked, over all archives inside. `only`: the names that are wanted."""

    def __init__(self, only: Callable[[str], bool] = lambda _: True) -> None:
        self._unpacked = 0
        self._only = only

    def members(self, data: bytes, depth: int = 1) -> Iterator[Member | Refused]:
        """Every file inside in the order of names; archives inside are opened too.

        Raises:
            Unreadable: the archive itself is damaged or has too many members.
        """
        with open_package(data) as package:
            entries = [entry for entry in package.infolist() if not _name(entry).endswith("/")]
            if len(entries) > MAX_MEMBERS:
                raise Unreadable(f"压缩包里的文件超过 {MAX_MEMBERS} 个的上限，请分成几个")
            named = sorted((_name(entry), at) for at, entry in enumerate(entries))
            for name, at in named:
                wanted = self._only(name) or name.lower().endswith(".zip")
                if wanted and not _OF_THE_SYSTEM.intersection(PurePosixPath(name).parts):
                    yield from self._member(package, entries[at], name, depth)

    def _member(
        self, package: zipfile.ZipFile, entry: zipfile.ZipInfo, name: str, depth: int
    ) -> Iterator[Member | Refused]:
        try:
            data = self._content(package, entry, name)
            if not _is_archive(name, data):
                yield Member(name, data)
                return
            if depth >= MAX_ZIP_DEPTH:
                raise Unreadable(f"压缩包套了 {MAX_ZIP_DEPTH} 层以上，请解压后放入")
            for inner in self.members(data, depth + 1):
                where = f"{name}/{inner.where}"
                yield (
                    Member(where, inner.data)
                    if isinstance(inner, Member)
                    else Refused(where, inner.reason)
                )
        except Unreadable as refusal:
            yield Refused(name, str(refusal))

    def _content(self, package: zipfile.ZipFile, entry: zipfile.ZipInfo, name: str) -> bytes:
        path = PurePosixPath(name)
        if path.is_absolute() or ".." in path.parts or ":" in path.parts[0]:
            raise Unreadable("文件名指向压缩包之外（疑似恶意文件），没有采用")
        if stat.S_ISLNK(entry.external_attr >> 16):
            raise Unreadable("是指向别处的链接，没有采用")
        if entry.flag_bits & _ENCRYPTED:
            raise Unreadable("压缩包有密码，请解压后放入")
        refuse_bomb(entry.compress_size, entry.file_size)
        self._unpacked += entry.file_size
        if self._unpacked > MAX_ARCHIVE:
            raise Unreadable(f"压缩包解开后超过 {MAX_ARCHIVE // MB} MB 的上限，请分成几个")
        return read_member(package, entry)


def _is_archive(name: str, data: bytes) -> bool:
    return data.startswith(b"PK\x03\x04") and PurePosixPath(name).suffix.lower() == ".zip"


def _name(entry: zipfile.ZipInfo) -> str:
    """Python takes unmarked names for CP437; the bytes behind them are UTF-8 or GBK."""
    name = entry.orig_filename or entry.filename
    if not entry.flag_bits & _UTF8:
        try:
            raw = name.encode("cp437")
        except UnicodeEncodeError:
            raw = name.encode()
        name = name_from_bytes(raw)
    return on_one_line(name.split("\0", 1)[0]).replace("\\", "/") or "未命名"
