"""The honest twin of the encoder: hashed character sequences instead of a learnt network.

It keeps every promise of `Encoder` except understanding: texts are alike when they share
characters and their neighbours, which is enough for tests and for trying the service without a
model. Deterministic on every machine.
"""

import unicodedata
import zlib
from collections.abc import Iterator, Sequence

import numpy as np

from inquiry_service.answering.encoder import EncoderIdentity, Progress, Vectors

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

    def _encode_one(self, text: str) -> Vectors:
        row: Vectors = np.zeros(self.identity.dimension, np.float32)
        # A place that every text has keeps blank texts at length 1.
        row[0] = 0.5
        for sequence in _sequences(text):
            hashed = zlib.crc32(sequence.encode())
            row[hashed % self.identity.dimension] += 1.0 if hashed & (1 << 31) else -1.0
        unit: Vectors = row / max(float(np.linalg.norm(row)), 1e-12)
        return unit


def _sequences(text: str) -> Iterator[str]:
    """Every run of one to three characters, without white space and full-width differences."""
    plain = "".join(unicodedata.normalize("NFKC", text[:LONGEST_TEXT]).lower().split())
    for length in range(1, LONGEST_SEQUENCE + 1):
        for start in range(len(plain) - length + 1):
            yield plain[start : start + length]
