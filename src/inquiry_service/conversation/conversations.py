"""What the use cases of this room are given."""

from dataclasses import dataclass, field
from datetime import timedelta

from inquiry_service.answering.asking import EngineHolder
from inquiry_service.conversation.port import Dialogue
from inquiry_service.conversation.sources import Sources
from inquiry_service.conversation.threads import Threads
from inquiry_service.disclosure.office import DisclosureOffice
from inquiry_service.moments import Clock
from inquiry_service.storage import Database

TURN_THREADS = 8


@dataclass(frozen=True)
class Conversations:
    """The parts that a turn needs. `secret` keys tokens and the pseudonyms of persons."""

    database: Database
    engine: EngineHolder
    office: DisclosureOffice
    dialogue: Dialogue
    clock: Clock
    secret: str
    public_url: str
    threads: Threads = field(default_factory=lambda: Threads(TURN_THREADS))
    lease: timedelta = timedelta(seconds=15)
    """How long one attempt at a turn may take before another may take it over; longer than Rasa
    is waited for."""

    @property
    def sources(self) -> Sources:
        return Sources(self.database, self.engine, self.office, self.clock)
