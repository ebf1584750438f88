"""Attached files: taken in by content, kept sealed, shown only when checked, named safely."""

import io
import zipfile
from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image
from sqlalchemy import select, update

from inquiry_service.disclosure import Application, DisclosureOffice, file_request
from inquiry_service.disclosure.attachments import store as files_store
from inquiry_service.disclosure.attachments.adding import (
    MOST_FILES,
    FileSource,
    FileState,
    StoredFile,
    add_file,
    files_of,
    looked_over,
    read_file,
)
from inquiry_service.disclosure.attachments.kinds import FileType, Refused, type_of
from inquiry_service.disclosure.attachments.naming import (
    LONGEST_NAME,
    content_disposition,
    download_name,
    proper_name,
)
from inquiry_service.disclosure.attachments.scanning import NoScanner, scan_waiting
from inquiry_service.disclosure.procedure.correcting import add_material
from inquiry_service.errors import BadInput, Conflict, NotFound
from ofd_parcels import page, parcel
from office_files import word, workbook, zipped

MB = 1024 * 1024
PDF = b"%PDF-1.7\n%%EOF\n"
TEXT = "身份证明见附件。".encode()


def picture(form: str) -> bytes:
    buffer = io.BytesIO()
    Image.new("RGB", (2, 2)).save(buffer, form)
    return buffer.getvalue()


@pytest.fixture
def number(office: DisclosureOffice, application: Application) -> str:
    return file_request(office, application, submission_key="one").number


def attach(
    office: DisclosureOffice,
    number: str,
    name: str,
    data: bytes,
    by: str = "applicant",
) -> StoredFile:
    with office.database.begin() as connection:
        return add_file(connection, office, number, looked_over(office, name, data), by)


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (PDF, FileType.PDF),
        (picture("JPEG"), FileType.JPEG),
        (picture("PNG"), FileType.PNG),
        (picture("TIFF"), FileType.TIFF),
        (b"MM\0*" + picture("TIFF"), FileType.TIFF),
        (parcel([page()]), FileType.OFD),
        (word("正文"), FileType.DOCX),
        (workbook(), FileType.XLSX),
        (TEXT, FileType.TXT),
        ("证明材料，见附件".encode("gb18030"), FileType.TXT),
    ],
)
def test_the_content_tells_the_type(data: bytes, expected: FileType) -> None:
    assert type_of(data) is expected


@pytest.mark.parametrize(
    "data",
    [
        picture("GIF"),
        picture("BMP"),
        picture("WEBP"),
        b"MZ\x90\0\x03\0\0\0\x04\0\0\0\xff\xff",
        b"\x7fELF\x02\x01\x01\0",
        b"<!DOCTYPE html><script>alert(1)</script>",
        b"{\\rtf1 text}",
        zipped({"a.txt": b"a"}),
        b"Rar!\x1a\x07\x00",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600),
        b"PK\x03\x04 cut off",
        word("正文")[:-200],
        b" \n ",
        bytes(100),
    ],
)
def test_every_other_type_is_refused_whatever_it_is_called(
    office: DisclosureOffice, number: str, data: bytes
) -> None:
    for name in ("证明.pdf", "证明.txt", "证明"):
        with pytest.raises(BadInput) as refused:
            attach(office, number, name, data)
        (problem,) = refused.value.problems
        assert problem.field == "file"
        assert problem.message.startswith(f"“{name}”")
        assert "请" in problem.message
    assert files_of(office, number) == ()


@pytest.mark.parametrize("name", ["a.pdf", "A.PDF", "身份证.jpg", "申请表.docx", "目录\\a.pdf"])
def test_plain_text_under_the_name_of_something_else_is_refused_with_what_to_do(
    office: DisclosureOffice, number: str, name: str
) -> None:
    with pytest.raises(BadInput) as refused:
        attach(office, number, name, b"ab")
    (problem,) = refused.value.problems
    assert "内容却只是文字" in problem.message
    assert "重新取得" in problem.message
    assert files_of(office, number) == ()


@pytest.mark.parametrize(
    ("name", "data", "kept"),
    [
        ("a.txt", b"ab", "a.txt"),
        ("数据.csv", TEXT, "数据.csv.txt"),
        ("说明", TEXT, "说明.txt"),
        ("扫描.pdf", picture("JPEG"), "扫描.pdf.jpg"),
        ("照片.png", PDF, "照片.png.pdf"),
    ],
)
def test_whatever_is_whole_is_taken_in_under_the_ending_it_really_has(
    office: DisclosureOffice, number: str, name: str, data: bytes, kept: str
) -> None:
    assert attach(office, number, name, data).name == kept
    assert [file.name for file in files_of(office, number)] == [kept]


