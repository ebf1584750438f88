"""`serve` is the service; `up` is service and bot under one foreground process."""

import typer

from inquiry_service.cli.supervision import Supervisor
from inquiry_service.settings import Settings


def serve() -> None:
    """Start the service alone. Rasa, if configured, is expected to run beside it."""
    from inquiry_service.cli.server import Server

    Server.of(Settings.load()).run()


def up() -> None:
    """Start service and bot, print the addresses, and stop both on Ctrl-C."""
    raise typer.Exit(Supervisor(Settings.load()).run())
