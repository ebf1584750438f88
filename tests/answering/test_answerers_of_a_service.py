"""The real service with the real encoder: two processes beside it, and one of them killed."""

import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from socket import socket

import httpx
import pytest

from answering.answering_house import REPORT, REPOSITORY
from inquiry_service.answering.building import build_index
from inquiry_service.answering.encoder import Encoder
from inquiry_service.knowledge.library import load_library

pytestmark = [pytest.mark.encoder, pytest.mark.timeout(600)]

MODELS = Path(os.environ.get("INQUIRY_HOME", REPOSITORY / "var")).resolve() / "models"
QUESTIONS = (
    "2017年收到多少件依申请公开申请？",
    "微信公众号公开了多少条？",
    "今天天气怎么样",
    "哪个科室负责信息公开？",
) * 3


@dataclass(frozen=True)
class Service:
    process: "subprocess.Popen[bytes]"
    address: str

    def get(self, path: str) -> httpx.Response:
        return httpx.get(self.address + path, trust_env=False, timeout=60)

    def answer(self, question: str) -> object:
        path, asked = "/api/v1/answers", {"question": question}
        given = httpx.post(self.address + path, json=asked, trust_env=False, timeout=60)
        given.raise_for_status()
        return given.json()

    def answers_at_once(self) -> list[object]:
        with ThreadPoolExecutor(4) as callers:
            return list(callers.map(self.answer, QUESTIONS))

    @property
    def children(self) -> set[int]:
        order = ["ps", "-o", "pid=,args=", "--ppid", str(self.process.pid)]
        told = subprocess.run(order, capture_output=True, text=True, check=False).stdout
        return {int(line.split()[0]) for line in told.splitlines() if "answerer" in line}


def until(so: Callable[[], bool]) -> None:
    patience = time.monotonic() + 120
    while not so():
        assert time.monotonic() < patience
        time.sleep(0.1)


@pytest.fixture
def service(encoder: Encoder, tmp_path: Path) -> Iterator[Service]:
    build_index(load_library([REPORT]), encoder, tmp_path / "index")
    with socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    own = {
        "INQUIRY_HOME": str(tmp_path),
        "INQUIRY_MODELS": str(MODELS),
        "INQUIRY_PORT": str(port),
        "INQUIRY_RASA_URL": "",
        "INQUIRY_ANSWERERS": "2",
    }
    order = [sys.executable, "-m", "inquiry_service", "serve"]
    process = subprocess.Popen(order, env=os.environ | own)
    try:
        yield Service(process, f"http://127.0.0.1:{port}")
    finally:
        process.kill()
        process.wait()


def test_killing_one_loses_no_answer_and_all_end_with_the_service(service: Service) -> None:
    until(lambda: answers(service))
    alone = [service.answer(question) for question in QUESTIONS]
    until(lambda: len(service.children) == 2)
    first = service.children
    assert service.answers_at_once() == alone

    os.kill(min(first), signal.SIGKILL)
    assert service.answers_at_once() == alone
    until(lambda: len(service.children - {min(first)}) == 2)
    assert service.answers_at_once() == alone

    # One process speaks to the world, so its figures are all there are.
    counted = re.search(r'seconds_count.*"/api/v1/answers".* (\S+)', service.get("/metrics").text)
    assert counted
    assert float(counted[1]) == 4 * len(QUESTIONS)

    last = service.children
    service.process.send_signal(signal.SIGTERM)
    service.process.wait(30)
    until(lambda: not any(Path(f"/proc/{pid}/cmdline").exists() for pid in last))


def answers(service: Service) -> bool:
    assert service.process.poll() is None
    try:
        return service.get("/healthz").is_success
    except httpx.TransportError:
        return False
