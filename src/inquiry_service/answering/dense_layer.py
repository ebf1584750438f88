"""A linear layer between pooling and length 1, kept as sentence-transformers keeps it.

The format is its `Dense` module: a configuration and a safetensors file, which is a JSON header and
raw numbers. Only linear layers are read; one with an activation is refused.
"""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from inquiry_service.errors import ConfigurationFault

__all__ = ["FOLDER", "WEIGHTS", "DenseLayer", "read_dense", "write_dense"]

FOLDER = "2_Dense"
WEIGHTS, _CONFIG = "model.safetensors", "config.json"
_LINEAR = "torch.nn.modules.linear.Identity"
_KINDS = {"F32": np.float32, "F16": np.float16}

Numbers = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class DenseLayer:
    """What every pooled vector is multiplied by, and what is added then."""

    weight: Numbers
    """One row for each number that goes in, one column for each that comes out."""
    bias: Numbers | None = None

    def __call__(self, pooled: Numbers) -> Numbers:
        turned: Numbers = pooled @ self.weight
        return turned if self.bias is None else turned + self.bias


def write_dense(weight: Numbers, folder: Path) -> None:
    """Write a layer without bias into a new folder; `weight` as in `DenseLayer`."""
    folder.mkdir()
    config = {
        "in_features": weight.shape[0],
        "out_features": weight.shape[1],
        "bias": False,
        "activation_function": _LINEAR,
    }
    (folder / _CONFIG).write_text(json.dumps(config, indent=2) + "\n", "utf-8")
    rows = np.ascontiguousarray(weight.T, np.float32)
    told = {"dtype": "F32", "shape": list(rows.shape), "data_offsets": [0, rows.nbytes]}
    header = json.dumps({"__metadata__": {"format": "pt"}, "linear.weight": told}).encode()
    header += b" " * (-len(header) % 8)
    content = len(header).to_bytes(8, "little") + header + rows.tobytes()
    (folder / WEIGHTS).write_bytes(content)


def read_dense(folder: Path) -> DenseLayer:
    """Raises `ConfigurationFault` when the layer is damaged or not linear."""
    try:
        config = json.loads((folder / _CONFIG).read_text("utf-8"))
        tensors = _tensors((folder / WEIGHTS).read_bytes())
        weight, bias = tensors["linear.weight"].T, tensors.get("linear.bias")
    except (OSError, ValueError, KeyError, TypeError) as unreadable:
        raise ConfigurationFault("INQUIRY_ENCODER_MODEL", f"{folder} 不能读取") from unreadable
    if config.get("activation_function", _LINEAR) != _LINEAR:
        raise ConfigurationFault("INQUIRY_ENCODER_MODEL", f"{folder} 不是线性层，不支持")
    return DenseLayer(np.ascontiguousarray(weight), bias)


def _tensors(content: bytes) -> dict[str, Numbers]:
    begins = 8 + int.from_bytes(content[:8], "little")
    header: dict[str, Any] = json.loads(content[8:begins])
    return {
        name: _tensor(content[begins:], told)
        for name, told in header.items()
        if name != "__metadata__"
    }


def _tensor(data: bytes, told: dict[str, Any]) -> Numbers:
    start, end = told["data_offsets"]
    numbers = np.frombuffer(data[start:end], _KINDS[told["dtype"]])
    shaped: Numbers = numbers.reshape(told["shape"]).astype(np.float32)
    return shaped
