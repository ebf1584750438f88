"""What an applicant does on the page of a request, as a visitor without scripts meets it."""

import logging
from datetime import timedelta

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

import procedure_house
from applying import Applicant, page_of
from inquiry_service.disclosure import DisclosureOffice, open_case
from inquiry_service.disclosure.letters.kinds import LetterKind
from inquiry_service.disclosure.procedure.ending import MOST_COMPLAINTS, complain, withdraw_request
from inquiry_service.disclosure.rules.position import Stage
from inquiry_service.moments import FrozenClock
from inquiry_service.web.request_access import Access

WANTED = "2018年度储备粮轮换计划的批复文件，发文机关是市发展和改革局"


@pytest.fixture
def applicant(web_app: FastAPI) -> Applicant:
    return Applicant.who_filed(TestClient(web_app))


def asked_to_correct(office: DisclosureOffice, number: str) -> None:
    procedure_house.register(office, number)
    procedure_house.send_out(
        office,
        number,
        LetterKind.CORRECTION,
        what_to_correct="请写明批复的发文机关",
        until="2026-03-20",
    )


def asked_for_reasons(office: DisclosureOffice, number: str) -> None:
    procedure_house.register(office, number)
    procedure_house.send_out(office, number, LetterKind.REASONS, until="2026-03-20")


def acts_on(applicant: Applicant) -> set[str]:
    prefix = "/requests/follow/"
    return {form.action.removeprefix(prefix) for form in applicant.opens().forms} - {"letter"}


# Which forms there are


def test_a_fresh_request_offers_materials_withdrawal_and_complaint(applicant: Applicant) -> None:
    assert acts_on(applicant) == {"materials", "withdrawal", "complaint"}


def test_correction_and_reasons_are_offered_only_while_they_are_asked_for(
    applicant: Applicant, office: DisclosureOffice
) -> None:
    asked_to_correct(office, applicant.number)
    assert "correction" in acts_on(applicant)
    applicant.sends("correction", description=WANTED)
    assert "correction" not in acts_on(applicant)
    procedure_house.send_out(office, applicant.number, LetterKind.REASONS, until="2026-03-20")
    assert "reasons" in acts_on(applicant)


def test_after_the_end_only_a_complaint_is_offered(
    applicant: Applicant, office: DisclosureOffice
) -> None:
    procedure_house.reply(office, applicant.number)
    assert acts_on(applicant) == {"complaint"}


# Correction


def test_after_its_day_a_correction_is_still_taken_and_no_past_day_is_asked_for(
    applicant: Applicant, office: DisclosureOffice, frozen_clock: FrozenClock
) -> None:
    asked_to_correct(office, applicant.number)
    assert "以前提交" in applicant.opens().words
    frozen_clock.advance(timedelta(days=19))
    words = applicant.opens().words
    assert "2026年3月20日已经过了" in words
    assert "以前提交" not in words
    applicant.sends("correction", description=WANTED)
    assert open_case(office, applicant.number).application.description == WANTED


def test_a_correction_starts_from_what_was_said_and_names_what_is_missing_and_by_when(
    applicant: Applicant, office: DisclosureOffice
) -> None:
    asked_to_correct(office, applicant.number)
    page = applicant.opens()
    form = page.form("/requests/follow/correction")
    assert form.fields["description"] == "2018年度储备粮轮换计划的批复文件"
    assert form.fields["period"] == "2018年"
    assert "请写明批复的发文机关" in page.words
    assert "请在2026年3月20日以前补正" in page.words
    answer = applicant.sends("correction", form, description=WANTED)
    assert "补正已经收到" in page_of(answer).words
    case = open_case(office, applicant.number)
    assert case.application.description == WANTED
    assert case.position.stage is Stage.IN_REVIEW


def test_a_correction_that_cannot_be_used_says_so_beside_the_field_and_keeps_the_text(
    applicant: Applicant, office: DisclosureOffice
) -> None:
    asked_to_correct(office, applicant.number)
    for typed, told in ((" ", "请写明需要什么信息"), ("查" * 2001, "请删去1字")):
        page = page_of(applicant.sends("correction", description=typed), 422)
        assert told in page.texts["description-error"]
        form = page.form("/requests/follow/correction")
        assert form.fields["description"] == typed
        assert page.title.startswith("需要修改")
    unchanged = page_of(applicant.sends("correction"), 422)
    assert "内容没有变化" in unchanged.texts["description-error"]


def test_the_same_correction_sent_twice_is_one_and_says_that_it_arrived(
    applicant: Applicant, office: DisclosureOffice
) -> None:
    asked_to_correct(office, applicant.number)
    form = applicant.form("correction")
    answers = [applicant.sends("correction", form, description=WANTED) for _ in range(2)]
    for answer in answers:
        assert "补正已经收到" in page_of(answer).words
    names = [type(one.event).__name__ for one in open_case(office, applicant.number).history]
    assert names.count("CorrectedRequestReceived") == 1


