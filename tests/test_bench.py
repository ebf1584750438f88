"""What the bench counts and draws; how fast anything is, no test asks."""

import xml.etree.ElementTree as ET
from pathlib import Path

import numpy as np
import pytest
from benching import drawn, picture, questions
from benching.figures import Times, table

from answering.answering_house import small_library
from inquiry_service.answering.index import DenseIndex, Kind
from inquiry_service.answering.lexical import LexicalIndex


def test_right_documents_are_counted_by_their_place(tmp_path: Path) -> None:
    library = small_library(tmp_path)
    right = {"a": frozenset({"one"}), "b": frozenset({"two"}), "c": frozenset({"three"})}
    judged = questions.Judged("few", library, dict.fromkeys("abc", "问"), right)
    found = {"a": ["one", "two"], "b": ["one", "two"], "c": []}
    assert questions.hit_and_rank(judged, found) == pytest.approx((1 / 3, 1.5 / 3))


def test_only_questions_that_a_document_answers_are_asked(tmp_path: Path) -> None:
    file = tmp_path / "questions.yaml"
    file.write_text(
        "- {question: 向谁备案, expect: answered, document: grain-filing, contains: 县级}\n"
        "- {question: 今天天气, expect: out_of_scope}\n",
        encoding="utf-8",
    )
    judged = questions.own(file, small_library(tmp_path / "library"))
    assert judged.questions == {"0": "向谁备案"}
    assert judged.right == {"0": frozenset({"grain-filing"})}


def test_the_picture_is_an_image_with_every_name(tmp_path: Path) -> None:
    bars = [("ours <b>", 2.0, "2 ms", True), ("theirs", 4.0, "4 ms", False)]
    picture.draw([("Waiting", bars)], tmp_path / "bench.svg")
    root = ET.fromstring((tmp_path / "bench.svg").read_text(encoding="utf-8"))
    words = [element.text for element in root.iter() if element.text and element.text.strip()]
    assert words == ["Waiting", "ours <b>", "2 ms", "theirs", "4 ms"]


def test_times_are_told_in_milliseconds() -> None:
    times = Times([0.001] * 19 + [0.1], whole=2.0, processor=1.0)
    assert times.median == pytest.approx(1.0)
    assert times.rate == 10
    assert table(("a",), [("1",)]) == ["| a |", "| --- |", "| 1 |"]


def test_synthetic_vectors_are_alike_as_real_ones_are() -> None:
    rows = drawn.passages(4000)
    likeness = rows[:500] @ rows[500:1000].T
    assert np.linalg.norm(rows, axis=1) == pytest.approx(np.ones(4000), abs=1e-5)
    assert 0.84 < likeness.mean() < 0.92
    asked = drawn.questions(rows, 50)
    index = DenseIndex.build(rows, Kind.EXACT)
    nearest = [index.nearest(question, 1)[1][0] for question in asked]
    assert 0.85 < float(np.mean(nearest)) < 0.98


def test_synthetic_terms_are_found_by_name() -> None:
    groups, common = drawn.terms(300)
    index = LexicalIndex.build(groups, ())
    assert common[0] > common[-1]
    assert index.frequency(drawn.term(0)) > index.frequency(drawn.term(5000))
