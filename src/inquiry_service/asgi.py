"""The web application: the faces hung on one FastAPI, and the routes for operation."""

import logging
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from anyio import create_task_group, sleep
from fastapi import APIRouter, FastAPI, Request
from fastapi.responses import JSONResponse, Response
from prometheus_client import (
    CONTENT_TYPE_LATEST,
    CollectorRegistry,
    Gauge,
    Histogram,
    generate_latest,
)
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from inquiry_service import __version__, desk, web
from inquiry_service.actions.endpoint import LARGEST_CALL
from inquiry_service.actions.endpoint import router as actions_router
from inquiry_service.bootstrap.house import House, build
from inquiry_service.conversation.port import Dialogue
from inquiry_service.disclosure.attachments.adding import MOST_MEGABYTES
from inquiry_service.disclosure.attachments.scanning_loop import keep_scanning
from inquiry_service.disclosure.keeping.reminding import keep_reminding
from inquiry_service.edge import front
from inquiry_service.notify import backlog, keep_delivering
from inquiry_service.settings import Settings
from inquiry_service.wechat.routes import router as wechat_router

HEALTH = "/healthz"
DIALOGUE_ASKED_EVERY = 10.0
"""Seconds between looks at whether the dialogue answers."""
UPLOADING = (
    "/requests/*/materials",
    "/api/v1/disclosure-requests/*/materials",
    "/desk/requests/*/materials",
    "/desk/intake",
)
"""Where files are sent; everything else stays small."""
_METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})
"""Anything else is counted as `other`: whoever invents methods must not grow the metrics."""


def create_app(settings: Settings | None = None) -> FastAPI:
    """The application for a server; settings come from the environment unless given."""
    settings = settings or Settings.load()
    logging.basicConfig(
        level=settings.log_level.upper(), format="%(asctime)s %(levelname)s %(name)s %(message)s"
    )
    for chatty in ("alembic", "httpx", "rasa_sdk"):
        logging.getLogger(chatty).setLevel(logging.WARNING)
    return app_of(build(settings), bureau=settings.bureau)


def app_of(house: House, *, bureau: str) -> FastAPI:
    """The application on a house that is already built."""

    @asynccontextmanager
    async def lifespan(_app: FastAPI) -> AsyncIterator[None]:
        async with create_task_group() as watching:
            watching.start_soon(_keep_asking, house.conversations.dialogue)
            watching.start_soon(house.conversations.threads.run, _index, house)
            watching.start_soon(
                keep_delivering, house.post, house.web.closing, house.notice_interval
            )
            watching.start_soon(keep_scanning, house.web.office, house.scanner, house.web.closing)
            watching.start_soon(
                keep_reminding,
                house.desk.office,
                house.desk.staff,
                house.web.closing,
                f"{house.web.public_url}/desk",
            )
            yield
            watching.cancel_scope.cancel()
        await house.close()

    app = FastAPI(
        title="政务咨询与依申请公开服务",
        version=__version__,
        docs_url=None,  # its page loads scripts from elsewhere; /openapi.json is the description
        redoc_url=None,
        lifespan=lifespan,
    )
    app.state.closing = house.web.closing
    # Several files at once are one request; each is still held to the limit for one.
    uploads = MOST_MEGABYTES * 1024 * 1024 + front.BODY_LIMIT
    front.install(
        app,
        bureau=bureau,
        roomy={"/rasa/actions": LARGEST_CALL, **dict.fromkeys(UPLOADING, uploads)},
    )
    metrics = Metrics()
    app.include_router(_operation(house, metrics))
    app.include_router(web.router(house.web))
    app.include_router(desk.router(house.desk))
    app.include_router(actions_router(house.actions))
    if house.wechat:
        app.include_router(wechat_router(house.wechat))
    app.add_middleware(Timed, metrics=metrics)
    return app


async def _keep_asking(dialogue: Dialogue) -> None:
    """The desk shows what is known of the dialogue: without this, only the next turn would tell."""
    while True:
        await dialogue.probe()
        await sleep(DIALOGUE_ASKED_EVERY)


class Metrics:
    """What `/metrics` tells. Labels are route patterns, never addresses: those carry numbers."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        self.seconds = Histogram(
            "inquiry_request_seconds",
            "Time to answer an HTTP request.",
            ("method", "route", "status"),
            registry=self.registry,
            buckets=(0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5),
        )
        self.parts = Gauge(
            "inquiry_part_up", "1 when a part answers.", ("part",), registry=self.registry
        )


class Timed:
    """ASGI middleware that times every request under its route's pattern."""

    def __init__(self, app: ASGIApp, metrics: Metrics) -> None:
        self.app = app
        self._metrics = metrics

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        started, status = time.perf_counter(), 500

        async def watched(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            await send(message)

        try:
            await self.app(scope, receive, watched)
        finally:
            route = getattr(scope.get("route"), "path", "(none)")
            method = scope["method"] if scope["method"] in _METHODS else "other"
            labels = (method, route, str(status))
            self._metrics.seconds.labels(*labels).observe(time.perf_counter() - started)


def _operation(house: House, metrics: Metrics) -> APIRouter:
    routes = APIRouter(tags=["operation"])

    @routes.get(HEALTH, summary="Is the process alive")
    async def health() -> dict[str, str]:
        return {"status": "ok", "version": __version__}

    @routes.get("/readyz", summary="Which parts answer")
    async def ready() -> JSONResponse:
        """503 when questions cannot be answered or requests not be taken.

        Rasa down is `degraded`, still 200: questions are then answered by retrieval. So are
        notices that cannot leave: they wait.
        """
        parts = await _parts(house)
        usable = parts["database"] == "up" and parts["index"] == "up"
        well = usable and "down" not in parts.values()
        for part, state in parts.items():
            metrics.parts.labels(part).set(state == "up")
        status = "ok" if well else "degraded" if usable else "unavailable"
        return JSONResponse({"status": status, "parts": parts}, 200 if usable else 503)

    @routes.get("/metrics", include_in_schema=False)
    def numbers(_request: Request) -> Response:
        return Response(generate_latest(metrics.registry), media_type=CONTENT_TYPE_LATEST)

    return routes


async def _parts(house: House) -> dict[str, str]:
    threads = house.conversations.threads
    return {
        "database": await threads.run(_database, house),
        "index": await threads.run(_index, house),
        "dialogue": await house.conversations.dialogue.probe(),
        "notices": await threads.run(_notices, house),
    }


def _database(house: House) -> str:
    try:
        with house.database.read() as connection:
            connection.execute(text("SELECT 1"))
    except SQLAlchemyError:
        return "down"
    return "up"


def _notices(house: House) -> str:
    try:
        return "up" if backlog(house.post).well else "down"
    except SQLAlchemyError:
        return "down"


def _index(house: House) -> str:
    return "up" if house.engine.current is not None else "down"
