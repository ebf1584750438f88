"""The library in a real browser: landing on a passage, quoting it, narrow screens, paper."""

import re
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect

from library_house import library as published
from page_findings import findings

__all__ = ["published"]

pytestmark = pytest.mark.browser

PAGES = [
    "/documents",
    "/documents?q=仓房&topic=粮食&sort=date",
    "/documents?q=zzqx&kind=policy",
    "/documents?page=99&kind=novel",
    "/documents/policy-new",
    "/documents/policy-old",
    "/documents/explanation-new",
    "/documents/entry",
    "/documents/report-2023",
    "/documents/guide-long",
    "/documents/none",
]
SECOND = "第二条 仓房管理单位应当每十日检查一次仓房，做好检查记录。"
MARKED = "rgb(255, 243, 196)"


def passage(page: Page, address: str, document: str, words: str) -> str:
    """The id of the passage that has these words."""
    full: dict[str, Any] = page.request.get(f"{address}/api/v1/documents/{document}").json()
    [found] = [p["passage_id"] for p in full["passages"] if words in p["text"]]
    return str(found)


def background(place: Locator) -> str:
    return str(place.evaluate("e => getComputedStyle(e).backgroundColor"))


def test_a_link_lands_on_the_marked_passage_and_reading_goes_on_there(
    page: Page, address: str
) -> None:
    name = passage(page, address, "guide-long", "第六条")
    page.goto(f"{address}/documents/guide-long?highlight={name}#p-{name}")
    place = page.locator(f"#p-{name}")
    expect(place).to_be_focused()
    expect(place).to_be_in_viewport()
    assert background(place) == MARKED


def test_without_scripts_the_address_alone_marks_and_shows_the_passage(
    scriptless: BrowserContext, address: str
) -> None:
    page = scriptless.new_page()
    name = passage(page, address, "guide-long", "第六条")
    for address_of_it in (f"?highlight={name}#p-{name}", f"#p-{name}"):
        page.goto("about:blank")
        page.goto(f"{address}/documents/guide-long{address_of_it}")
        expect(page.locator(f"#p-{name}")).to_be_in_viewport()
        assert background(page.locator(f"#p-{name}")) == MARKED
    expect(page.locator(f"#p-{name} .permalink")).to_have_attribute(
        "href", f"/documents/guide-long?highlight={name}#p-{name}"
    )


def test_a_passage_that_is_gone_is_said_aloud(page: Page, address: str) -> None:
    page.goto(f"{address}/documents/guide-long#p-0000000000000000")
    gone = page.get_by_text("所引的段落已经更新")
    expect(gone).to_be_visible()
    expect(gone.locator("..")).to_be_focused()


def test_a_passage_is_copied_with_its_citation_or_as_a_link(
    desktop: BrowserContext, address: str
) -> None:
    desktop.grant_permissions(["clipboard-read", "clipboard-write"], origin=address)
    page = desktop.new_page()
    name = passage(page, address, "policy-new", "第二条")
    page.goto(f"{address}/documents/policy-new")
    link = f"http://127.0.0.1:8000/documents/policy-new?highlight={name}#p-{name}"
    page.locator(f"#p-{name}").get_by_role("button", name=re.compile("引用$")).press("Enter")
    expect(page.get_by_role("button", name="复制引文和出处")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_text("已复制")).to_be_visible()
    assert page.evaluate("navigator.clipboard.readText()") == (
        f"“{SECOND}”——测试用机关《储备仓房管理办法》（测商〔2021〕7号）第二条，2021-03-02，{link}"
    )
    page.get_by_role("button", name="复制链接").click()
    expect(page.get_by_text("已复制")).to_be_visible()
    assert page.evaluate("navigator.clipboard.readText()") == link
    page.keyboard.press("Escape")
    expect(page.get_by_role("button", name="复制链接")).to_have_count(0)
    expect(page.locator(f"#p-{name} .permalink")).to_be_focused()
    page.keyboard.press("Enter")
    for _ in range(3):
        page.keyboard.press("Tab")
    page.keyboard.press("Escape")
    expect(page.get_by_role("button", name="复制链接")).to_have_count(0)


