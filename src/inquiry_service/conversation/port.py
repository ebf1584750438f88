"""The keeper of a dialogue's thread, behind a small port."""

from typing import Literal, Protocol

from inquiry_service.conversation.speaking import Said
from inquiry_service.errors import PartUnavailable

State = Literal["up", "down", "off"]


class DialogueUnavailable(PartUnavailable):
    """The dialogue did not answer in time or not in a form that can be read.

    Never shown to a person: the turn is then answered by retrieval.
    """

    code = "dialogue_unavailable"

    def __init__(self) -> None:
        super().__init__("对话引擎")


class Dialogue(Protocol):
    """Decides what kind of turn a message is and what is said to it.

    `turn` is given text free of personal data and look-up codes, for one conversation. It returns
    at least one reply and the ids of the answers given in them, or raises `DialogueUnavailable`
    and nothing else; it never blocks the event loop and holds no thread or database connection
    while it waits for another process. Turns of one conversation may come at the same time.

    `state` is what is known without asking; `probe` asks now, for `/readyz`. `off` means that
    there is none by choice. `close` gives sockets back; a closed dialogue is not used again.
    """

    @property
    def state(self) -> State: ...

    async def turn(self, conversation_id: str, text: str) -> Said: ...

    async def probe(self) -> State: ...

    async def close(self) -> None: ...
