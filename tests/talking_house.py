"""A small bureau that can be talked to: real parts on a fresh database, and no Rasa."""

import uuid
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

import anyio
import pytest

from inquiry_service.answering.asking import EngineHolder
from inquiry_service.answering.building import build_index
from inquiry_service.answering.twins import HashingEncoder
from inquiry_service.conversation.conversations import Conversations
from inquiry_service.conversation.direct import DirectDialogue
from inquiry_service.conversation.port import DialogueUnavailable, State
from inquiry_service.conversation.replies import Reply, Text
from inquiry_service.conversation.sources import Sources
from inquiry_service.conversation.speaking import Said
from inquiry_service.conversation.threads import Threads
from inquiry_service.conversation.turn import TurnTaken, take_turn
from inquiry_service.disclosure import DisclosureOffice
from inquiry_service.knowledge.library import load_library

REPORT = Path(__file__).parent.parent / "knowledge" / "reports" / "annual-report-2017.txt"

ANSWERED = "2017年收到多少件依申请公开申请？"
QUOTE = "2017年度本局共收到依政府申请公开信息5件,均及时给予答复。"
UNMATCHED = "2019年收到多少件依申请公开？"
OUT_OF_SCOPE = "今天天气怎么样"


@pytest.fixture(scope="session")
def report_index(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An index of the bureau's real 2017 report alone, with the encoder's twin."""
    directory = tmp_path_factory.mktemp("report-index")
    build_index(load_library([REPORT]), HashingEncoder(), directory)
    return directory


@pytest.fixture
def sources(office: DisclosureOffice, report_index: Path) -> Sources:
    engine = EngineHolder(report_index, HashingEncoder())
    return Sources(office.database, engine, office, office.clock)


@pytest.fixture
def conversations(sources: Sources) -> Conversations:
    """With the dialogue's twin; two threads, so that whatever holds one too long is seen."""
    threads = Threads(2)
    return Conversations(
        database=sources.database,
        engine=sources.engine,
        office=sources.office,
        dialogue=DirectDialogue(sources, threads),
        clock=sources.clock,
        secret="a-secret-that-is-only-for-tests",
        public_url="http://127.0.0.1:8000",
        threads=threads,
    )


def say(
    c: Conversations, conversation_id: str, text: str, *, message_id: str | None = None
) -> tuple[Reply, ...]:
    """One turn of its own, with a message id of its own unless one is given."""
    return taken(c, conversation_id, text, message_id=message_id).replies


def taken(
    c: Conversations, conversation_id: str, text: str, *, message_id: str | None = None
) -> TurnTaken:
    turn = partial(
        take_turn,
        c,
        channel="web",
        text=text,
        message_id=message_id or uuid.uuid4().hex,
        conversation_id=conversation_id,
    )
    return anyio.run(turn)


@dataclass
class Parrot:
    """A dialogue that repeats what it is told, and remembers it."""

    state: State = "up"
    heard: list[str] = field(default_factory=list)

    async def turn(self, conversation_id: str, text: str) -> Said:
        self.heard.append(text)
        return Said((Text(text),))

    async def probe(self) -> State:
        return self.state

    async def close(self) -> None:
        """Nothing is held."""


class Absent(Parrot):
    """A dialogue that is down."""

    async def turn(self, conversation_id: str, text: str) -> Said:
        await super().turn(conversation_id, text)
        raise DialogueUnavailable
