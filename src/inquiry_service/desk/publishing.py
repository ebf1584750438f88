"""Publishing what several ask for (条例第四十四条): decided at a case, seen to from one list."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from fastapi import APIRouter, Depends, Request
from fastapi.responses import RedirectResponse, Response

from inquiry_service.desk.case_history import names_of_staff
from inquiry_service.desk.case_page import days_left_of
from inquiry_service.desk.entrance import Entrance
from inquiry_service.desk.parts import DeskParts
from inquiry_service.desk.rendering import desk_page
from inquiry_service.desk.submitted import Typed, version_in
from inquiry_service.disclosure.looking.handling import open_case
from inquiry_service.disclosure.looking.publications import publications, wanted_alike
from inquiry_service.disclosure.procedure.publishing import (
    decide_publication,
    drop_publication,
    mark_published,
)
from inquiry_service.edge.csrf import require_same_origin
from inquiry_service.errors import BadInput, Conflict, InquiryError
from inquiry_service.staff.accounts import Session
from inquiry_service.staff.roles import Permission

SEE_OTHER = 303
HERE = "/desk/publishing"
MOST_ALIKE = 20
_WITH = "with-"
"""Before a number in the name of its tick."""


def add_publishing_routes(routes: APIRouter, parts: DeskParts, entrance: Entrance) -> None:
    _deciding(routes, parts, entrance)
    pages = PublishingPages(parts)
    member, acting = Depends(entrance.member), Depends(entrance.acting)
    working = Depends(entrance.allowed(Permission.WORK, Permission.APPROVE))
    approving = Depends(entrance.allowed(Permission.APPROVE))
    guarded = [Depends(require_same_origin), acting]

    @routes.get("/publishing")
    def listed(request: Request, session: Session = member) -> Response:
        return pages.listed(request, session)

    @routes.post("/publishing/{publication}/published", dependencies=guarded)
    def published(
        request: Request, publication: str, typed: Typed, session: Session = working
    ) -> Response:
        return pages.published(request, session, publication, typed)

    @routes.post("/publishing/{publication}/dropped", dependencies=guarded)
    def dropped(
        request: Request, publication: str, typed: Typed, session: Session = approving
    ) -> Response:
        return pages.dropped(request, session, publication, typed)


def _deciding(routes: APIRouter, parts: DeskParts, entrance: Entrance) -> None:
    approving = Depends(entrance.allowed(Permission.APPROVE))
    guarded = [Depends(require_same_origin), Depends(entrance.acting)]

    @routes.get("/requests/{number}/publish")
    def form(request: Request, number: str, session: Session = approving) -> Response:
        return _form(parts, request, session, number)

    @routes.post("/requests/{number}/publish", dependencies=guarded)
    def decided(
        request: Request, number: str, typed: Typed, session: Session = approving
    ) -> Response:
        others = [name.removeprefix(_WITH) for name in typed if name.startswith(_WITH)]
        try:
            decide_publication(
                parts.office,
                number,
                title=typed.get("title", ""),
                requests=others,
                reviewed=bool(typed.get("secrecy_reviewed")),
                by=session.login,
                expected_version=version_in(typed),
            )
        except (BadInput, Conflict) as failure:
            return _form(parts, request, session, number, typed, failure)
        return RedirectResponse(HERE, SEE_OTHER)


def _form(
    parts: DeskParts,
    request: Request,
    session: Session,
    number: str,
    typed: Mapping[str, str] | None = None,
    failure: InquiryError | None = None,
) -> Response:
    """All that want the same are ticked at first: whoever decides takes off what does not fit."""
    case = open_case(parts.office, number)
    alike = wanted_alike(parts.office, case.number)[:MOST_ALIKE]
    first = {f"{_WITH}{one.number}": "yes" for one in alike}
    return desk_page(
        parts,
        request,
        "desk/publish.html",
        session,
        failure=failure,
        case=case,
        days_left=days_left_of(parts, case),
        alike=alike,
        form=first if typed is None else typed,
    )


@dataclass(frozen=True, slots=True)
class Tried:
    """What was typed about one decision and did not do."""

    publication: str
    typed: Mapping[str, str]
    failure: InquiryError


class PublishingPages:
    """What is to be published, what has been, and what came to nothing."""

    def __init__(self, parts: DeskParts) -> None:
        self._parts = parts

    def listed(self, request: Request, session: Session, tried: Tried | None = None) -> Response:
        known = publications(self._parts.office)
        return desk_page(
            self._parts,
            request,
            "desk/office_publishing.html",
            session,
            failure=tried.failure if tried else None,
            waiting=[one for one in known if one.waiting],
            public=[one for one in reversed(known) if one.public],
            dropped=[one for one in reversed(known) if one.dropped_on],
            names=names_of_staff(self._parts),
            tried=tried,
        )

    def published(
        self, request: Request, session: Session, publication: str, typed: Mapping[str, str]
    ) -> Response:
        def mark() -> None:
            address = typed.get("address", "")
            mark_published(self._parts.office, publication, address=address, by=session.login)

        return self._done(request, session, publication, typed, mark)

    def dropped(
        self, request: Request, session: Session, publication: str, typed: Mapping[str, str]
    ) -> Response:
        def drop() -> None:
            why = typed.get("why", "")
            drop_publication(self._parts.office, publication, why=why, by=session.login)

        return self._done(request, session, publication, typed, drop)

    def _done(
        self,
        request: Request,
        session: Session,
        publication: str,
        typed: Mapping[str, str],
        do: Callable[[], None],
    ) -> Response:
        try:
            do()
        except (BadInput, Conflict) as failure:
            return self.listed(request, session, Tried(publication, typed, failure))
        return RedirectResponse(HERE, SEE_OTHER)
