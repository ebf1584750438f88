"""Explaining a recorded answer, or a question asked anew, and replaying it on the index in use."""

from dataclasses import replace
from datetime import date, datetime
from typing import Any

from sqlalchemy import Row

from inquiry_service.answering.answer import Answer
from inquiry_service.answering.asking import AnswerEngine, ask
from inquiry_service.answering.store import recorded_answer, trace_json
from inquiry_service.answering.why import Explanation, compared, explain
from inquiry_service.errors import NotFound
from inquiry_service.moments import local_day
from inquiry_service.storage import Database


def why_recorded(database: Database, engine: AnswerEngine | None, answer_id: str) -> Explanation:
    """The record with this id, replayed for its own day. Raises `NotFound`."""
    with database.read() as connection:
        row = recorded_answer(connection, answer_id)
    if row is None:
        raise NotFound("这条回答记录")
    explanation = explain(
        question=row.question,
        status=row.status,
        confidence=row.confidence,
        quote=row.quote,
        index_version=row.index_version,
        trace=row.trace,
    )
    return replace(explanation, replayed=_replayed(explanation, engine, _day_of(row)))


def why_asked(engine: AnswerEngine, question: str, *, today: date) -> Explanation:
    """A question asked now. Raises `BadInput` when it cannot be asked."""
    return explanation_of(ask(engine, question, today=today))


def explanation_of(answer: Answer) -> Explanation:
    return explain(
        question=answer.question,
        status=answer.status.value,
        confidence=answer.confidence,
        quote=answer.quote,
        index_version=answer.index_version,
        trace=trace_json(answer),
    )


def _replayed(explanation: Explanation, engine: AnswerEngine | None, day: date) -> str:
    if engine is None:
        return compared(explanation, version=None)
    again = ask(engine, explanation.question, today=day)
    return compared(
        explanation, version=engine.index_version, status=again.status.value, quote=again.quote
    )


def _day_of(row: Row[Any]) -> date:
    """The day of asking as kept; an older record kept only the moment."""
    kept = row.trace.get("asked_on")
    if kept:
        return date.fromisoformat(kept)
    at: datetime = row.at
    return local_day(at)
