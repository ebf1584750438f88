"""Evaluation: what others rely on in the files, and figures that can be checked by hand."""

import json
from pathlib import Path

import pytest

from answering.answering_house import TODAY, small_engine
from inquiry_service.answering.evaluation import (
    evaluate_answers,
    evaluate_questions,
    evaluate_retrieval,
)
from inquiry_service.answering.measures import measures
from inquiry_service.answering.twins import HashingEncoder
from inquiry_service.errors import KnowledgeFault

ENTRIES = {
    "d/1": ("粮食收购备案", "粮食收购企业向收购地的县级部门备案。"),
    "d:2": ("预付卡备案", "发卡企业应当在30日内办理备案。"),
    "d3": ("", "拍卖企业的注册资本最低为100万元。"),
}


@pytest.fixture
def dataset(tmp_path: Path) -> Path:
    folder = tmp_path / "set"
    folder.mkdir()
    rows = [{"_id": i, "title": title, "text": text} for i, (title, text) in ENTRIES.items()]
    _write_lines(folder / "corpus.jsonl", rows)
    queries = [
        {"_id": "q1", "text": "粮食收购企业向哪里备案？"},
        {"_id": "q2", "text": "拍卖企业的注册资本最低是多少万元？"},
    ]
    _write_lines(folder / "queries.jsonl", queries)
    (folder / "qrels.tsv").write_text("query-id\tcorpus-id\tscore\nq1\td/1\t1\nq2\td3\t1\n")
    return folder


def _write_lines(path: Path, rows: list[dict[str, str]]) -> None:
    path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows))


def test_a_run_names_documents_by_their_own_ids_best_first(dataset: Path, tmp_path: Path) -> None:
    run, metrics = tmp_path / "out" / "run.txt", tmp_path / "out" / "metrics.json"
    figures = evaluate_retrieval(
        dataset, run, metrics, HashingEncoder(), tmp_path / "cache", today=TODAY
    )
    lines = [line.rsplit(" ", 3) for line in run.read_text().splitlines()]
    assert lines[0][0] == "q1 Q0 d/1"
    assert [line[1] for line in lines if line[0].startswith("q1")] == ["1", "2", "3"]
    scores = [float(line[2]) for line in lines if line[0].startswith("q1")]
    assert scores == sorted(scores, reverse=True)
    assert figures["MRR@10"] == 1.0
    assert json.loads(metrics.read_text()) == figures


def test_a_second_run_uses_the_index_of_the_first(dataset: Path, tmp_path: Path) -> None:
    cache = tmp_path / "cache"
    steps: list[tuple[int, int]] = []
    for name in ("one", "two"):
        evaluate_retrieval(
            dataset,
            tmp_path / name,
            None,
            HashingEncoder(),
            cache,
            today=TODAY,
            progress=lambda *at: steps.append(at),
        )
    assert (tmp_path / "one").read_text() == (tmp_path / "two").read_text()
    assert len(list(cache.iterdir())) == 1


def test_answers_are_one_line_each_with_the_corpus_id(dataset: Path, tmp_path: Path) -> None:
    out = tmp_path / "answers.jsonl"
    count = evaluate_answers(dataset, out, HashingEncoder(), tmp_path / "cache", today=TODAY)
    lines = [json.loads(line) for line in out.read_text().splitlines()]
    assert count == len(lines) == 2
    for line in lines:
        assert set(line) == {"_id", "status", "confidence", "quote", "citations", "seconds"}
        if line["status"] == "answered":
            assert line["citations"][0]["document_id"] in ENTRIES
            assert {"document_id", "passage_id", "path"} <= set(line["citations"][0])


def test_a_damaged_index_of_a_set_is_built_again(dataset: Path, tmp_path: Path) -> None:
    cache = tmp_path / "cache"
    evaluate_answers(dataset, tmp_path / "one", HashingEncoder(), cache, today=TODAY)
    [vectors] = cache.glob("*/versions/*/vectors.npy")
    vectors.write_bytes(vectors.read_bytes()[:100])
    evaluate_answers(dataset, tmp_path / "two", HashingEncoder(), cache, today=TODAY)
    assert _endings(tmp_path / "one") == _endings(tmp_path / "two")


