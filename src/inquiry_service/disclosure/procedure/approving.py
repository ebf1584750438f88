"""Reviewing and approving letters: two persons, nothing missing, a number without gaps.

A reply passes the secrecy review (条例第十七条) and the legal check before the head approves it.
"""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Row

from inquiry_service.disclosure import letter_store, store
from inquiry_service.disclosure.letters.checking import missing
from inquiry_service.disclosure.letters.kinds import LetterKind
from inquiry_service.disclosure.office import DisclosureOffice
from inquiry_service.disclosure.procedure.case_file import CaseFile, opened
from inquiry_service.disclosure.procedure.effects import refuse_without_ground
from inquiry_service.disclosure.procedure.finishing import (
    dated,
    document_number,
    filled_ahead,
    keep_document,
    series_of,
)
from inquiry_service.disclosure.procedure.telling_limits import wrong_limit
from inquiry_service.disclosure.procedure.writing import content_of
from inquiry_service.disclosure.rules.events import (
    Event,
    LegalChecked,
    LetterApproved,
    ReplyApproved,
    SecrecyReviewed,
)
from inquiry_service.disclosure.rules.request import choice_of
from inquiry_service.errors import BadInput, NotFound


def pass_secrecy_review(
    office: DisclosureOffice, number: str, letter_id: str, *, by: str, expected_version: int
) -> None:
    """What would be disclosed holds no secret (条例第十七条). Raises `StepNotAllowed`."""
    with opened(office, number, by=by, expected_version=expected_version) as case:
        letter_in(case, letter_id)
        case.happen(SecrecyReviewed(letter_id))


def pass_legal_check(
    office: DisclosureOffice, number: str, letter_id: str, *, by: str, expected_version: int
) -> None:
    """Article, reason and remedy are right. Raises `BadInput` while an element is missing."""
    with opened(office, number, by=by, expected_version=expected_version) as case:
        kind, content = _read(case, letter_in(case, letter_id))
        _refuse_incomplete(case, kind, content)
        case.happen(LegalChecked(letter_id))


def approve_letter(
    office: DisclosureOffice, number: str, letter_id: str, *, by: str, expected_version: int
) -> str:
    """Approve: the letter gets its number and becomes the document that will be sent, unchanged.

    Gives the document number, empty for a kind that has none. Raises `BadInput` naming every
    element that is missing, and `StepNotAllowed`, above all for whoever wrote it, and when the
    step that the letter is would not be allowed any more.
    """
    ahead = filled_ahead(office, number, letter_id)
    with opened(office, number, by=by, expected_version=expected_version) as case:
        row = letter_in(case, letter_id)
        kind, content = _read(case, row)
        refuse_without_ground(case, kind, content, row.party)
        _refuse_incomplete(case, kind, content)
        numbered = _numbered(case, kind)
        case.happen(_approval(kind, letter_id, numbered))
        keep_document(case, letter_id, kind, dated(content, numbered, case.today), ahead)
        return numbered


def letter_in(case: CaseFile, letter_id: str) -> Row[Any]:
    """A letter of this case. Raises `NotFound`."""
    row = letter_store.letter_row(case.connection, case.number, letter_id)
    if row is None:
        raise NotFound("这份文书")
    return row


def kind_of(row: Row[Any]) -> LetterKind:
    kind = choice_of(LetterKind, row.kind)
    if kind is None:
        raise AssertionError(f"a letter of unknown kind {row.kind}")
    return kind


def _read(case: CaseFile, row: Row[Any]) -> tuple[LetterKind, dict[str, str]]:
    return kind_of(row), content_of(case.office, row.sealed_content)


def _approval(kind: LetterKind, letter_id: str, document_number: str) -> Event:
    happened = ReplyApproved if kind is LetterKind.REPLY else LetterApproved
    return happened(letter_id, document_number)


def _refuse_incomplete(case: CaseFile, kind: LetterKind, content: Mapping[str, str]) -> None:
    whole = dated(content, "待编〔2026〕1号", case.today)
    wrong = wrong_limit(case.office, case.history, kind, content, on=case.today)
    problems = [*missing(kind, whole), *wrong]
    if problems:
        raise BadInput(problems)


def _numbered(case: CaseFile, kind: LetterKind) -> str:
    if not kind.nature.numbered:
        return ""
    year = case.today.year
    place = store.next_place(case.connection, series_of(kind), year)
    return document_number(case.office, kind, year, place)
