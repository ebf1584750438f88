"""The chat in a real browser: asking, choosing, losing the network, coming back."""

import re

import pytest
from playwright.sync_api import BrowserContext, Page, Route, expect
from sqlalchemy import func, select

from inquiry_service.conversation.store import conversation_turns
from inquiry_service.web import WebParts

pytestmark = pytest.mark.browser

RECEIVED = "2017年收到多少件依申请公开申请？"
QUOTE = "2017年度本局共收到依政府申请公开信息5件,均及时给予答复。"
UNPUBLISHED = "2019年收到多少件依申请公开？"
MESSAGES = re.compile(r"/api/v1/conversations/\w+/messages$")


def turns_stored(parts: WebParts) -> int:
    with parts.conversations.database.read() as connection:
        return connection.execute(select(func.count()).select_from(conversation_turns)).scalar_one()


def open_chat(page: Page, address: str, query: str = "") -> None:
    page.goto(f"{address}/chat{query}")
    page.locator("[data-chat][data-ready]").wait_for()


def say(page: Page, text: str) -> None:
    page.get_by_role("textbox", name="您的问题").fill(text)
    page.keyboard.press("Enter")


def test_a_question_is_answered_with_the_quote_and_its_source(page: Page, address: str) -> None:
    open_chat(page, address)
    say(page, RECEIVED)
    card = page.get_by_role("log").get_by_role("figure")
    expect(card.get_by_role("blockquote")).to_have_text(QUOTE)
    expect(card.get_by_role("link")).to_contain_text("政府信息公开工作报告")
    expect(page.get_by_role("textbox", name="您的问题")).to_be_focused()
    card.get_by_role("link").click()
    expect(page.locator(".cited")).to_be_in_viewport()
    expect(page.locator(".cited")).to_contain_text(QUOTE)


def test_the_front_page_leads_into_the_conversation_and_asks_once(
    page: Page, address: str, web_parts: WebParts
) -> None:
    page.goto(address)
    page.get_by_role("searchbox", name="您的问题").fill(RECEIVED)
    page.keyboard.press("Enter")
    expect(page.get_by_role("blockquote")).to_have_text(QUOTE)
    page.reload()
    expect(page.get_by_role("blockquote")).to_have_text(QUOTE)
    assert turns_stored(web_parts) == 1


def test_a_message_that_could_not_be_sent_is_kept_over_a_reload_and_sent_once(
    page: Page, address: str, web_parts: WebParts
) -> None:
    open_chat(page, address)
    page.route(MESSAGES, lambda route: route.abort())
    say(page, RECEIVED)
    expect(page.get_by_role("log")).to_contain_text("没有发出去")
    page.reload()
    page.unroute(MESSAGES)
    expect(page.get_by_role("log")).to_contain_text(RECEIVED)
    page.get_by_role("button", name="重新发送").click()
    expect(page.get_by_role("blockquote")).to_have_text(QUOTE)
    expect(page.get_by_role("button", name="重新发送")).to_have_count(0)
    assert turns_stored(web_parts) == 1


def test_a_message_whose_answer_was_lost_is_not_said_twice(
    page: Page, address: str, web_parts: WebParts
) -> None:
    def deliver_but_lose_the_answer(route: Route) -> None:
        route.fetch()
        route.abort()

    open_chat(page, address)
    page.route(MESSAGES, deliver_but_lose_the_answer)
    say(page, RECEIVED)
    retry = page.get_by_role("button", name="重新发送")
    retry.wait_for()
    page.unroute(MESSAGES)
    retry.click()
    expect(page.get_by_role("blockquote")).to_have_text(QUOTE)
    expect(page.locator(".said")).to_have_count(1)
    assert turns_stored(web_parts) == 1


