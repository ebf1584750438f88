"""A PDF that cannot be used says why and what to do; nothing else is ever raised."""

import io
from contextlib import suppress

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from PIL import Image

from inquiry_service.knowledge.readers import ocr
from inquiry_service.knowledge.readers.extracted import Unreadable
from inquiry_service.knowledge.readers.pdf import read_pdf
from pdf_sheets import Sheets, raw_pdf

PARAGRAPH = "为规范政府信息公开工作，提高政府工作的透明度，制定本办法。"
PAGE = "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] >>"


def refusal(data: bytes) -> str:
    with pytest.raises(Unreadable) as fault:
        read_pdf(data, "file.pdf")
    return str(fault.value)


def test_a_password_is_named() -> None:
    data = Sheets(password="secret").paragraph(PARAGRAPH).bytes()
    assert refusal(data) == "有打开密码，读不了，请去掉密码后另存一份再放入"


def test_what_is_no_pdf_is_named() -> None:
    assert refusal(b"plain words") == "不是 PDF 文件（开头没有 PDF 标记），请确认扩展名与内容一致"


def test_a_truncated_file_is_refused_or_read_as_far_as_it_goes() -> None:
    data = Sheets().paragraph(PARAGRAPH).bytes()
    assert refusal(data[:200]) == "PDF 已损坏或不完整，请重新下载或重新导出后再放入"


def test_ten_thousand_pages_are_refused_with_their_number() -> None:
    kids = " ".join(["3 0 R"] * 10_000)
    data = raw_pdf(
        "<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Count 10000 /Kids [{kids}] >>",
        PAGE,
    )
    assert refusal(data) == "有 10000 页，超过 2000 页的上限，请按章节拆成几个文件"


def test_a_file_without_pages_is_refused() -> None:
    data = raw_pdf("<< /Type /Catalog /Pages 2 0 R >>", "<< /Type /Pages /Count 0 /Kids [] >>")
    assert refusal(data) == "PDF 已损坏或不完整，请重新下载或重新导出后再放入"


def test_a_page_of_seven_metres_is_refused() -> None:
    data = raw_pdf(
        "<< /Type /Catalog /Pages 2 0 R >>",
        "<< /Type /Pages /Count 1 /Kids [3 0 R] >>",
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 20000 200] >>",
    )
    assert refusal(data) == "第 1 页的尺寸不正常（7.1 米），请重新导出后再放入"


def test_blank_pages_are_refused() -> None:
    data = raw_pdf(
        "<< /Type /Catalog /Pages 2 0 R >>", "<< /Type /Pages /Count 1 /Kids [3 0 R] >>", PAGE
    )
    assert refusal(data) == "PDF 里没有文字（各页都是空白），请检查原件或换一个版本"


def test_nesting_without_end_does_not_end_the_reader() -> None:
    nested = "[" * 100_000
    form = (
        "<< /Type /XObject /Subtype /Form /BBox [0 0 9 9] "
        "/Resources << /XObject << /A 4 0 R >> >> /Length 4 >>\nstream\n/A Do\nendstream"
    )
    for content in (nested, form):
        data = raw_pdf(
            "<< /Type /Catalog /Pages 2 0 R >>",
            "<< /Type /Pages /Count 1 /Kids [3 0 R] >>",
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R "
            "/Resources << /XObject << /A 4 0 R >> >> >>",
            content,
        )
        assert refusal(data).startswith("PDF ")


def test_more_characters_than_a_page_can_hold_are_refused() -> None:
    words = " ".join(f"1 0 0 1 10 {y} Tm ({'x' * 20_000}) Tj" for y in (10, 20, 30, 40))
    stream = f"BT /F 0.02 Tf {words} ET"
    data = raw_pdf(
        "<< /Type /Catalog /Pages 2 0 R >>",
        "<< /Type /Pages /Count 1 /Kids [3 0 R] >>",
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R "
        "/Resources << /Font << /F 5 0 R >> >> >>",
        f"<< /Length {len(stream)} >>\nstream\n{stream}\nendstream",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    )
    assert refusal(data) == "一页里有 80006 个字符，不像正常的文件，请重新导出后再放入"


def test_without_the_extra_a_scan_says_what_to_install() -> None:
    scan = io.BytesIO()
    Image.new("L", (600, 800), 200).save(scan, "PNG")
    with pytest.raises(Unreadable) as fault:
        read_pdf(Sheets().picture(scan).bytes(), "file.pdf", can_recognise=lambda: False)
    assert str(fault.value) == ocr.MISSING


def test_without_the_extra_pages_that_are_pictures_are_named() -> None:
    scan = io.BytesIO()
    Image.new("L", (600, 800), 200).save(scan, "PNG")
    sheets = Sheets().paragraph(PARAGRAPH)
    for _ in range(2):
        scan.seek(0)
        sheets.next_sheet().picture(scan)
    extracted = read_pdf(sheets.bytes(), "file.pdf", can_recognise=lambda: False)
    assert extracted.text == PARAGRAPH
    assert extracted.warnings == (f"第 2-3 页是图片，没有文字，没有读入；{ocr.INSTALL}",)


SMALL = Sheets().centred("标题", 20).table(200, [("甲", "乙"), ("1", "2")], (80, 80)).bytes()


@settings(max_examples=40, derandomize=True)
@given(
    st.lists(st.tuples(st.integers(0, len(SMALL) - 1), st.integers(0, 255)), max_size=12),
    st.integers(1, 10) | st.just(0),
)
@example([], 0)
def test_mutilated_bytes_are_read_or_refused(changes: list[tuple[int, int]], cut: int) -> None:
    data = bytearray(SMALL)
    for position, value in changes:
        data[position] = value
    with suppress(Unreadable):
        read_pdf(bytes(data[: len(data) * (20 - cut) // 20]), "file.pdf")
