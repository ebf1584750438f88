"""Applying and following: the form of 条例第二十九条, its check page, the receipt, the progress.

The check page carries everything typed in hidden fields: nothing is stored before it is filed.
A form key issued with the form makes filing it twice the same request.
"""

from collections.abc import Mapping
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request
from fastapi.responses import HTMLResponse, Response
from starlette.datastructures import FormData

from inquiry_service.disclosure.drafts import draft_of
from inquiry_service.disclosure.filing import file_request
from inquiry_service.disclosure.following import follow_request
from inquiry_service.disclosure.request import (
    ApplicantKind,
    Application,
    IdentityKind,
    ReceiveBy,
    SupplyForm,
    application_from,
    check,
)
from inquiry_service.edge.csrf import FormKeys, require_same_origin
from inquiry_service.edge.errors import status_of
from inquiry_service.edge.pages import render
from inquiry_service.errors import InquiryError, NotAllowed, NotFound, Problem
from inquiry_service.web.nearest import nearest_published
from inquiry_service.web.parts import WebParts
from inquiry_service.web.request_fields import filled_fields, shown_fields

_OPTIONS = {
    "applicant_kinds": list(ApplicantKind),
    "identity_kinds": list(IdentityKind),
    "supply_forms": list(SupplyForm),
    "receive_ways": list(ReceiveBy),
}


async def typed(request: Request) -> dict[str, str]:
    """What a form sent, as text; files and repeated names are dropped."""
    form: FormData = await request.form()
    return {name: value for name, value in form.items() if isinstance(value, str)}


Typed = Annotated[dict[str, str], Depends(typed)]


def router(parts: WebParts) -> APIRouter:
    routes = APIRouter(prefix="/requests", include_in_schema=False)
    guarded = [Depends(require_same_origin)]
    pages = RequestPages(parts)
    routes.get("/new")(pages.blank)
    routes.post("/check", dependencies=guarded)(pages.check)
    routes.post("/change", dependencies=guarded)(pages.change)
    routes.post("/answered", dependencies=guarded)(pages.answered)
    routes.post("", dependencies=guarded)(pages.file)
    routes.get("")(pages.lookup)
    routes.post("/follow", dependencies=guarded)(pages.follow)
    routes.get("/{number}")(pages.follow_by_address)
    return routes


class RequestPages:
    """The pages of one request, in the order a person meets them."""

    def __init__(self, parts: WebParts) -> None:
        self._parts = parts
        self._keys = FormKeys(parts.conversations.secret, purpose="disclosure-request")

    def blank(self, request: Request, draft: str = "") -> HTMLResponse:
        """The empty form, or with what was said in a conversation."""
        form, expired = {}, False
        if draft:
            try:
                form = filled_fields(draft_of(self._parts.office, draft)) | {"draft": draft}
            except NotFound:
                expired = True
        return self._form(request, form, prefilled=bool(form), expired=expired)

    def check(self, request: Request, form: Typed) -> HTMLResponse:
        """The page before filing: what is said, and what is published near it."""
        application = application_from(form)
        problems = check(application)
        if problems:
            return self._form(request, form, problems=problems)
        return self._checked(request, application, form)

    def change(self, request: Request, form: Typed) -> HTMLResponse:
        return self._form(request, form)

    def answered(self, request: Request) -> HTMLResponse:
        return render(request, "web/request_answered.html")

    def file(self, request: Request, form: Typed) -> HTMLResponse:
        """File, and show number and look-up code; the same form again shows the same ones."""
        application = application_from(form)
        if problems := check(application):
            return self._form(request, form, problems=problems)
        try:
            key = self._keys.key_in(form.get("form_key", ""))
        except NotAllowed:
            expired = (Problem("description", "页面放得太久了，请核对内容后再提交一次。"),)
            return self._form(request, form | {"form_key": ""}, problems=expired)
        filed = file_request(
            self._parts.office,
            application,
            submission_key=key,
            draft_id=form.get("draft") or None,
            near_answers=[near for near in form.get("near", "").split() if near],
        )
        return render(request, "web/request_filed.html", filed=filed)

    def lookup(self, request: Request) -> HTMLResponse:
        return self._lookup(request, {})

    def follow(self, request: Request, form: Typed) -> HTMLResponse:
        """Progress and reply; a wrong code and an unknown number read the same."""
        try:
            following = follow_request(
                self._parts.office, form.get("number", ""), form.get("code", "")
            )
        except InquiryError as failure:
            return self._lookup(request, form, failure)
        return render(request, "web/request_follow.html", following=following)

    def follow_by_address(self, request: Request, number: str, code: str = "") -> Response:
        """`/requests/NUMBER` asks for the code, unless the address brings it."""
        if not code:
            return self._lookup(request, {"number": number})
        return self.follow(request, {"number": number, "code": code})

    def _form(
        self,
        request: Request,
        form: Mapping[str, str],
        *,
        problems: tuple[Problem, ...] = (),
        prefilled: bool = False,
        expired: bool = False,
    ) -> HTMLResponse:
        return render(
            request,
            "web/request_form.html",
            status=422 if problems else 200,
            form=form,
            problems=problems,
            wrong={problem.field: problem.message for problem in reversed(problems)},
            prefilled=prefilled,
            expired=expired,
            draft=form.get("draft", ""),
            form_key=form.get("form_key") or self._keys.issue(),
            **_OPTIONS,
        )

    def _checked(
        self, request: Request, application: Application, form: Mapping[str, str]
    ) -> HTMLResponse:
        near = nearest_published(self._parts, application.description)
        return render(
            request,
            "web/request_check.html",
            shown=shown_fields(application),
            carried_fields={**form, "near": " ".join(found.passage_id for found in near)},
            near=near,
        )

    def _lookup(
        self, request: Request, form: Mapping[str, Any], failure: InquiryError | None = None
    ) -> HTMLResponse:
        return render(
            request,
            "web/request_lookup.html",
            status=status_of(failure) if failure else 200,
            form=form,
            wrong={},
            failure=failure.message if failure else "",
        )
