"""The published documents as pages: what there is, and one of them with its provenance."""

from typing import Annotated

from fastapi import APIRouter, Query, Request, Response

from inquiry_service.edge.pages import PUBLIC, render
from inquiry_service.errors import BadInput
from inquiry_service.knowledge.document import Document
from inquiry_service.web import listing
from inquiry_service.web.inline import inline
from inquiry_service.web.parts import WebParts
from inquiry_service.web.rendering import pieces_of

LONGEST_QUERY = 100


def router(parts: WebParts) -> APIRouter:
    routes = APIRouter(include_in_schema=False)

    @routes.get("/documents")
    def documents(
        request: Request, kind: str = "", topic: str = "", year: str = "", q: str = ""
    ) -> Response:
        everything = parts.library().shelf.documents()
        wanted, problems = _wanted(kind=kind, topic=topic, year=year, query=q[:LONGEST_QUERY])
        kept = [d for d in everything if wanted.keeps(d)]
        return render(
            request,
            "web/documents.html",
            headers={"Cache-Control": PUBLIC},
            wanted=wanted,
            problems=problems,
            groups=listing.grouped(kept),
            count=len(kept),
            kinds=listing.KIND_LABELS,
            topics=listing.topics_of(everything),
            years=listing.years_of(everything),
            validity_labels=listing.VALIDITY_LABELS,
        )

    @routes.get("/documents/{document_id}")
    def document(
        request: Request, document_id: str, highlight: Annotated[str, Query(max_length=64)] = ""
    ) -> Response:
        shelf = parts.library().shelf
        found = shelf.document(document_id)
        explained = found.provenance.explains
        return render(
            request,
            "web/document.html",
            headers={"Cache-Control": PUBLIC},
            document=found.provenance,
            pieces=pieces_of(found),
            inline=inline,
            cited=highlight if _has(found, highlight) else "",
            missing=bool(highlight) and not _has(found, highlight),
            citation=listing.cited_as(found.provenance),
            address=f"{parts.public_url}/documents/{document_id}",
            kind_label=listing.KIND_LABELS[found.provenance.kind],
            validity_label=listing.VALIDITY_LABELS[found.provenance.validity],
            partners=[
                d
                for d in shelf.documents()
                if d.document_id == explained or d.explains == document_id
            ],
        )

    return routes


def _wanted(
    *, kind: str, topic: str, year: str, query: str
) -> tuple[listing.Filter, tuple[str, ...]]:
    """The filter, or none with what is wrong: a page shows both instead of turning away."""
    try:
        return listing.Filter.read(kind=kind, topic=topic, year=year, query=query), ()
    except BadInput as fault:
        return listing.Filter(query=query), tuple(p.message for p in fault.problems)


def _has(document: Document, passage_id: str) -> bool:
    return any(p.passage_id == passage_id for p in document.passages)
