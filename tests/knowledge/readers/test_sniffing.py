"""A file is what its bytes say; its name decides only where they say nothing."""

import pytest

from inquiry_service.knowledge.readers.extracted import Unreadable
from inquiry_service.knowledge.readers.limits import LIMITS, Format
from inquiry_service.knowledge.readers.sniffing import readable_suffixes, sniff
from office_files import OLE, PASSWORD_PROTECTED, page, repacked, word, workbook, zipped

PAGE = page("<p>正文。</p>")
ARCHIVE = b'MIME-Version: 1.0\r\nContent-Type: multipart/related;\r\n boundary="x"\r\n\r\n'


@pytest.mark.parametrize(
    ("data", "name", "form"),
    [
        (word(), "a.docx", Format.DOCX),
        (word(), "a", Format.DOCX),
        (workbook(), "a.xlsx", Format.XLSX),
        (zipped({"OFD.xml": b"<x/>"}), "a.ofd", Format.OFD),
        (zipped({"a.txt": b"x"}), "a.zip", Format.ZIP),
        (zipped({}), "a.zip", Format.ZIP),
        (repacked(zipped({"mimetype": b"application/vnd.oasis"}), {}), "a.odt", Format.OFFICE),
        (b"%PDF-1.7 ...", "a.pdf", Format.PDF),
        (b"\r\n%PDF-1.7 ...", "a.pdf", Format.PDF),
        (OLE + bytes(600), "a.doc", Format.OFFICE),
        (b"{\\rtf1 x}", "a.rtf", Format.OFFICE),
        (b"\x89PNG\r\n\x1a\n", "a.png", Format.PICTURE),
        (b"\xff\xd8\xff\xe0", "a.jpg", Format.PICTURE),
        (PAGE, "a.htm", Format.HTML),
        (b"<p>a fragment", "a.html", Format.HTML),
        (ARCHIVE, "a.mht", Format.HTML),
        ("# 标题".encode(), "a.md", Format.MARKDOWN),
        ("正文".encode("gb18030"), "a.txt", Format.TEXT),
    ],
)
def test_a_file_that_is_named_rightly_is_read_without_a_word(
    data: bytes, name: str, form: Format
) -> None:
    sniffed = sniff(data, name)
    assert sniffed is not None
    assert (sniffed.format, sniffed.warning) == (form, "")


@pytest.mark.parametrize(
    ("data", "name", "form", "said"),
    [
        (
            word(),
            "a.pdf",
            Format.DOCX,
            "从扩展名看是PDF，内容其实是Word 文档（docx），已按内容读取",
        ),
        (PAGE, "a.doc", Format.HTML, "内容其实是网页"),
        ("\ufeff".encode() + PAGE, "a.xls", Format.HTML, "内容其实是网页"),
        (PAGE.decode().encode("utf-16"), "a.doc", Format.HTML, "内容其实是网页"),
        (b"<table><tr><td>1</td></tr></table>", "a.xls", Format.HTML, "内容其实是网页"),
        (ARCHIVE, "a.doc", Format.HTML, "内容其实是网页"),
        (b"%PDF-1.4", "a.txt", Format.PDF, "从扩展名看是纯文本"),
        (word(), "a.doc", Format.DOCX, "从扩展名看是旧版 Office 或 WPS 文件"),
        (OLE + bytes(600), "a.docx", Format.OFFICE, "内容其实是旧版 Office 或 WPS 文件"),
        ("纯文本。".encode(), "a.docx", Format.TEXT, "内容其实是纯文本"),
        (zipped({"a.txt": b"x"}), "a.docx", Format.ZIP, "内容其实是ZIP 压缩包"),
    ],
)
def test_a_file_that_is_named_wrongly_is_read_as_what_it_is_with_a_warning(
    data: bytes, name: str, form: Format, said: str
) -> None:
    sniffed = sniff(data, name)
    assert sniffed is not None
    assert sniffed.format is form
    assert said in sniffed.warning


def test_text_that_shows_markup_is_still_text() -> None:
    for name, form in (("a.md", Format.MARKDOWN), ("a.txt", Format.TEXT)):
        sniffed = sniff(b"<div align=center>\n\n# Title\n", name)
        assert sniffed is not None
        assert sniffed.format is form


@pytest.mark.parametrize("name", ["a.css", "a.mp4", "LICENCE", "a.json"])
def test_other_kinds_of_files_hold_no_document(name: str) -> None:
    assert sniff(b"anything", name) is None


@pytest.mark.parametrize(
    ("data", "name", "said"),
    [
        (PASSWORD_PROTECTED, "a.docx", "有打开密码"),
        (PASSWORD_PROTECTED, "a.xlsx", "有打开密码"),
        (b"7z\xbc\xaf\x27\x1c", "a.7z", "不是 ZIP"),
        (b"", "a.docx", "文件是空的"),
        (bytes(range(1, 255)) * 4, "a.pdf", "内容却不是"),
        (b"\0\0\0\0junk", "a.doc", "内容却不是"),
    ],
)
def test_what_can_never_be_read_says_why(data: bytes, name: str, said: str) -> None:
    with pytest.raises(Unreadable, match=said):
        sniff(data, name)


def test_a_truncated_office_file_is_known_by_its_front() -> None:
    sniffed = sniff(word()[:-200], "a.docx")
    assert sniffed is not None
    assert sniffed.format in (Format.DOCX, Format.ZIP)


def test_every_format_has_a_limit_and_a_suffix() -> None:
    assert set(LIMITS) == set(Format)
    assert {".pdf", ".docx", ".xlsx", ".html", ".ofd", ".zip", ".wps"} <= set(readable_suffixes())
