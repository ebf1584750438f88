"""How often somebody may try a secret: ten failures in a quarter of an hour, then a pause. Pure.

One rule for look-up codes and for passwords; each room keeps its own failures.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta

from inquiry_service.errors import TooManyAttempts

FAILURES_ALLOWED = 10
FAILURE_WINDOW = timedelta(minutes=15)


def refuse_guessing(failures: Sequence[datetime], now: datetime) -> None:
    """Raise `TooManyAttempts` until the oldest of the last ten failures leaves the window.

    `failures` are those within the window, newest first.
    """
    if len(failures) >= FAILURES_ALLOWED:
        free_again = failures[FAILURES_ALLOWED - 1] + FAILURE_WINDOW
        raise TooManyAttempts(max(1, round((free_again - now).total_seconds())))
