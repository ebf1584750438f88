"""Measuring the engine on judged questions: what it finds, what it answers, what it must not."""

import hashlib
import json
import math
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any, Literal, TextIO

from inquiry_service.answering.answer import Answer
from inquiry_service.answering.asking import MAX_QUESTION, AnswerEngine, answer_of
from inquiry_service.answering.building import build_index
from inquiry_service.answering.datasets import Dataset, Judgements
from inquiry_service.answering.encoder import Encoder
from inquiry_service.answering.layout import Layout
from inquiry_service.answering.manifest import INDEX_FORMAT
from inquiry_service.answering.opening import OpenIndex
from inquiry_service.answering.question import read_question
from inquiry_service.answering.question_sets import JudgedQuestion, load_judged_questions
from inquiry_service.answering.retrieval import DEPTH, retrieve
from inquiry_service.answering.vectors import Vectors
from inquiry_service.errors import KnowledgeFault
from inquiry_service.knowledge.splitting import SPLITTER_VERSION

Progress = Callable[[int, int], None]
"""Told how much is done, and of how much: first passages embedded, then questions asked."""

Ranking = list[tuple[str, float]]

RUN_DEPTH = 100
_TAG = "inquiry-service"
_TOP = 10
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
        _check_writable(path)
    engine = engine_for(data, encoder, cache, report)
    rankings: dict[str, Ranking] = {}
    for batch in _batches(list(queries.items())):
        texts = [_readable(text, today) for _, text in batch]
        vectors = encoder.encode_questions(texts)
        for (query, text), vector in zip(batch, vectors, strict=True):
            rankings[query] = rank_documents(engine.index, text, vector, today=today)
        report(len(rankings), len(queries))
    _write_run(run, rankings)
    figures = measures(rankings, judged) if judged else {"queries": 0, "note": _UNJUDGED}
    if metrics is not None:
        _write_json(metrics, figures)
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
    """Ask every query and write one JSON line each; returns how many there were."""
    report = progress or _silent
    data = Dataset(dataset)
    queries = data.queries()
    _check_writable(out)
    engine = engine_for(data, encoder, cache, report)
    with _written(out) as lines:
        for number, (query, text) in enumerate(queries.items(), 1):
            started = time.perf_counter()
            answer = answer_of(engine, text[:MAX_QUESTION], today=today)
            seconds = time.perf_counter() - started
            lines.write(json.dumps(_line(query, answer, seconds), ensure_ascii=False) + "\n")
            report(number, len(queries))
    return len(queries)


def evaluate_questions(path: Path, engine: AnswerEngine, *, today: date) -> dict[str, Any]:
    """Ask our own judged questions; shares lie from 0 to 1, `faults` are those to look at.

    `right_quotes` is a share of the rightly answered, `wrong_answers` of all questions. Raises
    `KnowledgeFault` when the file cannot be read.
    """
    asked = [
        (judged, answer_of(engine, judged.question, today=today))
        for judged in load_judged_questions(path)
    ]
    answered = [pair for pair in asked if pair[0].places and pair[0].right_ending(pair[1])]
    return {
        "questions": len(asked),
        "right_endings": _share(judged.right_ending(answer) for judged, answer in asked),
        "right_quotes": _share(judged.right_quote(answer) for judged, answer in answered),
        "wrong_answers": _share(judged.wrong_answer(answer) for judged, answer in asked),
        "faults": [
            _fault(judged, answer)
            for judged, answer in asked
            if judged.wrong_answer(answer) or not judged.right_ending(answer)
        ],
    }


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


def _fault(judged: JudgedQuestion, answer: Answer) -> dict[str, Any]:
    return {
        "question": judged.question,
        "expected": judged.expect.value,
        "ended": answer.status.value,
        "rule": answer.trace.rule,
        "confidence": answer.confidence,
        "document": answer.citations[0].document_id if answer.citations else None,
        "quote": answer.quote,
    }


def engine_for(
    data: Dataset, encoder: Encoder, cache: Path, report: Progress | None = None
) -> AnswerEngine:
    """The engine on a corpus; built once for the same corpus, encoder and way of splitting."""
    digest = hashlib.sha256(data.corpus_bytes())
    digest.update(f"{encoder.identity!r}{SPLITTER_VERSION}{INDEX_FORMAT}".encode())
    directory = cache / digest.hexdigest()[:16]
    if Layout(directory).version_in_use() is None:
        build_index(
            data.library(),
            encoder,
            directory,
            progress=report,
        )
    return AnswerEngine.open(directory, encoder)


