"""The desk's routes: sign in, the list by due date, one case, the reply, why an answer."""

from fastapi import APIRouter, Depends, Request
from fastapi.responses import HTMLResponse

from inquiry_service.desk.entrance import Entrance
from inquiry_service.desk.pages import Desk
from inquiry_service.desk.parts import DeskParts
from inquiry_service.edge.csrf import require_same_origin
from inquiry_service.staff.accounts import Session


def router(parts: DeskParts) -> APIRouter:
    """Everything below `/desk`; nothing but the sign-in page is seen without a session."""
    routes = APIRouter(prefix="/desk", include_in_schema=False)
    entrance = Entrance(parts)
    desk = Desk(parts, entrance)
    guarded = [Depends(require_same_origin)]
    member, acting = Depends(entrance.member), Depends(entrance.acting)

    routes.get("/sign-in")(desk.sign_in_page)
    routes.post("/sign-in", dependencies=guarded)(desk.sign_in)
    routes.post("/sign-out", dependencies=[*guarded, acting])(desk.sign_out)

    @routes.get("")
    def listed(request: Request, show: str = "open", session: Session = member) -> HTMLResponse:
        return desk.listed(request, session, replied=show == "replied")

    @routes.get("/requests/{number}")
    def case(request: Request, number: str, session: Session = member) -> HTMLResponse:
        return desk.case(request, session, number)

    @routes.get("/why")
    def why(request: Request, answer: str = "", session: Session = member) -> HTMLResponse:
        return desk.why(request, session, answer.strip())

    return routes
