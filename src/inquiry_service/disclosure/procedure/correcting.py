"""The corrected application: once it has arrived the limit starts again in full (条例第三十条)."""

import hashlib
from dataclasses import replace
from datetime import date

from inquiry_service.disclosure.applications import CORRECTED
from inquiry_service.disclosure.attachments.adding import FileSource, add_file, looked_over
from inquiry_service.disclosure.office import DisclosureOffice
from inquiry_service.disclosure.procedure.case_file import APPLICANT, opened
from inquiry_service.disclosure.procedure.filing import sealed_content
from inquiry_service.disclosure.procedure.repeating import brought_before
from inquiry_service.disclosure.rules.events import CorrectedRequestReceived, FileAdded
from inquiry_service.disclosure.rules.request import Application, check, printable
from inquiry_service.errors import BadInput, Problem


def submit_correction(
    office: DisclosureOffice,
    number: str,
    *,
    description: str,
    document_number: str = "",
    period: str = "",
    on: date | None = None,
    by: str = APPLICANT,
    expected_version: int | None = None,
) -> None:
    """What is wanted, said anew; the rest of the application stays as it is.

    `by` is the staff login when it came on paper, `on` the day it arrived when that is not today:
    the limit runs from there (条例第三十条). What the applicant has corrected already,
    sent again in the same words, changes nothing and is no error. Raises `BadInput` with one
    problem a field, and `StepNotAllowed` unless a correction was asked for.
    """
    with opened(office, number, by=by, expected_version=expected_version) as case:
        corrected = replace(
            case.application,
            description=printable(description),
            document_number=printable(document_number),
            period=printable(period),
        )
        if corrected == case.application and brought_before(case, CorrectedRequestReceived):
            return
        _refuse_unchanged(case.application, corrected)
        content = sealed_content(corrected)
        digest = hashlib.sha256(content.encode()).hexdigest()
        case.happen(CorrectedRequestReceived(on or case.today, digest))
        case.write(CORRECTED, content)


def add_material(
    office: DisclosureOffice,
    number: str,
    name: str,
    data: bytes,
    *,
    by: str = APPLICANT,
    expected_version: int | None = None,
) -> str:
    """An attachment: identity proof, an opinion, a search result; gives the name it is kept under.

    The name has the ending that fits its content. Raises `BadInput`.
    """
    incoming = looked_over(office, name, data)
    with opened(office, number, by=by, expected_version=expected_version) as case:
        side = FileSource.APPLICANT if by == APPLICANT else FileSource.STAFF
        stored = add_file(case.connection, office, case.number, incoming, by=side)
        case.happen(
            FileAdded(case.today, stored.file_id, stored.sha256, by_applicant=by == APPLICANT)
        )
        return stored.name


def _refuse_unchanged(before: Application, after: Application) -> None:
    wanted = ("description", "document_number", "period")
    problems = [p for p in check(after) if p.field in wanted]
    if not problems and before == after:
        problems = [Problem("description", "内容没有变化，请按补正告知书补充后再提交。")]
    if problems:
        raise BadInput(problems)
