"""OFD files: text in place, tables, pages, and every fault one sentence."""

import io
import zipfile
from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from inquiry_service.knowledge.readers import ocr
from inquiry_service.knowledge.readers.extracted import Unreadable
from inquiry_service.knowledge.readers.ofd import read_ofd
from inquiry_service.knowledge.readers.ofd_glyphs import glyphs_by_ofdkit, glyphs_on
from inquiry_service.knowledge.readers.ofd_package import Package
from inquiry_service.knowledge.readers.ofd_structure import structure_of
from ofd_parcels import page, parcel, picture, stroke, text

FIRST = "为规范政府信息公开工作，提高政府工作的透明度，"
SECOND = "结合本局实际，制定本办法。"


def refusal(data: bytes) -> str:
    with pytest.raises(Unreadable) as fault:
        read_ofd(data, "file.ofd")
    return str(fault.value)


def _document(title: str = "") -> bytes:
    head = text(65, 30, "信息公开实施办法", 8)
    body = [text(38.4, 60, FIRST), text(30, 68, SECOND)]
    return parcel([page(head, *body), page(text(38.4, 40, "第二页的文字。"))], title=title)


def test_lines_become_paragraphs_and_the_large_line_the_title() -> None:
    extracted = read_ofd(_document(), "file.ofd")
    assert extracted.text == f"# 信息公开实施办法\n\n{FIRST}{SECOND}\n\n第二页的文字。"
    assert extracted.told == {"title": "信息公开实施办法"}
    assert extracted.page_starts == (0, extracted.text.index("第二页"))


def test_the_record_s_title_is_used_when_the_page_has_none() -> None:
    data = parcel([page(text(30, 60, SECOND))], title="关于开展检查的说明")
    assert read_ofd(data, "file.ofd").told == {"title": "关于开展检查的说明"}


def test_a_ruled_table_is_read_by_row() -> None:
    lines = [stroke(30, y, 110, y) for y in (50, 58, 66)]
    lines += [stroke(x, 50, x, 66) for x in (30, 70, 110)]
    cells = [text(32, 56, "事项"), text(72, 56, "时限"), text(32, 64, "备案"), text(72, 64, "5日")]
    extracted = read_ofd(parcel([page(*lines, *cells)]), "file.ofd")
    assert extracted.text == "| 事项 | 时限 |\n| --- | --- |\n| 备案 | 5日 |"


def test_our_own_reading_places_text_where_the_library_does() -> None:
    data = _document()
    with Package(data) as package:
        structure = structure_of(package, 10)
    own = [glyphs_on(each) for each in structure.pages]
    library = glyphs_by_ofdkit(data, 2)
    assert [[g.text for g in on] for on in own] == [[g.text for g in on] for on in library]
    for ours, theirs in zip(
        (g for p in own for g in p), (g for p in library for g in p), strict=True
    ):
        for name in ("left", "right", "baseline", "size"):
            assert getattr(ours, name) == pytest.approx(getattr(theirs, name), abs=0.5), name


def test_a_library_that_gives_up_costs_nothing() -> None:
    assert glyphs_by_ofdkit(b"no archive", 2) == [[], []]


def test_what_is_no_archive_is_refused() -> None:
    assert "损坏" in refusal(b"no archive at all")


def test_an_archive_without_ofd_is_refused() -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("readme.txt", "something else")
    assert refusal(buffer.getvalue()).startswith("不是完整的 OFD 文件")


