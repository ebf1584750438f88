"""The documents of an index in one SQLite file, opened read-only by any number of threads.

The file is written once, beside the vectors, and never changed: SQLite may treat it as
immutable, takes no locks, and a replica may read it from a read-only volume.
"""

import json
import sqlite3
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from functools import cached_property, lru_cache
from itertools import chain
from pathlib import Path
from typing import Any, Self
from urllib.parse import quote

from inquiry_service.errors import IndexUnusable, NotFound
from inquiry_service.knowledge.document import Document, Passage, Provenance
from inquiry_service.knowledge.provenance_json import provenance_from_json, provenance_to_json

_FORMAT = 2
_TABLES = """
CREATE TABLE documents (
    position INTEGER PRIMARY KEY,
    document_id TEXT NOT NULL,
    provenance TEXT NOT NULL,
    text TEXT NOT NULL
);
CREATE TABLE passages (
    position INTEGER PRIMARY KEY,
    passage_id TEXT NOT NULL,
    document_id TEXT NOT NULL,
    ordinal INTEGER NOT NULL,
    path TEXT NOT NULL,
    text TEXT NOT NULL,
    heading TEXT NOT NULL,
    page INTEGER,
    question TEXT
);
"""
_INDEXES = """
CREATE UNIQUE INDEX documents_by_id ON documents (document_id);
CREATE UNIQUE INDEX passages_by_id ON passages (passage_id);
CREATE INDEX passages_of_document ON passages (document_id, ordinal);
"""
"""Made when everything is in its place: sorting once is quicker than keeping in order."""
_COLUMNS = "position, passage_id, document_id, ordinal, path, text, heading, page, question"
_PASSAGE = f"SELECT {_COLUMNS} FROM passages"  # noqa: S608 - our own column names
_PUT_PASSAGE = "INSERT INTO passages VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)"
_AT_ONCE = 500
"""Placeholders in one query; SQLite's own limit is higher."""


def write_shelf(path: Path, documents: Iterable[Document]) -> int:
    """Write a new shelf and return the number of its passages.

    A passage's position, the number by which the index knows it, counts from 0 over all
    documents in the order given. An existing file is replaced; the caller moves the finished
    index into place.
    """
    path.unlink(missing_ok=True)
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.executescript(f"PRAGMA journal_mode = OFF; PRAGMA user_version = {_FORMAT};")
        connection.executescript(_TABLES)
        kept = list(documents)
        connection.executemany("INSERT INTO documents VALUES (?, ?, ?, ?)", _documents(kept))
        connection.executemany(_PUT_PASSAGE, _passages(kept))
        connection.executescript(_INDEXES)
        return sum(len(document.passages) for document in kept)


def _documents(documents: Sequence[Document]) -> Iterator[tuple[object, ...]]:
    for position, document in enumerate(documents):
        provenance = provenance_to_json(document.provenance)
        yield position, document.document_id, provenance, document.text


def _passages(documents: Sequence[Document]) -> Iterator[tuple[object, ...]]:
    passages = chain.from_iterable(document.passages for document in documents)
    for position, passage in enumerate(passages):
        yield (
            position,
            passage.passage_id,
            passage.document_id,
            passage.ordinal,
            _as_json(passage.path),
            passage.text,
            passage.heading,
            passage.page,
            passage.question,
        )


_as_json = lru_cache(maxsize=4096)(json.JSONEncoder(ensure_ascii=False).encode)


