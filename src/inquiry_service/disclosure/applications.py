"""The application as it stands now: as filed, or as the applicant corrected it (条例第三十条)."""

import json
from typing import Any

from sqlalchemy import Connection, Row, select

from inquiry_service.disclosure.rules.request import Application, application_from
from inquiry_service.disclosure.sealing import Seals
from inquiry_service.disclosure.texts import texts

CORRECTED = "application"
"""What a sealed text of a corrected application is about."""


def application_now(connection: Connection, seals: Seals, row: Row[Any]) -> Application:
    """The latest version of a request's application, unsealed."""
    newest = (
        select(texts.c.sealed)
        .where(texts.c.number == row.number, texts.c.about == CORRECTED)
        .order_by(texts.c.written_at.desc())
        .limit(1)
    )
    sealed = connection.execute(newest).scalar() or row.sealed_application
    return unsealed(seals, sealed)


def unsealed(seals: Seals, sealed: str) -> Application:
    return application_from(json.loads(seals.unseal(sealed))["application"])
