"""Transactions: all or nothing, readers change nothing, moments are aware and in UTC."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta, timezone

import pytest
from sqlalchemy import Column, Connection, Integer, MetaData, Table, insert, select, text
from sqlalchemy.exc import StatementError

from inquiry_service.storage import Database, UtcMoment

notes = Table(
    "test_notes", MetaData(), Column("id", Integer, primary_key=True), Column("at", UtcMoment)
)


@pytest.fixture
def book(database: Database) -> Database:
    with database.begin() as connection:
        notes.create(connection)
    return database


def written(connection: Connection) -> int:
    return len(connection.execute(select(notes)).all())


def test_an_error_rolls_the_whole_transaction_back(book: Database) -> None:
    def write_and_stumble() -> None:
        with book.begin() as connection:
            connection.execute(insert(notes))
            raise RuntimeError

    with pytest.raises(RuntimeError):
        write_and_stumble()
    with book.read() as connection:
        assert written(connection) == 0


def test_what_a_reader_changes_is_not_kept(book: Database) -> None:
    with book.read() as connection:
        connection.execute(insert(notes))
    with book.read() as connection:
        assert written(connection) == 0


def test_writers_that_look_before_they_write_wait_for_one_another(book: Database) -> None:
    def add_the_next(_turn: int) -> None:
        with book.begin() as connection:
            if connection.dialect.name == "postgresql":
                connection.execute(text("LOCK TABLE test_notes IN EXCLUSIVE MODE"))
            connection.execute(insert(notes).values(id=written(connection) + 1))

    with ThreadPoolExecutor(6) as threads:
        list(threads.map(add_the_next, range(12)))
    with book.read() as connection:
        assert written(connection) == 12


def test_a_moment_comes_back_in_utc_whatever_its_zone_was(book: Database) -> None:
    in_china = datetime(2026, 3, 2, 9, 30, tzinfo=timezone(timedelta(hours=8)))
    with book.begin() as connection:
        connection.execute(insert(notes).values(at=in_china))
        stored = connection.execute(select(notes.c.at)).scalar_one()
    assert stored == in_china
    assert stored.tzinfo is UTC


def test_a_moment_without_a_zone_is_refused(book: Database) -> None:
    with pytest.raises(StatementError, match="time zone"), book.begin() as connection:
        connection.execute(insert(notes).values(at=datetime(2026, 3, 2)))  # noqa: DTZ001
