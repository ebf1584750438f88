"""Migrations: the tables a fresh database gets are the tables the rooms declare."""

import importlib
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import inspect

import inquiry_service
from inquiry_service.storage import Database, metadata
from inquiry_service.storage.migrating import is_current, upgrade


def load_every_table() -> None:
    """Import each module that declares tables, so that `metadata` knows them all."""
    package = Path(inquiry_service.__file__).parent
    for file in package.rglob("*.py"):
        if "migrations" not in file.parts and " = Table(" in file.read_text(encoding="utf-8"):
            inside = file.relative_to(package.parent).with_suffix("")
            importlib.import_module(".".join(inside.parts))


def test_a_migrated_database_has_exactly_the_tables_that_the_rooms_declare(
    database: Database,
) -> None:
    load_every_table()
    with database.read() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, metadata) == []


def test_upgrading_again_changes_nothing(database: Database) -> None:
    with database.read() as connection:
        before = sorted(inspect(connection).get_table_names())
    upgrade(database)
    assert is_current(database)
    with database.read() as connection:
        assert sorted(inspect(connection).get_table_names()) == before


def test_an_empty_database_is_not_current_until_it_is_upgraded(tmp_path: Path) -> None:
    fresh = Database.open(f"sqlite:///{tmp_path / 'a%20b.sqlite'}")
    assert not is_current(fresh)
    upgrade(fresh)
    assert is_current(fresh)
    fresh.close()


def test_several_processes_that_start_together_upgrade_once(tmp_path: Path) -> None:
    fresh = [Database.open(f"sqlite:///{tmp_path / 'shared.sqlite'}") for _ in range(4)]
    with ThreadPoolExecutor(4) as threads:
        list(threads.map(upgrade, fresh))
    assert is_current(fresh[0])
    for opened in fresh:
        opened.close()