class Shelf:
    """What an index has to show: documents by id, passages by position.

    Safe for many threads: each call borrows a connection from a small pool, which never holds
    more of them than there were calls at once.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._idle: deque[sqlite3.Connection] = deque()
        self.count = self._checked_count()

    @classmethod
    def open(cls, path: Path) -> Self:
        """Open the shelf at `path`.

        Raises:
            IndexUnusable: the file is missing, damaged or of another format.
        """
        if not path.is_file():
            raise IndexUnusable(f"缺少文件 {path.name}")
        return cls(path)

    def close(self) -> None:
        """Close what is idle; call when nobody reads any more."""
        while self._idle:
            self._idle.pop().close()

    def documents(self) -> list[Provenance]:
        """What is published, in the order of the library."""
        return list(self._provenances.values())

    def provenance(self, document_id: str) -> Provenance:
        """Raises NotFound for a document that is not on the shelf."""
        try:
            return self._provenances[document_id]
        except KeyError:
            raise NotFound("这份文件") from None

    def document(self, document_id: str) -> Document:
        """The whole document with its passages in order. Raises NotFound."""
        provenance = self.provenance(document_id)
        query = "SELECT text FROM documents WHERE document_id = ?"
        [(text,)] = self._rows(query, [document_id])
        return Document(provenance, text, self.passages_of(document_id))

    def passages_of(self, document_id: str) -> tuple[Passage, ...]:
        """The passages of one document in order; none for an unknown document."""
        query = f"{_PASSAGE} WHERE document_id = ? ORDER BY ordinal"
        return tuple(_passage(*row) for _, *row in self._rows(query, [document_id]))

    def passage(self, position: int) -> Passage:
        """The passage at a position from 0 to `count` - 1. Raises NotFound."""
        return self.passages([position])[0]

    def passages(self, positions: Sequence[int]) -> list[Passage]:
        """The passages at these positions, in the order asked for. Raises NotFound."""
        found: dict[int, Passage] = {}
        wanted = sorted({int(position) for position in positions})
        for start in range(0, len(wanted), _AT_ONCE):
            some = wanted[start : start + _AT_ONCE]
            marks = ",".join("?" * len(some))
            rows = self._rows(f"{_PASSAGE} WHERE position IN ({marks})", some)
            found |= {position: _passage(*row) for position, *row in rows}
        if len(found) < len(wanted):
            raise NotFound("这段内容")
        return [found[int(position)] for position in positions]

    def passage_by_id(self, passage_id: str) -> Passage:
        """The passage with this address. Raises NotFound."""
        rows = self._rows(f"{_PASSAGE} WHERE passage_id = ?", [passage_id])
        if not rows:
            raise NotFound("这段内容")
        return _passage(*rows[0][1:])

    @cached_property
    def _provenances(self) -> dict[str, Provenance]:
        rows = self._rows("SELECT document_id, provenance FROM documents ORDER BY position")
        return {document_id: provenance_from_json(text) for document_id, text in rows}

    def _checked_count(self) -> int:
        try:
            [(found,)] = self._rows("PRAGMA user_version")
            [(count,)] = self._rows("SELECT count(*) FROM passages")
        except sqlite3.DatabaseError as fault:
            self.close()
            raise IndexUnusable(f"文件 {self._path.name} 已损坏") from fault
        if found != _FORMAT:
            self.close()
            raise IndexUnusable(f"文件 {self._path.name} 的格式是旧的")
        return int(count)

    def _rows(self, query: str, values: Sequence[object] = ()) -> list[tuple[Any, ...]]:
        with self._connection() as connection:
            return connection.execute(query, values).fetchall()

    @contextmanager
    def _connection(self) -> Iterator[sqlite3.Connection]:
        try:
            connection = self._idle.pop()
        except IndexError:
            connection = self._connect()
        try:
            yield connection
        finally:
            self._idle.append(connection)

    def _connect(self) -> sqlite3.Connection:
        address = f"file:{quote(str(self._path.resolve()))}?mode=ro&immutable=1"
        return sqlite3.connect(address, uri=True, check_same_thread=False)


def _passage(
    passage_id: str,
    document_id: str,
    ordinal: int,
    path: str,
    text: str,
    heading: str,
    page: int | None,
    question: str | None,
) -> Passage:
    place = tuple(json.loads(path))
    return Passage(passage_id, document_id, ordinal, place, text, heading, page, question)
