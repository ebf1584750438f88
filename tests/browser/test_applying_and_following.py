"""The whole way in a real browser: not found, applied for, replied to, followed."""

import re

import pytest
from argon2 import PasswordHasher
from fastapi import FastAPI
from playwright.sync_api import BrowserContext, Page, expect

from desk_house import shipped_book
from inquiry_service import desk
from inquiry_service.desk import DeskParts
from inquiry_service.disclosure import DisclosureOffice
from inquiry_service.disclosure.handling import requests_for_desk
from inquiry_service.staff import StaffOffice, create_administrator
from inquiry_service.web import WebParts
from public_house import assembled

pytestmark = pytest.mark.browser

UNPUBLISHED = "2019年收到多少件依申请公开？"
REPLY = "2019年度的件数见随附的统计表。"
LOGIN, PASSWORD = "desk-one", "a long enough phrase"


@pytest.fixture
def web_app(web_parts: WebParts) -> FastAPI:
    """The public's pages and the desk in one application, as a bureau runs them."""
    office = web_parts.office
    hasher = PasswordHasher(time_cost=1, memory_cost=64)
    staff = StaffOffice(office.database, office.clock, hasher)
    create_administrator(staff, LOGIN, "测试工作人员", PASSWORD)
    app = assembled(web_parts)
    parts = DeskParts(
        office, staff, web_parts.conversations, shipped_book(office), secure_cookies=False
    )
    app.include_router(desk.router(parts))
    return app


def ask(page: Page, address: str, question: str) -> None:
    page.goto(f"{address}/chat")
    page.locator("[data-chat][data-ready]").wait_for()
    page.get_by_role("textbox", name="您的问题").fill(question)
    page.keyboard.press("Enter")


def choose(page: Page, group: str, label: str) -> None:
    page.get_by_role("radiogroup", name=group).get_by_text(label, exact=True).click()


def fill_in_as_a_person(page: Page) -> None:
    choose(page, "希望得到的形式", "电子文档")
    choose(page, "希望怎样取得", "网上获取")
    choose(page, "申请人类型", "自然人")
    page.get_by_role("textbox", name="姓名").fill("测试申请人")
    choose(page, "证件类型", "护照")
    page.get_by_role("textbox", name="证件号码").fill("E00000001")
    page.get_by_role("textbox", name="电子邮箱").fill("applicant@example.com")
    page.get_by_role("checkbox", name="已阅读并同意").check()


def next_step(page: Page) -> None:
    page.get_by_role("button", name="下一步：核对").click()


def file(page: Page) -> tuple[str, str]:
    page.get_by_role("button", name="提交申请").click()
    return (
        page.get_by_test_id("number").inner_text(),
        page.get_by_test_id("code").inner_text(),
    )


def follow(page: Page, address: str, number: str, code: str) -> None:
    page.goto(f"{address}/requests")
    page.get_by_role("textbox", name="申请编号").fill(number)
    page.get_by_role("textbox", name="查询码").fill(code)
    page.get_by_role("button", name="查询").click()


def sign_in(page: Page, address: str) -> None:
    page.goto(f"{address}/desk")
    page.get_by_role("textbox", name="登录名").fill(LOGIN)
    page.get_by_role("textbox", name="密码").fill(PASSWORD)
    page.get_by_role("button", name="登录").click()


def test_from_a_question_without_an_answer_to_the_reply(
    page: Page, desktop: BrowserContext, address: str
) -> None:
    ask(page, address, UNPUBLISHED)
    page.get_by_role("log").get_by_role("link", name=re.compile("申请")).last.click()
    wanted = page.get_by_role("textbox", name="所需信息的内容")
    expect(wanted).to_have_value(UNPUBLISHED)

    next_step(page)  # with nothing else filled in
    problems = page.locator("#problems")
    expect(problems).to_be_focused()
    expect(problems).to_contain_text("还有 5 处需要修改")
    expect(wanted).to_have_value(UNPUBLISHED)
    problems.get_by_role("link", name="请选择希望得到的信息形式。").click()
    expect(page.get_by_role("radio", name="纸质")).to_be_in_viewport()

    fill_in_as_a_person(page)
    next_step(page)
    expect(page.get_by_role("heading", name="核对申请")).to_be_visible()
    expect(page.get_by_role("main")).to_contain_text("E00000001")
    number, code = file(page)
    assert code not in page.url

    follow(page, address, number, code)
    expect(page.get_by_role("main")).to_contain_text("正在办理")
    expect(page.get_by_role("main")).not_to_contain_text("测试申请人")

    clerk = desktop.new_page()
    sign_in(clerk, address)
    clerk.get_by_role("link", name=number).click()
    expect(clerk.get_by_role("region", name=re.compile("此前的对话"))).to_contain_text(UNPUBLISHED)
    clerk.get_by_role("combobox", name="办理结果").select_option("GRANT_PROVIDE")
    expect(clerk.get_by_text("系统将附上：").locator("visible=true")).to_be_visible()
    clerk.get_by_role("textbox", name="答复内容").fill(REPLY)
    clerk.get_by_role("button", name="发出答复").click()
    expect(clerk.get_by_role("region", name="答复", exact=True)).to_contain_text(REPLY)

    follow(page, address, number, code)
    reply = page.get_by_role("region", name="答复", exact=True)
    expect(reply).to_contain_text(REPLY)
    expect(reply).to_contain_text("六个月内")