def rank_documents(index: OpenIndex, text: str, vector: Vectors, *, today: date) -> Ranking:
    """Documents by their best passage, best first; deeper when passages share few documents."""
    question = read_question(text, today=today, home=index.home, glossary=index.glossary)
    depth = DEPTH
    while True:
        found = retrieve(index, question, vector, depth=depth).found
        best: dict[int, float] = {}
        for candidate in found:
            best.setdefault(candidate.owner, candidate.fused)
        if len(best) >= min(RUN_DEPTH, len(index.documents)) or depth >= len(index.owners):
            ranked = list(best.items())[:RUN_DEPTH]
            return [(index.documents[owner].document_id, score) for owner, score in ranked]
        depth *= _DEEPER


def measures(
    rankings: Mapping[str, Ranking], judged: Mapping[str, Mapping[str, int]]
) -> dict[str, float]:
    """Means over the queries that have a relevant document."""
    rows = [
        _measures_of([document for document, _ in ranking], judged[query])
        for query, ranking in rankings.items()
        if any(score > 0 for score in judged.get(query, {}).values())
    ]
    names = ("hit@1", "recall@10", "recall@100", "MRR@10", "nDCG@10")
    means = {name: sum(row[name] for row in rows) / len(rows) if rows else 0.0 for name in names}
    return {"queries": len(rows), **means}


def _measures_of(ranked: Sequence[str], scores: Mapping[str, int]) -> dict[str, float]:
    relevant = {document for document, score in scores.items() if score > 0}
    first = next((rank for rank, d in enumerate(ranked[:_TOP], 1) if d in relevant), None)
    gains = [scores.get(document, 0) for document in ranked[:_TOP]]
    ideal = sorted(scores.values(), reverse=True)[:_TOP]
    return {
        "hit@1": float(first == 1),
        "recall@10": len(relevant.intersection(ranked[:_TOP])) / len(relevant),
        "recall@100": len(relevant.intersection(ranked[:RUN_DEPTH])) / len(relevant),
        "MRR@10": 1.0 / first if first else 0.0,
        "nDCG@10": _discounted(gains) / _discounted(ideal),
    }


def _discounted(gains: Sequence[int]) -> float:
    return sum(gain / math.log2(rank + 1) for rank, gain in enumerate(gains, 1))


def _line(query: str, answer: Answer, seconds: float) -> dict[str, Any]:
    return {
        "_id": query,
        "status": answer.status.value,
        "confidence": answer.confidence,
        "quote": answer.quote,
        "citations": [
            {
                "document_id": citation.document_id,
                "passage_id": citation.passage_id,
                "path": list(citation.path),
                "title": citation.title,
            }
            for citation in answer.citations
        ],
        "seconds": round(seconds, 6),
    }


def _write_run(path: Path, rankings: Mapping[str, Ranking]) -> None:
    """TREC format; scores fall strictly, so that a reader who sorts keeps our order."""
    with _written(path) as lines:
        for query, ranking in rankings.items():
            for rank, (document, score) in enumerate(ranking, 1):
                lines.write(f"{query} Q0 {document} {rank} {score - rank * 1e-6:.6f} {_TAG}\n")


def _write_json(path: Path, figures: Mapping[str, Any]) -> None:
    with _written(path) as file:
        file.write(json.dumps(figures, indent=2) + "\n")


def _check_writable(path: Path) -> None:
    """Before the long work, not after it; what stands in the file is left alone."""
    with _written(path, mode="a"):
        pass


@contextmanager
def _written(path: Path, mode: Literal["w", "a"] = "w") -> Iterator[TextIO]:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open(mode, encoding="utf-8") as file:
            yield file
    except OSError as fault:
        reason = f"写不进去（{fault.strerror}），请换一个可以写的文件"
        raise KnowledgeFault(where=str(path), reason=reason) from fault


def _readable(text: str, today: date) -> str:
    return read_question(text, today=today).text


def _batches(items: list[tuple[str, str]]) -> Iterable[list[tuple[str, str]]]:
    return (items[start : start + _AT_ONCE] for start in range(0, len(items), _AT_ONCE))


def _share(outcomes: Iterable[bool]) -> float:
    listed = list(outcomes)
    return sum(listed) / len(listed) if listed else 0.0


def _silent(_done: int, _total: int) -> None:
    pass
