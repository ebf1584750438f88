"""The vector index. The only module that loads faiss.

Small collections are searched exactly; the kind is written in the file, so a larger collection may
be built as another kind without a change to whoever searches. One thread per search: questions run
side by side, and small matrices lose time at thread barriers.
"""

from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

Vectors = NDArray[np.float32]


class DenseIndex:
    """Finds the nearest passages by inner product of normalised vectors. Thread-safe."""

    def __init__(self, faiss_index: Any) -> None:
        self._index = faiss_index

    @classmethod
    def build(cls, vectors: Vectors) -> "DenseIndex":
        """Index one normalised vector per passage, in the order of their ordinals."""
        import faiss

        faiss.omp_set_num_threads(1)
        index = faiss.IndexFlatIP(vectors.shape[1])
        index.add(np.ascontiguousarray(vectors, dtype=np.float32))
        return cls(index)

    @classmethod
    def open(cls, path: Path) -> "DenseIndex":
        """Raises `RuntimeError` when the file is not a vector index."""
        import faiss

        faiss.omp_set_num_threads(1)
        return cls(faiss.read_index(str(path)))

    def save(self, path: Path) -> None:
        import faiss

        faiss.write_index(self._index, str(path))

    @property
    def count(self) -> int:
        return int(self._index.ntotal)

    def nearest(self, vector: Vectors, k: int) -> tuple[NDArray[np.int64], Vectors]:
        """Ordinals and inner products of the `k` nearest, best first; fewer when there are."""
        scores, ordinals = self._index.search(vector.reshape(1, -1), min(k, self.count))
        found = ordinals[0] >= 0
        return ordinals[0][found], scores[0][found]
