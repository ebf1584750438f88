"""One way to show a page of the desk, and what went wrong on it."""

from typing import Any

from fastapi import Request
from fastapi.responses import HTMLResponse

from inquiry_service.desk.case_page import CHANNELS
from inquiry_service.desk.office_page import unread_count
from inquiry_service.desk.parts import DeskParts
from inquiry_service.edge.errors import status_of
from inquiry_service.edge.pages import render
from inquiry_service.errors import BadInput, InquiryError, Problem
from inquiry_service.staff.accounts import Session
from inquiry_service.staff.roles import Permission


def desk_page(
    parts: DeskParts,
    request: Request,
    template: str,
    session: Session,
    *,
    failure: InquiryError | None = None,
    **context: Any,
) -> HTMLResponse:
    """A page for whoever is signed in; a failure gives the status and stands on the page.

    Templates find `problems` and `wrong` (by field) for what was typed, `failure` for the rest.
    """
    problems: tuple[Problem, ...] = failure.problems if isinstance(failure, BadInput) else ()
    return render(
        request,
        template,
        status=status_of(failure) if failure else 200,
        session=session,
        degraded=parts.conversations.dialogue.state == "down",
        channels=CHANNELS,
        may={permission.name.lower(): session.may(permission) for permission in Permission},
        unread_notices=unread_count(parts, session),
        problems=problems,
        wrong={problem.field: problem.message for problem in problems},
        failure=failure.message if failure and not problems else "",
        **context,
    )
