"""When to stop asking a part that does not answer, and when to try it again."""

import time
from collections.abc import Callable

REST = 2.0
"""Seconds a part is left alone before one caller tries it again."""
PATIENCE = 3
"""Failures in a row, of a part that can be reached, after which it is left alone too."""


class Breaker:
    """Closed: everyone is let through. Open: nobody, but after a rest one at a time as a probe.

    This knowledge is per process on purpose: each finds out within one connection attempt.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._failures = 0
        self._retry_at: float | None = None
        self._probing = False

    @property
    def open(self) -> bool:
        return self._retry_at is not None

    def lets_through(self) -> bool:
        """Whether this caller may try. Each call let through must be followed by one verdict."""
        if self._retry_at is None:
            return True
        if self._probing or self._clock() < self._retry_at:
            return False
        self._probing = True
        return True

    def answered(self) -> None:
        self._failures, self._retry_at, self._probing = 0, None, False

    def unreachable(self) -> None:
        self._retry_at, self._probing = self._clock() + REST, False

    def failed(self) -> None:
        """Reached, but late or broken: forgiven a few times, except to a probe."""
        self._failures += 1
        if self.open or self._failures >= PATIENCE:
            self.unreachable()

    def abandoned(self) -> None:
        """The caller went away without a verdict: the next one may probe."""
        self._probing = False