def test_a_lost_answer_that_the_history_brings_back_is_shown_once(
    page: Page, address: str, web_parts: WebParts
) -> None:
    def deliver_but_lose_the_answer(route: Route) -> None:
        route.fetch()
        route.abort()

    open_chat(page, address)
    page.route(MESSAGES, deliver_but_lose_the_answer)
    say(page, RECEIVED)
    page.get_by_role("button", name="重新发送").wait_for()
    page.reload()
    page.unroute(MESSAGES)
    page.get_by_role("button", name="重新发送").click()
    expect(page.get_by_role("button", name="重新发送")).to_have_count(0)
    expect(page.locator(".said")).to_have_count(1)
    expect(page.get_by_role("blockquote")).to_have_count(1)
    assert turns_stored(web_parts) == 1


@pytest.mark.parametrize(
    ("status", "headers", "sentence"),
    [
        (429, {"Retry-After": "20"}, "发送得太频繁了，请 20 秒后再试。"),
        (502, {}, "服务暂时没有响应，请稍后再试。"),
    ],
)
def test_a_busy_or_broken_service_is_told_in_chinese(
    page: Page, address: str, status: int, headers: dict[str, str], sentence: str
) -> None:
    open_chat(page, address)
    page.route(MESSAGES, lambda route: route.fulfill(status=status, headers=headers, body="<html>"))
    say(page, RECEIVED)
    expect(page.get_by_role("log")).to_contain_text(sentence)
    expect(page.get_by_role("button", name="重新发送")).to_be_visible()


def test_a_failed_message_can_be_taken_back_and_changed(page: Page, address: str) -> None:
    open_chat(page, address)
    page.route(MESSAGES, lambda route: route.abort())
    say(page, RECEIVED)
    page.get_by_role("button", name="修改").click()
    expect(page.get_by_role("textbox", name="您的问题")).to_have_value(RECEIVED)
    expect(page.locator(".said")).to_have_count(0)


def test_what_was_typed_and_not_sent_is_there_after_a_reload(page: Page, address: str) -> None:
    open_chat(page, address)
    page.get_by_role("textbox", name="您的问题").fill("还没写完")
    page.reload()
    expect(page.get_by_role("textbox", name="您的问题")).to_have_value("还没写完")


def test_what_is_typed_while_the_page_still_loads_stays(page: Page, address: str) -> None:
    held: list[Route] = []

    def hold_the_first(route: Route) -> None:
        if held:
            route.continue_()
        else:
            held.append(route)

    page.route("**/web/chat.js", hold_the_first)
    page.goto(f"{address}/chat", wait_until="commit")
    page.get_by_role("textbox", name="您的问题").fill("手快")
    held[0].continue_()
    page.locator("[data-chat][data-ready]").wait_for()
    expect(page.get_by_role("textbox", name="您的问题")).to_have_value("手快")


def test_the_enter_that_ends_a_composition_does_not_send(
    page: Page, address: str, web_parts: WebParts
) -> None:
    open_chat(page, address)
    box = page.get_by_role("textbox", name="您的问题")
    box.fill("shoufei")
    composing = {"key": "Enter", "isComposing": True, "bubbles": True, "cancelable": True}
    box.dispatch_event("compositionstart")
    box.dispatch_event("keydown", composing)
    box.dispatch_event("compositionend")
    box.dispatch_event("keydown", {**composing, "isComposing": False, "keyCode": 229})
    expect(page.locator(".said")).to_have_count(0)
    box.press("Shift+Enter")
    expect(box).to_have_value("shoufei\n")
    assert turns_stored(web_parts) == 0


def test_choices_are_taken_with_the_keyboard(page: Page, address: str) -> None:
    open_chat(page, address)
    say(page, UNPUBLISHED)
    group = page.get_by_role("group", name="您是不是想问：")
    first = group.get_by_role("button").first
    label = first.inner_text()
    first.focus()
    page.keyboard.press("Enter")
    expect(page.locator(".said").last).to_contain_text(label)
    expect(first).to_have_attribute("aria-pressed", "true")
    expect(page.locator(".replied")).to_have_count(2)


def test_what_was_not_found_opens_the_request_form_filled_in(page: Page, address: str) -> None:
    open_chat(page, address)
    say(page, UNPUBLISHED)
    form = page.get_by_role("link", name="申请表")
    expect(form).to_have_attribute("href", re.compile(r"^/requests/new\?draft="))


