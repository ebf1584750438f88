"""The addresses of applying (条例第二十九条) and following, and what stands behind each."""

from fastapi import APIRouter, Depends, Request
from fastapi.responses import HTMLResponse, RedirectResponse

from inquiry_service.edge.csrf import require_same_origin
from inquiry_service.edge.pages import render
from inquiry_service.web.following import FollowingPages, to_lookup
from inquiry_service.web.parts import WebParts
from inquiry_service.web.request_act_pages import ApplicantActs
from inquiry_service.web.request_acts import ACTS
from inquiry_service.web.request_filing import HERE, RequestPages

SEE_OTHER = 303


def router(parts: WebParts) -> APIRouter:
    routes = APIRouter(prefix="/requests", include_in_schema=False)
    following = FollowingPages(parts)
    _filing(routes, RequestPages(parts))
    _following(routes, following)
    _acts(routes, ApplicantActs(parts, following), following)
    routes.get("/{number}")(following.by_address)
    return routes


def _filing(routes: APIRouter, pages: RequestPages) -> None:
    guarded = [Depends(require_same_origin)]
    routes.get("/new")(pages.blank)
    for step in ("/check", "/change"):  # an address without its form: nothing can be shown
        routes.get(step)(to_the_form)
    routes.post("/check", dependencies=guarded)(pages.check)
    routes.post("/change", dependencies=guarded)(pages.change)
    routes.get("/answered")(answered)
    routes.post("/answered", dependencies=guarded)(pages.answered)
    routes.post("", dependencies=guarded)(pages.file)


def _following(routes: APIRouter, pages: FollowingPages) -> None:
    routes.get("")(pages.lookup)
    routes.get("/follow")(pages.lookup)
    routes.post("/follow", dependencies=[Depends(require_same_origin)])(pages.follow)


def _acts(routes: APIRouter, acts: ApplicantActs, pages: FollowingPages) -> None:
    """The number stands in the pass, not in these addresses."""
    guarded = [Depends(require_same_origin)]
    for name in (*ACTS, "materials", "letter"):
        routes.get(f"/follow/{name}")(to_lookup)
    for name, act in ACTS.items():
        routes.post(f"/follow/{name}", dependencies=guarded)(acts.handler(act))
    routes.post("/follow/materials", dependencies=guarded)(acts.add)
    routes.post("/follow/letter", dependencies=guarded, response_model=None)(pages.letter)


def to_the_form() -> RedirectResponse:
    return RedirectResponse(HERE, SEE_OTHER)


def answered(request: Request) -> HTMLResponse:
    """What was published did answer: nothing is filed."""
    return render(request, "web/request_answered.html", path=HERE)
