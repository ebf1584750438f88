"""The packed weights file is read as its layout says, and nothing else is taken for it."""

import struct
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from inquiry_service.answering.packed_weights import Blocks, read_packed_model
from inquiry_service.errors import PartUnavailable
from packed_specimen import INNER, PIECES, WIDTH, pack_block, write_specimen


def test_a_block_is_a_scale_and_low_halves_before_high_halves() -> None:
    halves = bytes([0x10, 0xF8] + [0x88] * 14)
    raw = np.frombuffer(struct.pack("<e", 0.5) + halves, np.uint8)

    weights = Blocks.parse(raw, 32).dequantise()

    assert weights.shape == (1, 32)
    assert weights[0, :3].tolist() == [-4.0, 0.0, 0.0]
    assert weights[0, 16:19].tolist() == [-3.5, 3.5, 0.0]


@given(st.lists(st.integers(-8, 7), min_size=128, max_size=128), st.sampled_from([0.125, 1, 3]))
def test_what_was_packed_comes_back(halves: list[int], scale: float) -> None:
    rows = np.array(halves, np.float32).reshape(2, 64) * scale
    packed = b"".join(pack_block(block, scale) for block in rows.reshape(-1, 32))

    blocks = Blocks.parse(np.frombuffer(packed, np.uint8), 64)

    assert blocks.shape == (2, 64)
    assert np.array_equal(blocks.dequantise(), rows)


def test_a_whole_file_gives_shape_vocabulary_and_tensors(tmp_path: Path) -> None:
    model = read_packed_model(write_specimen(tmp_path / "packed.bin"))

    assert (model.shape.width, model.shape.layers, model.shape.inner) == (WIDTH, 2, INNER)
    assert model.shape.epsilon == pytest.approx(1e-12)
    assert model.pieces.texts == PIECES
    assert (model.pieces.begin, model.pieces.pad, model.pieces.end) == (0, 1, 2)
    assert model.matrices["emb.word"].shape == (len(PIECES), WIDTH)
    assert model.matrices["l1.fo.w"].shape == (WIDTH, INNER)
    assert model.vectors["l0.fi.b"].shape == (INNER,)


def test_another_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "other.bin").write_bytes(b"GGUF" + bytes(100))

    with pytest.raises(PartUnavailable, match=r"other\.bin 不是认识的格式"):
        read_packed_model(tmp_path / "other.bin")


@pytest.mark.parametrize("kept", [0.001, 0.01, 0.1, 0.5, 0.999])
def test_a_file_cut_short_is_refused(tmp_path: Path, kept: float) -> None:
    path = write_specimen(tmp_path / "packed.bin")
    whole = path.read_bytes()
    path.write_bytes(whole[: int(len(whole) * kept)])

    with pytest.raises(PartUnavailable, match="已损坏"):
        read_packed_model(path)
