"""What ships in `knowledge/`: whole, sourced, marked, and holding what its questions expect."""

from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from inquiry_service.knowledge.checking import check_library
from inquiry_service.knowledge.document import Kind
from inquiry_service.knowledge.glossary import load_glossary
from inquiry_service.knowledge.library import Library, load_library

KNOWLEDGE = Path(__file__).resolve().parents[2] / "knowledge"
SEED = KNOWLEDGE.parents[1] / "shared" / "seed" / "annual-report-2017.txt"
LONGEST_QUOTE = 120


@pytest.fixture(scope="module")
def shipped() -> Library:
    return load_library([KNOWLEDGE])


def questions() -> list[dict[str, Any]]:
    text = (KNOWLEDGE / "evaluation" / "questions.yaml").read_text(encoding="utf-8")
    listed: list[dict[str, Any]] = yaml.safe_load(text)
    return listed


def test_the_library_has_no_finding_on_the_day_it_was_written(shipped: Library) -> None:
    assert check_library(shipped, today=date(2026, 11, 22)) == []


def test_every_kind_of_publication_is_there(shipped: Library) -> None:
    kinds = Counter(document.provenance.kind for document in shipped.documents)
    assert sum(kinds.values()) >= 40
    wanted = (Kind.GUIDE, Kind.CATALOGUE_ENTRY, Kind.POLICY, Kind.EXPLANATION, Kind.REPORT)
    assert [kind for kind in wanted if not kinds[kind]] == []


def test_all_but_the_bureaus_own_report_is_marked_as_digest_and_names_its_source(
    shipped: Library,
) -> None:
    originals = [d.document_id for d in shipped.documents if not d.provenance.digest]
    assert originals == ["annual-report-2017"]
    assert [
        d.document_id for d in shipped.documents if d.provenance.digest and not d.provenance.source
    ] == []


def test_no_document_carries_a_web_address_but_the_report(shipped: Library) -> None:
    texts = {d.document_id: d.text for d in shipped.documents}
    texts.pop("annual-report-2017")
    assert [name for name, text in texts.items() if "http" in text or "www." in text] == []


@pytest.mark.shared
def test_the_report_is_the_bureaus_own_word_for_word() -> None:
    if not SEED.exists():
        pytest.skip("the bureau's original report lies beside the repository, and is not there")
    shipped = KNOWLEDGE / "reports" / "annual-report-2017.txt"
    assert shipped.read_bytes() == SEED.read_bytes()


def test_every_expected_quotation_stands_in_its_document(shipped: Library) -> None:
    texts = {d.document_id: d.text for d in shipped.documents}
    places = [
        place
        for question in questions()
        if question["expect"] == "answered"
        for place in (question, *question.get("alternatives", []))
    ]
    assert len(places) >= 100
    assert [p for p in places if p["contains"] not in texts[p["document"]]] == []
    assert [p for p in places if len(p["contains"]) > LONGEST_QUOTE] == []


def test_questions_are_asked_once_and_many_must_not_be_answered() -> None:
    asked = [question["question"] for question in questions()]
    assert len(asked) == len(set(asked))
    assert (
        sum(question["expect"] in {"unmatched", "out_of_scope"} for question in questions()) >= 30
    )


def test_the_glossary_names_nothing_twice() -> None:
    glossary = load_glossary(KNOWLEDGE / "glossary.yaml")
    assert glossary.expand("购物卡") != ()
