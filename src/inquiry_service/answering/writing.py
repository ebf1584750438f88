"""Writing the files of an index, and finding in them what the next build takes over.

Vectors, sentences and terms lie in the order of the passages. Token vectors are most of an index:
they stay in the parts that former builds wrote, which a new version shares with the one before.
"""

import json
import os
import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.lib.format import open_memmap
from numpy.typing import NDArray

from inquiry_service.answering.content import Content
from inquiry_service.answering.index import DenseIndex
from inquiry_service.answering.kept import GROUPS, Kept, Shape, Unfinished, mapped
from inquiry_service.answering.lexical import LexicalIndex
from inquiry_service.answering.manifest import FileMark, marks_of
from inquiry_service.answering.rows import Groups, Numbers, joined, total
from inquiry_service.answering.vectors import KEY_LENGTH, VectorStore, key_of
from inquiry_service.knowledge.shelf import write_shelf

_PARTS = "tokens"
_MOST_PARTS = 12
_LEAST_USED = 0.5
"""Parts are written as one when less of them than this is still used."""


@dataclass(frozen=True, slots=True)
class Before:
    """The index in use: its folder, its files and what they hold; or nothing."""

    folder: Path | None
    files: Mapping[str, FileMark]
    kept: Kept


@dataclass(frozen=True, slots=True)
class _Origin:
    """Where each passage of the new index comes from: which source, and its row there."""

    sources: tuple[Kept, Kept]
    source: Numbers
    row: Numbers

    def groups(self, kind: str) -> tuple[Groups, ...]:
        return tuple(source.groups[kind] for source in self.sources)


def write_index(
    folder: Path, content: Content, before: Before, unfinished: Unfinished, asked: VectorStore
) -> dict[str, FileMark]:
    """Write everything but the manifest; returns the marks of the files for it."""
    keys = [one.key for one in content.inputs]
    origin = _origin_of(keys, before.kept, unfinished.kept())
    np.save(folder / "keys.npy", _as_array(keys))
    _write_vectors(folder, origin)
    for kind in ("sentences", "terms"):
        _write_groups(folder, origin, kind)
    _write_tokens(folder, origin, before, unfinished)
    _write_lexical(folder, origin)
    _write_asked(folder, content, asked)
    _write_texts(folder, content)
    return marks_of(folder, _shared_with(folder, before))


def kept_in(folder: Path, shape: Shape) -> Kept:
    """What an index holds of its passages, mapped from disk."""
    groups = {kind: _groups_in(folder, kind) for kind in GROUPS if kind != _PARTS}
    words = (folder / "lexical" / "words.txt").read_text(encoding="utf-8").splitlines()
    return Kept(
        keys=np.load(folder / "keys.npy"),
        vectors=mapped_array(folder / "vectors.npy"),
        groups={**groups, _PARTS: tokens_in(folder, shape.token_width)},
        words=frozenset(words),
    )


def tokens_in(folder: Path, width: int) -> Groups:
    """The token vectors of an index, in as many parts as builds have left."""
    row = np.dtype((np.int8, width))
    parts = tuple(mapped(path, row) for path in sorted((folder / _PARTS).iterdir()))
    return Groups(parts, np.load(folder / "token_starts.npy"), np.load(folder / "token_counts.npy"))


def mapped_array(path: Path) -> NDArray[Any]:
    """An array mapped from disk, as a plain array: slices of it cost less."""
    return np.asarray(np.load(path, mmap_mode="r"))


def _groups_in(folder: Path, kind: str) -> Groups:
    starts = np.load(folder / f"{kind[:-1]}_starts.npy")
    return Groups((mapped_array(folder / f"{kind}.npy"),), starts[:-1], np.diff(starts))


def _origin_of(keys: list[bytes], before: Kept, finished: Kept) -> _Origin:
    old, new = before.rows(), finished.rows()
    places = [(0, old[key]) if key in old else (1, new[key]) for key in keys]
    source, row = np.asarray(places, np.int64).T
    return _Origin((before, finished), source, row)


def _write_vectors(folder: Path, origin: _Origin) -> None:
    old, new = (source.vectors for source in origin.sources)
    shape = (len(origin.row), new.shape[1])
    vectors = open_memmap(folder / "vectors.npy", "w+", np.float32, shape)
    for number, rows in enumerate((old, new)):
        mine = np.flatnonzero(origin.source == number)
        vectors[mine] = rows[origin.row[mine]]
    vectors.flush()
    DenseIndex.build(np.asarray(vectors)).save(folder / "dense.faiss")


