"""The report: its figures can be checked by hand, it needs no network, and it keeps its secrets."""

import json
import os
import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from answering.answering_house import TODAY, small_engine
from inquiry_service.answering.answer import Status
from inquiry_service.answering.evaluation import evaluate_questions
from inquiry_service.answering.measured import Ledger, Row, measured
from inquiry_service.answering.report.cases import MISSED, WRONG, Case, worst
from inquiry_service.answering.report.counts import told
from inquiry_service.answering.report.making import Measured, measure_everything
from inquiry_service.answering.report.page import (
    all_lines,
    figures_json,
    page,
    quantile,
    write_report,
)
from inquiry_service.answering.report.sets import sample
from inquiry_service.answering.report.targets import MEASURES, OWN_TARGETS, SET_TARGETS
from inquiry_service.answering.twins import HashingEncoder
from inquiry_service.errors import KnowledgeFault

FITTING = """
- {question: 2017年收到多少件依申请公开申请？, expect: answered, kind: numeric,
   document: annual-report-2017, contains: 5件}
- {question: 今天天气怎么样, expect: out_of_scope, kind: everyday}
"""
HELD_OUT = """
- {question: 微信公众号公开了多少条？, expect: refused, kind: year_trap}
"""


@pytest.fixture
def reading(tmp_path: Path) -> Path:
    folder = tmp_path / "reading"
    folder.mkdir()
    _write(
        folder / "corpus.jsonl",
        {"_id": "d1", "title": "粮食收购备案", "text": "粮食收购企业向收购地的县级部门备案。"},
        {"_id": "d2", "title": "预付卡备案", "text": "发卡企业应当在30日内办理备案。"},
        {"_id": "d3", "title": "<b>拍卖</b>", "text": "拍卖企业的注册资本最低为100万元。"},
    )
    _write(
        folder / "queries.jsonl",
        {"_id": "q1", "text": "粮食收购企业向哪里备案？", "answer": ["县级部门"]},
        {"_id": "q2", "text": "拍卖企业的注册资本最低是多少万元？", "answer": "100万元"},
    )
    _write(folder / "unanswerable.jsonl", {"_id": "u1", "text": "月球的半径是多少公里？"})
    (folder / "qrels.tsv").write_text("query-id\tcorpus-id\tscore\nq1\td1\t1\nq2\td3\t1\n")
    return folder


def _write(path: Path, *rows: dict[str, object]) -> None:
    lines = [json.dumps(row, ensure_ascii=False) for row in rows]
    path.write_text("\n".join(lines), encoding="utf-8")


def _quiet(_label: str) -> Callable[[int, int], None]:
    return lambda _done, _total: None


def _measured(tmp_path: Path, reading: Path, *, reveal: bool = False) -> Measured:
    questions = tmp_path / "questions.yaml"
    questions.write_text(FITTING, encoding="utf-8")
    held_out = tmp_path / "held-out.yaml"
    held_out.write_text(HELD_OUT, encoding="utf-8")
    return measure_everything(
        datasets=[reading],
        questions=[questions, held_out],
        engine=small_engine(tmp_path / "own"),
        encoder=HashingEncoder(),
        cache=tmp_path / "cache",
        today=TODAY,
        command="inquiry-service evaluate report --out <page>",
        limit=None,
        reveal=reveal,
        watch=_quiet,
    )


def test_the_figures_of_a_set_agree_with_a_count_by_hand(tmp_path: Path, reading: Path) -> None:
    [one] = _measured(tmp_path, reading).sets
    assert (one.asked, one.unanswerable, one.documents) == (2, 1, 3)
    assert one.figures["hit@1"] == one.figures["MRR@10"] == 1.0
    assert one.figures["quote_contains"] == 1.0
    confidences = [confidence for confidence, _ in one.judged]
    assert [right for _, right in one.judged] == [True, True, False]
    above = sum(sure > confidences[2] for sure in confidences[:2]) / 2
    assert one.figures["auroc"] == one.figures["kept"] == above


