"""The carrier of development: shows on a stream what would have been sent, and to nobody."""

import sys
from dataclasses import dataclass, field
from datetime import timedelta
from threading import Lock
from typing import TextIO

from inquiry_service.notify.carrier import Parcel
from inquiry_service.notify.notice import Medium, masked
from inquiry_service.redaction import redact


@dataclass
class ConsoleCarrier:
    """Takes every parcel once; `taken` holds them as they were handed over, newest last.

    The stream shows the recipient masked and personal data in the text replaced.
    """

    medium: Medium
    stream: TextIO = field(default_factory=lambda: sys.stdout)
    taken: list[Parcel] = field(default_factory=list)
    repeatable_for: timedelta = timedelta(days=1)
    _one_at_a_time: Lock = field(default_factory=Lock, repr=False)

    def send(self, parcel: Parcel) -> str:
        with self._one_at_a_time:
            if not self.accepted(parcel.key):
                self.taken.append(parcel)
                self.stream.write(self._shown(parcel))
                self.stream.flush()
        return f"console-{parcel.key[:12]}"

    def accepted(self, key: str) -> bool:
        return any(parcel.key == key for parcel in self.taken)

    def _shown(self, parcel: Parcel) -> str:
        to = masked(self.medium, parcel.to)
        return f"[{self.medium.value}] {to} {redact(parcel.subject)}\n{redact(parcel.text)}\n"
