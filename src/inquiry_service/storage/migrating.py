"""Brings a database to the present list of tables, from empty or from any earlier release.

The migrations travel inside the package and only go forward: the way back is the backup.
"""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection

from inquiry_service.storage.engine import Database

_MIGRATIONS = Path(__file__).parent / "migrations"
_ONE_AT_A_TIME = 7_120_519  # key of the PostgreSQL advisory lock that several replicas share


def upgrade(database: Database) -> None:
    """Apply every migration that is missing, all of them in one transaction.

    Safe to call at every start and from several processes at once.
    """
    configuration = _configuration()
    if is_current(database):
        return
    with database.begin() as connection:
        _take_turns(connection)
        configuration.attributes["connection"] = connection
        command.upgrade(configuration, "heads")


def is_current(database: Database) -> bool:
    """Whether the database stands at the newest migration of this release."""
    newest = set(ScriptDirectory.from_config(_configuration()).get_heads())
    with database.read() as connection:
        return set(MigrationContext.configure(connection).get_current_heads()) == newest


def _configuration() -> Config:
    configuration = Config()
    configuration.set_main_option("script_location", str(_MIGRATIONS).replace("%", "%%"))
    configuration.set_main_option("path_separator", "os")
    return configuration


def _take_turns(connection: Connection) -> None:
    """SQLite's write lock is held already; on PostgreSQL the second replica waits here."""
    if connection.dialect.name == "postgresql":
        connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_ONE_AT_A_TIME})")
