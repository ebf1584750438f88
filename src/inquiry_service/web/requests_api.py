"""Disclosure requests over JSON: file one, follow one."""

from typing import Annotated

from fastapi import APIRouter
from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from inquiry_service.disclosure.filing import file_request
from inquiry_service.disclosure.following import Following, follow_request
from inquiry_service.disclosure.replies import ReplyGiven
from inquiry_service.disclosure.request import (
    ApplicantKind,
    IdentityKind,
    ReceiveBy,
    SupplyForm,
    application_from,
    check,
)
from inquiry_service.errors import BadInput
from inquiry_service.web.parts import WebParts
from inquiry_service.web.schemas import errors

_SHORT = Field("", max_length=200)


class RequestIn(BaseModel):
    """What 条例第二十九条 asks an applicant to state."""

    model_config = ConfigDict(extra="forbid")

    client_request_id: Annotated[str, StringConstraints(strip_whitespace=True)] = Field(
        min_length=8,
        max_length=100,
        description="Chosen by the client, one for each application: sending the same one again"
        " with the same application gives the same request, with another one a conflict.",
    )
    applicant_kind: ApplicantKind
    name: str = _SHORT
    identity_kind: IdentityKind | None = None
    identity_number: str = _SHORT
    organisation_name: str = _SHORT
    credit_code: str = _SHORT
    representative: str = _SHORT
    contact_person: str = _SHORT
    phone: str = _SHORT
    email: str = _SHORT
    address: str = _SHORT
    description: str = Field(max_length=4000)
    document_number: str = _SHORT
    period: str = _SHORT
    supply_form: SupplyForm
    receive_by: ReceiveBy
    consent: bool = Field(
        description="The notice of 个人信息保护法第十七条 was read and agreed to."
    )


class FiledOut(BaseModel):
    """The acknowledgement (接收回执)."""

    number: str = Field(examples=["YSQ-2026-00012"])
    lookup_code: str = Field(description="Needed to follow the request; keep it secret.")
    received: str | None = Field(description="Day of receipt, YYYY-MM-DD.")
    due: str | None = Field(description="Last day for the reply, YYYY-MM-DD.")
    provisional: bool = Field(description="A year without a published calendar is involved.")


class MomentOut(BaseModel):
    """One step that was taken."""

    on: str
    text: str


class ReplyOut(BaseModel):
    """The reply, with the article it rests on and what may be done against it."""

    on: str
    outcome: str
    article: str
    text: str
    remedy: str


class FollowingOut(BaseModel):
    """Where a request stands, in plain words."""

    number: str
    state: str
    sentences: list[str]
    due: str | None
    provisional: bool
    timeline: list[MomentOut]
    reply: ReplyOut | None


def router(parts: WebParts) -> APIRouter:
    routes = APIRouter(prefix="/api/v1/disclosure-requests", tags=["disclosure requests"])

    @routes.post(
        "",
        status_code=201,
        summary="File a disclosure request",
        responses=errors(409, 413, 422),
    )
    def file(stated: RequestIn) -> FiledOut:
        """File once; the same `client_request_id` again returns the same acknowledgement.

        Another application of the same applicant under the same id is refused, not lost silently.
        """
        application = application_from(stated.model_dump(exclude={"client_request_id"}))
        if problems := check(application):
            raise BadInput(problems)
        key = f"api:{stated.client_request_id}"
        filed = file_request(parts.office, application, submission_key=key, channel="api")
        return FiledOut(
            number=filed.number,
            lookup_code=filed.lookup_code,
            received=filed.received.isoformat() if filed.received else None,
            due=filed.due.due.isoformat() if filed.due else None,
            provisional=bool(filed.due and filed.due.provisional),
        )

    @routes.get("/{number}", summary="Follow a request", responses=errors(404, 422, 429))
    def follow(number: str, code: str) -> FollowingOut:
        """Needs the look-up code; a wrong code and an unknown number read the same."""
        return _followed(follow_request(parts.office, number, code))

    return routes


def _followed(following: Following) -> FollowingOut:
    return FollowingOut(
        number=following.number,
        state=following.state_label,
        sentences=list(following.sentences),
        due=following.due.due.isoformat() if following.due else None,
        provisional=following.provisional,
        timeline=[MomentOut(on=m.day.isoformat(), text=m.text) for m in following.timeline],
        reply=_reply(following.reply) if following.reply else None,
    )


def _reply(reply: ReplyGiven) -> ReplyOut:
    return ReplyOut(
        on=reply.on.isoformat(),
        outcome=reply.outcome_label,
        article=reply.article,
        text=reply.text,
        remedy=reply.remedy,
    )
