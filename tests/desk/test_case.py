"""One case: everything the clerk needs to judge it, and the reply."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from desk_house import Clerk, File, assembled, signed_in
from inquiry_service.answering.asking import EngineHolder
from inquiry_service.conversation.turn import open_conversation
from inquiry_service.desk import DeskParts
from inquiry_service.disclosure import ApplicantKind, Application, DisclosureOffice, file_request
from inquiry_service.disclosure.keeping.retaining import erase_case
from inquiry_service.disclosure.letters.kinds import LetterKind
from inquiry_service.disclosure.rules.matters import Matter
from inquiry_service.moments import FrozenClock
from procedure_house import register, reply, send_out
from talking_house import ANSWERED, QUOTE, UNMATCHED, say


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
        "居民身份证 110*************2X",
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
    for said in ("科研机构", "测试用单位", "913*************43", "联系人 测试联系人"):
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


def test_the_timeline_names_who_did_each_step(
    clerk: Clerk, file: File, office: DisclosureOffice
) -> None:
    number = file()
    register(office, number)
    send_out(office, number, LetterKind.ASSISTANCE)
    words = clerk.page(address(number)).words
    for said in (
        "提交申请 申请人",
        "确认收到申请（系统即时回执） 系统",
        "起草文书（协办函） 测试经办人",
        "批准文书（协办函） 测试负责人",
    ):
        assert said in words


def test_similar_requests_and_what_the_text_looks_like_stand_beside_an_open_case(
    clerk: Clerk, file: File, office: DisclosureOffice
) -> None:
    first = file()
    reply(office, first)
    again = file()
    words = clerk.page(address(again)).words
    assert "同一申请人已经答复过的相近申请" in words
    assert first in words
    assert "30日内 2 件" in words
    complaint = file(description="请查处某粮站拖欠粮款的问题，追究有关人员责任")
    assert "像信访、投诉、举报" in clerk.page(address(complaint)).words
    assert "相近申请和提示" not in clerk.page(address(first)).words


def test_a_case_whose_content_was_erased_still_opens_and_says_so(
    desk_parts: DeskParts, file: File, office: DisclosureOffice, frozen_clock: FrozenClock
) -> None:
    number = file()
    reply(office, number)
    frozen_clock.advance(timedelta(days=366))
    erase_case(office, number, {Matter.REQUEST: 1})
    page = signed_in(assembled(desk_parts)).page(address(number))
    assert "已经清理，只保留办理经过" in page.words
    assert "保管期满，销毁密封内容" in page.words
    assert "测试申请人" not in page.words


def test_without_an_index_a_case_still_opens(desk_parts: DeskParts, file: File) -> None:
    engine = EngineHolder(Path("no-such-index"), None)
    conversations = replace(desk_parts.conversations, engine=engine)
    clerk = signed_in(assembled(replace(desk_parts, conversations=conversations)))
    assert "申请内容" in clerk.page(address(file())).words


@pytest.mark.parametrize("matter", [Matter.RECORD_CORRECTION, Matter.SUGGESTION])
def test_a_matter_beside_requests_is_offered_receipt_and_reply_and_no_letter_for_requests(
    clerk: Clerk, office: DisclosureOffice, application: Application, matter: Matter
) -> None:
    number = file_request(office, application, submission_key="beside", matter=matter).number
    register(office, number)
    page = clerk.page(address(number))
    begun = {link.rpartition("kind=")[2] for link in page.links if "letters/new" in link}
    assert begun == {"receipt", "reply"}
    assert "当场答复" not in page.words


def test_a_matter_without_a_limit_is_said_to_have_none_and_not_to_wait_for_its_start(
    clerk: Clerk, office: DisclosureOffice, application: Application
) -> None:
    matter = Matter.SUGGESTION
    number = file_request(office, application, submission_key="beside", matter=matter).number
    for page in ("/desk", address(number)):
        words = clerk.page(page).words
        assert "不计期限" in words
        assert "尚未起算" not in words
