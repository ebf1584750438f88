"""Which documents are found for some words, and in which order."""

from datetime import date
from pathlib import Path

import pytest

from inquiry_service.answering.asking import AnswerEngine
from inquiry_service.answering.searching import Search, search_documents
from inquiry_service.answering.twins import HashingEncoder
from library_house import library

__all__ = ["library"]

TODAY = date(2026, 3, 2)


@pytest.fixture
def engine(library: Path) -> AnswerEngine:
    return AnswerEngine.open(library, HashingEncoder())


def ids(found: Search) -> list[str]:
    return [hit.document.document_id for hit in found.hits]


def test_every_word_must_be_there_in_the_names_or_in_the_text(engine: AnswerEngine) -> None:
    found = search_documents(engine, "仓房 检查", today=TODAY)
    assert set(ids(found)) == {"policy-new", "policy-old", "explanation-new"}
    assert not found.near_only


def test_a_title_goes_before_a_mention(engine: AnswerEngine) -> None:
    assert ids(search_documents(engine, "仓房使用登记", today=TODAY))[0] == "entry"


def test_what_holds_stands_before_what_no_longer_does(engine: AnswerEngine) -> None:
    found = ids(search_documents(engine, "仓房管理", today=TODAY))
    assert found.index("policy-new") < found.index("policy-old")


def test_the_passage_with_the_words_is_given(engine: AnswerEngine) -> None:
    [hit] = search_documents(engine, "营业执照", today=TODAY).hits
    assert hit.ordinal is not None
    assert "营业执照" in engine.shelf.passage(hit.ordinal).text


@pytest.mark.parametrize(
    "number",
    [
        "测商〔2021〕7号",
        "测商[2021]7号",
        "测商【2021】7号",
        "测商（2021）7号",
        "〔2021〕7号",
        "2021 7号",
    ],
)
def test_a_number_is_known_in_any_brackets_and_by_its_end(
    engine: AnswerEngine, number: str
) -> None:
    assert ids(search_documents(engine, number, today=TODAY))[0] == "policy-new"


def test_another_number_is_not_taken_for_it(engine: AnswerEngine) -> None:
    found = search_documents(engine, "测商〔2021〕77号", today=TODAY)
    assert "policy-new" not in ids(found) or found.near_only


def test_traditional_script_finds_simplified_text(engine: AnswerEngine) -> None:
    assert ids(search_documents(engine, "營業執照", today=TODAY)) == ["entry"]


def test_when_no_document_has_all_the_words_the_nearest_are_said_to_be_near(
    engine: AnswerEngine,
) -> None:
    found = search_documents(engine, "营业执照 补助", today=TODAY)
    assert found.near_only
    assert set(ids(found)) == {"entry", "policy-run-out"}


def test_words_that_are_nowhere_find_nothing(engine: AnswerEngine) -> None:
    assert ids(search_documents(engine, "zzqx", today=TODAY)) == []


def test_the_same_words_find_the_same(engine: AnswerEngine) -> None:
    first = search_documents(engine, "仓房", today=TODAY)
    assert search_documents(engine, "仓房", today=TODAY) == first
