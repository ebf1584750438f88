"""What became of those who were shown published answers before filing."""

from datetime import timedelta

import pytest

from inquiry_service.disclosure import Application, DisclosureOffice, file_request
from inquiry_service.disclosure.procedure.before_filing import (
    BeforeFiling,
    answers_shown,
    confirmed_answered,
    counted,
)
from inquiry_service.moments import FrozenClock


@pytest.fixture
def forms(office: DisclosureOffice) -> tuple[str, ...]:
    keys = ("one", "two", "three", "four")
    for key in keys:
        answers_shown(office, key, offered=2)
    return keys


def count(office: DisclosureOffice) -> BeforeFiling:
    now = office.clock()
    return counted(office, now - timedelta(days=30), now + timedelta(days=1))


def test_answered_filed_and_left_are_counted_apart(
    office: DisclosureOffice,
    forms: tuple[str, ...],
    application: Application,
    frozen_clock: FrozenClock,
) -> None:
    confirmed_answered(office, "one")
    file_request(office, application, submission_key="two")
    assert count(office) == BeforeFiling(answered=1, filed=1, left=0, undecided=2)
    frozen_clock.advance(timedelta(hours=3))
    assert count(office) == BeforeFiling(answered=1, filed=1, left=2, undecided=0)


def test_the_same_form_shown_again_counts_once(office: DisclosureOffice) -> None:
    for _ in range(3):
        answers_shown(office, "one", offered=1)
    assert count(office).undecided == 1


def test_who_was_shown_nothing_is_not_counted(
    office: DisclosureOffice, application: Application
) -> None:
    answers_shown(office, "one", offered=0)
    file_request(office, application, submission_key="one")
    assert count(office) == BeforeFiling(answered=0, filed=0, left=0, undecided=0)


def test_who_files_after_all_counts_as_filed(
    office: DisclosureOffice, application: Application
) -> None:
    answers_shown(office, "one", offered=1)
    confirmed_answered(office, "one")
    file_request(office, application, submission_key="one")
    assert count(office) == BeforeFiling(answered=0, filed=1, left=0, undecided=0)
