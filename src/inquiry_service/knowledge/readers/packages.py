"""ZIP containers, opened only when they are honest: archives, and Office and OFD files inside."""

import io
import struct
import zipfile
import zlib

from inquiry_service.knowledge.readers.extracted import Unreadable
from inquiry_service.knowledge.readers.limits import (
    MAX_MEMBERS,
    MAX_RATIO,
    MAX_UNPACKED,
    MB,
    MIN_SUSPICIOUS,
)

_END = b"PK\x05\x06"
_END_LENGTH = 22
_MAX_COMMENT = 65_535
_MAX_DIRECTORY = 8 * MB
_ENCRYPTED = 0x1
_DAMAGED = "文件不完整或已损坏，请重新取得这个文件"
_FAULTS = (
    zipfile.BadZipFile,
    ValueError,
    IndexError,
    OverflowError,
    NotImplementedError,
    OSError,
)
"""What Python's own ZIP reader raises for hostile bytes."""
_DECLARATIONS = tuple(
    mark.encode(encoding)
    for mark in ("<!DOCTYPE", "<!ENTITY")
    for encoding in ("utf-8", "utf-16-le", "utf-16-be")
)


def open_package(data: bytes) -> zipfile.ZipFile:
    """The archive in these bytes.

    Raises:
        Unreadable: cut off, damaged, or with a directory of unreasonable size.
    """
    position = data.rfind(_END, max(0, len(data) - _END_LENGTH - _MAX_COMMENT))
    if position < 0 or len(data) < position + _END_LENGTH:
        raise Unreadable(_DAMAGED)
    # The size of the directory, checked before any of it is read into memory.
    if struct.unpack_from("<I", data, position + 12)[0] > _MAX_DIRECTORY:
        raise Unreadable(f"压缩包里的文件超过 {MAX_MEMBERS} 个的上限，请分成几个")
    try:
        return zipfile.ZipFile(io.BytesIO(data))
    except (*_FAULTS, struct.error) as fault:
        raise Unreadable(_DAMAGED) from fault


def refuse_bomb(packed: int, unpacked: int) -> None:
    """Raises `Unreadable` for a member that unpacks to far more than honest content does."""
    if unpacked > MIN_SUSPICIOUS and unpacked > MAX_RATIO * max(packed, 1):
        raise Unreadable("压缩比异常（疑似压缩炸弹），没有打开，请确认文件来源")


def check_package(data: bytes) -> None:
    """Look over an Office or OFD file before its library reads it.

    Raises:
        Unreadable: damaged, encrypted, a bomb, or with entities, which these formats forbid.
    """
    with open_package(data) as archive:
        entries = archive.infolist()
        if len(entries) > MAX_MEMBERS or sum(e.file_size for e in entries) > MAX_UNPACKED:
            raise Unreadable("解压后的内容过大（疑似压缩炸弹），没有打开，请拆成几个文件")
        for entry in entries:
            if entry.flag_bits & _ENCRYPTED:
                raise Unreadable("文件有打开密码，请去掉密码后再放入")
            refuse_bomb(entry.compress_size, entry.file_size)
            if entry.filename.lower().endswith((".xml", ".rels")):
                _refuse_entities(read_member(archive, entry))


def read_member(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> bytes:
    """The content of a member; never more than its declared size. Raises `Unreadable`."""
    try:
        return archive.read(entry)
    except (*_FAULTS, zlib.error, EOFError, RuntimeError) as fault:
        raise Unreadable(_DAMAGED) from fault


def _refuse_entities(xml: bytes) -> None:
    if any(mark in xml for mark in _DECLARATIONS):
        raise Unreadable("文件里有不允许的 XML 声明（实体），可能是恶意文件，没有打开")
