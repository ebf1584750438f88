"""Many passages: searching vectors and words, and what is found of what is there."""

import gc
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from benching import drawn
from benching.figures import one_by_one, resident_megabytes, say
from benching.told import Told
from inquiry_service.answering.index import DenseIndex, kind_for
from inquiry_service.answering.lexical import LexicalIndex
from inquiry_service.answering.scoring import Limits

SIZES = (100_000, 1_000_000)
WORDS = 100_000
QUESTIONS = 300
TERMS_ASKED = 22
DEEP = 10
_AT_ONCE = 50_000


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


def told(sizes: tuple[int, ...] = SIZES, words_of: int = WORDS) -> Told:
    told = Told()
    for count in sizes:
        one = vectors(count)
        told.line(
            "vectors",
            f"{count:,}",
            one.kind,
            f"{one.median:.1f} ms",
            f"{one.late:.1f} ms",
            f"{one.recall:.3f}",
            f"{one.build_seconds:.0f} s",
            f"{one.file_megabytes:.0f} MB",
            f"{one.resident:.0f} MB",
        )
        length = f"{one.late:.1f} ms, recall {one.recall:.3f}"
        told.bar("Nearest ten of many, p95", f"{count:,} vectors", one.late, length, ours=True)
    told.line("words", *words(words_of))
    return told


def vectors(count: int) -> VectorSearch:
    """Synthetic vectors indexed, opened again, and searched beside an exact search."""
    say(f"vectors: drawing {count:,}")
    with tempfile.TemporaryDirectory() as folder:
        rows = drawn.passages(count)
        asked = drawn.questions(rows, QUESTIONS)
        exact = _nearest(rows, asked)
        np.save(Path(folder) / "vectors.npy", rows)
        say(f"vectors: building the index of {count:,}")
        began = time.perf_counter()
        DenseIndex.build(rows).save(Path(folder) / "dense")
        seconds = time.perf_counter() - began
        del rows
        gc.collect()
        before = resident_megabytes()
        mapped = np.asarray(np.load(Path(folder) / "vectors.npy", mmap_mode="r"))
        kind = kind_for(count)
        index = DenseIndex.open(Path(folder) / "dense", kind.value, mapped)
        say(f"vectors: searching {count:,}")
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


def _nearest(rows: drawn.Vectors, asked: drawn.Vectors) -> NDArray[np.int64]:
    """The ten nearest of each question among all, block after block."""
    best = np.zeros((len(asked), 0), np.float32)
    names = np.zeros((len(asked), 0), np.int64)
    for start in range(0, len(rows), _AT_ONCE):
        block = asked @ rows[start : start + _AT_ONCE].T
        here = np.argpartition(-block, DEEP, axis=1)[:, :DEEP]
        best = np.hstack([best, np.take_along_axis(block, here, axis=1)])
        names = np.hstack([names, here + start])
    order = np.argsort(-best, axis=1, kind="stable")[:, :DEEP]
    found: NDArray[np.int64] = np.take_along_axis(names, order, axis=1)
    return found


def words(count: int) -> tuple[str, ...]:
    """Passages, and how long the best 100 by words take: middle, late, and of all scored."""
    say(f"vectors: {count:,} passages by words")
    groups, common = drawn.terms(count)
    index = LexicalIndex.build(groups, ())
    random = np.random.default_rng(5)
    asked = [
        {drawn.term(row): 1.0 for row in random.choice(len(common), TERMS_ASKED, p=common)}
        for _ in range(QUESTIONS // 3)
    ]
    times = one_by_one(lambda terms: index.asked(terms).best(100), asked)
    index.limits = Limits(scored_whole=count)
    whole = one_by_one(lambda terms: index.asked(terms).best(100), asked)
    middle, late, every = (f"{one:.1f} ms" for one in (times.median, times.late, whole.median))
    return f"{count:,}", middle, late, every