def test_a_package_that_unpacks_to_far_more_is_refused_without_being_unpacked() -> None:
    with pytest.raises(Refused, match="压缩炸弹"):
        type_of(packed_with("word/media/image1.png", bytes(30 * MB)))


def test_a_package_with_a_password_is_refused() -> None:
    locked = bytearray(packed_with("word/media/image1.png", b"x"))
    directory = locked.rindex(b"PK\x01\x02")
    locked[directory + 8] |= 1
    with pytest.raises(Refused, match="密码"):
        type_of(bytes(locked))


def test_a_document_with_macros_is_refused() -> None:
    with pytest.raises(Refused, match="宏"):
        type_of(packed_with("word/vbaProject.bin", b"x"))


def packed_with(member: str, content: bytes) -> bytes:
    """A Word document with one more part."""
    buffer = io.BytesIO(word("正文"))
    with zipfile.ZipFile(buffer, "a", zipfile.ZIP_DEFLATED) as package:
        package.writestr(member, content)
    return buffer.getvalue()


def test_what_was_taken_in_comes_back_byte_for_byte(office: DisclosureOffice, number: str) -> None:
    stored = attach(office, number, "申请人身份证.pdf", PDF)
    scan_waiting(office, NoScanner())
    read, data = read_file(office, number, stored.file_id)
    assert data == PDF
    assert (read.name, read.type, read.size) == ("申请人身份证.pdf", FileType.PDF, len(PDF))
    assert (read.sha256, read.source, read.added_at) == (
        stored.sha256,
        FileSource.APPLICANT,
        office.clock(),
    )


def test_neither_name_nor_content_stands_in_the_database(
    office: DisclosureOffice, number: str
) -> None:
    attach(office, number, "secret name.txt", b"secret content")
    with office.database.read() as connection:
        (row,) = connection.execute(select(files_store.files)).all()
    assert "secret" not in repr(tuple(row))


def test_a_file_in_quarantine_is_not_handed_out(office: DisclosureOffice, number: str) -> None:
    stored = attach(office, number, "a.pdf", PDF)
    assert stored.state is FileState.QUARANTINED
    with pytest.raises(Conflict, match=r"还没有查毒.*稍后再试"):
        read_file(office, number, stored.file_id)


def test_a_file_of_another_request_is_not_found(
    office: DisclosureOffice, application: Application, number: str
) -> None:
    stored = attach(office, number, "a.pdf", PDF)
    scan_waiting(office, NoScanner())
    other = file_request(office, application, submission_key="two").number
    for asked in ((other, stored.file_id), (number, "0" * 32), ("YSQ-2026-99999", stored.file_id)):
        with pytest.raises(NotFound):
            read_file(office, *asked)
    assert files_of(office, other) == ()


def test_a_request_that_is_not_there_takes_no_file(office: DisclosureOffice) -> None:
    with pytest.raises(NotFound):
        attach(office, "YSQ-2026-99999", "a.pdf", PDF)


def test_contents_exchanged_behind_the_offices_back_are_noticed(
    office: DisclosureOffice, number: str
) -> None:
    one, other = (attach(office, number, f"{at}.txt", str(at).encode()) for at in (1, 2))
    scan_waiting(office, NoScanner())
    table = files_store.files
    with office.database.begin() as connection:
        content = select(table.c.content).where(table.c.file_id == other.file_id)
        taken = connection.execute(content).scalar_one()
        connection.execute(
            update(table).where(table.c.file_id == one.file_id).values(content=taken)
        )
        connection.execute(
            update(table).where(table.c.file_id == other.file_id).values(content=b"x", name="x")
        )
    with pytest.raises(Conflict, match="与收到时的不一致"):
        read_file(office, number, one.file_id)
    with pytest.raises(Conflict, match="打不开"):
        read_file(office, number, other.file_id)
    assert [file.name for file in files_of(office, number)] == ["1.txt", "附件.txt"]


def test_files_are_listed_in_the_order_of_coming_in(office: DisclosureOffice, number: str) -> None:
    names = [f"{at}.txt" for at in range(MOST_FILES)]
    for name in names:
        attach(office, number, name, TEXT)
    assert [file.name for file in files_of(office, number)] == names


def test_an_empty_file_is_refused(office: DisclosureOffice, number: str) -> None:
    with pytest.raises(BadInput, match="是空的"):
        attach(office, number, "a.pdf", b"")


