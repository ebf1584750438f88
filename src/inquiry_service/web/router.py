"""The public face as one router."""

from fastapi import APIRouter

from inquiry_service.web import (
    api,
    chat_api,
    library_api,
    library_pages,
    pages,
    requests,
    requests_api,
)
from inquiry_service.web.parts import WebParts


def router(parts: WebParts) -> APIRouter:
    """Everything under `/`, `/chat`, `/documents` and `/api/v1` that needs no sign-in."""
    routes = APIRouter()
    for face in (api, library_api, chat_api, requests_api, pages, library_pages, requests):
        routes.include_router(face.router(parts))
    return routes
