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
    requests_for_desk,
)
from inquiry_service.disclosure.letters.kinds import Delivery, LetterKind
from inquiry_service.disclosure.procedure import ending, sending, writing
from inquiry_service.errors import Conflict, InquiryError, NotFound, StepNotAllowed
from inquiry_service.moments import FrozenClock
from procedure_house import CLERK, approve, draft, register, reply, review, version


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


def test_the_desk_sees_what_is_due_first_and_what_is_replied_apart(
    office: DisclosureOffice, numbers: list[str]
) -> None:
    reply(office, numbers[1])
    assert [row.number for row in requests_for_desk(office)] == [numbers[0], numbers[2]]
    (row,) = requests_for_desk(office, replied=True)
    assert (row.number, row.ended_on, row.state_label) == (numbers[1], date(2026, 3, 5), "已答复")


def test_a_line_of_the_list_says_what_it_is_about_without_personal_data(
    office: DisclosureOffice, application: Application
) -> None:
    wanted = replace(application, description=f"联系13800000000\n{'轮换计划' * 30}")
    file_request(office, wanted, submission_key="one", conversation_id="conversation-1")
    (row,) = requests_for_desk(office)
    assert row.summary.startswith("联系[电话号码] 轮换计划")
    assert len(row.summary) == 60
    assert (row.applicant_kind, row.state_label) == ("自然人", "待登记")
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
    reply(office, numbers[0], provided="  现将该文件提供给您。 ")
    case = open_case(office, numbers[0])
    assert case.state_label == "已答复"
    assert case.history[-1].actor == CLERK
    assert case.reply is not None
    assert "现将该文件提供给您。" in case.reply.text


@pytest.fixture
def approved(office: DisclosureOffice, numbers: list[str]) -> str:
    """The approved reply of the first case, not sent yet."""
    register(office, numbers[0])
    letter = draft(office, numbers[0], LetterKind.REPLY, outcome="GRANT_PROVIDE")
    review(office, numbers[0], letter)
    approve(office, numbers[0], letter)
    return letter


def send(office: DisclosureOffice, number: str, letter: str, at_version: int) -> None:
    sending.send_letter(
        office, number, letter, route=Delivery.POST, by=CLERK, expected_version=at_version
    )


def test_a_second_reply_is_not_allowed(office: DisclosureOffice, numbers: list[str]) -> None:
    reply(office, numbers[0])
    with pytest.raises(StepNotAllowed, match="已答复"):
        draft(office, numbers[0], LetterKind.REPLY, outcome="GRANT_PROVIDE")


def test_a_step_on_an_older_version_is_a_conflict(
    office: DisclosureOffice, numbers: list[str], approved: str
) -> None:
    with pytest.raises(Conflict, match="新的进展"):
        send(office, numbers[0], approved, version(office, numbers[0]) - 1)


def test_of_several_people_sending_at_once_one_succeeds_and_the_others_see_a_conflict(
    office: DisclosureOffice, numbers: list[str], approved: str
) -> None:
    seen = version(office, numbers[0])

    def try_to_send(_turn: int) -> type[InquiryError] | None:
        try:
            send(office, numbers[0], approved, seen)
        except InquiryError as error:
            return type(error)
        return None

    with ThreadPoolExecutor(6) as threads:
        ended = list(threads.map(try_to_send, range(6)))
    assert sorted(ended, key=str) == [Conflict] * 5 + [None]
    assert version(office, numbers[0]) == seen + 2  # the letter left, and with it the reply


@pytest.mark.parametrize("outcome", ["UNHEARD_OF", "NO_CORRECTION", "FEE_UNPAID", "NOT_HELD"])
def test_an_ending_that_is_not_open_is_refused_and_changes_nothing(
    office: DisclosureOffice, numbers: list[str], outcome: str
) -> None:
    register(office, numbers[0])
    with pytest.raises(StepNotAllowed):
        writing.draft_letter(
            office,
            numbers[0],
            LetterKind.REPLY,
            {"outcome": outcome},
            by=CLERK,
            expected_version=3,
        )
    case = open_case(office, numbers[0])
    assert (case.version, case.letters) == (3, ())


@pytest.mark.parametrize("number", ["YSQ-2026-99999", "nonsense", ""])
def test_an_unknown_case_is_not_found(office: DisclosureOffice, number: str) -> None:
    with pytest.raises(NotFound):
        open_case(office, number)
    with pytest.raises(NotFound):
        ending.withdraw_request(office, number)