def test_fields_that_are_hidden_keep_what_was_typed(page: Page, address: str) -> None:
    page.goto(f"{address}/requests/new")
    name, company = page.locator("#name"), page.locator("#organisation_name")
    expect(name).to_be_hidden()
    expect(company).to_be_hidden()
    choose(page, "申请人类型", "自然人")
    expect(company).to_be_hidden()
    name.fill("测试申请人")
    choose(page, "申请人类型", "商业企业")
    expect(name).to_be_hidden()
    company.fill("测试用单位")
    next_step(page)
    expect(page.locator("#problems")).to_be_focused()
    expect(company).to_have_value("测试用单位")
    choose(page, "申请人类型", "自然人")
    expect(name).to_have_value("测试申请人")


def test_pressing_the_button_twice_files_one_request(
    page: Page, address: str, office: DisclosureOffice
) -> None:
    page.goto(f"{address}/requests/new")
    page.get_by_role("textbox", name="所需信息的内容").fill("储备粮轮换计划的批复文件")
    fill_in_as_a_person(page)
    next_step(page)
    page.get_by_role("button", name="提交申请").dblclick()
    number, code = (page.get_by_test_id(name).inner_text() for name in ("number", "code"))
    page.reload()
    expect(page.get_by_test_id("number")).to_have_text(number)
    expect(page.get_by_test_id("code")).to_have_text(code)
    assert [row.number for row in requests_for_desk(office)] == [number]


def test_a_code_in_the_address_does_not_stay_there(page: Page, address: str) -> None:
    page.goto(f"{address}/requests/new")
    page.get_by_role("textbox", name="所需信息的内容").fill("储备粮轮换计划的批复文件")
    fill_in_as_a_person(page)
    next_step(page)
    number, code = file(page)
    page.goto(f"{address}/requests/{number}?code={code}")
    expect(page.get_by_role("heading", name=f"申请 {number}")).to_be_visible()
    expect(page).to_have_url(f"{address}/requests/{number}")


def test_everything_works_without_scripts(scriptless: BrowserContext, address: str) -> None:
    page = scriptless.new_page()
    page.goto(f"{address}/requests/new")
    expect(page.locator("#organisation_name")).to_be_visible()
    page.get_by_role("textbox", name="所需信息的内容").fill("储备粮轮换计划的批复文件")
    fill_in_as_a_person(page)
    next_step(page)
    number, code = file(page)
    follow(page, address, number, code)
    expect(page.get_by_role("heading", name=f"申请 {number}")).to_be_visible()


def test_a_reply_survives_a_session_that_ended(
    page: Page, desktop: BrowserContext, address: str
) -> None:
    page.goto(f"{address}/requests/new")
    page.get_by_role("textbox", name="所需信息的内容").fill("储备粮轮换计划的批复文件")
    fill_in_as_a_person(page)
    next_step(page)
    number, _ = file(page)
    sign_in(page, address)
    page.get_by_role("link", name=number).click()
    page.get_by_role("textbox", name="答复内容").fill(REPLY)
    desktop.clear_cookies()
    page.get_by_role("button", name="发出答复").click()
    expect(page.get_by_role("heading", name="工作台登录")).to_be_visible()
    sign_in(page, address)
    page.get_by_role("link", name=number).click()
    expect(page.get_by_role("textbox", name="答复内容")).to_have_value(REPLY)
    page.get_by_role("combobox", name="办理结果").select_option("OTHER")
    page.get_by_role("button", name="发出答复").click()
    expect(page.get_by_role("region", name="答复", exact=True)).to_contain_text(REPLY)
    assert page.evaluate("sessionStorage.length") == 0


@pytest.mark.parametrize("width", [320, 390, 1280])
def test_no_page_scrolls_sideways(page: Page, address: str, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 844})

    def fits(heading: str) -> None:
        page.get_by_role("heading", name=re.compile(heading)).first.wait_for()
        wide = page.evaluate("document.documentElement.scrollWidth - innerWidth")
        assert wide <= 0, heading

    page.goto(f"{address}/requests/new")
    fits("政府信息公开申请")
    next_step(page)
    fits("处需要修改")
    page.get_by_role("textbox", name="所需信息的内容").fill("网址https://example.com/" + "a" * 300)
    fill_in_as_a_person(page)
    next_step(page)
    fits("核对申请")
    number, code = file(page)
    fits("接收回执")
    follow(page, address, number, "ABCD-EFG2")
    page.get_by_text("没有找到这件申请").wait_for()
    fits("查询申请进度")
    follow(page, address, number, code)
    page.get_by_text("期限是怎么算出来的").click()
    fits(f"申请 {number}")
    page.goto(f"{address}/desk")
    fits("工作台登录")
    sign_in(page, address)
    fits("依申请公开")
    page.get_by_role("link", name=number).click()
    page.get_by_role("combobox", name="办理结果").select_option("PETITION")
    fits(number)
