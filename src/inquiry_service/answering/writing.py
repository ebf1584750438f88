"""Writing the files of an index, and finding in them what the next build takes over.

Vectors, sentences and terms lie in the order of the passages.
"""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.lib.format import open_memmap
from numpy.typing import NDArray

from inquiry_service.answering.content import Content
from inquiry_service.answering.index import DenseIndex
from inquiry_service.answering.kept import GROUPS, Kept
from inquiry_service.answering.lexical import LexicalIndex
from inquiry_service.answering.manifest import FileMark, marks_of
from inquiry_service.answering.rows import Groups, Numbers, joined, total
from inquiry_service.answering.vectors import KEY_LENGTH, VectorStore, key_of
from inquiry_service.knowledge.shelf import write_shelf


@dataclass(frozen=True, slots=True)
class _Origin:
    """Where each passage of the new index comes from: which source, and its row there."""

    sources: tuple[Kept, Kept]
    source: Numbers
    row: Numbers

    def groups(self, kind: str) -> tuple[Groups, ...]:
        return tuple(source.groups[kind] for source in self.sources)


def write_index(
    folder: Path, content: Content, before: Kept, finished: Kept, asked: VectorStore
) -> dict[str, FileMark]:
    """Write everything but the manifest; returns the marks of the files for it."""
    keys = [one.key for one in content.inputs]
    origin = _origin_of(keys, before, finished)
    np.save(folder / "keys.npy", _as_array(keys))
    _write_vectors(folder, origin)
    for kind in GROUPS:
        _write_groups(folder, origin, kind)
    _write_lexical(folder, origin)
    _write_asked(folder, content, asked)
    _write_texts(folder, content)
    return marks_of(folder)


def kept_in(folder: Path) -> Kept:
    """What an index holds of its passages, mapped from disk."""
    words = (folder / "lexical" / "words.txt").read_text(encoding="utf-8").splitlines()
    return Kept(
        keys=np.load(folder / "keys.npy"),
        vectors=mapped_array(folder / "vectors.npy"),
        groups={kind: _groups_in(folder, kind) for kind in GROUPS},
        words=frozenset(words),
    )


def mapped_array(path: Path) -> NDArray[Any]:
    """An array mapped from disk, as a plain array: slices of it cost less."""
    return np.asarray(np.load(path, mmap_mode="r"))


def _groups_in(folder: Path, kind: str) -> Groups:
    starts = np.load(folder / f"{kind[:-1]}_starts.npy")
    return Groups(mapped_array(folder / f"{kind}.npy"), starts[:-1], np.diff(starts))


def _origin_of(keys: list[bytes], before: Kept, finished: Kept) -> _Origin:
    old, new = before.rows(), finished.rows()
    places = [(0, old[key]) if key in old else (1, new[key]) for key in keys]
    source, row = np.asarray(places, np.int64).T
    return _Origin((before, finished), source, row)


def _write_vectors(folder: Path, origin: _Origin) -> None:
    sources = [Groups.of_one(source.vectors) for source in origin.sources]
    shape = (len(origin.row), sources[1].rows.shape[1])
    vectors = open_memmap(folder / "vectors.npy", "w+", np.float32, shape)
    joined(sources, origin.source, origin.row, vectors)
    DenseIndex.build(np.asarray(vectors)).save(folder / "dense.faiss")


def _write_groups(folder: Path, origin: _Origin, kind: str) -> None:
    sources = origin.groups(kind)
    size = total(sources, origin.source, origin.row)
    first = sources[0].rows
    rows = open_memmap(folder / f"{kind}.npy", "w+", first.dtype, (size, *first.shape[1:]))
    starts = joined(sources, origin.source, origin.row, rows)
    np.save(folder / f"{kind[:-1]}_starts.npy", starts)


def _write_lexical(folder: Path, origin: _Origin) -> None:
    words = frozenset().union(*(source.words for source in origin.sources))
    LexicalIndex.build(_groups_in(folder, "terms"), words).save(folder / "lexical")


def _write_asked(folder: Path, content: Content, asked: VectorStore) -> None:
    for name, pairs in content.named.items():
        keys = [key_of(text, asked=True) for _, text in pairs]
        np.save(folder / f"{name}.npy", asked.rows(keys))
        np.save(folder / f"{name}_keys.npy", _as_array(keys))
        _write_json(folder / f"{name}.json", pairs)
    starts = np.cumsum([0, *(len(rows) for rows in content.asked_here)])
    np.save(folder / "asked_here_starts.npy", starts.astype(np.int64))
    here = [row for rows in content.asked_here for row in rows]
    np.save(folder / "asked_here.npy", np.asarray(here, np.int32))


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
