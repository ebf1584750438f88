"""The steps that are no letter: each has an address, a permission, a form, and one use case."""

from fastapi import APIRouter, Depends, Request
from fastapi.responses import RedirectResponse, Response

from inquiry_service.desk.case_page import days_left_of
from inquiry_service.desk.entrance import Entrance
from inquiry_service.desk.parts import DeskParts
from inquiry_service.desk.rendering import desk_page
from inquiry_service.desk.step_orders import Order
from inquiry_service.desk.steps import STEPS, StepForm
from inquiry_service.desk.submitted import Typed, version_in
from inquiry_service.disclosure.looking.handling import open_case
from inquiry_service.edge.csrf import require_same_origin
from inquiry_service.errors import BadInput, Conflict, InquiryError
from inquiry_service.staff.accounts import Session
from inquiry_service.staff.roles import Permission

SEE_OTHER = 303


def add_step_routes(routes: APIRouter, parts: DeskParts, entrance: Entrance) -> None:
    for step in STEPS:
        _add(routes, parts, entrance, step)


def _add(routes: APIRouter, parts: DeskParts, entrance: Entrance, step: StepForm) -> None:
    path = f"/requests/{{number}}/{step.key}"
    allowed = Depends(entrance.allowed(*step.any_of))
    acting = [Depends(require_same_origin), Depends(entrance.acting)]

    @routes.get(path, name=f"{step.key} form")
    def form(request: Request, number: str, session: Session = allowed) -> Response:
        return _form(parts, request, session, number, step)

    @routes.post(path, name=step.key, dependencies=acting)
    def done(request: Request, number: str, typed: Typed, session: Session = allowed) -> Response:
        approves = session.may(Permission.APPROVE)
        order = Order(parts.office, number, session.login, version_in(typed), typed, approves)
        try:
            step.run(order)
        except (BadInput, Conflict) as failure:
            return _form(parts, request, session, number, step, typed, failure)
        return RedirectResponse(f"/desk/requests/{number}", SEE_OTHER)


def _form(
    parts: DeskParts,
    request: Request,
    session: Session,
    number: str,
    step: StepForm,
    typed: dict[str, str] | None = None,
    failure: InquiryError | None = None,
) -> Response:
    """The form of a step with what was typed, or with what it begins with."""
    case = open_case(parts.office, number)
    fields = step.fields(case)
    return desk_page(
        parts,
        request,
        "desk/step.html",
        session,
        failure=failure,
        case=case,
        days_left=days_left_of(parts, case),
        step=step,
        fields=fields,
        form={field.name: field.value for field in fields} if typed is None else typed,
        offered=step.offered(case),
    )
