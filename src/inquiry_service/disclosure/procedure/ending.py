"""Ends without a letter: answered on the spot, taken back, put away."""

from datetime import date

from inquiry_service.disclosure.office import DisclosureOffice
from inquiry_service.disclosure.procedure.case_file import APPLICANT, CaseFile, opened
from inquiry_service.disclosure.procedure.repeating import brought_before, said_before
from inquiry_service.disclosure.rules.events import (
    AnsweredOnSpot,
    Archived,
    ComplaintReceived,
    LegalHoldLifted,
    LegalHoldSet,
    ReviewDecided,
    ReviewOpened,
    Withdrawn,
)
from inquiry_service.disclosure.rules.request import printable
from inquiry_service.errors import BadInput, Problem, StepNotAllowed

MOST_COMPLAINTS = 10
"""In one day by an applicant: a machine that complains must not drown the case file."""
WAYS = ("reconsideration", "suit", "suit_after")
RESULTS = ("upheld", "corrected", "other")
"""The blocks and columns of table 4 of the yearly report (国办公开办函〔2021〕30号)."""


def answer_on_spot(
    office: DisclosureOffice,
    number: str,
    *,
    outcome_code: str,
    text: str,
    by: str,
    expected_version: int,
    may_approve: bool = False,
    secrecy_reviewed: bool = False,
) -> None:
    """What could be given at once was given at once (条例第三十三条第一款).

    What is public already may be pointed to by anybody. To hand out anything else takes a person
    who may approve (`may_approve`) and says that it was reviewed: raises `StepNotAllowed`.
    """
    if not printable(text):
        raise BadInput([Problem("text", "请写明当场提供了什么，或者告知了什么。")])
    if outcome_code == "GRANT_PROVIDE" and not may_approve:
        rule = "当场提供信息应由有批准权限的人员办理，其他人员可以起草答复书送审"
        raise StepNotAllowed(rule, "条例第十七条")
    with opened(office, number, by=by, expected_version=expected_version) as case:
        written = case.write("reply", printable(text))
        case.happen(AnsweredOnSpot(case.today, outcome_code, written, secrecy_reviewed))


def withdraw_request(
    office: DisclosureOffice,
    number: str,
    *,
    by: str = APPLICANT,
    expected_version: int | None = None,
) -> None:
    """The applicant takes the request back; it cannot be undone, but filed again at any time.

    Taken back twice by the applicant it is taken back.
    """
    with opened(office, number, by=by, expected_version=expected_version) as case:
        if brought_before(case, Withdrawn):
            return
        case.happen(Withdrawn(case.today))


def archive_case(office: DisclosureOffice, number: str, *, by: str, expected_version: int) -> None:
    """Close the file and put it away (条例第四十五条)."""
    with opened(office, number, by=by, expected_version=expected_version) as case:
        case.happen(Archived(case.today))


def complain(
    office: DisclosureOffice,
    number: str,
    text: str,
    *,
    by: str = APPLICANT,
    expected_version: int | None = None,
) -> None:
    """A complaint about the handling (条例第四十七条、第五十一条); it stops no clock.

    The applicant's same words on the same day are one complaint until the request moves on.
    """
    if not printable(text):
        raise BadInput([Problem("complaint", "请写明对哪一步不满意。")])
    with opened(office, number, by=by, expected_version=expected_version) as case:
        if said_before(case, ComplaintReceived, printable(text)):
            return
        if by == APPLICANT and _complaints_today(case) >= MOST_COMPLAINTS:
            told = f"今天已经收到您的{MOST_COMPLAINTS}次投诉，都记录在案；还有补充的，请明天再提。"
            raise BadInput([Problem("complaint", told)])
        case.happen(ComplaintReceived(case.today, case.write("complaint", printable(text))))


def _complaints_today(case: CaseFile) -> int:
    mine = (r.event for r in case.history if r.actor == APPLICANT)
    return sum(isinstance(e, ComplaintReceived) and e.on == case.today for e in mine)


def open_review(
    office: DisclosureOffice,
    number: str,
    *,
    review: str,
    way: str,
    on: date,
    by: str,
    expected_version: int,
) -> None:
    """Reconsideration or litigation began; `review` is its file number at the organ or court."""
    problems = [] if way in WAYS else [Problem("way", "请选择复议或者诉讼的种类。")]
    if not printable(review):
        problems.append(Problem("review", "请填写复议或者诉讼的案号。"))
    if problems:
        raise BadInput(problems)
    with opened(office, number, by=by, expected_version=expected_version) as case:
        name = case.application.applicant
        if name and name in review:  # the chain stands unsealed
            raise BadInput([Problem("review", "只写案号，不写申请人的姓名或者名称。")])
        case.happen(ReviewOpened(on, printable(review), way))


def decide_review(
    office: DisclosureOffice,
    number: str,
    *,
    review: str,
    result: str,
    on: date,
    by: str,
    expected_version: int,
) -> None:
    """It ended; the result is one column of table 4."""
    if result not in RESULTS:
        raise BadInput([Problem("result", "请选择审结的结果。")])
    with opened(office, number, by=by, expected_version=expected_version) as case:
        case.happen(ReviewDecided(on, review, result))


def hold_case(
    office: DisclosureOffice, number: str, *, held: bool, by: str, expected_version: int
) -> None:
    """A legal hold keeps a case from being erased until it is lifted."""
    with opened(office, number, by=by, expected_version=expected_version) as case:
        case.happen(LegalHoldSet(case.today) if held else LegalHoldLifted(case.today))
