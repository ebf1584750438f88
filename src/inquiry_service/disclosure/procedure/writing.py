"""Writing letters: a draft with what the case already knows filled in, and who sends it back."""

import hashlib
import json
import secrets
from collections.abc import Mapping
from datetime import date

from inquiry_service.disclosure import letter_store
from inquiry_service.disclosure.letters.checking import naming_applicant
from inquiry_service.disclosure.letters.elements import elements_of, starting_content
from inquiry_service.disclosure.letters.kinds import LetterKind
from inquiry_service.disclosure.letters.variants import with_article
from inquiry_service.disclosure.office import DisclosureOffice
from inquiry_service.disclosure.procedure.case_file import CaseFile, opened
from inquiry_service.disclosure.procedure.effects import refuse_without_ground
from inquiry_service.disclosure.rules.clock import Due
from inquiry_service.disclosure.rules.events import (
    LetterDiscarded,
    LetterDrafted,
    LetterReturned,
    ReplyDrafted,
    ReplyReturned,
)
from inquiry_service.disclosure.rules.matters import Matter
from inquiry_service.disclosure.rules.outcomes import outcome_of
from inquiry_service.disclosure.rules.remedies import remedy_for
from inquiry_service.disclosure.rules.request import Application, printable
from inquiry_service.errors import BadInput, NotFound, Problem

MAX_ELEMENT = 20_000
PROVISIONAL = "该日期涉及放假安排尚未公布的年份，为暂定日期，公布后重新计算"
"""What a letter says beside a date that may still move."""


def draft_letter(
    office: DisclosureOffice,
    number: str,
    kind: LetterKind,
    content: Mapping[str, str],
    *,
    party: str = "",
    letter_id: str | None = None,
    by: str,
    expected_version: int,
) -> str:
    """Write a letter, or write a draft anew; gives its id. It may still be incomplete.

    `party` designates who is consulted (第三方一), for the history and never by name. Raises
    `StepNotAllowed` when the step the letter stands for is not allowed now, `BadInput` for what
    must not stand in it at all, `NotFound` for a draft that is none.
    """
    with opened(office, number, by=by, expected_version=expected_version) as case:
        written = _tidied(kind, _of_its_matter(case, kind, content))
        refuse_without_ground(case, kind, written, party)
        _refuse_telling(case, kind, written)
        return _kept(case, kind, written, party, letter_id)


def _of_its_matter(
    case: CaseFile, kind: LetterKind, content: Mapping[str, str]
) -> Mapping[str, str]:
    """What a case is about is not for the clerk to choose, nor the article that goes with it."""
    if kind is not LetterKind.RECEIPT:
        return content
    return with_article(kind, {**content, "matter": case.position.matter})


def _kept(
    case: CaseFile, kind: LetterKind, content: Mapping[str, str], party: str, letter_id: str | None
) -> str:
    outcome, sealed = content.get("outcome", ""), _salted(content)
    name = letter_id or secrets.token_hex(16)
    digest = hashlib.sha256(sealed.encode()).hexdigest()
    if kind is LetterKind.REPLY:
        case.happen(ReplyDrafted(name, outcome, digest))
    else:
        case.happen(LetterDrafted(name, kind.value, digest))
    seals = case.office.seals
    if letter_id is None:
        letter_store.add_letter(
            case.connection,
            letter_store.NewLetter(
                name, case.number, kind.value, outcome, party, seals.seal(sealed), case.now
            ),
        )
    else:
        row = letter_store.letter_row(case.connection, case.number, letter_id)
        if row is None or row.kind != kind.value:
            raise NotFound("这份文书")
        letter_store.rewrite_letter(
            case.connection,
            letter_id,
            outcome_code=outcome,
            party=party,
            sealed_content=seals.seal(sealed),
        )
    return name


def return_letter(
    office: DisclosureOffice,
    number: str,
    letter_id: str,
    *,
    why: str,
    by: str,
    expected_version: int,
) -> None:
    """Send a draft back to whoever wrote it. Raises `BadInput` without a reason."""
    if not printable(why):
        raise BadInput([Problem("why", "请写明退回的原因，起草人要据此修改。")])
    with opened(office, number, by=by, expected_version=expected_version) as case:
        text = case.write("returned", printable(why)[:MAX_ELEMENT])
        reply = case.position.reply == letter_id
        case.happen(ReplyReturned(letter_id, text) if reply else LetterReturned(letter_id, text))


