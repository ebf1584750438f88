"""The library as pages: what there is, one document with its provenance, and what is new."""

from collections.abc import Mapping
from http import HTTPStatus
from urllib.parse import urlencode

from fastapi import APIRouter, Request, Response

from inquiry_service.answering.asking import AnswerEngine
from inquiry_service.answering.endings import address_of
from inquiry_service.edge.pages import render
from inquiry_service.errors import NotFound, Problem
from inquiry_service.knowledge.document import Document
from inquiry_service.web.freshness import Freshener, Freshness
from inquiry_service.web.inline import inline
from inquiry_service.web.library_catalogue import CatalogueKeeper
from inquiry_service.web.library_document import place_of, view_of
from inquiry_service.web.library_facets import conditions_of, sift
from inquiry_service.web.library_feed import MEDIA_TYPE, feed_of
from inquiry_service.web.library_filter import Filter, Sort, printable, read_filter
from inquiry_service.web.library_finding import Findings, find
from inquiry_service.web.library_paging import page_links
from inquiry_service.web.listing import KIND_LABELS, VALIDITY_LABELS, date_of
from inquiry_service.web.parts import WebParts

PER_PAGE = 20
ECHOED = 2000
"""Characters of a search that is shown again, though it was too long to be looked for."""
FEED = "/documents/feed.xml"
_OF_FEEDS = ("kind", "topic", "issuer")


def router(parts: WebParts) -> APIRouter:
    routes = APIRouter(include_in_schema=False)
    keeper = CatalogueKeeper()
    freshener = Freshener(parts)

    @routes.get("/documents")
    def documents(request: Request) -> Response:
        engine = parts.library()
        catalogue = keeper.of(engine, parts.today)
        read, problems = read_filter(request.query_params)
        unknown = catalogue.unknown_in(read)
        wanted = read.without(*(problem.field for problem in unknown)) if unknown else read

        def made(state: Freshness) -> Response:
            found = find(engine, catalogue, wanted, per_page=PER_PAGE)
            return _list(request, found, [*problems, *unknown], state)

        return freshener.unless_known(request, engine, made)

    @routes.get(FEED)
    def feed(request: Request) -> Response:
        engine = parts.library()
        wanted, _ = read_filter(_only(request.query_params, _OF_FEEDS))

        def made(state: Freshness) -> Response:
            kept, _ = sift(keeper.of(engine, parts.today).entries, wanted)
            told = feed_of(
                kept,
                today=parts.today,
                public_url=parts.public_url,
                path=wanted.address(FEED),
                bureau=parts.bureau,
                title="，".join([f"{parts.bureau}公开文件", *_said(wanted)]),
            )
            return Response(told, media_type=MEDIA_TYPE, headers=state.headers)

        return freshener.unless_known(request, engine, made)

    @routes.get("/documents/{document_id}")
    def document(request: Request, document_id: str, highlight: str = "") -> Response:
        engine = parts.library()
        try:
            found = engine.shelf.document(document_id)
        except NotFound as absent:
            return _absent(request, absent.message)

        def made(state: Freshness) -> Response:
            return _document(request, parts, engine, keeper, found, highlight, state)

        return freshener.unless_known(request, engine, made)

    return routes


def _list(request: Request, found: Findings, problems: list[Problem], state: Freshness) -> Response:
    wanted = found.wanted
    status = HTTPStatus.OK
    if found.beyond:
        status = HTTPStatus.NOT_FOUND
    if problems:
        status = HTTPStatus.UNPROCESSABLE_ENTITY
    plain = status is HTTPStatus.OK and not found.names_only
    return render(
        request,
        "web/documents.html",
        status=status,
        headers=state.headers if plain else None,
        found=found,
        wanted=wanted,
        typed=wanted.query or printable(request.query_params.get("q", "")[:ECHOED]),
        problems=problems,
        first=(wanted.page - 1) * PER_PAGE + 1,
        conditions=conditions_of(wanted),
        hidden=_hidden(wanted),
        links=page_links(found),
        sorts=_sorts(wanted),
        kinds=KIND_LABELS,
        validities=VALIDITY_LABELS,
        date_of=date_of,
        feed=_feed_address(wanted),
        ask=f"/chat?{urlencode({'q': wanted.query})}" if wanted.query else "/chat",
        apply=_apply_address(wanted),
        place_of=place_of,
        address_of=address_of,
    )


def _document(
    request: Request,
    parts: WebParts,
    engine: AnswerEngine,
    keeper: CatalogueKeeper,
    found: Document,
    highlight: str,
    state: Freshness,
) -> Response:
    catalogue = keeper.of(engine, parts.today)
    beside = catalogue.partners(found.provenance)
    partners = [engine.shelf.document(entry.document.document_id) for entry in beside]
    known = _has(found, highlight) or any(_has(partner, highlight) for partner in partners)
    return render(
        request,
        "web/document.html",
        headers=state.headers,
        view=view_of(found, partners, catalogue, parts.public_url),
        document=found.provenance,
        cited=highlight if known else "",
        missing=bool(highlight) and not known,
        inline=inline,
        today=parts.today,
        feed=FEED,
        validities=VALIDITY_LABELS,
        kinds=KIND_LABELS,
    )


def _absent(request: Request, message: str) -> Response:
    return render(request, "web/document_absent.html", status=404, message=message, feed=FEED)


def _has(document: Document, passage_id: str) -> bool:
    return any(p.passage_id == passage_id for p in document.passages)


def _only(given: Mapping[str, str], names: tuple[str, ...]) -> dict[str, str]:
    return {name: given[name] for name in names if name in given}


def _said(wanted: Filter) -> list[str]:
    return [condition.label for condition in conditions_of(wanted)]


def _feed_address(wanted: Filter) -> str:
    """The feed of the documents that fit the lasting conditions of a list."""
    return Filter(kind=wanted.kind, topic=wanted.topic, issuer=wanted.issuer).address(FEED)


def _apply_address(wanted: Filter) -> str:
    said = {"description": wanted.query}
    return f"/requests/new?{urlencode(said)}" if wanted.query else "/requests/new"


def _hidden(wanted: Filter) -> dict[str, str]:
    """The conditions that a new search keeps."""
    return {
        name: str(value)
        for name in ("kind", "topic", "year", "issuer", "validity")
        if (value := getattr(wanted, name)) is not None
    }


def _sorts(wanted: Filter) -> list[tuple[str, bool, str]]:
    """Label, whether it is the present one, and its address; none where there is no choice."""
    if not wanted.query:
        return []
    by_date = wanted.with_("sort", Sort.DATE)
    by_relevance = wanted.without("sort")
    return [
        ("按相关程度", wanted.order is Sort.RELEVANCE, by_relevance.address()),
        ("按日期", wanted.order is Sort.DATE, by_date.address()),
    ]
