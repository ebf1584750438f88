"""The database: SQLite in WAL mode on one box, PostgreSQL beyond it.

Only use cases open a transaction, one each; stores are handed the connection.
"""

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass, field
from threading import Lock

from sqlalchemy import Connection, Engine, create_engine, event, make_url


@dataclass(frozen=True)
class Database:
    """A pool of connections. `begin` commits at the end of the block or rolls back on any error."""

    engine: Engine
    turnstile: AbstractContextManager[object] = field(default_factory=nullcontext)
    """Held while writing. On SQLite the writers of this process queue here: waiting for the
    file's own lock means sleeping in growing steps, which under load is most of a turn."""

    @classmethod
    def open(cls, url: str) -> "Database":
        """Open `sqlite:///path` or `postgresql+psycopg://…`; tables are made by `upgrade`."""
        sqlite = make_url(url).get_backend_name() == "sqlite"
        options = {"connect_args": {"timeout": 15}} if sqlite else {"pool_pre_ping": True}
        # What a statement carries may be personal: it stays out of errors, and so out of logs.
        engine = create_engine(url, pool_size=20, max_overflow=20, hide_parameters=True, **options)
        if sqlite:
            event.listen(engine, "connect", _tune_sqlite)
            event.listen(engine, "begin", _begin_immediately)
        return cls(engine, Lock() if sqlite else nullcontext())

    @contextmanager
    def begin(self) -> Iterator[Connection]:
        """One transaction that may write."""
        with self.turnstile, self.engine.begin() as connection:
            yield connection

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """Look only: whatever was changed is rolled back, and SQLite takes no write lock."""
        with self.engine.connect().execution_options(inquiry_read_only=True) as connection:
            yield connection

    def close(self) -> None:
        self.engine.dispose()


def _tune_sqlite(connection, _record) -> None:  # type: ignore[no-untyped-def]
    connection.isolation_level = None  # SQLAlchemy says BEGIN itself, see below
    cursor = connection.cursor()
    # FULL: a number that was handed to an applicant must survive a power cut.
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON"):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _begin_immediately(connection: Connection) -> None:
    """Take the write lock at once: two writers then wait in turn instead of failing midway."""
    read_only = connection.get_execution_options().get("inquiry_read_only", False)
    connection.exec_driver_sql("BEGIN" if read_only else "BEGIN IMMEDIATE")
