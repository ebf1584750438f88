"""Intake: what came on paper, by fax, by e-mail or was said aloud is typed in; the receipt.

The receipt with the look-up code is shown by sending the same form again: the code stands in no
address, and the same form is always the same request.
"""

from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Depends, Request
from fastapi.responses import HTMLResponse
from starlette.datastructures import FormData, UploadFile

from inquiry_service.desk.entrance import Entrance
from inquiry_service.desk.intake_fields import (
    CARRIED,
    OPTIONS,
    Typed,
    day_in,
    in_form_order,
    read_aloud,
    typed_in,
    what_lacks,
)
from inquiry_service.desk.intake_filing import Scan, attach, step, take_in, taken
from inquiry_service.desk.office_page import office_page
from inquiry_service.desk.parts import DeskParts
from inquiry_service.desk.submitted import version_in
from inquiry_service.disclosure.attachments.adding import MOST_FILES
from inquiry_service.disclosure.attachments.kinds import ALLOWED
from inquiry_service.disclosure.procedure.filing import Filed
from inquiry_service.disclosure.rules.channels import how_received
from inquiry_service.edge.csrf import FormKeys, require_same_origin
from inquiry_service.edge.errors import status_of
from inquiry_service.errors import BadInput, Conflict, InquiryError, NotAllowed, Problem
from inquiry_service.moments import local_day
from inquiry_service.staff.accounts import Session
from inquiry_service.staff.roles import Permission

SENT_BEFORE = (
    "这张表单已经录入过一份内容不同的申请。要改那一份，请到它的页面办理；"
    "如果这确实是另一份申请，请再提交一次。"
)
OUTDATED = "这张表单打开超过一天，已经过期。内容都还在，请核对后再提交一次。"
CHANGED = "这张表单此前已经录入，来件方式、来件日期和事项以当时录入的为准，这次的改动没有保存。"


@dataclass(frozen=True)
class Sent:
    """The form as it came: the known fields as they were typed, the step, and the scans."""

    form: dict[str, str]
    scans: tuple[Scan, ...]
    step: str
    received: str
    version: str


async def sent(request: Request) -> AsyncIterator[Sent]:
    async with request.form(max_files=MOST_FILES) as form:
        texts = {name: _text(form, name) for name in CARRIED}
        files = [f for f in form.getlist("file") if isinstance(f, UploadFile) and f.filename]
        scans = tuple([Scan(str(f.filename), await f.read()) for f in files])
        steps = (_text(form, name) for name in ("step", "received", "version"))
        yield Sent({n: t for n, t in texts.items() if t}, scans, *steps)


def _text(form: FormData, name: str) -> str:
    value = form.get(name)
    return value if isinstance(value, str) else ""


def router(parts: DeskParts, entrance: Entrance) -> APIRouter:
    routes = APIRouter(prefix="/intake")
    pages = IntakePages(parts)
    working = Depends(entrance.allowed(Permission.WORK))
    guarded = [Depends(require_same_origin), Depends(entrance.acting)]

    @routes.get("")
    def blank(request: Request, session: Session = working) -> HTMLResponse:
        return pages.form(request, session, {"arrived": pages.today})

    @routes.post("", dependencies=guarded)
    def file(
        request: Request, sent: Annotated[Sent, Depends(sent)], session: Session = working
    ) -> HTMLResponse:
        return pages.file(request, session, sent)

    return routes


class IntakePages:
    """The form, and the receipt with the next step."""

    def __init__(self, parts: DeskParts) -> None:
        self._parts = parts
        self._keys = FormKeys(parts.conversations.secret, purpose="desk-intake")

    @property
    def today(self) -> str:
        return local_day(self._parts.office.clock()).isoformat()

    def form(
        self,
        request: Request,
        session: Session,
        form: Mapping[str, str],
        *,
        problems: tuple[Problem, ...] = (),
        failure: str = "",
        status: int = 200,
    ) -> HTMLResponse:
        """The form with what was typed; with a `failure` it gets a new key."""
        key = "" if failure else form.get("form_key", "")
        return office_page(
            request,
            self._parts,
            "desk/intake.html",
            session,
            status=status,
            form=form,
            form_key=key or self._keys.issue(),
            problems=problems,
            wrong={problem.field: problem.message for problem in reversed(problems)},
            failure=failure,
            allowed=ALLOWED,
            megabytes=self._parts.office.upload_megabytes,
            **OPTIONS,
        )

    def file(self, request: Request, session: Session, sent: Sent) -> HTMLResponse:
        """File, take the step that was asked for, and show where it stands."""
        typed = typed_in(sent.form)
        try:
            key = self._keys.key_in(sent.form.get("form_key", ""))
            filed = take_in(self._parts.office, typed, key=key, by=session.login)
        except NotAllowed as fault:
            return self.form(request, session, sent.form, failure=OUTDATED, status=status_of(fault))
        except Conflict as fault:
            return self.form(
                request, session, sent.form, failure=SENT_BEFORE, status=status_of(fault)
            )
        except BadInput as fault:
            problems = in_form_order(typed, fault.problems)
            return self.form(
                request, session, sent.form, problems=problems, status=status_of(fault)
            )
        failure = self._go_on(session, sent, filed.number)
        if sent.step:  # the slip tells the day of receipt as it is now
            filed = take_in(self._parts.office, typed, key=key, by=session.login)
        return self._receipt(request, session, sent, typed, filed, failure)

    def _go_on(self, session: Session, sent: Sent, number: str) -> InquiryError | None:
        """Whatever fails here, the request is filed and its receipt is shown."""
        office, version = self._parts.office, version_in({"version": sent.version})
        try:
            attach(office, number, sent.scans, by=session.login)
            if sent.step:
                received = day_in(sent.received) if sent.received else None
                step(
                    office,
                    number,
                    sent.step,
                    received=received,
                    by=session.login,
                    expected_version=version,
                )
        except (BadInput, Conflict) as fault:
            return fault
        return None

    def _receipt(
        self,
        request: Request,
        session: Session,
        sent: Sent,
        typed: Typed,
        filed: Filed,
        failure: InquiryError | None,
    ) -> HTMLResponse:
        office = self._parts.office
        now = taken(office, filed, typed)
        if sent.step and not now.pending(sent.step):  # a double click: it is done already
            failure = None
        return office_page(
            request,
            self._parts,
            "desk/intake_filed.html",
            session,
            status=status_of(failure) if failure else 200,
            taken=now,
            failure=_sentence(failure),
            changed=CHANGED if now.changed else "",
            carried=sent.form,
            lacks=what_lacks(typed.application),
            aloud=read_aloud(typed.application),
            how=how_received(now.case.channel),
            today=self.today,
            allowed=ALLOWED,
            megabytes=office.upload_megabytes,
            contact=office.contact,
        )


def _sentence(failure: InquiryError | None) -> str:
    if isinstance(failure, BadInput):
        return "".join(problem.message for problem in failure.problems)
    return failure.message if failure else ""
