"""What an official text says about itself is recognised, with the place that says so."""

from datetime import date

import pytest

from inquiry_service.knowledge.document import Attachment, Kind, Provenance
from inquiry_service.knowledge.expressions.days import day_in, find_days, last_day, months_in
from inquiry_service.knowledge.readers.bodies import issuers_alone, level_of, region_of
from inquiry_service.knowledge.readers.metadata import kind_of, recognise, recognised, topic_of
from inquiry_service.knowledge.standing.periods import term_of

NOTICE = """某市人民政府文件

某政发〔2023〕12号

某市人民政府关于印发粮食收购管理办法的通知

各镇人民政府：

现将《粮食收购管理办法》印发给你们，请遵照执行。

第一条　为了规范收购，根据《粮食流通管理条例》（国务院令第740号）制定本办法。

第二条　收购许可证有效期三年。

第三条　本办法自2023年6月1日起施行，有效期五年。

附件：1.收购备案表
　　　2.台账样式

某市人民政府　　某市粮食局
2023年5月6日

抄送：市委办公室。
"""
REGULATION = """中华人民共和国某某条例

（2007年4月5日中华人民共和国国务院令第492号公布　2019年4月3日中华人民共和国国务院令第711号
修订　自2019年5月15日起施行）

第一章　总则

第一条　为了保障公民获取信息，制定本条例。
"""
SAVED_PAGE = """标题：关于做好备案工作的公告
发布机构：某县商务局
文　　号：某商务〔２０２４〕第３号
成文日期：2024年1月5日
发布日期：2024-01-08
有效性：有效

关于做好备案工作的公告

请各企业办理备案。
"""


def described(text: str) -> Provenance:
    return recognise(text, document_id="x", fallback_title="文件名")


def told(text: str) -> dict[str, str]:
    return {one.field: one.value for one in recognised(text)}


def test_a_notice_tells_all_that_a_clerk_would_write_down() -> None:
    assert described(NOTICE) == Provenance(
        document_id="x",
        title="某市人民政府关于印发粮食收购管理办法的通知",
        kind=Kind.POLICY,
        issuer="某市人民政府",
        document_number="某政发〔2023〕12号",
        effective=date(2023, 6, 1),
        expires=date(2028, 5, 31),
        year=2023,
        topic="粮食",
        region="某市",
        made=date(2023, 5, 6),
        level="市",
        attachments=(Attachment("收购备案表"), Attachment("台账样式")),
    )


def test_every_field_says_where_it_was_found() -> None:
    where = {one.field: one.from_where for one in recognised(NOTICE)}
    assert where["title"] == "第一行"
    assert where["document_number"] == "单独成行的文号"
    assert where["made"].startswith("落款（第 ")
    assert "有效期五年" in where["expires"]
    assert where["level"] == "发布机关“某市人民政府”"


def test_the_note_under_a_regulations_title_is_read() -> None:
    found = told(REGULATION)
    assert found["document_number"] == "国务院令第711号"
    assert (found["published"], found["effective"]) == ("2019-04-03", "2019-05-15")
    assert (found["issuer"], found["level"]) == ("国务院", "国家")


def test_the_note_may_stand_on_lines_without_brackets() -> None:
    text = (
        "# 某某粮食管理条例\n\n2003年8月15日 中华人民共和国国务院令第388号公布\n\n"
        "2011年1月8日 《国务院关于修改部分行政法规的决定》第一次修订\n\n"
        "第六十条 本条例自公布之日起施行。"
    )
    found = told(text)
    assert (found["document_number"], found["issuer"]) == ("国务院令第388号", "国务院")
    assert (found["published"], found["effective"]) == ("2011-01-08", "2003-08-15")


def test_a_notice_may_carry_its_text_below_the_signature() -> None:
    text = (
        "某县人民政府\n关于印发《某县储备粮管理办法》的通知\n各乡镇：\n现印发给你们。\n"
        "某县人民政府\n2023年8月7日\n某县储备粮管理办法\n第一章 总 则\n"
        "第一条 为规范管理，制定本办法。\n第二条 本办法自公布之日起施行，有效期5年。"
    )
    found = told(text)
    assert found["title"] == "某县人民政府关于印发《某县储备粮管理办法》的通知"
    assert (found["made"], found["expires"]) == ("2023-08-07", "2028-08-06")


