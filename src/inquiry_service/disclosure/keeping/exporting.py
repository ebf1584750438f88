"""The whole case as one ZIP: to be read, printed, and checked without any software of ours.

The same state of a case gives the same bytes: no moment of export stands in it, nothing is
compressed, and every entry has the same date. It holds the applicant's data whole.
"""

import hashlib
import io
import json
import zipfile
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from typing import Any

from cryptography.fernet import InvalidToken
from sqlalchemy import Connection

from inquiry_service.disclosure import letter_store, store
from inquiry_service.disclosure.applications import CORRECTED
from inquiry_service.disclosure.attachments import store as files_store
from inquiry_service.disclosure.attachments.adding import FileState, StoredFile, files_of
from inquiry_service.disclosure.attachments.naming import download_name
from inquiry_service.disclosure.keeping.auditing import Audited, audit_case, steady
from inquiry_service.disclosure.keeping.exporting_page import Exported, page
from inquiry_service.disclosure.keeping.exporting_words import HOW_TO_CHECK
from inquiry_service.disclosure.looking.handling import Case, open_case
from inquiry_service.disclosure.looking.letters_seen import LetterSeen
from inquiry_service.disclosure.office import DisclosureOffice
from inquiry_service.disclosure.procedure.case_file import opened
from inquiry_service.disclosure.rules.events import CaseExported
from inquiry_service.disclosure.rules.numbering import find_request_number
from inquiry_service.disclosure.texts import texts_of
from inquiry_service.errors import Conflict, NotFound
from inquiry_service.storage.chain import Link

WITHHELD = (FileState.QUARANTINED, FileState.INFECTED)
"""Files that stay in: nobody has checked them yet, or there is a virus in them."""


def export_case(office: DisclosureOffice, number: str) -> bytes:
    """The case file as a ZIP. It masks nothing, so the desk uses `export_on_record`.

    Raises `NotFound` for an unknown number, and `Conflict` when the case moved while it was read,
    or when it is so damaged that nobody can read it.
    """
    proper = find_request_number(number) or ""
    audited, case = audit_case(office, proper), _readable(office, proper)
    with office.database.read() as connection:
        steady(connection)
        read = _Read(office, connection, proper, audited)
        parts, links = dict(read.parts(case.letters)), store.links(connection, proper)
    if not len(links) == audited.events == case.version:
        raise Conflict("导出期间这件申请有了新的进展", "请重新导出")
    exported = Exported(case, audited, links, tuple(read.listed), tuple(read.left_out))
    return _zipped({"index.html": page(exported).encode(), **parts})


def export_on_record(office: DisclosureOffice, number: str, *, by: str) -> bytes:
    """The case file for a person, after recording who took it (个人信息保护法第五十一条).

    What is recorded is in the file. Raises what `export_case` raises; when the case cannot be
    read nothing is recorded.
    """
    _readable(office, find_request_number(number) or "")
    with opened(office, number, by=by) as case:
        case.happen(CaseExported(case.today))
    return export_case(office, number)


def _readable(office: DisclosureOffice, number: str) -> Case:
    try:
        return open_case(office, number)
    except (InvalidToken, ValueError) as fault:
        told = "这件案卷的申请书、文书或者办理记录打不开"
        raise Conflict(told, "请用 disclosure verify 查明是密钥不全还是内容已损坏") from fault


