"""What a model directory says about itself: which model, which prompts, how its tokens are pooled.

Two kinds are read: one that `preparing` wrote, with its record `inquiry-model.json`, and a foreign
sentence-transformers directory, whose own configuration files are read instead.
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

from inquiry_service.answering.dense_layer import WEIGHTS, DenseLayer, read_dense
from inquiry_service.errors import ConfigurationFault, PartUnavailable

RECORD = "inquiry-model.json"
RECORD_FORMAT = 1
ONNX_CHOICES = ("model_int8.onnx", "model_qint8.onnx", "model_quantized.onnx", "model.onnx")


class Pooling(StrEnum):
    """How one vector is made of the vectors of a text's tokens."""

    MEAN = "mean"
    FIRST = "first"


@dataclass(frozen=True, slots=True)
class EncoderIdentity:
    """Which model makes the vectors, and how it is spoken to."""

    model: str
    digest: str
    """sha256; the same digest means vectors that may be compared."""
    dimension: int
    question_prompt: str
    passage_prompt: str


@dataclass(frozen=True, slots=True)
class ModelDirectory:
    """A directory that can be opened. `onnx` is None when only sentence-transformers can."""

    directory: Path
    identity: EncoderIdentity
    pooling: Pooling
    max_tokens: int
    onnx: Path | None
    dense: Path | None = None
    """The folder of a linear layer that stands between pooling and length 1."""

    def layer(self) -> DenseLayer | None:
        return read_dense(self.dense) if self.dense else None


def sha256_of(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def open_model_directory(directory: Path) -> ModelDirectory:
    """Read and check a directory; raises `PartUnavailable` when it is missing or damaged."""
    if not directory.is_dir():
        raise PartUnavailable(
            f"编码模型（目录 {directory} 不存在，请先运行 inquiry-service encoder prepare）"
        )
    if (directory / RECORD).is_file():
        return _prepared(directory)
    return _foreign(directory)


def check_files(directory: Path, files: Mapping[str, Mapping[str, Any]]) -> None:
    """Compare files with their record: the size of all, the digest of those that answering loads.

    Hashing the half gigabyte of full weights at each start would take seconds and protect
    nothing that answering reads.
    """
    for name, recorded in files.items():
        path = directory / name
        if not path.is_file() or path.stat().st_size != recorded["bytes"]:
            raise _damaged(directory, name)
        if recorded["loaded"] and sha256_of(path) != recorded["sha256"]:
            raise _damaged(directory, name)


def _damaged(directory: Path, name: str) -> PartUnavailable:
    return PartUnavailable(
        f"编码模型（{directory} 里的 {name} 缺失或已损坏，"
        "请删除该目录后运行 inquiry-service encoder prepare）"
    )


def _prepared(directory: Path) -> ModelDirectory:
    try:
        record = json.loads((directory / RECORD).read_text("utf-8"))
        if record["format"] != RECORD_FORMAT:
            raise _damaged(directory, RECORD)
        check_files(directory, record["files"])
        return ModelDirectory(
            directory=directory,
            identity=EncoderIdentity(**record["identity"]),
            pooling=Pooling(record["pooling"]),
            max_tokens=record["max_tokens"],
            onnx=directory / record["onnx"],
            dense=directory / record["dense"] if record.get("dense") else None,
        )
    except (ValueError, KeyError, TypeError) as unreadable:
        raise _damaged(directory, RECORD) from unreadable


def _foreign(directory: Path) -> ModelDirectory:
    onnx = find_onnx(directory)
    weights = onnx or directory / "model.safetensors"
    for needed in (directory / "config.json", directory / "tokenizer.json", weights):
        if not needed.is_file():
            raise ConfigurationFault(
                "INQUIRY_ENCODER_MODEL", f"{directory} 不是完整的模型目录，缺少 {needed.name}"
            )
    config = _read(directory / "config.json")
    prompts = _read(directory / "config_sentence_transformers.json").get("prompts") or {}
    dense = _dense(directory)
    layer = read_dense(dense) if dense else None
    return ModelDirectory(
        directory=directory,
        identity=EncoderIdentity(
            model=directory.resolve().name,
            digest=_digest_of(
                weights, directory / "tokenizer.json", *([dense / WEIGHTS] if dense else [])
            ),
            dimension=layer.weight.shape[1] if layer else config["hidden_size"],
            question_prompt=prompts.get("query", ""),
            passage_prompt=prompts.get("passage", prompts.get("document", "")),
        ),
        pooling=_pooling(directory),
        max_tokens=_max_tokens(directory, config),
        onnx=onnx,
        dense=dense,
    )


def find_onnx(directory: Path) -> Path | None:
    """Return the ONNX file to use: int8 before full precision; None when there is none."""
    folder = directory / "onnx"
    found = [folder / name for name in ONNX_CHOICES if (folder / name).is_file()]
    return found[0] if found else None


def _digest_of(*files: Path) -> str:
    return hashlib.sha256("".join(map(sha256_of, files)).encode()).hexdigest()


def _dense(directory: Path) -> Path | None:
    """The folder of the one linear layer; other modules than the usual are refused."""
    modules = _read(directory / "modules.json") or []
    known = ("Transformer", "Pooling", "Normalize", "Dense")
    try:
        kinds = [module["type"].rsplit(".", 1)[-1] for module in modules]
        places = [directory / module["path"] for module in modules]
    except (TypeError, KeyError, AttributeError) as unreadable:
        raise ConfigurationFault(
            "INQUIRY_ENCODER_MODEL", f"{directory / 'modules.json'} 不能读取"
        ) from unreadable
    layers = [place for place, kind in zip(places, kinds, strict=True) if kind == "Dense"]
    if len(layers) > 1 or not set(kinds) <= set(known):
        raise ConfigurationFault(
            "INQUIRY_ENCODER_MODEL", f"不支持 {directory} 里的模块：{'、'.join(kinds)}"
        )
    return layers[0] if layers else None


def _pooling(directory: Path) -> Pooling:
    config = _read(directory / "1_Pooling" / "config.json")
    mode = config.get("pooling_mode", "cls" if config.get("pooling_mode_cls_token") else "mean")
    if mode not in ("cls", "mean"):
        raise ConfigurationFault("INQUIRY_ENCODER_MODEL", f"不支持的池化方式 {mode}")
    return Pooling.FIRST if mode == "cls" else Pooling.MEAN


def _max_tokens(directory: Path, config: dict[str, Any]) -> int:
    declared = _read(directory / "sentence_bert_config.json").get("max_seq_length")
    return int(declared or config.get("max_position_embeddings") or 512)


def _read(path: Path) -> Any:
    if not path.is_file():
        return {}
    try:
        content = json.loads(path.read_text("utf-8"))
    except ValueError as unreadable:
        raise ConfigurationFault("INQUIRY_ENCODER_MODEL", f"{path} 不能读取") from unreadable
    return content
