"""Sending an approved letter: the very bytes that were approved, and the step that they are."""

import hashlib
from dataclasses import dataclass
from datetime import date

from inquiry_service.disclosure import letter_store
from inquiry_service.disclosure.letters.composing import values
from inquiry_service.disclosure.letters.kinds import Delivery, LetterKind
from inquiry_service.disclosure.office import DisclosureOffice
from inquiry_service.disclosure.procedure.approving import kind_of, letter_in
from inquiry_service.disclosure.procedure.case_file import opened
from inquiry_service.disclosure.procedure.effects import effect_of
from inquiry_service.disclosure.procedure.telling_limits import refuse_overtaken
from inquiry_service.disclosure.procedure.writing import content_of
from inquiry_service.disclosure.rules.events import LetterSent, ReplySent
from inquiry_service.errors import NotFound, StepNotAllowed


@dataclass(frozen=True, slots=True)
class LetterFile:
    """A finished document; `digest` is the SHA-256 of `data`."""

    name: str
    data: bytes
    digest: str


def send_letter(
    office: DisclosureOffice,
    number: str,
    letter_id: str,
    *,
    route: Delivery,
    on: date | None = None,
    by: str,
    expected_version: int,
) -> None:
    """The letter leaves: `on` is the posting day, or the day it was signed for (235号).

    What it means for the procedure happens in the same transaction. Raises `StepNotAllowed`, also
    when the limit that it tells is no longer the clock's, and `NotFound`.
    """
    with opened(office, number, by=by, expected_version=expected_version) as case:
        row = letter_in(case, letter_id)
        if row.digest is None:
            raise StepNotAllowed("文书还没有批准", "条例第四十五条")
        kind, day = kind_of(row), on or case.today
        sent = LetterSent(letter_id, day, route.value, row.digest)
        if kind is LetterKind.REPLY:
            case.happen(
                sent, ReplySent(day, row.outcome_code, "", letter=letter_id, route=route.value)
            )
            return
        content, before = content_of(office, row.sealed_content), case.history
        case.happen(sent, *effect_of(kind, content, on=day, letter=letter_id, party=row.party))
        refuse_overtaken(office, before, kind, content, on=day)


def letter_file(office: DisclosureOffice, number: str, letter_id: str) -> LetterFile:
    """The finished document of a letter. Raises `NotFound` before approval."""
    with office.database.read() as connection:
        row = letter_store.letter_row(connection, number, letter_id)
    if row is None or row.sealed_file is None:
        raise NotFound("这份文书")
    data = office.seals.unseal_bytes(row.sealed_file)
    if hashlib.sha256(data).hexdigest() != row.digest:
        raise AssertionError("a letter is not what was approved")
    content = content_of(office, row.sealed_content)
    title = values(kind_of(row), content)["title"]
    return LetterFile(f"{title} {row.document_number or number}.docx", data, row.digest)