def test_a_second_and_different_correction_is_refused_and_its_text_is_not_lost(
    applicant: Applicant, office: DisclosureOffice
) -> None:
    asked_to_correct(office, applicant.number)
    form = applicant.form("correction")
    applicant.sends("correction", form, description=WANTED)
    page = page_of(applicant.sends("correction", form, description="另一种写法的补正内容"), 409)
    assert "没有提交" in page.words
    assert "另一种写法的补正内容" in page.words
    assert open_case(office, applicant.number).application.description == WANTED


# Reasons and complaints


def test_reasons_are_kept_with_the_case(applicant: Applicant, office: DisclosureOffice) -> None:
    asked_for_reasons(office, applicant.number)
    assert "请写明理由" in page_of(applicant.sends("reasons"), 422).texts["reasons-error"]
    assert "理由已经收到" in page_of(applicant.sends("reasons", reasons="办理诉讼需要")).words
    assert "办理诉讼需要" in [one.text for one in open_case(office, applicant.number).written]


def test_a_complaint_is_recorded_at_any_stage_and_stops_no_clock(
    applicant: Applicant, office: DisclosureOffice
) -> None:
    before = open_case(office, applicant.number).due
    assert "请写明" in page_of(applicant.sends("complaint"), 422).texts["complaint-error"]
    form = applicant.form("complaint")
    for _ in range(2):  # a double click is one complaint
        page = page_of(applicant.sends("complaint", form, complaint="一直没有人联系我"))
        assert "投诉已经收到" in page.words
    case = open_case(office, applicant.number)
    assert [one.text for one in case.written if one.about == "complaint"] == ["一直没有人联系我"]
    assert case.due == before
    procedure_house.reply(office, applicant.number)
    assert "投诉已经收到" in page_of(applicant.sends("complaint", complaint="答复太简单")).words


def test_a_machine_that_complains_is_stopped_for_the_day(
    applicant: Applicant, office: DisclosureOffice
) -> None:
    for at in range(MOST_COMPLAINTS):
        complain(office, applicant.number, f"太慢了{at}")
    page = page_of(applicant.sends("complaint", complaint="还是太慢"), 422)
    assert "请明天再提" in page.texts["complaint-error"]
    assert page.form("/requests/follow/complaint").fields["complaint"] == "还是太慢"
    complain(office, applicant.number, "电话里说的", by="clerk")


def test_a_complaint_that_is_too_long_says_by_how_much(applicant: Applicant) -> None:
    page = page_of(applicant.sends("complaint", complaint="慢" * 2003), 422)
    assert "请删去3字" in page.texts["complaint-error"]
    assert page.form("/requests/follow/complaint").fields["complaint"] == "慢" * 2003


def test_what_happened_between_opening_and_sending_is_shown_first_and_the_text_kept(
    applicant: Applicant, office: DisclosureOffice
) -> None:
    form = applicant.form("complaint")
    procedure_house.register(office, applicant.number)
    page = page_of(applicant.sends("complaint", form, complaint="一直没有人联系我"), 409)
    assert "有了新的进展" in page.words
    assert "登记申请" in page.words
    again = page.form("/requests/follow/complaint")
    assert again.fields["complaint"] == "一直没有人联系我"
    assert "投诉已经收到" in page_of(applicant.sends("complaint", again)).words


# Withdrawal


def test_taking_back_asks_twice(applicant: Applicant, office: DisclosureOffice) -> None:
    asking = page_of(applicant.sends("withdrawal"))
    assert "确定撤回" in asking.words
    assert open_case(office, applicant.number).position.open
    done = page_of(applicant.sends("withdrawal", asking.form("/requests/follow/withdrawal")))
    assert "已按您的要求撤回" in done.words
    assert "已撤回" in done.words
    assert not open_case(office, applicant.number).position.open


def test_taking_back_twice_is_told_kindly_and_done_once(
    applicant: Applicant, office: DisclosureOffice
) -> None:
    first = applicant.form("withdrawal")
    confirmed = page_of(applicant.sends("withdrawal", first)).form("/requests/follow/withdrawal")
    for _ in range(2):
        assert "撤回" in page_of(applicant.sends("withdrawal", confirmed)).words
    assert "此前已经撤回" in page_of(applicant.sends("withdrawal", first)).words
    names = [type(one.event).__name__ for one in open_case(office, applicant.number).history]
    assert names.count("Withdrawn") == 1


