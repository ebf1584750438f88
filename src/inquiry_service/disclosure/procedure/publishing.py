"""Publishing what several ask for, or one suggests (条例第四十四条): decided, done, or dropped.

A decision stands in every case that it rests on, so that none of them is answered as if it did not
exist. The same transaction writes it into all of them, or into none.
"""

import re
import secrets
from collections.abc import Iterable, Sequence

from sqlalchemy import Connection, select

from inquiry_service.disclosure import store
from inquiry_service.disclosure.office import DisclosureOffice
from inquiry_service.disclosure.procedure.case_file import CaseFile, case_within
from inquiry_service.disclosure.rules.events import (
    CaseErased,
    InformationPublished,
    PublicationDecided,
    PublicationDropped,
)
from inquiry_service.disclosure.rules.numbering import find_request_number
from inquiry_service.disclosure.rules.recorded import from_text
from inquiry_service.disclosure.rules.request import printable
from inquiry_service.errors import BadInput, NotFound, Problem
from inquiry_service.redaction import redact

TITLE, DROPPED = "publication", "publication-dropped"
"""What the sealed texts are about: what is to be published, and why it is not after all."""

LONGEST_TITLE, LONGEST_ADDRESS = 200, 500
_ADDRESS = re.compile(r"https?://[^\s/?#@\\]+(?:[/?#]\S*)?", re.IGNORECASE)


def decide_publication(
    office: DisclosureOffice,
    number: str,
    *,
    title: str,
    requests: Iterable[str] = (),
    reviewed: bool,
    by: str,
    expected_version: int,
) -> str:
    """The bureau will publish this; gives the name of the decision.

    `requests` are the other cases that it rests on. `reviewed`: whoever decides states that its
    secrecy was reviewed (条例第十七条). Raises `BadInput` with one problem a field.
    """
    own, title = find_request_number(number) or "", printable(title)
    numbers = sorted({own, *(find_request_number(one) or one for one in requests)})
    publication = secrets.token_hex(8)
    with office.database.begin() as connection:
        cases = [
            case_within(
                office,
                connection,
                one,
                by=by,
                expected_version=expected_version if one == own else None,
            )
            for one in numbers
        ]
        if problems := _problems(cases, title, reviewed):
            raise BadInput(problems)
        for case in cases:
            text = case.write(TITLE, title)
            case.happen(PublicationDecided(case.today, publication, tuple(numbers), text))
    return publication


def mark_published(office: DisclosureOffice, publication: str, *, address: str, by: str) -> None:
    """It stands at this address now; the same address again changes nothing.

    Raises `BadInput` for what is no address, `NotFound` for an unknown decision.
    """
    address = address.strip()
    if len(address) > LONGEST_ADDRESS or not _ADDRESS.fullmatch(address):
        told = "请填写公开网页的完整网址，以 http:// 或者 https:// 开头。"
        raise BadInput([Problem("address", told)])
    with office.database.begin() as connection:
        for case in _cases_of(office, connection, publication, by):
            if _address_in(case, publication) != address:
                case.happen(InformationPublished(case.today, publication, address))


def drop_publication(office: DisclosureOffice, publication: str, *, why: str, by: str) -> None:
    """It is not to be published after all, or was taken down; the reason is kept."""
    if not printable(why):
        raise BadInput([Problem("why", "请写明为什么不再公开。")])
    with office.database.begin() as connection:
        for case in _cases_of(office, connection, publication, by):
            text = case.write(DROPPED, printable(why))
            case.happen(PublicationDropped(case.today, publication, text))


def _problems(cases: Sequence[CaseFile], title: str, reviewed: bool) -> list[Problem]:
    problems = []
    if not title or len(title) > LONGEST_TITLE:
        told = f"请写明要公开的信息的名称，最多{LONGEST_TITLE}字。"
        problems.append(Problem("title", told))
    elif redact(title) != title or any(_names(case, title) for case in cases):
        # The next person reads it before filing (个人信息保护法第二十五条).
        told = "名称会给公众看，请不要写申请人的姓名、单位名称、证件号码和联系方式。"
        problems.append(Problem("title", told))
    if not reviewed:
        told = "公开以前应先做保密审查（条例第十七条），请审查后勾选。"
        problems.append(Problem("secrecy_reviewed", told))
    return problems


def _names(case: CaseFile, title: str) -> bool:
    a = case.application
    return any(name in title for name in (a.applicant, a.representative, a.contact_person) if name)


def _cases_of(
    office: DisclosureOffice, connection: Connection, publication: str, by: str
) -> list[CaseFile]:
    """Every case that a decision stands in, without those whose contents are gone."""
    decided = select(store.events.c.sequence, store.events.c.content).where(
        store.events.c.name == PublicationDecided.__name__
    )
    found = (from_text(row.sequence, row.content) for row in connection.execute(decided).all())
    numbers = {
        recorded.number
        for recorded in found
        if getattr(recorded.event, "publication", "") == publication
    }
    cases = [case_within(office, connection, one, by=by) for one in sorted(numbers)]
    kept = [case for case in cases if not case.position.has(CaseErased)]
    if not kept:
        raise NotFound("这项主动公开的决定")
    return kept


def _address_in(case: CaseFile, publication: str) -> str:
    """Where this case says that it stands; empty before it does, and once it was dropped."""
    address = ""
    for recorded in case.history:
        match recorded.event:
            case InformationPublished(publication=name, address=said) if name == publication:
                address = said
            case PublicationDropped(publication=name) if name == publication:
                address = ""
            case _:
                pass
    return address
