"""Following a request in a conversation, by rule: the look-up code goes nowhere else."""

from dataclasses import dataclass

from inquiry_service.conversation import store, wording
from inquiry_service.conversation.replies import Text
from inquiry_service.conversation.sources import Sources
from inquiry_service.conversation.speaking import Said, speak_following
from inquiry_service.disclosure.looking.following import follow_request
from inquiry_service.disclosure.rules.numbering import find_lookup_code, find_request_number
from inquiry_service.errors import NotFound, TooManyAttempts


@dataclass(frozen=True, slots=True)
class Tracked:
    """What a message says about a request: its number, its code, or both."""

    number: str | None
    code: str | None


def tracked(text: str, awaited_number: str | None) -> Tracked | None:
    """None when the message is about something else.

    A code without a number counts when a number is awaited, when it is called a 查询码, or when
    nothing else is said; otherwise it may be the name of something.
    """
    number = find_request_number(text)
    code = find_lookup_code(text)
    if number is not None:
        return Tracked(number, code)
    if code is None:
        return None
    if awaited_number is not None:
        return Tracked(awaited_number, code)
    alone = len([c for c in text if c.isalnum()]) == len([c for c in code if c.isalnum()])
    return Tracked(None, code) if alone or "查询码" in text else None


def track(sources: Sources, conversation_id: str, about: Tracked) -> Said:
    """Say the state, or ask for what is missing and remember the number for the next message."""
    if about.number is None:
        return Said((Text(wording.CODE_WITHOUT_NUMBER),))
    _await(sources, conversation_id, about.number)
    if about.code is None:
        return Said((Text(wording.ASK_CODE.format(number=about.number)),))
    try:
        following = follow_request(sources.office, about.number, about.code)
    except NotFound:
        return Said((Text(wording.NOT_FOLLOWED),))
    except TooManyAttempts as fault:
        return Said((Text(fault.message),))
    _await(sources, conversation_id, None)
    return Said(speak_following(following))


def forget_awaited(sources: Sources, conversation_id: str) -> None:
    """The person went on to something else."""
    _await(sources, conversation_id, None)


def _await(sources: Sources, conversation_id: str, number: str | None) -> None:
    with sources.database.begin() as connection:
        store.change_conversation(connection, conversation_id, awaited_number=number)
