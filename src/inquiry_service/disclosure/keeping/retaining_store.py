"""The SQL of erasing a case: rows and columns that tell who asked or what was said."""

import json
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection, Table, delete, func, select, update

from inquiry_service.disclosure import store
from inquiry_service.disclosure.attachments.store import files
from inquiry_service.disclosure.letter_store import letters
from inquiry_service.disclosure.office import DisclosureOffice
from inquiry_service.disclosure.procedure.before_filing import shown
from inquiry_service.disclosure.procedure.drafts import DRAFT_LIFETIME
from inquiry_service.disclosure.texts import texts
from inquiry_service.notify.forgetting import blot_out

ERASED_SUMMARY = "（保管期满，内容已清理）"


@dataclass(frozen=True, slots=True)
class Held:
    """How much of a case would go, beside the application itself."""

    letters: int
    files: int
    texts: int
    conversation: bool


def held_by(connection: Connection, number: str) -> Held:
    talk = select(store.requests.c.conversation_id).where(store.requests.c.number == number)
    return Held(
        letters=_count(connection, letters, number),
        files=_count(connection, files, number),
        texts=_count(connection, texts, number),
        conversation=connection.execute(talk).scalar() is not None,
    )


def _count(connection: Connection, table: Table, number: str) -> int:
    counted = select(func.count()).where(table.c.number == number)
    return int(connection.execute(counted).scalar_one())


def wipe(office: DisclosureOffice, connection: Connection, number: str) -> None:
    """Delete letters, files and texts, and overwrite the rest, within the caller's transaction.

    What the register counts by stays: number, matter, applicant class, channel, day of filing.
    Without its mark an erased case is of the same applicant as no other, see `likeness`.
    """
    for table in (letters, files, texts):
        connection.execute(delete(table).where(table.c.number == number))
    nothing = json.dumps({"salt": "", "application": {}})
    changed = update(store.requests).where(store.requests.c.number == number)
    connection.execute(
        changed.values(
            sealed_application=office.seals.seal(nothing),
            summary=ERASED_SUMMARY,
            wish="",
            applicant_mark="",
            submission_hash=secrets.token_hex(32),
            conversation_id=None,
        )
    )
    if office.post is not None:
        blot_out(office.post, connection, f"{number}/")


def forget_unfiled(connection: Connection, now: datetime, forms_kept: timedelta) -> tuple[int, int]:
    """How many expired drafts and how many old forms were deleted."""
    drafts = delete(store.drafts).where(store.drafts.c.saved_at < now - DRAFT_LIFETIME)
    forms = delete(shown).where(shown.c.shown_at < now - forms_kept)
    return connection.execute(drafts).rowcount, connection.execute(forms).rowcount
