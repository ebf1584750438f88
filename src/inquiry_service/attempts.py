"""How often somebody may try a secret: some failures in a quarter of an hour, then a pause. Pure.

One rule for look-up codes and for passwords; each room keeps its own failures and says how many
it allows.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta

from inquiry_service.errors import TooManyAttempts

FAILURES_ALLOWED = 10
FAILURE_WINDOW = timedelta(minutes=15)


def refuse_guessing(
    failures: Sequence[datetime], now: datetime, *, allowed: int = FAILURES_ALLOWED
) -> None:
    """Raise `TooManyAttempts` until the oldest of the last `allowed` failures leaves the window.

    `failures` are those within the window, newest first.
    """
    if len(failures) >= allowed:
        free_again = failures[allowed - 1] + FAILURE_WINDOW
        raise TooManyAttempts(max(1, round((free_again - now).total_seconds())))