def test_labels_above_a_text_are_read() -> None:
    found = told(SAVED_PAGE)
    assert found["issuer"] == "某县商务局"
    assert found["document_number"] == "某商务〔2024〕3号"
    assert (found["made"], found["published"]) == ("2024-01-05", "2024-01-08")
    assert (found["title"], found["level"]) == ("关于做好备案工作的公告", "县")


def test_an_order_over_two_lines_is_one_number() -> None:
    text = "中华人民共和国商务部令\n2025年第4号\n\n成品油流通管理办法\n\n第一条　为了管理。"
    found = told(text)
    assert (found["document_number"], found["issuer"]) == ("商务部令2025年第4号", "商务部")
    assert found["title"] == "成品油流通管理办法"


@pytest.mark.parametrize(
    ("line", "number"),
    [
        ("桐商务〔2023〕12号", "桐商务〔2023〕12号"),
        ("桐商务[2023]12号", "桐商务〔2023〕12号"),
        ("桐商务【2023】12号", "桐商务〔2023〕12号"),
        ("桐商务（2023）12号", "桐商务〔2023〕12号"),
        ("（桐商务〔2023〕12号）", "桐商务〔2023〕12号"),
        ("桐商务〔２０２３〕１２号", "桐商务〔2023〕12号"),
        ("桐商务〔二〇二三〕12号", "桐商务〔2023〕12号"),
        ("国务院令第711号", "国务院令第711号"),
        ("商务部公告2021年第1号", "商务部公告2021年第1号"),
        ("商务部令2005年第2号", "商务部令2005年第2号"),
        ("商务部 2005年第2号令", "商务部令2005年第2号"),
    ],
)
def test_numbers_are_known_in_every_dress(line: str, number: str) -> None:
    assert told(f"关于备案的通知\n{line}\n\n正文。")["document_number"] == number


def test_a_number_within_a_sentence_is_not_the_texts_own() -> None:
    text = "关于备案的通知\n\n根据某政发〔2020〕1号文件的要求，现通知如下。"
    assert "document_number" not in told(text)


def test_several_issuers_may_sign_below_one_another() -> None:
    text = "关于备案的通知\n\n正文在此。\n\n某市商务局\n某市发展和改革局\n二〇二三年五月六日\n"
    found = told(text)
    assert (found["issuer"], found["made"]) == ("某市商务局、某市发展和改革局", "2023-05-06")


def test_a_day_within_the_text_is_no_signature() -> None:
    assert "made" not in told("关于备案的通知\n\n2023年5月6日\n召开了会议。\n\n会后整改。")


def test_an_explanation_has_no_term_of_its_own() -> None:
    text = "《收购办法》政策解读\n\n本办法自2023年6月1日起施行，有效期五年。"
    assert {"effective", "expires"}.isdisjoint(told(text))


