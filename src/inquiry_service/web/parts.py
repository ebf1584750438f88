"""What the public face is given."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from threading import Event

from inquiry_service.answering.asking import AnswerEngine, EngineHolder
from inquiry_service.conversation.turn import Conversations
from inquiry_service.disclosure.office import DisclosureOffice
from inquiry_service.errors import PartUnavailable
from inquiry_service.moments import local_day
from inquiry_service.web.request_access import LASTS_AT_MOST


@dataclass(frozen=True)
class WebParts:
    """`public_url` has no slash at its end. `allowed_frame_origins` may embed the chat.

    `access_at_most`: how long after the look-up code was typed it is asked for again. What one
    address may send holds for a quarter of an hour, 0 is any number. `closing` is set when the
    process is asked to stop, so that open event streams end by themselves instead of holding it
    up.
    """

    conversations: Conversations
    engine: EngineHolder
    office: DisclosureOffice
    public_url: str
    bureau: str
    allowed_frame_origins: tuple[str, ...] = ()
    access_at_most: timedelta = LASTS_AT_MOST
    filings_per_address: int = 0
    uploads_per_address: int = 0
    closing: Event = field(default_factory=Event)

    @property
    def today(self) -> date:
        return local_day(self.conversations.clock())

    def library(self) -> AnswerEngine:
        """The engine on the present index. Raises `PartUnavailable` while there is none."""
        engine = self.engine.current
        if engine is None:
            raise PartUnavailable("公开文件库")
        return engine
