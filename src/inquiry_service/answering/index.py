"""The vector index. The only module that loads faiss.

Few vectors are searched exactly. Of many, those are compared that lie in the cells nearest to the
question, in eight bits a number, and the best of them again exactly. The kind stands in the
manifest; figures are in docs/decisions. One thread per search: questions run side by side, and
small matrices lose time at thread barriers.
"""

import math
from enum import StrEnum
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

Vectors = NDArray[np.float32]

EXACT_UP_TO = 20_000
"""Vectors that are all compared: 30 MB, which takes about 3 ms."""
_CELLS_PER_ROOT = 2
_SAMPLES_PER_CELL = 48
_ROUNDS = 6
_SEARCHED_SHARE = 8
"""One cell of so many is searched, and never fewer than `_LEAST_SEARCHED`."""
_LEAST_SEARCHED = 64
_COMPARED_AGAIN = 2
_LEAST_COMPARED_AGAIN = 100
_SEED = 20_170_101


class Kind(StrEnum):
    """How vectors are searched."""

    EXACT = "exact"
    CELLS = "cells"


def kind_for(count: int) -> Kind:
    return Kind.EXACT if count <= EXACT_UP_TO else Kind.CELLS


class DenseIndex:
    """Finds the nearest passages by inner product of normalised vectors. Thread-safe."""

    def __init__(self, faiss_index: Any, kind: Kind, vectors: Vectors) -> None:
        self._index = faiss_index
        self._vectors = vectors
        self.kind = kind
        if kind is Kind.CELLS:
            faiss_index.nprobe = max(_LEAST_SEARCHED, faiss_index.nlist // _SEARCHED_SHARE)

    @classmethod
    def build(cls, vectors: Vectors, kind: Kind | None = None) -> "DenseIndex":
        """Index one normalised vector per passage, in the order of their ordinals.

        The same vectors give the same index. `kind` is chosen by their number unless given.
        """
        import faiss

        kind = kind or kind_for(len(vectors))
        index = _exact(vectors) if kind is Kind.EXACT else _cells(vectors)
        faiss.omp_set_num_threads(1)
        return cls(index, kind, vectors)

    @classmethod
    def open(cls, path: Path, kind: str, vectors: Vectors) -> "DenseIndex":
        """Raises `RuntimeError` or `ValueError` when the file is no vector index of this kind."""
        import faiss

        faiss.omp_set_num_threads(1)
        known = Kind(kind)
        return cls(faiss.read_index(str(path), faiss.IO_FLAG_MMAP), known, vectors)

    def save(self, path: Path) -> None:
        import faiss

        faiss.write_index(self._index, str(path))

    @property
    def count(self) -> int:
        return int(self._index.ntotal)

    def nearest(self, vector: Vectors, k: int) -> tuple[NDArray[np.int64], Vectors]:
        """Ordinals and inner products of the `k` nearest, best first; fewer when there are."""
        k = min(k, self.count)
        if self.kind is Kind.EXACT:
            scores, ordinals = self._index.search(vector.reshape(1, -1), k)
            return ordinals[0], scores[0]
        wanted = min(max(_COMPARED_AGAIN * k, _LEAST_COMPARED_AGAIN), self.count)
        _, ordinals = self._index.search(vector.reshape(1, -1), wanted)
        able = np.sort(ordinals[0][ordinals[0] >= 0])
        scores = self._vectors[able] @ vector
        order = np.argsort(-scores, kind="stable")[:k]
        return able[order], scores[order]


def _exact(vectors: Vectors) -> Any:
    import faiss

    index = faiss.IndexFlatIP(vectors.shape[1])
    index.add(np.ascontiguousarray(vectors, dtype=np.float32))
    return index


def _cells(vectors: Vectors) -> Any:
    """Unit vectors are as near by distance as by inner product; distance makes better cells."""
    import faiss

    count, dimension = vectors.shape
    cells = max(1, min(count, int(_CELLS_PER_ROOT * math.sqrt(count))))
    index = faiss.IndexIVFScalarQuantizer(
        faiss.IndexFlatL2(dimension), dimension, cells, faiss.ScalarQuantizer.QT_8bit
    )
    index.cp.niter, index.cp.seed = _ROUNDS, _SEED
    index.cp.min_points_per_centroid = 1
    samples = min(count, cells * _SAMPLES_PER_CELL)
    faiss.omp_set_num_threads(2)
    some = np.sort(np.random.Generator(np.random.PCG64(_SEED)).permutation(count)[:samples])
    index.train(np.ascontiguousarray(vectors[some], dtype=np.float32))
    for start in range(0, count, _AT_ONCE):
        index.add(np.ascontiguousarray(vectors[start : start + _AT_ONCE], dtype=np.float32))
    return index


_AT_ONCE = 50_000
"""Vectors added at a time, so that a mapped file is not held in memory."""
