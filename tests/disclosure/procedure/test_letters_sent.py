"""Letters on their way: nothing missing, two persons, one number each, the very same bytes."""

import hashlib
from datetime import UTC, date, datetime
from io import BytesIO

import pytest
from docx import Document

from inquiry_service.disclosure import Application, DisclosureOffice, file_request, open_case
from inquiry_service.disclosure.letters.kinds import Delivery, LetterKind
from inquiry_service.disclosure.letters.variants import with_article
from inquiry_service.disclosure.procedure import approving, consulting, sending, writing
from inquiry_service.disclosure.rules.events import LaterDateSet
from inquiry_service.disclosure.rules.matters import Matter
from inquiry_service.disclosure.rules.position import Stage
from inquiry_service.errors import BadInput, NotFound, StepNotAllowed
from inquiry_service.moments import FrozenClock, local_day
from procedure_house import (
    CLERK,
    HEAD,
    REVIEWER,
    approve,
    draft,
    register,
    reply,
    review,
    send,
    send_out,
    version,
)


@pytest.fixture
def number(office: DisclosureOffice, application: Application) -> str:
    filed = file_request(office, application, submission_key="one")
    register(office, filed.number)
    return filed.number


def test_a_reply_goes_from_draft_to_the_post_and_ends_the_request(
    office: DisclosureOffice, number: str
) -> None:
    letter = reply(office, number, "GRANT_PROVIDE", provided="《2018年度储备粮轮换计划的批复》")
    case = open_case(office, number)
    assert case.position.stage is Stage.REPLIED
    (seen,) = case.letters
    assert (seen.document_number, seen.route) == ("信息公开答〔2026〕1号", Delivery.POST)
    assert case.reply is not None
    assert "《2018年度储备粮轮换计划的批复》" in case.reply.text
    assert "六十日内" in case.reply.remedy
    file = sending.letter_file(office, number, letter)
    assert hashlib.sha256(file.data).hexdigest() == seen.digest
    words = "\n".join(p.text for p in Document(BytesIO(file.data)).paragraphs)
    assert "信息公开答〔2026〕1号" in words


def test_whoever_wrote_a_letter_neither_checks_nor_approves_it(
    office: DisclosureOffice, number: str
) -> None:
    letter = draft(office, number, LetterKind.REPLY, outcome="GRANT_PROVIDE")
    with pytest.raises(StepNotAllowed, match="起草人"):
        approving.pass_secrecy_review(
            office, number, letter, by=CLERK, expected_version=version(office, number)
        )
    review(office, number, letter)
    with pytest.raises(StepNotAllowed, match="起草人"):
        approve(office, number, letter, by=CLERK)
    approve(office, number, letter, by=HEAD)


def test_a_reply_is_not_approved_before_the_secrecy_review(
    office: DisclosureOffice, number: str
) -> None:
    letter = draft(office, number, LetterKind.REPLY, outcome="GRANT_PROVIDE")
    with pytest.raises(StepNotAllowed) as refused:
        approve(office, number, letter)
    assert "条例第十七条" in refused.value.article


def test_a_letter_with_something_missing_is_not_approved_and_every_gap_is_named(
    office: DisclosureOffice, number: str
) -> None:
    letter = writing.draft_letter(
        office,
        number,
        LetterKind.CORRECTION,
        {"addressee": "测试申请人"},
        by=CLERK,
        expected_version=version(office, number),
    )
    with pytest.raises(BadInput) as refused:
        approve(office, number, letter)
    named = {problem.field for problem in refused.value.problems}
    assert {"reason", "article", "what_to_correct", "until", "delivery"} <= named
    assert open_case(office, number).letters[0].document_number == ""


def test_numbers_have_no_gap_when_an_approval_fails(
    office: DisclosureOffice, number: str, application: Application
) -> None:
    unfinished = writing.draft_letter(
        office,
        number,
        LetterKind.CORRECTION,
        {},
        by=CLERK,
        expected_version=version(office, number),
    )
    with pytest.raises(BadInput):
        approve(office, number, unfinished)
    second = file_request(office, application, submission_key="two").number
    register(office, second)
    letter = draft(office, second, LetterKind.CORRECTION)
    assert approve(office, second, letter) == "信息公开补〔2026〕1号"


