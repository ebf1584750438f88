"""What a carrier promises, and the three ways it can fail."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Protocol

NEVER = timedelta(0)


@dataclass(frozen=True, slots=True)
class Parcel:
    """What a carrier is handed; `at` is when the notice was written.

    `key` is 64 hexadecimal digits, the same each time the parcel is handed over again.
    """

    key: str
    to: str = field(repr=False)
    subject: str = field(repr=False)
    text: str = field(repr=False)
    at: datetime


class NotDelivered(Exception):
    """Root of the carriers' failures.

    `reason` is a short code, never what the other side wrote: that could repeat an address.
    """

    def __init__(self, reason: str) -> None:
        self.reason = reason
        super().__init__(reason)


class NotTaken(NotDelivered):
    """Certainly not taken, but it may be another time: nobody listens, the password is refused."""


class Refused(NotDelivered):
    """Certainly not taken and never will be: the other side refuses this recipient or text."""


class InDoubt(NotDelivered):
    """It was handed over and no answer came: it may have been taken."""


class Carrier(Protocol):
    """Hands a parcel to whoever brings it to the recipient.

    `send` returns only when the other side has taken the parcel, with the other side's reference
    (may be empty). Everything else is `NotTaken`, `Refused` or `InDoubt`; when in doubt, it is
    `InDoubt`. It gives up by itself after its time-outs, well within the outbox's lease. It may
    be called from several threads.

    `repeatable_for`: how long the other side remembers a key and takes the same parcel again
    without delivering it twice; `NEVER` when it does not.

    `accepted` says whether the other side has taken the parcel with this key: None when it
    cannot be asked. False must be certain, for then the parcel is sent again. May raise
    `NotTaken` when the other side does not answer.
    """

    @property
    def repeatable_for(self) -> timedelta: ...

    def send(self, parcel: Parcel) -> str: ...

    def accepted(self, key: str) -> bool | None: ...
