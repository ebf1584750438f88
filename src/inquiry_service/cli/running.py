"""`serve` is the service; `up` is service and bot under one foreground process."""

import typer

from inquiry_service.cli.supervision import Supervisor, refuse_busy_port
from inquiry_service.settings import Settings


def serve() -> None:
    """Start the service alone. Rasa, if configured, is expected to run beside it."""
    from inquiry_service.cli.server import Server

    settings = Settings.load()
    refuse_busy_port(settings)
    server = Server.of(settings)
    try:
        server.run()
    except SystemExit:  # uvicorn has said why it could not start, but has a code of its own
        raise typer.Exit(1) from None


def up() -> None:
    """Start service and bot, print the addresses, and stop both on Ctrl-C."""
    raise typer.Exit(Supervisor(Settings.load()).run())
