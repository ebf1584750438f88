"""Slides: in the order they are shown, the title first, a table by rows; nothing of the frame."""

from collections.abc import Sequence

import pytest

from inquiry_service.knowledge.readers.confinement import Confinement
from inquiry_service.knowledge.readers.extracted import Extracted, Unreadable
from inquiry_service.knowledge.readers.limits import Format
from inquiry_service.knowledge.readers.slides import read_pptx
from inquiry_service.knowledge.readers.sniffing import sniff
from office_files import SLIDE_SPACES, billion_laughs, repacked, shape, slides


def read(*bodies: str, order: Sequence[int] | None = None) -> Extracted:
    return read_pptx(slides(*bodies, order=order), "a.pptx")


def test_titles_are_headings_and_every_slide_is_a_page() -> None:
    first = shape("2026年3月", kind="subTitle") + shape("惠企政策", "宣讲提纲", kind="ctrTitle")
    told = read(first, "", shape("办理流程", kind="title") + shape("网上提交。", "五日办结。"))
    assert told.text == (
        "# 惠企政策 宣讲提纲\n\n2026年3月\n\n## 办理流程\n\n网上提交。\n\n五日办结。"
    )
    assert [told.text[at:][:4] for at in told.page_starts] == ["# 惠企", "## 办", "## 办"]


def test_slides_come_in_the_order_in_which_they_are_shown() -> None:
    assert read(shape("甲"), shape("乙"), order=[2, 1]).text == "乙\n\n甲"


def test_what_is_hidden_is_told_of_and_numbers_and_footers_are_dropped() -> None:
    told = read(
        shape("正文。") + shape("3", kind="sldNum") + shape("页脚", kind="ftr"), "!暂不公开"
    )
    assert (told.text, told.warnings) == ("正文。", ("有 1 张隐藏的幻灯片，没有读入",))


def test_shapes_in_groups_are_read_and_fallbacks_are_not_read_twice() -> None:
    group = f"<p:grpSp>{shape('一')}<p:grpSp>{shape('二')}</p:grpSp></p:grpSp>"
    twice = (
        f"<mc:AlternateContent><mc:Choice>{shape('三')}</mc:Choice>"
        f"<mc:Fallback>{shape('三')}</mc:Fallback></mc:AlternateContent>"
    )
    assert read(group + twice).text == "一\n\n二\n\n三"


def test_a_table_gives_every_row_its_own_values() -> None:
    def cell(text: str, more: str = "") -> str:
        return f"<a:tc {more}><a:txBody><a:p><a:r><a:t>{text}</a:t></a:r></a:p></a:txBody></a:tc>"

    rows = (
        cell("品类") + cell("标准"),
        cell("汽车", 'rowSpan="2"') + cell("报废 2 万元"),
        cell("", 'vMerge="1"') + cell("置换 1.5 万元"),
    )
    grid = "".join(f"<a:tr>{row}</a:tr>" for row in rows)
    frame = f"<p:graphicFrame><a:graphic><a:tbl>{grid}</a:tbl></a:graphic></p:graphicFrame>"
    assert read(frame).text == (
        "| 品类 | 标准 |\n| --- | --- |\n| 汽车 | 报废 2 万元 |\n| 汽车 | 置换 1.5 万元 |"
    )


def test_slides_without_text_say_what_to_do() -> None:
    with pytest.raises(Unreadable, match="另存为 PDF"):
        read("<p:pic/>", "<p:pic/>")


def test_a_slide_that_is_mostly_pictures_is_told_of() -> None:
    assert read(shape("图解") + "<p:pic/>" * 3).warnings == (
        "演示文稿里有 3 张图片，图片里的文字没有读入",
    )


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"ppt/slides/slide1.xml": billion_laughs("p:sld")}, "不允许的 XML 声明"),
        ({"ppt/_rels/presentation.xml.rels": b"<Relationships/>"}, "没有文字"),
        ({"ppt/slides/slide1.xml": b"<p:sld"}, "损坏"),
        ({"ppt/slides/slide1.xml": f"<p:sld {SLIDE_SPACES}>{'<p:grpSp>' * 9000}".encode()}, "损坏"),
        (
            {
                "ppt/slides/slide1.xml": (
                    f"<p:sld {SLIDE_SPACES}>{'<p:grpSp>' * 9000}{'</p:grpSp>' * 9000}</p:sld>"
                ).encode()
            },
            "嵌套过深",
        ),
    ],
)
def test_a_hostile_file_is_one_sentence(changed: dict[str, bytes], said: str) -> None:
    data = repacked(slides(shape("正文。")), changed)
    sniffed = sniff(data, "a.pptx")
    assert sniffed is not None
    assert sniffed.format is Format.PPTX
    with Confinement() as confinement, pytest.raises(Unreadable, match=said):
        confinement.read(Format.PPTX, data, "a.pptx")
