"""How long to wait after wrong passwords: a little, then longer, for one login from one address.

A stranger who tries somebody's login makes himself wait, not its owner, who sits elsewhere. When
many addresses try one login at once, each of them has fewer tries; nobody is shut out. Pure.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta

from inquiry_service.errors import TooManyAttempts

WINDOW = timedelta(hours=1)
"""For so long a wrong password counts."""

FREE, FREE_UNDER_ATTACK = 5, 3
ATTACK = 50
"""Wrong passwords for one login, from wherever, which no forgetful person reaches."""

FIRST_PAUSE, LONGEST_PAUSE = timedelta(minutes=1), timedelta(minutes=15)


def refuse_impatience(failures: Sequence[datetime], now: datetime, *, everywhere: int) -> None:
    """Raise `TooManyAttempts` until the pause after the last wrong password is over.

    `failures` are those of this login from this address within the window, newest first;
    `everywhere` is how many this login had from all addresses.
    """
    free = FREE_UNDER_ATTACK if everywhere >= ATTACK else FREE
    if len(failures) < free:
        return
    doubled = min(len(failures) - free, 10)
    pause = min(FIRST_PAUSE * 2**doubled, LONGEST_PAUSE)
    left = (failures[0] + pause - now).total_seconds()
    if left > 0:
        raise TooManyAttempts(max(1, round(left)))
