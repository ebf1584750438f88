"""Vectors of questions that documents name, which need not be computed again."""

import hashlib
import shutil
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

Vectors = NDArray[np.float32]
Keys = NDArray[np.uint8]

KEY_LENGTH = 16


def key_of(text: str, *, asked: bool = False) -> bytes:
    """Names a vector by the text it stands for; questions are embedded unlike what is published."""
    prefix = "question" if asked else "passage"
    return hashlib.sha256(f"{prefix}\x00{text}".encode()).digest()[:KEY_LENGTH]


class VectorStore:
    """Vectors by key. What is added is on disk at once, so a kill loses one batch at most."""

    def __init__(self, folder: Path, dimension: int) -> None:
        self._folder = folder
        self._dimension = dimension
        self._rows: dict[bytes, Vectors] = {}
        self._read_back()

    def __contains__(self, key: bytes) -> bool:
        return key in self._rows

    def borrow(self, keys: Keys, vectors: Vectors) -> None:
        """Use vectors that are kept elsewhere."""
        for key, vector in zip(keys, vectors, strict=True):
            self._rows.setdefault(key.tobytes(), vector)

    def add(self, texts: Sequence[str], vectors: Vectors, *, asked: bool = False) -> None:
        keys = [key_of(text, asked=asked) for text in texts]
        self._folder.mkdir(parents=True, exist_ok=True)
        whole = np.ascontiguousarray(vectors, dtype=np.float32)
        with (self._folder / "vectors").open("ab") as file:
            file.write(whole.tobytes())
        with (self._folder / "keys").open("ab") as file:
            file.write(b"".join(keys))
        self._rows.update(zip(keys, whole, strict=True))

    def rows(self, keys: Sequence[bytes]) -> Vectors:
        if not keys:
            return np.zeros((0, self._dimension), dtype=np.float32)
        return np.stack([self._rows[key] for key in keys]).astype(np.float32)

    def discard(self) -> None:
        """Forget what was kept on disk: it is part of an index now."""
        shutil.rmtree(self._folder, ignore_errors=True)

    def _read_back(self) -> None:
        try:
            keys = (self._folder / "keys").read_bytes()
            flat = np.fromfile(self._folder / "vectors", dtype=np.float32)
        except FileNotFoundError:
            return
        count = min(len(keys) // KEY_LENGTH, len(flat) // self._dimension)
        vectors = flat[: count * self._dimension].reshape(count, self._dimension)
        for row in range(count):
            self._rows[keys[row * KEY_LENGTH : (row + 1) * KEY_LENGTH]] = vectors[row]
        self._write_whole(keys[: count * KEY_LENGTH], vectors)

    def _write_whole(self, keys: bytes, vectors: Vectors) -> None:
        """Cut off a batch that was written by half, so that later ones line up."""
        (self._folder / "keys").write_bytes(keys)
        (self._folder / "vectors").write_bytes(vectors.tobytes())
