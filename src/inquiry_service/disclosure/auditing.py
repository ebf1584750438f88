"""Checking that nobody changed a case file afterwards."""

from cryptography.fernet import InvalidToken

from inquiry_service.disclosure import store
from inquiry_service.disclosure.events import Filed
from inquiry_service.disclosure.filing import digest
from inquiry_service.disclosure.office import DisclosureOffice
from inquiry_service.disclosure.recorded import Recorded, from_text
from inquiry_service.errors import NotFound
from inquiry_service.storage.chain import first_broken


def verify_chain(office: DisclosureOffice, number: str) -> int | None:
    """The sequence number of the first event of a case that does not hold, or None if all do.

    Beyond the hashes: each event must name this case, and the sealed application must be the one
    whose digest stands in the first event. Raises `NotFound` for an unknown number.
    """
    with office.database.read() as connection:
        row = store.request_row(connection, number)
        links = store.links(connection, number)
    if row is None:
        raise NotFound("这件申请")
    broken = first_broken(links)
    if broken is not None:
        return broken
    history = [from_text(link.sequence, link.content) for link in links]
    if not _is_filing_of(office, history[:1], row.sealed_application):
        return 1
    return next((event.sequence for event in history if event.number != number), None)


def _is_filing_of(office: DisclosureOffice, first: list[Recorded], sealed: str) -> bool:
    try:
        content = office.seals.unseal(sealed)
    except InvalidToken:
        return False
    return any(
        isinstance(recorded.event, Filed) and recorded.event.application_digest == digest(content)
        for recorded in first
    )
