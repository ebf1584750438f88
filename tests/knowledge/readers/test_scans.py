"""Pictures of text are recognised, or say in a sentence why not."""

import io
from contextlib import suppress
from zlib import crc32

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from PIL import Image

from inquiry_service.knowledge.readers import ocr
from inquiry_service.knowledge.readers.extracted import Unreadable
from inquiry_service.knowledge.readers.ofd import read_ofd
from inquiry_service.knowledge.readers.pdf import read_pdf
from inquiry_service.knowledge.readers.pictures import MAX_PIXELS, frames_of, read_picture
from ofd_parcels import page, parcel, picture
from pdf_sheets import Sheets, raw_pdf
from scans import as_file, chinese_font, mistakes, scan

TITLE = "关于公开政府信息的通知"
AIM = (
    "为规范政府信息公开工作，提高政府工作的透明度，根据《中华人民共和国政府信息公开条例》，"
    "结合本局实际，制定本办法。"
)
RULE = "各科室应当自收到申请之日起20个工作日内予以答复。"
TEXT = f"# {TITLE}\n\n{AIM}\n\n{RULE}"

recognises = pytest.mark.skipif(
    not ocr.available() or chinese_font() is None, reason="no recognition or no Chinese font"
)


def refusal(data: bytes) -> str:
    with pytest.raises(Unreadable) as fault:
        list(frames_of(data))
    return str(fault.value)


def _sheet(turned: float = 0.0) -> Image.Image:
    image: Image.Image = scan([AIM, RULE], title=TITLE, dpi=150, turned=turned)
    return image


@pytest.mark.ocr
@recognises
def test_a_scanned_page_becomes_paragraphs_and_a_title() -> None:
    extracted = read_picture(as_file(_sheet()), "scan.png")
    assert mistakes(extracted.text, TEXT) <= 1
    assert extracted.text.count("\n\n") == 2
    assert extracted.told == {"title": TITLE}
    assert extracted.page_starts == (0,)
    assert extracted.warnings[0].startswith("1 页由图片识别成文字，数字和人名请对照原件核对")


@pytest.mark.ocr
@recognises
def test_a_page_that_lies_askew_reads_the_same() -> None:
    assert mistakes(read_picture(as_file(_sheet(turned=1.5)), "scan.png").text, TEXT) <= 2


@pytest.mark.ocr
@recognises
@pytest.mark.parametrize("degrees", [90, 180, 270])
def test_a_page_put_in_the_wrong_way_round_reads_the_same(degrees: int) -> None:
    turned = _sheet().rotate(degrees, expand=True)
    assert mistakes(read_picture(as_file(turned), "scan.png").text, TEXT) <= 2


@pytest.mark.ocr
@recognises
def test_a_picture_of_several_pages_knows_where_each_begins() -> None:
    first, second = scan([AIM], dpi=150), scan([RULE], dpi=150)
    data = as_file(first, "TIFF", save_all=True, append_images=[second])
    extracted = read_picture(data, "scan.tif")
    assert mistakes(extracted.text, AIM + RULE) <= 1
    assert extracted.page_starts == (0, extracted.text.index("各科室"))


@pytest.mark.ocr
@recognises
def test_a_scanned_page_between_pages_of_text_is_recognised_in_its_place() -> None:
    sheets = Sheets().paragraph(AIM).next_sheet().picture(io.BytesIO(as_file(_sheet())))
    extracted = read_pdf(sheets.next_sheet().paragraph("完。").bytes(), "file.pdf")
    assert extracted.text.startswith(f"{AIM}\n\n")
    assert extracted.text.endswith("\n\n完。")
    assert mistakes(extracted.text[extracted.page_starts[1] : extracted.page_starts[2]], TEXT) <= 3
    assert "1 页由图片识别成文字" in extracted.warnings[0]


@pytest.mark.ocr
@recognises
def test_a_scanned_ofd_is_recognised() -> None:
    data = parcel([page(picture())], pictures={"9": as_file(_sheet())})
    assert mistakes(read_ofd(data, "file.ofd").text, TEXT) <= 1


@pytest.mark.ocr
@recognises
@pytest.mark.parametrize(("width", "height"), [(2, 14_000), (2, 2), (14_000, 90)])
def test_a_picture_on_a_page_of_odd_proportions_is_no_text(width: int, height: int) -> None:
    data = raw_pdf(
        "<< /Type /Catalog /Pages 2 0 R >>",
        "<< /Type /Pages /Count 1 /Kids [3 0 R] >>",
        f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {width} {height}] /Contents 4 0 R "
        "/Resources << /XObject << /I 5 0 R >> >> >>",
        f"<< /Length 30 >>\nstream\nq {width:5} 0 0 {height:5} 0 0 cm /I Do Q\nendstream",
        "<< /Type /XObject /Subtype /Image /Width 1 /Height 1 /ColorSpace /DeviceGray "
        "/BitsPerComponent 8 /Length 1 >>\nstream\nA\nendstream",
    )
    with pytest.raises(Unreadable, match="没有认出文字"):
        read_pdf(data, "file.pdf")


