"""Messages out: a transactional outbox, its carriers, and lists in the app.

A use case calls `enqueue` inside its own transaction; the worker delivers. Addresses and texts
are sealed with what the house hands in.
"""

from inquiry_service.notify.deciding import Undecided, resend, settle, undecided
from inquiry_service.notify.in_app import InApp, mark_read, unread
from inquiry_service.notify.notice import Medium, Notice, problems_of
from inquiry_service.notify.outbox import Delivered, deliver_due, enqueue
from inquiry_service.notify.post import PostOffice
from inquiry_service.notify.timing import QuietHours, not_before
from inquiry_service.notify.working import Backlog, backlog, keep_delivering

__all__ = [
    "Backlog",
    "Delivered",
    "InApp",
    "Medium",
    "Notice",
    "PostOffice",
    "QuietHours",
    "Undecided",
    "backlog",
    "deliver_due",
    "enqueue",
    "keep_delivering",
    "mark_read",
    "not_before",
    "problems_of",
    "resend",
    "settle",
    "undecided",
    "unread",
]
