"""Pages of the desk beside the cases: rendered alike, with what the navigation shows."""

from typing import Any

from fastapi import Request
from fastapi.responses import HTMLResponse

from inquiry_service.desk.parts import DeskParts
from inquiry_service.edge.pages import render
from inquiry_service.notify import unread
from inquiry_service.staff.accounts import Session
from inquiry_service.staff.roles import Permission


def office_page(
    request: Request,
    parts: DeskParts,
    template: str,
    session: Session,
    *,
    status: int = 200,
    **context: Any,
) -> HTMLResponse:
    """A page for whoever is signed in."""
    return render(
        request,
        template,
        status=status,
        session=session,
        degraded=parts.conversations.dialogue.state == "down",
        may={permission.name.lower(): session.may(permission) for permission in Permission},
        unread_notices=unread_count(parts, session),
        **context,
    )


def unread_count(parts: DeskParts, session: Session) -> int:
    """How many notices wait for this member; none where no notices are kept."""
    return len(unread(parts.office.post, session.login)) if parts.office.post else 0
