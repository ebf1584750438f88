"""What a document and a passage are."""

import hashlib
from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Kind(StrEnum):
    """What sort of publication a document is; the values stand in front matter and URLs."""

    POLICY = "policy"
    EXPLANATION = "explanation"
    CATALOGUE_ENTRY = "catalogue"
    REPORT = "report"
    GUIDE = "guide"
    ANSWERED_REQUEST = "answered_request"
    CARD = "card"


class Validity(StrEnum):
    """Whether a text may still be relied on."""

    IN_FORCE = "in_force"
    AMENDED = "amended"
    REPEALED = "repealed"
    EXPIRED = "expired"


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file that a document names as its attachment (附件); the address may be unknown."""

    name: str
    address: str = ""


@dataclass(frozen=True, slots=True)
class Provenance:
    """Where a document comes from and what it is; everything but the text.

    `year` is the year a report covers, or the year of making. `digest` marks our own digest
    (摘编), which must never be shown as official wording. `questions` are ways people ask for it
    as a whole.
    `amended_by`, `repealed_by` and `replaces` hold numbers (文号), titles or document_ids.
    """

    document_id: str
    title: str
    kind: Kind
    issuer: str | None = None
    document_number: str | None = None
    published: date | None = None
    effective: date | None = None
    expires: date | None = None
    year: int | None = None
    topic: str | None = None
    region: str | None = None
    validity: Validity = Validity.IN_FORCE
    source: str | None = None
    digest: bool = False
    explains: str | None = None
    """document_id of the policy that an explanation explains."""
    questions: tuple[str, ...] = ()
    not_questions: tuple[str, ...] = ()
    """Questions that are near to what is told here and that it does not answer."""
    made: date | None = None
    """成文日期: the day under the signature."""
    level: str | None = None
    """国家, 省, 市 or 县: how high the issuer stands."""
    amended_by: tuple[str, ...] = ()
    repealed_by: tuple[str, ...] = ()
    replaces: tuple[str, ...] = ()
    attachments: tuple[Attachment, ...] = ()
    validity_reason: str | None = None
    """Why `validity` is what it is, when not given by hand: which line of which text says so."""
    section_questions: tuple[tuple[str, str], ...] = ()
    """Ways people ask for one section: its heading, and the question."""

    @property
    def all_questions(self) -> tuple[str, ...]:
        """Those for the document and those for its sections, each once."""
        return tuple(dict.fromkeys((*self.questions, *(q for _, q in self.section_questions))))

    def questions_for(self, path: tuple[str, ...]) -> tuple[str, ...]:
        """Those listed under any of these headings."""
        return tuple(question for name, question in self.section_questions if name in path)


_LONGEST_SHOWN = 24


def fit_to_show(question: str) -> bool:
    """Whether a named question may be suggested to others: no keywords, nobody's long story."""
    return " " not in question and len(question) <= _LONGEST_SHOWN


@dataclass(frozen=True, slots=True)
class Passage:
    """The smallest citable piece of a document.

    `text` is verbatim from the document; `path` names the place (headings, 条, table columns),
    without the document's title; `ordinal` counts within the document. `heading` holds the lines
    that stand before the text and belong to it (title, headings, a table's head), verbatim, so
    that headings and texts in order give back the document: see `splitting`.
    `passage_id` depends on document and text alone, so an unchanged passage keeps its address.
    `page` counts from 1 and is where the text begins, in a format with pages. `question` is the
    question that the document itself puts and this passage answers (问：… 答：…).
    """

    passage_id: str
    document_id: str
    ordinal: int
    path: tuple[str, ...]
    text: str
    heading: str = ""
    page: int | None = None
    question: str | None = None


@dataclass(frozen=True, slots=True)
class Document:
    """One published text, read and split. `text` is the body as read, without front matter."""

    provenance: Provenance
    text: str
    passages: tuple[Passage, ...]

    @property
    def document_id(self) -> str:
        return self.provenance.document_id

    @property
    def questions(self) -> tuple[str, ...]:
        """What the document is asked: told in its front matter, or put by its text. Each once."""
        put = (passage.question for passage in self.passages if passage.question)
        return tuple(dict.fromkeys((*self.provenance.all_questions, *put)))

    def asked_of(self, passage: Passage) -> tuple[str, ...]:
        """What is asked of this very passage: put by it, or listed under a heading above it.

        A lone passage is asked everything.
        """
        if len(self.passages) == 1:
            return self.questions
        put = (passage.question,) if passage.question else ()
        return tuple(dict.fromkeys((*self.provenance.questions_for(passage.path), *put)))


def passage_id(document_id: str, text: str, occurrence: int = 0) -> str:
    """Sixteen hex digits from document and text; `occurrence` tells equal texts apart."""
    digest = hashlib.sha256(f"{document_id}\x00{text}\x00{occurrence}".encode())
    return digest.hexdigest()[:16]
