"""What a part of the bench found: lines of tables and bars of the picture, kept in a file each.

A part that breaks leaves what the others found, and can be run again by itself.
"""

import json
import os
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any


@dataclass(frozen=True)
class Bar:
    """One bar of the picture; `group` is the heading it stands under."""

    group: str
    name: str
    length: float
    told: str
    ours: bool = False


@dataclass
class Told:
    """What was found so far."""

    lines: list[tuple[str, list[str]]] = field(default_factory=list)
    """Name of a table, and the cells of one line of it."""
    bars: list[Bar] = field(default_factory=list)

    def line(self, table: str, *cells: str) -> None:
        self.lines.append((table, list(cells)))

    def bar(self, group: str, name: str, length: float, told: str, *, ours: bool = False) -> None:
        self.bars.append(Bar(group, name, length, told, ours))


@dataclass(frozen=True)
class Kept:
    """A finished part, with where and how it was run."""

    part: str
    machine: str
    command: str
    began: str
    load: float
    """Of the machine when the part began: more than a little, and the figures are not quiet."""
    seconds: float
    told: Told


def keep(folder: Path, kept: Kept) -> Path:
    """Written aside and moved, so that a kill never leaves half a result."""
    folder.mkdir(parents=True, exist_ok=True)
    path = _file(folder, kept.part)
    fresh = path.with_suffix(".new")
    fresh.write_text(json.dumps(asdict(kept), ensure_ascii=False, indent=1), encoding="utf-8")
    fresh.replace(path)
    return path


def kept_of(folder: Path, part: str) -> Kept | None:
    """What an earlier run found, when it can still be read."""
    try:
        told = json.loads(_file(folder, part).read_text(encoding="utf-8"))
        return _kept(told)
    except (OSError, ValueError, TypeError, KeyError):
        return None


def minute() -> str:
    return datetime.now(UTC).strftime("%Y-%m-%d %H:%M UTC")


def load() -> float:
    return round(os.getloadavg()[0], 1)


def _file(folder: Path, part: str) -> Path:
    return folder / f"{part}.json"


def _kept(told: Mapping[str, Any]) -> Kept:
    found = told["told"]
    lines = [(str(table), [str(cell) for cell in cells]) for table, cells in found["lines"]]
    bars = [Bar(**bar) for bar in found["bars"]]
    return Kept(**{**told, "told": Told(lines, bars)})
