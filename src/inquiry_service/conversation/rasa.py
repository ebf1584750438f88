"""The Rasa server as keeper of the dialogue, spoken to over its REST channel."""

import asyncio
import logging
from collections.abc import Mapping, Sequence
from typing import Any

import httpx

from inquiry_service.conversation.breaker import Breaker
from inquiry_service.conversation.port import DialogueUnavailable, State
from inquiry_service.conversation.replies import Choices, Option, Reply, Text, from_json
from inquiry_service.conversation.speaking import Said

_log = logging.getLogger(__name__)
_CONNECTIONS = 128


class RasaDialogue:
    """Turns go to `<url>/webhooks/rest/webhook`; each waits at most `timeout` seconds in all.

    A dead Rasa costs nothing per turn: see `Breaker`. Payloads are never logged.
    `transport` replaces the network, for a server inside the same process.
    """

    def __init__(
        self, url: str, *, timeout: float = 3.0, transport: httpx.AsyncBaseTransport | None = None
    ) -> None:
        self._timeout = timeout
        self._breaker = Breaker()
        self._client = httpx.AsyncClient(
            base_url=url.rstrip("/"),
            timeout=timeout,
            transport=transport,
            trust_env=False,
            limits=httpx.Limits(max_connections=_CONNECTIONS, max_keepalive_connections=32),
        )

    @property
    def state(self) -> State:
        return "down" if self._breaker.open else "up"

    async def turn(self, conversation_id: str, text: str) -> Said:
        if not self._breaker.lets_through():
            raise DialogueUnavailable
        try:
            async with asyncio.timeout(self._timeout):
                said = _read(await self._ask(conversation_id, text))
        except (httpx.ConnectError, httpx.ConnectTimeout) as fault:
            self._breaker.unreachable()
            raise _unavailable(fault) from fault
        except (httpx.HTTPError, TimeoutError) as fault:
            self._breaker.failed()
            raise _unavailable(fault) from fault
        except ValueError as fault:
            self._breaker.answered()
            raise _unavailable(fault) from fault
        except BaseException:
            self._breaker.abandoned()
            raise
        self._breaker.answered()
        return said

    async def _ask(self, conversation_id: str, text: str) -> Any:
        payload = {"sender": conversation_id, "message": text}
        response = await self._client.post("/webhooks/rest/webhook", json=payload)
        response.raise_for_status()
        return response.json()

    async def probe(self) -> State:
        """Rasa listens only once its model is loaded, so that it answers at all is enough."""
        try:
            async with asyncio.timeout(self._timeout):
                response = await self._client.get("/webhooks/rest/")
            response.raise_for_status()
        except (httpx.HTTPError, TimeoutError):
            self._breaker.unreachable()
        else:
            self._breaker.answered()
        return self.state

    async def close(self) -> None:
        await self._client.aclose()


def _unavailable(fault: BaseException) -> DialogueUnavailable:
    _log.warning("Rasa gave no usable reply: %s", type(fault).__name__)
    return DialogueUnavailable()


def _read(messages: Any) -> Said:
    """Rasa's list of messages as replies.

    Raises `ValueError` when it is none, or empty: so Rasa answers a turn that failed inside.
    """
    if not isinstance(messages, list) or not messages:
        raise ValueError("not a list of messages")
    replies: list[Reply] = []
    answers: list[str] = []
    asked: str | None = None
    for message in messages:
        replies.extend(_parts(message))
        answers.extend(_answers(message))
        asked = _asked(message) or asked
    if not replies:
        raise ValueError("messages without a part")
    return Said(tuple(replies), tuple(answers), asked)


def _parts(message: Any) -> Sequence[Reply]:
    if not isinstance(message, Mapping):
        raise ValueError("not a message")
    text, buttons, custom = (message.get(key) for key in ("text", "buttons", "custom"))
    if isinstance(custom, Mapping) and isinstance(custom.get("parts"), list):
        return from_json(custom["parts"])
    if _asked(message) is not None and text is None:
        return ()
    if not isinstance(text, str):
        raise ValueError("a message without text or parts")
    return (Choices(text, _options(buttons)),) if buttons else (Text(text),)


def _options(buttons: Any) -> tuple[Option, ...]:
    try:
        return tuple(Option(str(b["title"]), str(b["payload"])) for b in buttons)
    except (KeyError, TypeError) as fault:
        raise ValueError("buttons that cannot be read") from fault


def _answers(message: Mapping[str, Any]) -> Sequence[str]:
    custom = message.get("custom")
    found = custom.get("answers") if isinstance(custom, Mapping) else None
    return [str(answer_id) for answer_id in found] if isinstance(found, list) else ()


def _asked(message: Mapping[str, Any]) -> str | None:
    """The question of the form that `bot/domain` marks, in a message of its own."""
    custom = message.get("custom")
    slot = custom.get("form") if isinstance(custom, Mapping) else None
    return slot if isinstance(slot, str) else None
