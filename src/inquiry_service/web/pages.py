"""The public's pages: the front page, the chat, an answer without scripts, and the widget."""

from http import HTTPStatus
from urllib.parse import urlencode

from fastapi import APIRouter, Request, Response

from inquiry_service.answering.asking import MAX_QUESTION, ask, check_question
from inquiry_service.conversation.hearing import LONGEST
from inquiry_service.conversation.replies import Reply
from inquiry_service.conversation.speaking import FORM_PATH, speak
from inquiry_service.edge.headers import content_policy
from inquiry_service.edge.pages import PUBLIC, Pages, render
from inquiry_service.errors import BadInput
from inquiry_service.knowledge.document import Provenance
from inquiry_service.redaction import redact
from inquiry_service.web.listing import starters
from inquiry_service.web.parts import WebParts

WIDGET_CACHE = "public, max-age=3600"


def router(parts: WebParts) -> APIRouter:
    routes = APIRouter(include_in_schema=False)

    @routes.get("/")
    def home(request: Request) -> Response:
        documents = _documents(parts)
        return render(
            request,
            "web/home.html",
            headers={"Cache-Control": PUBLIC},
            starters=starters(documents, parts.today),
            count=len(documents),
        )

    @routes.get("/chat")
    def chat(request: Request, q: str = "", embed: bool = False) -> Response:
        policy = content_policy(parts.allowed_frame_origins if embed else None)
        return render(
            request,
            "web/chat.html",
            headers={"Content-Security-Policy": policy} | _frames(embed),
            starters=starters(_documents(parts), parts.today),
            longest=LONGEST,
            question=q[:MAX_QUESTION],
            embed=embed,
        )

    @routes.get("/ask")
    def answered(request: Request, q: str = "") -> Response:
        """An answer as a page, for browsers without scripts."""
        question = redact(q)
        try:
            replies, problem = _replies(parts, check_question(question)), ""
        except BadInput as fault:
            replies, problem = (), fault.problems[0].message
        return render(
            request,
            "web/ask.html",
            status=HTTPStatus.UNPROCESSABLE_ENTITY if problem else HTTPStatus.OK,
            question=question.strip()[:MAX_QUESTION],
            problem=problem,
            replies=replies,
        )

    @routes.get("/widget.js")
    def widget(request: Request) -> Response:
        pages: Pages = request.app.state.pages
        script = pages.assets.response("web/widget.js", cache=WIDGET_CACHE)
        script.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
        return script

    return routes


def _replies(parts: WebParts, question: str) -> tuple[Reply, ...]:
    answer = ask(parts.engine.current, question, today=parts.today)
    form = f"{FORM_PATH}?{urlencode({'description': answer.not_found or question})}"
    return speak(answer, form_url=form, feedback=False)


def _documents(parts: WebParts) -> list[Provenance]:
    """What is published; none while there is no index, because these pages work without."""
    engine = parts.engine.current
    return engine.shelf.documents() if engine is not None else []


def _frames(embed: bool) -> dict[str, str]:
    return {"Cross-Origin-Resource-Policy": "cross-origin"} if embed else {}
