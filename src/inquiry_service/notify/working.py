"""The worker inside the service, and what a monitor sees of it."""

import logging
from dataclasses import dataclass
from datetime import timedelta
from threading import Event

from anyio import sleep, to_thread

from inquiry_service.notify import store
from inquiry_service.notify.notice import Medium
from inquiry_service.notify.outbox import deliver_next
from inquiry_service.notify.post import PostOffice
from inquiry_service.notify.store import State

logger = logging.getLogger(__name__)

LATE = timedelta(hours=1)
"""So long after its time a notice that has a carrier should have left or failed once."""


@dataclass(frozen=True, slots=True)
class Backlog:
    """How many notices wait, and for what.

    `stranded`: for a medium that has no carrier. `late`: due for over an hour. `undecided`:
    failed or uncertain, for a person.
    """

    stranded: int
    late: int
    undecided: int

    @property
    def well(self) -> bool:
        """Whether notices leave; what waits for a person is no fault of the machine."""
        return not self.stranded and not self.late


def backlog(post: PostOffice) -> Backlog:
    late = post.clock() - LATE
    with post.database.read() as connection:
        return Backlog(
            stranded=store.waiting_count(connection, set(Medium) - set(post.carriers)),
            late=store.waiting_count(connection, post.carriers, late),
            undecided=len(store.in_states(connection, (State.FAILED, State.UNCERTAIN))),
        )


async def keep_delivering(post: PostOffice, closing: Event, interval: float) -> None:
    """Deliver until `closing` is set or the task is cancelled; a hand-over is never cut off.

    `interval`: seconds to rest when nothing is due. Several workers may run at once.
    """
    while not closing.is_set():
        if await to_thread.run_sync(_one, post) is None:
            await sleep(interval)


def _one(post: PostOffice) -> State | None:
    try:
        return deliver_next(post)
    except Exception as fault:  # an outer door: the worker outlives any fault
        # The class alone: the text of an error may repeat an address.
        logger.error("delivering notices: %s", type(fault).__name__)
        return None