def test_a_set_that_the_encoder_learnt_from_is_held_to_its_targets_by_unseen_questions_only(
    tmp_path: Path, reading: Path
) -> None:
    everything = _measured(tmp_path, reading)
    learnt = [replace(one, unseen={"hit@1": 0.25}) for one in everything.sets]

    lines = all_lines(replace(everything, sets=learnt))

    aims = {
        (line.where, line.measure.name): line.figure
        for line in lines
        if line.target and "自有" not in line.where
    }
    assert aims == {("reading：只算没有学过的题", "hit@1"): 0.25}
    assert "reading：模型学过这些题，成绩偏高" in {line.where for line in lines}


def test_every_target_of_a_measured_set_stands_on_the_page(tmp_path: Path, reading: Path) -> None:
    everything = _measured(tmp_path, reading)
    aims = {(line.where, line.measure.name) for line in all_lines(everything) if line.target}
    assert {name for where, name in aims if where == "reading"} == {
        target.measure for target in SET_TARGETS["reading"]
    }
    html = page(everything)
    for line in all_lines(everything):
        assert line.measure.label in html
        assert line.measure.meaning in html
    for heading in ("目标与实测", "预期结局与实际结局", "可信度可靠吗", "速度", "最差的"):
        assert heading in html


def test_the_page_fetches_nothing_and_shows_text_as_text(tmp_path: Path, reading: Path) -> None:
    html = page(_measured(tmp_path, reading))
    assert not re.search(r"<script|<link|<img|@import|url\(|\bsrc=|https?://(?!xxgk)", html)
    assert "report --out &lt;page&gt;" in html
    assert html.count("<svg") == html.count("</svg>") == 6


def test_held_out_questions_are_counted_but_not_told(tmp_path: Path, reading: Path) -> None:
    everything = _measured(tmp_path, reading)
    [_, held_out] = everything.halves
    assert len(held_out.cases) == 1, "no such question is refused"
    shown = page(everything) + figures_json(everything)
    assert "检验题" in shown
    assert "微信公众号公开了多少条" not in shown
    assert "163条" not in shown
    assert "微信公众号公开了多少条" in page(_measured(tmp_path, reading, reveal=True))


def test_the_figures_as_data_say_what_was_reached(tmp_path: Path, reading: Path) -> None:
    out, figures = tmp_path / "out" / "report.html", tmp_path / "out" / "report.json"
    write_report(_measured(tmp_path, reading), out, figures)
    data = json.loads(figures.read_text(encoding="utf-8"))
    hit = next(one for one in data["figures"] if one["measure"] == "hit@1")
    assert (hit["set"], hit["figure"], hit["reach"], hit["reached"]) == (
        "reading",
        1.0,
        0.975,
        True,
    )
    assert data["halves"]["fitting"]["questions"] == 2
    ended = data["halves"]["held_out"]["confusion"]["refused"]
    assert (sum(ended.values()), ended["refused"]) == (1, 0)
    assert out.read_text(encoding="utf-8").startswith("<!doctype html>")
    with pytest.raises(KnowledgeFault, match="写不进去"):
        write_report(_measured(tmp_path, reading), tmp_path)


def test_a_second_report_asks_nothing_again(tmp_path: Path, reading: Path) -> None:
    first, second = _measured(tmp_path, reading), _measured(tmp_path, reading)
    assert [one.seconds for one in first.sets] == [one.seconds for one in second.sets]
    assert page(first) == page(second)


def test_a_ledger_cut_short_by_a_kill_asks_only_what_is_missing(tmp_path: Path) -> None:
    engine, folder = small_engine(tmp_path / "own"), tmp_path / "asked"
    asked: list[int] = []
    questions = ["收粮食要办什么手续", "微信公众号公开了多少条？", "今天天气怎么样"]
    whole = Ledger(folder, engine, TODAY).rows(questions, lambda done, _: asked.append(done))
    [path] = folder.iterdir()
    path.write_text(path.read_text(encoding="utf-8")[:-40], encoding="utf-8")
    again = Ledger(folder, engine, TODAY).rows(questions, lambda done, _: asked.append(done))
    assert asked == [1, 2, 3, 1]
    assert [replace(row, seconds=0) for row in again] == [replace(row, seconds=0) for row in whole]
    Ledger(folder, engine, TODAY).rows(questions, lambda done, _: asked.append(done))
    assert asked == [1, 2, 3, 1]


