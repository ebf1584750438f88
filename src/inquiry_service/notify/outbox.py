"""The outbox: a notice exists exactly if the event was committed, and leaves exactly once.

A worker takes a notice in a committed transaction, hands it to the carrier, and writes the end
down in another. If it dies between the two, the notice is open: what the carrier repeats or
remembers is cleared up by machine, anything else becomes `uncertain` and is left to a person.
"""

import hashlib
import secrets
from collections import Counter
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import Connection

from inquiry_service.errors import BadInput
from inquiry_service.notify import store
from inquiry_service.notify.carrier import Carrier, InDoubt, NotDelivered, Parcel, Refused
from inquiry_service.notify.notice import Medium, Notice, problems_of
from inquiry_service.notify.post import PostOffice
from inquiry_service.notify.store import Claim, State
from inquiry_service.notify.timing import LAST_ATTEMPT, not_before, pause_after


@dataclass(frozen=True, slots=True)
class Delivered:
    """What one round came to; `retried` will be tried again."""

    sent: int = 0
    retried: int = 0
    failed: int = 0
    uncertain: int = 0


def enqueue(post: PostOffice, connection: Connection, notice: Notice, now: datetime) -> bool:
    """Put a notice into the outbox, inside the caller's transaction; False when it is in there.

    The same key again is silently the same notice. Raises `BadInput` for what cannot be sent,
    and `ValueError` when the key already belongs to a notice of another medium: two ways to tell
    the same need two keys, or one of them would never be told.
    """
    if problems := problems_of(notice):
        raise BadInput(problems)
    row = _kept_as(post, notice, now)
    if store.add_once(connection, **row):
        return True
    known = store.medium_of(connection, notice.key)
    if known != notice.medium:
        raise ValueError(f"key {notice.key} is a notice by {known}, not by {notice.medium}")
    return False


def deliver_due(post: PostOffice, *, most: int = 100) -> Delivered:
    """Deliver what is due, at most that many tries."""
    ends: Counter[State] = Counter()
    while ends.total() < most and (end := deliver_next(post)) is not None:
        ends[end] += 1
    return Delivered(
        sent=ends[State.SENT],
        retried=ends[State.QUEUED],
        failed=ends[State.FAILED],
        uncertain=ends[State.UNCERTAIN],
    )


def deliver_next(post: PostOffice) -> State | None:
    """Deliver one notice and tell how it ended (`QUEUED`: to be tried again); None: none is due."""
    claim = _taken(post)
    if claim is None:
        return None
    try:
        return _delivered(post, post.carriers[claim.medium], claim)
    except NotDelivered as fault:
        return _set_aside(post, claim, fault)


def _kept_as(post: PostOffice, notice: Notice, now: datetime) -> dict[str, object]:
    """An in-app notice has arrived as soon as it is on the list."""
    in_app = notice.medium is Medium.IN_APP
    return {
        "key": notice.key,
        "medium": notice.medium,
        "urgent": notice.urgent,
        "recipient": post.seal(notice.to),
        "listed_for": notice.to if in_app else None,
        "subject": post.seal(notice.subject),
        "text": post.seal(notice.text),
        "state": State.SENT if in_app else State.QUEUED,
        "enqueued_at": now,
        "not_before": not_before(notice.medium, now, post.quiet),
        "sent_at": now if in_app else None,
    }


def _taken(post: PostOffice) -> Claim | None:
    """Take the next notice; whoever finds it gone looks again."""
    while True:
        now = post.clock()
        awake = [medium for medium in post.carriers if not_before(medium, now, post.quiet) == now]
        with post.database.read() as connection:
            seen = store.next_due(connection, now, awake)
        if seen is None:
            return None
        with post.database.begin() as connection:
            claim = store.take(connection, seen, secrets.token_hex(16), now, now + post.lease)
        if claim is not None:
            return claim


def _delivered(post: PostOffice, carrier: Carrier, claim: Claim) -> State:
    if claim.attempts > LAST_ATTEMPT:  # every try fell silent: nobody knows what became of it
        return _uncertain(post, claim)
    if claim.doubtful_since is None or _repeats(carrier, claim.doubtful_since, claim.claimed_at):
        return _sent(post, claim, carrier.send(_parcel(post, claim)))
    taken = carrier.accepted(_carriers_key(claim))
    if taken is None:
        return _uncertain(post, claim)
    if taken:
        return _sent(post, claim, "")
    return _send_after_all(post, carrier, replace(claim, doubtful_since=None))


def _send_after_all(post: PostOffice, carrier: Carrier, claim: Claim) -> State:
    """The doubt is cleared up: a failure now is judged without it."""
    try:
        return _sent(post, claim, carrier.send(_parcel(post, claim)))
    except NotDelivered as fault:
        return _set_aside(post, claim, fault)


def _repeats(carrier: Carrier, since: datetime, now: datetime) -> bool:
    return now - since < carrier.repeatable_for


def _sent(post: PostOffice, claim: Claim, reference: str) -> State:
    with post.database.begin() as connection:
        store.mark_sent(connection, claim, post.clock(), reference)
    return State.SENT


def _uncertain(post: PostOffice, claim: Claim) -> State:
    doubt = claim.doubtful_since
    return _end(post, claim, State.UNCERTAIN, claim.last_error, doubt, claim.claimed_at)


def _set_aside(post: PostOffice, claim: Claim, fault: NotDelivered) -> State:
    """Try again later, or end: `failed` only if no try at all can have been taken."""
    doubt, now = claim.doubtful_since, post.clock()
    if isinstance(fault, InDoubt):
        doubt = doubt or claim.claimed_at
    pause = None if isinstance(fault, Refused) else pause_after(claim.attempts)
    if pause is None:
        state = State.FAILED if doubt is None else State.UNCERTAIN
        return _end(post, claim, state, fault.reason, doubt, now)
    again = not_before(claim.medium, now + pause, post.quiet)
    return _end(post, claim, State.QUEUED, fault.reason, doubt, again)


def _end(
    post: PostOffice,
    claim: Claim,
    state: State,
    error: str,
    doubt: datetime | None,
    again: datetime,
) -> State:
    with post.database.begin() as connection:
        store.set_aside(
            connection, claim, state, error=error, doubtful_since=doubt, not_before=again
        )
    return state


def _parcel(post: PostOffice, claim: Claim) -> Parcel:
    return Parcel(
        key=_carriers_key(claim),
        to=post.unseal(claim.recipient),
        subject=post.unseal(claim.subject),
        text=post.unseal(claim.text),
        at=claim.enqueued_at,
    )


def _carriers_key(claim: Claim) -> str:
    """A digest: our key names a case. After a resend it is new, or the refusal would be repeated.

    Keys hold no space, so no other notice has this one.
    """
    text = f"{claim.key} {claim.resends}" if claim.resends else claim.key
    return hashlib.sha256(text.encode()).hexdigest()