def _endings(out: Path) -> list[tuple[str, str, str | None]]:
    lines = [json.loads(line) for line in out.read_text().splitlines()]
    return [(line["_id"], line["status"], line["quote"]) for line in lines]


def test_a_query_that_nobody_could_ask_ends_by_name_and_the_run_goes_on(
    dataset: Path, tmp_path: Path
) -> None:
    queries = [
        {"_id": "marks", "text": "？？？"},
        {"_id": "long", "text": "粮食收购企业向哪里备案？" * 200},
        {"_id": "control", "text": "粮食\u0000收购\u202e备案"},
        {"_id": "emoji", "text": "🌾🌾 备案"},
        {"_id": "last", "text": "粮食收购企业向哪里备案？"},
    ]
    _write_lines(dataset / "queries.jsonl", queries)
    out, run, cache = tmp_path / "answers", tmp_path / "run", tmp_path / "cache"
    assert evaluate_answers(dataset, out, HashingEncoder(), cache, today=TODAY) == 5
    endings = {name: status for name, status, _ in _endings(out)}
    assert list(endings) == [query["_id"] for query in queries]
    assert endings["marks"] == "refused"
    assert "failed" not in endings.values()
    evaluate_retrieval(dataset, run, None, HashingEncoder(), cache, today=TODAY)
    assert {line.split()[0] for line in run.read_text().splitlines()} == set(endings)


def test_a_run_has_a_hundred_documents_though_few_share_the_best_passages(
    tmp_path: Path,
) -> None:
    folder = tmp_path / "set"
    folder.mkdir()
    long = "\n\n".join(f"## 第{at}节\n\n粮食收购企业备案的第{at}项要求。" for at in range(150))
    rows = [{"_id": "long", "title": "备案", "text": long}]
    rows += [
        {"_id": f"d{at}", "title": f"第{at}号", "text": f"拍卖企业{at}。"} for at in range(120)
    ]
    _write_lines(folder / "corpus.jsonl", rows)
    _write_lines(folder / "queries.jsonl", [{"_id": "q", "text": "粮食收购企业备案的要求"}])
    run = tmp_path / "run"
    evaluate_retrieval(folder, run, None, HashingEncoder(), tmp_path / "cache", today=TODAY)
    lines = [line.split() for line in run.read_text().splitlines()]
    assert len(lines) == len({line[2] for line in lines}) == 100
    assert lines[0][2] == "long"
    scores = [float(line[4]) for line in lines]
    assert scores == sorted(scores, reverse=True)


def test_a_document_named_in_a_query_comes_first_and_others_follow(
    dataset: Path, tmp_path: Path
) -> None:
    query = {"_id": "named", "text": "《预付卡备案》的企业应当向哪里备案？"}
    _write_lines(dataset / "queries.jsonl", [query])
    run = tmp_path / "run"
    evaluate_retrieval(dataset, run, None, HashingEncoder(), tmp_path / "cache", today=TODAY)
    lines = [line.split() for line in run.read_text().splitlines()]
    assert lines[0][2] == "d:2"
    assert {line[2] for line in lines} == set(ENTRIES)
    scores = [float(line[4]) for line in lines]
    assert scores == sorted(scores, reverse=True)


def test_figures_agree_with_a_sum_by_hand() -> None:
    rankings = {"a": [("x", 2.0), ("y", 1.0)], "b": [("z", 1.0)], "unjudged": [("x", 1.0)]}
    figures = measures(rankings, {"a": {"y": 1}, "b": {"z": 1, "w": 1}})
    assert figures["queries"] == 2
    assert figures["hit@1"] == 0.5
    assert figures["MRR@10"] == 0.75
    assert figures["recall@10"] == 0.75
    assert figures["nDCG@10"] == pytest.approx((0.6309298 + 0.6131472) / 2)


@pytest.mark.parametrize("missing", ["corpus.jsonl", "queries.jsonl"])
def test_a_missing_file_is_named(dataset: Path, tmp_path: Path, missing: str) -> None:
    (dataset / missing).unlink()
    with pytest.raises(KnowledgeFault) as refused:
        evaluate_retrieval(
            dataset, tmp_path / "run", None, HashingEncoder(), tmp_path / "cache", today=TODAY
        )
    assert missing in refused.value.message


