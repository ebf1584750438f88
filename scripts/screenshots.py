"""Takes the pictures in docs/images from a real service with demonstration cases.

Run by `make screenshots`. Rasa is not needed: the pages are the same without it.
"""

import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
from environments import find_browser
from playwright.sync_api import Page, sync_playwright

from inquiry_service.cli.demonstration import LOGIN, PASSWORD
from inquiry_service.settings import Settings

ROOT = Path(__file__).resolve().parent.parent
OUT = ROOT / "docs" / "images"
DESKTOP = {"width": 1280, "height": 860}
PHONE = {"width": 390, "height": 844}
QUESTION = "2017年收到多少件依申请公开申请？"
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


@contextmanager
def service() -> Iterator[str]:
    """A service with demonstration cases in a home folder of its own."""
    settings = Settings.load()
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    with tempfile.TemporaryDirectory() as home:
        own = {
            "INQUIRY_HOME": home,
            "INQUIRY_INDEX": str(settings.index_folder.resolve()),
            "INQUIRY_MODELS": str(settings.models_folder.resolve()),
            "INQUIRY_PORT": str(port),
            "INQUIRY_RASA_URL": "",
            "INQUIRY_LOG_LEVEL": "warning",
        }
        command = [sys.executable, "-m", "inquiry_service"]
        subprocess.run([*command, "demo"], cwd=ROOT, env=os.environ | own, check=True)
        process = subprocess.Popen([*command, "serve"], cwd=ROOT, env=os.environ | own)
        try:
            yield _answering(f"http://127.0.0.1:{port}")
        finally:
            process.send_signal(signal.SIGTERM)
            process.wait(30)


def _answering(address: str) -> str:
    for _ in range(600):
        try:
            if httpx.get(f"{address}/healthz", trust_env=False).is_success:
                return address
        except httpx.TransportError:
            time.sleep(0.1)
    raise SystemExit("the service did not start")


def shoot(page: Page, name: str, *, whole: bool = False) -> None:
    page.screenshot(path=OUT / f"{name}.png", full_page=whole)
    print(f"  docs/images/{name}.png", flush=True)


def ask(page: Page, address: str) -> None:
    page.goto(f"{address}/chat")
    page.get_by_role("textbox").fill(QUESTION)
    page.keyboard.press("Enter")
    page.get_by_text("5件").first.wait_for()
    page.wait_for_timeout(400)


def sign_in(page: Page, address: str) -> None:
    page.goto(f"{address}/desk/sign-in")
    page.locator("#login").fill(LOGIN)
    page.locator("#password").fill(PASSWORD)
    page.get_by_role("button", name="登录").click()
    page.wait_for_url(f"{address}/desk")


def public_pages(page: Page, address: str, suffix: str) -> None:
    page.goto(f"{address}/")
    shoot(page, f"home-{suffix}")
    ask(page, address)
    shoot(page, f"chat-{suffix}")
    page.goto(f"{address}/requests/new")
    shoot(page, f"form-{suffix}")
    page.goto(f"{address}/documents/annual-report-2017")
    shoot(page, f"document-{suffix}")


def main() -> None:
    OUT.mkdir(parents=True, exist_ok=True)
    with service() as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_browser(), args=[*FLAGS])
        for suffix, size in (("desktop", DESKTOP), ("phone", PHONE)):
            page = browser.new_page(viewport=size, locale="zh-CN")  # type: ignore[arg-type]
            public_pages(page, address, suffix)
        page = browser.new_page(viewport=DESKTOP, locale="zh-CN")  # type: ignore[arg-type]
        sign_in(page, address)
        shoot(page, "desk-list")
        page.locator("tbody a").first.click()
        shoot(page, "desk-case", whole=True)
        browser.close()


if __name__ == "__main__":
    main()
