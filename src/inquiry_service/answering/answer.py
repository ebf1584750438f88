"""What an answer is: a named ending, and for an answered one a quote with its citation."""

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any


class Status(StrEnum):
    """How a question ended. `FAILED` (a part broke) is never shown as `UNMATCHED`."""

    ANSWERED = "answered"
    CLARIFY = "clarify"
    UNMATCHED = "unmatched"
    OUT_OF_SCOPE = "out_of_scope"
    REFUSED = "refused"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Citation:
    """Where a quote stands. `url` is a path on this service that lands on the passage."""

    document_id: str
    passage_id: str
    title: str
    path: tuple[str, ...]
    url: str
    document_number: str | None = None
    issuer: str | None = None
    published: str | None = None
    """YYYY-MM-DD, or a year alone when that is all the source tells."""
    year: int | None = None
    """The year the document reports on or was made in."""
    source: str | None = None
    """Where the original can be found, as the source names it."""
    status: str = "in_force"
    digest: bool = False
    """True when the text is the service's own digest (摘编), not the official wording."""
    passage: str = ""
    """The whole passage around the quote, shown on request."""


@dataclass(frozen=True, slots=True)
class Choice:
    """One way to read an unclear question: what is shown, and the question asked when chosen."""

    label: str
    question: str


@dataclass(frozen=True, slots=True)
class Candidate:
    """One passage that was considered, with the figures it was judged by (for `why`)."""

    passage_id: str
    document_id: str
    dense: float
    lexical: float
    fused: float
    title: str = ""
    path: tuple[str, ...] = ()
    quote: str = ""
    confidence: float = 0.0
    objection: str = ""
    """The name of the rule by which it may not answer; empty when none objects."""


@dataclass(frozen=True, slots=True)
class Trace:
    """Why this answer: enough to replay the decision on the same index version."""

    normalised: str = ""
    rule: str = ""
    """The name of the rule that decided the ending."""
    features: dict[str, float] = field(default_factory=dict)
    candidates: tuple[Candidate, ...] = ()
    read: dict[str, Any] = field(default_factory=dict)
    """What was recognised in the question: years, places, numbers, typos and the like."""
    threshold: float = 0.0
    """From which confidence an answer would have been given."""
    asked_on: str = ""
    """The day of asking, which tells what 今年 means and what has expired."""


@dataclass(frozen=True, slots=True)
class Pointer:
    """A published document that one should know of: a newer one on the same matter."""

    document_id: str
    title: str
    url: str
    document_number: str | None = None
    year: int | None = None


@dataclass(frozen=True, slots=True)
class Part:
    """One of several questions in a message, and how it ended; a quote when it is answered."""

    question: str
    status: Status
    message: str
    confidence: float = 0.0
    quote: str | None = None
    citation: Citation | None = None
    trace: Trace = field(default_factory=Trace)


@dataclass(frozen=True, slots=True)
class Answer:
    """The ending of one question.

    An `ANSWERED` one always has a `quote` of at most 120 characters, verbatim from the passage
    of `citations[0]`. `choices` belong to `CLARIFY`; `nearest` are published questions or titles
    near an `UNMATCHED` one. `message` is the plain Chinese sentence for the person. `parts` are
    told when several things were asked at once: the first answered one's quote is `quote`.
    """

    status: Status
    question: str
    message: str
    confidence: float = 0.0
    """The probability that the best quote answers, whatever the ending; capped where a rule
    objects to every quote, and 0 for talk and orders to the machine."""
    quote: str | None = None
    citations: tuple[Citation, ...] = ()
    choices: tuple[Choice, ...] = ()
    nearest: tuple[Choice, ...] = ()
    newer: tuple[Pointer, ...] = ()
    parts: tuple[Part, ...] = ()
    index_version: str = ""
    trace: Trace = field(default_factory=Trace)

    @property
    def not_found(self) -> str:
        """What of the question nothing was found for, which may be requested; "" when nothing."""
        if self.status is Status.UNMATCHED:
            return self.question
        return "；".join(p.question for p in self.parts if p.status is Status.UNMATCHED)
