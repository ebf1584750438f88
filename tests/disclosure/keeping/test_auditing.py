"""Auditing: a change to a case file made behind the office's back shows, and where."""

import pytest
from sqlalchemy import update

from inquiry_service.disclosure import (
    Application,
    DisclosureOffice,
    file_request,
    store,
    verify_chain,
)
from inquiry_service.errors import NotFound
from procedure_house import register


@pytest.fixture
def number(office: DisclosureOffice, application: Application) -> str:
    """A case with three events."""
    filed = file_request(office, application, submission_key="one")
    register(office, filed.number)
    return filed.number


def test_an_untouched_case_holds(office: DisclosureOffice, number: str) -> None:
    assert verify_chain(office, number) is None


@pytest.mark.parametrize("sequence", [1, 2, 3])
def test_a_changed_event_is_named(office: DisclosureOffice, number: str, sequence: int) -> None:
    changed = update(store.events).where(store.events.c.sequence == sequence)
    with office.database.begin() as connection:
        connection.execute(changed.values(content=store.events.c.content + " "))
    assert verify_chain(office, number) == sequence


def test_a_removed_event_is_noticed(office: DisclosureOffice, number: str) -> None:
    with office.database.begin() as connection:
        connection.execute(store.events.delete().where(store.events.c.sequence == 2))
    assert verify_chain(office, number) == 2


def test_an_exchanged_application_is_noticed(
    office: DisclosureOffice, application: Application, number: str
) -> None:
    other = file_request(office, application, submission_key="two")
    with office.database.begin() as connection:
        row = store.request_row(connection, other.number)
        assert row is not None
        connection.execute(
            update(store.requests)
            .where(store.requests.c.number == number)
            .values(sealed_application=row.sealed_application)
        )
    assert verify_chain(office, number) == 1
    assert verify_chain(office, other.number) is None


def test_an_application_that_cannot_be_unsealed_is_noticed(
    office: DisclosureOffice, number: str
) -> None:
    with office.database.begin() as connection:
        connection.execute(update(store.requests).values(sealed_application="x"))
    assert verify_chain(office, number) == 1


def test_a_chain_taken_from_another_case_is_noticed(
    office: DisclosureOffice, application: Application, number: str
) -> None:
    other = file_request(office, application, submission_key="two")
    with office.database.begin() as connection:
        row = store.request_row(connection, number)
        assert row is not None
        connection.execute(store.events.delete().where(store.events.c.number == other.number))
        connection.execute(
            update(store.requests)
            .where(store.requests.c.number == other.number)
            .values(sealed_application=row.sealed_application)
        )
        for link in store.links(connection, number):
            connection.execute(
                store.events.insert().values(
                    number=other.number,
                    sequence=link.sequence,
                    name="",
                    content=link.content,
                    previous_hash=link.previous_hash,
                    hash=link.hash,
                )
            )
    assert verify_chain(office, other.number) == 1


def test_an_unknown_case_is_not_found(office: DisclosureOffice) -> None:
    with pytest.raises(NotFound):
        verify_chain(office, "YSQ-2026-99999")
