"""`up` with the real bot: the whole of `make run` after set-up, started and stopped."""

import os
import signal
import socket
import subprocess
import sys
from pathlib import Path

import httpx
import pytest

from rasa_house import MODEL, PYTHON, REPOSITORY

pytestmark = pytest.mark.rasa


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def test_service_and_bot_start_find_each_other_and_stop_together(tmp_path: Path) -> None:
    assert PYTHON.exists(), f"{PYTHON} is missing: run `make setup`"
    assert MODEL.exists(), f"{MODEL} is missing: run `make setup`"
    port, rasa_port = free_port(), free_port()
    own = {
        "INQUIRY_HOME": str(tmp_path),
        "INQUIRY_PORT": str(port),
        "INQUIRY_RASA_URL": f"http://127.0.0.1:{rasa_port}",
        "INQUIRY_BOT_PYTHON": str(PYTHON),
        "INQUIRY_BOT_MODEL": str(MODEL),
    }
    kept = {name: value for name, value in os.environ.items() if not name.startswith("INQUIRY_")}
    process = subprocess.Popen(
        [sys.executable, "-m", "inquiry_service", "up"],
        cwd=REPOSITORY,
        env=kept | own,
        text=True,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    )
    assert process.stdout
    told = ""
    for line in process.stdout:
        told += line
        if "已就绪" in line:
            break
    try:
        with httpx.Client(base_url=f"http://127.0.0.1:{port}", trust_env=False) as http:
            assert http.get("/readyz").json()["parts"]["dialogue"] == "up", told
            opened = http.post("/api/v1/conversations", json={}).json()
            greeted = http.post(
                f"/api/v1/conversations/{opened['conversation_id']}/messages",
                headers={"Authorization": f"Bearer {opened['token']}"},
                json={"text": "我要申请信息公开", "client_message_id": "m1-greeting"},
                timeout=30,
            ).json()
    finally:
        process.send_signal(signal.SIGTERM)
        process.communicate(timeout=60)
    assert "取消" in str(greeted["replies"])
    assert process.returncode == 0
    with socket.socket() as probe:
        assert probe.connect_ex(("127.0.0.1", rasa_port)) != 0