def test_a_row_of_a_table_is_copied_with_its_columns(desktop: BrowserContext, address: str) -> None:
    desktop.grant_permissions(["clipboard-read", "clipboard-write"], origin=address)
    page = desktop.new_page()
    name = passage(page, address, "report-2023", "部分公开")
    page.goto(f"{address}/documents/report-2023?highlight={name}#p-{name}")
    page.get_by_role("button", name="复制引用").click()
    expect(page.get_by_text("已复制")).to_be_visible()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied.startswith("“办理结果：部分公开；自然人：2；商业企业：0；")
    assert "《2023年度报告》" in copied


def test_conditions_are_chosen_and_taken_back_without_scripts(
    scriptless: BrowserContext, address: str
) -> None:
    page = scriptless.new_page()
    page.goto(f"{address}/documents")
    page.get_by_role("searchbox").fill("仓房")
    page.get_by_role("button", name="查找").click()
    page.get_by_role("list", name="类别").get_by_role("link", name="政策文件").click()
    page.get_by_role("list", name="效力").get_by_role("link", name="现行有效").click()
    expect(page.get_by_role("status")).to_have_text("共 1 份文件符合条件")
    page.get_by_role("link", name=re.compile(r"去掉条件：\s*效力：现行有效")).click()
    expect(page.get_by_role("status")).to_have_text("共 2 份文件符合条件")
    assert page.url.endswith("/documents?q=%E4%BB%93%E6%88%BF&kind=policy")


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


def test_the_narrowest_screen_needs_no_scrolling_sideways(page: Page, address: str) -> None:
    page.set_viewport_size({"width": 320, "height": 640})
    widths = {}
    for path in PAGES:
        page.goto(address + path)
        widths[path] = page.evaluate("document.documentElement.scrollWidth")
    assert widths == dict.fromkeys(PAGES, 320)
    page.goto(f"{address}/documents/report-2023")
    table = page.get_by_role("region", name="表格，可左右滚动")
    assert table.evaluate("e => e.scrollWidth > e.clientWidth")


def test_a_wide_screen_shows_policy_and_explanation_beside_each_other(
    page: Page, address: str
) -> None:
    page.goto(f"{address}/documents/policy-new")
    policy = page.get_by_role("region", name="政策文件").bounding_box()
    explanation = page.get_by_role("region", name="解读：仓房多久检查一次").bounding_box()
    assert policy is not None
    assert explanation is not None
    assert explanation["x"] >= policy["x"] + policy["width"]
    assert explanation["y"] == policy["y"]


def test_a_screen_reader_finds_regions_and_headings(page: Page, address: str) -> None:
    page.goto(f"{address}/documents?q=仓房")
    for name in ("查找结果", "筛选"):
        expect(page.get_by_role("region", name=name)).to_be_visible()
    expect(page.get_by_role("search", name="查找公开文件")).to_be_visible()
    expect(page.get_by_role("heading", level=3, name="储备仓房管理办法")).to_be_visible()
    page.goto(f"{address}/documents/guide-long")
    expect(page.get_by_role("navigation", name="目录")).to_be_visible()
    expect(page.get_by_role("navigation", name="所在位置")).to_be_visible()


def test_on_paper_there_is_the_whole_text_with_address_and_day(page: Page, address: str) -> None:
    page.goto(f"{address}/documents/policy-new")
    page.emulate_media(media="print")
    expect(page.get_by_text("网址：http://127.0.0.1:8000/documents/policy-new")).to_be_visible()
    expect(page.get_by_text(SECOND)).to_be_visible()
    expect(page.get_by_text("新办法把检查间隔")).to_be_visible()
    for gone in (".site-nav", ".site-footer", ".permalink >> nth=0", ".crumbs", "[data-print]"):
        expect(page.locator(gone)).to_be_hidden()
    page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    expect(page.locator("[data-print-day]")).to_have_text(re.compile(r"\d{4}-\d{2}-\d{2}"))
