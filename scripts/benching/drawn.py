"""Synthetic vectors and texts, distributed like those of a real library.

Vectors of this encoder lie close around one direction (mean likeness .87); what is left has a few
strong directions and many weak ones. Passages of a document are alike, documents of a subject
too. A question lies beside one of the passages. The figures were taken from our own library.
"""

import zlib
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from inquiry_service.answering.encoder import EncoderIdentity
from inquiry_service.answering.lexical import number_of
from inquiry_service.answering.rows import Groups

Vectors = NDArray[np.float32]
Shares = NDArray[np.float64]
DIMENSION = 384
_COMMON = 0.94
"""Length of the mean of unit vectors."""
_SPREAD = 0.12
_QUESTION_SPREAD = 0.20
_SUBJECT, _DOCUMENT, _PASSAGE = 0.35, 0.35, 0.30
_PASSAGES_EACH, _DOCUMENTS_EACH = 20, 100
_AT_ONCE = 50_000
_TERMS = 240_000


def _deviations(spread: float) -> Vectors:
    """Standard deviation in each direction: few strong ones, as in the real ones."""
    shares = 1.0 / (np.arange(DIMENSION) + 3.0)
    deviations: Vectors = np.sqrt(shares / shares.sum() * spread).astype(np.float32)
    return deviations


def passages(count: int, seed: int = 1) -> Vectors:
    random = np.random.default_rng(seed)
    middle = random.standard_normal(DIMENSION).astype(np.float32)
    middle *= _COMMON / np.linalg.norm(middle)
    spread = _deviations(_SPREAD)
    documents = max(1, count // _PASSAGES_EACH)
    subjects = _normal(random, max(1, documents // _DOCUMENTS_EACH), spread * _SUBJECT**0.5)
    centres = subjects[random.integers(len(subjects), size=documents)]
    centres = centres + _normal(random, documents, spread * _DOCUMENT**0.5)
    owners = np.sort(random.integers(documents, size=count))
    rows: Vectors = np.empty((count, DIMENSION), np.float32)
    for start in range(0, count, _AT_ONCE):
        mine = owners[start : start + _AT_ONCE]
        own = _normal(random, len(mine), spread * _PASSAGE**0.5)
        rows[start : start + _AT_ONCE] = _unit(middle + centres[mine] + own)
    return rows


def questions(rows: Vectors, count: int, seed: int = 2) -> Vectors:
    random = np.random.default_rng(seed)
    beside = rows[random.integers(len(rows), size=count)]
    return _unit(beside + _normal(random, count, _deviations(_QUESTION_SPREAD)))


def terms(count: int, length: int = 120, seed: int = 3) -> tuple[Groups, Shares]:
    """The terms of `count` passages, by Zipf's law; and how common each term is."""
    random = np.random.default_rng(seed)
    common: Shares = 1.0 / (np.arange(_TERMS, dtype=np.float64) + 20.0)
    common /= common.sum()
    numbers = np.asarray([number_of(term(row)) for row in range(_TERMS)], np.uint64)
    drawn = np.searchsorted(np.cumsum(common), random.random((count, length), np.float32))
    drawn = np.sort(drawn.clip(max=_TERMS - 1).astype(np.int32), axis=1)
    first = np.ones(drawn.shape, bool)
    first[:, 1:] = drawn[:, 1:] != drawn[:, :-1]
    counts = first.sum(axis=1)
    once = np.uint64(1)
    return Groups(numbers[drawn[first]] | once, np.cumsum(counts) - counts, counts), common


def term(row: int) -> str:
    return f"词{row}"


def write(folder: Path, number: int, passages_each: int, added: str = "") -> None:
    """A document whose passages are like no others, as a file; a hundred in a folder."""
    home = folder / f"{number // 100:03d}"
    home.mkdir(parents=True, exist_ok=True)
    title = f"关于第{number}号事项的通知"
    head = f"---\nid: drawn-{number}\ntitle: {title}\nkind: policy\nissuer: 某县商务局\n---\n"
    articles = [f"第{at + 1}条　{added}{_sentence(number, at)}\n" for at in range(passages_each)]
    (home / f"{number}.md").write_text("\n".join([head, *articles]), encoding="utf-8")


def _sentence(number: int, ordinal: int) -> str:
    random = np.random.default_rng([number, ordinal])
    signs = random.integers(0, 1200, size=110)
    return "".join(chr(0x4E00 + int(sign)) for sign in signs) + "。"


class DrawnEncoder:
    """Vectors drawn from the text's checksum: what building costs beside the encoder."""

    def __init__(self) -> None:
        self.identity = EncoderIdentity("drawn", "drawn-1", DIMENSION, "", "")
        self._rows = passages(4096)

    def encode_questions(self, texts: Sequence[str]) -> Vectors:
        return np.stack([self._vector(text) for text in texts])

    def encode_passages(self, texts: Sequence[str], *, progress: object = None) -> Vectors:
        del progress
        return self.encode_questions(texts)

    def _vector(self, text: str) -> Vectors:
        number = zlib.crc32(text.encode())
        mixed = self._rows[number % 4096] + self._rows[(number >> 12) % 4096] * 0.7
        row: Vectors = _unit(mixed.reshape(1, -1))[0]
        return row


def _normal(random: np.random.Generator, count: int, spread: Vectors) -> Vectors:
    drawn: Vectors = random.standard_normal((count, DIMENSION), dtype=np.float32) * spread
    return drawn


def _unit(rows: Vectors) -> Vectors:
    unit: Vectors = rows / np.linalg.norm(rows, axis=1, keepdims=True)
    return unit
