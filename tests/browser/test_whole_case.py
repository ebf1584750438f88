"""One request from the form to the reply, in real browsers: applicant, clerk, reviewer, head.

Intake, correction, consultation, extension, approval by another, delivery, the applicant's page.
"""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest
from argon2 import PasswordHasher
from fastapi import FastAPI
from playwright.sync_api import Browser, BrowserContext, Page, expect

import public_house
from browser.test_applying_and_following import (
    filed_as_a_person,
    fill_in_as_a_person,
    follow,
    next_step,
)
from desk_house import LOGINS, NAMES, PASSWORD, shipped_book
from inquiry_service import desk
from inquiry_service.desk import DeskParts
from inquiry_service.disclosure import Application, DisclosureOffice, file_request, open_case
from inquiry_service.disclosure.keeping.auditing import verify_chain
from inquiry_service.disclosure.procedure.sending import letter_file
from inquiry_service.moments import FrozenClock
from inquiry_service.staff import Role, StaffOffice, add_member
from inquiry_service.web import WebParts

pytestmark = pytest.mark.browser


@pytest.fixture
def web_app(web_parts: WebParts) -> FastAPI:
    """Both faces on one house: the public's pages and the desk."""
    staff = StaffOffice(
        web_parts.office.database, web_parts.office.clock, PasswordHasher(1, memory_cost=64)
    )
    for role, login in LOGINS.items():
        add_member(staff, login, NAMES[role], role, PASSWORD)
    app = public_house.built(web_parts)
    book = shipped_book(web_parts.office)
    parts = DeskParts(web_parts.office, staff, web_parts.conversations, book, secure_cookies=False)
    app.include_router(desk.router(parts))
    return app


class Seats:
    """A browser for each member of staff, signed in; sessions end when days go by."""

    def __init__(self, browser: Browser, address: str) -> None:
        self._browser, self._address = browser, address
        self._contexts: dict[Role, BrowserContext] = {}

    def __call__(self, role: Role) -> Page:
        if role not in self._contexts:
            self._contexts[role] = self._browser.new_context(locale="zh-CN")
            self._sign_in(self._contexts[role].new_page(), role)
        return self._contexts[role].pages[0]

    def _sign_in(self, page: Page, role: Role) -> None:
        page.set_default_timeout(20_000)
        page.goto(f"{self._address}/desk/sign-in")
        page.get_by_label("登录名").fill(LOGINS[role])
        page.get_by_label("密码").fill(PASSWORD)
        page.get_by_role("main").get_by_role("button", name="登录").click()

    def leave(self) -> None:
        for context in self._contexts.values():
            context.close()
        self._contexts.clear()


@pytest.fixture
def seats(browser: Browser, address: str) -> Iterator[Seats]:
    taken = Seats(browser, address)
    yield taken
    taken.leave()


class Bureau:
    """What the members of staff do with one case, each in their own browser."""

    def __init__(self, address: str, number: str, seat: Seats, clock: FrozenClock) -> None:
        self.case = f"{address}/desk/requests/{number}"
        self._seat, self._clock = seat, clock

    def step(self, key: str, title: str, **chosen: str) -> None:
        page = self._seat(Role.CLERK)
        page.goto(f"{self.case}/{key}")
        for group, label in chosen.items():
            page.get_by_role("radiogroup", name=group).get_by_text(label, exact=True).click()
        page.get_by_role("main").get_by_role("button", name=title).click()
        page.wait_for_url(re.compile(r"/desk/requests/[A-Z]+-\d+-\d+(#.*)?$"))

    def letter(self, query: str, **written: str) -> str:
        """The clerk writes a letter; gives its address."""
        page = self._seat(Role.CLERK)
        page.goto(f"{self.case}/letters/new?{query}")
        for name, value in {"delivery": "post", **written}.items():
            field = page.locator(f"#{name}")
            if field.evaluate("element => element.tagName") == "SELECT":
                field.select_option(value)
            else:
                field.fill(value)
        page.get_by_role("button", name="保存草稿").click()
        page.wait_for_url(re.compile(r"/letters/[0-9a-f]{32}"))
        expect(page.get_by_role("heading", name="内容齐全")).to_be_visible()
        return page.url.split("#")[0]

    def do(self, role: Role, letter: str, deed: str) -> None:
        page = self._seat(role)
        page.goto(letter)
        page.get_by_role("region", name="办理").get_by_role("button", name=deed).click()
        page.wait_for_load_state()
        expect(page.locator("#problems")).to_have_count(0)

    def send(self, letter: str) -> None:
        self.do(Role.HEAD, letter, "批准")
        self.do(Role.CLERK, letter, "发出")

    def later(self, days: int) -> None:
        self._clock.advance(timedelta(days=days))
        self._seat.leave()


