"""Rasa's REST channel as it really answers, and as it fails."""

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import anyio
import httpx
import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route

from inquiry_service.conversation.port import DialogueUnavailable
from inquiry_service.conversation.rasa import RasaDialogue, _read
from inquiry_service.conversation.replies import Choices, Citation, Link, Option, Text, to_json
from inquiry_service.conversation.speaking import Said

# As Rasa 3.6.21 answered: a response with buttons, and the payload of an action.
BUTTONS = {
    "recipient_id": "c1",
    "text": "您希望以什么形式提供？",
    "buttons": [{"title": "纸质", "payload": "纸质"}, {"title": "电子", "payload": "电子版"}],
}
PARTS = (
    Text("查到："),
    Citation("五件", "《报告》", "/documents/a#p-1"),
    Link("申请", "/requests/new"),
)
CUSTOM = {"recipient_id": "c1", "custom": {"parts": to_json(PARTS), "answers": ["a1"]}}


class Webhook:
    """The REST channel of a Rasa server, giving the answers it was told to give."""

    def __init__(self, answer: Any = None, *, status: int = 200, delay: float = 0.0) -> None:
        self.answer, self.status, self.delay = answer, status, delay
        self.heard: list[dict[str, Any]] = []
        self.app = Starlette(
            routes=[
                Route("/webhooks/rest/webhook", self._turn, methods=["POST"]),
                Route("/webhooks/rest/", self._alive),
            ]
        )

    async def _turn(self, request: Request) -> Response:
        self.heard.append(await request.json())
        await asyncio.sleep(self.delay)
        if isinstance(self.answer, str):
            return PlainTextResponse(self.answer, self.status)
        return JSONResponse(self.answer, self.status)

    async def _alive(self, _request: Request) -> Response:
        return JSONResponse({"status": "ok"}, self.status)

    @asynccontextmanager
    async def dialogue(self, patience: float = 3.0) -> AsyncIterator[RasaDialogue]:
        dialogue = RasaDialogue(
            "http://rasa:5005/", timeout=patience, transport=httpx.ASGITransport(self.app)
        )
        try:
            yield dialogue
        finally:
            await dialogue.close()


def turn(webhook: Webhook, patience: float = 3.0) -> Said:
    async def one() -> Said:
        async with webhook.dialogue(patience) as dialogue:
            return await dialogue.turn("c1", "申请")

    return anyio.run(one)


def test_text_buttons_and_parts_become_replies_in_order() -> None:
    webhook = Webhook([{"recipient_id": "c1", "text": "好。"}, BUTTONS, CUSTOM])

    said = turn(webhook)

    options = (Option("纸质", "纸质"), Option("电子", "电子版"))
    asked = Choices("您希望以什么形式提供？", options)
    assert said == Said((Text("好。"), asked, *PARTS), ("a1",))
    assert webhook.heard == [{"sender": "c1", "message": "申请"}]


def test_the_question_of_the_form_that_is_asked_is_read_from_its_mark() -> None:
    mark = {"recipient_id": "c1", "custom": {"form": "supply_form"}}
    said = turn(Webhook([CUSTOM, BUTTONS, mark]))
    assert said.asked == "supply_form"
    assert isinstance(said.replies[-1], Choices)


@pytest.mark.parametrize(
    "answer",
    [
        [],
        [{"custom": {"form": "supply_form"}}],
        {},
        None,
        "not json",
        ["text"],
        [{"recipient_id": "c1"}],
        [{"text": 5}],
        [{"text": "好", "buttons": [{"title": "无"}]}],
        [{"text": "好", "buttons": 5}],
        [{"custom": {"parts": [{"kind": "video"}]}}],
        [{"custom": {"parts": ["text"]}}],
        [{"custom": {"parts": [5]}}],
        [{"custom": {"parts": [{"kind": "text"}]}}],
        [{"custom": {"parts": []}}],
        [{"custom": {"other": 1}}],
    ],
)
def test_what_cannot_be_read_is_the_dialogue_being_unavailable(answer: Any) -> None:
    with pytest.raises(DialogueUnavailable):
        turn(Webhook(answer))


@pytest.mark.parametrize("status", [404, 409, 500, 503])
def test_an_error_of_rasa_is_the_dialogue_being_unavailable(status: int) -> None:
    with pytest.raises(DialogueUnavailable):
        turn(Webhook([CUSTOM], status=status))


def test_a_slow_rasa_is_not_waited_for_beyond_the_timeout() -> None:
    with pytest.raises(DialogueUnavailable):
        turn(Webhook([CUSTOM], delay=30), 0.05)


def test_a_dead_rasa_is_left_alone_after_one_attempt() -> None:
    attempts = 0

    async def refuse(_request: httpx.Request) -> httpx.Response:
        nonlocal attempts
        attempts += 1
        raise httpx.ConnectError("refused")

    async def five_turns() -> str:
        dialogue = RasaDialogue("http://rasa:5005", transport=httpx.MockTransport(refuse))
        for _ in range(5):
            with pytest.raises(DialogueUnavailable):
                await dialogue.turn("c1", "你好")
        return dialogue.state

    assert anyio.run(five_turns) == "down"
    assert attempts == 1


def test_a_rasa_that_only_talks_nonsense_is_still_up() -> None:
    async def state() -> str:
        async with Webhook([]).dialogue() as dialogue:
            for _ in range(5):
                with pytest.raises(DialogueUnavailable):
                    await dialogue.turn("c1", "你好")
            return dialogue.state

    assert anyio.run(state) == "up"


@pytest.mark.parametrize(("status", "state"), [(200, "up"), (500, "down")])
def test_asking_rasa_tells_whether_it_is_there(status: int, state: str) -> None:
    async def probe() -> tuple[str, str]:
        async with Webhook(status=status).dialogue() as dialogue:
            return await dialogue.probe(), dialogue.state

    assert anyio.run(probe) == (state, state)


def test_what_people_write_is_not_logged(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.WARNING)
    with pytest.raises(DialogueUnavailable):
        turn(Webhook([{"text": ["机密"]}]))
    assert "申请" not in caplog.text
    assert "机密" not in caplog.text
    assert "ValueError" in caplog.text


def test_nothing_said_is_not_an_answer() -> None:
    with pytest.raises(ValueError, match="list of messages"):
        _read([])
