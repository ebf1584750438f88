"""What the machine must not decide: notices that failed, or of which nobody knows."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row

from inquiry_service.errors import BadInput, Conflict, NotFound, Problem
from inquiry_service.notify import store
from inquiry_service.notify.notice import Medium, masked
from inquiry_service.notify.post import PostOffice
from inquiry_service.notify.store import State
from inquiry_service.notify.timing import not_before

UNDECIDED = (State.FAILED, State.UNCERTAIN)
_LONGEST_LOGIN = 64


@dataclass(frozen=True, slots=True)
class Undecided:
    """One notice on the staff's list. `certain`: it has certainly not been sent."""

    id: int
    key: str
    medium: Medium
    recipient: str
    subject: str
    certain: bool
    error: str
    attempts: int
    enqueued_at: datetime


def undecided(post: PostOffice) -> tuple[Undecided, ...]:
    """What waits for a person, oldest first, recipients masked."""
    with post.database.read() as connection:
        rows = store.in_states(connection, UNDECIDED)
    return tuple(_shown(post, row) for row in rows)


def resend(post: PostOffice, notice_id: int, by: str) -> None:
    """Send again after all. Of an uncertain notice the recipient may then get a second copy.

    Raises `NotFound`, or `Conflict` when somebody has decided already.
    """
    now = post.clock()
    with post.database.begin() as connection:
        seen = _open(store.notice_row(connection, notice_id), by)
        again = not_before(Medium(seen.medium), now, post.quiet)
        # A mailbox drops the second of two copies with one Message-ID, so an uncertain one keeps
        # its key; a refused one needs a new key, or its refusal would only be repeated.
        resends = seen.resends + (seen.state == State.FAILED)
        fresh = {"attempts": 0, "resends": resends, "doubtful_since": None}
        changed = store.change(connection, seen, state=State.QUEUED, not_before=again, **fresh)
        _refuse_second(changed)
        store.add_decision(connection, notice_id, now, by, "resend")


def settle(post: PostOffice, notice_id: int, by: str) -> None:
    """Leave it: it has arrived, or the recipient was told in another way.

    Raises `NotFound`, or `Conflict` when somebody has decided already.
    """
    with post.database.begin() as connection:
        seen = _open(store.notice_row(connection, notice_id), by)
        _refuse_second(store.change(connection, seen, state=State.SETTLED))
        store.add_decision(connection, notice_id, post.clock(), by, "settle")


def _open(seen: Row[Any] | None, by: str) -> Row[Any]:
    if not 1 <= len(by) <= _LONGEST_LOGIN:
        raise BadInput([Problem("by", "要记下是谁决定的，请先登录。")])
    if seen is None:
        raise NotFound("这条通知")
    _refuse_second(seen.state in UNDECIDED)
    return seen


def _refuse_second(still_open: bool) -> None:
    if not still_open:
        raise Conflict("这条通知已经处理过，或者正在发送")


def _shown(post: PostOffice, row: Row[Any]) -> Undecided:
    medium = Medium(row.medium)
    return Undecided(
        id=row.id,
        key=row.key,
        medium=medium,
        recipient=masked(medium, post.unseal(row.recipient)),
        subject=post.unseal(row.subject),
        certain=row.state == State.FAILED,
        error=row.last_error or "",
        attempts=row.attempts,
        enqueued_at=row.enqueued_at,
    )
