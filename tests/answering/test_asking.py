"""Asking: a named ending every time, the same one every time, and never a false one."""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from answering.answering_house import FILING, TODAY, small_engine, small_library
from inquiry_service.answering.answer import Status
from inquiry_service.answering.asking import (
    MAX_QUESTION,
    AnswerEngine,
    answer_json,
    ask,
    examine,
    quotes_near,
)
from inquiry_service.answering.building import build_index
from inquiry_service.answering.encoder import Vectors
from inquiry_service.answering.judgement import objection_to
from inquiry_service.answering.store import record_answer, recorded_answer
from inquiry_service.answering.twins import HashingEncoder
from inquiry_service.errors import BadInput
from inquiry_service.knowledge.library import load_library
from inquiry_service.storage import Database


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> AnswerEngine:
    return small_engine(tmp_path_factory.mktemp("answering"))


class BrokenEncoder(HashingEncoder):
    """An encoder whose model went away."""

    def encode_questions(self, texts: Sequence[str]) -> Vectors:
        raise OSError("the secret question must not be told")


def test_an_answer_quotes_its_passage_word_for_word(engine: AnswerEngine) -> None:
    answer = ask(engine, "2017年收到多少件依申请公开申请？", today=TODAY)
    assert answer.status is Status.ANSWERED
    assert answer.quote is not None
    assert "5件" in answer.quote
    [citation] = answer.citations
    assert answer.quote in citation.passage
    assert citation.document_id == "annual-report-2017"
    assert citation.year == 2017
    assert citation.url == (
        f"/documents/annual-report-2017?highlight={citation.passage_id}#p-{citation.passage_id}"
    )
    assert answer.index_version == engine.index_version
    assert answer.trace.rule == "confident"


def test_the_whole_section_comes_on_request(engine: AnswerEngine) -> None:
    question = "2017年收到多少件依申请公开申请？"
    short = ask(engine, question, today=TODAY)
    long = ask(engine, question, today=TODAY, detail="passage")
    assert long.quote == short.quote
    assert short.citations[0].passage in long.citations[0].passage


@pytest.mark.parametrize(
    ("question", "rule"),
    [
        ("2019年收到多少件依申请公开申请？", "other_year"),
        ("嘉兴市商务局2017年收到多少件依申请公开申请？", "other_region"),
        ("教育局2017年收到多少件依申请公开申请？", "other_body"),
    ],
)
def test_another_year_place_or_body_is_not_answered_from_ours(
    engine: AnswerEngine, question: str, rule: str
) -> None:
    answer = ask(engine, question, today=TODAY)
    assert answer.status is Status.UNMATCHED
    assert answer.trace.rule == rule
    assert answer.quote is None
    assert answer.citations == ()
    assert answer.nearest


def test_nothing_is_offered_for_a_matter_of_another_body(engine: AnswerEngine) -> None:
    answer = ask(engine, "社保卡丢了怎么补办？", today=TODAY)
    assert (answer.status, answer.trace.rule) == (Status.UNMATCHED, "matter_of_another_body")
    assert answer.nearest == ()


def test_for_another_year_only_texts_that_tell_their_year_are_offered(engine: AnswerEngine) -> None:
    answer = ask(engine, "2019年收到多少件依申请公开申请？", today=TODAY)
    titles = {one.title: one for one in engine.index.documents}
    assert answer.nearest
    assert all(titles[choice.label].year for choice in answer.nearest)


