"""Reading notices: what is doubtful is refused, with the file and the entry named."""

from datetime import date
from pathlib import Path

import pytest

from calendar_papers import COUNTY
from calendar_papers import YEAR_2030 as GOOD
from inquiry_service.calendar.loading import load_calendar
from inquiry_service.calendar.strict_yaml import MAX_CHARACTERS
from inquiry_service.errors import ConfigurationFault, KnowledgeFault

AMENDED = GOOD.replace(
    "number: 第1号}",
    "number: 第1号, issued: 2029-11-01, amended_by:"
    " [{title: 调整的通知, issued: 2030-03-01, change: 劳动节改为三天}]}",
)


def written(folder: Path, text: str, name: str = "2030.yaml") -> Path:
    (folder / name).write_text(text, encoding="utf-8")
    return folder


def test_a_notice_is_read_with_its_source(tmp_path: Path) -> None:
    calendar = load_calendar(written(tmp_path, GOOD))
    assert calendar.published_years == {2030}
    assert calendar.notices[0].source == "放假安排的通知（第1号）"
    assert not calendar.judge(date(2029, 12, 31)).counts
    assert calendar.judge(date(2030, 1, 5)).counts


def test_a_later_notice_that_changed_the_first_is_named_with_what_it_changed(
    tmp_path: Path,
) -> None:
    assert load_calendar(written(tmp_path, AMENDED)).notices[0].source == (
        "放假安排的通知（第1号，2029-11-01印发）；"
        "后经调整的通知（2030-03-01印发）调整：劳动节改为三天"
    )


def test_a_file_from_a_windows_editor_is_read(tmp_path: Path) -> None:
    (tmp_path / "2030.yaml").write_bytes(GOOD.replace("\n", "\r\n").encode("utf-8-sig"))
    assert load_calendar(tmp_path).published_years == {2030}


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        (GOOD.replace("2030", "2031").replace("2029", "2030"), "与文件名一致"),
        (GOOD.replace("year: 2030", "year: '2030'"), "四位年份"),
        (GOOD.replace("year: 2030", "year: 20300"), "四位年份"),
        (GOOD.replace("make_up_workdays", "makeup"), "四项"),
        (GOOD + "extra: 1", "四项"),
        ("[]", "四项"),
        ("", "四项"),
        ("year: [", "第 1 行附近"),
        ("[" * 20_000, "嵌套过深"),
        (GOOD.replace("year: 2030", "year: 0x" + "f" * 8000), "行附近有过长"),
        (GOOD.replace("name: 劳动节", 'name: "\\ud800"'), "不可见的特殊字符"),
        (GOOD.replace("name: 劳动节", 'name: "\\0"'), "不可见的特殊字符"),
        (GOOD.replace("year: 2030", "year: !!int ''"), "不存在的日期或写法"),
        (GOOD.replace("year: 2030", "year: !!timestamp 今年"), "不存在的日期或写法"),
        (GOOD.replace("year: 2030", "year: !!bool 是"), "不存在的日期或写法"),
        ("a" * (MAX_CHARACTERS + 1), "不像一份放假安排"),
        (GOOD + "\x00", "特殊字符"),
        (GOOD + "year: 2030", "year 写了两次"),
        (GOOD.replace("name: 劳动节", "name: 劳动节, name: 五一"), "name 写了两次"),
        (GOOD.replace("[2030-01-05]", "&x [*x]"), "YAML 引用"),
        (GOOD.replace("to: 2030-05-03", "to: 2030-05-32"), "不存在的日期"),
        (GOOD.replace("{title: 放假安排的通知, number: 第1号}", "{}"), "写明依据"),
        (GOOD.replace(", number: 第1号", ""), "number 或 issued"),
        (GOOD.replace("第1号", "1"), "应当是文号"),
        (GOOD.replace("number: 第1号", "issued: 去年"), "issued 应当写成"),
        (GOOD.replace("number: 第1号", "number: 第1号, by: 谁"), "写明依据"),
        (AMENDED.replace(", change: 劳动节改为三天", ""), "改了什么"),
        (AMENDED.replace("{title: 调整的通知, ", "{"), "写明依据"),
        (GOOD.replace("to: 2030-01-01", "to: 2029-12-01"), "早于开始日期"),
        (GOOD.replace("to: 2030-05-03", "to: 2030-07-03"), "超过 31 天"),
        (GOOD.replace(", name: 元旦", ""), "from、to、name"),
        (GOOD.replace("2029-12-30", "2028-12-30"), "不属于 2030 年"),
        (GOOD.replace("2029-12-30", "20291230"), "日期应当写成"),
        (GOOD.replace("2030-01-05", "2030-01-04"), "不是周六或周日"),
        (GOOD.replace("2030-01-05", "2029-12-30"), "同时列为放假和上班"),
        (GOOD.replace("[2030-01-05]", "[2030-01-05, 2030-01-05]"), "重复"),
        (GOOD.replace("[2030-01-05]", ""), "应当是列表"),
        (GOOD.replace("from: 2030-05-01", "from: 2030-05-02"), "没有列出劳动节（5月1日）"),
        (GOOD.replace("to: 2030-10-07", "to: 2030-10-02"), "没有列出国庆节（10月3日）"),
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


