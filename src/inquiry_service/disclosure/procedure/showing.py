"""Looking at a number that is shown masked: possible for staff, and written down each time."""

from inquiry_service.disclosure.office import DisclosureOffice
from inquiry_service.disclosure.procedure.case_file import opened
from inquiry_service.disclosure.rules.events import IdentityShown
from inquiry_service.errors import BadInput, Problem

_MASKED = ("identity_number", "credit_code")


def show_identity(office: DisclosureOffice, number: str, what: str, *, by: str) -> str:
    """The whole number, after recording who looked (个人信息保护法第五十一条).

    `what` is `identity_number` or `credit_code`.
    """
    if what not in _MASKED:
        raise BadInput([Problem("what", "只有证件号码和信用代码是遮盖显示的。")])
    with opened(office, number, by=by) as case:
        case.happen(IdentityShown(what))
        return str(getattr(case.application, what))
