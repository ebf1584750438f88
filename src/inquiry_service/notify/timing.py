"""When a notice may leave: quiet hours for short messages, and pauses between tries. Pure."""

from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta

from inquiry_service.moments import CHINA
from inquiry_service.notify.notice import Medium

FIRST_PAUSE = timedelta(minutes=1)
LONGEST_PAUSE = timedelta(hours=4)
LAST_ATTEMPT = 24
"""With these pauses the last try comes two and a half days after the first."""


@dataclass(frozen=True, slots=True)
class QuietHours:
    """Do not disturb between two local times in China, over midnight when `begins` is the later.

    The last quiet instant is just before `ends`. Two equal times mean no quiet hours.
    """

    begins: time = time(21)
    ends: time = time(8)

    def hold(self, at: time) -> bool:
        if self.begins <= self.ends:
            return self.begins <= at < self.ends
        return at >= self.begins or at < self.ends


def not_before(medium: Medium, now: datetime, quiet: QuietHours) -> datetime:
    """The earliest moment at or after `now` at which the medium may disturb somebody."""
    local = now.astimezone(CHINA)
    if medium is not Medium.SMS or not quiet.hold(local.time()):
        return now
    end = datetime.combine(local.date(), quiet.ends, CHINA)
    return (end if end > local else end + timedelta(days=1)).astimezone(UTC)


def pause_after(attempts: int) -> timedelta | None:
    """How long to wait after that many failed tries; None when there is to be no other."""
    if attempts >= LAST_ATTEMPT:
        return None
    return min(FIRST_PAUSE * (1 << (attempts - 1)), LONGEST_PAUSE)
