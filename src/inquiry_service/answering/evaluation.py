"""Measuring the engine on judged questions: what it finds, what it answers, what it must not."""

import hashlib
import json
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date
from itertools import chain
from pathlib import Path
from typing import Any

from inquiry_service.answering.asking import AnswerEngine
from inquiry_service.answering.building import build_index
from inquiry_service.answering.datasets import Dataset, Judgements
from inquiry_service.answering.encoder import Encoder
from inquiry_service.answering.evaluation_files import (
    answer_line,
    check_writable,
    write_json,
    write_run,
    written,
)
from inquiry_service.answering.examining import question_for
from inquiry_service.answering.manifest import INDEX_FORMAT
from inquiry_service.answering.measured import ended, measured
from inquiry_service.answering.measures import RUN_DEPTH, Ranking, measures
from inquiry_service.answering.opening import OpenIndex
from inquiry_service.answering.question import Question
from inquiry_service.answering.question_sets import load_judged_questions
from inquiry_service.answering.retrieval import DEPTH, retrieve
from inquiry_service.answering.tallies import faults, tallies_by_kind, tally
from inquiry_service.answering.vectors import Vectors
from inquiry_service.errors import IndexUnusable, KnowledgeFault
from inquiry_service.knowledge.splitting import SPLITTER_VERSION

Progress = Callable[[int, int], None]
"""Told how much is done, and of how much: first passages embedded, then questions asked."""

_DEEPER = 4
_AT_ONCE = 64
_UNJUDGED = "qrels.tsv 里没有这些问题的判定，没有计算指标"


def evaluate_retrieval(
    dataset: Path,
    run: Path,
    metrics: Path | None,
    encoder: Encoder,
    cache: Path,
    *,
    today: date,
    progress: Progress | None = None,
) -> dict[str, Any]:
    """Rank the corpus for every query; write a TREC run, and the figures when asked for.

    Without judgements the figures are a `note` that says so. Raises `KnowledgeFault` for a dataset
    that cannot be read, figures asked for without judgements, and files that cannot be written.
    """
    report = progress or _silent
    data = Dataset(dataset)
    queries = data.queries()
    judged = _judgements_for(data, queries, asked_for=metrics is not None)
    for path in filter(None, (run, metrics)):
        check_writable(path)
    engine = engine_for(data, encoder, cache, report)
    rankings = rankings_of(engine, queries, today=today, progress=report)
    write_run(run, rankings)
    figures = measures(rankings, judged) if judged else {"queries": 0, "note": _UNJUDGED}
    if metrics is not None:
        write_json(metrics, figures)
    return figures


def evaluate_answers(
    dataset: Path,
    out: Path,
    encoder: Encoder,
    cache: Path,
    *,
    today: date,
    progress: Progress | None = None,
) -> int:
    """Ask every query and write one JSON line each; returns how many there were.

    One at a time, so that `seconds` is what a person waits on a machine that does nothing else.
    """
    report = progress or _silent
    data = Dataset(dataset)
    queries = data.queries()
    check_writable(out)
    engine = engine_for(data, encoder, cache, report)
    with written(out) as lines:
        for number, (query, text) in enumerate(queries.items(), 1):
            started = time.perf_counter()
            answer = ended(engine, text, today=today)
            seconds = time.perf_counter() - started
            lines.write(json.dumps(answer_line(query, answer, seconds), ensure_ascii=False) + "\n")
            report(number, len(queries))
    return len(queries)


def evaluate_questions(
    path: Path, engine: AnswerEngine, *, today: date, progress: Progress | None = None
) -> dict[str, Any]:
    """Ask our own judged questions; see `tally` for the figures. `faults` are those to look at.

    Raises `KnowledgeFault` when the file cannot be read.
    """
    report = progress or _silent
    listed = load_judged_questions(path)
    pairs = []
    for number, judged in enumerate(listed, 1):
        pairs.append((judged, measured(engine, judged.question, today=today)))
        report(number, len(listed))
    return {**tally(pairs), "kinds": tallies_by_kind(pairs), "faults": faults(pairs)}