def expect_another_to_decide(page: Page, letter: str) -> None:
    """Whoever wrote a letter is offered neither its review nor its approval."""
    page.goto(letter)
    deeds = page.get_by_role("region", name="办理")
    expect(deeds).to_contain_text("等待")
    expect(deeds.get_by_role("button", name="批准")).to_have_count(0)


def test_a_request_from_the_form_to_the_reply(
    page: Page,
    address: str,
    office: DisclosureOffice,
    frozen_clock: FrozenClock,
    seats: Seats,
) -> None:
    number, code = filed_as_a_person(page, address)
    bureau = Bureau(address, number, seats, frozen_clock)
    bureau.step("register", "登记")

    asked = bureau.letter(
        "kind=correction",
        reason="没有写明哪一年的计划",
        what_to_correct="请写明年份",
        until="2026-03-20",
    )
    expect_another_to_decide(seats(Role.CLERK), asked)
    bureau.send(asked)

    bureau.later(3)
    follow(page, address, number, code)
    page.get_by_role("textbox", name="所需信息的内容").fill("2018年度储备粮轮换计划的批复文件")
    page.get_by_role("button", name="提交补正").click()
    expect(page.locator("#done")).to_contain_text("补正已经收到")
    due = open_case(office, number).due
    assert due is not None
    assert due.due.isoformat() == "2026-04-02"  # twenty working days from 5 March, 清明 not begun

    bureau.later(4)
    consulted = bureau.letter(
        "kind=third_party_consultation",
        party="第三方一",
        addressee="被征求意见的单位",
        information="2018年度储备粮轮换计划的批复文件",
        reason="文件载有该单位的仓储数据",
    )
    bureau.send(consulted)
    follow(page, address, number, code)
    expect(page.get_by_role("main")).to_contain_text("征求意见")
    bureau.later(10)
    bureau.step("opinion", "记录征求意见的结果", 意见="同意公开")

    extension = bureau.letter(
        "kind=extension", reason="需要核对仓储数据", days="10", new_due="2026-04-29"
    )
    bureau.send(extension)

    bureau.later(7)
    answered = bureau.letter(
        "kind=reply&outcome=GRANT_PROVIDE",
        provided="2018年度储备粮轮换计划的批复文件，一份",
        how_provided="随本答复书邮寄纸质复印件",
    )
    bureau.do(Role.REVIEWER, answered, "通过保密审查")
    bureau.do(Role.REVIEWER, answered, "通过合法性审核")
    bureau.send(answered)

    follow(page, address, number, code)
    reply = page.get_by_role("region", name="答复", exact=True)
    expect(reply).to_contain_text("2018年度储备粮轮换计划的批复文件，一份")
    expect(reply).to_contain_text("六十日内")
    expect(page.get_by_role("region", name="办理经过")).to_contain_text(
        "经批准延长答复期限10个工作日"
    )
    with page.expect_download() as download:
        page.get_by_role("button", name=re.compile("下载 Word.*答复书")).click()
    sent = letter_file(office, number, answered.rsplit("/", 1)[1])
    assert download.value.path().read_bytes() == sent.data
    assert verify_chain(office, number) is None


def test_what_two_ask_for_is_published_and_shown_to_the_third(
    page: Page, address: str, office: DisclosureOffice, application: Application, seats: Seats
) -> None:
    file_request(office, application, submission_key="first")
    another = replace(application, name="另一位申请人", identity_number="11010119900307002X")
    number = file_request(office, another, submission_key="second").number
    published = "https://www.example.gov.cn/xxgk/1.html"

    head = seats(Role.HEAD)
    head.goto(f"{address}/desk/requests/{number}")
    head.get_by_role("region", name="相近申请和提示").get_by_role(
        "link", name="决定主动公开"
    ).click()
    head.get_by_role("textbox", name="要公开的信息的名称").fill("2018年度储备粮轮换计划的批复")
    head.get_by_role("checkbox", name="已做保密审查").check()
    head.get_by_role("button", name="决定主动公开").click()
    head.wait_for_url("**/desk/publishing")

    clerk = seats(Role.CLERK)
    clerk.goto(f"{address}/desk/publishing")
    clerk.get_by_role("textbox", name="公开网页的网址").fill(published)
    clerk.get_by_role("button", name="标明已经公开").click()
    expect(clerk.get_by_role("region", name="已经公开")).to_contain_text(published)
    assert all(verify_chain(office, f"YSQ-2026-0000{n}") is None for n in (1, 2))

    page.goto(f"{address}/requests/new")
    page.get_by_role("textbox", name="所需信息的内容").fill("2018年储备粮轮换计划的批复")
    fill_in_as_a_person(page)
    next_step(page)
    shown = page.get_by_role("region", name="提交之前，先看看已经公开的信息")
    link = shown.get_by_role("link", name=re.compile("2018年度储备粮轮换计划的批复"))
    expect(link).to_have_attribute("href", published)
    shown.get_by_role("button", name="已经回答，不用申请了").click()
    page.wait_for_url("**/requests/answered")