@dataclass
class _Read:
    """What goes into the ZIP beside the page; `listed` and `left_out` are told on it."""

    office: DisclosureOffice
    connection: Connection
    number: str
    audited: Audited
    listed: list[tuple[str, str, str]] = field(default_factory=list)
    left_out: list[tuple[str, str]] = field(default_factory=list)

    def parts(self, letters: tuple[LetterSeen, ...]) -> Iterator[tuple[str, bytes]]:
        links = store.links(self.connection, self.number)
        content = {**dict(self._applications()), **dict(self._letters(letters))}
        content |= dict(self._files())
        yield "events.jsonl", _lines(links)
        yield from ((f"chain/{link.sequence:04}.txt", hashed(link)) for link in links)
        yield "verification.json", _json(asdict(self.audited))
        yield "texts.json", _json(list(self._texts()))
        yield from content.items()
        yield "SHA256SUMS", self._sums(links).encode()
        yield "VERIFY.txt", HOW_TO_CHECK.encode()

    def _applications(self) -> Iterator[tuple[str, bytes]]:
        """The very texts whose digests stand in the chain."""
        row = store.request_row(self.connection, self.number)
        if row is None:
            raise NotFound("这件申请")
        yield from self._kept("application.json", "申请书（提交时）", row.sealed_application)
        written = texts_of(self.connection, self.office.seals, self.number)
        corrected = [one for one in written if one.about == CORRECTED]
        for at, one in enumerate(corrected, 1):
            name = f"application-corrected-{at}.json"
            yield self._list(name, "申请书（补正后）", one.text.encode())

    def _texts(self) -> Iterator[dict[str, str]]:
        for one in texts_of(self.connection, self.office.seals, self.number):
            if one.about != CORRECTED:
                at = one.at.isoformat()
                yield {
                    "id": one.text_id,
                    "about": one.about,
                    "at": at,
                    "actor": one.actor,
                    "text": one.text,
                }

    def _letters(self, letters: tuple[LetterSeen, ...]) -> Iterator[tuple[str, bytes]]:
        """A finished letter byte for byte; a draft as the salted text its digest is of."""
        known = {one.letter_id: one for one in letters}
        for at, row in enumerate(letter_store.letter_rows(self.connection, self.number), 1):
            seen = known.get(row.letter_id)
            title = seen.kind.label if seen else row.kind
            if row.sealed_file is None:
                yield from self._kept(
                    f"letters/{at:02}-draft.json", f"{title}（草稿）", row.sealed_content
                )
            else:
                name = download_name(f"{at:02}-{title} {row.document_number or ''}".strip())
                yield from self._kept(f"letters/{name}.docx", title, row.sealed_file)

    def _files(self) -> Iterator[tuple[str, bytes]]:
        for at, file in enumerate(files_of(self.office, self.number), 1):
            name = f"attachments/{at:02}-{download_name(file.name)}"
            row = files_store.row(self.connection, self.number, file.file_id)
            if file.state in WITHHELD or row is None:
                self.left_out.append((name, file.state.label))
            else:
                yield from self._kept(name, _about(file), row.content)

    def _kept(self, name: str, what: str, sealed: str | bytes) -> Iterator[tuple[str, bytes]]:
        """One sealed thing, opened and listed; what does not open is told instead."""
        token = sealed.encode() if isinstance(sealed, str) else sealed
        try:
            yield self._list(name, what, self.office.seals.unseal_bytes(token))
        except InvalidToken:
            self.left_out.append((name, "打不开（密钥不全或者内容已损坏）"))

    def _list(self, name: str, what: str, data: bytes) -> tuple[str, bytes]:
        self.listed.append((name, what, hashlib.sha256(data).hexdigest()))
        return name, data

    def _sums(self, links: tuple[Link, ...]) -> str:
        """As `sha256sum -c` reads it: the chain's own hashes, and what has been listed."""
        chain = [f"{link.hash}  chain/{link.sequence:04}.txt\n" for link in links]
        return "".join(chain + [f"{digest}  {name}\n" for name, _, digest in self.listed])


def hashed(link: Link) -> bytes:
    """The exact bytes whose SHA-256 is a link's hash; the first line is the hash before it."""
    return f"{link.previous_hash}\n{link.sequence}\n{link.content}".encode()


def _about(file: StoredFile) -> str:
    return f"附件（{file.state.label}）"


def _lines(links: tuple[Link, ...]) -> bytes:
    return "".join(json.dumps(asdict(one), ensure_ascii=False) + "\n" for one in links).encode()


def _json(content: Any) -> bytes:
    return json.dumps(content, ensure_ascii=False, indent=2, sort_keys=True).encode()


def _zipped(parts: dict[str, bytes]) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_STORED) as archive:
        for name, data in parts.items():
            entry = zipfile.ZipInfo(name)  # dated 1980-01-01
            entry.create_system, entry.external_attr = 3, 0o644 << 16
            archive.writestr(entry, data)
    return packed.getvalue()
