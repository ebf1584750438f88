"""`up`: one foreground process that starts everything and stops everything."""

import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import httpx
import pytest

pytestmark = pytest.mark.thorough

ROOT = Path(__file__).resolve().parents[2]


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def environment(home: Path, port: int, **more: str) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("INQUIRY_")}
    settings = {"INQUIRY_HOME": str(home), "INQUIRY_PORT": str(port), "INQUIRY_RASA_URL": ""}
    return kept | settings | more


def up(settings: dict[str, str]) -> "subprocess.Popen[str]":
    command = [sys.executable, "-m", "inquiry_service", "up"]
    return subprocess.Popen(
        command, cwd=ROOT, env=settings, text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
    )


def answers(port: int, within: float = 60) -> bool:
    until = time.monotonic() + within
    while time.monotonic() < until:
        try:
            return httpx.get(f"http://127.0.0.1:{port}/healthz", trust_env=False).is_success
        except httpx.TransportError:
            time.sleep(0.1)
    return False


def test_it_starts_the_service_and_stops_it_on_a_signal(tmp_path: Path) -> None:
    port = free_port()
    # A proxy of the environment, here a dead one, has no part in it.
    proxy = {"http_proxy": f"http://127.0.0.1:{free_port()}", "no_proxy": ""}
    process = up(environment(tmp_path, port, **proxy))
    assert process.stdout
    told = ""
    for line in process.stdout:
        told += line
        if "Ctrl-C" in line:
            break
    reached = answers(port, within=5)
    process.send_signal(signal.SIGTERM)
    process.communicate(timeout=30)
    assert reached, told
    assert f"http://127.0.0.1:{port}/chat" in told
    assert process.returncode == 0
    assert not answers(port, within=1)


def test_a_busy_port_is_told_before_anything_starts(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        told, _ = up(environment(tmp_path, port)).communicate(timeout=30)
    assert "INQUIRY_PORT" in told
    assert "已被占用" in told


def test_a_missing_bot_environment_is_told_with_what_to_do(tmp_path: Path) -> None:
    settings = environment(tmp_path, free_port(), INQUIRY_BOT_PYTHON=str(tmp_path / "nothing"))
    settings["INQUIRY_RASA_URL"] = f"http://127.0.0.1:{free_port()}"
    process = up(settings)
    told, _ = process.communicate(timeout=30)
    assert process.returncode == 1
    assert "make setup" in told


def test_an_open_event_stream_does_not_hold_up_the_end(tmp_path: Path) -> None:
    port = free_port()
    process = up(environment(tmp_path, port))
    try:
        assert answers(port)
        with httpx.Client(base_url=f"http://127.0.0.1:{port}", trust_env=False) as http:
            opened = http.post("/api/v1/conversations", json={}).json()
            events = f"/api/v1/conversations/{opened['conversation_id']}/events"
            bearer = {"Authorization": f"Bearer {opened['token']}"}
            with http.stream("GET", events, headers=bearer) as stream:
                assert stream.status_code == 200
                process.send_signal(signal.SIGTERM)
                for _ in stream.iter_raw():
                    pass
    finally:
        process.send_signal(signal.SIGTERM)
        process.communicate(timeout=30)
    assert process.returncode == 0
