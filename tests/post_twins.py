"""Twins of carriers, notices to send, and a post office to deliver them."""

import base64
import fcntl
import json
import os
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

from inquiry_service.moments import Clock
from inquiry_service.notify import Medium, Notice, PostOffice, enqueue
from inquiry_service.notify.carrier import NEVER, Carrier, NotDelivered, Parcel
from inquiry_service.storage import Database

MORNING = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
"""Nine o'clock on a Monday in China."""


def seal(text: str) -> str:
    return "sealed:" + base64.b64encode(text.encode()).decode()


def unseal(sealed: str) -> str:
    return base64.b64decode(sealed.removeprefix("sealed:")).decode()


def post_office(
    database: Database, clock: Clock, carriers: Mapping[Medium, Carrier] | None = None
) -> PostOffice:
    return PostOffice(database, clock, seal, unseal, carriers or {})


def email(key: str, to: str = "someone@example.cn", **facts: object) -> Notice:
    told = {"subject": "答复已经作出", "text": "您的申请已经答复。", **facts}
    return Notice(key, Medium.EMAIL, to, **told)  # type: ignore[arg-type]


def sms(key: str, to: str = "13800000000", text: str = "您的申请已经答复。") -> Notice:
    return Notice(key, Medium.SMS, to, "", text)


def committed(post: PostOffice, *notices: Notice) -> None:
    with post.database.begin() as connection:
        for notice in notices:
            enqueue(post, connection, notice, post.clock())


def parcel(key: str, to: str = "someone@example.cn", text: str = "您的申请已经答复。") -> Parcel:
    return Parcel((key * 64)[:64], to, "答复已经作出（桐）", text, MORNING)


def _nothing_happens(_point: str) -> None:
    """The points of a hand-over pass without an accident."""


@dataclass
class LedgerCarrier:
    """A provider whose book is a file, so that it outlives the process that handed over.

    `repeatable_for` and `askable` make it one of the three kinds the outbox knows; `at` is told
    the points `before accepting` and `after accepting`.
    """

    book: Path
    repeatable_for: timedelta = NEVER
    askable: bool = False
    at: Callable[[str], None] = _nothing_happens

    def send(self, parcel: Parcel) -> str:
        self.at("before accepting")
        if not (self.repeatable_for and self._has(parcel.key)):
            self._write(parcel)
        self.at("after accepting")
        return "the-book"

    def accepted(self, key: str) -> bool | None:
        return self._has(key) if self.askable else None

    def texts(self) -> list[str]:
        """What the provider delivers, one for each time it took something."""
        return [entry["text"] for entry in self._entries()]

    def _has(self, key: str) -> bool:
        return any(entry["key"] == key for entry in self._entries())

    def _entries(self) -> list[dict[str, str]]:
        if not self.book.exists():
            return []
        return [json.loads(line) for line in self.book.read_text().splitlines()]

    def _write(self, parcel: Parcel) -> None:
        with self.book.open("a") as book:
            fcntl.flock(book, fcntl.LOCK_EX)
            book.write(json.dumps({"key": parcel.key, "text": parcel.text}) + "\n")
            book.flush()
            os.fsync(book.fileno())


KINDS: dict[str, dict[str, object]] = {
    "repeatable": {"repeatable_for": timedelta(days=1)},
    "askable": {"askable": True},
    "mute": {},
}


def carrier_of(
    kind: str, book: Path, at: Callable[[str], None] = _nothing_happens
) -> LedgerCarrier:
    return LedgerCarrier(book, at=at, **KINDS[kind])  # type: ignore[arg-type]


@dataclass
class ScriptedCarrier:
    """Fails as it is told to, one failure a call, then takes everything. `answers`: what
    `accepted` says, call by call, None when they run out.
    """

    failures: Iterable[NotDelivered] = ()
    repeatable_for: timedelta = NEVER
    answers: Iterable[bool | None] = ()
    handed: list[Parcel] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._failures, self._answers = iter(self.failures), iter(self.answers)

    def send(self, parcel: Parcel) -> str:
        self.handed.append(parcel)
        if (failure := next(self._failures, None)) is not None:
            raise failure
        return "taken"

    def accepted(self, key: str) -> bool | None:
        return next(self._answers, None)
