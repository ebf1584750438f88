"""Notices on the list of a desk or a person, who see them when they look."""

from dataclasses import dataclass, field
from datetime import datetime

from inquiry_service.errors import NotFound
from inquiry_service.notify import store
from inquiry_service.notify.post import PostOffice


@dataclass(frozen=True, slots=True)
class InApp:
    """One unread notice."""

    id: int
    key: str
    subject: str = field(repr=False)
    text: str = field(repr=False)
    urgent: bool
    at: datetime


def unread(post: PostOffice, recipient: str) -> tuple[InApp, ...]:
    """What a login or desk has not read yet: urgent ones first, then the oldest."""
    with post.database.read() as connection:
        rows = store.unread_rows(connection, recipient)
    return tuple(
        InApp(
            row.id,
            row.key,
            post.unseal(row.subject),
            post.unseal(row.text),
            row.urgent,
            row.enqueued_at,
        )
        for row in rows
    )


def mark_read(post: PostOffice, notice_id: int, recipient: str) -> None:
    """Take it off the list; twice is no error. Raises `NotFound` when it is not on that list."""
    with post.database.begin() as connection:
        if not store.mark_read(connection, notice_id, recipient, post.clock()):
            raise NotFound("这条通知")
