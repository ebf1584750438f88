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

LOOK = 1.5
"""Seconds between two looks at the database."""
HEARTBEAT = 15.0
"""Seconds of silence after which a comment keeps proxies from closing the connection."""
LONGEST = 600.0
"""Seconds after which a stream ends; the browser resumes it, maybe at another replica."""
SLICE = 0.25


def public_owner(owner: str) -> str:
    """Who answers, without the name a member of staff signs in with."""
    return owner.partition(":")[0]


@dataclass
class Listening:
    """One open stream on one conversation. `after` is the last turn that was sent."""

    parts: WebParts
    conversation_id: str
    after: int = 0
    owner: str = ""

    async def events(self, gone: Callable[[], Awaitable[bool]]) -> AsyncIterator[str]:
        """Until the browser is gone, the service closes, or `LONGEST` is over."""
        waited = quiet = 0.0
        while waited <= LONGEST:
            news = await run_in_threadpool(self._news)
            quiet = 0.0 if news else quiet + LOOK
            if quiet >= HEARTBEAT:
                news, quiet = ":\n\n", 0.0
            if news:
                yield news
            for _ in range(int(LOOK / SLICE)):
                if self.parts.closing.is_set() or await gone():
                    return
                await asyncio.sleep(SLICE)
            waited += LOOK

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
