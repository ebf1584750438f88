"""The outer doors of the application, hung in one place and in the order that matters."""

from collections.abc import Mapping, Sequence

from fastapi import FastAPI

from inquiry_service.edge.assets import Assets
from inquiry_service.edge.errors import UnexpectedFaults, install_error_handlers
from inquiry_service.edge.headers import SecurityHeaders
from inquiry_service.edge.limits import BodyLimit
from inquiry_service.edge.pages import Pages

BODY_LIMIT = 256 * 1024
"""Bytes of the largest request anybody needs to send: a long form, never a file."""


def install(
    app: FastAPI,
    *,
    bureau: str,
    rooms: Sequence[str] = ("edge", "web", "desk"),
    body_limit: int = BODY_LIMIT,
    roomy: Mapping[str, int] | None = None,
    sign_in_path: str = "/desk/sign-in",
) -> None:
    """Give `app` pages, static files, error handling, size limit and security headers.

    `roomy` names the paths that may be sent more than `body_limit` bytes.
    `rooms` are the rooms whose `templates/` and `static/` folders are served. A visitor of a
    page below the desk who is not signed in is led to `sign_in_path`.
    """
    assets = Assets.collect(rooms)
    app.state.pages = Pages(bureau=bureau, assets=assets, rooms=rooms)
    app.include_router(assets.router())
    install_error_handlers(app, sign_in_path=sign_in_path)
    # The last one added stands outermost: headers are put on everything, faults included.
    app.add_middleware(BodyLimit, limit=body_limit, roomy=roomy)
    app.add_middleware(UnexpectedFaults)
    app.add_middleware(SecurityHeaders)
