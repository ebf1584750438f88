"""A conversation as a stream of events."""

from collections.abc import AsyncIterator, Awaitable, Callable

import anyio
import pytest

from inquiry_service.conversation.ownership import QUEUE, Owner
from inquiry_service.conversation.turn import (
    open_conversation,
    ownership,
    pass_on,
    take_turn,
)
from inquiry_service.web import WebParts
from inquiry_service.web.events import HEARTBEAT, Listening, Pace, public_owner

QUICK = Pace(look=0.002, steps=2, heartbeat=0.004, longest=1.0)


@pytest.fixture
def conversation_id(web_parts: WebParts) -> str:
    return open_conversation(web_parts.conversations, "web").conversation_id


async def nobody_leaves() -> bool:
    return False


async def leaves_at_once() -> bool:
    return True


def names(heard: str) -> list[str]:
    return [line.removeprefix("event: ") for line in heard.splitlines() if line[:6] == "event:"]


Steps = Callable[[AsyncIterator[str]], Awaitable[None]]


def listen(parts: WebParts, conversation_id: str, steps: Steps, pace: Pace = QUICK) -> None:
    """Run `steps` on an open stream, which must end by itself when they close it."""

    async def run() -> None:
        await steps(Listening(parts, conversation_id, pace=pace).events(nobody_leaves))

    anyio.run(run)


async def say(parts: WebParts, conversation_id: str, text: str) -> int:
    taken = await take_turn(
        parts.conversations,
        channel="web",
        text=text,
        message_id=text,
        conversation_id=conversation_id,
    )
    return taken.turn_id


async def next_news(stream: AsyncIterator[str]) -> str:
    """The next events, past the heartbeats before them."""
    async for heard in stream:
        if heard != HEARTBEAT:
            return heard
    return ""


def test_a_turn_taken_elsewhere_arrives_with_its_id(
    web_parts: WebParts, conversation_id: str
) -> None:
    async def steps(stream: AsyncIterator[str]) -> None:
        assert names(await next_news(stream)) == ["state"]
        turn_id = await say(web_parts, conversation_id, "你好")
        heard = await next_news(stream)
        assert heard.startswith(f"id: {turn_id}\nevent: turn\ndata: ")
        assert '"said": "你好"' in heard

    listen(web_parts, conversation_id, steps)


def test_a_change_of_owner_is_told_without_a_login_name(
    web_parts: WebParts, conversation_id: str
) -> None:
    def pass_to(owner: Owner) -> None:
        version = ownership(web_parts.conversations, conversation_id).version
        pass_on(web_parts.conversations, conversation_id, owner, expected_version=version)

    async def steps(stream: AsyncIterator[str]) -> None:
        assert '{"owner": "bot"}' in await next_news(stream)
        pass_to(QUEUE)
        assert '{"owner": "queue"}' in await next_news(stream)
        pass_to(Owner.staff("clerk"))
        heard = await next_news(stream)
        assert '{"owner": "staff"}' in heard
        assert "clerk" not in heard

    listen(web_parts, conversation_id, steps)


def test_silence_is_kept_alive(web_parts: WebParts, conversation_id: str) -> None:
    async def steps(stream: AsyncIterator[str]) -> None:
        assert names(await anext(stream)) == ["state"]
        assert await anext(stream) == HEARTBEAT
        assert await anext(stream) == HEARTBEAT

    listen(web_parts, conversation_id, steps)


def test_a_stream_ends_when_the_service_closes(web_parts: WebParts, conversation_id: str) -> None:
    async def steps(stream: AsyncIterator[str]) -> None:
        await anext(stream)
        web_parts.closing.set()
        assert [heard async for heard in stream] == []

    listen(web_parts, conversation_id, steps)


def test_a_stream_ends_after_its_time(web_parts: WebParts, conversation_id: str) -> None:
    async def steps(stream: AsyncIterator[str]) -> None:
        assert [names(heard) async for heard in stream] == [["state"]]

    listen(web_parts, conversation_id, steps, Pace(look=0.002, steps=1, longest=0.004))


def test_a_stream_ends_when_the_browser_is_gone(web_parts: WebParts, conversation_id: str) -> None:
    async def run() -> list[list[str]]:
        stream = Listening(web_parts, conversation_id, pace=QUICK).events(leaves_at_once)
        return [names(heard) async for heard in stream]

    assert anyio.run(run) == [["state"]]


def test_every_owner_has_a_public_name() -> None:
    owners = ("bot", "queue", "staff:clerk", "closed")
    assert [public_owner(owner) for owner in owners] == ["bot", "queue", "staff", "closed"]
