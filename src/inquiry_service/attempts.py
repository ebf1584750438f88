"""How often something may be tried: so many times in a quarter of an hour, then a pause. Pure.

For wrong look-up codes and for what one address sends; whoever asks keeps the moments and says how
many are allowed. Passwords have a rule of their own, `staff.patience`.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta

from inquiry_service.errors import TooManyAttempts

FAILURE_WINDOW = timedelta(minutes=15)


def refuse_guessing(failures: Sequence[datetime], now: datetime, *, allowed: int) -> None:
    """Raise `TooManyAttempts` until the oldest of the last `allowed` failures leaves the window.

    `failures` are those within the window, newest first.
    """
    if len(failures) >= allowed:
        free_again = failures[allowed - 1] + FAILURE_WINDOW
        raise TooManyAttempts(max(1, round((free_again - now).total_seconds())))
