"""The one way to ask: a question in, a named ending out."""

import logging
import threading
import uuid
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Literal

from inquiry_service.answering.answer import Answer, Citation, Status
from inquiry_service.answering.confidence import confidence_of
from inquiry_service.answering.encoder import Encoder
from inquiry_service.answering.endings import answer_json, cite, compose, failed
from inquiry_service.answering.examining import Examined, examine_question, question_for
from inquiry_service.answering.judgement import objection_to
from inquiry_service.answering.layout import Layout
from inquiry_service.answering.opening import OpenIndex, open_index
from inquiry_service.answering.reading.parts import Part, parts_of
from inquiry_service.answering.severally import joined
from inquiry_service.answering.weighing import Weighed
from inquiry_service.errors import BadInput, InquiryError, Problem
from inquiry_service.knowledge.shelf import Shelf

__all__ = ["AnswerEngine", "EngineHolder", "answer_json", "ask", "check_question"]

MAX_QUESTION = 500
_FIRST = "政府信息公凯要收废吗"
"""Asked at opening: tables are made at the first question, and no person should wait for that.

Misspelt, so that the table of sounds is made too.
"""
Detail = Literal["quote", "passage"]

_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class AnswerEngine:
    """An open index and the encoder it was built with. Safe to share between threads."""

    index: OpenIndex
    encoder: Encoder

    @classmethod
    def open(cls, index_directory: Path, encoder: Encoder) -> "AnswerEngine":
        """Raises `IndexUnusable` when index, manifest and encoder do not fit."""
        return cls(open_index(index_directory, encoder.identity), encoder)

    @property
    def shelf(self) -> Shelf:
        return self.index.shelf

    @property
    def index_version(self) -> str:
        return self.index.manifest.index_version


class EngineHolder:
    """The engine in use: reopened when a newer index was put in its place.

    An index that cannot be opened leaves the one before in use; `fault` says what is wrong.
    """

    def __init__(self, index_directory: Path, encoder: Encoder | None) -> None:
        self._directory = index_directory
        self._encoder = encoder
        self._lock = threading.Lock()
        self._engine: AnswerEngine | None = None
        self._seen: str | None = None
        self.fault: InquiryError | None = None

    @property
    def current(self) -> AnswerEngine | None:
        """The engine of the newest usable index; `None` when there is none."""
        version = Layout(self._directory).version_in_use()
        if not self._tried(version):
            with self._lock:
                if not self._tried(version):
                    self._reopen(version)
        return self._engine

    def _tried(self, version: str | None) -> bool:
        return version == self._seen and (version is not None or self.fault is not None)

    def _reopen(self, version: str | None) -> None:
        if self._encoder is None:
            return
        try:
            engine = AnswerEngine.open(self._directory, self._encoder)
            ask(engine, _FIRST, today=date.min)
            self._engine, self.fault = engine, None
        except InquiryError as fault:
            _log.warning("index version %s cannot be used: %s", version, fault.message)
            self.fault = fault
        self._seen = version


def check_question(question: str) -> str:
    """The question without surrounding white space. Raises `BadInput` when it cannot be asked."""
    text = question.strip()
    if not any(character.isalnum() for character in text):
        raise BadInput([Problem("question", "请写下您想了解的问题")])
    if len(text) > MAX_QUESTION:
        message = f"问题太长了，请控制在 {MAX_QUESTION} 个字以内"
        raise BadInput([Problem("question", message)])
    return text


def ask(
    engine: AnswerEngine | None, question: str, *, today: date, detail: Detail = "quote"
) -> Answer:
    """Answer one question from the index. The same index, question and day give the same answer.

    Engine trouble, or no engine at all, is the ending `FAILED`. `detail="passage"` widens the
    passage of the citation to its whole section. Raises `BadInput` for an empty or too long
    question.
    """
    asked = check_question(question)
    if engine is None:
        return failed(asked, _incident("no index is open"))
    try:
        answer = answer_of(engine, asked, today=today)
        return _widened(engine, answer) if detail == "passage" else answer
    except Exception as fault:  # the outer door of answering: whatever broke, the person is told so
        return failed(asked, _incident(type(fault).__name__), engine.index_version)


def answer_of(engine: AnswerEngine, asked: str, *, today: date) -> Answer:
    """As `ask`, for a checked question, and raising whatever goes wrong.

    Several questions at once are answered one by one, when any of them can be.
    """
    question = question_for(engine.index, asked, today)
    parts = () if question.to_the_machine else parts_of(question.text)
    if parts:
        of_one = f"《{engine.shelf.provenance(question.about).title}》：" if question.about else ""
        answers = [_answer_part(engine, part, of_one, today) for part in parts]
        together = joined(asked, [part.complete for part in parts], answers)
        if together is not None:
            return together
    examined = examine_question(engine.index, engine.encoder, question, today)
    return compose(asked, examined, engine.index)


def _answer_part(engine: AnswerEngine, part: Part, of_one: str, today: date) -> Answer:
    """With the topic it may have borrowed, else as it was written.

    `of_one` names the one document that was asked about, if any.
    """
    answer = _answer_one(engine, of_one + part.complete, today)
    if answer.status is Status.ANSWERED or part.written == part.complete:
        return answer
    written = _answer_one(engine, of_one + part.written, today)
    return written if written.status is Status.ANSWERED else answer


def _answer_one(engine: AnswerEngine, asked: str, today: date) -> Answer:
    return compose(asked, examine(engine, asked, today=today), engine.index)


NEAR_AT = 0.2
"""Confidence from which a quote is worth a person's look, though it is not given as the answer."""


def quotes_near(
    engine: AnswerEngine, asked: str, *, today: date, most: int, at_least: float = NEAR_AT
) -> list[tuple[Citation, str]]:
    """What may be meant, best first, for a person to judge: citation and quote, one a document.

    Nothing that a rule objects to (another year, place or body, repealed) is among them. Raises
    whatever goes wrong in a part.
    """
    worth: dict[str, tuple[float, Weighed]] = {}
    for one in examine(engine, check_question(asked), today=today).weighed:
        sure = confidence_of(one.evidence.features)
        if objection_to(one.evidence) is None and sure >= at_least:
            best = worth.get(one.provenance.document_id)
            if best is None or sure > best[0]:
                worth[one.provenance.document_id] = (sure, one)
    ranked = sorted(worth.values(), key=lambda pair: -pair[0])[:most]
    return [(cite(one, today), one.quote.text) for _, one in ranked]


def examine(engine: AnswerEngine, asked: str, *, today: date) -> Examined:
    """Read, find, measure, judge."""
    question = question_for(engine.index, asked, today)
    return examine_question(engine.index, engine.encoder, question, today)


def _widened(engine: AnswerEngine, answer: Answer) -> Answer:
    """Citations with the whole section around the quote."""
    citations = tuple(
        replace(
            citation,
            passage="\n".join(
                passage.text
                for passage in engine.shelf.passages_of(citation.document_id)
                if passage.path == citation.path
            ),
        )
        for citation in answer.citations
    )
    return replace(answer, citations=citations)


def _incident(what: str) -> str:
    """An id for the person to name and the log to find; the question itself is not logged."""
    incident = uuid.uuid4().hex[:8]
    _log.error("answering failed, incident %s: %s", incident, what)
    return incident
