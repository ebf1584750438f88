"""A bounded set of worker threads of one's own.

Turns and Rasa's action calls use different sets: a turn that waits for Rasa holds no thread, and
the action call that Rasa makes meanwhile never queues behind other turns.
"""

from collections.abc import Callable
from functools import partial
from typing import ParamSpec, TypeVar

from anyio import CapacityLimiter, to_thread
from anyio.lowlevel import RunVar

P = ParamSpec("P")
T = TypeVar("T")


class Threads:
    """At most `size` blocking calls at a time; more of them wait in order, off the event loop."""

    def __init__(self, size: int) -> None:
        self._size = size
        self._limiter: RunVar[CapacityLimiter] = RunVar(f"threads-{id(self)}")

    async def run(self, act: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Call in a thread; errors come back as they are."""
        call = partial(act, *args, **kwargs)
        return await to_thread.run_sync(call, limiter=self._of_this_loop())

    def _of_this_loop(self) -> CapacityLimiter:
        """A limiter belongs to one event loop; the RunVar keeps one for each."""
        limiter = self._limiter.get(None)
        if limiter is None:
            limiter = CapacityLimiter(self._size)
            self._limiter.set(limiter)
        return limiter
