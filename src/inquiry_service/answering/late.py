"""Token vectors made small: fewer numbers for each token, and one byte for each number."""

from functools import cache

import numpy as np
from numpy.typing import NDArray

WIDTH = 64
"""Numbers kept of each token."""
_ONE = 127.0


def compress(token_vectors: NDArray[np.float32]) -> NDArray[np.int8]:
    """Rows of `WIDTH` numbers from -127 to 127, whose products are near those of the tokens.

    The directions are fixed, not learnt from what is indexed: a passage's rows never depend on
    its neighbours, so an index grows by parts.
    """
    small = token_vectors @ _directions(token_vectors.shape[1])
    length = np.maximum(np.linalg.norm(small, axis=1, keepdims=True), 1e-12)
    rows: NDArray[np.int8] = np.rint(small / length * _ONE).astype(np.int8)
    return rows


@cache
def _directions(dimension: int) -> NDArray[np.float32]:
    signs = np.random.Generator(np.random.PCG64(0)).integers(0, 2, (dimension, WIDTH))
    return (signs * 2 - 1).astype(np.float32)
