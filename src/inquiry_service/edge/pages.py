"""Pages: one template environment for all faces, everything escaped unless said otherwise.

A template is named by its room and file (`web/chat.html`); it extends `edge/base.html`.
"""

from collections.abc import Sequence
from typing import Any

from fastapi import Request
from fastapi.responses import HTMLResponse
from jinja2 import Environment, FileSystemLoader, PrefixLoader, StrictUndefined

from inquiry_service.edge.assets import HOUSE, Assets

PUBLIC = "no-cache"
"""Cache-Control of a page that is the same for everyone: keep it, but ask before showing it."""


class Pages:
    """Renders templates; knows the bureau's name and where the static files are."""

    def __init__(self, *, bureau: str, assets: Assets, rooms: Sequence[str]) -> None:
        self.assets = assets
        loaders = {room: FileSystemLoader(HOUSE / room / "templates") for room in rooms}
        self.environment = Environment(
            loader=PrefixLoader(loaders),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self.environment.globals.update(bureau=bureau, static=assets.url)

    def text(self, template: str, **context: Any) -> str:
        return self.environment.get_template(template).render(**context)


def render(
    request: Request,
    template: str,
    *,
    status: int = 200,
    headers: dict[str, str] | None = None,
    **context: Any,
) -> HTMLResponse:
    """One page as a response. It is not stored by any cache unless `headers` says so."""
    pages: Pages = request.app.state.pages
    context.setdefault("path", request.url.path)
    return HTMLResponse(pages.text(template, **context), status_code=status, headers=headers)
