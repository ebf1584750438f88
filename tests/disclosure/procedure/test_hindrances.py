"""Letters that the case has overtaken: told so, not approved, not sent, and put aside on record."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from inquiry_service.calendar.working_days import CountyDays, CountyNotice
from inquiry_service.disclosure import (
    Application,
    DisclosureOffice,
    file_request,
    open_case,
    verify_chain,
)
from inquiry_service.disclosure.keeping.auditing import audit_case
from inquiry_service.disclosure.letters.kinds import Delivery, LetterKind
from inquiry_service.disclosure.letters.variants import with_article
from inquiry_service.disclosure.looking.handling import requests_for_desk
from inquiry_service.disclosure.procedure import consulting, ending, sending, writing
from inquiry_service.disclosure.procedure.recomputing import due_differences, record_differences
from inquiry_service.disclosure.rules.events import LetterDiscarded
from inquiry_service.errors import BadInput, StepNotAllowed
from inquiry_service.moments import FrozenClock, local_day
from procedure_house import CLERK, approve, draft, register, reply, review, send, send_out, version


@pytest.fixture
def number(office: DisclosureOffice, application: Application) -> str:
    filed = file_request(office, application, submission_key="one")
    register(office, filed.number)
    return filed.number


def hindrance(office: DisclosureOffice, number: str, letter: str) -> str:
    (found,) = [one for one in open_case(office, number).letters if one.letter_id == letter]
    (row,) = requests_for_desk(office)
    assert (letter in row.hindered) == bool(found.hindrance)
    return found.hindrance


def discard(office: DisclosureOffice, number: str, letter: str, because: str = "不再需要") -> None:
    writing.discard_letter(
        office, number, letter, because=because, by=CLERK, expected_version=version(office, number)
    )


def test_a_draft_whose_step_is_over_is_told_so_and_is_not_approved(
    office: DisclosureOffice, number: str
) -> None:
    second = draft(office, number, LetterKind.EXTENSION, days="5", new_due="2026-04-07")
    assert hindrance(office, number, second) == ""
    send_out(office, number, LetterKind.EXTENSION, days="5", new_due="2026-04-07")
    assert hindrance(office, number, second) == (
        "现在不能发出：答复期限只能延长一次（条例第三十三条第二款）。"
        "情况变化后可以继续办理；不再需要的，请作废。"
    )
    with pytest.raises(StepNotAllowed, match="只能延长一次"):
        approve(office, number, second)
    assert open_case(office, number).letters[0].document_number == ""


def test_what_other_words_would_help_stands_in_no_drafts_way(
    office: DisclosureOffice, number: str, frozen_clock: FrozenClock
) -> None:
    """The day that a draft names may be past, and after reasons a later day can be set (35)."""
    asking = draft(office, number, LetterKind.REASONS, until="2026-03-03")
    frozen_clock.moment = datetime(2026, 3, 4, 1, 0, tzinfo=UTC)
    assert hindrance(office, number, asking) == ""
    send_out(office, number, LetterKind.REASONS, until="2026-03-20")
    consulting.give_reasons(office, number, "研究需要")
    late = draft(office, number, LetterKind.EXTENSION, days="5", new_due="2026-04-07")
    send_out(office, number, LetterKind.EXTENSION, days="5", new_due="2026-04-07")
    assert hindrance(office, number, late) == ""
    assert "已经要求过说明理由" in hindrance(office, number, asking)


def test_an_approved_letter_is_judged_by_its_own_words(
    office: DisclosureOffice, number: str, frozen_clock: FrozenClock
) -> None:
    kind = LetterKind.CO_MAKER_CONSULTATION
    given = with_article(kind, {"relation": "other", "until": "2026-03-04"})
    letter = draft(office, number, kind, party="机关一", **given)
    approve(office, number, letter)
    frozen_clock.moment = datetime(2026, 3, 4, 1, 0, tzinfo=UTC)
    (found,) = open_case(office, number).letters
    assert found.hindrance.startswith("现在不能发出：请对方答复的日期 2026-03-04 应晚于发出之日")
    with pytest.raises(StepNotAllowed, match="应晚于发出之日"):
        send(office, number, letter)


def test_a_discarded_letter_stays_in_the_file_with_who_why_and_its_number(
    office: DisclosureOffice, number: str
) -> None:
    with pytest.raises(BadInput) as refused:
        discard(office, number, draft(office, number, LetterKind.CORRECTION), " ")
    assert [problem.field for problem in refused.value.problems] == ["because"]
    (letter,) = [one.letter_id for one in open_case(office, number).letters]
    assert approve(office, number, letter) == "信息公开补〔2026〕1号"
    discard(office, number, letter, "申请人已经补充")
    case = open_case(office, number)
    event = case.history[-1].event
    assert isinstance(event, LetterDiscarded)
    assert case.history[-1].actor == CLERK
    (kept,) = case.letters
    assert (kept.discarded, kept.document_number) == (True, "信息公开补〔2026〕1号")
    assert [w.text for w in case.written if w.text_id == event.text] == ["申请人已经补充"]
    assert case.timeline[-1].text == "作废文书"
    with pytest.raises(StepNotAllowed, match="已经作废"):
        send(office, number, letter)
    again = draft(office, number, LetterKind.CORRECTION)
    assert approve(office, number, again) == "信息公开补〔2026〕2号"
    assert verify_chain(office, number) is None
    assert audit_case(office, number).fault is None


def test_a_reply_approved_in_error_is_put_aside_and_the_next_one_has_the_next_number(
    office: DisclosureOffice, number: str
) -> None:
    letter = draft(office, number, LetterKind.REPLY, outcome="GRANT_PROVIDE")
    review(office, number, letter)
    taken = approve(office, number, letter)
    discard(office, number, letter, "附件拿错了")
    case = open_case(office, number)
    assert (case.state_label, case.letters[0].discarded) == ("办理中", True)
    assert case.due is not None
    reply(office, number)
    case = open_case(office, number)
    assert case.state_label == "已答复"
    assert [one.document_number for one in case.letters] == [taken, taken.replace("1号", "2号")]
    assert [one.sent for one in case.letters] == [False, True]
    assert audit_case(office, number).fault is None


def test_what_was_left_over_when_the_case_ended_can_still_be_put_aside_before_the_archive(
    office: DisclosureOffice, number: str
) -> None:
    letter, other = (draft(office, number, LetterKind.CORRECTION) for _ in range(2))
    reply(office, number)
    left, _, _ = open_case(office, number).letters
    assert "目前是“已答复”" in left.hindrance
    discard(office, number, letter)
    ending.archive_case(office, number, by=CLERK, expected_version=version(office, number))
    with pytest.raises(StepNotAllowed, match="已归档"):
        discard(office, number, other)
    assert [one.hindrance for one in open_case(office, number).letters] == ["", "", ""]


def with_a_day_off(office: DisclosureOffice, off: date) -> DisclosureOffice:
    """The county orders one more day off: every limit over it ends a working day later."""
    order = CountyDays(off, off, "地方假日", "县政府通知")
    moved = office.calendar.with_notice(CountyNotice(days_off=(order,)))
    return replace(office, calendars=lambda: moved)


def test_an_extension_whose_day_the_calendar_has_moved_is_not_sent_but_written_anew(
    office: DisclosureOffice, number: str
) -> None:
    letter = draft(office, number, LetterKind.EXTENSION, days="5", new_due="2026-04-07")
    approve(office, number, letter)
    moved = with_a_day_off(office, date(2026, 3, 16))
    told = r"延长后的期限是 2026-04-07，现在按工作日历应为 2026-04-08。请作废这份文书"
    with pytest.raises(StepNotAllowed, match=told) as refused:
        send(moved, number, letter)
    assert refused.value.article == "条例第三十三条第二款"
    told = open_case(moved, number).letters[0].hindrance
    assert refused.value.rule in told
    assert "情况变化后可以继续办理" not in told  # what it tells cannot come true any more
    discard(moved, number, letter)
    send_out(moved, number, LetterKind.EXTENSION, days="5", new_due="2026-04-08")


def test_a_limit_that_the_clock_has_moved_since_approval_is_not_told_any_more(
    office: DisclosureOffice, number: str, frozen_clock: FrozenClock
) -> None:
    extension = draft(office, number, LetterKind.EXTENSION, days="5", new_due="2026-04-07")
    receipt = draft(office, number, LetterKind.RECEIPT)
    for letter in (extension, receipt):
        approve(office, number, letter)
    assert hindrance(office, number, receipt) == ""
    send_out(office, number, LetterKind.THIRD_PARTY_CONSULTATION, party="第三方一")
    frozen_clock.moment = datetime(2026, 3, 4, 1, 0, tzinfo=UTC)
    consulting.record_opinion(
        office,
        number,
        whose="third_party",
        party="第三方一",
        opinion="agrees",
        by=CLERK,
        expected_version=version(office, number),
    )
    with pytest.raises(StepNotAllowed, match="应为 2026-04-09"):
        send(office, number, extension)
    with pytest.raises(StepNotAllowed, match="写明的答复期限是 2026-03-30，现在按工作日历应为"):
        send(office, number, receipt)


def test_a_receipt_tells_no_limit_while_a_correction_is_awaited(
    office: DisclosureOffice, number: str
) -> None:
    receipt = draft(office, number, LetterKind.RECEIPT)
    approve(office, number, receipt)
    send_out(office, number, LetterKind.CORRECTION, until="2026-03-20")
    with pytest.raises(StepNotAllowed, match="写明的答复期限是 2026-03-30，现在没有在计算"):
        send(office, number, receipt)
    late = draft(office, number, LetterKind.RECEIPT, due="2026-03-30")
    with pytest.raises(BadInput, match="等重新起算后再写"):
        approve(office, number, late)


def test_what_left_before_a_calendar_moved_the_day_is_recorded_as_it_was(
    office: DisclosureOffice, number: str, frozen_clock: FrozenClock
) -> None:
    letter = draft(office, number, LetterKind.EXTENSION, days="5", new_due="2026-04-07")
    approve(office, number, letter)
    posted = local_day(office.clock())
    frozen_clock.moment = datetime(2026, 3, 4, 1, 0, tzinfo=UTC)
    moved = with_a_day_off(office, date(2026, 3, 16))
    differences = due_differences(office, office.calendar, moved.calendar)
    record_differences(moved, differences, why="地方假日", by=CLERK)
    at = version(moved, number)
    sending.send_letter(
        moved, number, letter, route=Delivery.POST, on=posted, by=CLERK, expected_version=at
    )
    found = open_case(moved, number).due
    assert found is not None
    assert found.due == date(2026, 4, 8)
