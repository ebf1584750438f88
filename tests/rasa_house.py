"""The real Rasa server with the trained model, and a real service that it calls back.

Both listen on free loopback ports. What is missing fails the tests with a sentence that says
what to do; nothing is skipped.
"""

import os
import secrets
import signal
import socket
import subprocess
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

import httpx
import pytest
from fastapi import FastAPI
from pydantic import BaseModel

from inquiry_service.actions.endpoint import router
from inquiry_service.actions.parts import ActionParts
from inquiry_service.answering.asking import EngineHolder
from inquiry_service.answering.twins import HashingEncoder
from inquiry_service.calendar import WorkingCalendar
from inquiry_service.conversation.conversations import Conversations
from inquiry_service.conversation.rasa import RasaDialogue
from inquiry_service.conversation.replies import Reply, from_json, to_json
from inquiry_service.conversation.sources import Sources
from inquiry_service.conversation.threads import Threads
from inquiry_service.conversation.turn import open_conversation, take_turn
from inquiry_service.disclosure import DisclosureOffice
from inquiry_service.edge import install
from inquiry_service.moments import now
from inquiry_service.storage import Database

REPOSITORY = Path(__file__).parents[1]
BOT = REPOSITORY / "bot"
PYTHON = Path(os.environ.get("INQUIRY_BOT_PYTHON") or BOT / ".venv" / "bin" / "python")
HOME = Path(os.environ.get("INQUIRY_HOME") or REPOSITORY / "var")
MODEL = HOME / "bot" / "model.tar.gz"
THREADS = 4
"""Worker threads of each kind; the tests take many more turns at once."""
START_SECONDS = 180
PATIENCE = 30.0
"""Seconds for one turn: these tests ask what is said, not how fast on a busy machine."""
READY_SECONDS = 15


class Message(BaseModel):
    conversation_id: str
    message_id: str
    text: str


@dataclass
class Rasa:
    """The server process; `start` returns when it answers."""

    port: int
    actions_url: str
    token: str
    log: Path
    process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def start(self) -> None:
        for missing in (PYTHON, MODEL):
            if not missing.exists():
                pytest.fail(
                    f"{missing} is missing: run `make setup`, or set INQUIRY_BOT_PYTHON and"
                    " INQUIRY_HOME to a prepared bot environment and home."
                )
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                [PYTHON, BOT / "launcher.py", *self._arguments()],
                cwd=BOT,
                env={
                    **os.environ,
                    "INQUIRY_RASA_ACTIONS_URL": self.actions_url,
                    "INQUIRY_RASA_ACTIONS_TOKEN": self.token,
                },
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        self._wait()

    def _arguments(self) -> list[str]:
        return [
            "run",
            *("--interface", "127.0.0.1"),
            *("--port", str(self.port)),
            *("--model", str(MODEL.resolve())),
            *("--endpoints", str(BOT / "endpoints.yml")),
            *("--credentials", str(BOT / "credentials.yml")),
        ]

    def _wait(self) -> None:
        give_up = time.monotonic() + START_SECONDS
        while time.monotonic() < give_up:
            if self.process is None or self.process.poll() is not None:
                break
            try:
                httpx.get(f"{self.url}/webhooks/rest/", trust_env=False).raise_for_status()
            except httpx.HTTPError:
                time.sleep(0.2)
            else:
                return
        self.kill()
        tail = self.log.read_text(encoding="utf-8", errors="replace")[-3000:]
        pytest.fail(f"Rasa did not start within {START_SECONDS} seconds:\n{tail}")

    def kill(self) -> None:
        if self.process is not None and self.process.poll() is None:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()
        self.process = None


@dataclass
class Service:
    """The service as a whole, as far as a conversation needs it, talked to over HTTP."""

    url: str
    conversations: Conversations
    rasa: Rasa
    client: httpx.Client = field(init=False)

    def __post_init__(self) -> None:
        self.client = httpx.Client(base_url=self.url, trust_env=False, timeout=60)

    def person(self) -> "Person":
        return Person(self, open_conversation(self.conversations, "web").conversation_id)

    def state(self) -> str:
        """What the service finds when it asks Rasa, as `/readyz` does."""
        return str(self.client.get("/state").json())


@dataclass
class Person:
    """One conversation with the service."""

    service: Service
    conversation_id: str

    def says(self, text: str) -> tuple[Reply, ...]:
        message = Message(
            conversation_id=self.conversation_id, message_id=secrets.token_hex(8), text=text
        )
        answer = self.service.client.post("/say", json=message.model_dump())
        answer.raise_for_status()
        return from_json(answer.json())


def service_app(conversations: Conversations, token: str) -> FastAPI:
    """Turns and action calls on one event loop, each with its few threads."""

    @asynccontextmanager
    async def life(_app: FastAPI) -> AsyncIterator[None]:
        yield
        await conversations.dialogue.close()

    app = FastAPI(lifespan=life)
    install(app, bureau=conversations.office.bureau)
    parts = ActionParts(conversations.sources, token, threads=Threads(THREADS))
    app.include_router(router(parts))

    @app.post("/say")
    async def say(message: Message) -> list[dict[str, object]]:
        taken = await take_turn(
            conversations,
            channel="web",
            text=message.text,
            message_id=message.message_id,
            conversation_id=message.conversation_id,
        )
        return to_json(taken.replies)

    @app.get("/state")
    async def state() -> str:
        return await conversations.dialogue.probe()

    return app


def free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


def talking_parts(
    database: Database, calendar: WorkingCalendar, index: Path, rasa: Rasa
) -> Conversations:
    office = DisclosureOffice(database, lambda: calendar, now, "only-for-tests", "测试用机关")
    engine = EngineHolder(index, HashingEncoder())
    sources = Sources(database, engine, office, now)
    return Conversations(
        database=database,
        engine=sources.engine,
        office=office,
        dialogue=RasaDialogue(rasa.url, timeout=PATIENCE),
        clock=now,
        secret="a-secret-that-is-only-for-tests",
        public_url="http://127.0.0.1:8000",
        threads=Threads(THREADS),
        lease=timedelta(seconds=2 * PATIENCE),
    )
