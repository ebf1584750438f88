"""The desk's routes: sign in, the list by due date, one case with its steps and letters, why."""

from fastapi import APIRouter, Depends, Request
from fastapi.responses import HTMLResponse, Response

from inquiry_service.desk import office_router
from inquiry_service.desk.download_routes import (
    add_download_routes,
    add_export_route,
    add_material_routes,
)
from inquiry_service.desk.entrance import Entrance
from inquiry_service.desk.letter_routes import add_letter_routes
from inquiry_service.desk.outcome_routes import add_fee_routes, add_outcome_routes
from inquiry_service.desk.pages import Desk
from inquiry_service.desk.parts import DeskParts
from inquiry_service.desk.publishing import add_publishing_routes
from inquiry_service.desk.step_routes import add_step_routes
from inquiry_service.desk.submitted import Typed
from inquiry_service.edge.csrf import require_same_origin
from inquiry_service.staff.accounts import Session
from inquiry_service.staff.roles import Permission


def router(parts: DeskParts) -> APIRouter:
    """Everything below `/desk`; nothing but the sign-in page is seen without a session."""
    routes = APIRouter(prefix="/desk", include_in_schema=False)
    entrance = Entrance(parts)
    _add_rooms(routes, Desk(parts, entrance), entrance)
    for add in (
        add_material_routes,
        add_outcome_routes,
        add_fee_routes,
        add_download_routes,
        add_export_route,
        add_letter_routes,
        add_step_routes,
        add_publishing_routes,
    ):
        add(routes, parts, entrance)
    routes.include_router(office_router.router(parts, entrance))
    return routes


def _add_rooms(routes: APIRouter, desk: Desk, entrance: Entrance) -> None:
    guarded = [Depends(require_same_origin)]
    member, acting = Depends(entrance.member), Depends(entrance.acting)
    looking = Depends(entrance.allowed(Permission.LOOK_AT_IDENTITY))

    routes.get("/sign-in")(desk.sign_in_page)
    routes.post("/sign-in", dependencies=guarded)(desk.sign_in)
    routes.post("/sign-out", dependencies=[*guarded, acting])(desk.sign_out)

    @routes.get("")
    def listed(
        request: Request, show: str = "open", q: str = "", session: Session = member
    ) -> Response:
        return desk.listed(request, session, ended=show in ("ended", "replied"), wanted=q)

    @routes.get("/requests/{number}")
    def case(request: Request, number: str, session: Session = member) -> HTMLResponse:
        return desk.case(request, session, number)

    @routes.post("/requests/{number}/identity", dependencies=[*guarded, acting])
    def identity(
        request: Request, number: str, typed: Typed, session: Session = looking
    ) -> HTMLResponse:
        return desk.identity(request, session, number, typed)

    @routes.get("/why")
    def why(request: Request, answer: str = "", session: Session = member) -> HTMLResponse:
        return desk.why(request, session, answer.strip())
