"""Reading notices: what is doubtful is refused, with the file and the entry named."""

from datetime import date
from pathlib import Path

import pytest

from inquiry_service.calendar.loading import load_calendar
from inquiry_service.errors import ConfigurationFault, KnowledgeFault

GOOD = """
year: 2030
source: {title: 放假安排的通知, number: 第1号}
days_off:
  - {from: 2029-12-30, to: 2030-01-01, name: 元旦}
make_up_workdays: [2030-01-05]
"""


def written(folder: Path, text: str, name: str = "2030.yaml") -> Path:
    (folder / name).write_text(text, encoding="utf-8")
    return folder


def test_a_notice_is_read_with_its_source(tmp_path: Path) -> None:
    calendar = load_calendar(written(tmp_path, GOOD))
    assert calendar.published_years == {2030}
    assert calendar.notices[0].source == "放假安排的通知（第1号）"
    assert not calendar.judge(date(2029, 12, 31)).counts
    assert calendar.judge(date(2030, 1, 5)).counts


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        (GOOD.replace("year: 2030", "year: 2031"), "与文件名一致"),
        (GOOD.replace("year: 2030", "year: '2030'"), "与文件名一致"),
        (GOOD.replace("make_up_workdays", "makeup"), "四项"),
        (GOOD + "extra: 1", "四项"),
        ("[]", "四项"),
        ("year: [", "无法读取"),
        (GOOD.replace("{title: 放假安排的通知, number: 第1号}", "{}"), "写明依据"),
        (GOOD.replace("to: 2030-01-01", "to: 2029-12-01"), "早于开始日期"),
        (GOOD.replace(", name: 元旦", ""), "from、to、name"),
        (GOOD.replace("2029-12-30", "2028-12-30"), "不属于 2030 年"),
        (GOOD.replace("2029-12-30", "20291230"), "日期应当写成"),
        (GOOD.replace("2030-01-05", "2030-01-04"), "不是周六或周日"),
        (GOOD.replace("2030-01-05", "2029-12-30"), "同时列为放假和上班"),
        (GOOD.replace("[2030-01-05]", "[2030-01-05, 2030-01-05]"), "重复"),
        (GOOD.replace("[2030-01-05]", ""), "应当是列表"),
        (
            GOOD.replace(
                "name: 元旦}", "name: 元旦}\n  - {from: 2030-01-01, to: 2030-01-01, name: 又}"
            ),
            "重复列为放假",
        ),
    ],
)
def test_a_doubtful_notice_is_refused_with_file_and_reason(
    tmp_path: Path, wrong: str, told: str
) -> None:
    with pytest.raises(KnowledgeFault, match=told) as caught:
        load_calendar(written(tmp_path, wrong))
    assert caught.value.facts["where"] == "2030.yaml"


def test_a_folder_without_any_calendar_is_a_fault_of_the_settings(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationFault, match=r"INQUIRY_KNOWLEDGE.*没有放假安排文件"):
        load_calendar(tmp_path)
    with pytest.raises(ConfigurationFault, match="没有放假安排文件"):
        load_calendar(tmp_path / "absent")
