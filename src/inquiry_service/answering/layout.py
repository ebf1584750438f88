"""Where the parts of an index lie on disk.

<index>/current                 one line: the version in use
<index>/versions/<version>/     manifest, vectors, keyword index, shelf
<index>/unfinished/             vectors of a build that was broken off
"""

import os
import re
import shutil
import tempfile
from dataclasses import dataclass
from pathlib import Path

from inquiry_service.errors import IndexUnusable

_BUILDING = ".building-"
_VERSION = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,99}")


@dataclass(frozen=True, slots=True)
class Layout:
    """The folders of one index; `root` is what the operator calls the index directory."""

    root: Path

    @property
    def pointer(self) -> Path:
        return self.root / "current"

    @property
    def versions(self) -> Path:
        return self.root / "versions"

    def version_in_use(self) -> str | None:
        """`None` without a pointer, and for one that cannot be read or names no version."""
        try:
            named = self.pointer.read_text(encoding="utf-8").strip()
        except (OSError, UnicodeDecodeError):
            return None
        return named if _VERSION.fullmatch(named) else None

    def folder_in_use(self) -> Path:
        """Raises `IndexUnusable` when no index was ever built here, or the pointer is damaged."""
        version = self.version_in_use()
        if version is None and os.path.lexists(self.pointer):
            raise IndexUnusable(reason=f"{self.pointer} 里写的不是一个索引版本，文件可能已经损坏")
        if version is None:
            raise IndexUnusable(
                reason="还没有建立索引",
                remedy="请运行 inquiry-service knowledge build 生成。",
            )
        folder = self.versions / version
        if not folder.is_dir():
            raise IndexUnusable(reason=f"缺少版本 {version} 的文件夹")
        return folder

    def fresh_folder(self) -> Path:
        """An empty folder to build in; what broken builds left behind is cleared away."""
        self.versions.mkdir(parents=True, exist_ok=True)
        for left_over in self.versions.glob(f"{_BUILDING}*"):
            shutil.rmtree(left_over)
        folder = Path(tempfile.mkdtemp(prefix=_BUILDING, dir=self.versions))
        folder.chmod(0o755)
        return folder

    def put_in_use(self, folder: Path, version: str) -> None:
        """From here on `version` answers; the one before is kept, older ones are removed."""
        previous = self.version_in_use()
        home = self._free_name(version)
        folder.rename(home)
        fresh_pointer = self.root / "current.new"
        with fresh_pointer.open("w", encoding="utf-8") as file:
            file.write(home.name + "\n")
            file.flush()
            os.fsync(file.fileno())
        fresh_pointer.replace(self.pointer)
        self._remove_all_but({home.name, previous})

    def unfinished(self, recipe: str) -> Path:
        """A folder for each way of encoding: what was made in different ways must not meet."""
        return self.root / "unfinished" / recipe

    def _free_name(self, version: str) -> Path:
        """The version's own folder; another name when a damaged one is still being read."""
        home = self.versions / version
        attempt = 1
        while home.exists():
            attempt += 1
            home = self.versions / f"{version}-{attempt}"
        return home

    def _remove_all_but(self, kept: set[str | None]) -> None:
        for folder in self.versions.iterdir():
            if folder.name not in kept:
                shutil.rmtree(folder, ignore_errors=True)