def test_a_truncated_file_is_refused() -> None:
    data = _document()
    assert refusal(data[: len(data) // 2])


def test_entities_are_refused() -> None:
    hostile = '<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/hostname">]><a>&b;</a>'
    for part in ("OFD.xml", "Doc_0/Pages/Page_0/Content.xml"):
        assert "实体" in refusal(parcel([page(text(30, 60, SECOND))], others={part: hostile}))


def test_a_bomb_is_refused() -> None:
    data = parcel([page(text(30, 60, SECOND))], others={"Doc_0/x.bin": bytes(40 * 1024 * 1024)})
    assert "压缩炸弹" in refusal(data)


def test_too_many_pages_are_refused_with_their_number() -> None:
    listed = '<ofd:Page ID="1" BaseLoc="Pages/Page_0/Content.xml"/>' * 2001
    document = (
        '<ofd:Document xmlns:ofd="http://www.ofdspec.org/2016"><ofd:CommonData/>'
        f"<ofd:Pages>{listed}</ofd:Pages></ofd:Document>"
    )
    data = parcel([page(text(30, 60, SECOND))], others={"Doc_0/Document.xml": document})
    assert refusal(data) == "有 2001 页，超过 2000 页的上限，请拆成几个文件"


def test_nesting_without_end_does_not_end_the_reader() -> None:
    deep = "<ofd:PageBlock>" * 3000 + "</ofd:PageBlock>" * 3000
    extracted = read_ofd(parcel([page(deep, text(30, 60, SECOND))]), "file.ofd")
    assert extracted.text == SECOND


def test_a_broken_page_is_named_and_the_others_are_read() -> None:
    good = page(text(30, 60, SECOND))
    extracted = read_ofd(parcel([good, "<broken"]), "file.ofd")
    assert extracted.text == SECOND
    assert extracted.warnings == ("第 2 页已损坏，没有读入，请重新取得这个文件",)


def test_blank_pages_are_refused() -> None:
    assert refusal(parcel([page()])) == "OFD 里没有文字（各页都是空白），请检查原件或换一个版本"


def test_without_the_extra_a_scan_says_what_to_install() -> None:
    data = parcel([page(picture())], pictures={"9": b"png"})
    with pytest.raises(Unreadable) as fault:
        read_ofd(data, "file.ofd", can_recognise=lambda: False)
    assert str(fault.value) == ocr.MISSING


def test_without_the_extra_pages_that_are_pictures_are_named() -> None:
    data = parcel([page(text(30, 60, SECOND)), page(picture())], pictures={"9": b"png"})
    extracted = read_ofd(data, "file.ofd", can_recognise=lambda: False)
    assert extracted.text == SECOND
    assert extracted.warnings == (f"第 2 页是图片，没有读入；{ocr.INSTALL}",)


SMALL = _document()


@settings(max_examples=40, derandomize=True)
@given(
    st.lists(st.tuples(st.integers(0, len(SMALL) - 1), st.integers(0, 255)), max_size=8),
    st.integers(0, 6),
)
def test_mutilated_bytes_are_read_or_refused(changes: list[tuple[int, int]], cut: int) -> None:
    data = bytearray(SMALL)
    for position, value in changes:
        data[position] = value
    with suppress(Unreadable):
        read_ofd(bytes(data[: len(data) * (20 - cut) // 20]), "file.ofd")


@settings(max_examples=40, derandomize=True)
@given(st.text(max_size=200), st.sampled_from(["Doc_0/Document.xml", "Doc_0/DocumentRes.xml"]))
def test_parts_full_of_anything_are_read_or_refused(content: str, part: str) -> None:
    with suppress(Unreadable):
        read_ofd(parcel([page(text(30, 60, SECOND))], others={part: content.encode()}), "file.ofd")


@settings(max_examples=60, derandomize=True)
@given(st.text('0123456789.-e gMLCBQA"/ ', max_size=40))
def test_attributes_full_of_anything_are_read_or_refused(value: str) -> None:
    value = value.replace('"', "")
    strange = (
        f'<ofd:TextObject Boundary="{value}" CTM="{value}" Size="{value}"><ofd:TextCode '
        f'X="{value}" Y="1" DeltaX="{value}">字</ofd:TextCode></ofd:TextObject>'
        f'<ofd:PathObject Boundary="{value}"><ofd:AbbreviatedData>{value}</ofd:AbbreviatedData>'
        f'</ofd:PathObject><ofd:ImageObject Boundary="{value}" ResourceID="{value}"/>'
    )
    with suppress(Unreadable):
        read_ofd(parcel([page(strange, text(30, 60, SECOND))]), "file.ofd")
