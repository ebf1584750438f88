"""The real bot and the service behind it, started once for all conversations."""

import secrets
import shutil
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
import uvicorn

from inquiry_service.calendar import WorkingCalendar
from inquiry_service.storage import Database
from inquiry_service.storage.migrating import upgrade
from rasa_house import (
    READY_SECONDS,
    Person,
    Rasa,
    Service,
    free_port,
    service_app,
    talking_parts,
)
from talking_house import report_index

__all__ = ["report_index"]


@pytest.fixture(scope="session")
def service(
    tmp_path_factory: pytest.TempPathFactory, report_index: Path, calendar: WorkingCalendar
) -> Iterator[Service]:
    home = tmp_path_factory.mktemp("talking")
    database = Database.open(f"sqlite:///{home / 'inquiry.sqlite'}")
    upgrade(database)
    token, port = secrets.token_hex(16), free_port()
    rasa = Rasa(free_port(), f"http://127.0.0.1:{port}/rasa/actions", token, home / "rasa.log")
    conversations = talking_parts(database, calendar, report_index, rasa)
    server = uvicorn.Server(
        uvicorn.Config(service_app(conversations, token), port=port, ws="none", log_level="warning")
    )
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    try:
        rasa.start()
        service = Service(f"http://127.0.0.1:{port}", conversations, rasa)
        yield service
        service.client.close()
    finally:
        rasa.kill()
        server.should_exit = True
        thread.join(READY_SECONDS)
        database.close()
        shutil.rmtree(home, ignore_errors=True)


@pytest.fixture
def person(service: Service) -> Person:
    return service.person()
