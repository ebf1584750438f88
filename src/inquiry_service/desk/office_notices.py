"""Notices at the desk: one's own, and for administrators what has left the house and what not."""

from typing import Annotated

from fastapi import APIRouter, Depends, Form, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from pydantic import Field

from inquiry_service.desk.entrance import Entrance
from inquiry_service.desk.office_page import office_page
from inquiry_service.desk.parts import DeskParts
from inquiry_service.disclosure.rules.numbering import find_request_number
from inquiry_service.edge.csrf import require_same_origin
from inquiry_service.edge.errors import status_of
from inquiry_service.errors import Conflict, InquiryError, NotFound
from inquiry_service.moments import CHINA
from inquiry_service.notify import (
    Medium,
    PostOffice,
    mark_read,
    resend,
    settle,
    undecided,
    unread,
)
from inquiry_service.notify.waiting import waiting
from inquiry_service.staff.accounts import Session
from inquiry_service.staff.roles import Permission

SEE_OTHER = 303
HERE = "/desk/notices"
MOST_WAITING = 100
MEDIA = {Medium.EMAIL: "电子邮件", Medium.SMS: "短信", Medium.IN_APP: "站内"}
Id = Annotated[int, Field(ge=1, le=2**31 - 1)]
"""What the database can hold."""
DECISIONS = {"resend": resend, "settle": settle}


def router(parts: DeskParts, entrance: Entrance) -> APIRouter:
    routes = APIRouter(prefix="/notices")
    pages = NoticePages(parts)
    member = Depends(entrance.member)
    administering = Depends(entrance.allowed(Permission.ADMINISTER))
    guarded = [Depends(require_same_origin), Depends(entrance.acting)]

    @routes.get("")
    def shown(request: Request, done: str = "", session: Session = member) -> HTMLResponse:
        return pages.shown(request, session, done=done)

    @routes.post("/read", dependencies=guarded)
    def read(
        ids: Annotated[list[Id] | None, Form(alias="notice")] = None,
        session: Session = member,
    ) -> RedirectResponse:
        return pages.read(session, ids or [])

    @routes.post("/decide", dependencies=guarded)
    def decide(
        request: Request,
        notice: Annotated[Id | None, Form()] = None,
        decision: Annotated[str, Form()] = "",
        session: Session = administering,
    ) -> Response:
        return pages.decide(request, session, notice or 0, decision)

    return routes


class NoticePages:
    """The list of a member, and the outbox of the house."""

    def __init__(self, parts: DeskParts) -> None:
        self._parts = parts

    @property
    def _post(self) -> PostOffice:
        if self._parts.office.post is None:
            raise NotFound("通知，本机没有启用")
        return self._parts.office.post

    def shown(
        self,
        request: Request,
        session: Session,
        *,
        done: str = "",
        failure: InquiryError | None = None,
    ) -> HTMLResponse:
        post, administers = self._parts.office.post, session.may(Permission.ADMINISTER)
        queue = waiting(post) if post and administers else ()
        mine = unread(post, session.login) if post else ()
        return office_page(
            request,
            self._parts,
            "desk/office_notices.html",
            session,
            status=status_of(failure) if failure else 200,
            mine=mine,
            cases={one.id: find_request_number(one.text) for one in mine},
            administers=administers,
            undecided=undecided(post) if post and administers else (),
            queue=queue[:MOST_WAITING],
            waiting=len(queue),
            stranded=sorted({MEDIA[one.medium] for one in queue if not one.carried}),
            media=MEDIA,
            china=CHINA,
            done={"resend": "已重新放入发送队列。", "settle": "已记为不再发送。"}.get(done, ""),
            failure=failure.message if failure else "",
        )

    def read(self, session: Session, ids: list[int]) -> RedirectResponse:
        """Take them off one's own list; somebody else's are not found."""
        for notice in ids:
            mark_read(self._post, notice, session.login)
        return RedirectResponse(HERE, SEE_OTHER)

    def decide(self, request: Request, session: Session, notice: int, decision: str) -> Response:
        """Send again, or leave it; the decision is written down with the login."""
        try:
            if decision not in DECISIONS:
                raise NotFound("这种处理方式")
            DECISIONS[decision](self._post, notice, session.login)
        except (NotFound, Conflict) as fault:
            return self.shown(request, session, failure=fault)
        return RedirectResponse(f"{HERE}?done={decision}", SEE_OTHER)
