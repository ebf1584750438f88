"""Files an applicant adds: taken in one by one, refused with a sentence, never twice."""

import io

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from starlette.datastructures import FormData, UploadFile

import procedure_house
from applying import Applicant, page_of, receipt, receipt_page
from html_forms import Page
from inquiry_service.disclosure import DisclosureOffice, open_case
from inquiry_service.disclosure.attachments.adding import FileSource, files_of
from inquiry_service.web.submitted import files_in

PDF = b"%PDF-1.7\n%%EOF\n"
TEXT = "身份证明见附件。".encode()
MB = 1024 * 1024


@pytest.fixture
def applicant(web_app: FastAPI) -> Applicant:
    return Applicant.who_filed(TestClient(web_app))


def names(office: DisclosureOffice, number: str) -> list[str]:
    return [file.name for file in files_of(office, number)]


def told(page: Page) -> str:
    return page.texts["problems"]


def test_files_are_uploaded_from_the_receipt_without_typing_the_code(
    web_app: FastAPI, office: DisclosureOffice
) -> None:
    client = TestClient(web_app)
    answer = receipt_page(client)
    number, code = receipt(answer)
    form = page_of(answer).form("/requests/follow/materials")
    assert form.controls["file"].keys() >= {"multiple"}
    page = page_of(
        Applicant(client, number, code).uploads(
            ("身份证.pdf", PDF), ("说明.txt", TEXT), access=form.fields["access"]
        )
    )
    assert "已经收到2个文件" in page.words
    assert names(office, number) == ["身份证.pdf", "说明.txt"]
    assert {file.source for file in files_of(office, number)} == {FileSource.APPLICANT}


def test_what_may_be_uploaded_is_said_before(applicant: Applicant) -> None:
    words = applicant.opens().words
    assert "PDF、JPG、PNG、TIFF、OFD、DOCX、XLSX、TXT，每个不超过10MB" in words


@pytest.mark.parametrize(
    ("name", "data", "sentence"),
    [
        ("空.pdf", b"", "“空.pdf”是空的"),
        ("程序.pdf", b"MZ\x90\x00" * 99, "不是可以上传的类型"),
        ("太大.txt", b"a" * (10 * MB + 1), "超过 10 MB 的上限"),
    ],
)
def test_a_file_that_cannot_be_used_says_why_and_what_to_do(
    applicant: Applicant, office: DisclosureOffice, name: str, data: bytes, sentence: str
) -> None:
    page = page_of(applicant.uploads((name, data)), 422)
    assert sentence in told(page)
    assert names(office, applicant.number) == []


def test_a_bad_file_holds_up_no_good_one(applicant: Applicant, office: DisclosureOffice) -> None:
    page = page_of(applicant.uploads(("好.pdf", PDF), ("坏.exe", b"MZ\x90\x00" * 9)), 422)
    assert "已经收到1个文件：“好.pdf”" in page.words
    assert "坏.exe" in told(page)
    assert names(office, applicant.number) == ["好.pdf"]


def test_without_a_file_the_page_asks_for_one(applicant: Applicant) -> None:
    for files in ((), (("", b""),)):
        assert "还没有选择文件" in told(page_of(applicant.uploads(*files), 422))


def test_the_same_upload_sent_twice_is_kept_once(
    applicant: Applicant, office: DisclosureOffice
) -> None:
    access = applicant.form("materials").fields["access"]
    for _ in range(2):
        page = page_of(applicant.uploads(("身份证.pdf", PDF), access=access))
        assert "已经收到1个文件" in page.words
    assert names(office, applicant.number) == ["身份证.pdf"]
    assert [m.text for m in open_case(office, applicant.number).timeline].count(
        "申请人补充材料"
    ) == 1


def test_more_files_than_a_request_may_have_are_refused_by_name_of_the_rule(
    applicant: Applicant, office: DisclosureOffice
) -> None:
    many = [(f"{at}.txt", f"第{at}份材料的内容".encode()) for at in range(12)]
    page = page_of(applicant.uploads(*many), 422)
    assert "最多上传 10 个文件" in told(page)
    assert len(names(office, applicant.number)) == 10


def test_a_name_with_markup_is_only_text(applicant: Applicant) -> None:
    answer = applicant.uploads(("<img src=x onerror=alert(1)>.pdf", PDF))
    assert "<img src=x" not in answer.text
    assert "onerror" in page_of(answer).words


def test_files_are_listed_with_what_is_known_of_them(applicant: Applicant) -> None:
    applicant.uploads(("身份证.pdf", PDF))
    assert "身份证.pdf 不到0.1 MB，已收到，等待查毒" in applicant.opens().words


def test_once_answered_nothing_more_is_asked_for(
    applicant: Applicant, office: DisclosureOffice
) -> None:
    procedure_house.reply(office, applicant.number)
    forms = [form.action for form in applicant.opens().forms]
    assert "/requests/follow/materials" not in forms


def test_files_of_one_form_are_read_one_after_the_other() -> None:
    sent = [UploadFile(io.BytesIO(data), filename=f"{data!r}.txt") for data in (b"one", b"two")]
    files = files_in(FormData([("file", one) for one in sent]), "file")
    assert next(files)[1] == b"one"
    assert sent[1].file.tell() == 0


def test_a_file_is_confirmed_under_the_name_it_is_kept_by(applicant: Applicant) -> None:
    for _ in range(2):
        page = page_of(applicant.uploads(("扫描.png", PDF)))
        assert "已经收到1个文件：“扫描.png.pdf”。" in page.words
    refused = page_of(applicant.uploads(("a.pdf", b"ab")), 422)
    assert "名称是 PDF 文件，内容却只是文字" in refused.words
