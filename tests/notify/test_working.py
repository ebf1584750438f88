"""The worker inside the service: it goes on, it stops, and a monitor sees how it stands."""

import logging
from datetime import timedelta
from threading import Event

import anyio
import pytest

from inquiry_service.moments import FrozenClock
from inquiry_service.notify import Backlog, Medium, backlog, deliver_due, keep_delivering
from inquiry_service.notify.carrier import Parcel, Refused
from inquiry_service.storage import Database
from post_twins import ScriptedCarrier, committed, email, post_office, sms


class LastOne(ScriptedCarrier):
    """Asks the worker to close after so many parcels."""

    def __init__(self, closing: Event, parcels: int, clumsy: bool = False) -> None:
        super().__init__()
        self.closing, self.parcels, self.clumsy = closing, parcels, clumsy

    def send(self, parcel: Parcel) -> str:
        super().send(parcel)
        if len(self.handed) == self.parcels:
            self.closing.set()
        if self.clumsy and len(self.handed) == 1:
            raise LookupError(parcel.to)
        return ""


def test_it_delivers_one_after_another_until_it_is_asked_to_close(
    database: Database, frozen_clock: FrozenClock
) -> None:
    closing = Event()
    carrier = LastOne(closing, 2)
    post = post_office(database, frozen_clock, {Medium.EMAIL: carrier})
    committed(post, email("a"), email("b"), email("c"))
    anyio.run(keep_delivering, post, closing, 0.01)
    assert len(carrier.handed) == 2


def test_a_fault_nobody_thought_of_does_not_end_it_and_its_text_is_not_logged(
    database: Database, frozen_clock: FrozenClock, caplog: pytest.LogCaptureFixture
) -> None:
    closing = Event()
    carrier = LastOne(closing, 2, clumsy=True)
    post = post_office(database, frozen_clock, {Medium.EMAIL: carrier})
    committed(post, email("a", "someone@example.cn"), email("b"))
    with caplog.at_level(logging.INFO):
        anyio.run(keep_delivering, post, closing, 0.01)
    assert len(carrier.handed) == 2
    assert "LookupError" in caplog.text
    assert "someone" not in caplog.text


def test_a_monitor_sees_what_waits_and_for_what(
    database: Database, frozen_clock: FrozenClock
) -> None:
    post = post_office(database, frozen_clock, {Medium.EMAIL: ScriptedCarrier([Refused("x")])})
    committed(post, email("a"))
    deliver_due(post)
    committed(post, email("b"))
    assert (backlog(post), backlog(post).well) == (Backlog(0, 0, undecided=1), True)
    frozen_clock.advance(timedelta(hours=1))
    assert (backlog(post), backlog(post).well) == (Backlog(0, late=1, undecided=1), False)
    deliver_due(post)
    committed(post, sms("c"))
    assert (backlog(post), backlog(post).well) == (Backlog(stranded=1, late=0, undecided=1), False)
