"""What the bench counts and draws; how fast anything is, no test asks."""

import xml.etree.ElementTree as ET
from pathlib import Path

import numpy as np
import pytest
from benching import changing, drawn, parts, picture, questions, scored, sizes
from benching.figures import Times, table
from benching.page import TABLES, page
from benching.told import Bar, Kept, Told, keep, kept_of

from answering.answering_house import small_library
from inquiry_service.answering.index import DenseIndex, Kind
from inquiry_service.answering.lexical import LexicalIndex
from inquiry_service.knowledge.library import load_library


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


def test_questions_that_nothing_answers_are_kept_apart(tmp_path: Path) -> None:
    file = tmp_path / "questions.yaml"
    file.write_text(
        "- {question: 向谁备案, expect: answered, document: grain-filing, contains: 县级}\n"
        "- {question: 今天天气, expect: out_of_scope}\n"
        "- {question: 哪一年, expect: clarify}\n",
        encoding="utf-8",
    )
    judged = questions.own(file, small_library(tmp_path / "library"))
    assert judged.unanswerable == {"u0": "今天天气"}
    assert judged.about.endswith("1 + 1 questions")


def test_a_large_set_is_cut_evenly_and_keeps_the_documents_that_answer(tmp_path: Path) -> None:
    rows = [
        f'{{"_id": "d{n}", "title": "通知", "text": "第{n}号事项由县里办理。"}}' for n in range(9)
    ]
    (tmp_path / "corpus.jsonl").write_text("\n".join(rows), encoding="utf-8")
    asked = [f'{{"_id": "q{n}", "text": "第{n}号事项谁办？"}}' for n in range(9)]
    (tmp_path / "queries.jsonl").write_text("\n".join(asked), encoding="utf-8")
    judged = "\n".join(f"q{n}\td{n}\t1" for n in range(9))
    (tmp_path / "qrels.tsv").write_text(judged, encoding="utf-8")
    cut = questions.of_dataset(tmp_path, documents=5, most=3)
    assert list(cut.questions) == ["q0", "q3", "q6"]
    assert cut.right["q6"] == {"d6"}
    kept = {document.document_id for document in cut.library.documents}
    assert len(kept) == 5
    assert {"d0", "d3", "d6"} < kept


def test_scores_that_tell_questions_apart_are_counted_by_pairs() -> None:
    assert questions.told_apart([3, 2], [1, 0]) == 1.0
    assert questions.told_apart([1, 1], [1]) == 0.5
    assert questions.told_apart([0], [1, 2]) == 0.0


def test_a_finder_that_finds_nothing_for_a_question_scores_lowest(tmp_path: Path) -> None:
    judged = questions.Judged(
        "few", small_library(tmp_path), {"a": "问"}, {"a": frozenset({"one"})}, {"u0": "别的"}
    )
    one = scored.Scored(
        name="a peer",
        found={"a": ["one"], "u0": []},
        scores={"a": -2.0, "u0": None},
        given={"a": True, "u0": False},
        seconds=[0.001, 0.002],
        encoding=0.0,
        indexing=1.0,
        megabytes=10.0,
    )
    told = Told()
    scored.line(told, judged, one)
    [(name, cells)] = told.lines
    assert name == "peers"
    assert cells[1:4] == ["a peer", "1.000", "1.000"]
    assert cells[-2:] == ["0%", "1.000"]


def kept(part: str, told: Told) -> Kept:
    return Kept(part, "2 × a processor", f"measure {part}", "today", 0.1, 12.0, told)


def test_a_finished_part_is_read_back_as_it_was(tmp_path: Path) -> None:
    told = Told()
    told.line("waiting", "a loop", "1", "2 ms")
    told.bar("Waiting", "ours", 2.0, "2 ms", ours=True)
    keep(tmp_path, kept("waiting", told))
    assert kept_of(tmp_path, "waiting") == kept("waiting", told)
    assert kept_of(tmp_path, "building") is None
    (tmp_path / "building.json").write_text("{", encoding="utf-8")
    assert kept_of(tmp_path, "building") is None


def test_every_line_of_the_page_says_machine_and_command() -> None:
    told, other = Told(), Told()
    told.line("peers", "a set", "a|b", ".9")
    other.line("peers", "a set", "another", "not measured: no such package")
    text = page([kept("one", told), kept("two", other)], {"vectors": "ended with code 1"})
    rows = [line for line in text.splitlines() if "a set" in line]
    assert [row.count("2 × a processor") for row in rows] == [1, 1]
    assert ["`measure one`" in rows[0], "`measure two`" in rows[1]] == [True, True]
    assert len({row.count("|") for row in rows}) == 1
    assert "**vectors** was not measured in the last run: ended with code 1" in text


def test_parts_are_named_alone_or_together() -> None:
    assert [part.name for part in parts.named("vectors, waiting")] == ["waiting", "vectors"]
    together = [part.name for part in parts.named("peers")]
    assert together[0] == "ours"
    assert {"txtai", "rasa"} < set(together)
    with pytest.raises(KeyError, match="nonsense"):
        parts.named("waiting,nonsense")


def test_lines_of_every_measured_table_fit_its_head() -> None:
    heads = {one.name: len(one.head) for one in TABLES}
    told = sizes.told(sizes=(300,), words_of=300)
    told.lines += changing.told(documents=4).lines
    assert {name for name, _ in told.lines} == {"vectors", "words", "changing"}
    assert all(len(cells) <= heads[name] for name, cells in told.lines)


def test_synthetic_documents_are_read_and_split_like_any(tmp_path: Path) -> None:
    for number in range(3):
        drawn.write(tmp_path, number, 10)
    library = load_library([tmp_path])
    assert not library.findings
    assert [len(document.passages) for document in library.documents] == [10, 10, 10]


def test_the_picture_is_an_image_with_every_name(tmp_path: Path) -> None:
    bars = [
        Bar("Waiting", "ours <b>", 2.0, "2 ms", ours=True),
        Bar("Waiting", "theirs", 4.0, "4 ms"),
    ]
    picture.draw(bars, tmp_path / "bench.svg")
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
