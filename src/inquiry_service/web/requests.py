"""Applying: the form of 条例第二十九条, its check page, the receipt.

The check page carries everything typed in hidden fields: nothing is stored before it is filed.
A form key issued with the form makes filing it twice the same request.
"""

from collections.abc import Mapping
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request
from fastapi.responses import HTMLResponse, RedirectResponse

from inquiry_service.disclosure.drafts import draft_of
from inquiry_service.disclosure.filing import Filed, file_request
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
from inquiry_service.edge.pages import render
from inquiry_service.errors import NotAllowed, NotFound, Problem
from inquiry_service.web.following import FollowingPages
from inquiry_service.web.nearest import MOST, nearest_published
from inquiry_service.web.parts import WebParts
from inquiry_service.web.request_fields import (
    carried_fields,
    filled_description,
    filled_fields,
    in_form_order,
    passage_ids,
    shown_fields,
    submission_key,
)
from inquiry_service.web.submitted import Sent

SEE_OTHER = 303
HERE = "/requests/new"
"""Where the navigation shows a person to be, on every page of applying."""

_OPTIONS: dict[str, Any] = {
    "applicant_kinds": list(ApplicantKind),
    "identity_kinds": list(IdentityKind),
    "supply_forms": list(SupplyForm),
    "receive_ways": list(ReceiveBy),
}


async def typed(sent: Sent) -> dict[str, str]:
    """The fields of the application form, as they were typed."""
    return carried_fields(sent)


Typed = Annotated[dict[str, str], Depends(typed)]


def router(parts: WebParts) -> APIRouter:
    routes = APIRouter(prefix="/requests", include_in_schema=False)
    guarded = [Depends(require_same_origin)]
    pages, following = RequestPages(parts), FollowingPages(parts)
    routes.get("/new")(pages.blank)
    for step in ("/check", "/change"):  # an address without its form: nothing can be shown
        routes.get(step)(to_the_form)
    routes.post("/check", dependencies=guarded)(pages.check)
    routes.post("/change", dependencies=guarded)(pages.change)
    routes.get("/answered")(answered)
    routes.post("/answered", dependencies=guarded)(answered)
    routes.post("", dependencies=guarded)(pages.file)
    routes.get("")(following.lookup)
    routes.get("/follow")(following.lookup)
    routes.post("/follow", dependencies=guarded)(following.follow)
    routes.get("/{number}")(following.by_address)
    return routes


def to_the_form() -> RedirectResponse:
    return RedirectResponse(HERE, SEE_OTHER)


def answered(request: Request) -> HTMLResponse:
    """What was published did answer: nothing is filed."""
    return render(request, "web/request_answered.html", path=HERE)


class RequestPages:
    """The pages of filing, in the order a person meets them."""

    def __init__(self, parts: WebParts) -> None:
        self._parts = parts
        self._keys = FormKeys(parts.conversations.secret, purpose="disclosure-request")

    def blank(self, request: Request, draft: str = "", description: str = "") -> HTMLResponse:
        """The empty form, or with what was said in a conversation or asked on a page."""
        form, unusable = filled_description(description), False
        if draft:
            try:
                form = filled_fields(draft_of(self._parts.office, draft)) | {"draft": draft}
            except NotFound:
                unusable = True
        return self._form(request, form, prefilled=bool(form), unusable=unusable)

    def check(self, request: Request, form: Typed) -> HTMLResponse:
        """The page before filing: what is said, and what is published near it."""
        application = application_from(form)
        if problems := check(application):
            return self._form(request, form, problems=problems)
        return self._checked(request, application, form)

    def change(self, request: Request, form: Typed) -> HTMLResponse:
        return self._form(request, form)

    def file(self, request: Request, form: Typed, sent: Sent) -> HTMLResponse:
        """File, and show number and look-up code; the same form again shows the same ones.

        Not a redirect: the code must not stand in an address.
        """
        application = application_from(form)
        if problems := check(application):
            return self._form(request, form, problems=problems)
        try:
            key = self._keys.key_in(form.get("form_key", ""))
        except NotAllowed:
            return self._checked(request, application, form, outdated=True)
        filed = self._filed(application, key, form.get("draft", ""), str(sent.get("near", "")))
        return render(
            request,
            "web/request_filed.html",
            path=HERE,
            filed=filed,
            wanted=application.description,
        )

    def _filed(self, application: Application, key: str, draft: str, near: str) -> Filed:
        return file_request(
            self._parts.office,
            application,
            submission_key=submission_key(key, application),
            draft_id=draft or None,
            near_answers=passage_ids(near, most=MOST),
        )

    def _form(
        self,
        request: Request,
        form: Mapping[str, str],
        *,
        problems: tuple[Problem, ...] = (),
        prefilled: bool = False,
        unusable: bool = False,
    ) -> HTMLResponse:
        problems = in_form_order(problems)
        return render(
            request,
            "web/request_form.html",
            status=422 if problems else 200,
            path=HERE,
            form=form,
            problems=problems,
            wrong={problem.field: problem.message for problem in reversed(problems)},
            prefilled=prefilled,
            unusable=unusable,
            form_key=form.get("form_key") or self._keys.issue(),
            **_OPTIONS,
        )

    def _checked(
        self,
        request: Request,
        application: Application,
        form: Mapping[str, str],
        *,
        outdated: bool = False,
    ) -> HTMLResponse:
        """`outdated`: the form's key is too old or not ours, so it gets a new one."""
        near = nearest_published(self._parts, application.description)
        key = self._keys.issue() if outdated else form.get("form_key", "")
        shown = {"near": " ".join(found.passage_id for found in near), "form_key": key}
        return render(
            request,
            "web/request_check.html",
            path=HERE,
            shown=shown_fields(application),
            carried_fields={**form, **shown},
            near=near,
            outdated=outdated,
        )
