"""A conversation as server-sent events.

Turns are read from the database, because any process may have taken them; a browser that was
away resumes from the last id it has seen.
"""

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass

from starlette.concurrency import run_in_threadpool

from inquiry_service.conversation.replies import to_json
from inquiry_service.conversation.turn import Turn, ownership, turns_after
from inquiry_service.web.parts import WebParts

HEARTBEAT = ":\n\n"
"""A comment: the browser hears nothing."""


@dataclass(frozen=True, slots=True)
class Pace:
    """Seconds. `look`: between two looks at the database, in `steps` that notice a departure.

    `heartbeat`: silence after which a comment keeps proxies from closing the connection.
    `longest`: after it a stream ends; the browser resumes it, maybe at another replica.
    """

    look: float = 1.5
    steps: int = 6
    heartbeat: float = 15.0
    longest: float = 600.0


def public_owner(owner: str) -> str:
    """Who answers, without the name a member of staff signs in with."""
    return owner.partition(":")[0]


@dataclass
class Listening:
    """One open stream on one conversation. `after` is the last turn that was sent."""

    parts: WebParts
    conversation_id: str
    after: int = 0
    pace: Pace = Pace()
    owner: str = ""

    async def events(self, gone: Callable[[], Awaitable[bool]]) -> AsyncIterator[str]:
        """Until the browser is gone, the service closes, or the stream has lasted long enough."""
        open_for = quiet_for = 0.0
        while open_for <= self.pace.longest:
            news = await run_in_threadpool(self._news)
            quiet_for = 0.0 if news else quiet_for + self.pace.look
            if quiet_for >= self.pace.heartbeat:
                news, quiet_for = HEARTBEAT, 0.0
            if news:
                yield news
            if await self._left(gone):
                return
            open_for += self.pace.look

    async def _left(self, gone: Callable[[], Awaitable[bool]]) -> bool:
        """Wait until the next look; True as soon as there is nobody to look for."""
        for _ in range(self.pace.steps):
            if self.parts.closing.is_set() or await gone():
                return True
            await asyncio.sleep(self.pace.look / self.pace.steps)
        return False

    def _news(self) -> str:
        turns = turns_after(self.parts.conversations, self.conversation_id, self.after)
        owner = str(ownership(self.parts.conversations, self.conversation_id).owner)
        events = [_event("turn", _shown(turn), turn.turn_id) for turn in turns]
        if turns:
            self.after = turns[-1].turn_id
        if owner != self.owner:
            self.owner = owner
            events.append(_event("state", {"owner": public_owner(owner)}))
        return "".join(events)


def _shown(turn: Turn) -> dict[str, object]:
    return {
        "turn_id": turn.turn_id,
        "at": turn.at.isoformat(),
        "said": turn.said,
        "replies": to_json(turn.replies),
    }


def _event(name: str, data: dict[str, object], event_id: int | None = None) -> str:
    number = "" if event_id is None else f"id: {event_id}\n"
    return f"{number}event: {name}\ndata: {json.dumps(data, ensure_ascii=False)}\n\n"
