"""A question that a text puts stays with its answer, and is what people may ask."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from inquiry_service.knowledge.document import Document, Kind, Provenance
from inquiry_service.knowledge.splitting import SIZE_CAP, joined, split

SENTENCE = "县级粮食部门应当在五个工作日内办结备案。"


def asked(text: str) -> list[tuple[str | None, str]]:
    return [(p.question, p.text) for p in split("doc", text)]


def squeezed(text: str) -> str:
    return "".join(text.split())


def test_question_and_answer_are_one_passage_named_by_the_question() -> None:
    text = "问：收粮食要备案吗？\n答：要。\n\n问：到哪里办？\n答：县级部门。"
    first, second = split("doc", text)
    assert (first.path, first.heading, first.text) == (
        ("收粮食要备案吗？",),
        "问：收粮食要备案吗？",
        "答：要。",
    )
    assert (first.question, second.question) == ("收粮食要备案吗？", "到哪里办？")


@pytest.mark.parametrize(
    "text",
    [
        "问：收粮食要备案吗？答：要。",
        "问题1：收粮食要备案吗？\n要。",
        "Q1：收粮食要备案吗？\nA1：要。",
        "记者问：收粮食要备案吗？\n负责人答：要。",
        "【问】收粮食要备案吗？\n【答】要。",
        "一问：收粮食要备案吗？\n要。",
        "1. 收粮食要备案吗？\n要。",
        "（一）收粮食要备案吗？\n要。",
        "一、收粮食要备案吗？\n要。",
        "## 收粮食要备案吗？\n\n要。",
        "## 1. 收粮食要备案吗？\n\n要。",
        "收粮食要备案吗？\n答：要。",
    ],
)
def test_questions_are_known_in_every_dress(text: str) -> None:
    [passage] = split("doc", text)
    assert passage.question == "收粮食要备案吗？"
    assert passage.text.endswith("要。")


@pytest.mark.parametrize(
    "text",
    [
        "请回答下列问题：\n1. 是否有资质？\n2. 是否有仓房？",
        "存在的问题：信息公开不够。\n我们将改进。",
        "为什么要公开？因为法律要求。\n各单位应当执行。",
        "收粮食要备案吗？\n各单位应当执行。",
        "第五条　何为备案？\n备案是登记。",
        "| 问题 | 答案 |\n|---|---|\n| 1. 要备案吗？ | 要 |",
    ],
)
def test_what_only_looks_like_a_question_is_none(text: str) -> None:
    assert [question for question, _ in asked(text)] == [None] * len(asked(text))


def test_an_answer_may_hold_a_list() -> None:
    text = "1. 要备案吗？\n要。材料：\n1. 执照；\n2. 申请表。\n2. 到哪里办？\n县级。"
    assert asked(text) == [
        ("要备案吗？", "要。材料：\n1. 执照；\n2. 申请表。"),
        ("到哪里办？", "县级。"),
    ]


def test_a_long_answer_is_cut_and_every_piece_knows_the_question() -> None:
    passages = split("doc", f"问：怎么备案？\n答：{SENTENCE * 40}")
    assert len(passages) > 1
    assert {p.question for p in passages} == {"怎么备案？"}
    assert {p.path for p in passages} == {("怎么备案？",)}
    assert all(len(p.text) <= SIZE_CAP for p in passages)


def test_what_stands_under_a_question_belongs_to_it() -> None:
    text = "一、为什么制定？\n为了便民。\n（一）背景\n近年来。\n二、其他\n没有。"
    assert asked(text) == [
        ("为什么制定？", "为了便民。"),
        ("为什么制定？", "近年来。"),
        (None, "没有。"),
    ]


def test_a_document_is_asked_what_its_text_asks_and_what_its_head_asks() -> None:
    passages = split("d", "问：要备案吗？\n答：要。")
    told = Provenance("d", "备案", Kind.CARD, questions=("收粮要办啥", "要备案吗？"))
    assert Document(told, "", passages).questions == ("收粮要办啥", "要备案吗？")


DRESS = st.sampled_from(["问：{}", "{}", "1. {}", "（一）{}", "## {}", "一问：{}", "Q：{}"])
QUESTION = st.sampled_from(["要备案吗？", "到哪里办？", "多少天？", "何为备案", "材料："])
ANSWER = st.sampled_from(
    ["答：要。", "要。", SENTENCE * 25, "- 执照\n- 申请表", "1. 执照\n2. 申请表", "", "A：五日。"]
)


@settings(max_examples=200, deadline=None)
@given(st.lists(st.tuples(DRESS, QUESTION, ANSWER), max_size=8))
def test_nothing_of_question_or_answer_is_lost(pairs: list[tuple[str, str, str]]) -> None:
    text = "\n".join(f"{dress.format(question)}\n{answer}" for dress, question, answer in pairs)
    assert squeezed(joined(split("doc", text))) == squeezed(text)
