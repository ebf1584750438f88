"""Who may do what: every route of a case says which permission it asks for, and keeps to it."""

import pytest
from fastapi.routing import APIRoute

from desk_house import Clerk, File, assembled, signed_in
from inquiry_service import desk
from inquiry_service.desk import DeskParts
from inquiry_service.desk.entrance import Allowed
from inquiry_service.desk.steps import STEPS
from inquiry_service.disclosure.attachments.adding import files_of
from inquiry_service.disclosure.attachments.clamd import scanner_at
from inquiry_service.disclosure.attachments.scanning import scan_waiting
from inquiry_service.disclosure.procedure.correcting import add_material
from inquiry_service.staff import Permission, Role

WORK, REVIEW, APPROVE = Permission.WORK, Permission.REVIEW, Permission.APPROVE
CASE = "/desk/requests/{number}"
LETTER = f"{CASE}/letters/{{letter_id}}"

ASKED = {
    ("GET", CASE): (),
    ("POST", f"{CASE}/identity"): (Permission.LOOK_AT_IDENTITY,),
    ("GET", f"{CASE}/materials"): (WORK,),
    ("POST", f"{CASE}/materials"): (WORK,),
    ("GET", f"{CASE}/files/{{file_id}}"): (),
    ("POST", f"{CASE}/export"): (APPROVE,),
    ("GET", f"{CASE}/publish"): (APPROVE,),
    ("POST", f"{CASE}/publish"): (APPROVE,),
    ("GET", f"{CASE}/outcome"): (WORK,),
    ("POST", f"{CASE}/outcome"): (WORK,),
    ("GET", f"{CASE}/fee"): (WORK,),
    ("GET", f"{CASE}/letters/new"): (WORK,),
    ("POST", f"{CASE}/letters"): (WORK,),
    ("GET", LETTER): (),
    ("POST", LETTER): (WORK,),
    ("GET", f"{LETTER}/outcome"): (WORK,),
    ("GET", f"{LETTER}/docx"): (),
    ("GET", f"{LETTER}/pdf"): (),
    ("POST", f"{LETTER}/return"): (WORK, REVIEW, APPROVE),
    ("POST", f"{LETTER}/discard"): (WORK, APPROVE),
    ("POST", f"{LETTER}/secrecy"): (REVIEW,),
    ("POST", f"{LETTER}/legal"): (REVIEW,),
    ("POST", f"{LETTER}/approve"): (APPROVE,),
    ("POST", f"{LETTER}/send"): (WORK,),
    **{(method, f"{CASE}/{step.key}"): step.any_of for step in STEPS for method in ("GET", "POST")},
}
"""Everything below a case; nothing asked means that every member of staff may look.

A file asks by whose it is, which no table of routes can say: see the test of files.
"""


def routes_of(parts: DeskParts) -> list[APIRoute]:
    return [route for route in desk.router(parts).routes if isinstance(route, APIRoute)]


def asked_by(route: APIRoute) -> tuple[Permission, ...]:
    calls = [dependency.call for dependency in route.dependant.dependencies]
    return next((call.any_of for call in calls if isinstance(call, Allowed)), ())


def test_every_route_of_a_case_asks_for_the_permission_it_should(desk_parts: DeskParts) -> None:
    found = {
        (method, route.path): asked_by(route)
        for route in routes_of(desk_parts)
        if route.path.startswith(CASE)
        for method in route.methods or ()
    }
    assert found == ASKED


def test_only_holding_and_lifting_need_the_head() -> None:
    assert {s.key for s in STEPS if s.permission is APPROVE} == {"hold", "lift-hold"}
    assert {s.permission for s in STEPS} == {WORK, APPROVE}
    assert {s.key for s in STEPS if s.also_by} == {"on-the-spot"}


@pytest.mark.parametrize("role", Role)
def test_a_role_reaches_what_its_permissions_name_and_nothing_else(
    desk_parts: DeskParts, file: File, role: Role
) -> None:
    number, member = file(), signed_in(assembled(desk_parts), role)
    for (method, path), needed in ASKED.items():
        address = path.format(number=number, letter_id="0" * 32, file_id="0" * 32)
        answer = member.client.request(method, address, data=_form(member, method))
        refused = answer.status_code == 403
        assert refused != (not needed or role.may(*needed)), (method, path)
        if refused:
            assert role.label in answer.text
            assert needed[0].value in answer.text


def _form(member: Clerk, method: str) -> dict[str, str] | None:
    return {"csrf": member.csrf, "version": "-"} if method == "POST" else None


@pytest.mark.parametrize("role", Role)
def test_a_case_offers_only_what_the_role_may_do(
    desk_parts: DeskParts, file: File, role: Role
) -> None:
    number, member = file(), signed_in(assembled(desk_parts), role)
    links = member.page(CASE.format(number=number)).links
    offered = {step.key for step in STEPS if f"/desk/requests/{number}/{step.key}" in links}
    of_this_stage = {"register", "withdraw", "complaint", "review-opened", "hold"}
    assert offered == {s.key for s in STEPS if s.key in of_this_stage and role.may(*s.any_of)}


@pytest.mark.parametrize("role", Role)
def test_what_an_applicant_sent_opens_to_whom_the_whole_number_opens(
    desk_parts: DeskParts, file: File, role: Role
) -> None:
    number, member = file(), signed_in(assembled(desk_parts), role)
    for name, by in (("证件.txt", "applicant"), ("检索.txt", "clerk")):
        add_material(desk_parts.office, number, name, name.encode(), by=by)
    scan_waiting(desk_parts.office, scanner_at(""))
    page = member.page(CASE.format(number=number))
    for stored in files_of(desk_parts.office, number):
        address = f"{CASE.format(number=number)}/files/{stored.file_id}"
        opens = stored.source == "staff" or role.may(Permission.LOOK_AT_IDENTITY)
        answer = member.client.get(address)
        assert answer.status_code == (200 if opens else 403)
        assert opens or "申请人提交的附件可能是身份证明" in answer.text
        assert (address in page.links) == opens
        assert stored.name in page.words
