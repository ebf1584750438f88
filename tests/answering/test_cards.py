"""Cards are looked at first, answer in their own words, and know what they do not answer."""

from datetime import date
from pathlib import Path

import pytest

from answering.answering_house import FILING, GLOSSARY, TODAY, small_engine
from inquiry_service.answering.answer import Answer, Status
from inquiry_service.answering.asking import AnswerEngine, ask
from inquiry_service.answering.building import build_index
from inquiry_service.answering.cards import Cards, bare
from inquiry_service.answering.named_questions import NamedQuestions, Nearness
from inquiry_service.answering.twins import HashingEncoder
from inquiry_service.knowledge.document import Kind, Provenance
from inquiry_service.knowledge.library import load_library

CARD = """---
id: card-fee
title: 收粮食备案收不收费
kind: card
region: 全国
expires: 2026-12-31
questions:
  - 收粮食备案要交钱吗
  - 粮食备案怎么收费
not_questions:
  - 卖粮食备案要交钱吗
---
# 收粮食备案收不收费

粮食收购备案不收取任何费用。
"""


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> AnswerEngine:
    folder = tmp_path_factory.mktemp("cards")
    (folder / "card-fee.md").write_text(CARD, encoding="utf-8")
    (folder / "grain-filing.md").write_text(FILING, encoding="utf-8")
    encoder = HashingEncoder()
    build_index(load_library([folder]), encoder, folder / "index")
    return AnswerEngine.open(folder / "index", encoder)


def asked(engine: AnswerEngine, question: str, today: date = TODAY) -> Answer:
    return ask(engine, question, today=today)


@pytest.mark.parametrize(
    "question",
    ["收粮食备案要交钱吗", "收糧食備案要交錢嗎？", "请问收粮食备案要交钱", "粮食备案怎么收费"],
)
def test_a_question_of_the_card_gets_its_words(engine: AnswerEngine, question: str) -> None:
    answer = asked(engine, question)
    assert (answer.status, answer.trace.rule) == (Status.ANSWERED, "card")
    assert answer.quote == "粮食收购备案不收取任何费用。"
    assert answer.quote in answer.citations[0].passage


def test_a_question_that_the_card_denies_is_not_its_own(engine: AnswerEngine) -> None:
    assert asked(engine, "卖粮食备案要交钱吗").trace.rule != "card"


def test_a_document_says_which_questions_near_to_it_it_does_not_answer(tmp_path: Path) -> None:
    question = "粮食收购企业不备案罚款交到哪里"
    source = tmp_path / "source"
    assert asked(small_engine(tmp_path), question).status is Status.ANSWERED
    told = FILING.replace("questions:", f"not_questions: [{question}]\nquestions:")
    (source / "grain-filing.md").write_text(told, encoding="utf-8")
    build_index(load_library([source]), HashingEncoder(), tmp_path / "index", glossary=GLOSSARY)
    engine = AnswerEngine.open(tmp_path / "index", HashingEncoder())
    refused = asked(engine, question)
    assert refused.status is Status.UNMATCHED
    assert refused.trace.candidates[0].document_id == "grain-filing"
    assert refused.trace.candidates[0].objection == "said_not_to_answer"
    assert asked(engine, "粮食收购企业不备案罚款多少").status is Status.ANSWERED


def test_an_expired_card_never_answers(engine: AnswerEngine) -> None:
    answer = asked(engine, "收粮食备案要交钱吗", date(2027, 1, 1))
    assert all(citation.document_id != "card-fee" for citation in answer.citations)


def test_another_place_is_not_told_by_our_card(engine: AnswerEngine) -> None:
    assert asked(engine, "上海的粮食备案怎么收费").trace.rule != "card"


def answers(own: str, text: str, *, denied: tuple[str, ...] = (), kind: Kind = Kind.CARD) -> bool:
    """Whether a document with one question of its own answers as a card."""
    encode = HashingEncoder().encode_questions
    document = Provenance("c", "卡", kind, questions=(own,), not_questions=denied)
    [vector] = encode([text])
    asked, not_answered = (
        NamedQuestions.of([("c", one) for one in listed], encode(listed), {"c": 0})
        for listed in ((own,), denied)
    )
    near = Nearness.of(asked.similarity(vector), not_answered.similarity(vector))
    cards = Cards((document,), asked, not_answered)
    return cards.match(text, near, today=TODAY) is not None


def test_a_number_that_differs_makes_another_question() -> None:
    long = (
        "一个月里向同一个机关申请公开政府信息一共申请了30件，"
        "按照国务院办公厅的收费办法，要交多少信息处理费，什么时候交"
    )
    assert answers(long, "请" + long)
    assert not answers(long, "请" + long.replace("30", "40"))


def test_what_is_nearer_to_a_denied_question_is_not_answered() -> None:
    own = (
        "粮食收购企业备案以后名称、地址和负责人这些信息变了，"
        "要在多少天内向哪个部门报告变更情况，要带什么材料"
    )
    near = "问" + own
    assert answers(own, near)
    assert not answers(own, near, denied=("我" + near,))


def test_final_particles_and_marks_do_not_count() -> None:
    assert bare("收费吗？") == bare("收费") == bare(" 收費呢 ")


def test_no_card_at_all_matches_nothing() -> None:
    assert answers("收费吗", "收费吗")
    assert not answers("收费吗", "收费吗", kind=Kind.REPORT)