@pytest.mark.parametrize(
    ("sentence", "effective", "expires"),
    [
        ("本办法自2021年1月1日起施行，有效期五年。", date(2021, 1, 1), date(2025, 12, 31)),
        ("本条例自2019年5月15日起施行。", date(2019, 5, 15), None),
        ("自2024年1月1日起施行。", date(2024, 1, 1), None),
        ("本办法自公布之日起施行。", date(2020, 5, 6), None),
        ("本意见自发布之日起30日后施行。", date(2020, 6, 5), None),
        ("本通知自印发之日起施行，试行两年。", date(2020, 5, 6), date(2022, 5, 5)),
        ("本办法有效期至2027年12月31日。", None, date(2027, 12, 31)),
        ("本办法自2022年3月1日起试行，试行期为二年。", date(2022, 3, 1), date(2024, 2, 29)),
        ("本细则自2023年6月1日起施行。有效期3年。", date(2023, 6, 1), date(2026, 5, 31)),
        ("收购许可证有效期五年。", None, None),
        ("粮食经营者自收到通知之日起五日内报告。", None, None),
        ("《甲办法》自2021年1月1日起施行。", None, None),
    ],
)
def test_the_term_of_a_text_stands_in_its_own_words(
    sentence: str, effective: date | None, expires: date | None
) -> None:
    term = term_of(f"第一条　为了规范，制定办法。\n{sentence}", date(2020, 5, 6))
    assert (term.effective, term.expires) == (effective, expires)


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("2019年4月3日", date(2019, 4, 3)),
        ("２０１９年４月３日", date(2019, 4, 3)),
        ("2019 年 4 月 3 日", date(2019, 4, 3)),
        ("二〇一九年四月三日", date(2019, 4, 3)),
        ("二○二三年十一月二十五日", date(2023, 11, 25)),
        ("2019-04-03", date(2019, 4, 3)),
        ("2019/4/3", date(2019, 4, 3)),
        ("2019.4.3", date(2019, 4, 3)),
        ("2019年2月30日", None),
        ("11.5.14.2", None),
        ("2019年4月", None),
    ],
)
def test_days_are_known_in_every_dress(written: str, day: date | None) -> None:
    assert day_in(written) == day


def test_days_come_in_the_order_of_the_text() -> None:
    days = find_days("自2020-01-01起，二〇一九年四月三日公布，2021年5月6日修订")
    assert [found.day.year for found in days] == [2020, 2019, 2021]


@pytest.mark.parametrize(
    ("period", "months"), [("五年", 60), ("两年半", 30), ("6个月", 6), ("12月", 12), ("五日", None)]
)
def test_periods_are_counted_in_months(period: str, months: int | None) -> None:
    assert months_in(period) == months


@pytest.mark.parametrize(
    ("first", "months", "last"),
    [
        (date(2021, 1, 1), 60, date(2025, 12, 31)),
        (date(2020, 2, 29), 12, date(2021, 2, 28)),
        (date(2021, 5, 15), 24, date(2023, 5, 14)),
        (date(2021, 12, 1), 1, date(2021, 12, 31)),
    ],
)
def test_a_period_ends_on_the_day_before_it_would_begin_again(
    first: date, months: int, last: date
) -> None:
    assert last_day(first, months) == last


@pytest.mark.parametrize(
    ("issuer", "region", "level"),
    [
        ("国务院办公厅", "全国", "国家"),
        ("商务部", "全国", "国家"),
        ("国家粮食和物资储备局", "全国", "国家"),
        ("浙江省商务厅", "浙江省", "省"),
        ("上海市商务委员会", "上海市", "省"),
        ("嘉兴市商务局", "嘉兴市", "市"),
        ("桐乡市商务局（粮食局）", "桐乡市", "县"),
        ("嘉兴市南湖区商务局", "嘉兴市", "县"),
        ("内蒙古自治区商务厅", "内蒙古自治区", "省"),
        ("商务部、财政部", "全国", "国家"),
        ("粮食局", None, None),
    ],
)
def test_the_issuers_name_tells_region_and_level(
    issuer: str, region: str | None, level: str | None
) -> None:
    assert (region_of(issuer), level_of(issuer)) == (region, level)


@pytest.mark.parametrize(
    ("line", "bodies"),
    [
        ("桐乡市商务局", "桐乡市商务局"),
        ("商务部　　财政部", "商务部、财政部"),
        ("桐乡市发展和改革局", "桐乡市发展和改革局"),
        ("各镇人民政府", None),
        ("请联系桐乡市商务局", None),
        ("以上内容由我局负责", None),
        ("", None),
    ],
)
def test_a_line_that_names_bodies_and_nothing_else(line: str, bodies: str | None) -> None:
    assert issuers_alone(line) == bodies


def test_kind_and_topic_are_told_by_words_in_the_title() -> None:
    assert kind_of("《2023年年度报告格式》解读") is Kind.EXPLANATION
    assert kind_of("某局负责人答记者问") is Kind.EXPLANATION
    assert topic_of("单用途商业预付卡管理办法") == "商务"
    assert topic_of("储备粮管理条例") == "粮食"
    assert topic_of("某某纪要") is None
