"""The web server, which lets open event streams end when it is asked to stop."""

from threading import Event
from types import FrameType

import uvicorn
from uvicorn.importer import import_from_string

from inquiry_service.settings import Settings


class Server(uvicorn.Server):
    """Tells the application first that it is closing, and waits for connections then."""

    closing: Event

    @classmethod
    def of(cls, settings: Settings) -> "Server":
        # Named, not imported: the doors are strangers to one another.
        app = import_from_string("inquiry_service.asgi:create_app")(settings)
        config = uvicorn.Config(
            app,
            host=settings.host,
            port=settings.port,
            log_config=None,
            access_log=False,
            timeout_graceful_shutdown=5,
        )
        server = cls(config)
        server.closing = app.state.closing
        return server

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        self.closing.set()
        super().handle_exit(sig, frame)
