"""What was written about a case, sealed; events name it by its id and carry no word of it."""

import secrets
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Column, Connection, ForeignKey, Index, String, Table, Text, insert, select

from inquiry_service.disclosure.sealing import Seals
from inquiry_service.storage import UtcMoment, metadata

texts = Table(
    "disclosure_texts",
    metadata,
    Column("text_id", String(32), primary_key=True),
    Column("number", String(20), ForeignKey("disclosure_requests.number"), nullable=False),
    Column("about", String(40), nullable=False),
    Column("sealed", Text, nullable=False, info={"sealed": True}),
    Column("written_at", UtcMoment, nullable=False),
    Column("actor", String(64), nullable=False),
    Index(None, "number"),
)

ABOUT = {
    "search": "检索记录",
    "reasons": "申请人说明的理由",
    "returned": "退回的原因",
    "discarded": "文书作废的原因",
    "complaint": "投诉",
    "reply": "当场答复",
    "publication": "决定主动公开的信息",
    "publication-dropped": "取消主动公开的原因",
}
"""What a text is about, as staff read it; a corrected application has a page of its own."""


@dataclass(frozen=True, slots=True)
class Written:
    """One text of a case; `about` says of what: `application`, `search`, `reasons`, ...."""

    text_id: str
    about: str
    text: str
    at: datetime
    actor: str


def add_text(
    connection: Connection,
    seals: Seals,
    *,
    number: str,
    about: str,
    text: str,
    at: datetime,
    actor: str,
) -> str:
    """Keep a text within the caller's transaction; gives its id."""
    text_id = secrets.token_hex(16)
    row = {"text_id": text_id, "number": number, "about": about, "sealed": seals.seal(text)}
    connection.execute(insert(texts).values(**row, written_at=at, actor=actor))
    return text_id


def texts_of(connection: Connection, seals: Seals, number: str) -> tuple[Written, ...]:
    """All texts of a case, oldest first."""
    found = select(texts).where(texts.c.number == number).order_by(texts.c.written_at)
    return tuple(
        Written(row.text_id, row.about, seals.unseal(row.sealed), row.written_at, row.actor)
        for row in connection.execute(found)
    )
