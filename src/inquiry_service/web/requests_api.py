"""Disclosure requests over JSON: file one, follow one, and what an applicant does about it."""

from typing import Annotated, Literal

from fastapi import APIRouter, File, Form, Header, Query, Request, Response, UploadFile

from inquiry_service.disclosure.looking.following import Following, follow_request
from inquiry_service.disclosure.procedure.filing import file_request
from inquiry_service.disclosure.procedure.pacing import take_turn, take_turn_to_file
from inquiry_service.disclosure.rules.request import application_from, check
from inquiry_service.edge.visitors import visitor_address
from inquiry_service.errors import BadInput, Problem
from inquiry_service.web.parts import WebParts
from inquiry_service.web.request_acts import ACTS, Typed
from inquiry_service.web.request_letters import letter_response
from inquiry_service.web.request_materials import take_in
from inquiry_service.web.request_schemas import (
    CodeIn,
    ComplaintIn,
    CorrectionIn,
    FiledOut,
    FollowingOut,
    MaterialsOut,
    ReasonsIn,
    RequestIn,
    followed,
    taken,
)
from inquiry_service.web.schemas import errors

PREFIX = "/api/v1/disclosure-requests"
InHeader = Annotated[
    str, Header(alias="Lookup-Code", description="The look-up code, instead of in the body.")
]


def router(parts: WebParts) -> APIRouter:
    routes = APIRouter(prefix=PREFIX, tags=["disclosure requests"])
    _filing(routes, parts)
    _following(routes, _Requests(parts))
    _acts(routes, _Requests(parts))
    return routes


class _Requests:
    """One request at a time, for whoever knows its code."""

    def __init__(self, parts: WebParts) -> None:
        self.parts = parts
        self.office = parts.office

    def opened(self, number: str, *codes: str) -> Following:
        """With the first code that is given. Raises `BadInput` without one."""
        code = next((code for code in codes if code.strip()), "")
        if not code:
            raise BadInput([Problem("code", "缺少这一项")])
        return follow_request(self.office, number, code)

    def told(self, number: str, *codes: str) -> FollowingOut:
        return followed(self.opened(number, *codes), self.parts.today)

    def act(self, name: str, number: str, typed: Typed, *codes: str) -> FollowingOut:
        """One act, and where the request stands then."""
        proper = self.opened(number, *codes).number
        ACTS[name].do(self.office, proper, typed, None)
        return self.told(proper, *codes)


def _filing(routes: APIRouter, parts: WebParts) -> None:
    @routes.post(
        "",
        status_code=201,
        summary="File a disclosure request",
        responses=errors(409, 413, 422, 429),
    )
    def file(request: Request, stated: RequestIn) -> FiledOut:
        """File once; the same `client_request_id` again returns the same acknowledgement.

        Another application of the same applicant under the same id is refused, not lost silently.
        One address files so many within 15 minutes: then 429, with `Retry-After` in seconds.
        """
        application = application_from(stated.model_dump(exclude={"client_request_id", "matter"}))
        if problems := check(application):
            raise BadInput(problems)
        key, address = f"api:{stated.client_request_id}", visitor_address(request)
        allowed = parts.filings_per_address
        take_turn_to_file(parts.office, application, [key], address, allowed=allowed)
        filed = file_request(
            parts.office, application, submission_key=key, channel="api", matter=stated.matter
        )
        return FiledOut(
            number=filed.number,
            lookup_code=filed.lookup_code,
            received=filed.received.isoformat() if filed.received else None,
            due=filed.due.due.isoformat() if filed.due else None,
            provisional=bool(filed.due and filed.due.provisional),
        )


def _following(routes: APIRouter, requests: _Requests) -> None:
    @routes.get("/{number}", summary="Follow a request", responses=errors(404, 422, 429))
    def follow(
        number: str,
        code: Annotated[str, Query(description="The look-up code, unless in the header.")] = "",
        lookup_code: InHeader = "",
    ) -> FollowingOut:
        """Needs the look-up code; a wrong code and an unknown number read the same."""
        return requests.told(number, lookup_code, code)

    @routes.get(
        "/{number}/letters/{letter}",
        summary="The document of a letter",
        response_class=Response,
        responses=errors(404, 422, 429, 503),
    )
    def letter_document(
        number: str,
        letter: str,
        lookup_code: InHeader = "",
        form: Annotated[
            Literal["docx", "pdf"],
            Query(alias="format", description="`pdf` needs LibreOffice on the server: else 503."),
        ] = "docx",
    ) -> Response:
        """The Word document byte for byte as it was sent, or a PDF made of it."""
        following = requests.opened(number, lookup_code)
        return letter_response(requests.office, following, letter, form)


def _acts(routes: APIRouter, requests: _Requests) -> None:
    responses = errors(404, 409, 413, 422, 429)

    @routes.post("/{number}/corrections", summary="Submit a correction", responses=responses)
    def correct(number: str, said: CorrectionIn, lookup_code: InHeader = "") -> FollowingOut:
        """Only while one is asked for: otherwise 409. The limit then starts anew (条例30).

        The same correction sent again is answered with where the request stands.
        """
        typed = said.model_dump(exclude={"code"})
        return requests.act("correction", number, typed, lookup_code, said.code)

    @routes.post("/{number}/reasons", summary="Give reasons", responses=responses)
    def reason(number: str, said: ReasonsIn, lookup_code: InHeader = "") -> FollowingOut:
        """Only while they are asked for: otherwise 409. They stop no clock (条例35).

        The same reasons sent again are answered with where the request stands.
        """
        return requests.act("reasons", number, {"reasons": said.reasons}, lookup_code, said.code)

    @routes.post("/{number}/withdrawal", summary="Withdraw a request", responses=responses)
    def withdraw(
        number: str, said: CodeIn | None = None, lookup_code: InHeader = ""
    ) -> FollowingOut:
        """Cannot be undone; 409 once it was replied to. Withdrawn already, it stays withdrawn."""
        code = said.code if said else ""
        return requests.act("withdrawal", number, {}, lookup_code, code)

    @routes.post("/{number}/complaints", summary="Complain", responses=responses)
    def complain(number: str, said: ComplaintIn, lookup_code: InHeader = "") -> FollowingOut:
        """About how the request is handled (条例47, 51); it stops no clock.

        The same words again on the same day are one complaint until the request has moved on.
        """
        typed = {"complaint": said.complaint}
        return requests.act("complaint", number, typed, lookup_code, said.code)

    @routes.post("/{number}/materials", summary="Add files", responses=responses)
    def add(
        request: Request,
        number: str,
        file: Annotated[list[UploadFile], File(description="One or more, each up to the limit.")],
        code: Annotated[str, Form()] = "",
        lookup_code: InHeader = "",
    ) -> MaterialsOut:
        """Each file is taken in or refused by itself; 422 when none could be taken in."""
        proper = requests.opened(number, lookup_code, code).number
        allowed = requests.parts.uploads_per_address
        take_turn(requests.office, "upload", visitor_address(request), allowed=allowed)
        named = ((one.filename or "", one.file.read()) for one in file)
        taken_in = take_in(requests.office, proper, named)
        if taken_in.problems and not taken_in.received:
            raise BadInput(taken_in.problems)
        return taken(taken_in)
