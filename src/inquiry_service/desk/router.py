"""The desk's routes: sign in, the list by due date, one case, the reply."""

from typing import Annotated

from fastapi import APIRouter, Depends, Form, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from inquiry_service.conversation.transcript import transcript
from inquiry_service.desk.entrance import COOKIE, Entrance
from inquiry_service.desk.parts import DeskParts
from inquiry_service.disclosure.handling import open_case, reply_to_request, requests_for_desk
from inquiry_service.edge.csrf import require_same_origin
from inquiry_service.edge.errors import status_of
from inquiry_service.edge.pages import render
from inquiry_service.errors import BadInput, Conflict, InquiryError, NotSignedIn, Problem
from inquiry_service.staff.accounts import Session, sign_in, sign_out

SEE_OTHER = 303

CHANNELS = {"web": "网页", "api": "接口", "wechat": "微信"}
"""How a request came in, as staff read it."""


def router(parts: DeskParts) -> APIRouter:
    """Everything below `/desk`; nothing but the sign-in page is seen without a session."""
    routes = APIRouter(prefix="/desk", include_in_schema=False)
    entrance = Entrance(parts)
    desk = Desk(parts, entrance)
    guarded = [Depends(require_same_origin)]
    member, acting = Depends(entrance.member), Depends(entrance.acting)

    routes.get("/sign-in")(desk.sign_in_page)
    routes.post("/sign-in", dependencies=guarded)(desk.sign_in)
    routes.post("/sign-out", dependencies=[*guarded, acting])(desk.sign_out)

    @routes.get("")
    def listed(request: Request, show: str = "open", session: Session = member) -> HTMLResponse:
        return desk.listed(request, session, replied=show == "replied")

    @routes.get("/requests/{number}")
    def case(request: Request, number: str, session: Session = member) -> HTMLResponse:
        return desk.case(request, session, number)

    @routes.post("/requests/{number}/reply", dependencies=guarded)
    def reply(
        request: Request,
        number: str,
        outcome_code: Annotated[str, Form()] = "",
        text: Annotated[str, Form()] = "",
        version: Annotated[int, Form()] = 0,
        session: Session = acting,
    ) -> Response:
        typed = {"outcome_code": outcome_code, "text": text}
        return desk.reply(request, session, number, typed, version)

    return routes


def _sentence(failure: InquiryError) -> str:
    return failure.problems[0].message if isinstance(failure, BadInput) else failure.message


class Desk:
    """The pages. Each calls one use case and renders."""

    def __init__(self, parts: DeskParts, entrance: Entrance) -> None:
        self._parts = parts
        self._entrance = entrance

    def sign_in_page(self, request: Request) -> Response:
        try:
            self._entrance.member(request)
        except NotSignedIn:
            return render(request, "desk/sign_in.html", form={}, failure="")
        return RedirectResponse("/desk", SEE_OTHER)

    def sign_in(
        self,
        request: Request,
        login: Annotated[str, Form()] = "",
        password: Annotated[str, Form()] = "",
    ) -> Response:
        """A wrong name and a wrong password read the same."""
        try:
            signed_in = sign_in(self._parts.staff, login, password)
        except InquiryError as failure:
            return render(
                request,
                "desk/sign_in.html",
                status=status_of(failure),
                form={"login": login},
                failure=_sentence(failure),
            )
        response = RedirectResponse("/desk", SEE_OTHER)
        self._entrance.admit(response, signed_in)
        return response

    def sign_out(self, request: Request) -> Response:
        sign_out(self._parts.staff, request.cookies.get(COOKIE, ""))
        response = RedirectResponse("/desk/sign-in", SEE_OTHER)
        self._entrance.dismiss(response)
        return response

    def listed(self, request: Request, session: Session, *, replied: bool) -> HTMLResponse:
        rows = requests_for_desk(self._parts.office, replied=replied)
        return self._page(request, "desk/list.html", session, rows=rows, replied=replied)

    def case(
        self,
        request: Request,
        session: Session,
        number: str,
        *,
        form: dict[str, str] | None = None,
        failure: InquiryError | None = None,
    ) -> HTMLResponse:
        case = open_case(self._parts.office, number)
        problems: tuple[Problem, ...] = failure.problems if isinstance(failure, BadInput) else ()
        return self._page(
            request,
            "desk/case.html",
            session,
            status=status_of(failure) if failure else 200,
            case=case,
            turns=self._turns(case.conversation_id),
            form=form or {},
            problems=problems,
            wrong={problem.field: problem.message for problem in problems},
            failure="" if problems or not failure else failure.message,
        )

    def reply(
        self, request: Request, session: Session, number: str, typed: dict[str, str], version: int
    ) -> Response:
        """Send the reply. What was written is shown again when it cannot be sent."""
        try:
            reply_to_request(
                self._parts.office,
                number,
                outcome_code=typed["outcome_code"],
                text=typed["text"],
                staff_login=session.login,
                expected_version=version,
            )
        except (BadInput, Conflict) as failure:
            return self.case(request, session, number, form=typed, failure=failure)
        return RedirectResponse(f"/desk/requests/{number}", SEE_OTHER)

    def _turns(self, conversation_id: str | None) -> list[object]:
        return (
            list(transcript(self._parts.conversations, conversation_id)) if conversation_id else []
        )

    def _page(
        self,
        request: Request,
        template: str,
        session: Session,
        *,
        status: int = 200,
        **context: object,
    ) -> HTMLResponse:
        return render(
            request,
            template,
            status=status,
            session=session,
            degraded=self._parts.conversations.dialogue.state == "down",
            channels=CHANNELS,
            **context,
        )
