"""A packed model small enough to be made in a test: the real layout, random weights, 24 pieces."""

import struct
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

WIDTH, LAYERS, HEADS, INNER, POSITIONS, TYPES = 32, 2, 2, 64, 16, 2
SPECIAL = ("<s>", "<pad>", "</s>", "<unk>")
PIECES = (*SPECIAL, "▁", "▁query", "▁passage", ":", *"公开信息收费吗年报粮食0～", "<mask>")
VOCABULARY = len(PIECES)

_MATRICES = {"q.w": WIDTH, "k.w": WIDTH, "v.w": WIDTH, "ao.w": WIDTH, "fi.w": INNER, "fo.w": WIDTH}
_VECTORS = {
    "q.b": WIDTH, "k.b": WIDTH, "v.b": WIDTH, "ao.b": WIDTH, "aln.w": WIDTH, "aln.b": WIDTH,
    "fi.b": INNER, "fo.b": WIDTH, "oln.w": WIDTH, "oln.b": WIDTH,
}  # fmt: skip


@dataclass(frozen=True)
class Tensor:
    """One entry of the file's directory."""

    name: str
    kind: int
    count: int
    data: bytes


def pack_block(weights: NDArray[np.float32], scale: float) -> bytes:
    """32 weights as a half-precision scale and 16 bytes, written out as the layout says."""
    halves = np.clip(np.round(weights / scale) + 8, 0, 15).astype(np.uint8)
    return struct.pack("<e", scale) + bytes(
        int(low) | int(high) << 4 for low, high in zip(halves[:16], halves[16:], strict=True)
    )


def write_specimen(path: Path, seed: int = 7) -> Path:
    """Write a whole file."""
    head = struct.pack(
        "<4sI7ifi", b"E5S1", 1, WIDTH, LAYERS, HEADS, INNER, VOCABULARY, POSITIONS, TYPES, 1e-12, 32
    )
    front = head + _pieces() + struct.pack("<iI", 1, 5) + struct.pack("<IB", 9, 0)
    tensors = _tensors(np.random.default_rng(seed))
    length = len(front) + 4 + sum(2 + len(t.name) + 1 + 4 + 8 + 8 for t in tensors)
    entries, data = struct.pack("<i", len(tensors)), b""
    for t in tensors:
        place = struct.pack("<BIQQ", t.kind, t.count, length + len(data), len(t.data))
        entries += struct.pack("<H", len(t.name)) + t.name.encode() + place
        data += t.data
    path.write_bytes(front + entries + data)
    return path


def _pieces() -> bytes:
    texts = [piece.encode() for piece in PIECES]
    offsets = np.cumsum([0, *map(len, texts)]).astype("<u4")
    scores = -np.arange(len(PIECES)).astype("<f4") / 4
    places = struct.pack("<5iQ", len(PIECES), 0, 2, 1, 3, sum(map(len, texts)))
    return places + offsets.tobytes() + scores.tobytes() + b"".join(texts)


def _tensors(chance: np.random.Generator) -> list[Tensor]:
    def matrix(name: str, rows: int, columns: int) -> Tensor:
        weights = chance.normal(0, 0.3, (rows * columns // 32, 32)).astype(np.float32)
        blocks = b"".join(pack_block(block, 0.1) for block in weights)
        return Tensor(name, 1, rows * columns, blocks)

    def vector(name: str, count: int) -> Tensor:
        middle = 1.0 if name.endswith("ln.w") else 0.0
        numbers = chance.normal(middle, 0.1, count).astype("<f4")
        return Tensor(name, 0, count, numbers.tobytes())

    tensors = [
        matrix("emb.word", VOCABULARY, WIDTH),
        vector("emb.pos", POSITIONS * WIDTH),
        vector("emb.type", TYPES * WIDTH),
        vector("emb.ln.w", WIDTH),
        vector("emb.ln.b", WIDTH),
    ]
    for layer in range(LAYERS):
        for name, rows in _MATRICES.items():
            columns = INNER if name == "fo.w" else WIDTH
            tensors.append(matrix(f"l{layer}.{name}", rows, columns))
        tensors += [vector(f"l{layer}.{name}", count) for name, count in _VECTORS.items()]
    return tensors