def test_a_request_that_was_answered_meanwhile_cannot_be_taken_back(
    applicant: Applicant, office: DisclosureOffice
) -> None:
    first = applicant.form("withdrawal")
    confirmed = page_of(applicant.sends("withdrawal", first)).form("/requests/follow/withdrawal")
    procedure_house.reply(office, applicant.number)
    for form in (first, confirmed):
        page = page_of(applicant.sends("withdrawal", form), 409)
        assert "已经办结，不能再撤回" in page.words


def test_a_request_that_moved_on_is_not_taken_back_unseen(
    applicant: Applicant, office: DisclosureOffice
) -> None:
    first = applicant.form("withdrawal")
    confirmed = page_of(applicant.sends("withdrawal", first)).form("/requests/follow/withdrawal")
    procedure_house.register(office, applicant.number)
    page = page_of(applicant.sends("withdrawal", confirmed), 409)
    assert "请再操作一次" in page.words
    assert open_case(office, applicant.number).position.open


# The pass


def test_a_page_that_was_open_too_long_asks_for_the_code_and_keeps_what_was_typed(
    applicant: Applicant, office: DisclosureOffice, frozen_clock: FrozenClock
) -> None:
    form = applicant.form("complaint")
    frozen_clock.advance(timedelta(minutes=31))
    page = page_of(applicant.sends("complaint", form, complaint="一直没有人联系我"), 403)
    assert "30分钟" in page.words
    assert "回到原来的页面" in page.words
    lookup = page.form("/requests/follow")
    assert lookup.fields["number"] == applicant.number
    assert not lookup.fields["code"]
    opened = page_of(applicant.answer(complaint=lookup.fields["complaint"]))
    again = opened.form("/requests/follow/complaint")
    assert again.fields["complaint"] == "一直没有人联系我"
    assert [one.about for one in open_case(office, applicant.number).written] == []


def test_a_page_in_use_ends_all_the_same_and_leads_back_to_where_it_was(
    applicant: Applicant, office: DisclosureOffice, frozen_clock: FrozenClock
) -> None:
    form = applicant.form("complaint")
    for n in range(5):
        frozen_clock.advance(timedelta(minutes=20))
        page = page_of(applicant.sends("complaint", form, complaint=f"第{n}次催问"))
        form = page.form("/requests/follow/complaint")
    upload = applicant.uploads(("证明.txt", "证明".encode()), access=form.fields["access"])
    form = page_of(upload).form("/requests/follow/complaint")
    withdrawing = applicant.sends("withdrawal", form)
    form = page_of(withdrawing).form("/requests/follow/withdrawal")
    frozen_clock.advance(timedelta(minutes=21))
    page = page_of(applicant.sends("complaint", form, complaint="还没有说完"), 403)
    assert "填写查询码已经满2小时" in page.words
    assert "30分钟" not in page.words
    lookup = page.form("/requests/follow")
    assert (lookup.fields["number"], lookup.fields["code"]) == (applicant.number, "")
    opened = page_of(applicant.answer(complaint=lookup.fields["complaint"]))
    again = opened.form("/requests/follow/complaint")
    assert again.fields["complaint"] == "还没有说完"
    assert page_of(applicant.sends("complaint", again))
    assert len(open_case(office, applicant.number).written) == 6


def test_a_bureau_sets_how_long_a_page_may_be_used(frozen_clock: FrozenClock) -> None:
    access = Access("only-for-tests", frozen_clock, timedelta(minutes=90))
    first = access.issue("YSQ-2026-00001")
    for minutes in (25, 25, 25):
        frozen_clock.advance(timedelta(minutes=minutes))
        assert access.number_in(first := access.issue("YSQ-2026-00001", after=first))
    frozen_clock.advance(timedelta(minutes=16))
    assert access.number_in(first) == ""
    assert access.number_once(first) == "YSQ-2026-00001"
    assert "90分钟" in access.why_over(first)
    assert access.number_in(access.issue("YSQ-2026-00002", after=first)) == "YSQ-2026-00002"


@pytest.mark.parametrize("act", ["correction", "reasons", "withdrawal", "complaint", "materials"])
def test_without_a_pass_nothing_can_be_done(
    applicant: Applicant, office: DisclosureOffice, act: str
) -> None:
    before = open_case(office, applicant.number).version
    for forged in ("", "forged", applicant.number):
        data = {"access": forged, "confirmed": "yes", "complaint": "x", "description": "x"}
        page = page_of(applicant.client.post(f"/requests/follow/{act}", data=data), 403)
        assert page.form("/requests/follow").fields["number"] == ""
        assert applicant.number not in page.words
    assert open_case(office, applicant.number).version == before


