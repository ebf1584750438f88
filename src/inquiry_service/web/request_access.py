"""A short way into one request, for the forms on its page: its code is typed once, kept nowhere.

The pass is a signed note of the number, the minute, and the minute in which the code was typed; it
stands in hidden fields of forms that are posted, never in an address. Every page gives a new one
for half an hour, but none outlasts the end that is counted from the code.
"""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from itsdangerous import BadData, URLSafeSerializer

from inquiry_service.moments import Clock

LASTS = timedelta(minutes=30)
LASTS_AT_MOST = timedelta(hours=2)


@dataclass(frozen=True, slots=True)
class _Pass:
    number: str
    issued: datetime
    begun: datetime


class Access:
    """Issues and reads passes. A forged one names no request, an old one names it but is over.

    `at_most`: how long after the code was typed the last of its passes is over.
    """

    def __init__(self, secret: str, clock: Clock, at_most: timedelta = LASTS_AT_MOST) -> None:
        self._serializer = URLSafeSerializer(secret, salt="disclosure-access")
        self._clock = clock
        self._at_most = at_most

    def issue(self, number: str, after: str = "") -> str:
        """For whoever has just shown the code, or `after`, a pass of theirs that is not over."""
        now = self._clock()
        before = self._read(after)
        begun = before.begun if before and before.number == number else now
        return self._serializer.dumps([number, int(now.timestamp()), int(begun.timestamp())])

    def number_in(self, token: str) -> str:
        """The number that a pass opens now; empty when it is over or forged."""
        found = self._read(token)
        if found is None or found.issued + LASTS < self._clock():
            return ""
        return "" if self._ended(found) else found.number

    def number_once(self, token: str) -> str:
        """The number of a pass that may be over: it spares typing and opens nothing."""
        found = self._read(token)
        return found.number if found else ""

    def why_over(self, token: str) -> str:
        """The sentence for a pass that opens nothing any more."""
        found = self._read(token)
        if found and self._ended(found):
            told = f"填写查询码已经满{_duration(self._at_most)}，请重新填写申请编号和查询码"
            return f"为了安全，{told}，随后回到原来的页面。"
        return f"为了安全，页面打开{_duration(LASTS)}后要重新填写查询码，随后回到原来的页面。"

    def _ended(self, found: _Pass) -> bool:
        return found.begun + self._at_most < self._clock()

    def _read(self, token: str) -> _Pass | None:
        try:
            number, issued, begun = self._serializer.loads(token)
            return _Pass(str(number), _moment(issued), _moment(begun))
        except (BadData, ValueError, TypeError):
            return None


def _moment(seconds: int) -> datetime:
    return datetime.fromtimestamp(seconds, UTC)


def _duration(time: timedelta) -> str:
    minutes = round(time.total_seconds() / 60)
    return f"{minutes}分钟" if minutes % 60 else f"{minutes // 60}小时"
