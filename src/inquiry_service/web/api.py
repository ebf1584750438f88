"""The JSON API for questions."""

from fastapi import APIRouter
from fastapi.responses import Response
from pydantic_core import to_json

from inquiry_service.answering.asking import ask
from inquiry_service.redaction import redact
from inquiry_service.web.parts import WebParts
from inquiry_service.web.schemas import AnswerOut, QuestionIn, errors


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
        return Response(to_json(answer), media_type="application/json")

    return routes
