"""The whole house on free ports, and how long its callers wait."""

import http.client
import itertools
import json
import os
import signal
import socket
import subprocess
import sys
import threading
import time
import uuid
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from benching.figures import Times, resident_megabytes, say
from inquiry_service.settings import Settings

ROOT = Path(__file__).resolve().parent.parent.parent
PATIENCE = 180
"""Seconds for the house to start."""
TURNS_EACH = 4

Caller = Callable[[str], None]


@dataclass
class Running:
    """A started house: ports, seconds until each part answered, and the process above them."""

    port: int
    rasa_port: int
    pid: int
    started: float
    service_seconds: float = 0.0
    rasa_seconds: float = 0.0

    def wait(self) -> None:
        self.service_seconds = self._until(self.port, "/healthz")
        self.rasa_seconds = self._until(self.rasa_port, "/")

    def _until(self, port: int, path: str) -> float:
        while time.monotonic() - self.started < PATIENCE:
            connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
            try:
                connection.request("GET", path)
                if connection.getresponse().status == http.client.OK:
                    return time.monotonic() - self.started
            except OSError:
                time.sleep(0.05)
            finally:
                connection.close()
        raise SystemExit(f"port {port} did not answer")

    def memory(self) -> dict[str, float]:
        """Megabytes of the supervisor's children, by what they run."""
        children = Path(f"/proc/{self.pid}/task/{self.pid}/children").read_text().split()
        sizes = {}
        for child in children:
            command = Path(f"/proc/{child}/cmdline").read_text()
            name = "Rasa" if "launcher" in command else "service"
            sizes[name] = resident_megabytes(int(child))
        return sizes


@contextmanager
def house(settings: Settings, home: Path, index: Path) -> Iterator[Running]:
    """`inquiry-service up`, stopped at the end."""
    port, rasa_port = _free_port(), _free_port()
    own = {
        "INQUIRY_HOME": str(home),
        "INQUIRY_INDEX": str(index),
        "INQUIRY_MODELS": str(settings.models_folder.resolve()),
        "INQUIRY_BOT_MODEL": str(settings.bot_model_file.resolve()),
        "INQUIRY_PORT": str(port),
        "INQUIRY_RASA_URL": f"http://127.0.0.1:{rasa_port}",
        "INQUIRY_LOG_LEVEL": "warning",
    }
    command = [sys.executable, "-m", "inquiry_service", "up"]
    with (home / "up.log").open("wb") as log:
        process = subprocess.Popen(command, cwd=ROOT, env=os.environ | own, stdout=log, stderr=log)
    try:
        yield Running(port, rasa_port, process.pid, time.monotonic())
    except SystemExit:
        for line in (home / "up.log").read_text(errors="replace").splitlines()[-15:]:
            say(line)
        raise
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(30)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Line:
    """One caller's connection, kept open, as browsers do."""

    def __init__(self, port: int) -> None:
        self._connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        self._connection.connect()
        self._connection.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

    def post(self, path: str, payload: object, token: str = "") -> bytes:
        headers = {"Content-Type": "application/json"}
        if token:
            headers["Authorization"] = f"Bearer {token}"
        self._connection.request("POST", path, json.dumps(payload), headers)
        response = self._connection.getresponse()
        content = response.read()
        if response.status >= http.client.BAD_REQUEST:
            raise SystemExit(f"{path}: {response.status} {content[:200]!r}")
        return content

    def close(self) -> None:
        self._connection.close()


def answer(line: Line) -> Caller:
    return lambda question: void(line.post("/api/v1/answers", {"question": question}))


def turn(line: Line) -> Caller:
    """Turns of people who ask a few questions each; opening a conversation is part of the first."""
    said = itertools.count()
    opened: dict[str, str] = {}

    def ask(question: str) -> None:
        if next(said) % TURNS_EACH == 0:
            opened.update(json.loads(line.post("/api/v1/conversations", {})))
        line.post(
            f"/api/v1/conversations/{opened['conversation_id']}/messages",
            {"text": question, "client_message_id": uuid.uuid4().hex},
            opened["token"],
        )

    return ask


def void(_content: bytes) -> None:
    """What was answered is not looked at here."""


def waited(
    make: Callable[[Line], Caller], port: int, questions: Sequence[str], at_once: int, count: int
) -> Times:
    """How long each of `count` callers waited, `at_once` of them on the line."""
    waiting = itertools.islice(itertools.cycle(questions), count)
    lock = threading.Lock()
    each: list[float] = []

    def worker() -> None:
        line = Line(port)
        ask = make(line)
        while True:
            with lock:
                question = next(waiting, None)
            if question is None:
                break
            began = time.perf_counter()
            ask(question)
            each.append(time.perf_counter() - began)
        line.close()

    began, spent = time.perf_counter(), time.process_time()
    workers = [threading.Thread(target=worker) for _ in range(at_once)]
    for one in workers:
        one.start()
    for one in workers:
        one.join()
    return Times(each, time.perf_counter() - began, time.process_time() - spent)
