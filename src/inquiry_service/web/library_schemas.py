"""The shapes of the library in the public API, as they stand in `/openapi.json`."""

from datetime import date

from pydantic import BaseModel, Field

from inquiry_service.knowledge.document import Kind, Validity


class AttachmentOut(BaseModel):
    """A file that a document names as its attachment."""

    name: str
    address: str = Field(description="Empty when it is not known.")


class DocumentOut(BaseModel):
    """One published document, without its text."""

    document_id: str
    title: str
    kind: Kind
    issuer: str | None
    document_number: str | None
    published: date | None
    effective: date | None
    expires: date | None
    made: date | None = Field(description="The day under the signature (成文日期).")
    year: int | None
    topic: str | None
    region: str | None
    level: str | None = Field(description="国家, 省, 市 or 县: how high the issuer stands.")
    validity: Validity = Field(description="On the day of the answer.")
    validity_reason: str | None
    amended_by: list[str] = Field(description="Numbers, titles or document_ids.")
    repealed_by: list[str]
    replaces: list[str]
    attachments: list[AttachmentOut]
    source: str | None
    digest: bool = Field(description="True: our own digest (摘编), not the official wording.")
    explains: str | None = Field(description="The policy that an explanation explains.")
    url: str = Field(description="The page of the document on this service.")


class ExcerptOut(BaseModel):
    """The passage of a document that fits the words best."""

    passage_id: str
    path: list[str]
    text: str = Field(description="Around the words; `…` shows where it was cut.")
    url: str = Field(description="A path on this service that lands on the passage.")


class FoundDocumentOut(DocumentOut):
    """One published document of a list."""

    excerpt: ExcerptOut | None = Field(
        default=None, description="Only when words were looked for, and the text has them."
    )


class ChoiceOut(BaseModel):
    """One value of a facet, and how many documents it would leave."""

    value: str
    label: str
    count: int


class FacetOut(BaseModel):
    """One further condition, counted without its own present value."""

    name: str = Field(description="The query parameter.")
    choices: list[ChoiceOut]


class DocumentsOut(BaseModel):
    """One page of the documents that fit."""

    total: int = Field(description="On all pages.")
    page: int
    pages: int
    per_page: int
    sort: str
    near_only: bool = Field(
        description="True: no document has all the words; these have most of them."
    )
    names_only: bool = Field(
        description="True: the search engine failed, only titles and numbers were looked through."
    )
    documents: list[FoundDocumentOut]
    facets: list[FacetOut]


class PassageOut(BaseModel):
    """The smallest citable piece of a document."""

    passage_id: str
    path: list[str]
    heading: str = Field(description="The lines that stand before the text and belong to it.")
    text: str
    page: int | None = Field(description="Of the original, when it has pages; counts from 1.")


class FullDocumentOut(DocumentOut):
    """One published document with its text, cut into passages."""

    text: str
    passages: list[PassageOut]
