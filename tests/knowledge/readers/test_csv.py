"""CSV: whatever the encoding and the delimiter, each row is read under its header path."""

import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inquiry_service.knowledge.readers.csv_rows import read_csv
from inquiry_service.knowledge.readers.extracted import Unreadable
from inquiry_service.knowledge.readers.extracting import Extractor
from inquiry_service.knowledge.readers.limits import Format
from inquiry_service.knowledge.tables import row_cells

ROWS = (("企业", "地址", "数量"), ("甲公司", "凤鸣街道1号", "3"), ("乙公司", "", "12"))
READ = (
    "| 企业 | 地址 | 数量 |\n| --- | --- | --- |\n| 甲公司 | 凤鸣街道1号 | 3 |\n| 乙公司 |  | 12 |"
)


def written(delimiter: str, line_end: str = "\r\n") -> str:
    return "".join(delimiter.join(row) + line_end for row in ROWS)


@pytest.mark.parametrize("delimiter", [",", "\t", ";", "|", "，"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-le"])
def test_encoding_and_delimiter_are_told_from_the_file(delimiter: str, encoding: str) -> None:
    assert read_csv(written(delimiter).encode(encoding), "a.csv").text == READ


def test_big_endian_utf16_and_old_line_ends_are_read() -> None:
    data = codecs.BOM_UTF16_BE + written(",", "\r").encode("utf-16-be")
    assert read_csv(data, "a.csv").text == READ


def test_excels_own_line_about_the_delimiter_is_obeyed_and_not_read() -> None:
    text = "sep=;\n名称;金额\n甲,乙;1\n丙,丁;2\n"
    assert read_csv(text.encode(), "a.csv").text == (
        "| 名称 | 金额 |\n| --- | --- |\n| 甲,乙 | 1 |\n| 丙,丁 | 2 |"
    )


def test_quoted_cells_may_hold_the_delimiter_a_line_end_a_mark_and_a_bar() -> None:
    text = '名称,说明\n甲,"一,二\n三""四"""\n乙,a|b\n'
    assert read_csv(text.encode(), "a.csv").text.split("\n")[2:] == [
        '| 甲 | 一,二 三"四" |',
        "| 乙 | a\\|b |",
    ]


def test_a_title_a_head_of_two_rows_and_a_note_as_in_a_workbook() -> None:
    text = (
        "粮食收购备案企业目录,,,\n序号,企业,收购量,\n,,小麦,稻谷\n1,甲公司,5,2\n2,乙公司,,3\n"
        "注：数据截至年末。,,,\n"
    )
    assert read_csv(text.encode(), "a.csv").text == (
        "# 粮食收购备案企业目录\n\n"
        "| 序号 | 企业 | 收购量 / 小麦 | 收购量 / 稻谷 |\n| --- | --- | --- | --- |\n"
        "| 1 | 甲公司 | 5 | 2 |\n| 2 | 乙公司 |  | 3 |\n\n注：数据截至年末。"
    )


def test_a_row_of_figures_below_a_head_with_gaps_is_no_head() -> None:
    text = "年份,件数,\n,3,4\n2017,5,6\n2018,7,8\n"
    assert "| 年份 | 件数 |  |" in read_csv(text.encode(), "a.csv").text


def test_a_mark_that_is_never_closed_does_not_swallow_the_rows_below_it() -> None:
    text = '名称,尺寸\n管甲,"5 寸\n管乙,6 寸\n管丙,7 寸\n'
    assert len(read_csv(text.encode(), "a.csv").text.split("\n")) == 5


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "表格里没有内容"),
        (b",,,\n,,,\n", "表格里没有内容"),
        (bytes(range(256)) * 9, "认不出文字编码"),
        (b"\xff" * 300, "认不出文字编码"),
        (b"a" * 200_000, "有一行长得不像表格"),
        (b"," * 1_000_001, "100 万个格子"),
    ],
)
def test_what_is_no_table_says_why(data: bytes, said: str) -> None:
    with pytest.raises(Unreadable, match=said):
        read_csv(data, "a.csv")


def test_columns_beyond_the_limit_are_told_of() -> None:
    line = ",".join(str(n) for n in range(300))
    told = read_csv(f"{line}\n{line}\n".encode(), "a.csv")
    assert told.warnings == ("表格超过 256 列，后面的没有读入",)


def test_a_csv_is_known_by_its_name_and_read_under_confinement() -> None:
    with Extractor() as extractor:
        assert extractor.extract(written(",").encode(), "名单.csv") is not None
        taken = extractor.extract(written("\t").encode("utf-16"), "名单.TSV")
    assert taken is not None
    assert (taken[0], taken[1].text) == (Format.CSV, READ)


@given(
    st.lists(
        st.lists(st.text('粮食收购,;"|12 ', min_size=1, max_size=6), min_size=3, max_size=3),
        min_size=1,
        max_size=6,
    )
)
def test_no_cell_of_a_quoted_table_is_lost(rows: list[list[str]]) -> None:
    head = ["甲", "乙", "丙"]
    lines = (",".join('"' + cell.replace('"', '""') + '"' for cell in row) for row in [head, *rows])
    text = read_csv("\n".join(lines).encode(), "a.csv").text
    found = {cell for line in text.split("\n") for cell in row_cells(line)}
    assert {" ".join(cell.split()) for row in rows for cell in row} - {""} <= found
