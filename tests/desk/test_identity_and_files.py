"""Masked numbers, looking at them on record, and files that leave as attachments only."""

from datetime import timedelta

import pytest

from desk_house import Clerk, File, assembled, signed_in
from html_forms import Page
from inquiry_service.desk import DeskParts
from inquiry_service.disclosure import ApplicantKind, DisclosureOffice, IdentityKind, open_case
from inquiry_service.disclosure.attachments import store as files_store
from inquiry_service.disclosure.attachments.adding import FileState, files_of
from inquiry_service.disclosure.procedure.correcting import add_material
from inquiry_service.disclosure.rules.events import IdentityShown
from inquiry_service.moments import FrozenClock
from inquiry_service.staff import Role
from procedure_house import reply

NUMBER = "11010519491231002X"
PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"


def case_at(number: str) -> str:
    return f"/desk/requests/{number}"


def test_the_whole_number_is_shown_once_and_that_is_recorded(
    clerk: Clerk, office: DisclosureOffice, file: File
) -> None:
    number = file()
    assert NUMBER not in clerk.client.get(case_at(number)).text
    answer = clerk.client.post(
        f"{case_at(number)}/identity", data={"csrf": clerk.csrf, "what": "identity_number"}
    )
    assert answer.headers["cache-control"] == "no-store"
    page = Page(answer.text)
    assert page.texts["whole"] == NUMBER
    assert "查看完整证件号码 测试工作人员" in page.words
    looked = open_case(office, number).history[-1]
    assert (looked.event, looked.actor) == (IdentityShown("identity_number"), "desk-one")
    assert NUMBER not in clerk.client.get(case_at(number)).text


def test_another_field_is_not_shown_that_way(
    clerk: Clerk, office: DisclosureOffice, file: File
) -> None:
    number = file()
    answer = clerk.client.post(
        f"{case_at(number)}/identity", data={"csrf": clerk.csrf, "what": "phone"}
    )
    assert answer.status_code == 422
    assert open_case(office, number).version == 2


def test_who_may_not_look_is_not_offered_to(desk_parts: DeskParts, file: File) -> None:
    page = signed_in(assembled(desk_parts), Role.REVIEWER).page(case_at(file()))
    assert "查看完整号码" not in page.words
    assert "110*************2X" in page.words


@pytest.mark.parametrize(
    ("changes", "whole", "masked"),
    [
        (
            {"identity_kind": IdentityKind.PASSPORT, "identity_number": "E12345678"},
            "E12345678",
            "E******78",
        ),
        (
            {
                "applicant_kind": ApplicantKind.BUSINESS,
                "organisation_name": "测试用单位",
                "credit_code": "91350100M000100Y43",
            },
            "91350100M000100Y43",
            "913*************43",
        ),
    ],
)
def test_any_proof_is_masked(
    clerk: Clerk, file: File, changes: dict[str, str], whole: str, masked: str
) -> None:
    html = clerk.client.get(case_at(file(**changes))).text
    assert masked in html
    assert whole not in html


def attached(office: DisclosureOffice, number: str, state: FileState) -> str:
    add_material(office, number, "意见.pdf", PDF, by="clerk")
    file_id = files_of(office, number)[-1].file_id
    with office.database.begin() as connection:
        files_store.mark(
            connection,
            file_id,
            was=FileState.QUARANTINED.value,
            state=state.value,
            at=office.clock(),
            scanner="",
            finding="",
        )
    return file_id


def test_a_file_leaves_as_an_attachment_and_is_never_shown_in_place(
    clerk: Clerk, office: DisclosureOffice, file: File
) -> None:
    number = file()
    file_id = attached(office, number, FileState.NOT_SCANNED)
    assert "意见.pdf" in clerk.page(case_at(number)).words
    assert "未查毒" in clerk.page(case_at(number)).words
    answer = clerk.client.get(f"{case_at(number)}/files/{file_id}")
    assert answer.content == PDF
    assert answer.headers["content-disposition"].startswith("attachment; ")
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["cache-control"] == "no-store"
    other = file()
    clerk.page(f"{case_at(other)}/files/{file_id}", 404)


@pytest.mark.parametrize("state", [FileState.QUARANTINED, FileState.INFECTED])
def test_a_file_in_quarantine_is_named_but_does_not_open(
    clerk: Clerk, office: DisclosureOffice, file: File, state: FileState
) -> None:
    number = file()
    file_id = attached(office, number, state)
    page = clerk.page(case_at(number))
    assert state.label in page.words
    assert f"{case_at(number)}/files/{file_id}" not in page.links
    assert clerk.client.get(f"{case_at(number)}/files/{file_id}").status_code == 409


def test_material_is_added_through_its_form(
    clerk: Clerk, office: DisclosureOffice, file: File
) -> None:
    number = file()
    address = f"{case_at(number)}/materials"
    fields = clerk.page(address).form(address).fields
    fields.pop("file")
    empty = clerk.client.post(address, data=fields)
    assert "请选择要添加的文件" in Page(empty.text).texts["file-error"]
    unfit = clerk.client.post(address, data=fields, files={"file": ("a.exe", b"MZ\x90")})
    assert unfit.status_code == 422
    added = clerk.client.post(address, data=fields, files={"file": ("意见.pdf", PDF)})
    assert added.status_code == 303
    [kept] = files_of(office, number)
    assert (kept.name, kept.source.value) == ("意见.pdf", "staff")


def test_a_finished_letter_is_downloaded_byte_for_byte(
    clerk: Clerk, office: DisclosureOffice, file: File, frozen_clock: FrozenClock
) -> None:
    number = file()
    letter = reply(office, number)
    frozen_clock.advance(timedelta(hours=1))
    answer = clerk.client.get(f"{case_at(number)}/letters/{letter}/docx")
    assert answer.content.startswith(b"PK")
    assert answer.headers["content-disposition"].startswith("attachment; ")
    again = clerk.client.get(f"{case_at(number)}/letters/{letter}/docx")
    assert again.content == answer.content