def test_a_file_beyond_the_size_is_refused_and_one_of_just_that_size_is_not(
    office: DisclosureOffice, number: str
) -> None:
    largest = PDF.ljust(office.upload_megabytes * MB)
    attach(office, number, "a.pdf", largest)
    with pytest.raises(BadInput, match="超过 10 MB 的上限"):
        attach(office, number, "b.pdf", largest + b" ")


def test_one_side_attaches_so_many_files_and_the_other_as_many(
    office: DisclosureOffice, number: str
) -> None:
    for at in range(MOST_FILES):
        attach(office, number, f"{at}.txt", TEXT)
    with pytest.raises(BadInput, match="最多上传 10 个文件"):
        attach(office, number, "one more.txt", TEXT)
    stored = attach(office, number, "reply.txt", TEXT, by="desk-one")
    assert stored.source is FileSource.STAFF


def test_all_files_together_have_a_limit(office: DisclosureOffice, number: str) -> None:
    for at in range(4):
        attach(office, number, f"{at}.pdf", PDF.ljust(int(9.75 * MB)))
    with pytest.raises(BadInput, match=r"还可以上传 1\.0 MB"):
        attach(office, number, "more.pdf", PDF.ljust(MB + 1))
    attach(office, number, "less.pdf", PDF.ljust(MB))


def test_a_file_is_judged_while_somebody_else_writes(office: DisclosureOffice, number: str) -> None:
    """A second of judging a large archive would otherwise hold every other writer up."""
    with ThreadPoolExecutor(1) as another, office.database.begin():
        adding = another.submit(add_material, office, number, "程序.pdf", b"MZ\x90\0" * 99)
        with pytest.raises(BadInput):
            adding.result(timeout=20)


def test_a_file_whose_use_case_fails_is_not_kept(office: DisclosureOffice, number: str) -> None:
    with pytest.raises(BadInput), office.database.begin() as connection:  # noqa: PT012
        add_file(connection, office, number, looked_over(office, "a.pdf", PDF), "applicant")
        add_file(connection, office, number, looked_over(office, "b.pdf", b""), "applicant")
    assert files_of(office, number) == ()


@pytest.mark.parametrize(
    ("given_name", "kept"),
    [
        ("报告.pdf", "报告.pdf"),
        ("报告.PDF", "报告.PDF"),
        ("报告.exe", "报告.exe.pdf"),
        ("报告", "报告.pdf"),
        (".pdf", "pdf.pdf"),
        ("报告\u202efdp.exe", "报告fdp.exe.pdf"),
        ("C:\\用户\\桌面\\报告.pdf", "报告.pdf"),
        ("../../etc/passwd", "passwd.pdf"),
        ("a" * 300 + ".pdf", "a" * 96 + ".pdf"),
    ],
)
def test_a_name_ends_in_what_the_file_is(given_name: str, kept: str) -> None:
    assert proper_name(given_name, (".pdf",)) == kept


@pytest.mark.parametrize(
    ("given_name", "safe"),
    [
        ("", "附件"),
        ("...", "附件"),
        ("con.txt", "附件_con.txt"),
        ("a/b\\c.txt", "c.txt"),
        ('a"b\r\nSet-Cookie: x.txt', "a_b Set-Cookie_ x.txt"),
        ("  两个  空格 .txt", "两个 空格.txt"),
        ("\ud800.txt", "txt"),
    ],
)
def test_a_name_is_made_safe_for_a_disk(given_name: str, safe: str) -> None:
    assert download_name(given_name) == safe


@given(st.text())
def test_any_name_is_safe_on_a_disk_and_making_it_safe_twice_changes_nothing(name: str) -> None:
    safe = download_name(name)
    assert safe
    assert download_name(safe) == safe
    assert len(safe) <= LONGEST_NAME
    assert len(safe.encode()) < 255
    assert safe.isprintable()
    assert not set('<>:"|?*/\\') & set(safe)
    assert safe[0] not in ". "
    assert safe[-1] not in ". "


@given(st.text())
def test_any_name_with_a_proper_suffix_keeps_it(name: str) -> None:
    assert proper_name(name, (".jpg", ".jpeg")).lower().endswith((".jpg", ".jpeg"))


def test_the_header_keeps_the_name_for_browsers_new_and_old() -> None:
    assert content_disposition("情况说明 1.pdf") == (
        'attachment; filename="_____1.pdf"; '
        "filename*=UTF-8''%E6%83%85%E5%86%B5%E8%AF%B4%E6%98%8E%201.pdf"
    )


@given(st.text())
def test_no_name_breaks_out_of_the_header(name: str) -> None:
    header = content_disposition(name)
    assert header.isascii()
    assert header.isprintable()
    assert header.count('"') == 2
    assert header.startswith("attachment; ")
