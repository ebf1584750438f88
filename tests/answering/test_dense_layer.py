"""The linear layer behind pooling: written as sentence-transformers reads it, read with care."""

import json
from pathlib import Path

import numpy as np
import pytest

from inquiry_service.answering.dense_layer import read_dense, write_dense
from inquiry_service.answering.model_directory import open_model_directory
from inquiry_service.errors import ConfigurationFault

WEIGHT = np.array([[1, 0, 2], [0, 3, 0]], np.float32)


def test_what_is_written_turns_vectors_the_same_when_read_again(tmp_path: Path) -> None:
    write_dense(WEIGHT, tmp_path / "2_Dense")

    layer = read_dense(tmp_path / "2_Dense")

    assert layer(np.array([1, 10], np.float32)).tolist() == [1, 30, 2]


def test_a_layer_in_half_precision_with_a_bias_is_read(tmp_path: Path) -> None:
    told = {
        "linear.bias": {"dtype": "F16", "shape": [2], "data_offsets": [0, 4]},
        "linear.weight": {"dtype": "F16", "shape": [2, 1], "data_offsets": [4, 8]},
    }
    header = json.dumps(told).encode()
    numbers = np.array([0.5, 0, 2, 4], np.float16).tobytes()
    (tmp_path / "config.json").write_text("{}")
    (tmp_path / "model.safetensors").write_bytes(
        len(header).to_bytes(8, "little") + header + numbers
    )

    assert read_dense(tmp_path)(np.array([10], np.float32)).tolist() == [20.5, 40]


@pytest.mark.parametrize("content", [b"", b"\xff" * 40, b"\x02" + b"\0" * 7 + b"{}", b"\x05\0"])
def test_a_damaged_layer_is_refused_with_its_place(tmp_path: Path, content: bytes) -> None:
    write_dense(WEIGHT, tmp_path / "2_Dense")
    (tmp_path / "2_Dense" / "model.safetensors").write_bytes(content)

    with pytest.raises(ConfigurationFault, match="2_Dense 不能读取"):
        read_dense(tmp_path / "2_Dense")


def test_a_layer_that_is_not_linear_is_refused(tmp_path: Path) -> None:
    write_dense(WEIGHT, tmp_path / "2_Dense")
    config = {"activation_function": "torch.nn.modules.activation.Tanh"}
    (tmp_path / "2_Dense" / "config.json").write_text(json.dumps(config))

    with pytest.raises(ConfigurationFault, match="不是线性层"):
        read_dense(tmp_path / "2_Dense")


@pytest.fixture
def foreign(tmp_path: Path) -> Path:
    """Somebody's model directory with a layer from two numbers to three."""
    write_dense(WEIGHT, tmp_path / "2_Dense")
    content = {
        "config.json": {"hidden_size": 2},
        "tokenizer.json": {},
        "modules.json": [
            {"path": path, "type": f"sentence_transformers.models.{kind}"}
            for kind, path in (("Transformer", ""), ("Pooling", "1_Pooling"), ("Dense", "2_Dense"))
        ],
    }
    for name, told in content.items():
        (tmp_path / name).write_text(json.dumps(told))
    (tmp_path / "model.safetensors").write_bytes(b"weights")
    return tmp_path


def test_a_foreign_directory_with_a_layer_has_its_width_and_a_digest_of_its_own(
    foreign: Path,
) -> None:
    model = open_model_directory(foreign)
    (foreign / "modules.json").write_text("[]")
    without = open_model_directory(foreign)

    assert (model.dense, model.identity.dimension) == (foreign / "2_Dense", 3)
    assert (without.dense, without.identity.dimension) == (None, 2)
    assert model.identity.digest != without.identity.digest


def test_a_module_that_is_not_known_is_refused_instead_of_left_out(foreign: Path) -> None:
    modules = [{"path": "2_LSTM", "type": "sentence_transformers.models.LSTM"}]
    (foreign / "modules.json").write_text(json.dumps(modules))

    with pytest.raises(ConfigurationFault, match=r"不支持.*LSTM"):
        open_model_directory(foreign)


@pytest.mark.parametrize(
    "modules", ['{"0": "Dense"}', '["Dense"]', '[{"path": "2_Dense"}]', "[[]]"]
)
def test_a_list_of_modules_in_another_form_is_refused(foreign: Path, modules: str) -> None:
    (foreign / "modules.json").write_text(modules)

    with pytest.raises(ConfigurationFault, match=r"modules\.json 不能读取"):
        open_model_directory(foreign)


@pytest.mark.parametrize("missing", ["config.json", "model.safetensors"])
def test_a_layer_of_which_a_file_is_missing_is_refused(foreign: Path, missing: str) -> None:
    (foreign / "2_Dense" / missing).unlink()

    with pytest.raises(ConfigurationFault, match="2_Dense 不能读取"):
        open_model_directory(foreign)