def test_an_approved_letter_cannot_be_written_anew_and_leaves_once(
    office: DisclosureOffice, number: str
) -> None:
    letter = draft(office, number, LetterKind.CORRECTION)
    approve(office, number, letter)
    with pytest.raises(StepNotAllowed, match="已经批准"):
        writing.draft_letter(
            office,
            number,
            LetterKind.CORRECTION,
            {},
            letter_id=letter,
            by=CLERK,
            expected_version=version(office, number),
        )
    send(office, number, letter)
    with pytest.raises(StepNotAllowed):
        send(office, number, letter)


def test_sending_a_letter_is_the_step_it_stands_for(office: DisclosureOffice, number: str) -> None:
    send_out(office, number, LetterKind.CORRECTION, until="2026-03-16")
    case = open_case(office, number)
    assert case.position.stage is Stage.AWAITING_CORRECTION
    assert case.due is None


def test_an_extension_must_tell_the_day_that_the_clock_says(
    office: DisclosureOffice, number: str
) -> None:
    letter = draft(office, number, LetterKind.EXTENSION, days="20", new_due="2026-04-27")
    with pytest.raises(BadInput) as refused:
        approve(office, number, letter)
    assert "2026-04-28" in refused.value.problems[0].message
    letter = send_out(office, number, LetterKind.EXTENSION, days="20", new_due="2026-04-28")
    due = open_case(office, number).due
    assert due is not None
    assert due.due.isoformat() == "2026-04-28"


def test_a_third_party_does_not_learn_who_asks(
    office: DisclosureOffice, number: str, application: Application
) -> None:
    with pytest.raises(BadInput) as refused:
        draft(
            office,
            number,
            LetterKind.THIRD_PARTY_CONSULTATION,
            party="第三方一",
            information=f"{application.name}申请公开的文件",
        )
    assert refused.value.problems[0].field == "information"


def test_a_draft_that_is_sent_back_can_be_written_anew(
    office: DisclosureOffice, number: str
) -> None:
    letter = draft(office, number, LetterKind.REPLY, outcome="GRANT_PROVIDE")
    writing.return_letter(
        office,
        number,
        letter,
        why="请写明份数",
        by=REVIEWER,
        expected_version=version(office, number),
    )
    case = open_case(office, number)
    assert case.position.stage is Stage.IN_REVIEW
    assert case.written[-1].text == "请写明份数"
    writing.draft_letter(
        office,
        number,
        LetterKind.REPLY,
        {"outcome": "GRANT_PROVIDE"},
        letter_id=letter,
        by=CLERK,
        expected_version=version(office, number),
    )
    assert open_case(office, number).position.stage is Stage.DRAFTED


def test_a_letter_that_is_not_of_this_case_is_not_found(
    office: DisclosureOffice, number: str
) -> None:
    with pytest.raises(NotFound):
        sending.letter_file(office, number, "0" * 32)


def test_a_date_that_may_still_move_is_not_told_as_certain(
    office: DisclosureOffice, application: Application, frozen_clock: FrozenClock
) -> None:
    """Received in December: the days off of the next year are not out yet."""
    frozen_clock.moment = datetime(2026, 12, 10, 1, 0, tzinfo=UTC)
    number = file_request(office, application, submission_key="late").number
    register(office, number)
    case = open_case(office, number)
    assert case.due is not None
    assert case.due.provisional
    silent = draft(office, number, LetterKind.RECEIPT, due_note="")
    with pytest.raises(BadInput, match="暂定") as refused:
        approve(office, number, silent)
    assert [problem.field for problem in refused.value.problems] == ["due_note"]
    approve(office, number, draft(office, number, LetterKind.RECEIPT))
    said = "".join(open_case(office, number).letters[-1].paragraphs)
    assert "届满。该日期涉及放假安排尚未公布的年份，为暂定日期，公布后重新计算。" in said
    wrong = draft(office, number, LetterKind.RECEIPT, due="2027-01-04")
    with pytest.raises(BadInput, match="按工作日历应为"):
        approve(office, number, wrong)


