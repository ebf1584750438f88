"""Measures what people wait for, on this machine; run by `make bench`.

A real service and a real Rasa are started on free ports with the prepared model, an index built
for the occasion and the trained bot. Prints one Markdown page: question latency, whole turns,
index building beside the bare encoder, start-up and memory. All requests go to this machine and
are bounded in number.
"""

import asyncio
import itertools
import os
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import uuid
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx
import yaml

from inquiry_service.answering.building import build_index
from inquiry_service.answering.encoder import Encoder
from inquiry_service.answering.encoding import input_of
from inquiry_service.bootstrap.engine import encoder
from inquiry_service.knowledge.glossary import Glossary, load_glossary
from inquiry_service.knowledge.library import Library, load_library
from inquiry_service.settings import Settings

ROOT = Path(__file__).resolve().parent.parent
AT_ONCE = (1, 8, 32)
REQUESTS = {1: 100, 8: 240, 32: 320}
PATIENCE = 180
"""Seconds for the house to start."""

TURNS = {1: 60, 8: 160, 32: 192}

Ask = Callable[[httpx.AsyncClient, str], Awaitable[float]]


def questions() -> list[str]:
    """The project's own questions, so that every kind of ending is among them."""
    text = (ROOT / "knowledge" / "evaluation" / "questions.yaml").read_text(encoding="utf-8")
    return [str(entry["question"]) for entry in yaml.safe_load(text)]


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@dataclass
class Running:
    """A started house: address, seconds until it answered, and the processes behind it."""

    address: str
    rasa: str
    pid: int
    started: float
    service_seconds: float = 0.0
    rasa_seconds: float = 0.0

    async def wait(self) -> None:
        async with httpx.AsyncClient(trust_env=False) as http:
            self.service_seconds = await self._until(http, f"{self.address}/healthz")
            self.rasa_seconds = await self._until(http, f"{self.rasa}/")

    async def _until(self, http: httpx.AsyncClient, url: str) -> float:
        while time.monotonic() - self.started < PATIENCE:
            try:
                if (await http.get(url)).is_success:
                    return time.monotonic() - self.started
            except httpx.TransportError:
                await asyncio.sleep(0.05)
        raise SystemExit(f"{url} did not answer; see the log in the bench's home folder")


@contextmanager
def house(settings: Settings, home: Path, index: Path) -> Iterator[Running]:
    """`inquiry-service up` on free ports, stopped at the end."""
    port, rasa_port = free_port(), free_port()
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
    address, rasa = f"http://127.0.0.1:{port}", f"http://127.0.0.1:{rasa_port}"
    try:
        yield Running(address, rasa, process.pid, time.monotonic())
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(30)


async def measure(ask: Ask, address: str, at_once: int, count: int) -> list[float]:
    """How long each of `count` requests was waited for, `at_once` of them under way; seconds."""
    waiting = itertools.islice(itertools.cycle(questions()), count)
    seconds: list[float] = []

    async def worker(http: httpx.AsyncClient) -> None:
        seconds.extend([await ask(http, question) for question in waiting])

    limits = httpx.Limits(max_connections=at_once)
    async with httpx.AsyncClient(
        base_url=address, trust_env=False, timeout=30, limits=limits
    ) as http:
        await asyncio.gather(*(worker(http) for _ in range(at_once)))
    return seconds


async def answer(http: httpx.AsyncClient, question: str) -> float:
    began = time.perf_counter()
    response = await http.post("/api/v1/answers", json={"question": question})
    response.raise_for_status()
    return time.perf_counter() - began


class Talk:
    """Turns of people who ask a few questions each; opening a conversation is not waited for."""

    TURNS_EACH = 4

    def __init__(self) -> None:
        self._open: list[tuple[str, str, int]] = []

    async def turn(self, http: httpx.AsyncClient, question: str) -> float:
        conversation_id, token, taken = self._open.pop() if self._open else await self._new(http)
        began = time.perf_counter()
        response = await http.post(
            f"/api/v1/conversations/{conversation_id}/messages",
            headers={"Authorization": f"Bearer {token}"},
            json={"text": question, "client_message_id": uuid.uuid4().hex},
        )
        response.raise_for_status()
        seconds = time.perf_counter() - began
        if taken + 1 < self.TURNS_EACH:
            self._open.append((conversation_id, token, taken + 1))
        return seconds

    async def _new(self, http: httpx.AsyncClient) -> tuple[str, str, int]:
        opened = (await http.post("/api/v1/conversations", json={})).json()
        return opened["conversation_id"], opened["token"], 0


