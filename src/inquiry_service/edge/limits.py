"""How large a request may be and how its text is written, checked before its body is read."""

import re
from collections.abc import Mapping

from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

BAD_REQUEST, TOO_LARGE = 400, 413

_CHARSET = re.compile(r'charset(?!="?utf-8"?\s*(?:;|$))', re.IGNORECASE)


class BodyLimit:
    """ASGI middleware: a body over `limit` bytes ends in 413, announced or not.

    `roomy` gives single paths a limit of their own; a segment `*` stands for any one segment.
    A form with files that names any text encoding but UTF-8 ends in 400: no browser sends one,
    and some of those that Python knows (punycode) take minutes for a megabyte.
    """

    def __init__(self, app: ASGIApp, *, limit: int, roomy: Mapping[str, int] | None = None) -> None:
        self.app = app
        self.limit = limit
        self.roomy = roomy or {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        limit = self.limit_of(scope["path"])
        announced, oddly_written = _announced(scope), _is_oddly_written(scope)
        seen = 0

        async def counted() -> Message:
            nonlocal seen
            if oddly_written:
                raise HTTPException(BAD_REQUEST)
            if announced > limit:
                raise HTTPException(TOO_LARGE)
            message = await receive()
            seen += len(message.get("body", b""))
            if seen > limit:
                raise HTTPException(TOO_LARGE)
            return message

        await self.app(scope, counted, send)

    def limit_of(self, path: str) -> int:
        """Bytes that may be sent to a path."""
        fitting = (limit for pattern, limit in self.roomy.items() if _fits(path, pattern))
        return next(fitting, self.limit)


def _fits(path: str, pattern: str) -> bool:
    given, named = path.split("/"), pattern.split("/")
    pairs = zip(given, named, strict=False)
    return len(given) == len(named) and all(n in ("*", g) for g, n in pairs)


def _announced(scope: Scope) -> int:
    for name, value in scope["headers"]:
        if name == b"content-length" and value.isdigit():
            return int(value)
    return 0


def _is_oddly_written(scope: Scope) -> bool:
    kinds = (v.decode("latin-1") for name, v in scope["headers"] if name == b"content-type")
    return any("multipart/" in kind.lower() and _CHARSET.search(kind) for kind in kinds)
