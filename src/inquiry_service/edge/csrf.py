"""Proof that a form was ours and was sent from our own page."""

import secrets
from urllib.parse import urlsplit

from fastapi import Request
from itsdangerous import BadData, URLSafeTimedSerializer

from inquiry_service.errors import NotAllowed

SAME_SITE = {"same-origin", "none"}


def require_same_origin(request: Request) -> None:
    """Raise `NotAllowed` when a browser says that another site sent this request.

    A dependency for routes that take forms. Browsers name the sender in Sec-Fetch-Site, older
    ones in Origin; a client that sends neither is no browser and carries no cookie by accident.
    """
    site = request.headers.get("sec-fetch-site")
    if site is not None:
        foreign = site not in SAME_SITE
    else:
        origin = request.headers.get("origin")
        foreign = origin is not None and urlsplit(origin).netloc != request.headers.get("host")
    if foreign:
        raise NotAllowed("这份表单不是从本站页面提交的，请从本站重新打开")


class FormKeys:
    """Signed one-off keys for a form: who issued it is certain, and sending twice is visible.

    The key inside is random; used as a submission key it makes a double click harmless.
    """

    def __init__(self, secret: str, *, purpose: str, lifetime: int = 24 * 3600) -> None:
        self._serializer = URLSafeTimedSerializer(secret, salt=f"form:{purpose}")
        self._lifetime = lifetime

    def issue(self) -> str:
        return self._serializer.dumps(secrets.token_urlsafe(16))

    def key_in(self, token: str) -> str:
        """The random key in a token. Raises `NotAllowed` when it is forged or too old."""
        try:
            return str(self._serializer.loads(token, max_age=self._lifetime))
        except BadData as fault:
            raise NotAllowed("这份表单已经过期，请重新打开后提交") from fault