def _judgements_for(data: Dataset, queries: Mapping[str, str], *, asked_for: bool) -> Judgements:
    """Empty when no query has a relevant document: figures would be zeros that mean nothing."""
    judged = data.judgements()
    if any(score > 0 for query in queries for score in judged.get(query, {}).values()):
        return judged
    if asked_for:
        reason = (
            "没有一个问题有相关文档的判定，算不出指标；请补上判定，或去掉 --metrics 只写运行结果"
        )
        raise KnowledgeFault(where=str(data.qrels), reason=reason)
    return {}


def engine_for(
    data: Dataset, encoder: Encoder, cache: Path, report: Progress | None = None
) -> AnswerEngine:
    """The engine on a corpus; built once for the same corpus, encoder and way of splitting."""
    digest = hashlib.sha256(data.corpus_bytes())
    digest.update(f"{encoder.identity!r}{SPLITTER_VERSION}{INDEX_FORMAT}".encode())
    directory = cache / digest.hexdigest()[:16]
    try:
        return AnswerEngine.open(directory, encoder)
    except IndexUnusable:  # not there yet, broken off or damaged: a build puts all three right
        build_index(data.library(), encoder, directory, progress=report)
    return AnswerEngine.open(directory, encoder)


def rankings_of(
    engine: AnswerEngine,
    queries: Mapping[str, str],
    *,
    today: date,
    progress: Progress | None = None,
) -> dict[str, Ranking]:
    """For every query its documents. The next questions are encoded while these are ranked."""
    report = progress or _silent
    rankings: dict[str, Ranking] = {}
    for batch, vectors in _encoded(engine, queries, today):
        for (query, question), vector in zip(batch, vectors, strict=True):
            rankings[query] = rank_documents(engine.index, question, vector)
        report(len(rankings), len(queries))
    return rankings


def rank_documents(index: OpenIndex, question: Question, vector: Vectors) -> Ranking:
    """Documents by their best passage, best first, in exactly the order that answers use.

    When those passages share few documents, a deeper search adds more behind them; so does one
    of the whole library when the question names one document.
    """
    best = _documents(index, question, vector)
    if question.about is not None:
        floor = min(best.values(), default=float("inf"))
        for owner, score in _documents(index, replace(question, about=None), vector).items():
            best.setdefault(owner, min(score, floor))
    ranked = list(best.items())[:RUN_DEPTH]
    return [(index.documents[owner].document_id, score) for owner, score in ranked]


def _documents(index: OpenIndex, question: Question, vector: Vectors) -> dict[int, float]:
    """Rows of documents with their score, best first; as many as a run has, when there are."""
    best: dict[int, float] = {}
    depth = DEPTH
    while True:
        floor = min(best.values(), default=float("inf"))
        for candidate in retrieve(index, question, vector, depth=depth).found:
            best.setdefault(candidate.owner, min(candidate.fused, floor))
        enough = len(best) >= min(RUN_DEPTH, len(index.documents)) or question.about is not None
        if enough or depth >= len(index.owners):
            return best
        depth *= _DEEPER


_Read = list[tuple[str, Question]]


def _encoded(
    engine: AnswerEngine, queries: Mapping[str, str], today: date
) -> Iterator[tuple[_Read, Vectors]]:
    """Batches of queries, read and with their vectors, one batch ahead of whoever uses them."""

    def encode(batch: list[tuple[str, str]]) -> tuple[_Read, Vectors]:
        read = [(query, question_for(engine.index, text, today)) for query, text in batch]
        return read, engine.encoder.encode_questions([question.text for _, question in read])

    with ThreadPoolExecutor(1, "questions") as ahead:
        waiting = None
        for batch in chain(_batches(list(queries.items())), [None]):
            coming = ahead.submit(encode, batch) if batch else None
            if waiting is not None:
                yield waiting.result()
            waiting = coming


def _batches(items: list[tuple[str, str]]) -> Iterable[list[tuple[str, str]]]:
    return (items[start : start + _AT_ONCE] for start in range(0, len(items), _AT_ONCE))


def _silent(_done: int, _total: int) -> None:
    pass