@pytest.mark.parametrize("line", ["not json", "[]", '{"text": "no id"}'])
def test_a_broken_line_is_named(dataset: Path, tmp_path: Path, line: str) -> None:
    (dataset / "queries.jsonl").write_text(line + "\n")
    with pytest.raises(KnowledgeFault) as refused:
        evaluate_answers(
            dataset, tmp_path / "out", HashingEncoder(), tmp_path / "cache", today=TODAY
        )
    assert "第 1 行" in refused.value.message


def test_our_own_questions_are_counted(tmp_path: Path) -> None:
    path = tmp_path / "questions.yaml"
    asked = "question: 2017年收到多少件依申请公开申请？, expect: answered, contains: 5件"
    path.write_text(
        f"- {{{asked}, document: annual-report-2017}}\n"
        "- {question: 2019年收到多少件依申请公开申请？, expect: unmatched}\n"
        f"- {{{asked}, document: other}}\n",
        encoding="utf-8",
    )
    figures = evaluate_questions(path, small_engine(tmp_path), today=TODAY)
    assert figures["questions"] == 3
    assert figures["right_endings"] == 1.0
    assert figures["right_quotes"] == 0.5
    assert figures["wrong_answers"] == pytest.approx(1 / 3)
    assert [fault["document"] for fault in figures["faults"]] == ["annual-report-2017"]


@pytest.mark.parametrize(
    "content",
    [
        "",
        "[]",
        "- {expect: answered}",
        "- {question: x, expect: nonsense}",
        "- {question: 2017, expect: unmatched}",
        "- {question: x, expect: answered, document: d, contains: 5}",
    ],
)
def test_a_faulty_question_file_is_refused(tmp_path: Path, content: str) -> None:
    path = tmp_path / "questions.yaml"
    path.write_text(content)
    with pytest.raises(KnowledgeFault):
        evaluate_questions(path, small_engine(tmp_path), today=TODAY)


def _refused(dataset: Path, out: Path, metrics: Path | None = None) -> list[str]:
    """What both kinds of evaluation say about a set; nothing when they take it."""
    told: list[str] = []
    cache = dataset / "cache"
    for evaluate in (
        lambda: evaluate_retrieval(dataset, out, metrics, HashingEncoder(), cache, today=TODAY),
        lambda: evaluate_answers(dataset, out, HashingEncoder(), cache, today=TODAY),
    ):
        try:
            evaluate()
        except KnowledgeFault as fault:
            told.append(fault.message)
    return told


@pytest.mark.parametrize("name", ["corpus.jsonl", "queries.jsonl"])
@pytest.mark.parametrize(
    ("line", "told"),
    [
        (b'{"_id": 7, "text": "x"}', "_id 是 7，请改成带引号的文字"),
        (b'{"_id": true, "text": "x"}', "_id 是 true，请改成带引号的文字"),
        (b'{"_id": "a b", "text": "x"}', "请去掉空白"),
        (b'{"_id": "", "text": "x"}', "请去掉空白"),
        (b'{"_id": "a\\u3000b", "text": "x"}', "请去掉空白"),
        (b'{"_id": "first", "text": "x"}', "_id first 与第1行重复"),
        (b'{"_id": "a", "text": 5}', "text 不是文字"),
        (b'{"_id": "a", "text": "\\ud800"}', "不成对"),
        (b'{"_id": "a", "text": "\xc1\xb8"}', "请把文件转存为 UTF-8"),
        (b'{"text": "x"}', "缺少 _id"),
        (b"not json", "每行一个 JSON 对象"),
    ],
)
def test_a_row_that_cannot_be_used_is_named_with_what_to_do(
    dataset: Path, tmp_path: Path, name: str, line: bytes, told: str
) -> None:
    first = '{"_id": "first", "text": "粮食收购"}\n'.encode()
    (dataset / name).write_bytes(first + line + b"\n")
    messages = _refused(dataset, tmp_path / "out")
    assert len(messages) == 2
    for message in messages:
        assert message.startswith(f"{dataset / name} 第 2 行：")
        assert told in message


