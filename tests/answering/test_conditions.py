"""What a question insists on: its matter, one of two opposites, a limit."""

import pytest

from answering.answering_house import TODAY
from inquiry_service.answering.conditions import (
    Insistence,
    is_everyday,
    matter_agreement,
)
from inquiry_service.answering.judgement import Agreement
from inquiry_service.answering.question import read_question

AGREES, SILENT, CONTRADICTS = Agreement.AGREES, Agreement.SILENT, Agreement.CONTRADICTS


@pytest.mark.parametrize(
    ("question", "context", "verdict"),
    [
        ("社保卡怎么补办", "信息公开申请表怎么领", CONTRADICTS),
        ("社保卡怎么补办", "社保卡补办到服务窗口", AGREES),
        ("今天天气怎么样", "工作动态", CONTRADICTS),
        ("粮食收购要备案吗", "备案", SILENT),
    ],
)
def test_a_foreign_matter_is_answered_only_by_a_text_that_speaks_of_it(
    question: str, context: str, verdict: Agreement
) -> None:
    assert matter_agreement(read_question(question, today=TODAY), context) is verdict


def test_weather_is_everyday_and_social_security_is_not() -> None:
    assert is_everyday(read_question("今天天气怎么样", today=TODAY))
    assert not is_everyday(read_question("社保卡怎么补办", today=TODAY))
    assert not is_everyday(read_question("粮食收购要备案吗", today=TODAY))


@pytest.mark.parametrize(
    ("question", "quote", "verdict"),
    [
        ("记名卡限额", "不记名卡不超过1000元", CONTRADICTS),
        ("记名卡限额", "记名卡不超过5000元，不记名卡不超过1000元", AGREES),
        ("记名卡和不记名卡的限额", "不记名卡不超过1000元", SILENT),
        ("批发要备案吗", "从事零售的要有加油站", CONTRADICTS),
        ("政府部门的年度报告几号前公布", "人民政府的年度报告3月31日前公布", CONTRADICTS),
        ("不予公开可以直接起诉吗", "不提供政府信息的可以直接起诉", CONTRADICTS),
        ("二手车怎么过户", "到交易市场办理", SILENT),
    ],
)
def test_who_asks_of_one_is_not_answered_with_its_opposite(
    question: str, quote: str, verdict: Agreement
) -> None:
    assert Insistence(question).contrast(quote) is verdict


@pytest.mark.parametrize(
    ("question", "quote", "verdict"),
    [
        ("最多能充多少", "单张限额不超过5000元", AGREES),
        ("最多能充多少", "登记信息保存5年", CONTRADICTS),
        ("至少要保存几年", "保存期限不少于3年", AGREES),
        ("至少要保存几年", "保存3年", CONTRADICTS),
        ("要交多少钱", "不收费", SILENT),
        ("最高的山在哪里", "在西边", SILENT),
    ],
)
def test_who_asks_for_the_most_is_answered_with_a_limit(
    question: str, quote: str, verdict: Agreement
) -> None:
    assert Insistence(question).limit(quote) is verdict
