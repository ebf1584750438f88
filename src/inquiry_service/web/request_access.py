"""A short way into one request, for the forms on its page: its code is typed once, kept nowhere.

The pass is a signed note of the number and the minute; it stands in hidden fields of forms that
are posted, never in an address, and lasts half an hour.
"""

from datetime import UTC, datetime, timedelta

from itsdangerous import BadData, URLSafeSerializer

from inquiry_service.moments import Clock

LASTS = timedelta(minutes=30)


class Access:
    """Issues and reads passes. A forged one names no request, an old one names it but is over."""

    def __init__(self, secret: str, clock: Clock) -> None:
        self._serializer = URLSafeSerializer(secret, salt="disclosure-access")
        self._clock = clock

    def issue(self, number: str) -> str:
        """For whoever has just shown the code, or a pass that is not over."""
        return self._serializer.dumps([number, int(self._clock().timestamp())])

    def number_in(self, token: str) -> str:
        """The number that a pass opens now; empty when it is over or forged."""
        number, issued = self._read(token)
        return number if issued + LASTS >= self._clock() else ""

    def number_once(self, token: str) -> str:
        """The number of a pass that may be over: it spares typing and opens nothing."""
        return self._read(token)[0]

    def _read(self, token: str) -> tuple[str, datetime]:
        try:
            number, issued = self._serializer.loads(token)
            return str(number), datetime.fromtimestamp(issued, UTC)
        except (BadData, ValueError, TypeError):
            return "", datetime.min.replace(tzinfo=UTC)
