"""Where answers and ways on come from: what the bot's words are made of, with or without Rasa."""

from dataclasses import dataclass

from inquiry_service.answering.asking import EngineHolder
from inquiry_service.disclosure.office import DisclosureOffice
from inquiry_service.moments import Clock
from inquiry_service.storage import Database


@dataclass(frozen=True)
class Sources:
    """The database, the answer engine, the disclosure office and the clock."""

    database: Database
    engine: EngineHolder
    office: DisclosureOffice
    clock: Clock
