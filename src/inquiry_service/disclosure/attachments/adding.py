"""Files attached to a request: taken in by content, sealed, in quarantine until they are checked.

The history names a file by its id, digest and type, never by its name: names are personal.
"""

import hashlib
import secrets
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any

from cryptography.fernet import InvalidToken
from sqlalchemy import Connection, Row

from inquiry_service.disclosure import store
from inquiry_service.disclosure.attachments import store as files_store
from inquiry_service.disclosure.attachments.kinds import (
    FileType,
    Refused,
    refuse_misnamed,
    type_of,
)
from inquiry_service.disclosure.attachments.naming import download_name, proper_name
from inquiry_service.disclosure.office import DisclosureOffice
from inquiry_service.errors import BadInput, Conflict, NotFound, Problem

MOST_FILES = 10
"""Of each side in one request."""
MOST_MEGABYTES = 40
"""Of each side in one request, all files together."""
FIELD = "file"
"""The form field that a problem with a file is shown at."""
_MB = 1024 * 1024


class FileState(StrEnum):
    """What is known of a file's harmlessness; the value is stored, the label is read by staff."""

    label: str

    def __new__(cls, value: str, label: str) -> "FileState":
        member = str.__new__(cls, value)
        member._value_ = value
        member.label = label
        return member

    QUARANTINED = "quarantined", "待查毒"
    CLEAN = "clean", "已查毒"
    INFECTED = "infected", "有病毒，已隔离"
    NOT_SCANNED = "not_scanned", "未查毒"


class FileSource(StrEnum):
    """Which side a file came from."""

    APPLICANT = "applicant"
    STAFF = "staff"


_TYPES = {kind.value: kind for kind in FileType}
_STATES = {state.value: state for state in FileState}


@dataclass(frozen=True, slots=True)
class StoredFile:
    """One attached file. `size` is in bytes, `sha256` is over the plain bytes.

    `scanner` and `finding` say who checked it and what was found; empty before that.
    """

    file_id: str
    number: str
    name: str
    size: int
    sha256: str
    type: FileType
    source: FileSource
    added_at: datetime
    state: FileState
    scanned_at: datetime | None = None
    scanner: str = ""
    finding: str = ""


@dataclass(frozen=True, slots=True)
class Incoming:
    """A file that may be attached, with its content sealed already; `size` is in bytes."""

    name: str
    type: FileType
    size: int
    sha256: str
    sealed: bytes = field(repr=False)


def looked_over(office: DisclosureOffice, name: str, data: bytes) -> Incoming:
    """Judge a file by its content, and seal it. Raises `BadInput` naming `file`.

    This takes up to a second, so it comes before a transaction: SQLite lets one write at a time.
    """
    kind = _accepted(office, name, data)
    digest, sealed = hashlib.sha256(data).hexdigest(), office.seals.seal_bytes(data)
    return Incoming(proper_name(name, kind.suffixes), kind, len(data), digest, sealed)


def add_file(
    connection: Connection, office: DisclosureOffice, number: str, incoming: Incoming, by: str
) -> StoredFile:
    """Take a file in, within a use case's transaction; the use case records it in the history.

    `by` is `applicant`, or the login of whoever added it at the desk, which the history keeps.
    Raises `NotFound` for an unknown request and `BadInput` naming `file`.
    """
    source = FileSource.APPLICANT if by == FileSource.APPLICANT else FileSource.STAFF
    store.lock_request(connection, number)
    if store.request_row(connection, number) is None:
        raise NotFound("这件申请")
    _refuse_too_many(files_store.held(connection, number, source), incoming.size)
    stored = StoredFile(
        file_id=secrets.token_hex(16),
        number=number,
        name=incoming.name,
        size=incoming.size,
        sha256=incoming.sha256,
        type=incoming.type,
        source=source,
        added_at=office.clock(),
        state=FileState.QUARANTINED,
    )
    files_store.add(connection, _row(connection, office, stored, incoming.sealed))
    return stored


