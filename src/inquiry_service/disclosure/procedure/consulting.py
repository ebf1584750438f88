"""What came back from those who were asked: third parties, other agencies, the applicant."""

from datetime import date
from typing import Literal

from inquiry_service.disclosure.office import DisclosureOffice
from inquiry_service.disclosure.procedure.case_file import APPLICANT, CaseFile, opened
from inquiry_service.disclosure.procedure.repeating import said_before
from inquiry_service.disclosure.rules.clock import fold
from inquiry_service.disclosure.rules.events import (
    AgencyAnswered,
    FeePaid,
    ReasonsGiven,
    ThirdPartyAnswered,
)
from inquiry_service.disclosure.rules.opinions import OPINION_WORKING_DAYS, named_day
from inquiry_service.disclosure.rules.request import printable
from inquiry_service.errors import BadInput, Problem, StepNotAllowed

Opinion = Literal["agrees", "objects", "silent"]


def record_opinion(
    office: DisclosureOffice,
    number: str,
    *,
    whose: Literal["third_party", "agency"],
    party: str,
    opinion: Opinion,
    on: date | None = None,
    received: date | None = None,
    by: str,
    expected_version: int,
) -> None:
    """The opinion arrived, or the time for it lapsed (`silent`): 条例第三十二条、第三十四条.

    The fifteen working days run from the day on which the other side got the letter: `received`,
    as the return receipt says, and so needed to record silence, unless the letter named a day of
    its own (33(3)). Raises `StepNotAllowed` for silence while there is time, `BadInput` for
    silence without a receipt or one before sending.
    """
    with opened(office, number, by=by, expected_version=expected_version) as case:
        if opinion == "silent":
            _refuse_while_open(case, (whose, party), received, on or case.today)
        answered = ThirdPartyAnswered if whose == "third_party" else AgencyAnswered
        case.happen(answered(on or case.today, party, opinion))


def _refuse_while_open(
    case: CaseFile, who: tuple[str, str], received: date | None, on: date
) -> None:
    asked = fold(recorded.event for recorded in case.history).asked.get(who)
    if asked is not None and named_day(asked):  # the procedure itself judges that day
        return
    if received is None:
        told = "逾期未提出意见的，请按回执填写对方收到征求意见书的日期，15个工作日由此起算。"
        raise BadInput([Problem("received", told)])
    sent = asked.on if asked else None
    if (sent is not None and received < sent) or received > on:
        told = f"对方收到征求意见书的日期应在发出之日（{sent or '未发出'}）和 {on} 之间，请核对。"
        raise BadInput([Problem("received", told)])
    last = case.office.calendar.add_working_days(received, OPINION_WORKING_DAYS).day
    if on <= last:
        raise StepNotAllowed(
            f"对方 {received} 收到征求意见书，15个工作日（{last}止）还没有过，不能记为逾期",
            "条例第三十二条、第三十四条",
        )


def give_reasons(
    office: DisclosureOffice,
    number: str,
    text: str,
    *,
    by: str = APPLICANT,
    expected_version: int | None = None,
) -> None:
    """The applicant says why so many requests are reasonable (条例第三十五条).

    The same words sent again by the applicant change nothing and are no error.
    """
    if not printable(text):
        raise BadInput([Problem("reasons", "请写明理由。")])
    with opened(office, number, by=by, expected_version=expected_version) as case:
        if said_before(case, ReasonsGiven, printable(text)):
            return
        case.happen(ReasonsGiven(case.today, case.write("reasons", printable(text))))


def record_payment(
    office: DisclosureOffice, number: str, *, on: date, by: str, expected_version: int
) -> None:
    """The information processing fee was paid; out of reach while fees are off."""
    with opened(office, number, by=by, expected_version=expected_version) as case:
        case.happen(FeePaid(on))
