"""The office's own pages, beside the cases: intake, calendar, notices, what came before filing."""

from fastapi import APIRouter

from inquiry_service.desk import intake, office_before_filing, office_calendar, office_notices
from inquiry_service.desk.entrance import Entrance
from inquiry_service.desk.parts import DeskParts


def router(parts: DeskParts, entrance: Entrance) -> APIRouter:
    """To be hung below `/desk`; every route asks the entrance."""
    routes = APIRouter()
    for room in (intake, office_calendar, office_notices, office_before_filing):
        routes.include_router(room.router(parts, entrance))
    return routes
