"""What hangs on a chain, held against it: application, texts, letters and files of one case."""

import hashlib
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from cryptography.fernet import InvalidToken
from sqlalchemy import Connection, Row, select

from inquiry_service.disclosure import letter_store
from inquiry_service.disclosure.applications import CORRECTED
from inquiry_service.disclosure.attachments import store as files_store
from inquiry_service.disclosure.keeping.retaining_store import held_by
from inquiry_service.disclosure.office import DisclosureOffice
from inquiry_service.disclosure.rules.events import (
    CorrectedRequestReceived,
    FileAdded,
    Filed,
    LetterApproved,
    LetterDrafted,
    LetterSent,
    ReplyApproved,
    ReplyDrafted,
)
from inquiry_service.disclosure.rules.recorded import Recorded
from inquiry_service.disclosure.texts import texts

_TEXT_ID = re.compile(r"[0-9a-f]{32}")
_History = Sequence[Recorded]


@dataclass(frozen=True, slots=True)
class Fault:
    """What does not hold, and the event of the case at which that shows."""

    sequence: int
    told: str


def faults_of_contents(
    office: DisclosureOffice, connection: Connection, row: Row[Any], history: _History
) -> Iterator[Fault]:
    """Everything sealed that does not fit the digests of a chain which itself holds."""
    yield from _application(office, row, history)
    yield from _texts(office, connection, history)
    yield from _letters(office, connection, history)
    yield from _files(office, connection, history)


def fault_of_erased(
    _office: DisclosureOffice, connection: Connection, _row: Row[Any], history: _History
) -> Iterator[Fault]:
    """Nothing may hang on a case that says of itself that its contents are gone."""
    held = held_by(connection, history[0].number)
    if held.letters or held.files or held.texts:
        yield Fault(len(history), "这件案卷已经清理，却还有文书、附件或者其他文字")


def _application(office: DisclosureOffice, row: Row[Any], history: _History) -> Iterator[Fault]:
    filed = history[0].event
    if not isinstance(filed, Filed):
        yield Fault(1, "第一步不是提交申请")
    elif _digest_of_text(office, row.sealed_application) != filed.application_digest:
        yield Fault(1, "申请内容打不开，或者与提交时的摘要不符")
    elif (row.channel, row.kind) != (filed.channel, filed.matter):
        yield Fault(1, "登记簿上的来件方式或者事项种类与提交时的记录不符")


def _texts(office: DisclosureOffice, connection: Connection, history: _History) -> Iterator[Fault]:
    """The corrected application by its digest, every other text by being there and opening."""
    found = connection.execute(select(texts).where(texts.c.number == history[0].number)).all()
    opened = {row.text_id: _digest_of_text(office, row.sealed) for row in found}
    corrected = {opened[row.text_id] for row in found if row.about == CORRECTED}
    named = {}
    for one in history:
        if isinstance(one.event, CorrectedRequestReceived) and one.event.application_digest:
            named[one.event.application_digest] = one.sequence
            if one.event.application_digest not in corrected:
                yield Fault(one.sequence, "补正后的申请不见了、打不开，或者与收到时的摘要不符")
        text = getattr(one.event, "text", "")
        if _TEXT_ID.fullmatch(text) and opened.get(text) is None:
            yield Fault(one.sequence, "这一步所附的文字不见了，或者打不开")
    if corrected - set(named):
        yield Fault(max(named.values(), default=1), "有一份补正后的申请在办理过程中没有记录")


def _letters(
    office: DisclosureOffice, connection: Connection, history: _History
) -> Iterator[Fault]:
    rows = {row.letter_id: row for row in letter_store.letter_rows(connection, history[0].number)}
    last_draft, named = {}, set()
    for one in history:
        if isinstance(one.event, LetterDrafted | ReplyDrafted):
            last_draft[one.event.letter] = one
            named.add(one.event.letter)
    for one in history:
        letter = getattr(one.event, "letter", "")
        row = rows.get(letter)
        if letter not in named:
            continue
        if row is None:
            yield Fault(one.sequence, "这一步所说的文书不见了")
        elif told := _wrong_letter(office, row, one, last_draft[letter]):
            yield Fault(one.sequence, told)
    if rows.keys() - named:
        yield Fault(1, "有一份文书在办理过程中没有记录")


def _wrong_letter(office: DisclosureOffice, row: Row[Any], one: Recorded, draft: Recorded) -> str:
    """What is wrong with a letter at one event of it; empty when it holds.

    Once approved it is another text, with number and date: then its bytes are what counts.
    """
    match one.event:
        case LetterDrafted(digest=digest) | ReplyDrafted(digest=digest):
            stale = one.sequence != draft.sequence or row.digest is not None
            if not stale and _digest_of_text(office, row.sealed_content) != digest:
                return "文书草稿打不开，或者与起草时的摘要不符"
        case LetterApproved(document_number=number) | ReplyApproved(document_number=number):
            if (row.document_number or "") != number:
                return "文书上的文号与批准时的不符"
            if row.digest is None or _digest(office, row.sealed_file) != row.digest:
                return "批准的文书不见了、打不开，或者被改动过"
        case LetterSent(digest=digest):
            if _digest(office, row.sealed_file) != digest:
                return "文书与发出时的不是同一份"
    return ""


def _files(office: DisclosureOffice, connection: Connection, history: _History) -> Iterator[Fault]:
    number = history[0].number
    held = {row.file_id for row in files_store.rows_of(connection, number)}
    for one in history:
        if not isinstance(one.event, FileAdded):
            continue
        row = files_store.row(connection, number, one.event.file)
        held.discard(one.event.file)
        if row is None:
            yield Fault(one.sequence, "这一步添加的附件不见了")
        elif not row.sha256 == one.event.sha256 == _digest(office, row.content):
            yield Fault(one.sequence, "附件打不开，或者与收到时的摘要不符")
    if held:
        yield Fault(1, f"有{len(held)}个附件在办理过程中没有记录")


def _digest(office: DisclosureOffice, sealed: bytes | None) -> str | None:
    """Of what is sealed; None when there is nothing, or no key opens it."""
    try:
        return hashlib.sha256(office.seals.unseal_bytes(sealed)).hexdigest() if sealed else None
    except InvalidToken:
        return None


def _digest_of_text(office: DisclosureOffice, sealed: str) -> str | None:
    return _digest(office, sealed.encode())