def test_a_form_of_an_act_sent_by_another_site_is_refused(applicant: Applicant) -> None:
    fields = applicant.form("complaint").fields | {"complaint": "别人写的"}
    for act in ("correction", "reasons", "withdrawal", "complaint", "materials", "letter"):
        answer = applicant.client.post(
            f"/requests/follow/{act}", data=fields, headers={"Sec-Fetch-Site": "cross-site"}
        )
        assert answer.status_code == 403


def test_the_address_of_an_act_leads_to_the_look_up(applicant: Applicant) -> None:
    answer = applicant.client.get("/requests/follow/withdrawal", follow_redirects=False)
    assert (answer.status_code, answer.headers["location"]) == (303, "/requests")


def test_neither_code_nor_pass_stands_in_an_address(applicant: Applicant) -> None:
    page = applicant.opens()
    access = page.form("/requests/follow/complaint").fields["access"]
    code = applicant.code
    addresses = [*page.links, *(form.action for form in page.forms)]
    assert not any(secret in one for one in addresses for secret in (access, code))
    assert {form.method for form in page.forms} == {"post"}


def test_the_pass_of_one_request_does_nothing_to_another(
    web_app: FastAPI, applicant: Applicant, office: DisclosureOffice
) -> None:
    other = Applicant.who_filed(TestClient(web_app), description="另一件事的材料")
    form = applicant.form("withdrawal")
    data = form.fields | {"number": other.number, "confirmed": "yes"}
    page_of(applicant.client.post("/requests/follow/withdrawal", data=data))
    assert open_case(office, other.number).position.open
    assert not open_case(office, applicant.number).position.open


@pytest.mark.parametrize("seen", ["", "x", "-1", "9" * 40, "0"])
def test_a_page_that_was_never_shown_is_a_conflict(applicant: Applicant, seen: str) -> None:
    page_of(applicant.sends("complaint", seen=seen, complaint="一直没有人联系我"), 409)


def test_a_step_that_the_page_does_not_show_disturbs_nobody(
    applicant: Applicant, office: DisclosureOffice
) -> None:
    procedure_house.register(office, applicant.number)
    form = applicant.form("complaint")
    procedure_house.draft(office, applicant.number, LetterKind.REPLY, outcome="GRANT_PROVIDE")
    page = page_of(applicant.sends("complaint", form, complaint="一直没有人联系我"))
    assert "投诉已经收到" in page.words


def test_files_chosen_on_a_page_that_was_open_too_long_are_to_be_chosen_again(
    applicant: Applicant, office: DisclosureOffice, frozen_clock: FrozenClock
) -> None:
    access = applicant.form("materials").fields["access"]
    frozen_clock.advance(timedelta(minutes=31))
    page = page_of(applicant.uploads(("证明.pdf", b"%PDF-1.7\n"), access=access), 403)
    assert "请重新选择" in page.words
    assert open_case(office, applicant.number).version == 2


def test_nothing_that_is_typed_on_the_page_reaches_a_log(
    applicant: Applicant, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG, logger="inquiry_service")
    access = applicant.form("complaint").fields["access"]
    applicant.sends("complaint", complaint="一直没有人联系我")
    applicant.sends("complaint", complaint="慢" * 2001)
    applicant.sends("correction", applicant.form("complaint"), description="另一种写法")
    ours = [one for one in caplog.records if not one.name.startswith(("httpx", "httpcore"))]
    written = "".join(str(record.__dict__) for record in ours)
    for typed in ("联系我", "慢慢", "另一种写法", applicant.code, access):
        assert typed not in written


def test_a_wrong_code_is_byte_for_byte_the_same_for_an_unknown_number(web_app: FastAPI) -> None:
    client = TestClient(web_app)
    sent = {"number": "YSQ-2026-00001", "code": "ABCD-EFG2"}

    def tried() -> list[tuple[int, bytes, list[tuple[str, str]]]]:
        answers = [
            client.post("/requests/follow", data=sent),
            client.get("/requests/YSQ-2026-00001", params={"code": "ABCD-EFG2"}),
            client.get("/requests/YSQ-2026-00001"),
            client.get("/api/v1/disclosure-requests/YSQ-2026-00001", params={"code": "ABCD-EFG2"}),
        ]
        return [(one.status_code, one.content, sorted(one.headers.items())) for one in answers]

    unknown = tried()
    assert Applicant.who_filed(client).number == sent["number"]
    assert tried() == unknown


def test_a_withdrawal_at_the_desk_is_seen_here(
    applicant: Applicant, office: DisclosureOffice
) -> None:
    version = open_case(office, applicant.number).version
    withdraw_request(office, applicant.number, by="clerk", expected_version=version)
    first = applicant.form("complaint")  # any pass of this request
    assert "此前已经撤回" in page_of(applicant.sends("withdrawal", first)).words
    assert "您已撤回这件申请" in applicant.opens().words
