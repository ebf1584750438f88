"""Reviewing and approving letters: two persons, nothing missing, a number without gaps.

A reply passes the secrecy review (条例第十七条) and the legal check before the head approves it.
"""

import hashlib
import json
import secrets
from collections.abc import Mapping
from typing import Any

from sqlalchemy import Row

from inquiry_service.disclosure import letter_store, store
from inquiry_service.disclosure.letters.checking import is_near, missing
from inquiry_service.disclosure.letters.element import day_of
from inquiry_service.disclosure.letters.filling import fill
from inquiry_service.disclosure.letters.kinds import LetterKind
from inquiry_service.disclosure.letters.variants import Ground, variant_of
from inquiry_service.disclosure.office import DisclosureOffice
from inquiry_service.disclosure.procedure.case_file import CaseFile, opened
from inquiry_service.disclosure.procedure.effects import effect_of, refuse_without_ground
from inquiry_service.disclosure.procedure.writing import PROVISIONAL, content_of
from inquiry_service.disclosure.rules.clock import Due, due
from inquiry_service.disclosure.rules.events import (
    Event,
    LegalChecked,
    LetterApproved,
    ReplyApproved,
    SecrecyReviewed,
)
from inquiry_service.disclosure.rules.request import Choice, choice_of
from inquiry_service.errors import BadInput, NotFound, Problem

_TELLING_THE_LIMIT: Mapping[Choice, tuple[str, str]] = {
    LetterKind.RECEIPT: ("due", "答复期限"),
    LetterKind.EXTENSION: ("new_due", "延长后的期限"),  # 条例第三十三条第二款
    Ground.EXTENDED: ("new_due", "延长后的期限"),
    Ground.DELAYED: ("until", "延迟答复的期限"),  # 条例第三十五条
}


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
    with opened(office, number, by=by, expected_version=expected_version) as case:
        row = letter_in(case, letter_id)
        kind, content = _read(case, row)
        refuse_without_ground(case, kind, content, row.party)
        _refuse_incomplete(case, kind, content)
        numbered = _numbered(case, kind)
        case.happen(_approval(kind, letter_id, numbered))
        _finish(case, letter_id, kind, _dated(case, content, numbered), numbered)
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


def _dated(case: CaseFile, content: Mapping[str, str], numbered: str) -> dict[str, str]:
    """What approval itself adds: number and date."""
    return {**content, "document_number": numbered, "signed_on": case.today.isoformat()}


def _refuse_incomplete(case: CaseFile, kind: LetterKind, content: Mapping[str, str]) -> None:
    whole = _dated(case, content, "待编〔2026〕1号")
    problems = [*missing(kind, whole), *_wrong_date(case, kind, content)]
    if problems:
        raise BadInput(problems)


def _wrong_date(case: CaseFile, kind: LetterKind, content: Mapping[str, str]) -> list[Problem]:
    """The due date that is told is the clock's, not the clerk's; what may move is called so."""
    told = _TELLING_THE_LIMIT.get(variant_of(kind, content) or kind)
    if told is None:
        return []
    name, label = told
    said = day_of(content.get(name, ""))
    if name == "until" and not (said and is_near(said, case.today)):  # `missing` names it
        return []
    running, before = _limit(case, kind, content)
    if running is None:
        return []
    if name == "until" and running == before:
        return [Problem(name, f"{label}应晚于现在的期限 {running.due}，请改正。")]
    return _unlike_the_clock(running, name, label, content)


def _limit(
    case: CaseFile, kind: LetterKind, content: Mapping[str, str]
) -> tuple[Due | None, Due | None]:
    """The limit once the letter has left, and the one before."""
    events = [recorded.event for recorded in case.history]
    effect = effect_of(kind, content, on=case.today, letter="", party="")
    calendar, reading = case.office.calendar, case.office.reading
    return due([*events, *effect], calendar, reading), due(events, calendar, reading)


def _unlike_the_clock(
    running: Due, name: str, label: str, content: Mapping[str, str]
) -> list[Problem]:
    if day_of(content.get(name, "")) != running.due:
        return [Problem(name, f"{label}按工作日历应为 {running.due}，请改正。")]
    if running.provisional and not content.get("due_note"):
        return [Problem("due_note", f"{label}是暂定的，请在这里写明：{PROVISIONAL}。")]
    return []


def _numbered(case: CaseFile, kind: LetterKind) -> str:
    code, year = kind.nature.code, case.today.year
    if not code:
        return ""
    place = store.next_place(case.connection, f"letter {code}", year)
    return f"{case.office.document_mark}{code}〔{year}〕{place}号"


def _finish(
    case: CaseFile, letter_id: str, kind: LetterKind, content: Mapping[str, str], numbered: str
) -> None:
    document = fill(kind, content, folder=case.office.letter_templates)
    stored = {"salt": secrets.token_hex(16), "content": dict(content)}
    seals = case.office.seals
    letter_store.finish_letter(
        case.connection,
        letter_id,
        document_number=numbered or None,
        sealed_content=seals.seal(json.dumps(stored, ensure_ascii=False, sort_keys=True)),
        sealed_file=seals.seal_bytes(document),
        digest=hashlib.sha256(document).hexdigest(),
    )
