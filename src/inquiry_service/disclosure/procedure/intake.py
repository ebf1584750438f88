"""Intake by staff: what came over the counter, by post, by fax, by e-mail, or was said aloud.

In person and post may never be refused (国办公开办函〔2017〕19号), and a written application may
lack something: it is taken in as it is, and what is missing is asked for once (条例第三十条).
"""

from collections.abc import Iterator
from datetime import date

from inquiry_service.disclosure.office import DisclosureOffice
from inquiry_service.disclosure.procedure.filing import Arrival, Filed, file_once
from inquiry_service.disclosure.rules.channels import BY_STAFF, Channel
from inquiry_service.disclosure.rules.matters import Matter
from inquiry_service.disclosure.rules.request import Application, check, tidied
from inquiry_service.errors import BadInput, Problem
from inquiry_service.moments import local_day

_MAY_BE_MISSING = frozenset(
    {
        "name",
        "identity_kind",
        "identity_number",
        "organisation_name",
        "credit_code",
        "phone",
        "email",
        "address",
        "supply_form",
        "receive_by",
        "consent",
    }
)
"""What a paper application may lack; a number that is there must still be a right one."""


def file_for_applicant(
    office: DisclosureOffice,
    application: Application,
    *,
    channel: Channel,
    arrived: date,
    submission_key: str,
    by: str,
    matter: Matter = Matter.REQUEST,
) -> Filed:
    """Take in what arrived on paper, by fax, by e-mail or aloud; `by` is the staff login.

    `arrived` is the day it was handed in, signed for or came into the machine. Ordinary post, fax
    and e-mail wait for confirmation, what was said aloud for the read-back (条例第二十九条、
    第三十一条). Raises `BadInput`.
    """
    application = tidied(application)
    problems = tuple(_problems(office, application, channel, arrived))
    if problems:
        raise BadInput(problems)
    arrival = Arrival(channel.value, on=arrived, by=by, matter=matter)
    return file_once(office, application, arrival, submission_key=f"desk:{submission_key}")


def lacking(application: Application) -> tuple[Problem, ...]:
    """What 条例第二十九条 asks for and this application does not say: hints for a correction."""
    return tuple(p for p in check(application) if p.field in _MAY_BE_MISSING - {"consent"})


def _problems(
    office: DisclosureOffice, application: Application, channel: Channel, arrived: date
) -> Iterator[Problem]:
    if channel not in BY_STAFF:
        yield Problem("channel", "请选择来件方式。")
    if arrived > local_day(office.clock()):
        yield Problem("arrived", f"来件日期 {arrived} 还没有到，请核对。")
    if application.applicant_kind is None:
        yield Problem("applicant_kind", "请选择申请人类型。")
    if not application.applicant and not _contact(application):
        yield Problem("name", "姓名（单位名称）和联系方式至少要有一项，否则无法告知补正。")
    yield from (p for p in check(application) if _is_wrong(application, p))


def _contact(application: Application) -> str:
    return application.phone or application.email or application.address


def _is_wrong(application: Application, problem: Problem) -> bool:
    """Not merely missing; without a description there is nothing to look for."""
    if problem.field in ("applicant_kind", "consent"):
        return False
    if problem.field not in _MAY_BE_MISSING:
        return True
    return bool(getattr(application, problem.field, ""))
