"""What is kept of each passage between builds: its vectors and terms, by key.

A passage that is in the index in use, or was finished by a build that was broken off, is not read
by the encoder again. What a running build finishes is appended to files at once, so that a kill
loses one batch at most.
"""

import hashlib
import os
import shutil
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from inquiry_service.answering.lexical import Packed
from inquiry_service.answering.rows import Groups, Numbers
from inquiry_service.answering.vectors import KEY_LENGTH, Keys, Vectors

GROUPS = ("sentences", "terms")
_COUNTS = np.dtype((np.int64, len(GROUPS)))


def row_of(kind: str, dimension: int) -> np.dtype[Any]:
    """What one row of a kind of group, or of the vectors, looks like."""
    if kind == "terms":
        return np.dtype(np.uint64)
    return np.dtype((np.float32 if kind == "vectors" else np.float16, dimension))


@dataclass(frozen=True, slots=True)
class Encoded:
    """All that is computed for one passage."""

    key: bytes
    vector: Vectors
    sentences: NDArray[np.float16]
    terms: Packed


@dataclass(frozen=True)
class Kept:
    """Finished passages in the order they were kept; `rows` finds one by its key."""

    keys: Keys
    vectors: Vectors
    groups: Mapping[str, Groups]
    words: frozenset[str]

    @classmethod
    def nothing(cls, dimension: int) -> "Kept":
        none = np.zeros(0, np.int64)
        groups = {kind: Groups(np.zeros(0, row_of(kind, dimension)), none, none) for kind in GROUPS}
        keys = np.zeros((0, KEY_LENGTH), np.uint8)
        return cls(keys, np.zeros(0, row_of("vectors", dimension)), groups, frozenset())

    def rows(self) -> dict[bytes, int]:
        whole = np.ascontiguousarray(self.keys).tobytes()
        return {
            whole[row * KEY_LENGTH : (row + 1) * KEY_LENGTH]: row for row in range(len(self.keys))
        }


class Unfinished:
    """The folder of the running build; `recipe` names it, so what does not fit is not found."""

    def __init__(self, folder: Path, dimension: int) -> None:
        self.folder = folder
        self.dimension = dimension
        folder.mkdir(parents=True, exist_ok=True)
        self._cut_to_whole()

    def add(self, encoded: Sequence[Encoded], words: Iterable[str]) -> None:
        """Append a batch; keys come last, so that what has a key is all there."""
        self._append("words", "".join(f"{word}\n" for word in words).encode())
        for kind in GROUPS:
            self._append(kind, b"".join(getattr(one, kind).tobytes() for one in encoded))
        self._append("vectors", b"".join(one.vector.tobytes() for one in encoded))
        counts = [[len(getattr(one, kind)) for kind in GROUPS] for one in encoded]
        self._append("counts", np.asarray(counts, np.int64).tobytes())
        self._append("keys", b"".join(one.key for one in encoded))

    def kept(self) -> Kept:
        """Everything added so far, mapped from disk."""
        counts = self._counts()
        ends = np.cumsum(counts, axis=0)
        groups = {
            kind: Groups(self._mapped(kind), ends[:, at] - counts[:, at], counts[:, at])
            for at, kind in enumerate(GROUPS)
        }
        keys = np.fromfile(self.folder / "keys", np.uint8).reshape(-1, KEY_LENGTH)
        words = (self.folder / "words").read_text(encoding="utf-8").splitlines()
        return Kept(keys, self._mapped("vectors"), groups, frozenset(words))

    def discard(self) -> None:
        """Forget what was kept: it is part of an index now."""
        shutil.rmtree(self.folder, ignore_errors=True)

    def _append(self, name: str, content: bytes) -> None:
        with (self.folder / name).open("ab") as file:
            file.write(content)

    def _counts(self) -> Numbers:
        return np.fromfile(self.folder / "counts", np.int64).reshape(-1, len(GROUPS))

    def _mapped(self, kind: str) -> NDArray[Any]:
        return _mapped(self.folder / kind, row_of(kind, self.dimension))

    def _cut_to_whole(self) -> None:
        """Cut off a batch that was written by half, so that later ones line up."""
        for name in ("keys", "counts", "vectors", "words", *GROUPS):
            (self.folder / name).touch()
        keys = self._size("keys") // KEY_LENGTH
        self._cut("counts", keys * _COUNTS.itemsize)
        self._cut("vectors", keys * row_of("vectors", self.dimension).itemsize)
        self._cut("keys", keys * KEY_LENGTH)
        for kind, rows in zip(GROUPS, self._counts().sum(axis=0).tolist(), strict=True):
            self._cut(kind, rows * row_of(kind, self.dimension).itemsize)
        whole, _, _ = (self.folder / "words").read_bytes().rpartition(b"\n")
        self._cut("words", len(whole) + 1 if whole else 0)

    def _size(self, name: str) -> int:
        return (self.folder / name).stat().st_size

    def _cut(self, name: str, size: int) -> None:
        os.truncate(self.folder / name, size)


def _mapped(path: Path, row: np.dtype[Any]) -> NDArray[Any]:
    """The rows of a file without a header; an empty file cannot be mapped."""
    if not path.stat().st_size:
        return np.zeros(0, row)
    flat = np.memmap(path, row.base, mode="r")
    return np.asarray(flat).reshape(-1, *row.shape)


def name_of(*parts: object) -> str:
    """A short name that is the same for the same parts."""
    digest = hashlib.sha256()
    for part in parts:
        digest.update(repr(part).encode() + b"\x00")
    return digest.hexdigest()[:16]
