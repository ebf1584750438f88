"""Workbooks: every row can be read by itself, as it is displayed."""

import datetime as dt
import io
import zipfile

import pytest

from inquiry_service.knowledge.readers.extracted import Unreadable
from inquiry_service.knowledge.readers.xlsx import read_xlsx
from office_files import repacked, saved, sheet, workbook


def test_a_title_a_header_of_two_rows_and_a_note() -> None:
    made = sheet(
        [
            ("粮食收购备案企业目录",),
            ("序号", "企业", "收购量", None),
            (None, None, "小麦", "稻谷"),
            (1, "甲公司", 1234.5, 2),
            (2, "乙|公司", None, 3),
            ("合计",),
            ("注：数据截至年末。",),
        ]
    )
    made.title = "目录"
    for area in ("A1:D1", "A2:A3", "B2:B3", "C2:D2"):
        made.merge_cells(area)
    assert read_xlsx(saved(made.parent), "a.xlsx").text == (
        "# 粮食收购备案企业目录\n\n## 目录\n\n"
        "| 序号 | 企业 | 收购量 / 小麦 | 收购量 / 稻谷 |\n| --- | --- | --- | --- |\n"
        "| 1 | 甲公司 | 1234.5 | 2 |\n| 2 | 乙\\|公司 |  | 3 |\n| 合计 |  |  |  |\n\n"
        "注：数据截至年末。"
    )


def test_values_are_as_displayed() -> None:
    made = sheet([("项目", "值")])
    shown = [
        ("千分", 1234567.891, "#,##0.00", "1,234,567.89"),
        ("百分", 0.1256, "0.0%", "12.6%"),
        ("整数", 3.0, "General", "3"),
        ("小数", 0.1 + 0.2, "General", "0.3"),
        ("日期", dt.date(2024, 3, 1), 'yyyy"年"m"月"d"日"', "2024年3月1日"),
        ("日期", dt.date(2024, 3, 1), "yyyy-mm-dd", "2024-03-01"),
        ("日期", dt.date(2024, 3, 1), "yyyy/m/d", "2024/3/1"),
        ("日期", dt.date(2024, 3, 1), 'm"月"d"日"', "3月1日"),
        ("时刻", dt.datetime(2024, 3, 1, 9, 30), "yyyy-mm-dd hh:mm", "2024-03-01 09:30"),  # noqa: DTZ001
        ("错误", "#REF!", "General", ""),
        ("真假", True, "General", "是"),
        ("编号", "007", "@", "007"),
    ]
    for at, (name, value, form, _) in enumerate(shown, start=2):
        made.cell(at, 1, name)
        made.cell(at, 2, value).number_format = form
    rows = read_xlsx(saved(made.parent), "a.xlsx").text.split("\n")[2:]
    assert rows == [f"| {name} | {told} |" for name, _, _, told in shown]


def test_what_is_hidden_is_skipped_and_told_of() -> None:
    made = sheet([("企业", "电话", "数量"), ("甲", "略", 1), ("乙", "略", 2)])
    made.row_dimensions[3].hidden = True
    made.column_dimensions["B"].hidden = True
    secret = made.parent.create_sheet("内部")
    secret["A1"] = "内部"
    secret.sheet_state = "hidden"
    extracted = read_xlsx(saved(made.parent), "a.xlsx")
    assert extracted.text == "| 企业 | 数量 |\n| --- | --- |\n| 甲 | 1 |"
    assert extracted.warnings == (
        "跳过隐藏的工作表“内部”",
        "工作表“Sheet”有隐藏的行或列，没有读入",
    )


def test_a_formula_without_a_stored_result_is_told_of() -> None:
    extracted = read_xlsx(workbook([("项", "和"), ("甲", "=1+1")]), "a.xlsx")
    assert extracted.text.endswith("| 甲 |  |")
    assert "公式没有存下结果" in extracted.warnings[0]


def test_an_empty_row_parts_two_tables_and_every_sheet_is_named() -> None:
    made = sheet([("甲", "乙"), (1, 2), (), ("丙", "丁"), (3, 4)])
    other = made.parent.create_sheet("附表")
    other.append(["戊", "己"])
    other.append([5, 6])
    assert read_xlsx(saved(made.parent), "a.xlsx").text == (
        "## Sheet\n\n| 甲 | 乙 |\n| --- | --- |\n| 1 | 2 |\n\n"
        "| 丙 | 丁 |\n| --- | --- |\n| 3 | 4 |\n\n"
        "## 附表\n\n| 戊 | 己 |\n| --- | --- |\n| 5 | 6 |"
    )


def test_a_value_merged_over_rows_stands_in_each_of_them() -> None:
    made = sheet([("镇", "点"), ("甲镇", "一"), (None, "二"), ("乙镇", "三")])
    made.merge_cells("A2:A3")
    rows = read_xlsx(saved(made.parent), "a.xlsx").text.split("\n")[2:]
    assert rows == ["| 甲镇 | 一 |", "| 甲镇 | 二 |", "| 乙镇 | 三 |"]


def test_a_sheet_formatted_to_its_last_row_costs_nothing() -> None:
    made = sheet()
    made["XFD1048576"] = ""
    assert read_xlsx(saved(made.parent), "a.xlsx").text.endswith("| 甲公司 | 3 |")


def test_merged_cells_over_all_rows_are_refused_at_once() -> None:
    merged = b'</sheetData><mergeCells><mergeCell ref="A3:ZZ1048576"/></mergeCells>'
    name = "xl/worksheets/sheet1.xml"
    made = workbook()
    with zipfile.ZipFile(io.BytesIO(made)) as package:
        changed = package.read(name).replace(b"</sheetData>", merged)
    with pytest.raises(Unreadable, match="合并的格子"):
        read_xlsx(repacked(made, {name: changed}), "a.xlsx")


def test_an_empty_workbook_says_so() -> None:
    with pytest.raises(Unreadable, match="没有看得见的内容"):
        read_xlsx(workbook([]), "a.xlsx")


def test_macros_are_told_of() -> None:
    data = repacked(workbook(), {"xl/vbaProject.bin": b"macro"})
    assert read_xlsx(data, "a.xlsm").warnings == ("文件带有宏，宏没有运行，只读取了文字",)
