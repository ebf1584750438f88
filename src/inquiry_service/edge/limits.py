"""How large a request may be, checked before and while its body is read."""

from collections.abc import Mapping

from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

TOO_LARGE = 413


class BodyLimit:
    """ASGI middleware: a body over `limit` bytes ends in 413, announced or not.

    `roomy` gives single paths a limit of their own.
    """

    def __init__(self, app: ASGIApp, *, limit: int, roomy: Mapping[str, int] | None = None) -> None:
        self.app = app
        self.limit = limit
        self.roomy = roomy or {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        limit = self.roomy.get(scope["path"], self.limit)
        announced = _announced(scope)
        seen = 0

        async def counted() -> Message:
            nonlocal seen
            if announced > limit:
                raise HTTPException(TOO_LARGE)
            message = await receive()
            seen += len(message.get("body", b""))
            if seen > limit:
                raise HTTPException(TOO_LARGE)
            return message

        await self.app(scope, counted, send)


def _announced(scope: Scope) -> int:
    for name, value in scope["headers"]:
        if name == b"content-length" and value.isdigit():
            return int(value)
    return 0