def latency_row(name: str, at_once: int, seconds: list[float], whole: float) -> str:
    cuts = statistics.quantiles(seconds, n=20)
    middle, late = statistics.median(seconds) * 1000, cuts[18] * 1000
    rate = len(seconds) / whole
    return f"| {name} | {at_once} | {middle:.0f} ms | {late:.0f} ms | {rate:.1f} |"


async def latencies(running: Running) -> None:
    await running.wait()
    print("\n| what | at once | p50 | p95 | a second |\n| --- | --- | --- | --- | --- |")
    plans: list[tuple[str, Ask, dict[int, int]]] = [
        ("`POST /api/v1/answers`", answer, REQUESTS),
        ("a whole turn with Rasa", Talk().turn, TURNS),
    ]
    for name, ask, counts in plans:
        await measure(ask, running.address, 2, 10)
        for at_once in AT_ONCE:
            began = time.perf_counter()
            seconds = await measure(ask, running.address, at_once, counts[at_once])
            print(latency_row(name, at_once, seconds, time.perf_counter() - began), flush=True)


def memory(pid: int) -> dict[str, float]:
    """Megabytes of resident memory of the supervisor's children, by what they run."""
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    sizes = {}
    for child in children:
        command = Path(f"/proc/{child}/cmdline").read_text()
        status = Path(f"/proc/{child}/status").read_text()
        kilobytes = int(status.split("VmRSS:")[1].split()[0])
        sizes["Rasa" if "launcher" in command else "service"] = kilobytes / 1024
    return sizes


def build_figures(library: Library, glossary: Glossary, model: Encoder, index: Path) -> None:
    """Index building beside the bare encoder on the same passages.

    A build also embeds the sentences of longer passages and the questions that documents name.
    """
    texts = [
        input_of(document.provenance, passage).text
        for document in library.documents
        for passage in document.passages
    ]
    began = time.perf_counter()
    model.encode_passages(texts)
    bare = len(texts) / (time.perf_counter() - began)
    embedded = [0]
    began = time.perf_counter()
    report = build_index(
        library, model, index, glossary=glossary, progress=lambda _, all_: embedded.append(all_)
    )
    seconds = time.perf_counter() - began
    began = time.perf_counter()
    build_index(library, model, index, glossary=glossary)
    again = time.perf_counter() - began
    print("\n| building the index | a second |\n| --- | --- |")
    print(f"| the bare encoder: {len(texts)} passages | {bare:.1f} |")
    print(f"| `knowledge build`, everything new: passages | {report.passages / seconds:.1f} |")
    print(f"| the same in texts embedded: {max(embedded)} | {max(embedded) / seconds:.1f} |")
    print(f"\nBuilding again with nothing changed: {again * 1000:.0f} ms.")


def main() -> None:
    settings = Settings.load()
    print(f"Machine: {os.cpu_count()} processors, Python {sys.version.split()[0]}")
    with tempfile.TemporaryDirectory() as folder:
        home, index = Path(folder), Path(folder) / "index"
        library = load_library(settings.knowledge_folders)
        glossary = load_glossary(settings.knowledge_folders[0] / "glossary.yaml")
        build_figures(library, glossary, encoder(settings), index)
        with house(settings, home, index) as running:
            asyncio.run(latencies(running))
            sizes = memory(running.pid)
            print("\n| part | answers after | memory |\n| --- | --- | --- |")
            print(f"| service | {running.service_seconds:.1f} s | {sizes['service']:.0f} MB |")
            print(f"| Rasa | {running.rasa_seconds:.1f} s | {sizes['Rasa']:.0f} MB |")


if __name__ == "__main__":
    main()
