"""Pre-filled forms: what a conversation gathered, reached by a signed link for seven days."""

import json
import secrets
from dataclasses import asdict, dataclass
from datetime import timedelta

from itsdangerous import BadData, TimestampSigner
from sqlalchemy import Connection

from inquiry_service.disclosure import store
from inquiry_service.disclosure.office import DisclosureOffice
from inquiry_service.disclosure.rules.request import (
    MAX_DESCRIPTION,
    MAX_SHORT_FIELD,
    ReceiveBy,
    SupplyForm,
    choice_of,
    printable,
)
from inquiry_service.errors import NotFound
from inquiry_service.moments import Clock
from inquiry_service.redaction import redact

DRAFT_LIFETIME = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class DraftFields:
    """What is wanted; who wants it is told on the form itself, never in a conversation."""

    description: str = ""
    document_number: str = ""
    period: str = ""
    supply_form: SupplyForm | None = None
    receive_by: ReceiveBy | None = None


def save_draft(
    office: DisclosureOffice, fields: DraftFields, conversation_id: str | None = None
) -> str:
    """Keep the fields, redacted, and return the token for the link."""
    draft_id, now = secrets.token_hex(16), office.clock()
    content = json.dumps(asdict(_redacted(fields)), ensure_ascii=False)
    with office.database.begin() as connection:
        forget = now - DRAFT_LIFETIME
        store.add_draft(connection, draft_id, conversation_id, content, now, forget=forget)
    return _signer(office).sign(draft_id).decode()


def draft_of(office: DisclosureOffice, token: str) -> DraftFields:
    """The fields behind a token. Raises `NotFound` when it is forged, expired or unknown."""
    try:
        lifetime = int(DRAFT_LIFETIME.total_seconds())
        draft_id = _signer(office).unsign(token, max_age=lifetime).decode()
    except BadData:
        raise NotFound("预填内容") from None
    with office.database.read() as connection:
        row = store.draft_row(connection, draft_id)
    if row is None:
        raise NotFound("预填内容")
    return _fields(json.loads(row.fields))


def conversation_behind(
    office: DisclosureOffice, connection: Connection, token: str | None
) -> str | None:
    """The conversation a draft came from; an unusable token never stands in the way of filing."""
    try:
        draft_id = _signer(office).unsign(token or "").decode()
    except BadData:
        return None
    row = store.draft_row(connection, draft_id)
    return None if row is None else row.conversation_id


def _redacted(fields: DraftFields) -> DraftFields:
    return DraftFields(
        redact(printable(fields.description))[:MAX_DESCRIPTION],
        redact(printable(fields.document_number))[:MAX_SHORT_FIELD],
        redact(printable(fields.period))[:MAX_SHORT_FIELD],
        fields.supply_form,
        fields.receive_by,
    )


def _fields(stored: dict[str, str | None]) -> DraftFields:
    return DraftFields(
        stored["description"] or "",
        stored["document_number"] or "",
        stored["period"] or "",
        choice_of(SupplyForm, stored["supply_form"]),
        choice_of(ReceiveBy, stored["receive_by"]),
    )


class _Signer(TimestampSigner):
    """Signs by the office's clock instead of the machine's."""

    clock: Clock

    def get_timestamp(self) -> int:
        return int(self.clock().timestamp())


def _signer(office: DisclosureOffice) -> _Signer:
    signer = _Signer(office.seals.draft_key(), salt="disclosure-draft")
    signer.clock = office.clock
    return signer
