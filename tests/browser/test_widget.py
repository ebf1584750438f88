"""The chat on another bureau's page: another origin, and as strict a policy as it can have."""

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import ClassVar

import pytest
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser

RECEIVED = "2017年收到多少件依申请公开申请？"
QUOTE = "2017年度本局共收到依政府申请公开信息5件,均及时给予答复。"


class ForeignSite(BaseHTTPRequestHandler):
    """One page that embeds the widget; `service` is the origin it comes from."""

    service: ClassVar[str] = ""

    def do_GET(self) -> None:
        page = (
            "<!DOCTYPE html><html lang='zh-CN'><title>外站</title><h1>外站</h1>"
            f"<script src='{self.service}/widget.js' defer data-label='问政策'></script>"
        ).encode()
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        policy = f"default-src 'none'; script-src {self.service}; frame-src {self.service}"
        self.send_header("Content-Security-Policy", policy)
        self.end_headers()
        self.wfile.write(page)

    def log_message(self, *args: object) -> None:
        """Nobody reads it."""


@pytest.fixture
def foreign_page(page: Page, address: str) -> Iterator[Page]:
    """`localhost` is another origin than `127.0.0.1`, on the same machine."""
    handler = type("Site", (ForeignSite,), {"service": address})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    page.goto(f"http://localhost:{server.server_address[1]}/")
    yield page
    server.shutdown()
    server.server_close()
    thread.join()


def test_the_widget_opens_answers_and_closes_with_escape(foreign_page: Page) -> None:
    opener = foreign_page.get_by_role("button", name="问政策")
    opener.focus()
    foreign_page.keyboard.press("Enter")
    window = foreign_page.get_by_role("dialog", name="政务公开咨询")
    expect(window).to_be_visible()
    chat = window.locator("iframe").content_frame
    box = chat.get_by_role("textbox", name="您的问题")
    expect(box).to_be_focused()
    foreign_page.keyboard.type(RECEIVED)
    foreign_page.keyboard.press("Enter")
    expect(chat.get_by_role("blockquote")).to_have_text(QUOTE)
    expect(chat.get_by_role("figure").get_by_role("link")).to_have_attribute("target", "_blank")
    foreign_page.keyboard.press("Escape")
    expect(window).to_be_hidden()
    expect(opener).to_be_focused()


def test_the_widget_remembers_the_conversation_when_opened_again(foreign_page: Page) -> None:
    foreign_page.get_by_role("button", name="问政策").click()
    window = foreign_page.get_by_role("dialog")
    chat = window.locator("iframe").content_frame
    chat.get_by_role("textbox", name="您的问题").fill("还没写完")
    window.get_by_role("button", name="关闭").click()
    expect(window).to_be_hidden()
    foreign_page.get_by_role("button", name="问政策").click()
    expect(chat.get_by_role("textbox", name="您的问题")).to_have_value("还没写完")
