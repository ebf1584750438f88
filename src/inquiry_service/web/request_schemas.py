"""The shapes of requests in the public API, as they stand in `/openapi.json`."""

from datetime import date
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from inquiry_service.disclosure.looking.following import Following
from inquiry_service.disclosure.looking.letters_seen import LetterSeen
from inquiry_service.disclosure.looking.replies import ReplyGiven
from inquiry_service.disclosure.rules.matters import Matter
from inquiry_service.disclosure.rules.request import (
    ApplicantKind,
    IdentityKind,
    ReceiveBy,
    SupplyForm,
)
from inquiry_service.web.request_materials import TakenIn
from inquiry_service.web.request_telling import next_of

_SHORT = Field("", max_length=200)


class RequestIn(BaseModel):
    """What 条例第二十九条 asks an applicant to state."""

    model_config = ConfigDict(extra="forbid")

    matter: Matter = Field(
        Matter.REQUEST,
        description="`record_correction` is article 41, `suggestion` article 44: for neither is a"
        " number of days set, so `due` stays empty.",
    )

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


class LetterOut(BaseModel):
    """A letter that was sent to the applicant; its document is fetched with the id."""

    id: str
    title: str
    number: str | None = Field(description="The document number (文号), where it has one.")
    on: str = Field(description="Day of sending, YYYY-MM-DD.")


class FollowingOut(BaseModel):
    """Where a request stands, in plain words."""

    number: str
    state: str
    sentences: list[str]
    next_step: str = Field(description="Who does what next, and by when.")
    due: str | None
    provisional: bool
    paused: bool = Field(description="Somebody is being consulted: `due` can only become later.")
    until: str | None = Field(description="By when a correction, reasons or a fee are awaited.")
    timeline: list[MomentOut]
    letters: list[LetterOut]
    reply: ReplyOut | None


class CodeIn(BaseModel):
    """Who asks: the look-up code here or in the header `Lookup-Code`, never in the address."""

    model_config = ConfigDict(extra="forbid")

    code: str = _SHORT


class CorrectionIn(CodeIn):
    """What is wanted, said anew (条例第三十条)."""

    description: str = Field(max_length=4000)
    document_number: str = _SHORT
    period: str = _SHORT


class ReasonsIn(CodeIn):
    """Why so many requests are reasonable (条例第三十五条)."""

    reasons: str = Field(max_length=4000)


class ComplaintIn(CodeIn):
    """What is wrong with the handling (条例第四十七条、第五十一条)."""

    complaint: str = Field(max_length=4000)


class RefusedOut(BaseModel):
    """Why one file was not taken in."""

    message: str


class MaterialsOut(BaseModel):
    """Which files are in. The same file sent again counts as received and is kept once."""

    received: list[str]
    refused: list[RefusedOut]


def followed(following: Following, today: date) -> FollowingOut:
    return FollowingOut(
        number=following.number,
        state=following.state_label,
        sentences=list(following.sentences),
        next_step=next_of(following, today),
        due=_day(following.due.due if following.due else None),
        provisional=following.provisional,
        paused=bool(following.due and following.due.paused),
        until=_day(following.until),
        timeline=[MomentOut(on=m.day.isoformat(), text=m.text) for m in following.timeline],
        letters=[_letter(letter) for letter in following.letters],
        reply=_reply(following.reply) if following.reply else None,
    )


def taken(taken_in: TakenIn) -> MaterialsOut:
    refused = [RefusedOut(message=problem.message) for problem in taken_in.problems]
    return MaterialsOut(received=list(taken_in.received), refused=refused)


def _letter(letter: LetterSeen) -> LetterOut:
    return LetterOut(
        id=letter.letter_id,
        title=letter.kind.nature.title,
        number=letter.document_number or None,
        on=_day(letter.on) or "",
    )


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _reply(reply: ReplyGiven) -> ReplyOut:
    return ReplyOut(
        on=reply.on.isoformat(),
        outcome=reply.outcome_label,
        article=reply.article,
        text=reply.text,
        remedy=reply.remedy,
    )
