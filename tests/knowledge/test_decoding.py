"""Bytes become text in every encoding a county office still has on its disks."""

import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inquiry_service.knowledge.readers.decoding import MAX_BYTES, Undecodable, decode

REPORT = "桐乡市商务局2017年度\n政府信息公开工作报告\n共收到申请5件。\n"


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "gb18030", "gbk", "utf-16", "utf-16-le", "utf-16-be"]
)
def test_the_same_report_is_read_from_every_encoding(encoding: str) -> None:
    assert decode(REPORT.encode(encoding)) == REPORT


def test_utf16_big_endian_with_its_mark_is_read() -> None:
    assert decode(codecs.BOM_UTF16_BE + REPORT.encode("utf-16-be")) == REPORT


@pytest.mark.parametrize("newline", ["\r\n", "\r", "\f", "\v", "\u2028", "\u2029", "\x85"])
def test_every_kind_of_line_end_becomes_a_newline(newline: str) -> None:
    assert decode(f"第一行{newline}第二行".encode()) == "第一行\n第二行"


def test_a_dos_end_of_file_mark_is_dropped() -> None:
    assert decode("正文\x1a".encode()) == "正文"


@pytest.mark.parametrize("invisible", ["\u200b", "\ufeff", "\u202e", "\u2066", "\u00ad"])
def test_characters_nobody_sees_do_not_break_up_words(invisible: str) -> None:
    assert decode(f"信息{invisible}公开".encode()) == "信息公开"


def test_an_empty_file_is_empty_text() -> None:
    assert decode(b"") == ""


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"%PDF-1.7\n", "PDF 文件"),
        (b"PK\x03\x04rest", "压缩包或 Office 文件"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1", "旧版 Office 文件"),
        (b"\x89PNG\r\n", "图片"),
        (b"\xff\xd8\xff\xe0", "图片"),
        (b"GIF89a", "图片"),
    ],
)
def test_another_format_under_a_text_extension_is_named(data: bytes, said: str) -> None:
    with pytest.raises(Undecodable, match=said):
        decode(data)


@pytest.mark.parametrize(
    "data",
    [
        b"text with \x07 a bell",
        bytes(range(256)) * 4,
        b"\x81\x30\x81",
        b"\xff\xff\xff",
        codecs.BOM_UTF16_LE + b"\x00",
        b"\x00\x01\x02\x03" * 50,
    ],
)
def test_binary_content_is_refused(data: bytes) -> None:
    with pytest.raises(Undecodable):
        decode(data)


def test_bytes_that_only_pass_as_chinese_by_accident_are_refused() -> None:
    noise = "".join(chr(0xE000 + i) for i in range(200)).encode("gb18030")
    with pytest.raises(Undecodable, match="不是可读的文字"):
        decode(noise)


def test_a_file_beyond_the_limit_says_how_large_it_is() -> None:
    with pytest.raises(Undecodable, match="超过 5 MB 的上限"):
        decode(b"a" * (MAX_BYTES + 1))


@given(st.binary(max_size=300))
def test_any_bytes_are_text_or_refused_and_nothing_else(data: bytes) -> None:
    try:
        text = decode(data)
    except Undecodable:
        return
    assert not set(text) & set("\r\x00\x07\ufeff")


@given(st.text(alphabet="政府信息公开，。2017年度abc \n", max_size=200))
def test_ordinary_text_survives_utf8_and_gb18030(text: str) -> None:
    assert decode(text.encode()) == text
    assert decode((REPORT + text).encode("gb18030")) == REPORT + text
