"""Filing on pages: form, check page, receipt, in the order a person meets them.

The check page carries everything typed in hidden fields: nothing is stored before it is filed.
A form key issued with the form makes filing it twice the same request.
"""

from collections.abc import Mapping
from typing import Annotated, Any

from fastapi import Depends, Request
from fastapi.responses import HTMLResponse

from inquiry_service.disclosure.procedure.before_filing import answers_shown, confirmed_answered
from inquiry_service.disclosure.procedure.drafts import draft_of
from inquiry_service.disclosure.procedure.filing import Filed, file_request
from inquiry_service.disclosure.procedure.pacing import take_turn_to_file
from inquiry_service.disclosure.rules.matters import Matter
from inquiry_service.disclosure.rules.request import (
    ApplicantKind,
    Application,
    IdentityKind,
    ReceiveBy,
    SupplyForm,
    application_from,
    check,
)
from inquiry_service.edge.csrf import FormKeys
from inquiry_service.edge.errors import status_of
from inquiry_service.edge.pages import render
from inquiry_service.edge.visitors import visitor_address
from inquiry_service.errors import Conflict, NotAllowed, NotFound, Problem, TooMuchFromHere
from inquiry_service.web.nearest import MOST, Near, nearest_published
from inquiry_service.web.parts import WebParts
from inquiry_service.web.request_access import Access
from inquiry_service.web.request_fields import (
    carried_fields,
    filled_description,
    filled_fields,
    in_form_order,
    passage_ids,
    shown_fields,
    submission_key,
)
from inquiry_service.web.request_materials import upload_rules
from inquiry_service.web.request_matters import WORDS, Words, matter_named
from inquiry_service.web.request_sights import sights
from inquiry_service.web.submitted import Sent, text_in

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


class RequestPages:
    """From the empty form to number and code."""

    def __init__(self, parts: WebParts) -> None:
        self._parts = parts
        self._keys = FormKeys(parts.conversations.secret, purpose="disclosure-request")
        self._access = Access(parts.conversations.secret, parts.office.clock, parts.access_at_most)

    def blank(
        self, request: Request, draft: str = "", description: str = "", matter: str = ""
    ) -> HTMLResponse:
        """The empty form, or with what was said in a conversation or asked on a page."""
        form, unusable = filled_description(description), False
        if draft:
            try:
                form = filled_fields(draft_of(self._parts.office, draft)) | {"draft": draft}
            except NotFound:
                unusable = True
        of_matter = {"matter": matter} if matter else {}
        return self._form(request, form | of_matter, prefilled=bool(form), unusable=unusable)

    def check(self, request: Request, form: Typed) -> HTMLResponse:
        """The page before filing: what is said, and what is published near it."""
        application = application_from(form)
        if problems := check(application):
            return self._form(request, form, problems=problems)
        return self._checked(request, application, form)

    def change(self, request: Request, form: Typed) -> HTMLResponse:
        return self._form(request, form)

    def answered(self, request: Request, form: Typed) -> HTMLResponse:
        """What was published did answer: nothing is filed, and only that is counted."""
        if key := self._key_in(form):
            confirmed_answered(self._parts.office, key)
        return render(request, "web/request_answered.html", path=HERE)

    def file(self, request: Request, form: Typed, sent: Sent) -> HTMLResponse:
        """File, and show number and look-up code; the same form again shows the same ones.

        Not a redirect: the code must not stand in an address.
        """
        application = application_from(form)
        if problems := check(application):
            return self._form(request, form, problems=problems)
        key = self._key_in(form)
        if not key:
            return self._checked(request, application, form, outdated=True)
        try:
            self._pace(request, application, key)
        except TooMuchFromHere as fault:
            return self._checked(request, application, form, held_up=fault)
        filed = self._filed(application, key, form, text_in(sent, "near"))
        return render(
            request,
            "web/request_filed.html",
            path=HERE,
            filed=filed,
            wanted=application.description,
            words=_words(form),
            access=self._access.issue(filed.number),
            upload_rules=upload_rules(self._parts.office),
            most_bytes=self._parts.office.upload_megabytes * 1024 * 1024,
        )

    def _pace(self, request: Request, application: Application, key: str) -> None:
        take_turn_to_file(
            self._parts.office,
            application,
            [key, submission_key(key, application)],
            visitor_address(request),
            allowed=self._parts.filings_per_address,
        )

    def _key_in(self, form: Mapping[str, str]) -> str:
        """The random key that a form was issued with; empty when it is forged or too old."""
        try:
            return self._keys.key_in(form.get("form_key", ""))
        except NotAllowed:
            return ""

    def _filed(
        self, application: Application, key: str, form: Mapping[str, str], near: str
    ) -> Filed:
        """Under the key by which it is counted what became of a form (`before_filing`).

        A form that was changed after it had been filed is a request of its own.
        """
        try:
            return self._filed_under(key, application, form, near)
        except Conflict:
            return self._filed_under(submission_key(key, application), application, form, near)

    def _filed_under(
        self, key: str, application: Application, form: Mapping[str, str], near: str
    ) -> Filed:
        return file_request(
            self._parts.office,
            application,
            submission_key=key,
            draft_id=form.get("draft") or None,
            near_answers=passage_ids(near, most=MOST),
            matter=matter_named(form.get("matter")),
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
            matter=matter_named(form.get("matter")).value,
            words=_words(form),
            upload_rules=upload_rules(self._parts.office),
            **_OPTIONS,
        )

    def _checked(
        self,
        request: Request,
        application: Application,
        form: Mapping[str, str],
        *,
        outdated: bool = False,
        held_up: TooMuchFromHere | None = None,
    ) -> HTMLResponse:
        """`outdated`: the form's key was too old or not ours when it was to be filed.

        `held_up`: too much came from this address; everything typed is still there.
        """
        near = self._near(form, application)
        form_key = form.get("form_key", "")
        key = self._key_in(form)
        if not key:
            form_key = self._keys.issue()
            key = self._keys.key_in(form_key)
        if near:
            answers_shown(self._parts.office, key, offered=len(near))
        shown = {
            "near": " ".join(filter(None, (found.passage_id for found in near))),
            "form_key": form_key,
        }
        matter = matter_named(form.get("matter"))
        return render(
            request,
            "web/request_check.html",
            status=status_of(held_up) if held_up else 200,
            headers={"Retry-After": str(held_up.retry_after)} if held_up else None,
            path=HERE,
            held_up=held_up.message if held_up else "",
            shown=shown_fields(application, _words(form).wanted),
            carried_fields={**form, **shown},
            near=near,
            sights=sights(application.description) if matter is Matter.REQUEST else [],
            outdated=outdated,
            words=_words(form),
            form_key=form_key,
        )

    def _near(self, form: Mapping[str, str], application: Application) -> list[Near]:
        """A mistake in a record about oneself is not answered by what is published."""
        if matter_named(form.get("matter")) is Matter.RECORD_CORRECTION:
            return []
        return nearest_published(self._parts, application.description)


def _words(form: Mapping[str, str]) -> Words:
    return WORDS[matter_named(form.get("matter"))]
