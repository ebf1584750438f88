"""The JSON API of the library: the same conditions and pages as `/documents`."""

from http import HTTPStatus
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request
from fastapi.responses import Response
from pydantic import BaseModel

from inquiry_service.answering.endings import address_of
from inquiry_service.errors import BadInput, NotFound, Problem
from inquiry_service.knowledge.document import Document, Kind, Validity
from inquiry_service.web.freshness import Freshener, Freshness
from inquiry_service.web.library_catalogue import Catalogue, CatalogueKeeper, Entry
from inquiry_service.web.library_facets import Facet
from inquiry_service.web.library_filter import (
    LAST_PAGE,
    LONGEST_QUERY,
    LONGEST_VALUE,
    Filter,
    Sort,
)
from inquiry_service.web.library_finding import Findings, Row, find
from inquiry_service.web.library_schemas import (
    AttachmentOut,
    ChoiceOut,
    DocumentOut,
    DocumentsOut,
    ExcerptOut,
    FacetOut,
    FoundDocumentOut,
    FullDocumentOut,
    PassageOut,
)
from inquiry_service.web.parts import WebParts
from inquiry_service.web.schemas import errors

MOST_AT_ONCE = 500
JSON = "application/json"
NOT_CHANGED: dict[int | str, dict[str, Any]] = {
    HTTPStatus.NOT_MODIFIED.value: {"description": "What the asker has (ETag) is still so"}
}


def router(parts: WebParts) -> APIRouter:
    routes = APIRouter(prefix="/api/v1", tags=["documents"])
    keeper = CatalogueKeeper()
    freshener = Freshener(parts)

    @routes.get(
        "/documents",
        summary="What is published",
        response_model=DocumentsOut,
        responses=errors(404, 422, 503) | NOT_CHANGED,
    )
    def documents(
        request: Request,
        q: Annotated[
            str,
            Query(max_length=LONGEST_QUERY, description="Words, or a number (文号) in any form."),
        ] = "",
        kind: Annotated[Kind | None, Query(description="Only documents of this kind.")] = None,
        topic: Annotated[str, Query(max_length=LONGEST_VALUE)] = "",
        year: Annotated[int | None, Query(ge=1900, le=2999)] = None,
        issuer: Annotated[str, Query(max_length=LONGEST_VALUE, description="发布机关")] = "",
        validity: Annotated[Validity | None, Query(description="As it is today.")] = None,
        sort: Annotated[
            Sort | None, Query(description="By default `relevance` with `q`, else `date`.")
        ] = None,
        page: Annotated[int, Query(ge=1, le=LAST_PAGE)] = 1,
        per_page: Annotated[int, Query(ge=1, le=MOST_AT_ONCE)] = 100,
    ) -> Response:
        """The published documents that fit every condition, without their text, a page at a time.

        `facets` say which further conditions there are and how many documents each would leave.
        """
        wanted = Filter(
            query=_checked(q),
            kind=kind,
            topic=topic.strip() or None,
            year=year,
            issuer=issuer.strip() or None,
            validity=validity,
            sort=sort,
            page=page,
        )
        engine = parts.library()

        def made(state: Freshness) -> Response:
            catalogue = keeper.of(engine, parts.today)
            found = find(engine, catalogue, wanted, per_page=per_page)
            if found.beyond:
                raise NotFound(f"第 {page} 页，一共 {found.pages} 页")
            headers = state.headers if not found.names_only else None
            return _json(_listed(found, per_page), headers)

        return freshener.unless_known(request, engine, made)

    @routes.get(
        "/documents/{document_id}",
        summary="One document with its text",
        response_model=FullDocumentOut,
        responses=errors(404, 422, 503) | NOT_CHANGED,
    )
    def document(request: Request, document_id: str) -> Response:
        """One published document, its provenance and its passages in order."""
        engine = parts.library()
        found = engine.shelf.document(document_id)
        catalogue = keeper.of(engine, parts.today)

        def made(state: Freshness) -> Response:
            return _json(_full(found, catalogue), state.headers)

        return freshener.unless_known(request, engine, made)

    return routes


def _checked(query: str) -> str:
    text = " ".join(query.split())
    if text and not any(character.isalnum() for character in text):
        raise BadInput([Problem("q", "请写下要查找的字词或文号")])
    return text


def _json(told: BaseModel, headers: dict[str, str] | None) -> Response:
    return Response(told.model_dump_json(), media_type=JSON, headers=headers)


def _listed(found: Findings, per_page: int) -> DocumentsOut:
    return DocumentsOut(
        total=found.total,
        page=found.wanted.page,
        pages=found.pages,
        per_page=per_page,
        sort=found.wanted.order,
        near_only=found.near_only,
        names_only=found.names_only,
        documents=[_row(row) for row in found.rows],
        facets=[_facet(facet) for facet in found.facets],
    )


def _row(row: Row) -> FoundDocumentOut:
    return FoundDocumentOut(**_facts(row.entry), excerpt=_excerpt(row))


def _excerpt(row: Row) -> ExcerptOut | None:
    if row.passage is None:
        return None
    return ExcerptOut(
        passage_id=row.passage.passage_id,
        path=list(row.passage.path),
        text="".join(fragment.text for fragment in row.excerpt),
        url=address_of(row.passage.document_id, row.passage.passage_id),
    )


def _facet(facet: Facet) -> FacetOut:
    choices = [ChoiceOut(value=str(c.value), label=c.label, count=c.count) for c in facet.choices]
    return FacetOut(name=facet.name, choices=choices)


_TOLD_APART = {"url", "validity", "attachments"}


def _facts(entry: Entry) -> dict[str, Any]:
    document = entry.document
    named = {n: getattr(document, n) for n in DocumentOut.model_fields if n not in _TOLD_APART}
    attachments = [AttachmentOut(name=a.name, address=a.address) for a in document.attachments]
    return {
        **named,
        "validity": entry.validity,
        "attachments": attachments,
        "url": f"/documents/{document.document_id}",
    }


def _full(document: Document, catalogue: Catalogue) -> FullDocumentOut:
    passages = [
        PassageOut(
            passage_id=p.passage_id,
            path=list(p.path),
            heading=p.heading,
            text=p.text,
            page=p.page,
        )
        for p in document.passages
    ]
    facts = _facts(catalogue.by_id[document.document_id])
    return FullDocumentOut(**facts, text=document.text, passages=passages)
