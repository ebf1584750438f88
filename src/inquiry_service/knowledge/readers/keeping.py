"""What was taken out of files before, in one SQLite file that may be deleted at any time.

Whatever is wrong with it, the file is simply read again.
"""

import json
import sqlite3
import zlib
from contextlib import suppress
from pathlib import Path

from inquiry_service.knowledge.readers.confinement import extracted_from_json, extracted_to_json
from inquiry_service.knowledge.readers.extracted import Extracted

_FILE = "reading.sqlite"
_RUNS_UNUSED = 20
"""After so many runs without being asked for, what is kept of a file is dropped."""
_SCHEMA = "CREATE TABLE IF NOT EXISTS kept (key TEXT PRIMARY KEY, content BLOB, run INTEGER)"


class Keeping:
    """Kept by the digest of the file. For one thread."""

    def __init__(self, folder: Path) -> None:
        self._run = 1
        self._file: sqlite3.Connection | None = None
        try:
            folder.mkdir(parents=True, exist_ok=True)
            self._file = _opened(folder / _FILE)
            last = self._file.execute("SELECT coalesce(max(run), 0) FROM kept").fetchone()[0]
            self._run = int(last) + 1
        except (sqlite3.Error, OSError):
            self.close()

    def get(self, key: str) -> Extracted | None:
        if self._file is None:
            return None
        try:
            row = self._file.execute("SELECT content FROM kept WHERE key = ?", (key,)).fetchone()
            if row is None:
                return None
            self._file.execute("UPDATE kept SET run = ? WHERE key = ?", (self._run, key))
            return extracted_from_json(json.loads(zlib.decompress(row[0])))
        except (sqlite3.Error, zlib.error, ValueError, KeyError, TypeError):
            return None

    def put(self, key: str, extracted: Extracted) -> None:
        if self._file is None:
            return
        content = zlib.compress(json.dumps(extracted_to_json(extracted)).encode(), 1)
        with suppress(sqlite3.Error):
            self._file.execute(
                "INSERT OR REPLACE INTO kept VALUES (?, ?, ?)", (key, content, self._run)
            )

    def close(self) -> None:
        file, self._file = self._file, None
        if file is not None:
            with suppress(sqlite3.Error):
                file.execute("DELETE FROM kept WHERE run < ?", (self._run - _RUNS_UNUSED,))
            file.close()


def _opened(path: Path) -> sqlite3.Connection:
    """The cache; one that is no database is replaced."""
    for attempt in (1, 2):
        # Each statement is done at once, and a power cut may cost the cache: it is only a cache.
        file = sqlite3.connect(path, timeout=5, isolation_level=None)
        try:
            file.execute("PRAGMA synchronous = OFF")
            file.execute(_SCHEMA)
        except sqlite3.OperationalError:
            file.close()
            raise
        except sqlite3.DatabaseError:
            file.close()
            if attempt > 1:
                raise
            path.unlink()
        else:
            return file
    raise sqlite3.DatabaseError
