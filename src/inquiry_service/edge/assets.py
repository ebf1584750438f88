"""Static files under an address that changes when any of them changes.

All files share one digest in their path, so a module may import its neighbour by a relative
address and still get the same generation. They are small and held in memory, which also means
that no request can name a file outside the list.
"""

import hashlib
import mimetypes
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from fastapi import APIRouter, Response

from inquiry_service.errors import NotFound

HOUSE = Path(__file__).resolve().parent.parent
FOREVER = "public, max-age=31536000, immutable"


@dataclass(frozen=True)
class Assets:
    """The static files by name (`edge/app.css`), and the digest over all of them."""

    files: dict[str, bytes]
    digest: str

    @classmethod
    def collect(cls, rooms: Iterable[str]) -> "Assets":
        """Read every room's `static/` folder; a room without one has none."""
        files = {
            f"{room}/{path.relative_to(HOUSE / room / 'static').as_posix()}": path.read_bytes()
            for room in rooms
            for path in sorted((HOUSE / room / "static").rglob("*"))
            if path.is_file()
        }
        digest = hashlib.sha256()
        for name, content in files.items():
            digest.update(f"{name}\x00{len(content)}\x00".encode() + content)
        return cls(files, digest.hexdigest()[:12])

    def url(self, name: str) -> str:
        """The lasting address of a file. Raises `KeyError` for a name that does not exist."""
        if name not in self.files:
            raise KeyError(name)
        return f"/static/{self.digest}/{name}"

    def response(self, name: str, *, cache: str) -> Response:
        if name not in self.files:
            raise NotFound("这个文件")
        kind = mimetypes.guess_type(name)[0] or "application/octet-stream"
        return Response(self.files[name], media_type=kind, headers={"Cache-Control": cache})

    def router(self) -> APIRouter:
        """Serves the files; an address of an older generation gets the present file, uncached."""
        routes = APIRouter(include_in_schema=False)

        @routes.api_route("/static/{digest}/{name:path}", methods=["GET", "HEAD"])
        def static_file(digest: str, name: str) -> Response:
            return self.response(name, cache=FOREVER if digest == self.digest else "no-cache")

        return routes
