"""Pages that change only with the index, the day or the program: kept by whoever has them."""

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, time
from email.utils import format_datetime, parsedate_to_datetime
from http import HTTPStatus

from fastapi import Request, Response

from inquiry_service.answering.asking import AnswerEngine
from inquiry_service.edge.assets import HOUSE
from inquiry_service.edge.pages import PUBLIC, Pages
from inquiry_service.moments import CHINA
from inquiry_service.web.parts import WebParts

ROOMS = ("edge", "web")


def _digest_of_templates() -> str:
    digest = hashlib.sha256()
    for room in ROOMS:
        for path in sorted((HOUSE / room / "templates").glob("*.html")):
            digest.update(path.read_bytes())
    return digest.hexdigest()[:8]


@dataclass(frozen=True, slots=True)
class Freshness:
    """The state that a page was made from. `since` is when it last became another."""

    tag: str
    since: datetime

    @property
    def headers(self) -> dict[str, str]:
        return {
            "Cache-Control": PUBLIC,
            "ETag": self.tag,
            "Last-Modified": format_datetime(self.since, usegmt=True),
        }

    def known_to(self, headers: Mapping[str, str]) -> bool:
        """Whether the asker has this very state (RFC 9110, 13.2.2: a tag goes before a date)."""
        tags = headers.get("if-none-match")
        if tags is not None:
            return tags.strip() == "*" or self.tag in [tag.strip() for tag in tags.split(",")]
        try:
            return self.since <= parsedate_to_datetime(headers["if-modified-since"])
        except (KeyError, TypeError, ValueError):
            return False


class Freshener:
    """Answers "not changed" for the library; the program counts as new when it is started."""

    def __init__(self, parts: WebParts) -> None:
        self._parts = parts
        self._started = parts.conversations.clock()
        self._program = _digest_of_templates()

    def state(self, request: Request, engine: AnswerEngine) -> Freshness:
        pages: Pages = request.app.state.pages
        today = self._parts.today
        midnight = datetime.combine(today, time(), CHINA)
        built = datetime.fromisoformat(engine.index.manifest.created)
        since = max(midnight, built, self._started).astimezone(UTC).replace(microsecond=0)
        made_of = (engine.index_version, pages.assets.digest, self._program)
        tag = f'W/"{"-".join(made_of)}-{today:%Y%m%d}"'
        return Freshness(tag, since)

    def unless_known(
        self, request: Request, engine: AnswerEngine, make: Callable[[Freshness], Response]
    ) -> Response:
        """What `make` gives, or 304 when the asker has it."""
        state = self.state(request, engine)
        if state.known_to(request.headers):
            return Response(status_code=HTTPStatus.NOT_MODIFIED, headers=state.headers)
        return make(state)