def test_an_order_is_known_without_its_year(tmp_path: Path) -> None:
    """Orders of a ministry are numbered anew each year, and people leave the year out."""
    small_library(tmp_path)
    ordered = FILING.replace("国务院令第740号", "商务部令2025年第4号")
    (tmp_path / "grain-filing.md").write_text(ordered, encoding="utf-8")
    build_index(load_library([tmp_path]), HashingEncoder(), tmp_path / "index")
    engine = AnswerEngine.open(tmp_path / "index", HashingEncoder())
    objections = {}
    for number in ("4号令", "商务部4号令", "商务部2025年4号令", "商务部2024年4号令", "14号令"):
        found = examine(engine, f"{number}说粮食收购企业向谁备案", today=TODAY).weighed
        filing = next(one for one in found if one.provenance.document_id == "grain-filing")
        objections[number] = objection_to(filing.evidence)
    assert [number for number, objection in objections.items() if objection is None] == [
        "4号令",
        "商务部4号令",
        "商务部2025年4号令",
    ]


def test_somebodys_long_story_is_not_offered_to_another(tmp_path: Path) -> None:
    story = "村口收稻谷要登记吗，我叔叔在村口收稻谷收了一辈子要登记吗"
    small_library(tmp_path)
    told = FILING.replace("questions: [", f"questions: [{story}, 村口收稻谷要登记吗, ")
    (tmp_path / "grain-filing.md").write_text(told, encoding="utf-8")
    build_index(load_library([tmp_path]), HashingEncoder(), tmp_path / "index")
    engine = AnswerEngine.open(tmp_path / "index", HashingEncoder())
    answer = ask(engine, "海宁村口收稻谷要登记吗", today=TODAY)
    offered = [choice.label for choice in answer.nearest]
    assert "村口收稻谷要登记吗" in offered
    assert story not in offered


def test_a_document_number_that_is_not_there_is_not_answered(engine: AnswerEngine) -> None:
    answer = ask(engine, "国务院令第999号规定粮食收购企业向谁备案？", today=TODAY)
    assert answer.status is Status.UNMATCHED
    assert answer.trace.rule == "other_document_number"


@pytest.mark.parametrize("number", ["740号令", "第740号令"])
def test_an_order_is_known_without_its_issuer(engine: AnswerEngine, number: str) -> None:
    answer = ask(engine, f"{number}说粮食收购企业向谁备案？", today=TODAY)
    assert (answer.status, answer.citations[0].document_id) == (Status.ANSWERED, "grain-filing")


def test_repealed_text_answers_only_when_asked_for_and_says_so(engine: AnswerEngine) -> None:
    silent = ask(engine, "从事粮食收购活动应当取得什么粮食收购资格许可证？", today=TODAY)
    assert all(citation.document_id != "old-permit" for citation in silent.citations)
    asked = ask(engine, "已废止的粮食收购资格许可：粮食收购应当取得什么许可证？", today=TODAY)
    assert (asked.status, asked.citations[0].document_id) == (Status.ANSWERED, "old-permit")
    assert "已经废止" in asked.message


@pytest.mark.parametrize("question", ["今天天气怎么样", "帮我写一首诗", "给我讲个笑话"])
def test_everyday_talk_is_out_of_scope(engine: AnswerEngine, question: str) -> None:
    assert ask(engine, question, today=TODAY).status is Status.OUT_OF_SCOPE


@pytest.mark.parametrize("question", ["", "   \n", "？？？", "……", "问" * (MAX_QUESTION + 1)])
def test_what_cannot_be_asked_is_refused_with_the_field_named(
    engine: AnswerEngine, question: str
) -> None:
    with pytest.raises(BadInput) as refused:
        ask(engine, question, today=TODAY)
    assert [problem.field for problem in refused.value.problems] == ["question"]


def test_engine_trouble_is_its_own_ending_and_tells_no_secrets(
    engine: AnswerEngine, caplog: pytest.LogCaptureFixture
) -> None:
    answer = ask(replace(engine, encoder=BrokenEncoder()), "粮食收购要备案吗", today=TODAY)
    assert answer.status is Status.FAILED
    assert "不表示没有" in answer.message
    assert "粮食收购" not in caplog.text
    assert "secret" not in caplog.text
    assert "OSError" in caplog.text


