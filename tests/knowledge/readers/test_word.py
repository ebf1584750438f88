"""Word documents are read as a person sees them on paper."""

import io
import re

import docx
import pytest
from docx.enum.style import WD_STYLE_TYPE

from inquiry_service.knowledge.readers.docx import read_docx
from inquiry_service.knowledge.readers.extracted import Unreadable
from inquiry_service.knowledge.readers.word.numbering import in_chinese, spelled
from office_files import paragraph, repacked, saved, word, word_of


def text_of(xml: str) -> str:
    return read_docx(word_of(xml), "a.docx").text


def numbered(level_texts: list[tuple[str, str]], paragraphs: list[tuple[int, str]]) -> str:
    """The text of paragraphs at levels of one automatic list of these formats and patterns."""
    document = docx.Document()
    numbering = document.part.numbering_part.element
    spaces = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    levels = "".join(
        f'<w:lvl w:ilvl="{at}"><w:start w:val="1"/><w:numFmt w:val="{form}"/>'
        f'<w:lvlText w:val="{text}"/></w:lvl>'
        for at, (form, text) in enumerate(level_texts)
    )
    numbering.insert(
        0,
        docx.oxml.parse_xml(
            f'<w:abstractNum {spaces} w:abstractNumId="77">{levels}</w:abstractNum>'
        ),
    )
    numbering.append(
        docx.oxml.parse_xml(f'<w:num {spaces} w:numId="77"><w:abstractNumId w:val="77"/></w:num>')
    )
    for level, text in paragraphs:
        properties = document.add_paragraph(text)._p.get_or_add_pPr()
        properties.append(
            docx.oxml.parse_xml(
                f'<w:numPr {spaces}><w:ilvl w:val="{level}"/><w:numId w:val="77"/></w:numPr>'
            )
        )
    return read_docx(saved(document), "a.docx").text


def test_headings_by_style_and_by_outline_level() -> None:
    document = docx.Document()
    document.add_heading("粮食收购管理办法", 0)
    document.add_heading("总则", 1)
    document.add_paragraph("第一条　为了管理，制定本办法。")
    document.add_heading("程序", 2)
    assert read_docx(saved(document), "a.docx").text == (
        "# 粮食收购管理办法\n\n# 总则\n\n第一条　为了管理，制定本办法。\n\n## 程序"
    )
    outlined = paragraph("申请", '<w:outlineLvl w:val="2"/>') + paragraph("正文。")
    assert text_of(outlined) == "### 申请\n\n正文。"


def test_automatic_numbers_stand_in_the_text() -> None:
    levels = [("chineseCounting", "%1、"), ("chineseCounting", "（%2）"), ("decimal", "%3.")]
    places = [
        (0, "总体要求"),
        (1, "目标"),
        (1, "原则"),
        (2, "公开"),
        (2, "便民"),
        (0, "任务"),
        (1, "备案"),
    ]
    assert numbered(levels, places).split("\n\n") == [
        *("一、总体要求", "（一）目标", "（二）原则", "1.公开", "2.便民", "二、任务", "（一）备案")
    ]


def test_articles_numbered_by_word_are_articles() -> None:
    told = numbered([("chineseCountingThousand", "第%1条")], [(0, f"规定{n}。") for n in range(12)])
    assert told.split("\n\n")[0] == "第一条 规定0。"
    assert told.split("\n\n")[11] == "第十二条 规定11。"


def test_numbers_of_several_levels_and_bullets() -> None:
    levels = [("decimal", "%1"), ("decimal", "%1.%2"), ("bullet", "l")]
    told = numbered(levels, [(0, "甲"), (1, "乙"), (1, "丙"), (2, "丁")])
    assert told.split("\n\n") == ["1 甲", "1.1 乙", "1.2 丙", "- 丁"]


@pytest.mark.parametrize(
    ("number", "chinese"),
    [
        (1, "一"),
        (10, "十"),
        (12, "十二"),
        (20, "二十"),
        (105, "一百零五"),
        (110, "一百一十"),
        (1008, "一千零八"),
    ],
)
def test_chinese_numbers(number: int, chinese: str) -> None:
    assert in_chinese(number) == chinese


@pytest.mark.parametrize(
    ("form", "number", "said"),
    [
        ("upperRoman", 14, "XIV"),
        ("lowerLetter", 28, "bb"),
        ("decimalEnclosedCircle", 3, "③"),
        ("decimalFullWidth", 12, "１２"),
        ("ideographTraditional", 2, "乙"),
        ("chineseLegalSimplified", 12, "壹拾贰"),
        ("unheardOf", 7, "7"),
        ("chineseCounting", 10**9, "1000000000"),
    ],
)
def test_other_number_formats(form: str, number: int, said: str) -> None:
    assert spelled(number, form) == said