def test_what_is_wrong_is_shown_as_it_was_typed(tmp_path: Path) -> None:
    with pytest.raises(KnowledgeFault) as caught:
        load_calendar(written(tmp_path, GOOD.replace(", name: 元旦", "")))
    assert caught.value.message == (
        "2030.yaml：days_off 每项应当写 from、to、name，有一项是 {from: 2029-12-30, to: 2030-01-01}"
    )


def test_a_county_orders_its_own_days_in_a_file_of_their_own(tmp_path: Path) -> None:
    calendar = load_calendar(written(written(tmp_path, GOOD), COUNTY, "county.yaml"))
    assert calendar.judge(date(2030, 4, 5)).reason == "周五，三月三（地方规定）放假"
    assert [calendar.judge(date(2030, 6, day)).counts for day in (3, 4, 5)] == [False, False, True]
    assert calendar.judge(date(2030, 6, 8)).reason == "周六，调休上班"
    assert [order.basis for order in calendar.county.days_off] == ["县政府放假通知"] * 2


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ("days_off: 没有", "应当是列表"),
        ("make_up_workdays: []", "应当写 days_off"),
        (COUNTY + "year: 2030", "没有其他项"),
        (COUNTY.replace(", basis: 县政府放假通知}\n  - {from", "}\n  - {from"), "name、basis"),
        (COUNTY.replace("name: 三月三, basis: 县政府放假通知", "name: 三月三, basis: ''"), "basis"),
        (COUNTY.replace("name: 三月三", "name: 3"), "name 没有写"),
        (COUNTY.replace("2030-04-05", "2030年4月5日"), "日期应当写成"),
        (COUNTY.replace("to: 2030-06-04", "to: 2030-06-01"), "早于开始日期"),
        (COUNTY.replace("2030-04-05", "2030-06-04"), "重复列为放假或上班"),
        (COUNTY.replace("2030-06-08", "2030-06-07"), "不是周六或周日"),
    ],
)
def test_doubtful_county_days_are_refused(tmp_path: Path, wrong: str, told: str) -> None:
    with pytest.raises(KnowledgeFault, match=told) as caught:
        load_calendar(written(written(tmp_path, GOOD), wrong, "county.yaml"))
    assert caught.value.facts["where"] == "county.yaml"


def test_a_folder_without_any_calendar_is_a_fault_of_the_settings(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationFault, match=r"INQUIRY_KNOWLEDGE.*没有放假安排文件"):
        load_calendar(tmp_path)
    with pytest.raises(ConfigurationFault, match="没有放假安排文件"):
        load_calendar(tmp_path / "absent")
    with pytest.raises(ConfigurationFault, match="没有放假安排文件"):
        load_calendar(written(tmp_path, COUNTY, "county.yaml"))


def test_two_files_of_one_year_are_refused(tmp_path: Path) -> None:
    with pytest.raises(KnowledgeFault, match=r"与 2030\.yaml 重复"):
        load_calendar(written(written(tmp_path, GOOD), GOOD, "2030.yml"))


def test_a_file_that_is_no_text_is_refused(tmp_path: Path) -> None:
    (tmp_path / "2030.yaml").write_bytes("放假".encode("gb18030"))
    with pytest.raises(KnowledgeFault, match="不是 UTF-8"):
        load_calendar(tmp_path)