def test_no_engine_at_all_is_a_failure_not_an_absence() -> None:
    assert ask(None, "粮食收购要备案吗", today=TODAY).status is Status.FAILED


def test_many_at_once_get_what_each_gets_alone(engine: AnswerEngine) -> None:
    questions = ["2017年收到多少件申请", "粮食收购企业向谁备案", "罚款多少钱", "天气"] * 8
    alone = [ask(engine, question, today=TODAY) for question in questions]
    with ThreadPoolExecutor(8) as threads:
        together = list(threads.map(lambda q: ask(engine, q, today=TODAY), questions))
    assert together == alone


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(
    st.text(
        alphabet=st.sampled_from("粮食收购备案2017年公开多少件信息？吗谁 第条"),
        min_size=1,
        max_size=40,
    )
)
def test_whatever_is_asked_ends_well_and_twice_alike(engine: AnswerEngine, question: str) -> None:
    try:
        answer = ask(engine, question, today=TODAY)
    except BadInput:
        return
    assert answer == ask(engine, question, today=TODAY)
    assert answer.message
    assert answer.status is not Status.FAILED
    assert (answer.status is Status.ANSWERED) == (answer.quote is not None)
    if answer.quote is not None:
        assert answer.quote in answer.citations[0].passage
        assert len(answer.quote) <= 120
    if answer.status is Status.CLARIFY:
        assert len(answer.choices) > 1


def test_the_json_has_the_ending_as_a_word(engine: AnswerEngine) -> None:
    told = answer_json(ask(engine, "2017年收到多少件依申请公开申请？", today=TODAY))
    assert told["status"] == "answered"
    assert told["citations"][0]["path"]
    assert told["trace"]["candidates"]


def test_an_answer_is_kept_with_what_led_to_it(engine: AnswerEngine, database: Database) -> None:
    answer = ask(engine, "2017年收到多少件依申请公开申请？", today=TODAY)
    at = datetime(2026, 11, 22, 3, 0, tzinfo=UTC)
    with database.begin() as connection:
        answer_id = record_answer(connection, conversation_id="c1", answer=answer, at=at)
    with database.read() as connection:
        row = recorded_answer(connection, answer_id)
        assert recorded_answer(connection, "no such id") is None
    assert row is not None
    assert row.status == "answered"
    assert row.quote == answer.quote
    assert row.index_version == answer.index_version
    assert row.at == at
    assert row.trace["candidates"]


def test_what_is_near_comes_one_a_document_verbatim_and_nothing_a_rule_objects_to(
    engine: AnswerEngine,
) -> None:
    found = quotes_near(engine, "2017年度收到的依申请公开件数", today=TODAY, most=3)
    documents = [cited.document_id for cited, _ in found]
    assert documents
    assert len(documents) == len(set(documents)) <= 3
    assert all(quote in cited.passage for cited, quote in found)
    other_year = quotes_near(engine, "2019年度收到的依申请公开件数", today=TODAY, most=3)
    assert "annual-report-2017" not in [cited.document_id for cited, _ in other_year]


@pytest.mark.parametrize("heading", ["谁办", "不备案的后果"])
def test_a_question_listed_for_a_section_leads_to_that_section(
    tmp_path: Path, heading: str
) -> None:
    """The words alone would lead nowhere: they stand in no section."""
    asked = f"section_questions: {{{heading}: [甲乙丙丁戊己怎么样]}}\n"
    (tmp_path / "filing.md").write_text(
        FILING.replace("questions:", f"{asked}questions:"), encoding="utf-8"
    )
    encoder = HashingEncoder()
    build_index(load_library([tmp_path]), encoder, tmp_path / "index")

    [first, *_] = examine(
        AnswerEngine.open(tmp_path / "index", encoder), "甲乙丙丁戊己怎么样", today=TODAY
    ).weighed

    assert heading in first.passage.path
    assert first.evidence.features.asked_here == pytest.approx(1.0, abs=1e-3)