def test_merged_cells_give_every_row_its_own_values() -> None:
    document = docx.Document()
    table = document.add_table(4, 3)
    for row in range(4):
        for column in range(3):
            table.cell(row, column).text = f"{row}{column}"
    for merged, words in (
        ((0, 1, 0, 2), "申请人"),
        ((0, 0, 1, 0), "项目"),
        ((2, 0, 3, 0), "新收|件"),
    ):
        cell = table.cell(*merged[:2]).merge(table.cell(*merged[2:]))
        cell.text = words
    assert read_docx(saved(document), "a.docx").text == (
        "| 项目 | 申请人 / 11 | 申请人 / 12 |\n| --- | --- | --- |\n"
        "| 新收\\|件 | 21 | 22 |\n| 新收\\|件 | 31 | 32 |"
    )


def test_rows_repeated_on_every_page_are_the_header() -> None:
    def row(first: str, second: str, properties: str = "") -> str:
        cells = "".join(f"<w:tc>{paragraph(text)}</w:tc>" for text in (first, second))
        return f"<w:tr><w:trPr>{properties}</w:trPr>{cells}</w:tr>"

    head = "<w:tblHeader/>"
    rows = row("项目", "件数", head) + row("（类）", "（件）", head) + row("新收", "3")
    assert text_of(f"<w:tbl>{rows}</w:tbl>") == (
        "| 项目 / （类） | 件数 / （件） |\n| --- | --- |\n| 新收 | 3 |"
    )


def test_a_table_in_a_cell_becomes_words_and_a_frame_becomes_paragraphs() -> None:
    document = docx.Document()
    outer = document.add_table(2, 2)
    outer.cell(0, 0).text, outer.cell(0, 1).text, outer.cell(1, 0).text = "项", "值", "甲"
    inner = outer.cell(1, 1).add_table(1, 2)
    inner.cell(0, 0).text, inner.cell(0, 1).text = "子一", "子二"
    frame = document.add_table(1, 1)
    frame.cell(0, 0).text = "框里的话。"
    assert read_docx(saved(document), "a.docx").text == (
        "| 项 | 值 |\n| --- | --- |\n| 甲 | 子一 子二 |\n\n框里的话。"
    )


def test_inserted_text_counts_and_deleted_text_does_not() -> None:
    changed = (
        "<w:p><w:r><w:t>期限为</w:t></w:r>"
        '<w:del w:id="1" w:author="x"><w:r><w:delText>十五</w:delText></w:r></w:del>'
        '<w:ins w:id="2" w:author="x"><w:r><w:t>二十</w:t></w:r></w:ins>'
        "<w:r><w:rPr><w:vanish/></w:rPr><w:t>内部</w:t></w:r>"
        "<w:r><w:t>个工作日。</w:t></w:r></w:p>"
    )
    assert text_of(changed) == "期限为二十个工作日。"


def test_text_boxes_are_read_once_after_their_paragraph() -> None:
    box = "<w:txbxContent><w:p><w:r><w:t>框内文字。</w:t></w:r></w:p></w:txbxContent>"
    boxed = (
        "<w:p><w:r><w:t>正文。</w:t></w:r><w:r><mc:AlternateContent><mc:Choice Requires='wps'>"
        f"<w:drawing><wps:txbx>{box}</wps:txbx></w:drawing></mc:Choice>"
        f"<mc:Fallback><w:pict>{box}</w:pict></mc:Fallback></mc:AlternateContent></w:r></w:p>"
    )
    assert text_of(boxed) == "正文。\n\n框内文字。"


def test_fields_show_their_result_and_the_contents_are_left_out() -> None:
    field = (
        "<w:p><w:r><w:t>共</w:t></w:r><w:r><w:instrText>NUMPAGES</w:instrText></w:r>"
        "<w:r><w:t>3</w:t></w:r><w:r><w:tab/><w:t>页</w:t></w:r></w:p>"
    )
    document = docx.Document()
    style = document.styles.add_style("toc 1", WD_STYLE_TYPE.PARAGRAPH)
    document.add_paragraph("一、总则……1", style=style)
    document.add_paragraph("正文。")
    assert read_docx(saved(document), "a.docx").text == "正文。"
    assert text_of(field) == "共3 页"


