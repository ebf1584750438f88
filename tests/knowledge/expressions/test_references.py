"""Document numbers, years and articles are found however people write them."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inquiry_service.knowledge.expressions.numerals import to_int
from inquiry_service.knowledge.expressions.references import (
    find_articles,
    find_document_numbers,
    find_years,
    normalise_document_number,
    same_document_number,
)

TODAY = date(2026, 11, 22)
CODES = st.sampled_from(["桐政办发", "国办发", "法释", "发改环资", "国办公开办函", "自然资规"])
FULL_WIDTH = str.maketrans("0123456789", "０１２３４５６７８９")


@pytest.mark.parametrize(
    "written",
    [
        "桐政办发〔2017〕52号",
        "桐政办发[2017]52号",
        "桐政办发［2017］52号",
        "桐政办发【2017】52号",
        "桐政办发（2017）52号",
        "桐政办发(2017)52号",
        "桐政办发〔２０１７〕５２号",
        "桐政办发 〔2017〕 52 号",
        "桐政办发〔2017〕第52号",
        "桐政办发〔2017〕052号",
        "桐政办发〔二〇一七〕52号",
        "桐政办发[2017]52",
        "请问桐政办发〔2017〕52号是什么",
        "我想看桐政办发〔2017〕52号",
        "有没有桐政办发〔2017〕52号",
        "根据桐政办发〔2017〕52号的要求",
        "《通知》（桐政办发〔2017〕52号）",
    ],
)
def test_one_number_in_all_its_spellings(written: str) -> None:
    assert find_document_numbers(written) == ("桐政办发〔2017〕52号",)


@pytest.mark.parametrize(
    ("written", "number"),
    [
        ("国务院令第711号", "国务院令第711号"),
        ("国务院令第七百一十一号", "国务院令第711号"),
        ("国务院令 第７１１号", "国务院令第711号"),
        ("国务院第711号令", "国务院令第711号"),
        ("（中华人民共和国国务院令第711号）", "国务院令第711号"),
        ("自国务院令第740号施行", "国务院令第740号"),
        ("中华人民共和国主席令第五十二号", "主席令第52号"),
        ("商务部令2025年第4号", "商务部令2025年第4号"),
        ("商务部 令 2025 年 第 4 号", "商务部令2025年第4号"),
        ("商务部2025年第4号令", "商务部令2025年第4号"),
        ("财政部 商务部公告2020年第5号", "商务部公告2020年第5号"),
        ("国家发展和改革委员会令2020年第1号", "国家发展和改革委员会令2020年第1号"),
        ("法释〔2025〕8号", "法释〔2025〕8号"),
        ("最高人民法院关于适用法释〔2025〕8号", "法释〔2025〕8号"),
        ("发改环资〔2025〕1745号", "发改环资〔2025〕1745号"),
        ("自然资规〔2019〕1号", "自然资规〔2019〕1号"),
    ],
)
def test_orders_announcements_and_interpretations(written: str, number: str) -> None:
    assert find_document_numbers(written) == (number,)


def test_several_numbers_come_in_order_and_each_once() -> None:
    text = (
        "法释〔2025〕8号施行后，代替法释〔2011〕17号；"
        "国务院令第711号和商务部令2025年第4号，法释[2025]8号。"
    )
    assert find_document_numbers(text) == (
        "法释〔2025〕8号",
        "法释〔2011〕17号",
        "国务院令第711号",
        "商务部令2025年第4号",
    )


@pytest.mark.parametrize(
    "text",
    [
        "",
        "2017年收到5件",
        "GB 45438-2025",
        "增长[2017]52.3%",
        "（2017）52万元",
        "在上海市令人满意的第3号楼",
        "12345热线",
        "YSQ-2026-00012",
        "〔2017〕52号",
    ],
)
def test_what_is_no_document_number_is_not_found(text: str) -> None:
    assert find_document_numbers(text) == ()


@given(code=CODES, year=st.integers(1950, 2099), number=st.integers(1, 99999))
def test_brackets_and_widths_never_change_the_number(code: str, year: int, number: int) -> None:
    plain = f"{code}〔{year}〕{number}号"
    for opening, closing in ("〔〕", "[]", "【】", "（）", "()", "［］"):
        written = f"{code}{opening}{year}{closing}{number}号"
        assert normalise_document_number(written) == plain
        assert normalise_document_number(written.translate(FULL_WIDTH)) == plain
    assert normalise_document_number(plain) == plain


@given(st.text(alphabet="桐政办发〔2017〕52号国务院令第年七 ", max_size=40))
def test_what_was_normalised_once_stays_as_it_is(text: str) -> None:
    once = normalise_document_number(text)
    assert normalise_document_number(once) == once


def test_what_is_no_number_only_loses_its_spaces() -> None:
    assert normalise_document_number(" 未 编号 ") == "未编号"


def test_two_spellings_are_one_document_and_two_numbers_are_not() -> None:
    assert same_document_number("桐政办发[2017]52号", "桐政办发〔2017〕52号")
    assert same_document_number("市府桐政办发〔2017〕52号", "桐政办发〔2017〕52号")
    assert not same_document_number("桐政办发〔2017〕52号", "桐政办发〔2018〕52号")
    assert not same_document_number("", "桐政办发〔2017〕52号")


@pytest.mark.parametrize(
    ("text", "years"),
    [
        ("2017年收到多少件", (2017,)),
        ("2017年度报告", (2017,)),
        ("2017 年", (2017,)),
        ("２０１７年度", (2017,)),
        ("二〇一七年", (2017,)),
        ("二零一七年", (2017,)),
        ("二○一七年", (2017,)),
        ("2017政府信息公开年报", (2017,)),
        ("2017-05-01发布", (2017,)),
        ("2017.5.1发布", (2017,)),
        ("2019至2021年", (2019, 2020, 2021)),
        ("2017年-2019年", (2017, 2018, 2019)),
        ("2018年和2017年，2018年", (2018, 2017)),
        ("17年", ()),
        ("100年", ()),
        ("2000元", ()),
        ("共12017年", ()),
        ("桐政办发〔2017〕52号", ()),
        ("商务部令2025年第4号", ()),
        ("2019年的商务部令2025年第4号", (2019,)),
        ("2021至2019年", (2019,)),
        ("", ()),
    ],
)
def test_the_years_a_text_speaks_of(text: str, years: tuple[int, ...]) -> None:
    assert find_years(text) == years


@pytest.mark.parametrize(
    ("text", "years"),
    [
        ("今年", (2026,)),
        ("本年度", (2026,)),
        ("去年收到多少件", (2025,)),
        ("上一年度", (2025,)),
        ("上年", (2025,)),
        ("前年和去年", (2024, 2025)),
        ("大前年", (2023,)),
        ("明年", (2027,)),
        ("后年", (2028,)),
        ("去年发布的商务部令2020年第4号", (2025,)),
        ("本年度报告", ()),
        ("以前年度", ()),
        ("五年以上年限", ()),
        ("过去年份", ()),
        ("此后年度", ()),
    ],
)
def test_relative_years_count_from_today(text: str, years: tuple[int, ...]) -> None:
    assert find_years(text, TODAY) == years


def test_without_a_day_relative_years_are_not_guessed() -> None:
    assert find_years("去年和今年") == ()


@pytest.mark.parametrize(
    ("text", "articles"),
    [
        ("依照第三十二条的规定", ("第32条",)),
        ("第32条", ("第32条",)),
        ("第３２条", ("第32条",)),
        ("第 三十二 条", ("第32条",)),
        ("条例32条怎么说", ("第32条",)),
        ("第十七条之一", ("第17条之1",)),
        ("第一百二十条、第三条、第一百二十条", ("第120条", "第3条")),
        ("公开了488条信息", ()),
        ("三条建议", ()),
    ],
)
def test_articles_are_one_however_written(text: str, articles: tuple[str, ...]) -> None:
    assert find_articles(text) == articles


def to_chinese(number: int) -> str:
    """As the law writes its articles: 十二, 一百零五, 一千二百六十."""
    written, gap = "", False
    for unit, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit, number = divmod(number, unit)
        if digit:
            written += ("零" if gap else "") + "零一二三四五六七八九"[digit] + name
        gap = bool(written) and not digit
    return written.removeprefix("一") if written.startswith("一十") else written


@given(st.integers(1, 9999))
def test_a_number_written_in_chinese_reads_as_itself(number: int) -> None:
    assert to_int(to_chinese(number)) == number
    assert find_articles(f"第{to_chinese(number)}条") == (f"第{number}条",)


@pytest.mark.parametrize(
    ("written", "number"),
    [
        ("十", 10),
        ("十二", 12),
        ("三十二", 32),
        ("一百零五", 105),
        ("一千二百六十", 1260),
        ("二千零三", 2003),
        ("３２", 32),
        ("二〇一七", 2017),
    ],
)
def test_numbers_are_read_as_the_law_writes_them(written: str, number: int) -> None:
    assert to_int(written) == number


@pytest.mark.parametrize("text", ["", "abc", "三a", "１x"])
def test_what_is_no_numeral_has_no_value(text: str) -> None:
    assert to_int(text) is None


@given(st.text(max_size=80))
def test_any_text_can_be_searched_for_references(text: str) -> None:
    find_document_numbers(text)
    find_articles(text)
    assert all(1900 <= year <= 2100 for year in find_years(text))
