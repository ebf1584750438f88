"""The desk: the most urgent first, one lawful reply, one clear conflict."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import event

from inquiry_service.disclosure import (
    ApplicantKind,
    Application,
    DisclosureOffice,
    file_request,
    open_case,
    reply_to_request,
    requests_for_desk,
)
from inquiry_service.errors import BadInput, Conflict, InquiryError, NotFound
from inquiry_service.moments import FrozenClock


@pytest.fixture
def numbers(
    office: DisclosureOffice, application: Application, frozen_clock: FrozenClock
) -> list[str]:
    """Three requests, filed a day apart."""
    filed = []
    for key in "abc":
        filed.append(file_request(office, application, submission_key=key).number)
        frozen_clock.advance(timedelta(days=1))
    return filed


def reply(
    office: DisclosureOffice,
    number: str,
    *,
    outcome: str = "GRANT_PROVIDE",
    text: str = "现将该文件提供给您。",
    version: int = 2,
) -> None:
    reply_to_request(
        office,
        number,
        outcome_code=outcome,
        text=text,
        staff_login="desk-one",
        expected_version=version,
    )


def test_the_desk_sees_what_is_due_first_and_what_is_replied_apart(
    office: DisclosureOffice, numbers: list[str]
) -> None:
    reply(office, numbers[1])
    assert [row.number for row in requests_for_desk(office)] == [numbers[0], numbers[2]]
    (row,) = requests_for_desk(office, replied=True)
    assert (row.number, row.replied_on, row.state_label) == (numbers[1], date(2026, 3, 5), "已答复")


def test_a_line_of_the_list_says_what_it_is_about_without_personal_data(
    office: DisclosureOffice, application: Application
) -> None:
    wanted = replace(application, description=f"联系13800000000\n{'轮换计划' * 30}")
    file_request(office, wanted, submission_key="one", conversation_id="conversation-1")
    (row,) = requests_for_desk(office)
    assert row.summary.startswith("联系[电话号码] 轮换计划")
    assert len(row.summary) == 60
    assert (row.applicant_kind, row.state_label) == ("自然人", "办理中")
    assert (row.received, row.due) == (date(2026, 3, 2), date(2026, 3, 30))
    assert row.conversation_id == "conversation-1"


def test_a_request_is_overdue_from_the_day_after_its_due_date(
    office: DisclosureOffice, numbers: list[str], frozen_clock: FrozenClock
) -> None:
    frozen_clock.moment = datetime(2026, 3, 30, 1, 0, tzinfo=UTC)
    assert [row.overdue for row in requests_for_desk(office)] == [False, False, False]
    frozen_clock.advance(timedelta(days=1))
    assert [row.overdue for row in requests_for_desk(office)] == [True, False, False]


def test_the_list_takes_two_queries_however_long_it_is(
    office: DisclosureOffice, numbers: list[str]
) -> None:
    statements: list[str] = []

    def count(_c: object, _u: object, statement: str, *_rest: object) -> None:
        if statement.startswith("SELECT"):
            statements.append(statement)

    event.listen(office.database.engine, "before_cursor_execute", count)
    requests_for_desk(office)
    event.remove(office.database.engine, "before_cursor_execute", count)
    assert len(statements) == 2


def test_a_case_shows_everything_and_the_endings_that_are_open_to_it(
    office: DisclosureOffice, numbers: list[str]
) -> None:
    case = open_case(office, numbers[0])
    assert case.application.applicant_kind is ApplicantKind.NATURAL_PERSON
    assert case.due is not None
    assert len([step for step in case.due.steps if step.counts]) == 20
    codes = [outcome.code for outcome in case.outcomes]
    assert "GRANT_PROVIDE" in codes
    assert not {"NO_CORRECTION", "STILL_UNCLEAR", "FEE_UNPAID"} & set(codes)


def test_a_reply_is_recorded_with_who_sent_it(office: DisclosureOffice, numbers: list[str]) -> None:
    reply(office, numbers[0], text="  现将该文件提供给您。 ")
    case = open_case(office, numbers[0])
    assert (case.version, case.state_label) == (3, "已答复")
    assert case.history[-1].actor == "desk-one"
    assert case.reply is not None
    assert case.reply.text == "现将该文件提供给您。"


def test_a_second_reply_is_a_conflict(office: DisclosureOffice, numbers: list[str]) -> None:
    reply(office, numbers[0])
    with pytest.raises(Conflict, match="已经答复"):
        reply(office, numbers[0], version=3)


def test_a_reply_to_an_older_version_is_a_conflict(
    office: DisclosureOffice, numbers: list[str]
) -> None:
    with pytest.raises(Conflict, match="新的进展"):
        reply(office, numbers[0], version=1)


def test_of_several_people_replying_at_once_one_succeeds_and_the_others_see_a_conflict(
    office: DisclosureOffice, numbers: list[str]
) -> None:
    def try_to_reply(text: str) -> type[InquiryError] | None:
        try:
            reply(office, numbers[0], text=text)
        except InquiryError as error:
            return type(error)
        return None

    with ThreadPoolExecutor(6) as threads:
        ended = list(threads.map(try_to_reply, "甲乙丙丁戊己"))
    assert sorted(ended, key=str) == [Conflict] * 5 + [None]
    assert open_case(office, numbers[0]).version == 3


@pytest.mark.parametrize(
    ("outcome", "text", "fields"),
    [
        ("GRANT_PROVIDE", "  ", ["text"]),
        ("GRANT_PROVIDE", "字" * 20_001, ["text"]),
        ("UNHEARD_OF", "答复", ["outcome_code"]),
        ("NO_CORRECTION", "答复", ["outcome_code"]),
        ("FEE_UNPAID", "", ["outcome_code", "text"]),
    ],
)
def test_an_unlawful_or_empty_reply_is_refused_with_the_fields_named(
    office: DisclosureOffice, numbers: list[str], outcome: str, text: str, fields: list[str]
) -> None:
    with pytest.raises(BadInput) as caught:
        reply(office, numbers[0], outcome=outcome, text=text)
    assert [problem.field for problem in caught.value.problems] == fields
    assert open_case(office, numbers[0]).version == 2


@pytest.mark.parametrize("number", ["YSQ-2026-99999", "nonsense", ""])
def test_an_unknown_case_is_not_found(office: DisclosureOffice, number: str) -> None:
    with pytest.raises(NotFound):
        open_case(office, number)
    with pytest.raises(NotFound):
        reply(office, number)
