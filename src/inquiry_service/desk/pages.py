"""The desk's pages. Each calls one use case and renders."""

from typing import Annotated

from fastapi import Form, Query, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from inquiry_service.answering.why import Explanation
from inquiry_service.desk.case_page import SIGHTS, case_page
from inquiry_service.desk.entrance import COOKIE, Entrance, case_address
from inquiry_service.desk.list_page import list_page
from inquiry_service.desk.parts import DeskParts
from inquiry_service.desk.rendering import desk_page
from inquiry_service.desk.submitted import Typed
from inquiry_service.desk.why_page import explained
from inquiry_service.disclosure.looking.handling import open_case
from inquiry_service.disclosure.procedure.showing import show_identity
from inquiry_service.edge.errors import status_of
from inquiry_service.edge.pages import render
from inquiry_service.edge.visitors import visitor_address
from inquiry_service.errors import BadInput, NotFound, NotSignedIn, TooManyAttempts
from inquiry_service.staff.accounts import Session, sign_in, sign_out

SEE_OTHER = 303


class Desk:
    """What a member of staff sees and does."""

    def __init__(self, parts: DeskParts, entrance: Entrance) -> None:
        self._parts = parts
        self._entrance = entrance

    def sign_in_page(
        self, request: Request, back_to: Annotated[str, Query(alias="next")] = ""
    ) -> Response:
        """`next` is used for the number of a case in it and for nothing else."""
        back_to = case_address(back_to)
        try:
            self._entrance.member(request)
        except NotSignedIn:
            return render(request, "desk/sign_in.html", form={}, failure="", back_to=back_to)
        return RedirectResponse(back_to or "/desk", SEE_OTHER)

    def sign_in(
        self,
        request: Request,
        login: Annotated[str, Form()] = "",
        password: Annotated[str, Form()] = "",
        back_to: Annotated[str, Form(alias="next")] = "",
    ) -> Response:
        """A wrong name and a wrong password read the same."""
        try:
            address = visitor_address(request)
            signed_in = sign_in(self._parts.staff, login, password, address=address)
        except (BadInput, TooManyAttempts) as failure:
            return _not_admitted(request, login, failure, case_address(back_to))
        response = RedirectResponse(case_address(back_to) or "/desk", SEE_OTHER)
        self._entrance.admit(response, signed_in)
        return response

    def sign_out(self, request: Request) -> Response:
        sign_out(self._parts.staff, request.cookies.get(COOKIE, ""))
        response = RedirectResponse("/desk/sign-in", SEE_OTHER)
        self._entrance.dismiss(response)
        return response

    def listed(
        self, request: Request, session: Session, *, ended: bool, wanted: str = ""
    ) -> Response:
        """The open or the ended requests; with a number to look for, out of both."""
        page = list_page(self._parts, ended=ended, wanted=wanted)
        if page.only:
            return RedirectResponse(f"/desk/requests/{page.only}", SEE_OTHER)
        return desk_page(self._parts, request, "desk/list.html", session, page=page)

    def case(self, request: Request, session: Session, number: str) -> HTMLResponse:
        return self._case(request, session, number, whole="")

    def identity(
        self, request: Request, session: Session, number: str, typed: Typed
    ) -> HTMLResponse:
        """The case with the whole number, this once; that it was looked at is recorded first."""
        what = typed.get("what", "")
        whole = show_identity(self._parts.office, number, what, by=session.login)
        return self._case(request, session, number, whole)

    def _case(self, request: Request, session: Session, number: str, whole: str) -> HTMLResponse:
        case = open_case(self._parts.office, number)
        return desk_page(
            self._parts,
            request,
            "desk/case.html",
            session,
            case=case,
            page=case_page(self._parts, case, session),
            whole=whole,
            fees=self._parts.office.fees,
            sight_labels=SIGHTS,
        )

    def why(self, request: Request, session: Session, answer_id: str) -> HTMLResponse:
        """Why a question was answered so, by the id of the answer; without one the form alone."""
        told: Explanation | None = None
        failure: NotFound | None = None
        try:
            told = explained(self._parts, answer_id) if answer_id else None
        except NotFound as fault:
            failure = fault
        return desk_page(
            self._parts,
            request,
            "desk/why.html",
            session,
            failure=failure,
            answer_id=answer_id,
            told=told,
        )


def _not_admitted(
    request: Request, login: str, failure: BadInput | TooManyAttempts, back_to: str
) -> HTMLResponse:
    if isinstance(failure, TooManyAttempts):
        sentence, headers = failure.message, {"Retry-After": str(failure.retry_after)}
    else:
        sentence, headers = failure.problems[0].message, None
    return render(
        request,
        "desk/sign_in.html",
        status=status_of(failure),
        headers=headers,
        form={"login": login},
        failure=sentence,
        back_to=back_to,
    )
