"""The newest text in force answers; a chosen document answers itself; several questions apart."""

import pytest

from answering.answering_house import REPORT, TODAY
from inquiry_service.answering.answer import Answer, Status
from inquiry_service.answering.asking import AnswerEngine, ask
from inquiry_service.answering.building import build_index
from inquiry_service.answering.twins import HashingEncoder
from inquiry_service.knowledge.library import load_library

SUBSIDY = """---
id: subsidy-{year}
title: {year}年家电以旧换新补贴细则
kind: policy
issuer: 桐乡市商务局
region: 桐乡市
published: {year}-01-05
---
# {year}年家电以旧换新补贴细则

为了做好这项工作，制定本细则。

购买冰箱的，按照成交价格的{share}%给予补贴，每件最高{most}元。
"""
ABROAD = """---
id: subsidy-{name}
title: {place}市汽车报废更新补贴细则
kind: policy
issuer: {place}市商务局
region: {place}市
---
# {place}市汽车报废更新补贴细则

报废旧车并购买新能源车的，给予{most}元补贴。
"""


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> AnswerEngine:
    folder = tmp_path_factory.mktemp("versions")
    for year, share, most in ((2025, 20, 2000), (2026, 15, 1500)):
        text = SUBSIDY.format(year=year, share=share, most=most)
        (folder / f"subsidy-{year}.md").write_text(text, encoding="utf-8")
    for name, place, most in (("haining", "海宁", 100), ("pinghu", "平湖", 200)):
        text = ABROAD.format(name=name, place=place, most=most)
        (folder / f"subsidy-{name}.md").write_text(text, encoding="utf-8")
    (folder / "annual-report-2017.txt").write_bytes(REPORT.read_bytes())
    encoder = HashingEncoder()
    build_index(load_library([folder]), encoder, folder / "index")
    return AnswerEngine.open(folder / "index", encoder)


def asked(engine: AnswerEngine, question: str) -> Answer:
    return ask(engine, question, today=TODAY)


def documents(answer: Answer) -> list[str]:
    return [citation.document_id for citation in answer.citations]


NEWEST = "《2026年家电以旧换新补贴细则》：购买冰箱的按照成交价格给予多少补贴"
OLDER = "《2025年家电以旧换新补贴细则》：购买冰箱的按照成交价格给予多少补贴"


def test_a_chosen_document_answers_with_what_was_asked_and_not_with_its_preface(
    engine: AnswerEngine,
) -> None:
    answer = asked(engine, NEWEST)
    assert (answer.status, documents(answer)) == (Status.ANSWERED, ["subsidy-2026"])
    assert answer.quote is not None
    assert "15%" in answer.quote
    assert answer.newer == ()


def test_an_older_text_that_was_asked_for_points_to_the_newer_one(engine: AnswerEngine) -> None:
    answer = asked(engine, OLDER)
    assert documents(answer) == ["subsidy-2025"]
    assert [pointer.document_id for pointer in answer.newer] == ["subsidy-2026"]
    assert "有更新的文件《2026年家电以旧换新补贴细则》" in answer.message


def test_without_a_year_only_the_newest_text_may_answer(engine: AnswerEngine) -> None:
    answer = asked(engine, "购买冰箱的按照成交价格给予多少补贴，每件最高多少元")
    objections = {one.document_id: one.objection for one in answer.trace.candidates}
    assert objections["subsidy-2025"] == "a_newer_text_holds"
    assert objections["subsidy-2026"] == ""
    assert "subsidy-2025" not in documents(answer)


def test_where_somebody_comes_from_is_not_the_place_asked_about(engine: AnswerEngine) -> None:
    answer = asked(engine, "我是海宁的，到桐乡来报废旧车并购买新能源车的给予多少元补贴")
    objections = {one.document_id: one.objection for one in answer.trace.candidates}
    assert objections["subsidy-haining"] == "other_region"
    assert "" in objections.values()


def test_a_text_of_another_region_answers_only_who_asks_for_it(engine: AnswerEngine) -> None:
    unasked = asked(engine, "报废旧车并购买新能源车的给予多少元补贴")
    objections = {one.document_id: one.objection for one in unasked.trace.candidates}
    assert objections["subsidy-haining"] == "other_region"
    named = asked(engine, "海宁市报废旧车并购买新能源车的给予多少元补贴")
    objections = {one.document_id: one.objection for one in named.trace.candidates}
    assert objections["subsidy-haining"] == ""
    assert objections["subsidy-pinghu"] == "other_region"


def test_several_questions_have_a_quote_each_and_what_is_not_found_is_said(
    engine: AnswerEngine,
) -> None:
    answer = asked(engine, "2017年收到多少件依申请公开申请？食堂几点开饭？")
    assert answer.status is Status.ANSWERED
    assert [part.status is Status.ANSWERED for part in answer.parts] == [True, False]
    first, second = answer.parts
    assert first.quote == answer.quote
    assert first.citation == answer.citations[0]
    assert second.quote is None
    assert second.message


@pytest.mark.parametrize(
    ("question", "places"),
    [
        ("我人在北京，可以把申请邮寄到桐乡来吗", ("桐乡",)),
        ("我是从上海来的，怎么申请", ()),
        ("北京的补贴是多少", ("北京",)),
        ("嘉兴市和桐乡市的补贴一样吗", ("嘉兴", "桐乡")),
    ],
)
def test_where_somebody_only_lives_is_not_what_is_asked_about(
    question: str, places: tuple[str, ...]
) -> None:
    from inquiry_service.answering.places import names_in

    assert names_in(question).places == places