def test_a_person_is_one_press_away(page: Page, address: str) -> None:
    open_chat(page, address)
    page.get_by_role("button", name="人工帮助").click()
    expect(page.get_by_role("log")).to_contain_text("12345")


def test_nothing_and_too_much_are_not_sent(page: Page, address: str, web_parts: WebParts) -> None:
    open_chat(page, address)
    page.get_by_role("button", name="发送").click()
    expect(page.get_by_role("alert")).to_have_text("请先输入您的问题。")
    say(page, "长" * 1001)
    expect(page.get_by_role("alert")).to_contain_text("一条消息最多 1000 个字")
    expect(page.get_by_role("textbox", name="您的问题")).to_have_value("长" * 1001)
    assert turns_stored(web_parts) == 0


def test_being_offline_is_shown_and_what_is_typed_stays(
    page: Page, address: str, desktop: BrowserContext
) -> None:
    open_chat(page, address)
    desktop.set_offline(True)
    expect(page.get_by_text("网络已断开。您输入的内容会留在这里")).to_be_visible()
    say(page, RECEIVED)
    expect(page.get_by_role("log")).to_contain_text("没有发出去，网络已断开。")
    desktop.set_offline(False)
    expect(page.get_by_text("网络已断开。您输入的内容会留在这里")).to_be_hidden()
    page.get_by_role("button", name="重新发送").click()
    expect(page.get_by_role("blockquote")).to_have_text(QUOTE)


def test_what_is_said_before_the_history_is_back_is_said_once(
    page: Page, address: str, web_parts: WebParts
) -> None:
    open_chat(page, address)
    say(page, "你好")
    expect(page.locator(".replied")).to_have_count(1)
    held: list[Route] = []
    page.route(re.compile(r"/events$"), lambda route: held.append(route))  # noqa: PLW0108
    page.reload()
    say(page, RECEIVED)
    expect(page.get_by_role("blockquote")).to_have_text(QUOTE)
    held[0].continue_()
    page.locator("[data-chat][data-ready]").wait_for()
    expect(page.locator(".said")).to_have_count(2)
    expect(page.get_by_role("button", name="重新发送")).to_have_count(0)
    assert turns_stored(web_parts) == 2


def test_a_conversation_the_service_forgot_goes_on_as_a_new_one(page: Page, address: str) -> None:
    open_chat(page, address)
    gone = '{"conversation": {"conversation_id": "gone", "token": "gone"}}'
    page.evaluate("state => sessionStorage.setItem('inquiry.chat', state)", gone)
    page.reload()
    say(page, RECEIVED)
    expect(page.get_by_role("blockquote")).to_have_text(QUOTE)


def test_a_new_conversation_begins_empty(page: Page, address: str) -> None:
    open_chat(page, address)
    say(page, RECEIVED)
    page.get_by_role("blockquote").wait_for()
    page.get_by_role("button", name="新对话").click()
    expect(page.get_by_role("listitem").filter(has_text=QUOTE)).to_have_count(0)
    expect(page.get_by_text("可以这样问：")).to_be_visible()
    page.reload()
    expect(page.get_by_text("可以这样问：")).to_be_visible()


def test_the_passage_around_the_quote_is_one_step_away(page: Page, address: str) -> None:
    open_chat(page, address)
    say(page, "微信公众号公开了多少条？")
    page.get_by_text("看全文段落").click()
    quote = page.get_by_role("blockquote").inner_text()
    expect(page.locator("details mark")).to_have_text(quote)
    expect(page.locator("details p")).to_contain_text("488条")


def test_without_scripts_the_chat_page_asks_and_a_page_answers(
    scriptless: BrowserContext, address: str
) -> None:
    page = scriptless.new_page()
    page.goto(f"{address}/chat")
    page.get_by_role("textbox", name="您的问题").fill(RECEIVED)
    page.get_by_role("button", name="提问").click()
    expect(page.get_by_role("blockquote")).to_have_text(QUOTE)