def _row(
    connection: Connection, office: DisclosureOffice, stored: StoredFile, sealed: bytes
) -> dict[str, Any]:
    return {
        "file_id": stored.file_id,
        "number": stored.number,
        "position": files_store.next_position(connection, stored.number),
        "name": office.seals.seal(stored.name),
        "content": sealed,
        "size": stored.size,
        "sha256": stored.sha256,
        "type": stored.type.value,
        "source": stored.source.value,
        "added_at": stored.added_at,
        "state": stored.state.value,
    }


def _accepted(office: DisclosureOffice, name: str, data: bytes) -> FileType:
    if not data:
        raise _refusal(name, "是空的，请重新选择文件")
    if len(data) > office.upload_megabytes * _MB:
        raise _refusal(
            name,
            f"有 {len(data) / _MB:.1f} MB，超过 {office.upload_megabytes} MB 的上限，"
            "请压缩图片或者拆成几个文件再上传",
        )
    try:
        kind = type_of(data)
        refuse_misnamed(download_name(name), kind)
    except Refused as fault:
        raise _refusal(name, str(fault)) from fault
    return kind


def _refusal(name: str, reason: str) -> BadInput:
    return BadInput([Problem(FIELD, f"“{download_name(name)}”{reason}。")])


def _refuse_too_many(held: tuple[int, int], size: int) -> None:
    count, total = held
    if count >= MOST_FILES:
        raise BadInput([Problem(FIELD, f"一件申请最多上传 {MOST_FILES} 个文件，请合并后再上传。")])
    if total + size > MOST_MEGABYTES * _MB:
        left = max(0, MOST_MEGABYTES * _MB - total) / _MB
        sentence = f"一件申请的文件合计不能超过 {MOST_MEGABYTES} MB，还可以上传 {left:.1f} MB。"
        raise BadInput([Problem(FIELD, sentence)])


def files_of(office: DisclosureOffice, number: str) -> tuple[StoredFile, ...]:
    """What a request has attached, in the order of coming in; empty for an unknown number."""
    with office.database.read() as connection:
        rows = files_store.rows_of(connection, number)
    return tuple(_stored(office, row) for row in rows)


def read_file(office: DisclosureOffice, number: str, file_id: str) -> tuple[StoredFile, bytes]:
    """One file with its content.

    Raises `NotFound` when that request has no such file, and `Conflict` while it waits to be
    checked, when a virus was found, and when it is not the file that was taken in.
    """
    with office.database.read() as connection:
        row = files_store.row(connection, number, file_id)
    if row is None:
        raise NotFound("这个附件")
    stored = _stored(office, row)
    if stored.state is FileState.QUARANTINED:
        raise Conflict("这个附件还没有查毒，暂时不能打开", "请稍后再试")
    if stored.state is FileState.INFECTED:
        raise Conflict("这个附件查出病毒，已经隔离，不能打开", "请让提供人重新提交干净的文件")
    return stored, _content(office, row)


def _content(office: DisclosureOffice, row: Row[Any]) -> bytes:
    try:
        data = office.seals.unseal_bytes(row.content)
    except InvalidToken as fault:
        raise Conflict("这个附件打不开，可能被改动过", "请告知系统管理员") from fault
    if hashlib.sha256(data).hexdigest() != row.sha256:
        raise Conflict("这个附件与收到时的不一致，可能被改动过", "请告知系统管理员")
    return data


def _stored(office: DisclosureOffice, row: Row[Any]) -> StoredFile:
    return StoredFile(
        file_id=row.file_id,
        number=row.number,
        name=_name(office, row),
        size=row.size,
        sha256=row.sha256,
        type=_TYPES[row.type],
        source=FileSource(row.source),
        added_at=row.added_at,
        state=_STATES[row.state],
        scanned_at=row.scanned_at,
        scanner=row.scanner or "",
        finding=row.finding or "",
    )


def _name(office: DisclosureOffice, row: Row[Any]) -> str:
    """One name that cannot be opened must not hide the other files."""
    try:
        return office.seals.unseal(row.name)
    except InvalidToken:
        return proper_name("", _TYPES[row.type].suffixes)