@pytest.mark.parametrize("text", ['{"_id": "q1"}', '{"_id": "q1", "text": " "}'])
def test_a_query_without_text_is_named(dataset: Path, tmp_path: Path, text: str) -> None:
    (dataset / "queries.jsonl").write_text(text)
    messages = _refused(dataset, tmp_path / "out")
    assert len(messages) == 2
    assert all("queries.jsonl 第 1 行：缺少 text" in message for message in messages)


@pytest.mark.parametrize("name", ["corpus.jsonl", "queries.jsonl"])
@pytest.mark.parametrize("content", ["", "\n\n"])
def test_an_empty_file_is_refused(dataset: Path, tmp_path: Path, name: str, content: str) -> None:
    (dataset / name).write_text(content)
    messages = _refused(dataset, tmp_path / "out")
    assert len(messages) == 2
    assert all(message.startswith(f"{dataset / name}：里面没有") for message in messages)


@pytest.mark.parametrize(
    ("line", "told"),
    [
        (b"q1\td/1\tyes", "score“yes”不是整数"),
        (b"q1\td/1\t0.5", "score“0.5”不是整数"),
        (b"q1\td/1\tnan", "score“nan”不是整数"),
        (b"q1\td/1\tinf", "score“inf”不是整数"),
        (b"q1\td/1\t", "score“”不是整数"),
        (b"q1 0 d/1 1", "不是三列"),
        (b"q1\td/\xff\t1", "请把文件转存为 UTF-8"),
    ],
)
def test_a_judgement_that_cannot_be_read_is_named(
    dataset: Path, tmp_path: Path, line: bytes, told: str
) -> None:
    (dataset / "qrels.tsv").write_bytes(b"query-id\tcorpus-id\tscore\n" + line + b"\n")
    [message] = _refused(dataset, tmp_path / "out")
    assert message.startswith(f"{dataset / 'qrels.tsv'} 第 2 行：")
    assert told in message


def test_files_written_under_windows_are_read(dataset: Path, tmp_path: Path) -> None:
    for name in ("corpus.jsonl", "queries.jsonl", "qrels.tsv"):
        text = (dataset / name).read_bytes().replace(b"\n", b"\r\n")
        (dataset / name).write_bytes(b"\xef\xbb\xbf" + text)
    assert not _refused(dataset, tmp_path / "out", tmp_path / "metrics")
    assert json.loads((tmp_path / "metrics").read_text())["queries"] == 2


@pytest.mark.parametrize("qrels", [None, "", "query-id\tcorpus-id\tscore\nother\td3\t1\n"])
def test_without_judgements_there_is_a_run_but_no_figures(
    dataset: Path, tmp_path: Path, qrels: str | None
) -> None:
    (dataset / "qrels.tsv").unlink()
    if qrels is not None:
        (dataset / "qrels.tsv").write_text(qrels)
    run, cache = tmp_path / "run", tmp_path / "cache"
    figures = evaluate_retrieval(dataset, run, None, HashingEncoder(), cache, today=TODAY)
    assert figures.keys() == {"queries", "note"}
    assert "没有计算指标" in figures["note"]
    assert run.read_text().startswith("q1 Q0 d/1 1 ")
    [message] = _refused(dataset, run, tmp_path / "metrics")
    assert message.startswith(f"{dataset / 'qrels.tsv'}：")
    assert "--metrics" in message


def test_a_place_that_cannot_be_written_is_named(dataset: Path, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    for place in (tmp_path, tmp_path / "file" / "run"):
        messages = _refused(dataset, place)
        assert len(messages) == 2
        assert all(message.startswith(f"{place}：写不进去") for message in messages)
    (retrieval,) = _refused(dataset, tmp_path / "out", tmp_path)
    assert "写不进去" in retrieval


def test_a_refused_evaluation_leaves_the_run_before_as_it_was(
    dataset: Path, tmp_path: Path
) -> None:
    (tmp_path / "run").write_text("before")
    (dataset / "corpus.jsonl").write_text("")
    _refused(dataset, tmp_path / "run")
    assert (tmp_path / "run").read_text() == "before"
