"""What everyone must be able to do: narrow screens, large type, keyboards, screen readers."""

import json

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from page_findings import findings

pytestmark = pytest.mark.browser

RECEIVED = "2017年收到多少件依申请公开申请？"
PAGES = [
    "/",
    "/chat",
    "/chat?embed=1",
    f"/ask?q={RECEIVED}",
    "/documents",
    "/documents/annual-report-2017",
    "/documents/policy-made-up",
    "/documents/none",
]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_page_can_be_read_named_and_pressed(
    browser: Browser, address: str, scheme: str
) -> None:
    context = browser.new_context(color_scheme=scheme)  # type: ignore[arg-type]
    page = context.new_page()
    found = {}
    for path in PAGES:
        page.goto(address + path)
        found[path] = findings(page)
    context.close()
    assert found == {path: [] for path in PAGES}


def test_a_conversation_can_be_read_named_and_pressed(page: Page, address: str) -> None:
    page.goto(f"{address}/chat?q={RECEIVED}")
    page.get_by_role("blockquote").wait_for()
    assert findings(page) == []


def test_a_phone_shows_every_page_without_scrolling_sideways(
    phone: BrowserContext, address: str
) -> None:
    page = phone.new_page()
    widths = {}
    for path in PAGES:
        page.goto(address + path)
        widths[path] = page.evaluate("document.documentElement.scrollWidth")
    page.goto(f"{address}/chat?q=2019年收到多少件依申请公开？")
    page.get_by_role("group").wait_for()
    widths["asked"] = page.evaluate("document.documentElement.scrollWidth")
    assert set(widths.values()) == {360}, json.dumps(widths)


def test_type_twice_as_large_still_fits(page: Page, address: str) -> None:
    page.set_viewport_size({"width": 640, "height": 900})
    overflow = {}
    for path in PAGES:
        page.goto(address + path)
        page.evaluate("document.documentElement.style.fontSize = '225%'")
        overflow[path] = page.evaluate("document.documentElement.scrollWidth - innerWidth")
    assert overflow == dict.fromkeys(PAGES, 0)


def test_a_screen_reader_finds_its_way_around_the_chat(page: Page, address: str) -> None:
    page.goto(f"{address}/chat?q={RECEIVED}")
    page.get_by_role("blockquote").wait_for()
    log = page.get_by_role("log", name="问答记录")
    expect(log).to_have_attribute("aria-live", "polite")
    expect(log).to_contain_text(f"您说：{RECEIVED}")
    expect(log).to_contain_text("回答：")
    expect(page.get_by_role("heading", level=1, name="问一问")).to_be_visible()
    expect(page.get_by_role("navigation", name="主导航")).to_be_visible()
    expect(page.get_by_role("group", name="这个回答有帮助吗？")).to_be_visible()


def test_the_keyboard_reaches_the_text_without_passing_the_menu(page: Page, address: str) -> None:
    page.goto(f"{address}/documents")
    page.keyboard.press("Tab")
    skip = page.get_by_role("link", name="跳到正文")
    expect(skip).to_be_focused()
    expect(skip).to_be_in_viewport()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    expect(page.get_by_role("searchbox", name="查找标题、文号、发布机关或正文")).to_be_focused()


def test_a_citation_is_copied_with_its_passage(desktop: BrowserContext, address: str) -> None:
    desktop.grant_permissions(["clipboard-read", "clipboard-write"], origin=address)
    page = desktop.new_page()
    page.goto(f"{address}/chat?q={RECEIVED}")
    page.get_by_role("figure").get_by_role("link").click()
    page.get_by_role("button", name="复制引用").click()
    expect(page.get_by_text("已复制")).to_be_visible()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert "2017年度本局共收到依政府申请公开信息5件" in copied
    assert "《桐乡市商务局（粮食局）2017年度政府信息公开工作报告》" in copied
    assert "/documents/annual-report-2017" in copied
