"""One case: everything the clerk needs to judge it, and the reply."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from desk_house import Clerk, File, assembled, signed_in
from html_forms import Page
from inquiry_service.answering.asking import EngineHolder
from inquiry_service.conversation.turn import open_conversation
from inquiry_service.desk import DeskParts
from inquiry_service.disclosure import (
    ApplicantKind,
    Application,
    DisclosureOffice,
    file_request,
    follow_request,
    open_case,
)
from inquiry_service.disclosure.outcomes import OUTCOMES
from inquiry_service.moments import FrozenClock
from talking_house import ANSWERED, QUOTE, UNMATCHED, say

REPLY = "经查，您申请的信息可以公开，文本随本答复提供。"


def address(number: str) -> str:
    return f"/desk/requests/{number}"


def test_a_persons_case_shows_the_whole_application(clerk: Clerk, file: File) -> None:
    words = clerk.page(address(file(period="2018年", document_number="测商〔2018〕1号"))).words
    for said in (
        "2018年度储备粮轮换计划的批复文件",
        "测商〔2018〕1号",
        "2018年",
        "电子文档",
        "网上获取",
        "自然人",
        "测试申请人",
        "居民身份证 11010519491231002X",
        "13800000000",
    ):
        assert said in words


def test_an_organisations_case_shows_its_code_and_contact(clerk: Clerk, file: File) -> None:
    number = file(
        applicant_kind=ApplicantKind.RESEARCH,
        organisation_name="测试用单位",
        credit_code="91350100M000100Y43",
        contact_person="测试联系人",
    )
    words = clerk.page(address(number)).words
    for said in ("科研机构", "测试用单位", "91350100M000100Y43", "联系人 测试联系人"):
        assert said in words
    assert "居民身份证" not in words


def test_the_clock_is_explained_day_by_day(clerk: Clerk, file: File) -> None:
    words = clerk.page(address(file())).words
    assert "2026-03-30" in words
    assert "还剩 20 个工作日" in words
    assert "2026-03-07 周六，休息日，不计入" in words
    assert "2026-03-07 2026-03-07" not in words
    assert "计入第20个工作日" in words


@pytest.mark.parametrize(
    ("days", "said"), [(1, "还剩 19 个工作日"), (28, "今天到期"), (29, "请立即办理")]
)
def test_the_case_says_how_much_time_is_left(
    desk_parts: DeskParts, file: File, frozen_clock: FrozenClock, days: int, said: str
) -> None:
    number = file()
    frozen_clock.advance(timedelta(days=days))
    assert said in signed_in(assembled(desk_parts)).page(address(number)).words


def test_the_conversation_that_led_to_the_case_stands_beside_it(
    clerk: Clerk, desk_parts: DeskParts, file: File
) -> None:
    talk = open_conversation(desk_parts.conversations, "web").conversation_id
    other = open_conversation(desk_parts.conversations, "web").conversation_id
    for question in (ANSWERED, UNMATCHED):
        say(desk_parts.conversations, talk, question)
    say(desk_parts.conversations, other, "另一个人说的话")
    page = clerk.page(address(file(talk)))
    for said in (ANSWERED, QUOTE, UNMATCHED, "网页"):
        assert said in page.words
    assert "另一个人说的话" not in page.words
    assert any(link.startswith("/documents/annual-report-2017") for link in page.links)


def test_a_case_without_a_conversation_says_so(clerk: Clerk, file: File) -> None:
    assert "申请人此前没有在线咨询。" in clerk.page(address(file())).words
    assert "已经不再保存" in clerk.page(address(file("gone"))).words


def test_what_the_applicant_was_shown_before_filing_is_linked(
    clerk: Clerk, desk_parts: DeskParts, office: DisclosureOffice, application: Application
) -> None:
    engine = desk_parts.conversations.engine.current
    assert engine is not None
    [passage] = engine.shelf.passages([0])
    shown = (passage.passage_id, "0000000000000000")
    filed = file_request(office, application, submission_key="near", near_answers=shown)
    page = clerk.page(address(filed.number))
    assert "提交前给申请人看过的公开信息" in page.words
    near = [link for link in page.links if passage.passage_id in link]
    assert [urlsplit(link).path for link in near] == ["/documents/annual-report-2017"]


def test_markup_in_an_application_is_only_text(clerk: Clerk, file: File) -> None:
    number = file(description="<img src=x onerror=alert(1)>" + "长" * 1900, name="<b>名</b>")
    html = clerk.client.get(address(number)).text
    assert "<img src=x" not in html
    assert "<b>名" not in html
    assert "&lt;b&gt;名&lt;/b&gt;" in html


def test_an_unknown_number_is_not_found(clerk: Clerk) -> None:
    for number in ("YSQ-2026-00099", "whatever", "%3Cb%3E"):
        assert "没有找到" in clerk.page(address(number), 404).words


def test_outcomes_are_offered_by_kind_with_what_the_lawyer_has_to_settle(
    clerk: Clerk, file: File
) -> None:
    html = clerk.client.get(address(file())).text
    kinds = ["公开", "不予公开", "无法提供", "不予处理", "其他处理"]
    assert [kind for kind in kinds if f'<optgroup label="{kind}">' in html] == kinds
    assert html.count("<optgroup") == len(kinds)
    offered = [outcome for outcome in OUTCOMES if f'value="{outcome.code}"' in html]
    assert [o.code for o in OUTCOMES if o not in offered] == [
        "STILL_UNCLEAR",
        "NO_CORRECTION",
        "FEE_UNPAID",
    ]
    petition = html[html.index('value="PETITION"') :]
    assert "（救济途径表述待法律顾问确认）" in petition[: petition.index("</option>")]
    refusal = html[html.index('value="REFUSE_PROCESS"') :]
    assert "确认）" not in refusal[: refusal.index("</option>")]


def test_a_reply_is_sent_once_and_shown_with_its_remedy(
    clerk: Clerk, office: DisclosureOffice, application: Application
) -> None:
    filed = file_request(office, application, submission_key="one")
    answer = clerk.reply(filed.number, outcome_code="GRANT_PROVIDE", text=f" {REPLY} ")
    assert (answer.status_code, answer.headers["location"]) == (303, address(filed.number))
    page = clerk.page(address(filed.number))
    for said in ("予以公开", "第三十六条第（二）项", REPLY, "六个月内", "已答复"):
        assert said in page.words
    assert [form.action for form in page.forms] == ["/desk/sign-out"]
    reply = follow_request(office, filed.number, filed.lookup_code).reply
    assert reply is not None
    assert (reply.text, reply.outcome_label) == (REPLY, "予以公开")
    [sent] = [r for r in open_case(office, filed.number).history if r.actor == "desk-one"]
    assert sent.at == office.clock()


def test_a_reply_whose_remedy_is_unsettled_says_so_to_the_clerk(clerk: Clerk, file: File) -> None:
    number = file()
    clerk.reply(number, outcome_code="PETITION", text="属于信访事项。")
    assert "（救济途径表述待法律顾问确认）" in clerk.page(address(number)).words


@pytest.mark.parametrize(
    ("typed", "field", "message"),
    [
        ({"outcome_code": "", "text": REPLY}, "outcome_code", "请选择办理结果"),
        ({"outcome_code": "NO_CORRECTION", "text": REPLY}, "outcome_code", "未经补正"),
        ({"outcome_code": "OTHER", "text": "  "}, "text", "请写明答复内容"),
        ({"outcome_code": "OTHER", "text": "长" * 20_001}, "text", "最多20000字"),
    ],
)
def test_what_is_wrong_with_a_reply_stands_beside_it_and_the_text_stays(
    clerk: Clerk,
    file: File,
    typed: dict[str, str],
    field: str,
    message: str,
) -> None:
    number = file()
    answer = clerk.reply(number, **typed)
    assert answer.status_code == 422
    page = Page(answer.text)
    assert message in page.texts[f"{field}-error"]
    assert f"#{field}" in page.links
    fields = page.form(f"{address(number)}/reply").fields
    assert fields["text"] == typed["text"]
    if typed["outcome_code"] != "NO_CORRECTION":  # which is not open to this case
        assert fields["outcome_code"] == typed["outcome_code"]


def test_when_a_colleague_was_faster_nothing_written_is_lost(
    desk_parts: DeskParts, clerk: Clerk, file: File, office: DisclosureOffice
) -> None:
    number = file()
    colleague = signed_in(assembled(desk_parts))
    form = clerk.page(address(number)).form(f"{address(number)}/reply").fields
    colleague.reply(number, outcome_code="OTHER", text="同事的答复")
    mine = form | {"outcome_code": "GRANT_PROVIDE", "text": "我写的答复，没有发出"}
    answer = clerk.client.post(f"{address(number)}/reply", data=mine)
    page = Page(answer.text)
    assert answer.status_code == 409
    assert "没有发出。 这件申请已经答复" in page.words
    assert "我写的答复，没有发出" in page.words
    assert "同事的答复" in page.words
    reply = open_case(office, number).reply
    assert reply is not None
    assert reply.text == "同事的答复"


def test_when_the_case_moved_on_the_reply_can_be_sent_after_a_second_look(
    clerk: Clerk, file: File
) -> None:
    number = file()
    answer = clerk.reply(number, outcome_code="OTHER", text=REPLY, version="1")
    page = Page(answer.text)
    assert answer.status_code == 409
    assert "这件申请有了新的进展" in page.words
    fields = page.form(f"{address(number)}/reply").fields
    assert fields["text"] == REPLY
    assert clerk.client.post(f"{address(number)}/reply", data=fields).status_code == 303


def test_a_version_that_is_no_number_sends_nothing(clerk: Clerk, file: File) -> None:
    number = file()
    assert clerk.reply(number, outcome_code="OTHER", text=REPLY, version="x").status_code == 422
    assert "写答复" in clerk.page(address(number)).words


def test_without_an_index_a_case_still_opens(desk_parts: DeskParts, file: File) -> None:
    engine = EngineHolder(Path("no-such-index"), None)
    conversations = replace(desk_parts.conversations, engine=engine)
    clerk = signed_in(assembled(replace(desk_parts, conversations=conversations)))
    assert "申请内容" in clerk.page(address(file())).words