def test_footnotes_stand_after_the_paragraph() -> None:
    note = '<w:p><w:r><w:t>按规定</w:t></w:r><w:r><w:footnoteReference w:id="2"/></w:r></w:p>'
    spaces = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    notes = (
        f'<w:footnotes {spaces}><w:footnote w:type="separator" w:id="0"/>'
        '<w:footnote w:id="2"><w:p><w:r><w:t>见某办法。</w:t></w:r></w:p></w:footnote>'
        "</w:footnotes>"
    )
    data = word_of(note)
    with_notes = repacked(
        data,
        {
            "word/footnotes.xml": notes.encode(),
            "word/_rels/document.xml.rels": _member(data, "word/_rels/document.xml.rels").replace(
                b"</Relationships>",
                b'<Relationship Id="rIdN" Target="footnotes.xml" Type="http://schemas.'
                b'openxmlformats.org/officeDocument/2006/relationships/footnotes"/></Relationships>',
            ),
            "[Content_Types].xml": _member(data, "[Content_Types].xml").replace(
                b"</Types>",
                b'<Override PartName="/word/footnotes.xml" ContentType="application/vnd.openxml'
                b'formats-officedocument.wordprocessingml.footnotes+xml"/></Types>',
            ),
        },
    )
    assert read_docx(with_notes, "a.docx").text == "按规定[1]\n\n[1] 见某办法。"


def _member(data: bytes, name: str) -> bytes:

    import zipfile

    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return package.read(name)


def test_the_title_property_is_told_only_when_the_text_says_it_too() -> None:
    document = docx.Document()
    document.core_properties.title = "别处的模板标题"
    document.add_paragraph("粮食收购办法")
    assert read_docx(saved(document), "a.docx").told == {}
    document.core_properties.title = "粮食收购办法"
    assert read_docx(saved(document), "a.docx").told == {"title": "粮食收购办法"}


def test_macros_are_not_run_and_told_of() -> None:
    plain = word("带宏的通知", "正文。")
    types = _member(plain, "[Content_Types].xml").replace(
        b"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml",
        b"application/vnd.ms-word.document.macroEnabled.main+xml",
    )
    data = repacked(plain, {"[Content_Types].xml": types, "word/vbaProject.bin": b"macro"})
    extracted = read_docx(data, "a.docm")
    assert extracted.text == "带宏的通知\n\n正文。"
    assert extracted.warnings == ("文件带有宏，宏没有运行，只读取了文字",)


def test_a_document_without_text_says_so() -> None:
    with pytest.raises(Unreadable, match="没有文字"):
        read_docx(word(""), "a.docx")


def _with_margins(first: tuple[str, ...], later: tuple[str, ...], *paragraphs: str) -> bytes:
    document = docx.Document(io.BytesIO(word(*paragraphs)))
    section = document.sections[0]
    section.different_first_page_header_footer = bool(first)
    for margin, lines in ((section.first_page_header, first), (section.footer, later)):
        for line in lines:
            margin.add_paragraph(line)
    return saved(document)


NOTICE_OF_TRADE = "某市商务局关于加强家政服务管理的通知"


def test_headers_and_footers_are_no_text_but_a_head_that_stands_only_there_is_told() -> None:
    head = ("某市商务局文件", "某商务发〔2021〕16号", NOTICE_OF_TRADE)
    data = _with_margins(head, ("第 1 页 共 3 页",), "各镇人民政府：", "现将有关事项通知如下。")
    read = read_docx(data, "a.docx")
    assert read.text == "各镇人民政府：\n\n现将有关事项通知如下。"
    assert read.told == {
        "title": NOTICE_OF_TRADE,
        "document_number": "某商务发〔2021〕16号",
        "issuer": "某市商务局",
    }


def test_what_the_text_says_goes_before_its_headers_and_footers() -> None:
    data = _with_margins(
        (), ("某商务发〔2020〕9号", "某市商务局"), "某商务发〔2021〕16号", NOTICE_OF_TRADE, "正文。"
    )
    assert read_docx(data, "a.docx").told == {}


def test_a_letterhead_or_a_page_number_is_no_title() -> None:
    data = _with_margins(("— 1 —", "某市商务局", "内部资料"), ("第1页",), "正文一段。")
    assert read_docx(data, "a.docx").told == {}


def test_a_header_whose_part_is_missing_does_not_cost_the_text() -> None:
    data = _with_margins(("某商务发〔2021〕16号",), (), "正文一段。")
    relations = _member(data, "word/_rels/document.xml.rels").decode()
    without = re.sub(r'<Relationship [^>]*?header\d*\.xml"[^>]*?/>', "", relations).encode()
    read = read_docx(repacked(data, {"word/_rels/document.xml.rels": without}), "a.docx")
    assert (read.text, read.told) == ("正文一段。", {})
