"""Why an answer: every rule has a name staff can read, and a decision can be replayed."""

import ast
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from answering.answering_house import TODAY, small_engine
from inquiry_service.answering import judgement
from inquiry_service.answering.asking import AnswerEngine, ask
from inquiry_service.answering.reading.asks import Asks
from inquiry_service.answering.reading.manner import Sort
from inquiry_service.answering.replaying import explanation_of, why_asked, why_recorded
from inquiry_service.answering.rule_names import RULES, VALUES
from inquiry_service.answering.store import record_answer
from inquiry_service.errors import NotFound
from inquiry_service.storage import Database

QUESTION = "2017年收到多少件依申请公开申请？"
AT = datetime(2026, 11, 22, 3, 0, tzinfo=UTC)


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> AnswerEngine:
    return small_engine(tmp_path_factory.mktemp("why"))


def recorded(database: Database, engine: AnswerEngine, question: str) -> str:
    answer = ask(engine, question, today=TODAY)
    with database.begin() as connection:
        return record_answer(connection, conversation_id=None, answer=answer, at=AT)


def test_a_record_tells_what_was_read_looked_at_and_decided(
    engine: AnswerEngine, database: Database
) -> None:
    told = why_recorded(database, engine, recorded(database, engine, QUESTION))
    assert told.normalised == "2017年收到多少件依申请公开申请?"
    assert ("年份", "2017") in told.read
    assert told.candidates[0].title == "桐乡市商务局（粮食局）2017年度政府信息公开工作报告"
    assert "把握" in told.decision
    assert told.replayed == "重算：用同一版索引重算，结果与当时相同。"
    text = "\n".join(told.lines())
    assert QUESTION in text
    assert "5件" in text
    assert told.index_version in text


def test_the_rule_that_excluded_a_passage_is_told(engine: AnswerEngine, database: Database) -> None:
    told = why_recorded(database, engine, recorded(database, engine, QUESTION.replace("7", "9")))
    assert {one.objection for one in told.candidates if one.title.startswith("桐乡")} == {
        "年份与问题说的不同"
    }


def test_another_index_in_use_is_said(engine: AnswerEngine, database: Database) -> None:
    answer_id = recorded(database, engine, QUESTION)
    newer = replace(engine.index, manifest=replace(engine.index.manifest, index_version="newer"))
    told = why_recorded(database, replace(engine, index=newer), answer_id)
    assert "当时那一版索引已经不在使用（现在是 newer）" in told.replayed


def test_without_an_index_the_record_is_told_all_the_same(
    engine: AnswerEngine, database: Database
) -> None:
    told = why_recorded(database, None, recorded(database, engine, QUESTION))
    assert told.candidates
    assert "没有重算" in told.replayed


def test_no_such_record_is_not_found(engine: AnswerEngine, database: Database) -> None:
    with pytest.raises(NotFound):
        why_recorded(database, engine, "no such id")


def test_each_of_several_questions_is_explained(engine: AnswerEngine, database: Database) -> None:
    question = "2017年收到多少件依申请公开申请？粮食收购企业向谁备案？"
    told = why_recorded(database, engine, recorded(database, engine, question))
    assert [part.question for part in told.parts] == [
        "2017年收到多少件依申请公开申请",
        "2017年粮食收购企业向谁备案",
    ]
    assert "其中一问" in "\n".join(told.lines())


@pytest.mark.parametrize(
    "question",
    [QUESTION, "粮食收购企业向谁备案", "今天天气怎么样", "社保卡怎么补办", "备案", "罚款多少"],
)
def test_the_same_question_version_and_day_give_the_same_answer_and_reason(
    engine: AnswerEngine, question: str
) -> None:
    once = ask(engine, question, today=TODAY)
    assert ask(engine, question, today=TODAY) == once
    assert why_asked(engine, question, today=TODAY) == explanation_of(once)


def test_a_record_of_an_older_release_can_still_be_read() -> None:
    from inquiry_service.answering.why import explain

    told = explain(
        question="问",
        status="unmatched",
        confidence=0.1,
        quote=None,
        index_version="v",
        trace={"candidates": [{"passage_id": "p", "document_id": "d", "dense": 0.8}]},
    )
    assert told.candidates[0].title == "d"
    assert told.lines()


def test_every_rule_that_the_judge_names_has_words_for_staff() -> None:
    tree = ast.parse(Path(judgement.__file__).read_text(encoding="utf-8"))
    texts = {node.value for node in ast.walk(tree) if isinstance(node, ast.Constant)}
    names = {
        text
        for text in texts
        if isinstance(text, str) and text.replace("_", "").isalpha() and "_" in text
    }
    assert names - {"__all__"} <= set(RULES)
    assert {"card", "part_failed"} <= set(RULES)


def test_every_kind_of_question_has_words_for_staff() -> None:
    assert {asks.value for asks in Asks} <= set(VALUES)
    assert {sort.value for sort in (Sort.ORDER, Sort.SMALL_TALK, Sort.INSULT)} <= set(VALUES)
