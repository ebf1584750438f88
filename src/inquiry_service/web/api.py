"""The JSON API for questions and documents."""

from typing import Annotated, Any

from fastapi import APIRouter, Query
from fastapi.responses import JSONResponse, Response

from inquiry_service.answering.asking import answer_json, ask
from inquiry_service.knowledge.document import Document, Kind, Provenance
from inquiry_service.redaction import redact
from inquiry_service.web.listing import Filter
from inquiry_service.web.parts import WebParts
from inquiry_service.web.schemas import (
    AnswerOut,
    DocumentOut,
    DocumentsOut,
    FullDocumentOut,
    PassageOut,
    QuestionIn,
    errors,
)


def router(parts: WebParts) -> APIRouter:
    routes = APIRouter(prefix="/api/v1")

    @routes.post(
        "/answers",
        tags=["answers"],
        summary="Ask one question",
        response_model=AnswerOut,
        responses=errors(413, 422),
    )
    def answers(asked: QuestionIn) -> Response:
        """One question, one answer, nothing remembered.

        The quote is verbatim from a published document; no text is generated. An engine that
        failed is `failed`, never `unmatched`.
        """
        question = redact(asked.question)
        answer = ask(parts.engine.current, question, today=parts.today, detail=asked.detail)
        return JSONResponse(answer_json(answer))

    @routes.get(
        "/documents",
        tags=["documents"],
        summary="What is published",
        responses=errors(422, 503),
    )
    def documents(
        kind: Annotated[Kind | None, Query(description="Only documents of this kind.")] = None,
        topic: Annotated[str, Query(max_length=50)] = "",
        year: Annotated[int | None, Query(ge=1900, le=2999)] = None,
        q: Annotated[str, Query(max_length=100, description="Words of title or number.")] = "",
    ) -> DocumentsOut:
        """Every published document that fits, without its text."""
        wanted = Filter(kind, topic.strip() or None, year, q.strip())
        kept = [d for d in parts.library().shelf.documents() if wanted.keeps(d)]
        return DocumentsOut(total=len(kept), documents=[DocumentOut(**_facts(d)) for d in kept])

    @routes.get(
        "/documents/{document_id}",
        tags=["documents"],
        summary="One document with its text",
        responses=errors(404, 422, 503),
    )
    def document(document_id: str) -> FullDocumentOut:
        """One published document, its provenance and its passages in order."""
        return _full(parts.library().shelf.document(document_id))

    return routes


def _facts(document: Provenance) -> dict[str, Any]:
    named = {name: getattr(document, name) for name in DocumentOut.model_fields if name != "url"}
    return {**named, "url": f"/documents/{document.document_id}"}


def _full(document: Document) -> FullDocumentOut:
    passages = [
        PassageOut(passage_id=p.passage_id, path=list(p.path), heading=p.heading, text=p.text)
        for p in document.passages
    ]
    return FullDocumentOut(**_facts(document.provenance), text=document.text, passages=passages)
