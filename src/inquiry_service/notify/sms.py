"""Short messages through a small HTTP port, which a bureau puts in front of its provider."""

from dataclasses import dataclass, field
from datetime import timedelta

import httpx

from inquiry_service.notify.carrier import InDoubt, NotTaken, Parcel, Refused

_NEVER_REACHED = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout)
_REFUSES_THIS_ONE = {400, 410, 413, 422}


@dataclass(frozen=True)
class HttpSmsCarrier:
    """One POST for one message.

        POST {url}
        Authorization: Bearer {token}
        Idempotency-Key: {64 hexadecimal digits}
        Content-Type: application/json

        {"to": "13800000000", "text": "…"}

    The other side answers 2xx once the message is taken, with `{"id": "…"}` if it has a
    reference. For at least `repeatable_for` it answers the same key with 2xx without sending a
    second message: this is what makes a lost answer harmless. 400, 410, 413 and 422 mean that
    this message will never be taken; 3xx and other 4xx that it was not taken now (token wrong,
    too many); 5xx, or no answer, leave it open. It is then sent again under the same key.
    `timeout`: seconds for each step.
    """

    url: str
    token: str = field(default="", repr=False)
    timeout: float = 20.0
    repeatable_for: timedelta = timedelta(days=1)

    def send(self, parcel: Parcel) -> str:
        answer = self._answer(parcel)
        if answer.is_success:
            return _reference(answer)
        reason = f"HTTP {answer.status_code}"
        if answer.status_code in _REFUSES_THIS_ONE:
            raise Refused(reason)
        if answer.is_client_error or answer.is_redirect:
            raise NotTaken(reason)
        raise InDoubt(reason)

    def accepted(self, key: str) -> None:  # noqa: ARG002 (it is told again rather than asked)
        return None

    def _answer(self, parcel: Parcel) -> httpx.Response:
        headers = {"Idempotency-Key": parcel.key}
        if self.token:
            headers["Authorization"] = f"Bearer {self.token}"
        told = {"to": parcel.to, "text": parcel.text}
        try:
            return httpx.post(self.url, json=told, headers=headers, timeout=self.timeout)
        except _NEVER_REACHED as fault:
            raise NotTaken(type(fault).__name__) from fault
        except httpx.HTTPError as fault:
            raise InDoubt(type(fault).__name__) from fault


def _reference(answer: httpx.Response) -> str:
    """The provider's reference; a success without a readable one is a success all the same."""
    try:
        told = answer.json()
    except ValueError:
        return ""
    return str(told.get("id", "")) if isinstance(told, dict) else ""
