"""A process that files three notices and delivers them, and is killed at a named point.

    python dying.py DATABASE_URL KIND BOOK [POINT]

Points are about the second notice: the first has left by then, the third is waiting.
"""

import os
import signal
import sys
from pathlib import Path

from sqlalchemy import Connection, event

sys.path.insert(0, str(Path(__file__).parents[1]))

from inquiry_service import moments
from inquiry_service.notify import Medium, PostOffice, deliver_due
from inquiry_service.storage import Database
from post_twins import carrier_of, committed, email, post_office

TEXTS = ("甲", "乙", "丙")
COMMITS = (
    "before the event is committed",
    "before the first claim is committed",
    "before the first end is committed",
    "before the claim is committed",
    "before the end is committed",
)
"""The commits of this process in their order."""
POINTS = (
    "before the event is committed",
    "after the event is committed",
    "before the claim is committed",
    "before accepting",
    "after accepting",
    "before the end is committed",
    "after the end is committed",
)


class Fate:
    """Kills the process without a word when the point is reached, the second time if it recurs."""

    def __init__(self, point: str) -> None:
        self.point = point
        self._commits = iter(COMMITS)
        self._handed_over: dict[str, int] = {}

    def reached(self, point: str) -> None:
        if point == self.point:
            os.kill(os.getpid(), signal.SIGKILL)

    def in_the_carrier(self, point: str) -> None:
        self._handed_over[point] = self._handed_over.get(point, 0) + 1
        if self._handed_over[point] == 2:
            self.reached(point)

    def before_commit(self, _connection: Connection) -> None:
        self.reached(next(self._commits, ""))


def opened(url: str, kind: str, book: str, fate: Fate) -> PostOffice:
    database = Database.open(url)
    event.listen(database.engine, "commit", fate.before_commit)
    carrier = carrier_of(kind, Path(book), fate.in_the_carrier)
    return post_office(database, moments.now, {Medium.EMAIL: carrier})


def live(url: str, kind: str, book: str, point: str) -> None:
    fate = Fate(point)
    post = opened(url, kind, book, fate)
    committed(post, *(email(f"key/{text}", text=text) for text in TEXTS))
    fate.reached("after the event is committed")
    deliver_due(post, most=2)
    fate.reached("after the end is committed")


def deliver(url: str, kind: str, book: str) -> None:
    """Only deliver, beside others that do the same."""
    deliver_due(opened(url, kind, book, Fate("never")), most=1000)


if __name__ == "__main__":
    (deliver if len(sys.argv) == 4 else live)(*sys.argv[1:])
