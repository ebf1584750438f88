"""What came back from those who were asked: third parties, other agencies, the applicant."""

from datetime import date
from typing import Literal

from inquiry_service.disclosure.office import DisclosureOffice
from inquiry_service.disclosure.procedure.case_file import APPLICANT, opened
from inquiry_service.disclosure.rules.events import (
    AgencyAnswered,
    FeePaid,
    LaterDateSet,
    ReasonsGiven,
    ThirdPartyAnswered,
)
from inquiry_service.disclosure.rules.request import printable
from inquiry_service.errors import BadInput, Problem

Opinion = Literal["agrees", "objects", "silent"]


def record_opinion(
    office: DisclosureOffice,
    number: str,
    *,
    whose: Literal["third_party", "agency"],
    party: str,
    opinion: Opinion,
    on: date | None = None,
    by: str,
    expected_version: int,
) -> None:
    """The opinion arrived, or the time for it lapsed (`silent`): 条例第三十二条、第三十四条."""
    with opened(office, number, by=by, expected_version=expected_version) as case:
        answered = ThirdPartyAnswered if whose == "third_party" else AgencyAnswered
        case.happen(answered(on or case.today, party, opinion))


def give_reasons(
    office: DisclosureOffice,
    number: str,
    text: str,
    *,
    by: str = APPLICANT,
    expected_version: int | None = None,
) -> None:
    """The applicant says why so many requests are reasonable (条例第三十五条)."""
    if not printable(text):
        raise BadInput([Problem("reasons", "请写明理由。")])
    with opened(office, number, by=by, expected_version=expected_version) as case:
        case.happen(ReasonsGiven(case.today, case.write("reasons", printable(text))))


def set_later_date(
    office: DisclosureOffice, number: str, until: date, *, by: str, expected_version: int
) -> None:
    """Good reasons, but too much for the limit: a reasonable later day, told (条例第三十五条)."""
    with opened(office, number, by=by, expected_version=expected_version) as case:
        case.happen(LaterDateSet(case.today, until))


def record_payment(
    office: DisclosureOffice, number: str, *, on: date, by: str, expected_version: int
) -> None:
    """The information processing fee was paid; out of reach while fees are off."""
    with opened(office, number, by=by, expected_version=expected_version) as case:
        case.happen(FeePaid(on))
