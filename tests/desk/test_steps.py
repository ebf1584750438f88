"""The steps that are no letter, through their forms: done, refused in place, or half filled in."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from desk_house import Clerk, File, assembled, built, signed_in
from html_forms import Page
from inquiry_service.desk import DeskParts
from inquiry_service.desk.steps import STEPS
from inquiry_service.disclosure import Application, DisclosureOffice, open_case
from inquiry_service.disclosure.letters.kinds import LetterKind
from inquiry_service.disclosure.letters.variants import with_article
from inquiry_service.disclosure.procedure.intake import file_for_applicant
from inquiry_service.disclosure.rules.channels import Channel
from inquiry_service.disclosure.rules.events import AnsweredOnSpot, ReasonsGiven
from inquiry_service.disclosure.rules.position import Stage
from inquiry_service.moments import FrozenClock
from inquiry_service.staff import Role
from procedure_house import register, reply, search, send_out

TODAY = date(2026, 3, 2)


@pytest.fixture
def worker(desk_parts: DeskParts) -> Clerk:
    """Whoever handles cases; may neither review nor approve."""
    return signed_in(assembled(desk_parts), Role.CLERK)


@pytest.fixture
def head(desk_parts: DeskParts) -> Clerk:
    return signed_in(assembled(desk_parts), Role.HEAD)


def case_at(number: str) -> str:
    return f"/desk/requests/{number}"


def do(member: Clerk, number: str, step: str, **typed: str) -> None:
    """Do a step through its form, and come back to the case."""
    address = f"{case_at(number)}/{step}"
    answer = member.send(address, address, **typed)
    assert (answer.status_code, answer.headers.get("location")) == (303, case_at(number)), Page(
        answer.text
    ).words


def stage(office: DisclosureOffice, number: str) -> Stage:
    return open_case(office, number).position.stage


def on_paper(office: DisclosureOffice, application: Application, channel: Channel) -> str:
    return file_for_applicant(
        office,
        application,
        channel=channel,
        arrived=TODAY,
        submission_key=channel.value,
        by="clerk",
    ).number


def test_what_was_said_aloud_is_read_back_then_received_then_registered(
    worker: Clerk, office: DisclosureOffice, application: Application
) -> None:
    number = on_paper(office, application, Channel.ORAL)
    page = worker.page(case_at(number))
    assert f"{case_at(number)}/read-back" in page.links
    assert f"{case_at(number)}/receipt" not in page.links
    do(worker, number, "read-back", sure="yes")
    do(worker, number, "receipt")
    do(worker, number, "register")
    assert stage(office, number) is Stage.IN_REVIEW
    assert [r.actor for r in open_case(office, number).history[1:]] == ["clerk"] * 3


def test_a_letter_by_ordinary_post_counts_from_the_day_it_was_confirmed(
    desk_parts: DeskParts,
    office: DisclosureOffice,
    application: Application,
    frozen_clock: FrozenClock,
) -> None:
    number = on_paper(office, application, Channel.ORDINARY_POST)
    frozen_clock.advance(timedelta(days=1))
    worker = signed_in(assembled(desk_parts), Role.CLERK)
    do(worker, number, "receipt", received="2026-03-02")
    due = open_case(office, number).due
    assert due is not None
    assert due.received == TODAY


def test_a_step_that_is_not_allowed_is_refused_with_its_rule_and_nothing_typed_is_lost(
    worker: Clerk, office: DisclosureOffice, file: File
) -> None:
    number = file()
    register(office, number)
    address = f"{case_at(number)}/reasons-received"
    answer = worker.send(address, address, reasons="研究需要")
    page = Page(answer.text)
    assert answer.status_code == 409
    assert "没有在等待说明理由" in page.words
    assert "条例第三十五条" in page.words
    assert page.form(address).fields["reasons"] == "研究需要"


def test_what_is_missing_or_wrong_stands_beside_its_field(
    worker: Clerk, office: DisclosureOffice, file: File
) -> None:
    number = file()
    register(office, number)
    address = f"{case_at(number)}/search"
    answer = worker.send(address, address, places="档案室", found="no")
    page = Page(answer.text)
    assert answer.status_code == 422
    assert "请填写“检索线索”" in page.texts["words-error"]
    assert "请填写“检索结果”" in page.texts["result-error"]
    fields = page.form(address).fields
    assert (fields["places"], fields["found"]) == ("档案室", "no")
    address = f"{case_at(number)}/review-opened"
    answer = worker.send(address, address, way="suit", review="〔2026〕1号", on="3月2日")
    assert "日期请按" in Page(answer.text).texts["on-error"]
    named = worker.send(address, address, way="suit", review="测试申请人诉某局", on="2026-03-02")
    assert "不写申请人的姓名" in Page(named.text).texts["review-error"]


def test_a_search_is_recorded_and_shown_with_who_wrote_it(
    worker: Clerk, office: DisclosureOffice, file: File
) -> None:
    number = file()
    register(office, number)
    do(worker, number, "search", places="档案室", words="文号", found="no", result="没有")
    words = worker.page(case_at(number)).words
    assert "检索记录 2026-03-02，测试经办人" in words
    assert "检索范围：档案室 检索线索：文号 结果：没有" in words


def test_a_correction_that_came_on_paper_starts_the_limit_again(
    worker: Clerk, office: DisclosureOffice, file: File, frozen_clock: FrozenClock
) -> None:
    number = file()
    register(office, number)
    send_out(office, number, LetterKind.CORRECTION, until="2026-03-20")
    frozen_clock.advance(timedelta(days=2))
    worker = signed_in(worker.client.app, Role.CLERK)  # type: ignore[arg-type]
    form = worker.page(f"{case_at(number)}/correction-received")
    shown = form.form(f"{case_at(number)}/correction-received").fields
    assert shown["description"] == "2018年度储备粮轮换计划的批复文件"
    do(worker, number, "correction-received", description="2018年度第一批的批复文件")
    case = open_case(office, number)
    assert case.application.description == "2018年度第一批的批复文件"
    assert case.due is not None
    assert case.due.received == date(2026, 3, 4)


def test_the_limit_runs_from_the_day_a_paper_correction_arrived_not_from_typing_it_in(
    worker: Clerk, office: DisclosureOffice, file: File, frozen_clock: FrozenClock
) -> None:
    number = file()
    register(office, number)
    send_out(office, number, LetterKind.CORRECTION, until="2026-03-20")
    frozen_clock.advance(timedelta(days=3))
    worker = signed_in(worker.client.app, Role.CLERK)  # type: ignore[arg-type]
    do(worker, number, "correction-received", description="第一批的批复文件", on="2026-03-03")
    case = open_case(office, number)
    assert case.due is not None
    assert (case.due.received, case.due.due) == (date(2026, 3, 3), date(2026, 3, 31))


def test_reasons_that_came_on_paper_are_recorded(
    worker: Clerk, office: DisclosureOffice, file: File
) -> None:
    number = file()
    register(office, number)
    send_out(office, number, LetterKind.REASONS, until="2026-03-20")
    do(worker, number, "reasons-received", reasons="研究需要")
    assert open_case(office, number).position.has(ReasonsGiven)
    assert "研究需要" in worker.page(case_at(number)).words


@pytest.mark.parametrize("opinion", ["agrees", "objects"])
def test_the_opinion_of_whoever_was_asked_ends_the_pause(
    worker: Clerk, office: DisclosureOffice, file: File, opinion: str
) -> None:
    number = file()
    register(office, number)
    send_out(office, number, LetterKind.THIRD_PARTY_CONSULTATION, party="第三方一")
    assert "暂停计算" in worker.page(case_at(number)).words
    do(worker, number, "opinion", opinion=opinion)
    assert stage(office, number) is Stage.IN_REVIEW
    assert "暂停计算" not in worker.page(case_at(number)).words


def test_by_when_whoever_was_asked_answers_stands_beside_the_due_date_and_in_the_form(
    worker: Clerk, office: DisclosureOffice, file: File
) -> None:
    number = file()
    register(office, number)
    kind = LetterKind.CO_MAKER_CONSULTATION
    given = with_article(kind, {"relation": "other", "until": "2026-03-11"})
    send_out(office, number, kind, party="机关一", **given)
    told = "机关一：征求意见书请其在2026-03-11前（含当日）答复；逾期不视为同意"
    assert told in worker.page(case_at(number)).words
    assert told in worker.page(f"{case_at(number)}/opinion").words


def test_silence_is_recorded_only_after_its_time(
    worker: Clerk, office: DisclosureOffice, file: File
) -> None:
    number = file()
    register(office, number)
    send_out(office, number, LetterKind.THIRD_PARTY_CONSULTATION, party="第三方一")
    address = f"{case_at(number)}/opinion"
    unproved = Page(worker.send(address, address, opinion="silent").text)
    assert "按回执填写" in unproved.texts["received-error"]
    page = Page(worker.send(address, address, opinion="silent", received="2026-03-02").text)
    assert "不能记为逾期（条例第三十" in page.words
    assert page.form(address).fields["opinion"] == "silent"
    assert stage(office, number) is Stage.CONSULTING


def test_an_answer_on_the_spot_ends_the_case_and_it_can_be_archived(
    worker: Clerk, office: DisclosureOffice, file: File
) -> None:
    number = file()
    register(office, number)
    do(worker, number, "on-the-spot", outcome_code="GRANT_ALREADY_PUBLIC", text="当场告知网址")
    assert stage(office, number) is Stage.REPLIED
    assert "当场告知网址" in worker.page(case_at(number)).words
    do(worker, number, "archive", sure="yes")
    assert stage(office, number) is Stage.ARCHIVED


def test_what_is_not_public_yet_is_given_at_once_only_by_who_may_approve_and_after_review(
    worker: Clerk, head: Clerk, office: DisclosureOffice, file: File
) -> None:
    number = file()
    register(office, number)
    address = f"{case_at(number)}/on-the-spot"
    given = {"outcome_code": "GRANT_PROVIDE", "text": "当场提供复印件一份"}
    refused = worker.send(address, address, **given, secrecy_reviewed="yes")
    assert refused.status_code == 409
    assert "由有批准权限的人员办理" in Page(refused.text).words
    assert "（条例第十七条）" in Page(refused.text).words
    assert Page(refused.text).form(address).fields.items() >= given.items()
    assert address in head.page(case_at(number)).links
    unticked = head.send(address, address, **given)
    assert "应先做保密审查" in Page(unticked.text).texts["secrecy_reviewed-error"]
    assert Page(unticked.text).form(address).fields.items() >= given.items()
    do(head, number, "on-the-spot", **given, secrecy_reviewed="yes")
    assert stage(office, number) is Stage.REPLIED
    event = open_case(office, number).history[-1].event
    assert isinstance(event, AnsweredOnSpot)
    assert event.secrecy_reviewed


@pytest.mark.parametrize("step", ["withdraw", "archive"])
def test_what_cannot_be_taken_back_needs_a_tick(
    worker: Clerk, office: DisclosureOffice, file: File, step: str
) -> None:
    number = file()
    if step == "archive":
        reply(office, number)
    before, address = open_case(office, number).version, f"{case_at(number)}/{step}"
    answer = worker.send(address, address)
    assert "勾选确认" in Page(answer.text).texts["sure-error"]
    assert open_case(office, number).version == before
    do(worker, number, step, sure="yes")
    assert open_case(office, number).version == before + 1


def test_complaint_review_and_hold_stand_beside_the_procedure(
    worker: Clerk, head: Clerk, office: DisclosureOffice, file: File
) -> None:
    number = file()
    reply(office, number)
    do(worker, number, "complaint", complaint="答复太慢")
    do(
        worker,
        number,
        "review-opened",
        way="reconsideration",
        review="〔2026〕1号",
        on="2026-03-02",
    )
    do(worker, number, "review-decided", review="〔2026〕1号", result="upheld", on="2026-03-02")
    do(head, number, "hold")
    words = head.page(case_at(number)).words
    for said in ("答复太慢", "申请人提起行政复议", "结果维持", "暂停销毁"):
        assert said in words
    do(head, number, "lift-hold")
    assert not open_case(office, number).position.held


def test_a_fee_is_paid_only_where_fees_are_on(
    desk_parts: DeskParts, office: DisclosureOffice, file: File
) -> None:
    charging = replace(desk_parts, office=replace(office, fees=True))
    worker, number = signed_in(assembled(charging), Role.CLERK), file()
    register(charging.office, number)
    send_out(charging.office, number, LetterKind.FEE, until="2026-03-20")
    do(worker, number, "payment", on="2026-03-02")
    assert stage(charging.office, number) is Stage.IN_REVIEW
    free = signed_in(built(desk_parts), Role.CLERK)
    free.page(f"{case_at(number)}/fee", 404)
    counted = worker.page(f"{case_at(number)}/fee?basis=per_page&units=120")
    assert "合计 1100 元" in counted.words
    wrong = worker.client.get(f"{case_at(number)}/fee?basis=&units=3")
    assert "二者不能并用" in Page(wrong.text).texts["basis-error"]


def test_two_clerks_on_one_case_end_in_one_clear_conflict_and_nothing_is_lost(
    worker: Clerk, desk_parts: DeskParts, office: DisclosureOffice, file: File
) -> None:
    number = file()
    register(office, number)
    address = f"{case_at(number)}/search"
    mine = worker.page(address).form(address).fields
    search(office, number)
    typed = {"places": "我查的档案室", "words": "文号", "found": "no", "result": "没有"}
    answer = worker.client.post(address, data=mine | typed)
    page = Page(answer.text)
    assert answer.status_code == 409
    assert "这件申请有了新的进展" in page.words
    fields = page.form(address).fields
    assert fields["places"] == "我查的档案室"
    assert [one.about for one in open_case(office, number).written] == ["search"]
    assert worker.client.post(address, data=fields).status_code == 303
    assert len(open_case(office, number).written) == 2


@pytest.mark.parametrize("version", ["", "x", "-1", "９", "1" * 40])
def test_a_form_without_a_proper_version_changes_nothing(
    worker: Clerk, office: DisclosureOffice, file: File, version: str
) -> None:
    number = file()
    address = f"{case_at(number)}/register"
    assert worker.send(address, address, version=version).status_code == 409
    assert stage(office, number) is Stage.RECEIVED


def test_every_form_opens_at_any_stage_and_for_a_reader_without_scripts(
    head: Clerk, clerk: Clerk, office: DisclosureOffice, file: File
) -> None:
    number = file()
    for step in STEPS:
        page = clerk.page(f"{case_at(number)}/{step.key}")
        assert step.title in page.words
        assert len(page.ids) == len(set(page.ids))
        if step.key not in ("register", "withdraw", "complaint", "review-opened", "hold"):
            assert "一般不办这一步" in page.words
