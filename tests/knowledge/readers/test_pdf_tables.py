"""Ruled tables of a PDF become rows that can be read by themselves."""

from inquiry_service.knowledge.readers.pdf import read_pdf
from pdf_sheets import LEFT, Sheets


def text_of(sheets: Sheets) -> str:
    return read_pdf(sheets.bytes(), "file.pdf").text


def test_a_ruled_table_has_a_header_and_a_line_for_each_row() -> None:
    rows = [("事项", "时限", "窗口"), ("备案", "5个工作日", "3号"), ("许可", "20个工作日", "")]
    text = text_of(Sheets().at(LEFT, 80, "办理时限如下：").table(120, rows, (120, 120, 80)))
    assert text == (
        "办理时限如下：\n\n"
        "| 事项 | 时限 | 窗口 |\n| --- | --- | --- |\n"
        "| 备案 | 5个工作日 | 3号 |\n| 许可 | 20个工作日 |  |"
    )


def test_text_in_a_cell_over_two_lines_is_joined_and_a_bar_is_escaped() -> None:
    sheets = Sheets().table(120, [("项目", "说明"), ("甲|乙", "")], (100, 100))
    sheets.at(LEFT + 104, 153, "应当在五日", 8).at(LEFT + 104, 163, "之内办结", 8)
    assert text_of(sheets).endswith("| 甲\\|乙 | 应当在五日之内办结 |")


def _merged() -> Sheets:
    """类别 and 合计 over both rows of the header, 申请人 over two columns; 公开 over two rows."""
    sheets = Sheets()
    xs, ys = [LEFT, 170, 250, 330, 410], [100, 124, 148, 172, 196]
    sheets.rule(xs[0], ys[0], xs[4], ys[0]).rule(xs[0], ys[2], xs[4], ys[2])
    sheets.rule(xs[1], ys[1], xs[3], ys[1]).rule(xs[1], ys[3], xs[4], ys[3])
    sheets.rule(xs[0], ys[4], xs[4], ys[4])
    for n in (0, 1, 3, 4):
        sheets.rule(xs[n], ys[0], xs[n], ys[4])
    sheets.rule(xs[2], ys[1], xs[2], ys[4])
    cells = [
        (0, 1, "类别"),
        (1, 0, "申请人"),
        (1, 1, "自然人"),
        (2, 1, "企业"),
        (3, 1, "合计"),
        (0, 3, "公开"),
        (1, 2, "3"),
        (2, 2, "1"),
        (3, 2, "4"),
        (1, 3, "0"),
        (2, 3, "2"),
        (3, 3, "2"),
    ]
    for column, row, text in cells:
        sheets.at(xs[column] + 4, ys[row] + 14, text, 10)
    return sheets


def test_merged_cells_speak_in_each_of_their_rows_and_head_each_of_their_columns() -> None:
    assert text_of(_merged()) == (
        "| 类别 | 申请人 / 自然人 | 申请人 / 企业 | 合计 |\n| --- | --- | --- | --- |\n"
        "| 公开 | 3 | 1 | 4 |\n| 公开 | 0 | 2 | 2 |"
    )


def test_a_table_that_goes_on_is_one_table_and_the_repeated_header_is_dropped() -> None:
    head, widths = ("姓名", "数量"), (120, 120)
    sheets = Sheets().table(700, [head, ("甲项", "1")], widths).next_sheet()
    sheets.table(80, [head, ("乙项", "2")], widths).paragraph("以上数字为全年合计。")
    extracted = read_pdf(sheets.bytes(), "file.pdf")
    assert extracted.text == (
        "| 姓名 | 数量 |\n| --- | --- |\n| 甲项 | 1 |\n| 乙项 | 2 |\n\n以上数字为全年合计。"
    )
    assert extracted.page_starts == (0, extracted.text.index("| 乙项"))


def test_a_table_that_goes_on_without_its_header_loses_no_row() -> None:
    sheets = Sheets().table(700, [("姓名", "数量"), ("甲项", "1")], (120, 120)).next_sheet()
    text = text_of(sheets.table(80, [("乙项", "2"), ("丙项", "3")], (120, 120)))
    assert text.endswith("| 甲项 | 1 |\n| 乙项 | 2 |\n| 丙项 | 3 |")