@pytest.mark.ocr
@recognises
def test_a_few_words_on_an_empty_page_are_not_overlooked() -> None:
    extracted = read_picture(as_file(scan(["第二段话在图片里。"], dpi=150)), "scan.png")
    assert extracted.text == "第二段话在图片里。"


@pytest.mark.ocr
@recognises
def test_a_picture_without_text_says_so() -> None:
    with pytest.raises(Unreadable, match="没有认出文字"):
        read_picture(as_file(Image.new("L", (400, 400), 255)), "scan.png")


def test_doubtful_lines_are_counted_and_shown() -> None:
    doubts = ocr.Doubts(pages=[0, 1], lines=[(1, "第一行"), (1, "第二行"), (1, "三"), (1, "四")])
    (warning,) = doubts.warnings()
    assert warning == (
        "2 页由图片识别成文字，数字和人名请对照原件核对；"
        "第 2 页有 4 行把握不大：“第一行”、“第二行”、“三”等"
    )


def test_without_the_extra_a_picture_says_what_to_install() -> None:
    with pytest.raises(Unreadable) as fault:
        read_picture(as_file(Image.new("L", (40, 40))), "a.png", can_recognise=lambda: False)
    assert str(fault.value) == ocr.MISSING


@pytest.mark.parametrize("form", ["PNG", "JPEG", "TIFF", "BMP", "WEBP"])
def test_every_usual_kind_of_picture_is_opened(form: str) -> None:
    (frame,) = frames_of(as_file(Image.new("RGB", (300, 200), "white"), form))
    assert (frame.mode, frame.size) == ("RGB", (300, 200))


def test_transparent_paper_is_white() -> None:
    (frame,) = frames_of(as_file(Image.new("RGBA", (300, 200), (0, 0, 0, 0))))
    assert frame.getpixel((5, 5)) == (255, 255, 255)


def test_a_picture_taken_sideways_is_turned_upright() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    (frame,) = frames_of(as_file(Image.new("RGB", (300, 200), "white"), "JPEG", exif=exif))
    assert frame.size == (200, 300)


def test_a_large_picture_is_made_smaller() -> None:
    (frame,) = frames_of(as_file(Image.new("1", (6000, 6000), 1)))
    assert frame.width * frame.height < 13_000_000


def test_a_picture_with_more_pixels_than_any_scan_is_refused_unopened() -> None:
    for side in (8_000, 40_000):
        assert refusal(_png_header(side)).startswith(
            f"图片太大，超过 {MAX_PIXELS // 10_000} 万像素"
        )


def _png_header(side: int) -> bytes:
    """A picture that says how large it is and holds nothing."""
    small = as_file(Image.new("1", (8, 8)))
    head = b"IHDR" + side.to_bytes(4, "big") * 2 + small[24:29]
    return small[:12] + head + crc32(head).to_bytes(4, "big") + small[33:]


def test_a_stamp_is_too_small_to_read() -> None:
    assert refusal(as_file(Image.new("L", (20, 20)))).startswith("图片只有 20×20 像素")


def test_more_frames_than_a_document_has_pages_are_refused() -> None:
    frame = Image.new("1", (30, 30), 1)
    data = as_file(frame, "TIFF", save_all=True, append_images=[frame] * 50)
    assert refusal(data) == "图片有 51 页，超过 50 页的上限，请拆成几个文件"


def test_what_is_no_picture_is_refused() -> None:
    for data in (b"plain words", as_file(Image.new("L", (30, 30)), "GIF"), b""):
        assert refusal(data).startswith("不是能读的图片")


SMALL = {
    form: as_file(Image.effect_noise((60, 60), 90), form)
    for form in ("PNG", "JPEG", "TIFF", "BMP", "WEBP")
}


@pytest.mark.parametrize("form", SMALL)
@settings(max_examples=40, derandomize=True)
@given(
    changes=st.lists(st.tuples(st.integers(0, 600), st.integers(0, 255)), max_size=8),
    cut=st.integers(0, 20),
)
@example(changes=[], cut=10)
def test_mutilated_bytes_are_opened_or_refused(
    form: str, changes: list[tuple[int, int]], cut: int
) -> None:
    data = bytearray(SMALL[form])
    for position, value in changes:
        data[position % len(data)] = value
    with suppress(Unreadable):
        list(frames_of(bytes(data[: len(data) * (20 - cut) // 20])))
