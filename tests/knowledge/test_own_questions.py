"""Our own judged questions hold together: two halves alike in kind, and every place is there."""

import unicodedata
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from inquiry_service.answering.question_sets import load_judged_questions
from inquiry_service.knowledge.library import load_library

KNOWLEDGE = Path(__file__).resolve().parents[2] / "knowledge"
FITTING, HELD_OUT = "questions.yaml", "held-out.yaml"
HALVES = (FITTING, HELD_OUT)
ENDINGS = {"answered", "clarify", "unmatched", "out_of_scope"}
KINDS = {
    *("exact", "synonym", "colloquial", "typo", "traditional", "multi_part", "numeric"),
    *("company", "repealed", "wrong_premise", "year_trap", "region_trap", "other_bureau"),
    *("everyday", "chitchat", "injection"),
}
FIELDS = {"question", "expect", "also", "document", "contains", "alternatives", "parts", "kind"}
LONGEST_QUOTE = 120
TOO_ALIKE = 0.55
"""Share of character pairs that two questions may have in common over the halves."""

Entry = dict[str, Any]


def listed(half: str) -> list[Entry]:
    text = (KNOWLEDGE / "evaluation" / half).read_text(encoding="utf-8")
    entries: list[Entry] = yaml.safe_load(text)
    return entries


BY_HALF = {half: listed(half) for half in HALVES}
ALL = [entry for half in HALVES for entry in BY_HALF[half]]


def own_places(entry: Entry) -> Iterator[tuple[str, str]]:
    for place in (entry, *entry.get("alternatives", ())):
        if "document" in place:
            yield place["document"], place["contains"]


def places(entry: Entry) -> Iterator[tuple[str, str]]:
    yield from own_places(entry)
    for part in entry.get("parts", ()):
        yield from own_places(part)


def endings(entry: Entry) -> list[str]:
    return [entry["expect"], *entry.get("also", ())]


def asked(entry: Entry) -> str:
    """What is left of a question when signs and widths are put aside."""
    folded = unicodedata.normalize("NFKC", entry["question"]).lower()
    return "".join(character for character in folded if character.isalnum())


def pairs(entry: Entry) -> frozenset[str]:
    text = asked(entry)
    return frozenset(text[at : at + 2] for at in range(max(len(text) - 1, 1)))


def likeness(one: frozenset[str], other: frozenset[str]) -> float:
    return len(one & other) / len(one | other)


@pytest.fixture(scope="module")
def passages() -> dict[str, list[str]]:
    documents = load_library([KNOWLEDGE]).documents
    return {d.document_id: [passage.text for passage in d.passages] for d in documents}


def test_every_place_stands_in_one_passage_of_its_document(passages: dict[str, list[str]]) -> None:
    told = [(entry["question"], place) for entry in ALL for place in places(entry)]
    assert len(told) >= 400
    assert [
        (question, document, words)
        for question, (document, words) in told
        if not any(words in text for text in passages.get(document, ()))
    ] == []


def test_what_must_stand_in_a_quote_is_short_and_of_one_sentence() -> None:
    words = [words for entry in ALL for _, words in places(entry)]
    assert [one for one in words if not one.strip() or len(one) > LONGEST_QUOTE] == []
    assert [one for one in words if set("。；？！\n") & set(one)] == []


def test_a_place_is_told_just_where_an_answer_may_be_given() -> None:
    wrong = [e["question"] for e in ALL if bool([*places(e)]) != ("answered" in endings(e))]
    assert wrong == []


def test_no_place_of_a_question_is_told_twice() -> None:
    repeated = [e["question"] for e in ALL if max(Counter(own_places(e)).values(), default=1) > 1]
    assert repeated == []


def test_every_part_of_a_question_may_be_quoted_alone() -> None:
    split_up = [entry for entry in ALL if entry.get("parts")]
    assert [e["question"] for e in split_up if len(e["parts"]) < 2] == []
    assert [e["question"] for e in split_up if not set(places(e)) <= set(own_places(e))] == []


def test_endings_kinds_and_fields_are_known_ones() -> None:
    assert [e["question"] for e in ALL if not set(endings(e)) <= ENDINGS] == []
    assert [e["question"] for e in ALL if len(set(endings(e))) < len(endings(e))] == []
    assert [e["question"] for e in ALL if e["kind"] not in KINDS or set(e) - FIELDS] == []


def test_no_question_is_asked_twice() -> None:
    assert [text for text, times in Counter(map(asked, ALL)).items() if times > 1] == []


def test_no_held_out_question_is_a_near_copy_of_a_fitting_one() -> None:
    fitting = [(entry["question"], pairs(entry)) for entry in BY_HALF[FITTING]]
    held_out = [(entry["question"], pairs(entry)) for entry in BY_HALF[HELD_OUT]]
    assert [
        (question, other)
        for question, these in held_out
        for other, those in fitting
        if likeness(these, those) >= TOO_ALIKE
    ] == []


def test_there_are_enough_questions_and_enough_of_them_are_held_out() -> None:
    assert len(BY_HALF[FITTING]) >= 600
    assert len(BY_HALF[HELD_OUT]) >= 300


def test_no_published_question_is_a_fitting_question_word_for_word() -> None:
    """Else right endings would only show that the answer had been learnt by heart."""
    documents = load_library([KNOWLEDGE]).documents
    published = {
        asked({"question": question}) for d in documents for question in d.provenance.questions
    }
    assert [e["question"] for e in BY_HALF[FITTING] if asked(e) in published] == []


@pytest.mark.parametrize("half", HALVES)
def test_each_half_has_every_kind_and_every_ending(half: str) -> None:
    assert {entry["kind"] for entry in BY_HALF[half]} == KINDS
    assert {entry["expect"] for entry in BY_HALF[half]} == ENDINGS


@pytest.mark.parametrize("half", HALVES)
def test_in_each_half_more_than_half_are_answered_and_a_quarter_are_not(half: str) -> None:
    expected = Counter(entry["expect"] for entry in BY_HALF[half])
    assert 0.5 <= expected["answered"] / expected.total() <= 0.75


def test_enough_is_asked_that_is_no_matter_of_the_bureau() -> None:
    kinds = Counter(entry["kind"] for entry in ALL)
    assert kinds["everyday"] + kinds["other_bureau"] >= 100


@pytest.mark.parametrize("half", HALVES)
def test_both_halves_are_read_by_the_service(half: str) -> None:
    read = load_judged_questions(KNOWLEDGE / "evaluation" / half)
    assert [one.question for one in read] == [entry["question"] for entry in BY_HALF[half]]