def _write_groups(folder: Path, origin: _Origin, kind: str) -> None:
    sources = origin.groups(kind)
    size = total(sources, origin.source, origin.row)
    first = sources[0].parts[0]
    rows = open_memmap(folder / f"{kind}.npy", "w+", first.dtype, (size, *first.shape[1:]))
    starts = joined(sources, origin.source, origin.row, rows)
    np.save(folder / f"{kind[:-1]}_starts.npy", starts)


def _write_tokens(folder: Path, origin: _Origin, before: Before, unfinished: Unfinished) -> None:
    (folder / _PARTS).mkdir()
    sources = origin.groups(_PARTS)
    paths = [*_part_paths(before.folder), unfinished.folder / _PARTS]
    used = total(sources, origin.source, origin.row)
    there = sum(len(part) for groups in sources for part in groups.parts)
    if len(paths) > _MOST_PARTS or used < _LEAST_USED * there:
        _write_one_part(folder, origin, used)
        return
    for number, path in enumerate(paths):
        _share(path, folder / _PARTS / f"{number:04}")
    beyond = np.asarray([0, int(sources[0].bases[-1])])
    starts = np.choose(origin.source, _each(sources, "starts", origin)) + beyond[origin.source]
    np.save(folder / "token_starts.npy", starts)
    np.save(folder / "token_counts.npy", np.choose(origin.source, _each(sources, "counts", origin)))


def _each(sources: tuple[Groups, ...], name: str, origin: _Origin) -> list[Numbers]:
    """For each source the figure of each passage; of no meaning where it is not the source."""
    figures = []
    for number, groups in enumerate(sources):
        found = np.zeros(len(origin.row), np.int64)
        mine = origin.source == number
        found[mine] = getattr(groups, name)[origin.row[mine]]
        figures.append(found)
    return figures


def _write_one_part(folder: Path, origin: _Origin, size: int) -> None:
    sources = origin.groups(_PARTS)
    width = sources[0].parts[0].shape[1]
    rows = np.memmap(folder / _PARTS / "0000", np.int8, "w+", shape=(max(size, 1), width))
    starts = joined(sources, origin.source, origin.row, rows)
    rows.flush()
    np.save(folder / "token_starts.npy", starts[:-1])
    np.save(folder / "token_counts.npy", np.diff(starts))


def _part_paths(folder: Path | None) -> list[Path]:
    return sorted((folder / _PARTS).iterdir()) if folder else []


def _share(path: Path, place: Path) -> None:
    """The same file under another name where the file system can do that; else a copy."""
    try:
        os.link(path, place)
    except OSError:
        shutil.copyfile(path, place)


def _shared_with(folder: Path, before: Before) -> dict[str, FileMark]:
    """Marks of the files that the version before has too."""
    names = [path.relative_to(folder).as_posix() for path in (folder / _PARTS).iterdir()]
    return {
        name: before.files[name]
        for name in names
        if before.folder and name in before.files and (folder / name).samefile(before.folder / name)
    }


def _write_lexical(folder: Path, origin: _Origin) -> None:
    words = frozenset().union(*(source.words for source in origin.sources))
    LexicalIndex.build(_groups_in(folder, "terms"), words).save(folder / "lexical")


def _write_asked(folder: Path, content: Content, asked: VectorStore) -> None:
    keys = [key_of(text, asked=True) for _, text in content.asked]
    np.save(folder / "asked.npy", asked.rows(keys))
    np.save(folder / "asked_keys.npy", _as_array(keys))
    _write_json(folder / "asked.json", content.asked)


def _write_texts(folder: Path, content: Content) -> None:
    owners = [at for at, document in enumerate(content.documents) for _ in document.passages]
    np.save(folder / "owners.npy", np.asarray(owners, dtype=np.int32))
    write_shelf(folder / "shelf.sqlite", content.documents)
    entries = [[entry.term, list(entry.aliases)] for entry in content.glossary.entries]
    _write_json(folder / "glossary.json", entries)


def _write_json(path: Path, listed: object) -> None:
    path.write_text(json.dumps(listed, ensure_ascii=False), encoding="utf-8")


def _as_array(keys: list[bytes]) -> NDArray[np.uint8]:
    return np.frombuffer(b"".join(keys), dtype=np.uint8).reshape(len(keys), KEY_LENGTH)
