"""What everyone must be able to do: narrow screens, large type, keyboards, screen readers."""

import json
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

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
LEAST_CONTRAST = 4.5
"""WCAG 2.2 AA for text, which GB/T 37668-2019 follows."""
LEAST_TARGET = 24
"""CSS pixels, WCAG 2.2 AA."""

FINDINGS = """
([leastContrast, leastTarget]) => {
  const findings = [];
  const visible = (e) => e.checkVisibility({ visibilityProperty: true, opacityProperty: true });
  const name = (e) => (e.getAttribute("aria-label") || e.innerText || e.labels?.[0]?.innerText
    || e.title || "").trim();
  const about = (e) => `${e.tagName} ${(name(e) || e.id || e.className).slice(0, 30)}`;
  const levels = (colour) => {
    const [r, g, b, a = 1] = colour.match(/[\\d.]+/g).map(Number);
    return { rgb: [r, g, b], a };
  };
  const backdrop = (e) => {
    for (let at = e; at; at = at.parentElement) {
      const { rgb, a } = levels(getComputedStyle(at).backgroundColor);
      if (a === 1) return rgb;
    }
    return [255, 255, 255];
  };
  const luminance = (rgb) => {
    const [r, g, b] = rgb.map((v) => v / 255)
      .map((v) => (v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const contrast = (e) => {
    const [light, dark] = [levels(getComputedStyle(e).color).rgb, backdrop(e)]
      .map(luminance).sort((a, b) => b - a);
    return (light + 0.05) / (dark + 0.05);
  };
  for (const e of document.querySelectorAll("body *")) {
    const text = [...e.childNodes].some((n) => n.nodeType === 3 && n.data.trim());
    if (text && visible(e) && !e.closest(".visually-hidden, .skip") && contrast(e) < leastContrast)
      findings.push(`contrast ${contrast(e).toFixed(1)}: ${about(e)}`);
  }
  for (const e of document.querySelectorAll("a, button, input, select, textarea, summary")) {
    if (!visible(e)) continue;
    if (!name(e)) findings.push(`no name: ${about(e)}`);
    const { width, height } = e.getBoundingClientRect();
    const inSentence = e.tagName === "A" && getComputedStyle(e).display === "inline";
    if (!inSentence && !e.closest(".skip") && Math.min(width, height) < leastTarget)
      findings.push(`small target ${width}x${height}: ${about(e)}`);
  }
  let before = 0;
  for (const e of document.querySelectorAll("h1, h2, h3, h4, h5, h6")) {
    if (!visible(e)) continue;
    const level = Number(e.tagName[1]);
    if (level > before + 1) findings.push(`heading leaps to ${level}: ${about(e)}`);
    before = level;
  }
  for (const e of document.querySelectorAll("img:not([alt]), iframe:not([title])"))
    findings.push(`no text instead: ${about(e)}`);
  const ids = [...document.querySelectorAll("[id]")].map((e) => e.id);
  for (const id of ids.filter((id, at) => ids.indexOf(id) !== at)) findings.push(`id twice: ${id}`);
  for (const e of document.querySelectorAll("[aria-describedby], [aria-labelledby]"))
    for (const id of `${e.getAttribute("aria-describedby") || ""} ${
      e.getAttribute("aria-labelledby") || ""}`.split(" ").filter(Boolean))
      if (!ids.includes(id)) findings.push(`refers to nothing: ${id}`);
  return findings;
}
"""


def findings(page: Page) -> list[Any]:
    found: list[Any] = page.evaluate(FINDINGS, [LEAST_CONTRAST, LEAST_TARGET])
    return found


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
    expect(page.get_by_role("searchbox", name="标题或文号")).to_be_focused()


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
