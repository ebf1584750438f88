"""Following a request: number and code in, progress and reply out."""

from collections.abc import Mapping

from fastapi import Request
from fastapi.responses import HTMLResponse

from inquiry_service.disclosure.following import follow_request
from inquiry_service.disclosure.numbering import find_request_number
from inquiry_service.edge.errors import status_of
from inquiry_service.edge.pages import render
from inquiry_service.errors import NotFound, TooManyAttempts
from inquiry_service.web.parts import WebParts
from inquiry_service.web.submitted import Sent

HERE = "/requests"
"""Where the navigation shows a person to be."""


class FollowingPages:
    """The look-up form and the page it opens. No address that we write carries the code."""

    def __init__(self, parts: WebParts) -> None:
        self._parts = parts

    def lookup(self, request: Request) -> HTMLResponse:
        return _lookup(request, {})

    def follow(self, request: Request, sent: Sent) -> HTMLResponse:
        number, code = str(sent.get("number", "")), str(sent.get("code", ""))
        return self._followed(request, number, code)

    def by_address(self, request: Request, number: str, code: str = "") -> HTMLResponse:
        """`/requests/NUMBER` asks for the code, unless the visitor's own address brings it."""
        if code:
            return self._followed(request, number, code)
        proper = find_request_number(number)
        if proper is None:
            raise NotFound("这个页面")
        return _lookup(request, {"number": proper})

    def _followed(self, request: Request, number: str, code: str) -> HTMLResponse:
        """Progress and reply; a wrong code and an unknown number read the same."""
        try:
            following = follow_request(self._parts.office, number, code)
        except (NotFound, TooManyAttempts) as failure:
            return _lookup(request, {"number": number, "code": code}, failure)
        return render(request, "web/request_follow.html", path=HERE, following=following)


def _lookup(
    request: Request,
    form: Mapping[str, str],
    failure: NotFound | TooManyAttempts | None = None,
) -> HTMLResponse:
    headers = {}
    if isinstance(failure, TooManyAttempts):
        headers["Retry-After"] = str(failure.retry_after)
    return render(
        request,
        "web/request_lookup.html",
        status=status_of(failure) if failure else 200,
        headers=headers,
        path=HERE,
        form=form,
        failure=failure.message if failure else "",
    )
