"""An approved letter becomes a document: filled before the database is locked, kept while it is.

Filling takes ten times as long as all else that approval does, and on SQLite nobody else can write
meanwhile. The same content gives the same bytes: so what was filled ahead is what would be filled
now, exactly when nothing has changed that it was filled from, its number included.
"""

import hashlib
import json
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from inquiry_service.disclosure import letter_store, store
from inquiry_service.disclosure.letters.filling import fill
from inquiry_service.disclosure.letters.kinds import LetterKind
from inquiry_service.disclosure.office import DisclosureOffice
from inquiry_service.disclosure.procedure.case_file import CaseFile
from inquiry_service.disclosure.procedure.writing import content_of
from inquiry_service.disclosure.rules.numbering import find_request_number
from inquiry_service.disclosure.rules.request import choice_of
from inquiry_service.errors import BadInput
from inquiry_service.moments import local_day


@dataclass(frozen=True, slots=True)
class Filled:
    """A document, and all that it was filled from."""

    kind: LetterKind
    content: Mapping[str, str]
    document: bytes


def filled_ahead(office: DisclosureOffice, number: str, letter_id: str) -> Filled | None:
    """The document as approval would make it now; None for what cannot be approved as it stands.

    Its number is the next one, which another letter may take before this one is approved.
    """
    today = local_day(office.clock())
    with office.database.read() as connection:
        row = letter_store.letter_row(connection, find_request_number(number) or "", letter_id)
        kind = choice_of(LetterKind, row.kind) if row else None
        if row is None or kind is None or row.digest is not None:
            return None
        place = store.place_to_come(connection, series_of(kind), today.year)
    numbered = document_number(office, kind, today.year, place)
    content = dated(content_of(office, row.sealed_content), numbered, today)
    try:
        return Filled(kind, content, fill(kind, content, folder=office.letter_templates))
    except BadInput:  # approval says what is missing
        return None


def keep_document(
    case: CaseFile,
    letter_id: str,
    kind: LetterKind,
    content: Mapping[str, str],
    ahead: Filled | None,
) -> None:
    """Keep the finished document; it is filled again when what it was filled from has changed."""
    as_filled = ahead is not None and (ahead.kind, ahead.content) == (kind, content)
    folder = case.office.letter_templates
    document = ahead.document if ahead and as_filled else fill(kind, content, folder=folder)
    stored = {"salt": secrets.token_hex(16), "content": dict(content)}
    seals = case.office.seals
    letter_store.finish_letter(
        case.connection,
        letter_id,
        document_number=content["document_number"] or None,
        sealed_content=seals.seal(json.dumps(stored, ensure_ascii=False, sort_keys=True)),
        sealed_file=seals.seal_bytes(document),
        digest=hashlib.sha256(document).hexdigest(),
    )


def dated(content: Mapping[str, str], numbered: str, today: date) -> dict[str, str]:
    """What approval itself adds: number and date."""
    return {**content, "document_number": numbered, "signed_on": today.isoformat()}


def series_of(kind: LetterKind) -> str:
    """The name of the yearly sequence that letters of a kind are numbered in."""
    return f"letter {kind.nature.code}"


def document_number(office: DisclosureOffice, kind: LetterKind, year: int, place: int) -> str:
    """The 文号 at a place of its series; empty for a kind that has none."""
    code = kind.nature.code
    return f"{office.document_mark}{code}〔{year}〕{place}号" if code else ""
