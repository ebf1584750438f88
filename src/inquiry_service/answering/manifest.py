"""The manifest of an index: what it was built from, by which encoder, and what its files are.

An index that does not fit its manifest is never opened: a wrong answer that looks right is worse
than a clear refusal.
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from inquiry_service.answering.encoder import EncoderIdentity
from inquiry_service.errors import IndexUnusable

INDEX_FORMAT = 9
MANIFEST = "manifest.json"
_OTHER_PROGRAM = "索引是由另一个版本的程序生成的，格式不同"
_BLOCK = 1 << 20
_SAMPLE = 1 << 14


@dataclass(frozen=True, slots=True)
class FileMark:
    """Size in bytes and SHA-256 of one file of the index, of the whole and of a sample."""

    size: int
    sha256: str
    sample: str
    modified: int
    """When it was written, in nanoseconds: what was not touched since need not be read again."""


@dataclass(frozen=True, slots=True)
class Manifest:
    """`index_version` is a digest of the content, so equal content has an equal version."""

    index_version: str
    index_format: int
    encoder: EncoderIdentity
    recipe: str
    """The way passages were encoded: see `encoding.recipe_of`."""
    dense_kind: str
    """How vectors are searched: see `index`."""
    library_digest: str
    documents: int
    passages: int
    files: Mapping[str, FileMark]
    created: str

    def write(self, directory: Path) -> None:
        text = json.dumps(asdict(self), ensure_ascii=False, indent=2, sort_keys=True)
        (directory / MANIFEST).write_text(text + "\n", encoding="utf-8")

    @classmethod
    def read(cls, directory: Path) -> "Manifest":
        """Raises `IndexUnusable` when there is none, or it is of another format."""
        try:
            told = json.loads((directory / MANIFEST).read_text(encoding="utf-8"))
        except FileNotFoundError:
            raise IndexUnusable(reason="缺少清单文件 manifest.json") from None
        except (OSError, ValueError):
            raise IndexUnusable(reason="清单文件 manifest.json 已损坏") from None
        if not isinstance(told, dict) or told.get("index_format") != INDEX_FORMAT:
            raise IndexUnusable(reason=_OTHER_PROGRAM)
        return _from_json(told)

    def check_encoder(self, identity: EncoderIdentity) -> None:
        """Vectors of two encoders must never be compared; raises `IndexUnusable`."""
        if self.encoder != identity:
            raise IndexUnusable(
                reason=(
                    f"索引是用编码模型 {_short(self.encoder)} 生成的，"
                    f"而现在使用的是 {_short(identity)}"
                ),
                remedy=(
                    "请运行 inquiry-service knowledge build 用现在的模型重新生成，"
                    "或把模型设置改回原来的模型。"
                ),
            )

    def check_recipe(self, recipe: str) -> None:
        """What is kept of a text must have been made as questions are read now."""
        if self.recipe != recipe:
            raise IndexUnusable(reason=_OTHER_PROGRAM)

    def check_files(self, directory: Path, *, thoroughly: bool = False) -> None:
        """Every file is there and whole, by a sample of it.

        `thoroughly` reads all of a file that was touched since the index was built.
        """
        for name, mark in self.files.items():
            path = directory / name
            if not path.is_file():
                raise IndexUnusable(reason=f"缺少文件 {name}")
            if path.stat().st_size != mark.size:
                raise IndexUnusable(reason=f"文件 {name} 不完整")
            if sample_of(path) != mark.sample or (thoroughly and not _untouched(path, mark)):
                raise IndexUnusable(reason=f"文件 {name} 的内容已被改动")


def marks_of(directory: Path) -> dict[str, FileMark]:
    """A mark for each file but the manifest itself."""
    files = sorted(path for path in directory.rglob("*") if path.is_file())
    names = {path.relative_to(directory).as_posix(): path for path in files}
    return {name: mark_of(path) for name, path in names.items() if name != MANIFEST}


def mark_of(path: Path) -> FileMark:
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while block := file.read(_BLOCK):
            digest.update(block)
    told = path.stat()
    return FileMark(told.st_size, digest.hexdigest(), sample_of(path), told.st_mtime_ns)


def _untouched(path: Path, mark: FileMark) -> bool:
    return path.stat().st_mtime_ns == mark.modified or mark_of(path).sha256 == mark.sha256


def sample_of(path: Path) -> str:
    """A digest of the beginning, the middle and the end of a file, quick for any size."""
    size = path.stat().st_size
    digest = hashlib.sha256()
    with path.open("rb") as file:
        for start in (0, size // 2, max(0, size - _SAMPLE)):
            file.seek(start)
            digest.update(file.read(_SAMPLE))
    return digest.hexdigest()


def _from_json(told: Mapping[str, Any]) -> Manifest:
    try:
        facts = dict(told)
        facts["encoder"] = EncoderIdentity(**facts["encoder"])
        facts["files"] = {name: FileMark(**mark) for name, mark in facts["files"].items()}
        return Manifest(**facts)
    except (KeyError, TypeError, AttributeError):
        raise IndexUnusable(reason="清单文件 manifest.json 缺少内容") from None


def _short(identity: EncoderIdentity) -> str:
    return f"{identity.model}（{identity.dimension} 维，{identity.digest[:12]}）"