def test_the_first_row_over_all_columns_is_a_caption() -> None:
    sheets = Sheets().table(124, [("事项", "时限"), ("备案", "5日")], (100, 100))
    sheets.rule(LEFT, 100, LEFT + 200, 100).rule(LEFT, 100, LEFT, 124)
    sheets.rule(LEFT + 200, 100, LEFT + 200, 124).at(LEFT + 80, 116, "办理时限表", 10)
    assert text_of(sheets) == ("办理时限表\n\n| 事项 | 时限 |\n| --- | --- |\n| 备案 | 5日 |")


def test_a_table_without_a_header_keeps_its_first_row_as_data() -> None:
    condition = "持有营业执照，经营范围包括粮食收购，并已在市场监管部门登记。"
    rows = [("受理条件", condition), ("办理时限", "5个工作日")]
    assert text_of(Sheets().table(120, rows, (80, 330))) == (
        f"|  |  |\n| --- | --- |\n| 受理条件 | {condition} |\n| 办理时限 | 5个工作日 |"
    )


def test_a_label_over_two_columns_stands_in_both() -> None:
    sheets = Sheets()
    xs, ys = [LEFT, 170, 250, 330], [100, 124, 148, 172]
    for y in ys:
        sheets.rule(xs[0], y, xs[3], y)
    for x in (xs[0], xs[2], xs[3]):
        sheets.rule(x, ys[0], x, ys[3])
    sheets.rule(xs[1], ys[2], xs[1], ys[3])
    cells = [(0, 0, "指标"), (2, 0, "件数"), (0, 1, "总计"), (2, 1, "7")]
    cells += [(0, 2, "公开"), (1, 2, "全部"), (2, 2, "5")]
    for column, row, text in cells:
        sheets.at(xs[column] + 4, ys[row] + 16, text, 10)
    assert text_of(sheets) == (
        "| 指标 | 指标 | 件数 |\n| --- | --- | --- |\n| 总计 | 总计 | 7 |\n| 公开 | 全部 | 5 |"
    )


def test_a_table_without_its_outer_sides_is_still_a_table() -> None:
    sheets = Sheets()
    for y in (100, 124, 148):
        sheets.rule(LEFT, y, LEFT + 200, y)
    sheets.rule(LEFT + 100, 100, LEFT + 100, 148)
    for n, (a, b) in enumerate([("事项", "时限"), ("备案", "5日")]):
        sheets.at(LEFT + 4, 116 + 24 * n, a, 10).at(LEFT + 104, 116 + 24 * n, b, 10)
    assert text_of(sheets) == "| 事项 | 时限 |\n| --- | --- |\n| 备案 | 5日 |"


def test_a_frame_around_text_is_no_table() -> None:
    sheets = Sheets().rule(80, 80, 520, 80).rule(80, 300, 520, 300)
    sheets.rule(80, 80, 80, 300).rule(520, 80, 520, 300).at(LEFT, 120, "框里的一段话。")
    assert text_of(sheets) == "框里的一段话。"


def test_an_underlined_word_is_no_table() -> None:
    sheets = Sheets().at(LEFT, 120, "下面划线的词。").rule(LEFT, 123, LEFT + 60, 123)
    assert text_of(sheets) == "下面划线的词。"


def test_a_table_without_any_lines_is_read_by_row_and_told() -> None:
    sheets = Sheets()
    for n, cells in enumerate([("姓名", "数量", "单位"), ("甲项", "1", "件"), ("乙项", "2", "件")]):
        for x, cell in zip((LEFT, 220, 350), cells, strict=True):
            sheets.at(x, 120 + 20 * n, cell)
    extracted = read_pdf(sheets.bytes(), "file.pdf")
    assert extracted.text == "姓名 数量 单位\n\n甲项 1 件\n\n乙项 2 件"
    assert extracted.warnings == ("第 1 页像是有没画框线的表格，行列可能读乱，请对照原件检查",)
