"""A real browser on a real server: Chromium over loopback, the application in a thread."""

import os
import shutil
import socket
import threading
import time
from collections.abc import Iterator

import pytest
import uvicorn
from fastapi import FastAPI
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from inquiry_service.web import WebParts
from public_house import published, web_app, web_parts

__all__ = ["published", "web_app", "web_parts"]

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
QUIET = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
DESKTOP = {"width": 1280, "height": 900}
PHONE = {"width": 360, "height": 740}

expect.set_options(timeout=20_000)


def chromium() -> str:
    """The browser to use: INQUIRY_CHROMIUM, or the first known name on PATH."""
    named = os.environ.get("INQUIRY_CHROMIUM")
    found = named or next(filter(None, map(shutil.which, NAMES)), None)
    if not found:
        pytest.fail(
            "Chromium is missing: install it (Debian: apt-get install chromium) "
            "or name its executable in INQUIRY_CHROMIUM"
        )
    return found


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """One browser for a module; not longer, because its event loop occupies the main thread."""
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=chromium(), args=list(QUIET))
        yield opened
        opened.close()


@pytest.fixture
def address(web_app: FastAPI, web_parts: WebParts) -> Iterator[str]:
    """The application, served on a free port of this machine until the test is over."""
    listening = socket.socket()
    listening.bind(("127.0.0.1", 0))
    server = uvicorn.Server(
        uvicorn.Config(web_app, log_config=None, ws="none", timeout_graceful_shutdown=5)
    )
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
    thread.start()
    _until_started(server, thread)
    yield f"http://127.0.0.1:{listening.getsockname()[1]}"
    web_parts.closing.set()
    server.should_exit = True
    thread.join(timeout=20)
    listening.close()
    assert not thread.is_alive()


def _until_started(server: uvicorn.Server, thread: threading.Thread) -> None:
    deadline = time.monotonic() + 30
    while not server.started:
        if not thread.is_alive() or time.monotonic() > deadline:
            pytest.fail("the service did not start for the browser tests")
        time.sleep(0.02)


def _context(browser: Browser, **options: object) -> Iterator[BrowserContext]:
    context = browser.new_context(locale="zh-CN", **options)  # type: ignore[arg-type]
    context.set_default_timeout(20_000)
    yield context
    context.close()


@pytest.fixture
def desktop(browser: Browser) -> Iterator[BrowserContext]:
    yield from _context(browser, viewport=DESKTOP)


@pytest.fixture
def phone(browser: Browser) -> Iterator[BrowserContext]:
    yield from _context(browser, viewport=PHONE, has_touch=True, is_mobile=True)


@pytest.fixture
def scriptless(browser: Browser) -> Iterator[BrowserContext]:
    yield from _context(browser, viewport=DESKTOP, java_script_enabled=False)


@pytest.fixture
def page(desktop: BrowserContext) -> Iterator[Page]:
    """A desktop page on which any error of ours, or a breach of the policy, fails the test."""
    opened = desktop.new_page()
    faults: list[str] = []
    opened.on("pageerror", lambda error: faults.append(str(error)))
    opened.on(
        "console",
        lambda said: faults.append(said.text) if "Content Security Policy" in said.text else None,
    )
    yield opened
    assert faults == []