def test_of_many_ledgers_those_used_last_are_kept(tmp_path: Path) -> None:
    engine, folder = small_engine(tmp_path / "own"), tmp_path / "asked"
    folder.mkdir()
    for age in range(40):
        old = folder / f"{age:016x}.jsonl"
        old.write_text("", encoding="utf-8")
        os.utime(old, (1_000_000 - age, 1_000_000 - age))
    (folder / "notes.txt").write_text("not a ledger", encoding="utf-8")
    Ledger(folder, engine, TODAY).rows(["收粮食要办什么手续"], lambda _done, _all: None)
    ledgers = sorted(path.name for path in folder.glob("*.jsonl"))
    assert len(ledgers) == 24
    assert {f"{age:016x}.jsonl" for age in range(23)} < set(ledgers)
    assert (folder / "notes.txt").exists()


def test_what_was_not_given_is_measured_by_its_best_quote(tmp_path: Path) -> None:
    row = measured(small_engine(tmp_path), "月球上的企业怎么种小麦", today=TODAY)
    assert row.status is not Status.ANSWERED
    assert row.given.quotes == ()
    assert row.quote
    assert row.document


def test_the_terminal_is_told_each_kind_and_what_went_wrong(tmp_path: Path) -> None:
    questions = tmp_path / "questions.yaml"
    questions.write_text(FITTING + HELD_OUT, encoding="utf-8")
    figures = evaluate_questions(questions, small_engine(tmp_path / "own"), today=TODAY)
    lines = list(told({"questions.yaml": figures}))
    assert lines[0] == "questions.yaml：3 题"
    assert [line.split()[-1] for line in lines[1:5]] == ["合计", "everyday", "numeric", "year_trap"]
    assert "闲聊与外单位问题 1 题" in lines[5]
    assert any("refused→" in line and "微信公众号公开了多少条" in line for line in lines[6:])
    counted = list(told({"held-out.yaml": {**figures, "faults": len(figures["faults"])}}))
    assert "微信公众号公开了多少条" not in "".join(counted)


def test_wrong_answers_come_first_and_the_surest_of_them_before_all() -> None:
    def case(fault: str, status: Status, confidence: float) -> Case:
        row = Row(f"{fault}{confidence}", status, confidence, 0.01)
        return Case("own", fault, "answered", row)

    cases = [
        case(MISSED, Status.UNMATCHED, 0.6),
        case(WRONG, Status.ANSWERED, 0.7),
        case(MISSED, Status.UNMATCHED, 0.1),
        case(WRONG, Status.ANSWERED, 0.9),
    ]
    assert [one.row.confidence for one in worst(cases, 3)] == [0.9, 0.7, 0.1]


def test_a_sample_is_always_the_same_and_keeps_its_order() -> None:
    queries = {f"q{at}": at for at in range(50)}
    some = sample(queries, 10)
    assert len(some) == 10
    assert list(some.values()) == sorted(some.values())
    assert some == sample(dict(reversed(queries.items())), 10)
    assert set(some) <= set(sample(queries, 20))
    assert sample(queries, None) == queries


def test_every_target_names_a_figure_with_a_meaning() -> None:
    for target in (*OWN_TARGETS, *(one for some in SET_TARGETS.values() for one in some)):
        assert MEASURES[target.measure].meaning
        assert target.reached(target.reach)
        assert not target.reached(target.reach + (0.01 if target.at_most else -0.01))


@pytest.mark.parametrize(("share", "value"), [(0.5, 2.0), (0.95, 4.0), (0.25, 1.0)])
def test_a_quantile_is_the_least_value_that_many_do_not_exceed(share: float, value: float) -> None:
    assert quantile([4.0, 2.0, 1.0, 3.0], share) == value
