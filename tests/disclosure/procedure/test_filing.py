"""Filing: one number, one code, one transaction, however often the button is pressed."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from sqlalchemy import text

from inquiry_service.disclosure import (
    Application,
    DisclosureOffice,
    DraftFields,
    file_request,
    follow_request,
    open_case,
    save_draft,
)
from inquiry_service.errors import BadInput, Conflict
from inquiry_service.moments import FrozenClock


def test_filing_gives_a_number_a_code_and_a_due_date(
    office: DisclosureOffice, application: Application
) -> None:
    filed = file_request(office, application, submission_key="one")
    assert filed.number == "YSQ-2026-00001"
    assert filed.received == date(2026, 3, 2)
    assert filed.due is not None
    assert filed.due.due == date(2026, 3, 30)
    assert not filed.due.provisional
    assert follow_request(office, filed.number, filed.lookup_code).number == filed.number


def test_the_day_of_receipt_is_the_day_in_china(
    office: DisclosureOffice, application: Application, frozen_clock: FrozenClock
) -> None:
    frozen_clock.moment = datetime(2025, 12, 31, 16, 30, tzinfo=UTC)
    filed = file_request(office, application, submission_key="one")
    assert (filed.received, filed.number) == (date(2026, 1, 1), "YSQ-2026-00001")


def test_submitting_twice_gives_the_same_request(
    office: DisclosureOffice, application: Application
) -> None:
    first = file_request(office, application, submission_key="one")
    again = file_request(office, application, submission_key="one")
    assert again == first
    assert file_request(office, application, submission_key="two").number == "YSQ-2026-00002"


def test_another_application_with_the_same_key_is_refused_and_not_lost_silently(
    office: DisclosureOffice, application: Application
) -> None:
    first = file_request(office, application, submission_key="one")
    changed = replace(application, description="另一份文件")
    with pytest.raises(Conflict, match="已经用于另一份申请，请为这份申请换一个提交编号"):
        file_request(office, changed, submission_key="one")
    assert file_request(office, application, submission_key="one") == first


def test_somebody_else_with_the_same_key_gets_a_request_of_their_own(
    office: DisclosureOffice, application: Application
) -> None:
    first = file_request(office, application, submission_key="one")
    other = file_request(office, replace(application, name="另一人"), submission_key="one")
    assert (other.number, other.lookup_code) != (first.number, first.lookup_code)


def test_pressing_the_button_many_times_at_once_files_one_request(
    office: DisclosureOffice, application: Application
) -> None:
    with ThreadPoolExecutor(8) as threads:
        presses = [
            threads.submit(file_request, office, application, submission_key="one")
            for _ in range(8)
        ]
    assert len({press.result().number for press in presses}) == 1
    assert len({press.result().lookup_code for press in presses}) == 1
    assert file_request(office, application, submission_key="two").number == "YSQ-2026-00002"


def test_many_people_at_once_are_numbered_without_a_gap(
    office: DisclosureOffice, application: Application
) -> None:
    with ThreadPoolExecutor(8) as threads:
        filings = [
            threads.submit(file_request, office, application, submission_key=str(key))
            for key in range(12)
        ]
    numbers = sorted(filing.result().number for filing in filings)
    assert numbers == [f"YSQ-2026-{place:05}" for place in range(1, 13)]


def test_an_incomplete_application_takes_no_number(
    office: DisclosureOffice, application: Application
) -> None:
    with pytest.raises(BadInput) as caught:
        file_request(office, replace(application, consent=False), submission_key="one")
    assert [problem.field for problem in caught.value.problems] == ["consent"]
    assert file_request(office, application, submission_key="one").number == "YSQ-2026-00001"


def test_the_numbers_begin_again_each_year(
    office: DisclosureOffice, application: Application, frozen_clock: FrozenClock
) -> None:
    file_request(office, application, submission_key="one")
    frozen_clock.moment = datetime(2027, 1, 5, 1, 0, tzinfo=UTC)
    filed = file_request(office, application, submission_key="two")
    assert filed.number == "YSQ-2027-00001"
    assert filed.due is not None
    assert filed.due.provisional


def test_the_applicant_is_nowhere_in_the_database_in_the_clear(
    office: DisclosureOffice, application: Application
) -> None:
    wanted = replace(application, description="请发到13800000000，关于储备粮")
    file_request(office, wanted, submission_key="one")
    with office.database.read() as connection:
        tables = ("disclosure_requests", "disclosure_events")
        stored = str([connection.execute(text(f"SELECT * FROM {t}")).all() for t in tables])
    assert "储备粮" in stored
    for secret in (application.name, application.identity_number, application.phone):
        assert secret not in stored


def test_the_case_file_holds_the_whole_application(
    office: DisclosureOffice, application: Application
) -> None:
    shown = ["0123456789012345"]
    filed = file_request(office, application, submission_key="one", near_answers=shown)
    case = open_case(office, filed.number)
    assert case.application == application
    assert case.near_answers == ("0123456789012345",)
    assert case.version == 2


def test_a_request_filed_from_a_draft_remembers_its_conversation(
    office: DisclosureOffice, application: Application
) -> None:
    token = save_draft(office, DraftFields(description="储备粮"), "conversation-1")
    filed = file_request(office, application, submission_key="one", draft_id=token)
    assert open_case(office, filed.number).conversation_id == "conversation-1"
    other = file_request(office, application, submission_key="two", draft_id="nonsense")
    assert open_case(office, other.number).conversation_id is None


def test_a_receipt_shown_again_later_is_the_receipt_of_the_day_of_filing(
    office: DisclosureOffice, application: Application, frozen_clock: FrozenClock
) -> None:
    first = file_request(office, application, submission_key="one")
    frozen_clock.moment = datetime(2026, 5, 4, 1, 0, tzinfo=UTC)
    assert file_request(office, application, submission_key="one") == first


def test_what_no_keyboard_types_does_not_stand_in_the_way(
    office: DisclosureOffice, application: Application
) -> None:
    odd = replace(application, description="储备\x00粮\ud800轮换\r\n计划")
    filed = file_request(office, odd, submission_key="one", near_answers=["p\x001", "13800000000"])
    case = open_case(office, filed.number)
    assert case.application.description == "储备粮轮换\n计划"
    assert case.near_answers == ()
