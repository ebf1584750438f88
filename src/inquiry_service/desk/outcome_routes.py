"""The outcome assistant, step by step, and the fee calculator."""

from collections.abc import Sequence
from typing import Annotated

from fastapi import APIRouter, Depends, Query, Request
from fastapi.responses import RedirectResponse, Response

from inquiry_service.desk.case_page import days_left_of
from inquiry_service.desk.entrance import Entrance
from inquiry_service.desk.offers import may_draft
from inquiry_service.desk.outcome_walk import walked
from inquiry_service.desk.parts import DeskParts
from inquiry_service.desk.rendering import desk_page
from inquiry_service.desk.submitted import Typed, version_in
from inquiry_service.disclosure.letters.kinds import LetterKind
from inquiry_service.disclosure.looking.handling import open_case
from inquiry_service.disclosure.procedure.searching import consider_outcome
from inquiry_service.disclosure.rules.fees import Basis, Fee, per_item, per_page
from inquiry_service.disclosure.rules.request import choice_of
from inquiry_service.edge.csrf import require_same_origin
from inquiry_service.errors import BadInput, Conflict, InquiryError, NotFound, Problem
from inquiry_service.staff.accounts import Session
from inquiry_service.staff.roles import Permission

SEE_OTHER = 303
SEPARATOR = " "


def add_outcome_routes(routes: APIRouter, parts: DeskParts, entrance: Entrance) -> None:
    path = "/requests/{number}/outcome"
    work = Depends(entrance.allowed(Permission.WORK))
    acting = [Depends(require_same_origin), Depends(entrance.acting)]

    @routes.get(path)
    def assistant(
        request: Request,
        number: str,
        a: Annotated[tuple[str, ...], Query()] = (),
        session: Session = work,
    ) -> Response:
        """`a` are the answers so far, as `step=choice` in order."""
        return _shown(parts, request, session, number, a)

    @routes.post(path, dependencies=acting)
    def considered(
        request: Request, number: str, typed: Typed, session: Session = work
    ) -> Response:
        trail = tuple(filter(None, typed.get("trail", "").split(SEPARATOR)))
        ending = walked(trail).ending
        if ending is None or ending.outcome_code is None:
            return _shown(parts, request, session, number, trail)
        try:
            consider_outcome(
                parts.office,
                number,
                outcome_code=ending.outcome_code,
                trail=trail,
                by=session.login,
                expected_version=version_in(typed),
            )
        except Conflict as failure:
            return _shown(parts, request, session, number, trail, failure)
        reply = f"letters/new?kind=reply&outcome={ending.outcome_code}"
        return RedirectResponse(f"/desk/requests/{number}/{reply}", SEE_OTHER)


def _shown(
    parts: DeskParts,
    request: Request,
    session: Session,
    number: str,
    trail: Sequence[str],
    failure: InquiryError | None = None,
) -> Response:
    case = open_case(parts.office, number)
    return desk_page(
        parts,
        request,
        "desk/outcome.html",
        session,
        failure=failure,
        case=case,
        days_left=days_left_of(parts, case),
        walk=walked(trail),
        reply=may_draft(parts.office, case, LetterKind.REPLY),
    )


def add_fee_routes(routes: APIRouter, parts: DeskParts, entrance: Entrance) -> None:
    work = Depends(entrance.allowed(Permission.WORK))

    @routes.get("/requests/{number}/fee")
    def fee(
        request: Request,
        number: str,
        basis: str = "",
        units: str = "",
        before: str = "",
        session: Session = work,
    ) -> Response:
        """Only where the bureau charges (条例第四十二条)."""
        if not parts.office.fees:
            raise NotFound("这个页面")
        case, reckoned, failure = open_case(parts.office, number), None, None
        try:
            reckoned = _fee(basis, units, before) if basis or units else None
        except BadInput as fault:
            failure = fault
        return desk_page(
            parts,
            request,
            "desk/fee.html",
            session,
            failure=failure,
            case=case,
            days_left=days_left_of(parts, case),
            form={"basis": basis, "units": units, "before": before},
            bases=tuple(Basis),
            fee=reckoned,
        )


def _fee(basis: str, units: str, before: str) -> Fee:
    chosen = choice_of(Basis, basis)
    if chosen is None:
        raise BadInput([Problem("basis", "请选择按件还是按量计收，二者不能并用。")])
    counted, earlier = _count("units", units), _count("before", before or "0")
    try:
        if chosen is Basis.PER_PAGE:
            return per_page(counted)
        return per_item(counted, charged_before=earlier)
    except ValueError as fault:
        raise BadInput([Problem("units", f"{fault}。")]) from None


def _count(name: str, text: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) < 8):  # noqa: PLR2004
        raise BadInput([Problem(name, "请填写整数。")])
    return int(text)
