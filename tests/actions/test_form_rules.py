"""How the answers to the form's questions are read."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inquiry_service.actions import form_rules as rules
from inquiry_service.conversation.phrasing import asks

TODAY = date(2026, 3, 2)


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("纸质", "纸质"),
        ("要纸质的。", "纸质"),
        ("打印出来给我", "纸质"),
        ("复印件", "纸质"),
        ("电子", "电子文档"),
        ("电子版就行", "电子文档"),
        ("PDF", "电子文档"),
        ("ＰＤＦ", "电子文档"),
        ("电子的可以吗？", "电子文档"),
        ("电子版吧", "电子文档"),
        ("刻成光盘", "光盘"),
        ("现场查阅", "现场查阅、抄录"),
        ("都行", None),
        ("纸质要钱吗？", None),
        ("电子和纸质有什么区别", None),
        ("光盘怎么收费", None),
    ],
)
def test_the_form_of_supply(text: str, form: str | None) -> None:
    assert rules.supply_form_in(text) == form


@pytest.mark.parametrize(
    ("text", "route"),
    [
        ("邮寄", "邮寄"),
        ("寄给我", "邮寄"),
        ("快递吧", "邮寄"),
        ("我自己去取", "当面领取"),
        ("当面领", "当面领取"),
        ("到窗口拿", "当面领取"),
        ("网上获取", "网上获取"),
        ("网站下载", "网上获取"),
        ("发电子邮件", "电子邮件"),
        ("发我邮箱", "电子邮件"),
        ("email", "电子邮件"),
        ("传真", "传真"),
        ("邮寄行不行？", "邮寄"),
        ("邮寄要多久", None),
        ("随便", None),
    ],
)
def test_the_way_of_receiving(text: str, route: str | None) -> None:
    assert rules.receive_by_in(text) == route


@pytest.mark.parametrize(
    ("text", "period"),
    [
        ("2016", "2016年"),
        ("2016年", "2016年"),
        ("２０１６年", "2016年"),
        ("2016年度。", "2016年"),
        ("2016-2018", "2016年至2018年"),
        ("2016年到2018年", "2016年至2018年"),
        ("2016~2018年期间", "2016年至2018年"),
        ("去年", "2025年"),
        ("今年", "2026年"),
        ("前年的", "2024年"),
        ("不限", "不限"),
        ("不限时间", "不限"),
        ("不清楚", "不限"),
        ("都行", "不限"),
        ("全部", "不限"),
        ("2016年5月", "2016年5月"),
        ("最近三年", "最近三年"),
        ("桐政办发[2017]52号", "桐政办发〔2017〕52号"),
        ("2017年的吧", "2017年的吧"),
        ("哪年的都有吗？", None),
        ("要写多久的", None),
        ("", None),
    ],
)
def test_the_period_or_document_number(text: str, period: str | None) -> None:
    assert rules.period_in(text, TODAY) == period


@given(st.integers(1950, 2049), st.integers(1950, 2049), st.sampled_from("-至到~—"))
def test_two_years_are_a_span_however_they_are_joined(first: int, last: int, join: str) -> None:
    assert rules.period_in(f"{first}{join}{last}", TODAY) == f"{first}年至{last}年"


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("我想要2016年粮食补贴发放名单", "我想要2016年粮食补贴发放名单"),
        ("2016年粮食补贴发放名单", "2016年粮食补贴发放名单"),
        ("我要申请公开2016年粮食补贴发放名单", "2016年粮食补贴发放名单"),
        ("您好，我想申请公开：储备粮轮换计划", "储备粮轮换计划"),
        ("申请公开预算", "预算"),
        ("我要申请信息公开", None),
        ("我要申请", None),
        ("我想申请政府信息公开", None),
        ("帮我填一个申请表吧", None),
        ("依申请公开", None),
        ("！！", None),
    ],
)
def test_what_is_wanted(text: str, wanted: str | None) -> None:
    assert rules.description_in(text) == wanted


@pytest.mark.parametrize(
    "text",
    [
        "依申请公开收到多少件？",
        "申请要钱吗？",
        "申请要钱吗",
        "多久能答复",
        "怎么交费？",
        "需要什么材料",
        "为什么要填这个",
        "呢?",
    ],
)
def test_these_are_questions(text: str) -> None:
    assert asks(text)
    assert not rules.wishes(text)


@pytest.mark.parametrize(
    "text",
    ["我想要2016年粮食补贴发放名单", "请提供储备粮轮换批复", "我要查阅会议纪要"],
)
def test_these_are_wishes(text: str) -> None:
    assert rules.wishes(text)
    assert not asks(text)


@pytest.mark.parametrize("text", ["我想问一下收费", "我想知道多久答复", "我想咨询一下"])
def test_wanting_to_ask_is_no_wish_for_information(text: str) -> None:
    assert not rules.wishes(text)


@pytest.mark.parametrize(
    "text", ["都对", "对", "是的", "没错！", "好的", "嗯", "OK", "确认。", "对的呀"]
)
def test_these_confirm(text: str) -> None:
    assert rules.confirmed_in(text) is True


@pytest.mark.parametrize("text", ["不对", "不是", "错了", "要改", "改一下"])
def test_these_deny(text: str) -> None:
    assert rules.confirmed_in(text) is False


@pytest.mark.parametrize("text", ["时间改成2018年", "申请要钱吗", "不知道", "好的那时间改成2018年"])
def test_these_neither_confirm_nor_deny(text: str) -> None:
    assert rules.confirmed_in(text) is None


@pytest.mark.parametrize(
    ("text", "changed"),
    [
        ("时间改成2018年", {"wanted_period": "2018年"}),
        ("时间改为2018", {"wanted_period": "2018年"}),
        ("把年份换成去年", {"wanted_period": "2025年"}),
        ("时间应该是2016到2018年", {"wanted_period": "2016年至2018年"}),
        ("不对，时间是2018年", {"wanted_period": "2018年"}),
        ("请把时间改2018年", {"wanted_period": "2018年"}),
        ("文号改成桐政办发[2017]52号", {"wanted_period": "桐政办发〔2017〕52号"}),
        ("改内容：储备粮轮换计划", {"wanted_description": "储备粮轮换计划"}),
        ("内容改成储备粮轮换计划", {"wanted_description": "储备粮轮换计划"}),
        ("形式改成纸质", {"supply_form": "纸质"}),
        ("提供形式：电子", {"supply_form": "电子文档"}),
        ("领取方式改成邮寄", {"receive_by": "邮寄"}),
        ("方式换成电子邮件", {"receive_by": "电子邮件"}),
    ],
)
def test_a_named_correction_is_taken_anywhere(text: str, changed: dict[str, str]) -> None:
    assert rules.corrections_in(text, TODAY, unnamed=False) == changed


@pytest.mark.parametrize(
    ("text", "changed"),
    [
        ("改成邮寄", {"receive_by": "邮寄"}),
        ("换成电子邮件", {"receive_by": "电子邮件"}),
        ("改成纸质的", {"supply_form": "纸质"}),
        ("不对，应该是2018年", {"wanted_period": "2018年"}),
        ("不是，是去年", {"wanted_period": "2025年"}),
        ("改2018", {"wanted_period": "2018年"}),
        ("邮寄", {"receive_by": "邮寄"}),
        ("纸质吧", {"supply_form": "纸质"}),
        ("2018年", {"wanted_period": "2018年"}),
    ],
)
def test_an_unnamed_correction_is_taken_when_all_is_on_the_table(
    text: str, changed: dict[str, str]
) -> None:
    assert rules.corrections_in(text, TODAY, unnamed=True) == changed
    assert rules.corrections_in(text, TODAY, unnamed=False) == {}


@pytest.mark.parametrize(
    "text",
    [
        "都对",
        "邮寄给我的那份材料写得不清楚",
        "申请要钱吗？",
        "改成什么好",
        "内容",
        "信息公开收费标准",
        "名称是什么",
    ],
)
def test_these_correct_nothing(text: str) -> None:
    assert rules.corrections_in(text, TODAY, unnamed=True) == {}


@given(st.text(max_size=60))
def test_whatever_is_typed_is_read_without_breaking(text: str) -> None:
    rules.description_in(text)
    rules.supply_form_in(text)
    rules.receive_by_in(text)
    rules.period_in(text, TODAY)
    rules.confirmed_in(text)
    rules.corrections_in(text, TODAY, unnamed=True)


@pytest.mark.parametrize("text", ["你们几点上班", "几月出结果", "几号窗口"])
def test_a_question_about_when_or_where_is_a_question(text: str) -> None:
    assert asks(text)


@pytest.mark.parametrize("text", ["[电话号码]", "我的[身份证号]", "[邮箱]，[银行卡号]"])
def test_personal_data_is_neither_a_description_nor_a_period(text: str) -> None:
    assert rules.description_in(text) is None
    assert rules.period_in(text, TODAY) is None
