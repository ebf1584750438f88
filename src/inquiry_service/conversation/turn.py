"""One message in, its replies out, computed once and recorded.

The order of a turn: length → masking → record → owner → position in the last choices → tracking
by rule → dialogue → retrieval alone when there is no dialogue. The database says who computes
a turn: the same message sent again, even at the same moment and to another process, waits for
the first one's replies. A turn that waits for Rasa holds no thread and no database connection.
"""

import asyncio
import hashlib
from dataclasses import dataclass, replace

from anyio import CancelScope

from inquiry_service.conversation.choosing import OutOfRange, choose, last_choices
from inquiry_service.conversation.claiming import Claimed, Settled, claim, release, settle
from inquiry_service.conversation.conversations import Conversations
from inquiry_service.conversation.direct import DirectDialogue
from inquiry_service.conversation.hearing import hear
from inquiry_service.conversation.opening import (
    Opened,
    check_token,
    conversation_of,
    open_conversation,
    ownership,
    pass_on,
)
from inquiry_service.conversation.ownership import Role, bot_speaks
from inquiry_service.conversation.port import DialogueUnavailable
from inquiry_service.conversation.replies import Reply, Text
from inquiry_service.conversation.speaking import Said, choose_again
from inquiry_service.conversation.tracking import forget_awaited, track
from inquiry_service.conversation.transcript import Turn, transcript, turns_after
from inquiry_service.conversation.unfinished import kept_form, resume
from inquiry_service.conversation.wording import IN_QUEUE
from inquiry_service.errors import PartUnavailable

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

_POLL = 0.1
_PATIENCE = 2.0
"""Seconds between looks at a turn that another computes, and beyond its lease."""
_LONGEST_ID = 128


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
    heard = hear(text)
    if conversation_id is None:
        if person is None:
            raise ValueError("a message belongs to a conversation or a person")
        conversation_id = await c.threads.run(conversation_of, c, channel, person)
    settled = await _once(c, conversation_id, _short(message_id), heard)
    return TurnTaken(conversation_id, settled.turn_id, settled.owner, settled.replies)


async def _once(c: Conversations, conversation_id: str, message_id: str, heard: str) -> Settled:
    loop = asyncio.get_running_loop()
    give_up_at = loop.time() + c.lease.total_seconds() + _PATIENCE
    while True:
        found = await c.threads.run(claim, c, conversation_id, message_id, heard)
        if isinstance(found, Claimed):
            found = await _computed(c, found, heard)
        if found is not None:
            return found
        if loop.time() > give_up_at:
            raise PartUnavailable("对话")
        await asyncio.sleep(_POLL)


async def _computed(c: Conversations, turn: Claimed, heard: str) -> Settled | None:
    """None when the claim was lost to another meanwhile."""
    try:
        said = await _said(c, turn, heard)
        return await c.threads.run(settle, c, turn, said)
    except BaseException:
        with CancelScope(shield=True):
            await c.threads.run(release, c, turn)
        raise


async def _said(c: Conversations, turn: Claimed, heard: str) -> Said:
    if not bot_speaks(turn.owner):
        return Said((Text(IN_QUEUE),) if turn.owner.role is Role.QUEUE else ())
    ruled = await c.threads.run(_by_rule, c, turn, heard)
    if isinstance(ruled, Said):
        # The dialogue did not hear it: whatever it asked is still open.
        return replace(ruled, asked=turn.asked)
    try:
        said = await c.dialogue.turn(turn.conversation_id, ruled)
    except DialogueUnavailable:
        resumed = await c.threads.run(_resumed, c, turn, ruled, None)
        return resumed or await DirectDialogue(c.sources, c.threads).turn(
            turn.conversation_id, ruled
        )
    if turn.asked is None or said.asked is not None:
        return said
    return await c.threads.run(_resumed, c, turn, ruled, said) or said


def _resumed(c: Conversations, turn: Claimed, text: str, said: Said | None) -> Said | None:
    """None unless a form was being filled, and neither handed over nor given up."""
    if turn.asked is None:
        return None
    kept = kept_form(c.sources, turn.conversation_id)
    if kept is None:
        return None
    return resume(c.sources, turn.conversation_id, text, asked=turn.asked, kept=kept, said=said)


def _by_rule(c: Conversations, turn: Claimed, heard: str) -> Said | str:
    """What is said without any dialogue, or else the words for the dialogue."""
    if turn.tracked is not None:
        return track(c.sources, turn.conversation_id, turn.tracked)
    if turn.awaited_number is not None:
        forget_awaited(c.sources, turn.conversation_id)
    choices = last_choices(turn.last_replies)
    chosen = choose(heard, choices.options if choices else ())
    if choices is not None and isinstance(chosen, OutOfRange):
        return Said(choose_again(choices))
    return turn.kept if chosen is None or isinstance(chosen, OutOfRange) else chosen.send


def _short(message_id: str) -> str:
    if len(message_id) <= _LONGEST_ID:
        return message_id
    return hashlib.sha256(message_id.encode()).hexdigest()
