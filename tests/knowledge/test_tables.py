"""A figure in a table can be asked for by its row and its column, however the table was drawn."""

from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from inquiry_service.knowledge.splitting import SIZE_CAP, joined, split
from inquiry_service.knowledge.tables import Cell, cells_of
from knowledge.yearly_report import (
    APPLICANTS,
    ROWS,
    as_given_by_merged_cells,
    as_given_line_by_line,
    as_written_in_markdown,
)

TITLE = "某县粮食局2023年政府信息公开工作年度报告"


def cells(text: str, title: str = "") -> list[Cell]:
    return [cell for passage in split("doc", text, title=title) for cell in cells_of(passage)]


def squeezed(text: str) -> str:
    return "".join(text.split())


@pytest.fixture(params=[as_written_in_markdown, as_given_by_merged_cells, as_given_line_by_line])
def report(request: pytest.FixtureRequest) -> str:
    drawn: Callable[[], str] = request.param
    return drawn()


def test_the_sample_adds_up() -> None:
    figures = {labels[-1]: row for labels, row in ROWS}
    received = (
        figures["一、本年新收政府信息公开申请数量"],
        figures["二、上年结转政府信息公开申请数量"],
    )
    finished = (figures["（七）总计"], figures["四、结转下年度继续办理"])
    assert [sum(one) for one in zip(*received, strict=True)] == [
        sum(one) for one in zip(*finished, strict=True)
    ]
    assert all(sum(row[:-1]) == row[-1] for row in figures.values())


def test_every_figure_of_table_three_is_one_cell_under_its_block(report: str) -> None:
    found = {(c.row, c.column.split(" / ")[-1]): c.value for c in cells(report, TITLE)}
    for labels, figures in ROWS:
        for applicant, figure in zip(APPLICANTS, figures, strict=True):
            assert found[" / ".join(labels), applicant] == str(figure)


def test_figures_of_the_other_tables_are_cells_too(report: str) -> None:
    found = {(c.row, c.column): c.value for c in cells(report, TITLE)}
    assert found["第二十条第（一）项 / 行政规范性文件", "现行有效件数"] == "7"
    assert found["第二十条第（五）项 / 行政许可", "本年处理决定数量"] == "35"
    assert found["第二十条第（六）项 / 行政处罚", "本年处理决定数量"] == "3"
    assert found["第二十条第（八）项 / 行政事业性收费", "本年收费金额（单位：万元）"] == "0"
    assert found["", "行政复议 / 结果维持"] == "2"
    assert found["", "行政诉讼 / 未经复议直接起诉 / 结果维持"] == "1"
    assert found["", "行政诉讼 / 复议后起诉 / 尚未审结"] == "1"


def test_a_row_says_where_it_stands_so_that_it_is_found(report: str) -> None:
    [row] = [p for p in split("doc", report, title=TITLE) if "4.保护第三方合法权益" in p.text]
    said = " ".join(row.path) + row.text
    for words in ("三、收到和处理政府信息公开申请情况", "三、本年度办理结果", "（三）不予公开"):
        assert words in said
    assert "商业企业" in said
    [wide] = [p for p in split("doc", report, title=TITLE) if "| 2 | 1 | 0 |" in p.text]
    assert "复议后起诉" in " ".join(wide.path)


def test_nothing_of_the_report_is_lost(report: str) -> None:
    assert squeezed(joined(split("doc", report, title=TITLE))) == squeezed(report)


def test_heads_and_block_rows_are_no_passages_of_their_own(report: str) -> None:
    texts = [p.text for p in split("doc", report, title=TITLE)]
    assert not [text for text in texts if text.startswith("| 信息内容")]
    assert not [
        text for text in texts if "（三）不予公开" in text and not any(map(str.isdigit, text))
    ]


def test_a_plain_table_has_cells_by_its_first_column() -> None:
    text = "| 事项 | 部门 | 时限 |\n|---|---|---|\n| 收购备案 | 县级 | 5日 |"
    assert cells(text) == [Cell("收购备案", "部门", "县级"), Cell("收购备案", "时限", "5日")]


def test_a_year_in_the_first_column_names_the_row() -> None:
    assert cells("| 年份 | 收购 |\n|---|---|\n| 2023 | 6 |") == [Cell("2023", "收购", "6")]


def test_a_corner_without_a_name_keeps_columns_and_cells_in_step() -> None:
    [passage] = split("doc", "| | 2022年 | 2023年 |\n|---|---|---|\n| 公开 | 5 | 6 |")
    assert passage.path == ("— | 2022年 | 2023年",)
    assert cells_of(passage) == (Cell("公开", "2022年", "5"), Cell("公开", "2023年", "6"))


def test_an_empty_first_cell_goes_on_with_the_label_above() -> None:
    text = "| 年份 | 事项 | 件数 |\n|---|---|---|\n| 2023 | 公开 | 5 |\n| | 申请 | 6 |"
    assert cells(text)[-1] == Cell("2023", "件数", "6")


def test_caption_and_unit_stand_above_every_row() -> None:
    text = "表1 收购情况\n\n单位：万元\n\n| 县 | 收购 |\n|---|---|\n| 甲 | 5 |\n| 乙 | 6 |"
    first, second = split("doc", text)
    assert first.path == second.path == ("县 | 收购", "表1 收购情况", "单位：万元")
    assert first.heading.startswith("表1 收购情况")


def test_a_sentence_above_a_table_is_text() -> None:
    first, _ = split("doc", "时限如下。\n\n| 县 | 天 |\n|---|---|\n| 甲 | 5 |")
    assert (first.text, first.path) == ("时限如下。", ())


def test_a_bar_within_a_cell_is_no_edge() -> None:
    assert cells("| 甲 | 乙\\|丙 |\n|---|---|\n| 一 | 1\\|2 |") == [Cell("一", "乙\\|丙", "1|2")]


def test_prose_has_no_cells() -> None:
    assert cells("公开120条。\n\n| 不是 | 表 |") == []


def test_a_row_cut_for_its_length_has_no_cells() -> None:
    passages = split("doc", f"| 甲 | 乙 |\n|---|---|\n| 一 | {'长。' * 400} |")
    assert len(passages) > 1
    assert [cells_of(p) for p in passages] == [()] * len(passages)


CELL = st.sampled_from(
    ["", "0", "12", "一、甲", "（一）乙", "1.丙", "第二十条第（五）项", "公开", "其他", "长" * 60]
)


@st.composite
def tables(draw: st.DrawFn) -> str:
    width = draw(st.integers(1, 6))
    row = st.lists(CELL, min_size=width, max_size=width)
    head, *rows = draw(st.lists(row, min_size=1, max_size=10))
    lines = [head, ["---"] * width, *rows]
    before = draw(st.sampled_from(["", "表1 情况\n\n", "说明。\n\n", "## 一、概况\n\n"]))
    return before + "\n".join(f"| {' | '.join(cells)} |" for cells in lines)


@settings(max_examples=300, deadline=None)
@given(tables())
def test_no_table_loses_a_cell(text: str) -> None:
    passages = split("doc", text)
    assert squeezed(joined(passages)) == squeezed(text)
    assert all(len(p.text) <= SIZE_CAP for p in passages)
    assert all(cell.value in p.text for p in passages for cell in cells_of(p))
