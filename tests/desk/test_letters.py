"""Letters at the desk: written, checked by others, approved, sent; nothing typed is lost."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime

import pytest

from desk_house import Clerk, File, assembled, signed_in
from html_forms import Answer, Page
from inquiry_service.desk import DeskParts
from inquiry_service.disclosure import Application, DisclosureOffice, file_request, open_case
from inquiry_service.disclosure.letters.kinds import LetterKind
from inquiry_service.disclosure.procedure.consulting import give_reasons
from inquiry_service.disclosure.rules.events import OutcomeConsidered
from inquiry_service.disclosure.rules.matters import Matter
from inquiry_service.disclosure.rules.position import Stage
from inquiry_service.moments import FrozenClock
from inquiry_service.staff import Role
from procedure_house import draft, register, reply, review, search, send_out

PROVIDED = {
    "provided": "批复文件一份",
    "how_provided": "电子文档，网上获取",
    "delivery": "post",
}


@dataclass
class Desk:
    """The three persons a letter needs, and the number of one registered case."""

    clerk: Clerk
    reviewer: Clerk
    head: Clerk
    number: str

    @property
    def case(self) -> str:
        return f"/desk/requests/{self.number}"

    def write(self, query: str, **typed: str) -> Answer:
        page = f"{self.case}/letters/new?{query}"
        return self.clerk.send(f"{self.case}/letters", page, **typed)

    def written(self, query: str, **typed: str) -> str:
        """A first draft; gives the address of the letter."""
        answer = self.write(query, **typed)
        assert answer.status_code == 303, Page(answer.text).words
        return str(answer.headers["location"]).removesuffix("#letter")

    def do(self, member: Clerk, letter: str, deed: str, **typed: str) -> Answer:
        return member.send(f"{letter}/{deed}", letter, **typed)


@pytest.fixture
def desk(desk_parts: DeskParts, office: DisclosureOffice, file: File) -> Desk:
    app, number = assembled(desk_parts), file()
    register(office, number)
    clerk, reviewer, head = (signed_in(app, r) for r in (Role.CLERK, Role.REVIEWER, Role.HEAD))
    return Desk(clerk, reviewer, head, number)


Stages = Callable[[], Stage]


@pytest.fixture
def stage(desk: Desk, office: DisclosureOffice) -> Stages:
    return lambda: open_case(office, desk.number).position.stage


def test_a_reply_goes_from_hand_to_hand_and_out(
    desk: Desk, office: DisclosureOffice, stage: Stages
) -> None:
    letter = desk.written("kind=reply&outcome=GRANT_PROVIDE", **PROVIDED)
    assert "内容齐全" in desk.clerk.page(letter).words
    assert letter in desk.reviewer.page(desk.case).links
    assert desk.do(desk.reviewer, letter, "secrecy").status_code == 303
    assert desk.do(desk.reviewer, letter, "legal").status_code == 303
    assert "批准：答复书" in desk.head.page(desk.case).words
    assert desk.do(desk.head, letter, "approve").status_code == 303
    sent = desk.do(desk.clerk, letter, "send", route="post", sent_on="2026-03-02")
    assert sent.status_code == 303
    assert stage() is Stage.REPLIED
    words = desk.clerk.page(desk.case).words
    for said in ("已答复", "信息公开答〔2026〕1号", "邮寄送达", "予以公开"):
        assert said in words
    assert "测试审查人" in words
    assert open_case(office, desk.number).letters[0].sent


def test_what_is_still_missing_is_listed_and_a_draft_is_kept_all_the_same(desk: Desk) -> None:
    letter = desk.written("kind=correction", reason="没有写明年度")
    page = desk.clerk.page(letter)
    assert "还缺" in page.words
    assert "请填写“补正事项”" in page.texts["lacking"] + page.words
    assert page.form(letter).fields["reason"] == "没有写明年度"
    assert "【待填写：补正事项】" in page.words
    refused = desk.do(desk.head, letter, "approve")
    assert refused.status_code == 422
    assert "请填写“补正事项”" in Page(refused.text).words


def test_a_new_letter_begins_with_what_the_case_knows(desk: Desk, office: DisclosureOffice) -> None:
    fields = _form(desk, "kind=extension")
    assert (fields["addressee"], fields["due"]) == ("测试申请人", "2026-03-30")
    assert fields["article"] == "第三十三条"
    search(office, desk.number)
    reply_form = _form(desk, "kind=reply&outcome=NOT_HELD")
    assert "检索范围：档案室" in reply_form["search"]


@pytest.mark.parametrize("matter", [Matter.RECORD_CORRECTION, Matter.SUGGESTION])
def test_a_reply_without_a_limit_still_knows_the_day_of_receipt(
    desk: Desk, office: DisclosureOffice, application: Application, matter: Matter
) -> None:
    number = file_request(office, application, submission_key="beside", matter=matter).number
    register(office, number)
    outcome = "RECORD_KEPT" if matter is Matter.RECORD_CORRECTION else "SUGGESTION_TAKEN"
    beside = replace(desk, number=number)
    assert _form(beside, f"kind=reply&outcome={outcome}")["request_date"] == "2026-03-02"


@pytest.mark.parametrize("matter", [Matter.RECORD_CORRECTION, Matter.SUGGESTION])
def test_a_matter_without_a_limit_gets_a_receipt_that_asks_for_none(
    desk: Desk, office: DisclosureOffice, application: Application, matter: Matter
) -> None:
    number = file_request(office, application, submission_key="beside", matter=matter).number
    register(office, number)
    beside = replace(desk, number=number)
    assert f"{beside.case}/letters/new?kind=receipt" in desk.clerk.page(beside.case).links
    fields = _form(beside, "kind=receipt")
    assert (fields["matter"], "due" in fields) == (matter.value, False)
    letter = beside.written("kind=receipt", channel="当面提交", delivery="post")
    words = desk.clerk.page(letter).words
    assert ("内容齐全" in words, "20个工作日" in words) == (True, False)
    assert desk.do(desk.head, letter, "approve").status_code == 303


def _form(desk: Desk, query: str) -> dict[str, str]:
    page = desk.clerk.page(f"{desk.case}/letters/new?{query}")
    return page.form(f"{desk.case}/letters").fields


def test_the_new_limit_of_an_extension_is_reckoned_for_the_clerk(desk: Desk) -> None:
    letter = desk.written("kind=extension", reason="材料多", days="10", delivery="post")
    fields = desk.clerk.page(letter).form(letter).fields
    assert fields["new_due"] == "2026-04-14"
    assert desk.do(desk.head, letter, "approve").status_code == 303


def test_after_good_reasons_the_letter_that_puts_off_sets_a_later_day(
    desk: Desk, office: DisclosureOffice
) -> None:
    assert _form(desk, "kind=extension")["ground"] == "extended"
    send_out(office, desk.number, LetterKind.EXTENSION, days="10", new_due="2026-04-14")
    assert "letters/new?kind=extension" not in "".join(desk.clerk.page(desk.case).links)
    send_out(office, desk.number, LetterKind.REASONS, until="2026-03-20")
    give_reasons(office, desk.number, "研究需要")
    assert f"{desk.case}/letters/new?kind=extension" in desk.clerk.page(desk.case).links
    assert _form(desk, "kind=extension")["article"] == "第三十五条"
    letter = desk.written(
        "kind=extension", ground="delayed", reason="材料多", until="2026-05-06", delivery="post"
    )
    assert desk.do(desk.head, letter, "approve").status_code == 303
    desk.do(desk.clerk, letter, "send", route="post", sent_on="2026-03-02")
    due = open_case(office, desk.number).due
    assert due is not None
    assert due.due.isoformat() == "2026-05-06"


def test_the_article_and_the_day_follow_from_what_the_agency_is(desk: Desk) -> None:
    query = "kind=co_maker_consultation"
    assert _form(desk, query)["article"] == ""
    letter = desk.written(query, relation="other", party="机关一", information="拨款的函")
    page = desk.clerk.page(letter)
    assert page.form(letter).fields["article"] == "第十一条、第三十三条第三款"
    assert "until" in page.form(letter).fields
    assert "视为同意公开。" not in page.words


def test_a_new_limit_that_reaches_an_unpublished_year_is_called_provisional_by_itself(
    desk_parts: DeskParts, office: DisclosureOffice, file: File, frozen_clock: FrozenClock
) -> None:
    frozen_clock.moment = datetime(2026, 12, 1, 1, 0, tzinfo=UTC)
    late, number = assembled(desk_parts), file()
    register(office, number)
    clerk, reviewer, head = (signed_in(late, r) for r in (Role.CLERK, Role.REVIEWER, Role.HEAD))
    desk = Desk(clerk, reviewer, head, number)
    assert _form(desk, "kind=extension").get("due_note") == ""  # due on 29 December: certain
    letter = desk.written("kind=extension", reason="材料多", days="10", delivery="post")
    assert "暂定" in desk.clerk.page(letter).form(letter).fields["due_note"]
    assert desk.do(desk.head, letter, "approve").status_code == 303


def test_a_letter_that_the_stage_does_not_allow_is_refused_in_place(
    desk: Desk, office: DisclosureOffice
) -> None:
    send_out(office, desk.number, LetterKind.CORRECTION, until="2026-03-20")
    answer = desk.write("kind=extension", reason="写了很久的理由")
    page = Page(answer.text)
    assert answer.status_code == 409
    assert "只有办理中的申请可以延长答复期限" in page.words
    assert "条例第三十三条第二款" in page.words
    assert page.form(f"{desk.case}/letters").fields["reason"] == "写了很久的理由"


def test_who_wrote_a_letter_is_not_asked_to_approve_it(desk_parts: DeskParts, desk: Desk) -> None:
    everything = replace(desk, clerk=signed_in(assembled(desk_parts)))
    letter = everything.written("kind=assistance", addressee="测试协助单位")
    page = everything.clerk.page(letter)
    assert "应由另一人办理" in page.words
    assert f"{letter}/approve" not in [form.action for form in page.forms]
    forced = everything.clerk.client.post(
        f"{letter}/approve",
        data={"csrf": everything.clerk.csrf, "version": _version(page, letter)},
    )
    assert forced.status_code in (409, 422)
    assert "批准" in Page(forced.text).words


def _version(page: Page, action: str) -> str:
    return page.form(action).fields["version"]


def test_a_letter_is_returned_with_a_reason_that_its_writer_reads(
    desk: Desk, office: DisclosureOffice, stage: Stages
) -> None:
    letter = desk.written("kind=reply&outcome=GRANT_PROVIDE", **PROVIDED)
    silent = desk.do(desk.reviewer, letter, "return")
    assert "请写明退回的原因" in Page(silent.text).texts["why-error"]
    assert desk.do(desk.reviewer, letter, "return", why="附件名称不对").status_code == 303
    assert stage() is Stage.IN_REVIEW
    assert "被退回： 附件名称不对" in desk.clerk.page(letter).words
    again = desk.clerk.send(letter, letter, provided="批复文件一份（已更正）")
    assert again.status_code == 303
    assert stage() is Stage.DRAFTED
    assert "被退回" not in desk.clerk.page(letter).words


def test_the_outcome_of_a_reply_is_chosen_first_with_its_remedy(desk: Desk) -> None:
    html = desk.clerk.client.get(f"{desk.case}/letters/new?kind=reply").text
    page = Page(html)
    for kind in ("公开", "不予公开", "无法提供", "不予处理", "其他处理"):
        assert f"<legend>{kind}</legend>" in html
    assert "先申请行政复议" in page.words
    assert "（救济途径表述待法律顾问确认）" in page.words
    offered = page.form(f"{desk.case}/letters/new").radios["outcome"]
    assert "PETITION" in offered
    assert not {"STILL_UNCLEAR", "NO_CORRECTION", "FEE_UNPAID", "NOT_HELD"} & set(offered)


def test_a_settled_outcome_is_no_longer_marked(desk_parts: DeskParts, desk: Desk) -> None:
    letter = f"{desk.case}/letters/new?kind=reply&outcome=PETITION"
    assert "待确认：" in desk.clerk.page(letter).words
    settled = replace(desk_parts.office, settled_outcomes=frozenset({"PETITION"}))
    app = assembled(replace(desk_parts, office=settled))
    assert "待确认：" not in signed_in(app, Role.CLERK).page(letter).words


def test_the_outcome_of_a_draft_can_be_changed_and_what_was_written_stays(
    desk: Desk, office: DisclosureOffice
) -> None:
    letter = desk.written("kind=reply&outcome=GRANT_PROVIDE", **PROVIDED)
    choosing = desk.clerk.page(f"{letter}/outcome").form(letter)
    assert choosing.fields["outcome"] == "GRANT_PROVIDE"
    fields = desk.clerk.page(f"{letter}?outcome=PARTIAL").form(letter).fields
    assert (fields["outcome"], fields["article"]) == ("PARTIAL", "第三十七条")
    assert fields["provided"] == "批复文件一份"
    assert "先申请行政复议" in fields["remedy"]
    assert desk.clerk.client.post(letter, data=fields).status_code == 303
    assert open_case(office, desk.number).letters[0].outcome_code == "PARTIAL"


def test_a_consulted_party_has_a_designation_and_never_a_name(
    desk: Desk, office: DisclosureOffice
) -> None:
    about = {"addressee": "某公司", "information": "合同", "reason": "涉及商业秘密"}
    refused = desk.write("kind=third_party_consultation", party="某公司", **about)
    assert "不进入办理记录" in Page(refused.text).texts["party-error"]
    letter = desk.written("kind=third_party_consultation", party="第三方一", **about)
    assert "第三方一" in desk.clerk.page(letter).words
    telling = about | {"information": "测试申请人要的合同"}
    refused = desk.write("kind=third_party_consultation", party="第三方二", **telling)
    assert "出现了申请人的身份信息" in Page(refused.text).texts["information-error"]
    assert len(open_case(office, desk.number).letters) == 1


def test_when_a_colleague_was_faster_the_draft_still_stands_in_the_form(
    desk: Desk, office: DisclosureOffice
) -> None:
    page = f"{desk.case}/letters/new?kind=correction"
    mine = desk.clerk.page(page).form(f"{desk.case}/letters").fields
    search(office, desk.number)
    answer = desk.clerk.client.post(f"{desk.case}/letters", data=mine | {"reason": "我写的理由"})
    shown = Page(answer.text)
    assert answer.status_code == 409
    assert "这件申请有了新的进展" in shown.words
    fields = shown.form(f"{desk.case}/letters").fields
    assert fields["reason"] == "我写的理由"
    assert open_case(office, desk.number).letters == ()
    assert desk.clerk.client.post(f"{desk.case}/letters", data=fields).status_code == 303


def test_an_approved_letter_can_no_longer_be_written(desk: Desk, office: DisclosureOffice) -> None:
    letter = draft(office, desk.number, LetterKind.REPLY, outcome="GRANT_PROVIDE")
    review(office, desk.number, letter)
    address = f"{desk.case}/letters/{letter}"
    assert desk.do(desk.head, address, "approve").status_code == 303
    page = desk.clerk.page(address)
    assert address not in [form.action for form in page.forms]
    assert f"{address}/docx" in page.links


def test_a_reader_without_permission_reads_the_letter_and_changes_nothing(
    desk: Desk, office: DisclosureOffice
) -> None:
    letter = desk.written("kind=assistance", addressee="测试协助单位")
    page = desk.reviewer.page(letter)
    assert "测试协助单位" in page.words
    assert letter not in [form.action for form in page.forms]
    assert f"{letter}/approve" not in [form.action for form in page.forms]


def test_a_letter_of_another_case_and_an_unknown_kind_are_not_found(
    desk: Desk, office: DisclosureOffice, file: File
) -> None:
    letter = draft(office, desk.number, LetterKind.ASSISTANCE)
    desk.clerk.page(f"/desk/requests/{file()}/letters/{letter}", 404)
    desk.clerk.page(f"{desk.case}/letters/new?kind=unknown", 404)
    desk.clerk.page(f"{desk.case}/letters/{letter}/docx", 404)


def test_the_assistant_leads_to_an_outcome_and_its_reasons_into_the_reply(
    desk: Desk, office: DisclosureOffice
) -> None:
    address = f"{desk.case}/outcome"
    first = desk.clerk.page(address)
    assert "申请内容是否明确" in first.words
    ended = desk.clerk.page(f"{address}?a=clear=yes&a=nature=petition")
    assert "不予处理（信访举报投诉类申请）" in ended.words
    form = next(one for one in ended.forms if (one.method, one.action) == ("post", address))
    answer = desk.clerk.client.post(address, data=form.fields)
    expected = f"{desk.case}/letters/new?kind=reply&outcome=PETITION"
    assert answer.headers["location"] == expected
    considered = open_case(office, desk.number).history[-1].event
    assert considered == OutcomeConsidered("PETITION", ("clear=yes", "nature=petition"))
    assert "信访、投诉、举报" in _form(desk, "kind=reply&outcome=PETITION")["reason"]


def test_the_assistant_names_what_must_be_done_first(desk: Desk) -> None:
    page = desk.clerk.page(f"{desk.case}/outcome?a=clear=no")
    assert "一次性书面告知申请人补正" in page.words
    assert f"{desk.case}/letters/new?kind=correction" in page.links


def test_the_assistant_drops_answers_that_lead_nowhere(
    desk: Desk, office: DisclosureOffice
) -> None:
    page = desk.clerk.page(f"{desk.case}/outcome?a=clear=yes&a=nature=nonsense&a=repeat=no")
    assert "申请人实际要的是什么" in page.words
    sent = {"csrf": desk.clerk.csrf, "version": "3", "trail": "clear=no"}
    before = open_case(office, desk.number).version
    assert desk.clerk.client.post(f"{desk.case}/outcome", data=sent).status_code == 200
    assert open_case(office, desk.number).version == before


def test_a_replied_case_offers_no_reply_any_more(desk: Desk, office: DisclosureOffice) -> None:
    assert "写答复书" in desk.clerk.page(desk.case).words
    reply(office, desk.number)
    assert "写答复书" not in desk.clerk.page(desk.case).words


def test_a_draft_that_cannot_be_sent_any_more_says_so_waits_for_nobody_and_is_put_aside(
    desk: Desk, office: DisclosureOffice
) -> None:
    name = draft(office, desk.number, LetterKind.CORRECTION)
    letter = f"{desk.case}/letters/{name}"
    assert "批准（文书）" in desk.clerk.page(desk.case).words
    send_out(office, desk.number, LetterKind.REASONS, until="2026-03-20")
    for page in (desk.clerk.page(desk.case), desk.clerk.page("/desk")):
        assert "经办（核对文书）" in page.words
        assert "批准（文书）" not in page.words
    told = "现在不能发出：只有办理中的申请可以要求补正，目前是“待说明理由”（条例第三十条）"
    assert told in desk.clerk.page(letter).words
    assert not [form for form in desk.head.page(letter).forms if form.action.endswith("/approve")]
    unsaid = Page(desk.do(desk.clerk, letter, "discard", because="").text)
    assert "请写明作废的原因" in unsaid.words
    assert desk.do(desk.clerk, letter, "discard", because="另行处理").status_code == 303
    case = desk.clerk.page(desk.case).words
    assert ("核对文书" in case, "已作废" in case, "另行处理" in case) == (False, True, True)
    assert [form.action for form in desk.clerk.page(letter).forms if letter in form.action] == []
