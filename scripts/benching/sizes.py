"""Many passages: building, opening and searching an index, and what is found of what is there."""

import gc
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from benching import drawn
from benching.figures import one_by_one, own_megabytes, resident_megabytes, say, table
from inquiry_service.answering.asking import AnswerEngine
from inquiry_service.answering.building import build_index
from inquiry_service.answering.index import DenseIndex, kind_for
from inquiry_service.answering.lexical import LexicalIndex
from inquiry_service.knowledge.library import library_of

QUESTIONS = 300
TERMS_ASKED = 22
DEEP = 10
_DOCUMENTS, _PASSAGES_EACH = 10_000, 10


@dataclass(frozen=True)
class VectorSearch:
    """One size of collection, searched by one thread."""

    count: int
    kind: str
    median: float
    late: float
    recall: float
    build_seconds: float
    file_megabytes: float
    resident: float
    """Megabytes that opening and the questions added, mapped pages included."""


def vectors(count: int) -> VectorSearch:
    """Synthetic vectors indexed, opened again, and searched beside an exact search."""
    say(f"{count:,} vectors: drawing them")
    with tempfile.TemporaryDirectory() as folder:
        rows = drawn.passages(count)
        asked = drawn.questions(rows, QUESTIONS)
        exact = [_best(rows @ question) for question in asked]
        np.save(Path(folder) / "vectors.npy", rows)
        say(f"{count:,} vectors: building the index")
        began = time.perf_counter()
        DenseIndex.build(rows).save(Path(folder) / "dense")
        seconds = time.perf_counter() - began
        del rows
        gc.collect()
        before = resident_megabytes()
        mapped = np.asarray(np.load(Path(folder) / "vectors.npy", mmap_mode="r"))
        kind = kind_for(count)
        index = DenseIndex.open(Path(folder) / "dense", kind.value, mapped)
        say(f"{count:,} vectors: searching")
        found = [index.nearest(question, DEEP)[0] for question in asked]
        times = one_by_one(lambda question: index.nearest(question, DEEP), list(asked))
        right = sum(len(np.intersect1d(a, b)) for a, b in zip(found, exact, strict=True))
        return VectorSearch(
            count,
            kind.value,
            times.median,
            times.late,
            right / (DEEP * len(asked)),
            seconds,
            (Path(folder) / "dense").stat().st_size / 1e6,
            resident_megabytes() - before,
        )


def _best(likeness: drawn.Vectors) -> np.ndarray:
    return np.argpartition(-likeness, DEEP)[:DEEP]


def words(count: int) -> tuple[int, float, float, float]:
    """Passages, and milliseconds to find the best 100 by words: middle, late, and of all scored."""
    say(f"{count:,} passages: their words")
    groups, common = drawn.terms(count)
    index = LexicalIndex.build(groups, ())
    del groups
    random = np.random.default_rng(5)
    asked = [
        {drawn.term(row): 1.0 for row in random.choice(len(common), TERMS_ASKED, p=common)}
        for _ in range(QUESTIONS // 3)
    ]
    times = one_by_one(lambda terms: index.asked(terms).best(100), asked)
    whole = one_by_one(lambda terms: index.asked(terms).whole(), asked)
    return count, times.median, times.late, whole.median


def opening() -> list[str]:
    """A whole index of 100,000 passages: built, opened, and built again with one change."""
    encoder = drawn.DrawnEncoder()
    documents = drawn.library(_DOCUMENTS, _PASSAGES_EACH)
    say(f"{_DOCUMENTS:,} documents: building")
    with tempfile.TemporaryDirectory() as folder:
        index = Path(folder)
        began = time.perf_counter()
        build_index(library_of(documents), encoder, index)
        first = time.perf_counter() - began
        say("opening")
        gc.collect()
        before = own_megabytes()
        opens = one_by_one(lambda _: AnswerEngine.open(index, encoder), range(3))
        memory = (own_megabytes() - before) / 3
        documents[_DOCUMENTS // 2] = drawn.document(_DOCUMENTS // 2, _PASSAGES_EACH, "（修改）")
        say("one document changed: building again")
        began = time.perf_counter()
        report = build_index(library_of(documents), encoder, index)
        again = time.perf_counter() - began
    rows = [
        ("building it, the encoder's own work left out", f"{first:.0f} s"),
        ("opening it", f"{opens.median / 1000:.2f} s"),
        ("memory for it, besides mapped files", f"{memory:.0f} MB"),
        (f"one document changed: {report.encoded} passages encoded", f"{again:.1f} s"),
    ]
    passages = _DOCUMENTS * _PASSAGES_EACH
    return [
        f"\nAn index of {_DOCUMENTS:,} documents with {passages:,} passages:\n",
        *table(("what", "takes"), rows),
    ]


def page(sizes: list[int]) -> tuple[list[str], list[VectorSearch]]:
    found = [vectors(count) for count in sizes]
    lines = ["\n## Size\n", "One thread; recall against exact search.\n"]
    lines += table(
        ("vectors", "kind", "p50", "p95", "recall@10", "built in", "file", "memory in use"),
        (
            (
                f"{one.count:,}",
                one.kind,
                f"{one.median:.1f} ms",
                f"{one.late:.1f} ms",
                f"{one.recall:.3f}",
                f"{one.build_seconds:.0f} s",
                f"{one.file_megabytes:.0f} MB",
                f"{one.resident:.0f} MB",
            )
            for one in found
        ),
    )
    lines += ["", "The best 100 by words, for questions of 22 terms:\n"]
    lines += table(
        ("passages", "p50", "p95", "scoring every passage instead"),
        (
            (f"{count:,}", f"{middle:.1f} ms", f"{late:.1f} ms", f"{whole:.1f} ms")
            for count, middle, late, whole in map(words, sizes)
        ),
    )
    return [*lines, *opening()], found
