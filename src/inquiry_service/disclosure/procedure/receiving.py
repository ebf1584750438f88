"""Receipt and registration: the day that counts, and the entry in the register (条例31, 45)."""

from datetime import date

from inquiry_service.disclosure.office import DisclosureOffice
from inquiry_service.disclosure.procedure.case_file import opened
from inquiry_service.disclosure.rules.events import ReadBackConfirmed, ReceiptConfirmed, Registered


def confirm_read_back(
    office: DisclosureOffice, number: str, *, by: str, expected_version: int
) -> None:
    """The applicant confirmed what staff wrote down and read back (条例第二十九条)."""
    with opened(office, number, by=by, expected_version=expected_version) as case:
        case.happen(ReadBackConfirmed(case.today))


def confirm_receipt(
    office: DisclosureOffice,
    number: str,
    *,
    received: date | None = None,
    by: str,
    expected_version: int,
) -> None:
    """Settle the day of receipt. `received` is today unless the channel fixes another day.

    Ordinary post, fax and e-mail count from the day both sides have confirmed (条例第三十一条).
    Raises `StepNotAllowed`.
    """
    with opened(office, number, by=by, expected_version=expected_version) as case:
        case.happen(ReceiptConfirmed(received or case.today, str(case.row.channel)))


def register_request(
    office: DisclosureOffice, number: str, *, by: str, expected_version: int
) -> None:
    """Enter in the register: number, applicant class and identity proof have been looked at."""
    with opened(office, number, by=by, expected_version=expected_version) as case:
        case.happen(Registered(case.today))
