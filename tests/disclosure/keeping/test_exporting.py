"""The case file as a ZIP: whole, the same bytes each time, checked without any software of ours."""

import hashlib
import io
import json
import zipfile

import pytest
from sqlalchemy import update

from inquiry_service.disclosure import Application, DisclosureOffice, file_request, open_case
from inquiry_service.disclosure.attachments import store as files_store
from inquiry_service.disclosure.attachments.adding import files_of
from inquiry_service.disclosure.attachments.clamd import scanner_at
from inquiry_service.disclosure.attachments.scanning import scan_waiting
from inquiry_service.disclosure.keeping.exporting import export_case
from inquiry_service.disclosure.letters.kinds import LetterKind
from inquiry_service.disclosure.procedure import correcting, ending
from inquiry_service.disclosure.procedure.sending import letter_file
from inquiry_service.disclosure.texts import texts
from inquiry_service.errors import Conflict, NotFound
from procedure_house import draft, register, reply, send_out

IDENTITY = "11010519491231002X"


@pytest.fixture
def number(office: DisclosureOffice, application: Application) -> str:
    """Corrected, with one file let out and one still in quarantine, answered, complained about."""
    number = file_request(office, application, submission_key="one").number
    register(office, number)
    send_out(office, number, LetterKind.CORRECTION, until="2026-03-20")
    correcting.submit_correction(office, number, description=f"我的号码{IDENTITY}<b>粗</b>")
    correcting.add_material(office, number, "../证明.txt", "附件".encode(), by="applicant")
    scan_waiting(office, scanner_at(""))
    correcting.add_material(office, number, "等待.txt", b"waiting", by="applicant")
    reply(office, number)
    ending.complain(office, number, f"请回电13800000000，{IDENTITY}")
    draft(office, number, LetterKind.ASSISTANCE)
    return number


def unpacked(office: DisclosureOffice, number: str) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(export_case(office, number))) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def test_the_same_case_gives_the_same_bytes(office: DisclosureOffice, number: str) -> None:
    assert export_case(office, number) == export_case(office, number)


def test_names_are_safe_and_nothing_lies_twice(office: DisclosureOffice, number: str) -> None:
    with zipfile.ZipFile(io.BytesIO(export_case(office, number))) as archive:
        names = archive.namelist()
    assert len(names) == len(set(names))
    assert not [name for name in names if ".." in name or name.startswith("/") or "\\" in name]
    assert names[0] == "index.html"


def test_the_chain_is_recomputed_with_sha256_alone(office: DisclosureOffice, number: str) -> None:
    parts = unpacked(office, number)
    for line in parts["SHA256SUMS"].decode().splitlines():
        digest, name = line.split("  ", 1)
        assert hashlib.sha256(parts[name]).hexdigest() == digest, name
    previous = "0" * 64
    for name in sorted(name for name in parts if name.startswith("chain/")):
        assert parts[name].decode().splitlines()[0] == previous
        previous = hashlib.sha256(parts[name]).hexdigest()
    assert json.loads(parts["verification.json"])["head"] == previous
    assert "sha256sum -c SHA256SUMS" in parts["VERIFY.txt"].decode()


def test_the_events_stand_there_exactly_as_they_were_hashed(
    office: DisclosureOffice, number: str
) -> None:
    parts = unpacked(office, number)
    events = [json.loads(line) for line in parts["events.jsonl"].decode().splitlines()]
    assert len(events) == open_case(office, number).version
    for one in events:
        text = f"{one['previous_hash']}\n{one['sequence']}\n{one['content']}"
        assert hashlib.sha256(text.encode()).hexdigest() == one["hash"]


def test_the_application_is_whole_and_the_one_of_the_first_event(
    office: DisclosureOffice, number: str
) -> None:
    parts = unpacked(office, number)
    assert json.loads(parts["application.json"])["application"]["identity_number"] == IDENTITY
    first = json.loads(json.loads(parts["events.jsonl"].splitlines()[0])["content"])
    digest = hashlib.sha256(parts["application.json"]).hexdigest()
    assert first["facts"]["application_digest"] == digest
    assert IDENTITY in parts["application-corrected-1.json"].decode()


def test_letters_and_files_are_there_byte_for_byte(office: DisclosureOffice, number: str) -> None:
    parts = unpacked(office, number)
    sent = [one for one in open_case(office, number).letters if one.sent]
    kept = [data for name, data in parts.items() if name.endswith(".docx")]
    assert kept == [letter_file(office, number, one.letter_id).data for one in sent]
    assert parts["attachments/01-证明.txt"] == "附件".encode()
    assert "letters/03-draft.json" in parts


def test_what_nobody_has_checked_stays_in_and_is_named(
    office: DisclosureOffice, number: str
) -> None:
    parts = unpacked(office, number)
    assert files_of(office, number)[1].name == "等待.txt"
    assert not [name for name in parts if "等待" in name]
    assert "attachments/02-等待.txt</td><td>待查毒" in parts["index.html"].decode()


def test_the_page_stands_alone_masks_numbers_and_keeps_markup_out(
    office: DisclosureOffice, number: str
) -> None:
    page = unpacked(office, number)["index.html"].decode()
    assert IDENTITY not in page
    assert "13800000000" not in page
    assert "&lt;b&gt;粗" in page
    assert "<script" not in page
    assert "http" not in page
    for told in ("测试申请人", "收到补正后的申请", "第几个工作日", "没有被改动", "投诉", "答复书"):
        assert told in page


def test_a_case_that_was_changed_says_so(office: DisclosureOffice, number: str) -> None:
    with office.database.begin() as connection:
        changed = update(files_store.files).where(files_store.files.c.position == 1)
        connection.execute(changed.values(content=b"damaged"))
    parts = unpacked(office, number)
    assert "不成立" in parts["index.html"].decode()
    assert "打不开" in parts["index.html"].decode()


def test_a_case_that_nobody_can_read_is_refused_with_the_way_on(
    office: DisclosureOffice, number: str
) -> None:
    with office.database.begin() as connection:
        connection.execute(update(texts).values(sealed="damaged"))
    with pytest.raises(Conflict, match="disclosure verify"):
        export_case(office, number)


def test_an_unknown_case_is_not_found(office: DisclosureOffice) -> None:
    with pytest.raises(NotFound):
        export_case(office, "YSQ-2026-99999")
