"""The applicant's way in a real browser: not found, applied for, corrected, replied to."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, expect

import procedure_house
from inquiry_service.disclosure import DisclosureOffice
from inquiry_service.disclosure.letters.kinds import LetterKind
from inquiry_service.disclosure.looking.handling import requests_for_desk
from inquiry_service.disclosure.procedure.sending import letter_file

pytestmark = pytest.mark.browser

UNPUBLISHED = "2019年收到多少件依申请公开？"
REPLY = "2019年度的件数见随附的统计表。"


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


def test_from_a_question_without_an_answer_to_the_reply(
    page: Page, address: str, office: DisclosureOffice
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

    procedure_house.reply(office, number, provided=REPLY)

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


def filed_as_a_person(page: Page, address: str) -> tuple[str, str]:
    page.goto(f"{address}/requests/new")
    page.get_by_role("textbox", name="所需信息的内容").fill("储备粮轮换计划的批复文件")
    fill_in_as_a_person(page)
    next_step(page)
    return file(page)


def test_a_correction_that_was_asked_for_is_submitted_and_then_answered(
    page: Page, address: str, office: DisclosureOffice
) -> None:
    number, code = filed_as_a_person(page, address)
    procedure_house.register(office, number)
    procedure_house.send_out(
        office,
        number,
        LetterKind.CORRECTION,
        what_to_correct="请写明文件的年份",
        until="2026-03-20",
    )
    follow(page, address, number, code)
    asked = page.get_by_role("region", name="补正申请")
    expect(asked).to_contain_text("请写明文件的年份")
    asked.get_by_role("button", name="提交补正").click()
    expect(page.locator("#problems")).to_be_focused()
    expect(page.locator("#problems")).to_contain_text("内容没有变化")
    wanted = page.get_by_role("textbox", name="所需信息的内容")
    expect(wanted).to_have_value("储备粮轮换计划的批复文件")
    wanted.fill("2018年度储备粮轮换计划的批复文件")
    page.keyboard.press("Tab")
    page.get_by_role("button", name="提交补正").dblclick()
    expect(page.locator("#done")).to_contain_text("补正已经收到")
    expect(page.get_by_role("region", name="办理经过")).to_contain_text("收到补正后的申请")
    assert code not in page.url

    letter = procedure_house.reply(office, number, provided="批复文件一份")
    page.get_by_role("link", name="查询另一件").click()
    follow(page, address, number, code)
    with page.expect_download() as download:
        page.get_by_role("button", name=re.compile("下载 Word.*答复书")).click()
    sent = letter_file(office, number, letter)
    assert download.value.path().read_bytes() == sent.data
    assert download.value.suggested_filename == sent.name


def test_files_are_added_from_the_receipt_and_a_large_one_is_said_before_it_travels(
    page: Page, address: str, tmp_path: Path
) -> None:
    filed_as_a_person(page, address)
    large, proof = tmp_path / "太大.pdf", tmp_path / "证明.pdf"
    large.write_bytes(b"%PDF-1.7" + bytes(11 * 1024 * 1024))
    proof.write_bytes(b"%PDF-1.7\n%%EOF\n")
    files = page.get_by_label("选择文件")
    files.set_input_files(large)
    expect(page.locator("#file-error")).to_contain_text("超过 10 MB")
    files.set_input_files(proof)
    expect(page.locator("#file-error")).to_be_hidden()
    page.get_by_role("button", name="上传材料").click()
    expect(page.locator("#done")).to_contain_text("已经收到1个文件：“证明.pdf”")


def test_a_request_is_taken_back_in_two_steps_by_keyboard_alone(page: Page, address: str) -> None:
    number, code = filed_as_a_person(page, address)
    page.get_by_role("button", name="查看办理情况").press("Enter")
    page.get_by_text("撤回这件申请").press("Enter")
    page.get_by_role("button", name="撤回申请").press("Enter")
    expect(page.get_by_role("heading", name="确定撤回这件申请吗？")).to_be_visible()
    page.get_by_role("button", name="不撤回，返回").press("Enter")
    expect(page.get_by_role("heading", name=f"申请 {number}")).to_be_visible()
    page.get_by_text("撤回这件申请").press("Enter")
    page.get_by_role("button", name="撤回申请").press("Enter")
    page.get_by_role("button", name="确认撤回").press("Enter")
    expect(page.locator("#done")).to_be_focused()
    expect(page.get_by_role("main")).to_contain_text("您已撤回这件申请")
    page.reload()  # sends the same form again
    expect(page.get_by_role("main")).to_contain_text("已按您的要求撤回")
    assert code not in page.url


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
    page.get_by_text("撤回这件申请").click()
    page.get_by_role("button", name="撤回申请").click()
    fits("确定撤回")
