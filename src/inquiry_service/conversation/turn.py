"""One message in, its replies out, computed once and recorded.

The order of a turn: length → masking → record → owner → position in the last choices → tracking
by rule → dialogue → retrieval alone when there is no dialogue. The database says who computes
a turn: the same message sent again, even at the same moment and to another process, waits for
the first one's replies.
"""

from dataclasses import dataclass

from inquiry_service.conversation.conversations import Conversations
from inquiry_service.conversation.opening import (
    Opened,
    check_token,
    conversation_of,
    open_conversation,
    ownership,
    pass_on,
)
from inquiry_service.conversation.replies import Reply
from inquiry_service.conversation.transcript import Turn, transcript, turns_after

__all__ = [
    "Conversations",
    "Opened",
    "Turn",
    "TurnTaken",
    "check_token",
    "conversation_of",
    "open_conversation",
    "ownership",
    "pass_on",
    "take_turn",
    "transcript",
    "turns_after",
]


@dataclass(frozen=True, slots=True)
class TurnTaken:
    """What became of one message. No replies when a person owns the conversation."""

    conversation_id: str
    turn_id: int
    owner: str
    replies: tuple[Reply, ...]


async def take_turn(
    c: Conversations,
    *,
    channel: str,
    text: str,
    message_id: str,
    conversation_id: str | None = None,
    person: str | None = None,
) -> TurnTaken:
    """Take one message of a conversation, or of a channel's `person` (the channel's own id).

    Raises `BadInput` for an empty or too long message, `NotFound` for no such conversation,
    `PartUnavailable` when the same message is being answered elsewhere and that does not end.
    """
    raise NotImplementedError