def discard_letter(
    office: DisclosureOffice,
    number: str,
    letter_id: str,
    *,
    because: str,
    by: str,
    expected_version: int,
) -> None:
    """A letter will not be sent; it stays in the file, and its number is not given again.

    Raises `BadInput` without a reason, `StepNotAllowed` for one that left, and for the reply that
    is under way.
    """
    if not printable(because):
        raise BadInput([Problem("because", "请写明作废的原因。")])
    with opened(office, number, by=by, expected_version=expected_version) as case:
        text = case.write("discarded", printable(because)[:MAX_ELEMENT])
        case.happen(LetterDiscarded(letter_id, text))


def suggested_content(
    office: DisclosureOffice,
    kind: LetterKind,
    application: Application,
    *,
    number: str,
    due: Due | None,
    received: date | None = None,
    matter: str = Matter.REQUEST.value,
    outcome_code: str = "",
) -> dict[str, str]:
    """What the case already knows of a letter's elements: the clerk changes what is not right.

    `received` is told where no limit runs that would know it (条例第四十一条、第四十四条), `matter`
    is what the case is about.
    """
    received = due.received if due else received
    organisation = application.by_organisation
    outcome = outcome_of(outcome_code)
    known = {
        "addressee": application.applicant,
        "applicant": application.applicant,
        "addressed_as": "organisation" if organisation else "person",
        "request_number": number,
        "request_date": received.isoformat() if received else "",
        "submitted_on": received.isoformat() if received else "",
        "request_summary": application.description,
        "due": due.due.isoformat() if due else "",
        "due_note": PROVISIONAL if due and due.provisional else "",
        "bureau": office.bureau,
        "contact": office.contact,
        "applicant_kind": application.applicant_kind.value if application.applicant_kind else "",
        "supply_form": application.supply_form.value if application.supply_form else "",
        "receive_by": application.receive_by.value if application.receive_by else "",
    }
    if outcome is not None:
        remedy = remedy_for(outcome, organ=office.reconsideration_organ, court=office.court)
        known["remedy"] = remedy.text
    known |= starting_content(kind, outcome_code)
    if kind is LetterKind.RECEIPT:
        known = with_article(kind, known | {"matter": matter})
    if kind.nature.hides_applicant:
        known.pop("addressee")
    names = {element.name for element in elements_of(kind, known)}
    return {name: text for name, text in known.items() if name in names and text}


def content_of(office: DisclosureOffice, sealed_content: str) -> dict[str, str]:
    """What stands in a letter, unsealed."""
    stored: dict[str, str] = json.loads(office.seals.unseal(sealed_content))["content"]
    return stored


def _tidied(kind: LetterKind, content: Mapping[str, str]) -> dict[str, str]:
    names = {element.name for element in elements_of(kind, content)}
    kept = {name: printable(content.get(name, "")) for name in names}
    too_long = [
        Problem(name, f"这一项最多{MAX_ELEMENT}字。")
        for name, text in kept.items()
        if len(text) > MAX_ELEMENT
    ]
    if too_long:
        raise BadInput(too_long)
    return {name: text for name, text in kept.items() if text}


def _refuse_telling(case: CaseFile, kind: LetterKind, content: Mapping[str, str]) -> None:
    """Whoever is consulted need not learn who asks (个人信息保护法第六条)."""
    a = case.application
    telling = (a.applicant, a.identity_number, a.credit_code, a.phone, a.email, a.address)
    if problems := naming_applicant(kind, content, [text for text in telling if text]):
        raise BadInput(problems)


def _salted(content: Mapping[str, str]) -> str:
    """The salt keeps the digest in the open chain from being guessed at."""
    stored = {"salt": secrets.token_hex(16), "content": dict(content)}
    return json.dumps(stored, ensure_ascii=False, sort_keys=True)