@pytest.mark.parametrize("relation", ["co_maker", "other"])
def test_another_agency_is_consulted_whether_or_not_it_made_the_information(
    office: DisclosureOffice, number: str, relation: str
) -> None:
    kind = LetterKind.CO_MAKER_CONSULTATION
    given = with_article(kind, {"relation": relation})
    send_out(office, number, kind, party="机关一", **given)
    case = open_case(office, number)
    assert case.position.consulted == {("agency", "机关一")}
    assert ("视为同意" in "".join(case.letters[-1].paragraphs)) is (relation == "co_maker")


@pytest.mark.parametrize(
    ("matter", "article", "title"),
    [
        (Matter.RECORD_CORRECTION, "第四十一条", "政府信息更正申请接收回执"),
        (Matter.SUGGESTION, "第四十四条第二款", "政府信息主动公开建议接收回执"),
    ],
)
def test_matters_beside_requests_are_receipted_by_their_own_article_whatever_is_typed(
    office: DisclosureOffice, application: Application, matter: Matter, article: str, title: str
) -> None:
    number = file_request(office, application, matter=matter, submission_key="side").number
    register(office, number)
    typed = {"matter": "request", "article": "第三十一条", "due": "2026-03-30"}
    letter = send_out(office, number, LetterKind.RECEIPT, **typed)
    (seen,) = open_case(office, number).letters
    assert (seen.content["matter"], seen.content["article"]) == (matter.value, article)
    assert "due" not in seen.content
    assert sending.letter_file(office, number, letter).name == f"{title} {number}.docx"


def test_a_later_day_after_good_reasons_is_told_by_letter_and_is_a_working_day(
    office: DisclosureOffice, number: str
) -> None:
    delayed = with_article(LetterKind.EXTENSION, {"ground": "delayed"})
    with pytest.raises(StepNotAllowed, match="说明理由之后"):
        draft(office, number, LetterKind.EXTENSION, until="2026-05-06", **delayed)
    send_out(office, number, LetterKind.REASONS, until="2026-03-20")
    consulting.give_reasons(office, number, "研究需要")
    with pytest.raises(StepNotAllowed, match="晚于现在的期限 2026-03-30"):
        draft(office, number, LetterKind.EXTENSION, until="2026-03-30", **delayed)
    endless = draft(office, number, LetterKind.EXTENSION, until="9999-12-31", **delayed)
    with pytest.raises(BadInput, match="一年以内"):
        approve(office, number, endless)
    resting = draft(office, number, LetterKind.EXTENSION, until="2026-05-02", **delayed)
    with pytest.raises(BadInput, match="应为 2026-05-06"):
        approve(office, number, resting)
    letter = send_out(office, number, LetterKind.EXTENSION, until="2026-05-06", **delayed)
    case = open_case(office, number)
    assert case.due is not None
    assert case.due.due.isoformat() == "2026-05-06"
    assert case.history[-1].event == LaterDateSet(
        local_day(office.clock()), date(2026, 5, 6), letter
    )


def test_a_day_that_an_extension_has_overtaken_is_not_approved(
    office: DisclosureOffice, number: str
) -> None:
    send_out(office, number, LetterKind.REASONS, until="2026-03-20")
    consulting.give_reasons(office, number, "研究需要")
    delayed = with_article(LetterKind.EXTENSION, {"ground": "delayed"})
    waiting = draft(office, number, LetterKind.EXTENSION, until="2026-04-20", **delayed)
    send_out(office, number, LetterKind.EXTENSION, days="20", new_due="2026-04-28")
    with pytest.raises(StepNotAllowed, match="晚于现在的期限 2026-04-28"):
        approve(office, number, waiting)
