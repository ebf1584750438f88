"""The shapes of the public API, as they stand in `/openapi.json`."""

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from inquiry_service.answering.answer import Status
from inquiry_service.answering.asking import MAX_QUESTION

LONGEST_MESSAGE = 4000
"""Only keeps nonsense out early; how long a message may be is said by the conversation."""

EXAMPLE_QUESTION = "2017年收到多少件依申请公开申请？"


class ProblemOut(BaseModel):
    """One field that cannot be used as it is."""

    field: str = Field(description="Name of the field in the payload; `body` for the whole.")
    message: str = Field(description="What to do about it, in Chinese.")


class ErrorOut(BaseModel):
    """What went wrong."""

    code: str = Field(description="For programs: `bad_input`, `not_found`, `part_unavailable`, …")
    message: str = Field(description="For people, in Chinese.")
    problems: list[ProblemOut] = Field(default=[], description="The fields concerned, if any.")
    id: str | None = Field(default=None, description="Only on 500: the id to report.")


class ErrorBody(BaseModel):
    """Every error of this API has this shape."""

    error: ErrorOut

    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "error": {
                    "code": "bad_input",
                    "message": "有 1 处需要修改：缺少这一项",
                    "problems": [{"field": "question", "message": "缺少这一项"}],
                }
            }
        }
    )


def errors(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """The error responses of a route, for its description."""
    said = {
        404: "No such thing, or the token does not fit",
        409: "Used already for something else, or changed meanwhile",
        413: "The payload is too large",
        422: "The payload cannot be used; names the fields",
        429: "Too many attempts; see Retry-After",
        503: "A part did not answer: not to be read as “nothing was found”",
    }
    return {status: {"model": ErrorBody, "description": said[status]} for status in statuses}


class QuestionIn(BaseModel):
    """A question in everyday words."""

    question: str = Field(
        min_length=1,
        max_length=MAX_QUESTION,
        description="Personal numbers in it are masked before anything else happens.",
        examples=[EXAMPLE_QUESTION],
    )
    detail: Literal["quote", "passage"] = Field(
        default="quote",
        description="`passage` widens the passage of each citation to its whole section; the "
        "quote stays what it is, at most 120 characters.",
    )


class ChoiceOut(BaseModel):
    """One way on from an answer that is not one."""

    label: str
    question: str = Field(description="The question to ask when this is chosen.")


class CitationOut(BaseModel):
    """Where a quote stands."""

    model_config = ConfigDict(extra="allow")

    document_id: str
    passage_id: str
    title: str
    path: list[str] = Field(description="The place within the document, outermost first.")
    url: str = Field(description="A path on this service that lands on the passage.")
    document_number: str | None = None
    issuer: str | None = None
    published: str | None = Field(default=None, description="YYYY-MM-DD, or a year alone.")
    year: int | None = None
    source: str | None = None
    status: str = Field(default="in_force", description="Whether the text is still in force.")
    digest: bool = Field(
        default=False, description="True: our own digest (摘编), not the official wording."
    )
    passage: str = Field(default="", description="The whole passage around the quote.")


class PointerOut(BaseModel):
    """A published document that one should know of."""

    model_config = ConfigDict(extra="allow")

    document_id: str
    title: str
    url: str = Field(description="A path on this service.")
    document_number: str | None = None
    year: int | None = None


class PartOut(BaseModel):
    """One of several questions in a message, and how it ended."""

    model_config = ConfigDict(extra="allow")

    question: str
    status: Status
    message: str
    confidence: float = Field(default=0, ge=0, le=1)
    quote: str | None = None
    citation: CitationOut | None = None


class AnswerOut(BaseModel):
    """The ending of one question: quoted, or honestly not."""

    model_config = ConfigDict(extra="allow")

    status: Status
    question: str
    message: str = Field(description="One sentence for the person, in Chinese.")
    confidence: float = Field(ge=0, le=1)
    quote: str | None = Field(default=None, description="Verbatim; only when `answered`.")
    citations: list[CitationOut] = []
    choices: list[ChoiceOut] = Field(default=[], description="Only when `clarify`.")
    nearest: list[ChoiceOut] = Field(default=[], description="Only when `unmatched`.")
    newer: list[PointerOut] = Field(
        default=[], description="Newer documents on the same matter as the one that is quoted."
    )
    parts: list[PartOut] = Field(
        default=[], description="When several things were asked at once: each with its ending."
    )
    index_version: str = Field(description="Same version and day, same answer.")
    trace: dict[str, Any] = Field(default={}, description="Why this answer: the figures.")


class ConversationOut(BaseModel):
    """A new conversation."""

    conversation_id: str
    token: str = Field(description="Shown once; send it as `Authorization: Bearer …`.")


class MessageIn(BaseModel):
    """One message of a person."""

    text: str = Field(max_length=LONGEST_MESSAGE, examples=[EXAMPLE_QUESTION])
    client_message_id: str = Field(
        pattern=r"^[A-Za-z0-9_-]{8,64}$",
        description="Made by the client. The same id again gives the same replies, so a message "
        "whose answer was lost can be sent again without being said twice.",
        examples=["6b1f0d5e-4f2f-4f67-9a55-0a9f4ad3c1de"],
    )


class TextOut(BaseModel):
    """A sentence or two."""

    kind: Literal["text"]
    text: str


class QuoteOut(BaseModel):
    """A verbatim quote and where it stands."""

    kind: Literal["citation"]
    quote: str
    source_line: str
    url: str
    passage: str = ""
    note: str = Field(default="", description="What must be known with it: digest, repealed.")


class OptionOut(BaseModel):
    """One thing to choose."""

    label: str
    send: str = Field(description="The text to send when it is chosen.")


class ChoicesOut(BaseModel):
    """A short list to choose from."""

    kind: Literal["choices"]
    prompt: str
    options: list[OptionOut]


class LinkOut(BaseModel):
    """A way on: a page of this service, or an address outside."""

    kind: Literal["link"]
    label: str
    url: str


ReplyOut = Annotated[TextOut | QuoteOut | ChoicesOut | LinkOut, Field(discriminator="kind")]

OwnerOut = Literal["bot", "queue", "staff", "closed"]


class TurnOut(BaseModel):
    """What became of a message. No replies yet when a person owns the conversation."""

    owner: OwnerOut = Field(description="Who answers in this conversation now.")
    replies: list[ReplyOut]
    turn_id: int = Field(description="The id of this turn in the stream of events.")
