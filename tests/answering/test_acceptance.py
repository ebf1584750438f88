"""On the real encoder: the bureau's real report answers what it can, and nothing else."""

import pytest

from answering.answering_house import REPORT, TODAY
from inquiry_service.answering.answer import Status
from inquiry_service.answering.asking import AnswerEngine, ask
from inquiry_service.answering.building import build_index
from inquiry_service.answering.encoder import Encoder
from inquiry_service.knowledge.library import load_library

pytestmark = [pytest.mark.encoder, pytest.mark.timeout(1200)]

ANSWERED = [
    ("2017年收到多少件依申请公开申请？", "5件"),
    ("2017年政府信息公开平台公开了多少条信息？", "488条"),
    ("微信公众号公开了多少条？", "163条"),
    ("信息公开收费吗？", "未向政府信息公开申请人进行收费"),
    ("2017年有没有因信息公开被复议或诉讼？", "未发生"),
    ("哪个科室负责信息公开？", "局办公室"),
    ("政务信息公开分哪几类？", "主动公开、依申请公开、不予公开三类"),
    ("年报的电子版在哪里下载？", "http://xxgk.tx.gov.cn"),
    ("报告统计的是什么时间段的数据？", "自2017年1月1日起至2017年12月31日止"),
    ("2018年打算怎么改进信息公开工作？", "2018年，我局将从以下三方面加以改进"),
]
ALSO_RIGHT = {"信息公开收费吗？": ("依申请提供信息不收费", "依申请提供政府信息，不收取费用")}
"""Without a year this is asked of the rule as well as of the report."""
NOT_ANSWERED = [
    "2019年收到多少件依申请公开？",
    "今天天气怎么样",
    "帮我写一首诗",
    "嘉兴市教育局2017年公开了多少条信息？",
]


@pytest.fixture(scope="module")
def report_alone(encoder: Encoder, tmp_path_factory: pytest.TempPathFactory) -> AnswerEngine:
    folder = tmp_path_factory.mktemp("report")
    build_index(load_library([REPORT]), encoder, folder)
    return AnswerEngine.open(folder, encoder)


@pytest.mark.parametrize(("question", "words"), ANSWERED)
def test_the_report_alone_answers(report_alone: AnswerEngine, question: str, words: str) -> None:
    answer = ask(report_alone, question, today=TODAY)
    assert answer.status is Status.ANSWERED, answer.trace
    assert words in (answer.quote or "")


@pytest.mark.parametrize("question", NOT_ANSWERED)
def test_the_report_alone_does_not_answer(report_alone: AnswerEngine, question: str) -> None:
    assert ask(report_alone, question, today=TODAY).status is not Status.ANSWERED


@pytest.mark.parametrize(("question", "words"), ANSWERED)
def test_the_whole_library_answers(everything: AnswerEngine, question: str, words: str) -> None:
    answer = ask(everything, question, today=TODAY)
    assert answer.status is Status.ANSWERED, answer.trace
    assert any(each in (answer.quote or "") for each in (words, *ALSO_RIGHT.get(question, ())))


@pytest.mark.parametrize("question", NOT_ANSWERED)
def test_the_whole_library_does_not_answer(everything: AnswerEngine, question: str) -> None:
    assert ask(everything, question, today=TODAY).status is not Status.ANSWERED
