"""What stands in the queue, for the people who look after it."""

from dataclasses import dataclass
from datetime import datetime

from inquiry_service.notify import store
from inquiry_service.notify.notice import Medium, masked
from inquiry_service.notify.post import PostOffice
from inquiry_service.notify.store import State


@dataclass(frozen=True, slots=True)
class Waiting:
    """One notice that has yet to leave; `carried` is False while its medium has no carrier."""

    medium: Medium
    recipient: str
    subject: str
    enqueued_at: datetime
    not_before: datetime
    attempts: int
    error: str
    carried: bool


def waiting(post: PostOffice) -> tuple[Waiting, ...]:
    """What is queued or just being sent, oldest first, recipients masked."""
    with post.database.read() as connection:
        rows = store.in_states(connection, (State.QUEUED, State.SENDING))
    return tuple(
        Waiting(
            medium=(medium := Medium(row.medium)),
            recipient=masked(medium, post.unseal(row.recipient)),
            subject=post.unseal(row.subject),
            enqueued_at=row.enqueued_at,
            not_before=row.not_before,
            attempts=row.attempts,
            error=row.last_error or "",
            carried=post.carries(medium),
        )
        for row in rows
    )
