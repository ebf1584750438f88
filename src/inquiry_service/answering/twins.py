"""The honest twin of the encoder: hashed character sequences instead of a learnt network.

It keeps every promise of `Encoder` except understanding: texts are alike when they share
characters and their neighbours, which is enough for tests and for trying the service without a
model. Deterministic on every machine.
"""

import unicodedata
import zlib
from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from inquiry_service.answering.encoder import EncoderIdentity, Progress, Vectors, Whole

LONGEST_SEQUENCE = 3
LONGEST_TEXT = 2048
"""Characters read of one text; the rest is cut off, as a real model does."""


class HashingEncoder:
    """Sequences of one to three characters, hashed into `dimension` signed places."""

    def __init__(self, dimension: int = 256) -> None:
        self.identity = EncoderIdentity(
            model="hashing",
            digest=f"hashing-1-{dimension}",
            dimension=dimension,
            question_prompt="",
            passage_prompt="",
        )

    def encode_questions(self, texts: Sequence[str]) -> Vectors:
        return self.encode_passages(texts)

    def encode_passages(self, texts: Sequence[str], *, progress: Progress | None = None) -> Vectors:
        rows: Vectors = np.zeros((len(texts), self.identity.dimension), np.float32)
        for place, text in enumerate(texts):
            rows[place] = self._encode_one(text)
            if progress is not None:
                progress(place + 1)
        return rows

    def encode_questions_whole(self, texts: Sequence[str]) -> Iterator[Whole]:
        return self.encode_passages_whole(texts)

    def encode_passages_whole(self, texts: Sequence[str]) -> Iterator[Whole]:
        return (self._whole(text) for text in texts)

    def _encode_one(self, text: str) -> Vectors:
        hashed, _ = self._hashed(_plain(text)[0])
        return self._pooled(hashed)

    def _whole(self, text: str) -> Whole:
        """A token for each character: the sequences that begin with it."""
        plain, origins = _plain(text)
        hashed, starts = self._hashed(plain)
        tokens: Vectors = np.zeros((len(plain), self.identity.dimension), np.float32)
        np.add.at(tokens, (starts, hashed % self.identity.dimension), _signs(hashed))
        spans = np.asarray([(at, at + 1) for at in origins], np.int32).reshape(-1, 2)
        return Whole(self._pooled(hashed), tokens, spans)

    def _hashed(self, plain: str) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Every run of one to three characters as a number, and where it begins."""
        found = [
            (zlib.crc32(plain[start : start + length].encode()), start)
            for length in range(1, LONGEST_SEQUENCE + 1)
            for start in range(len(plain) - length + 1)
        ]
        pairs = np.asarray(found, np.int64).reshape(-1, 2)
        return pairs[:, 0], pairs[:, 1]

    def _pooled(self, hashed: NDArray[np.int64]) -> Vectors:
        row: Vectors = np.zeros(self.identity.dimension, np.float32)
        # A place that every text has keeps blank texts at length 1.
        row[0] = 0.5
        np.add.at(row, hashed % self.identity.dimension, _signs(hashed))
        unit: Vectors = row / max(float(np.linalg.norm(row)), 1e-12)
        return unit


def _signs(hashed: NDArray[np.int64]) -> Vectors:
    return np.where(hashed & (1 << 31), np.float32(1.0), np.float32(-1.0))


def _plain(text: str) -> tuple[str, list[int]]:
    """Without white space and full-width differences; and where each character came from."""
    pairs = [
        (plain, at)
        for at, character in enumerate(text[:LONGEST_TEXT])
        for plain in unicodedata.normalize("NFKC", character).lower()
        if not plain.isspace()
    ]
    return "".join(plain for plain, _ in pairs), [at for _, at in pairs]
