"""Opening a conversation, finding the one of a person, and proving that it is one's own."""

import hashlib
import hmac
import secrets
from dataclasses import dataclass

from sqlalchemy.exc import IntegrityError

from inquiry_service.conversation import store
from inquiry_service.conversation.conversations import Conversations
from inquiry_service.conversation.ownership import Owner, Ownership
from inquiry_service.errors import NotFound

_WHAT = "这段对话"


@dataclass(frozen=True, slots=True)
class Opened:
    """A new conversation; the token is shown once, to whoever opened it."""

    conversation_id: str
    token: str


def open_conversation(c: Conversations, channel: str) -> Opened:
    """Begin a conversation for whoever holds the token."""
    conversation_id = secrets.token_hex(16)
    with c.database.begin() as connection:
        store.add_conversation(
            connection, conversation_id, channel=channel, person=None, at=c.clock()
        )
    return Opened(conversation_id, _token(c, conversation_id))


def check_token(c: Conversations, conversation_id: str, token: str) -> None:
    """Raises `NotFound` alike for a wrong token and for no such conversation."""
    right = hmac.compare_digest(_token(c, conversation_id).encode(), token.encode())
    with c.database.read() as connection:
        known = store.conversation(connection, conversation_id) is not None
    if not (right and known):
        raise NotFound(_WHAT)


def conversation_of(c: Conversations, channel: str, person: str) -> str:
    """The one conversation of a channel's person, opened when they first write.

    `person` is the channel's own id; only a keyed hash of it is stored.
    """
    pseudonym = _keyed(c, f"person:{channel}:{person}")
    try:
        return _found_or_opened(c, channel, pseudonym)
    except IntegrityError:  # the person's other message opened it at this moment
        return _found_or_opened(c, channel, pseudonym)


def pass_on(c: Conversations, conversation_id: str, to: Owner, *, expected_version: int) -> None:
    """Give the conversation to another owner.

    Raises `Conflict` when it was passed on since `expected_version`, `NotAllowed` when such a
    pass does not exist, `NotFound`.
    """
    with c.database.begin() as connection:
        row = store.conversation(connection, conversation_id)
        if row is None:
            raise NotFound(_WHAT)
        seen = Ownership(Owner.parse(row.owner), row.owner_version)
        passed = seen.passed_to(to, expected_version=expected_version)
        # On PostgreSQL another pass may slip in between: the version in the statement decides.
        if not store.change_owner(
            connection, conversation_id, str(passed.owner), seen_version=seen.version
        ):
            seen.passed_to(to, expected_version=seen.version + 1)


def ownership(c: Conversations, conversation_id: str) -> Ownership:
    """Who owns the conversation now, with the version to hand in when passing it on."""
    with c.database.read() as connection:
        row = store.conversation(connection, conversation_id)
    if row is None:
        raise NotFound(_WHAT)
    return Ownership(Owner.parse(row.owner), row.owner_version)


def _found_or_opened(c: Conversations, channel: str, pseudonym: str) -> str:
    with c.database.begin() as connection:
        known = store.conversation_of_person(connection, channel, pseudonym)
        if known is not None:
            return known
        conversation_id = secrets.token_hex(16)
        store.add_conversation(
            connection, conversation_id, channel=channel, person=pseudonym, at=c.clock()
        )
        return conversation_id


def _token(c: Conversations, conversation_id: str) -> str:
    return _keyed(c, f"conversation:{conversation_id}")


def _keyed(c: Conversations, text: str) -> str:
    return hmac.new(c.secret.encode(), text.encode(), hashlib.sha256).hexdigest()
