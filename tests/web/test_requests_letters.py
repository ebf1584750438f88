"""Letters on the applicant's page: downloaded as they were sent, and only one's own."""

from pathlib import Path
from typing import Any

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

import procedure_house
from applying import Applicant, page_of
from inquiry_service.disclosure import DisclosureOffice
from inquiry_service.disclosure.letters.kinds import Delivery, LetterKind
from inquiry_service.disclosure.procedure.sending import letter_file

API = "/api/v1/disclosure-requests"


@pytest.fixture
def applicant(web_app: FastAPI) -> Applicant:
    return Applicant.who_filed(TestClient(web_app))


def downloaded(applicant: Applicant, letter: str, form: str = "docx") -> Any:
    access = applicant.form("complaint").fields["access"]
    data = {"access": access, "letter": letter, "format": form}
    return applicant.client.post("/requests/follow/letter", data=data)


def test_a_letter_is_downloaded_byte_for_byte_as_it_was_sent(
    applicant: Applicant, office: DisclosureOffice
) -> None:
    letter = procedure_house.reply(office, applicant.number)
    page = applicant.opens()
    assert "政府信息公开申请答复书" in page.words
    assert "信息公开答〔2026〕1号" in page.words
    assert page.form("/requests/follow/letter").fields["letter"] == letter
    answer = downloaded(applicant, letter)
    assert answer.status_code == 200
    assert answer.content == letter_file(office, applicant.number, letter).data
    assert answer.headers["content-disposition"].startswith("attachment;")
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["cache-control"] == "no-store"
    assert "wordprocessingml" in answer.headers["content-type"]


def test_letters_of_others_drafts_and_inventions_are_not_found(
    web_app: FastAPI, applicant: Applicant, office: DisclosureOffice
) -> None:
    other = Applicant.who_filed(TestClient(web_app), description="另一件事的材料")
    theirs = procedure_house.reply(office, other.number)
    procedure_house.register(office, applicant.number)
    draft = procedure_house.draft(office, applicant.number, LetterKind.RECEIPT)
    to_party = procedure_house.send_out(
        office, applicant.number, LetterKind.THIRD_PARTY_CONSULTATION, party="第三方一"
    )
    for letter in (theirs, draft, to_party, "invented", ""):
        page = page_of(downloaded(applicant, letter), 404)
        assert "没有找到这份文书" in page.words
        answer = applicant.client.get(
            f"{API}/{applicant.number}/letters/{letter or 'none'}",
            headers={"Lookup-Code": applicant.code},
        )
        assert answer.status_code == 404
    assert "政府信息公开征求意见书" not in applicant.opens().words


def test_without_a_pass_no_letter_is_given(applicant: Applicant, office: DisclosureOffice) -> None:
    letter = procedure_house.reply(office, applicant.number)
    data = {"access": "forged", "letter": letter, "format": "docx"}
    page_of(applicant.client.post("/requests/follow/letter", data=data), 403)


def test_a_pdf_that_cannot_be_made_leads_to_the_word_document(
    applicant: Applicant,
    office: DisclosureOffice,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    broken = tmp_path / "bin" / "soffice"
    broken.parent.mkdir()
    broken.write_text("#!/bin/sh\nexit 1\n")
    broken.chmod(0o755)
    monkeypatch.setenv("PATH", f"{broken.parent}:/usr/bin:/bin")
    letter = procedure_house.reply(office, applicant.number)
    page = page_of(downloaded(applicant, letter, "pdf"), 503)
    assert "请下载 Word 文档" in page.words


def test_a_reply_served_online_says_where_to_apply_for_reconsideration_online(
    applicant: Applicant, office: DisclosureOffice
) -> None:
    procedure_house.reply(
        office,
        applicant.number,
        "REFUSE_INTERNAL",
        Delivery.ONLINE,
        delivery="online",
        online_route="本县政务服务网行政复议栏目",
    )
    page = applicant.opens()
    assert "网上申请行政复议：本县政务服务网行政复议栏目" in page.words
    assert "应当先申请行政复议" in page.words


def test_the_api_lists_letters_and_gives_each_with_the_code_in_a_header(
    applicant: Applicant, office: DisclosureOffice
) -> None:
    letter = procedure_house.reply(office, applicant.number)
    address = f"{API}/{applicant.number}"
    header = {"Lookup-Code": applicant.code}
    [told] = applicant.client.get(address, headers=header).json()["letters"]
    assert told == {
        "id": letter,
        "title": "政府信息公开申请答复书",
        "number": "信息公开答〔2026〕1号",
        "on": "2026-03-02",
    }
    answer = applicant.client.get(f"{address}/letters/{letter}", headers=header)
    assert answer.content == letter_file(office, applicant.number, letter).data
    assert answer.headers["content-disposition"].startswith("attachment;")
    for wrong, status in (({}, 422), ({"Lookup-Code": "ABCD-EFG2"}, 404)):
        assert (
            applicant.client.get(f"{address}/letters/{letter}", headers=wrong).status_code == status
        )
    refused = applicant.client.get(f"{address}/letters/{letter}?format=exe", headers=header)
    assert refused.status_code == 422
