"""Two people on one case at the same moment: one succeeds, the other meets one clear conflict."""

import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier

import pytest

from inquiry_service.disclosure import (
    Application,
    DisclosureOffice,
    file_request,
    open_case,
    verify_chain,
)
from inquiry_service.disclosure.letters.kinds import Delivery, LetterKind
from inquiry_service.disclosure.procedure import approving, ending, searching, sending, writing
from inquiry_service.disclosure.rules.events import Withdrawn
from inquiry_service.errors import InquiryError
from procedure_house import CLERK, HEAD, REVIEWER, approve, draft, register, review, version

pytestmark = pytest.mark.thorough

ACTING = Path(__file__).with_name("acting.py")
Step = Callable[[], object]


def at_once(*steps: Step) -> list[str]:
    """All steps started together, each by another person; how they ended, sorted."""
    together = Barrier(len(steps))

    def tried(step: Step) -> str:
        together.wait()
        try:
            step()
        except InquiryError as error:
            return type(error).__name__
        return "done"

    with ThreadPoolExecutor(len(steps)) as people:
        return sorted(people.map(tried, steps))


@pytest.fixture
def number(office: DisclosureOffice, application: Application) -> str:
    filed = file_request(office, application, submission_key="one")
    register(office, filed.number)
    return filed.number


@pytest.fixture
def checked(office: DisclosureOffice, number: str) -> str:
    """A reply that waits for approval."""
    letter = draft(office, number, LetterKind.REPLY, outcome="GRANT_PROVIDE")
    review(office, number, letter)
    return letter


def test_two_approvals_give_one_number(office: DisclosureOffice, number: str, checked: str) -> None:
    at = version(office, number)
    approvals = [
        lambda by=by: approving.approve_letter(office, number, checked, by=by, expected_version=at)
        for by in (HEAD, REVIEWER)
    ]
    assert at_once(*approvals) == ["Conflict", "done"]
    (letter,) = open_case(office, number).letters
    assert letter.document_number == "信息公开答〔2026〕1号"
    assert verify_chain(office, number) is None


def test_an_approval_and_a_new_draft_never_both_count(
    office: DisclosureOffice, number: str, checked: str
) -> None:
    at = version(office, number)
    ended = at_once(
        lambda: approving.approve_letter(office, number, checked, by=HEAD, expected_version=at),
        lambda: writing.draft_letter(
            office,
            number,
            LetterKind.REPLY,
            {"outcome": "PARTIAL"},
            letter_id=checked,
            by=CLERK,
            expected_version=at,
        ),
    )
    assert ended == ["Conflict", "done"]
    (letter,) = open_case(office, number).letters
    assert letter.approved == (letter.outcome_code == "GRANT_PROVIDE")


def test_the_applicant_withdraws_while_the_reply_leaves_and_only_one_of_both_happens(
    office: DisclosureOffice, number: str, checked: str
) -> None:
    """The applicant has seen no version: whoever is second is refused by the procedure itself."""
    approve(office, number, checked)
    at = version(office, number)
    ended = at_once(
        lambda: ending.withdraw_request(office, number),
        lambda: sending.send_letter(
            office, number, checked, route=Delivery.POST, by=CLERK, expected_version=at
        ),
    )
    assert ended in (["Conflict", "done"], ["StepNotAllowed", "done"])
    assert verify_chain(office, number) is None


def test_a_step_of_each_of_two_people_is_kept_once_both_have_looked(
    office: DisclosureOffice, number: str
) -> None:
    at = version(office, number)
    ended = at_once(
        *(
            lambda: searching.record_search(
                office,
                number,
                places="档案室",
                words="文号",
                result="没有找到",
                found=False,
                by=CLERK,
                expected_version=at,
            )
            for _ in range(4)
        )
    )
    assert ended == ["Conflict", "Conflict", "Conflict", "done"]
    assert len(open_case(office, number).written) == 1


def test_twenty_filings_and_approvals_at_once_give_numbers_without_gaps(
    office: DisclosureOffice, application: Application
) -> None:
    numbers = [file_request(office, application, submission_key=f"{n}").number for n in range(10)]
    letters = []
    for number in numbers:
        register(office, number)
        letters.append(draft(office, number, LetterKind.CORRECTION))
    ended = at_once(
        *(
            lambda key=n: file_request(office, application, submission_key=f"more {key}")
            for n in range(10)
        ),
        *(
            lambda number=number, letter=letter: approve(office, number, letter)
            for number, letter in zip(numbers, letters, strict=True)
        ),
    )
    assert ended == ["done"] * 20
    given = {open_case(office, number).letters[0].document_number for number in numbers}
    assert given == {f"信息公开补〔2026〕{n}号" for n in range(1, 11)}
    for n in range(1, 21):
        assert verify_chain(office, f"YSQ-2026-{n:05}") is None


def test_two_processes_on_one_case_end_in_one_success_and_one_conflict(
    office: DisclosureOffice, application: Application, database_url: str
) -> None:
    numbers = [file_request(office, application, submission_key=f"{n}").number for n in range(12)]
    steps = ("register", "withdraw")
    argv = [sys.executable, str(ACTING), database_url]
    people = [
        subprocess.Popen(argv, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        for _ in steps
    ]
    try:
        for number in numbers:
            ended = _both(people, [f"{number} 2 {step}\n" for step in steps])
            assert ended == ["Conflict", "done"]
            assert open_case(office, number).version == 3
            assert verify_chain(office, number) is None
            twice = _both(people, [f"{number} any withdraw\n"] * 2)
            assert twice == ["done", "done"]
            case = open_case(office, number)
            assert case.state_label == "已撤回"
            assert sum(isinstance(r.event, Withdrawn) for r in case.history) == 1
    finally:
        for person in people:
            person.communicate()


def _both(people: list[subprocess.Popen[str]], lines: list[str]) -> list[str]:
    for person, line in zip(people, lines, strict=True):
        assert person.stdin is not None
        person.stdin.write(line)
        person.stdin.flush()
    return sorted(person.stdout.readline().strip() for person in people if person.stdout)
