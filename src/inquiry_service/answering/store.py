"""Answers on record, so that staff can see later why a question was answered as it was.

The question is redacted by the caller. The candidate passages and figures are those of the
index version named, on which the same question gives the same answer again.
"""

import uuid
from dataclasses import asdict
from datetime import datetime
from typing import Any

from sqlalchemy import JSON, Column, Connection, Float, Row, String, Table, Text, insert, select

from inquiry_service.answering.answer import Answer
from inquiry_service.storage import UtcMoment, metadata

answer_records = Table(
    "answer_records",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("conversation_id", String(32), nullable=True, index=True),
    Column("at", UtcMoment, nullable=False, index=True),
    Column("question", Text, nullable=False),
    Column("status", String(20), nullable=False),
    Column("rule", String(64), nullable=False),
    Column("confidence", Float, nullable=False),
    Column("quote", Text, nullable=True),
    Column("document_id", Text, nullable=True),
    Column("passage_id", String(32), nullable=True),
    Column("index_version", String(64), nullable=False),
    Column("trace", JSON, nullable=False),
)


def record_answer(
    connection: Connection, *, conversation_id: str | None, answer: Answer, at: datetime
) -> str:
    """Keep an answer and return its id. `answer.question` must be redacted already."""
    answer_id = uuid.uuid4().hex
    first = answer.citations[0] if answer.citations else None
    connection.execute(
        insert(answer_records).values(
            id=answer_id,
            conversation_id=conversation_id,
            at=at,
            question=answer.question,
            status=answer.status.value,
            rule=answer.trace.rule,
            confidence=answer.confidence,
            quote=answer.quote,
            document_id=first.document_id if first else None,
            passage_id=first.passage_id if first else None,
            index_version=answer.index_version,
            trace=trace_json(answer),
        )
    )
    return answer_id


def trace_json(answer: Answer) -> dict[str, Any]:
    """The trace as it is kept; of several questions each has its own."""
    told = asdict(answer.trace)
    if answer.parts:
        told["parts"] = [
            {
                "question": part.question,
                "status": part.status.value,
                "confidence": part.confidence,
                "quote": part.quote,
                "trace": asdict(part.trace),
            }
            for part in answer.parts
        ]
    return told


def recorded_answer(connection: Connection, answer_id: str) -> Row[Any] | None:
    """The record with this id, or `None`."""
    query = select(answer_records).where(answer_records.c.id == answer_id)
    return connection.execute(query).one_or_none()
