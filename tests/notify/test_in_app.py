"""Lists in the app: there at once, one's own only, read once."""

from datetime import timedelta

import pytest

from inquiry_service.errors import NotFound
from inquiry_service.moments import FrozenClock
from inquiry_service.notify import Medium, Notice, mark_read, unread
from inquiry_service.storage import Database
from post_twins import committed, post_office


def told(key: str, to: str, text: str, *, urgent: bool = False) -> Notice:
    return Notice(key, Medium.IN_APP, to, "到期提醒", text, urgent)


def test_a_notice_is_on_the_list_as_soon_as_the_event_is_committed(
    database: Database, frozen_clock: FrozenClock
) -> None:
    post = post_office(database, frozen_clock)
    committed(post, told("a", "desk", "甲件今天到期"), told("b", "chief", "乙件已经超期"))
    (notice,) = unread(post, "desk")
    assert (notice.key, notice.subject, notice.text) == ("a", "到期提醒", "甲件今天到期")
    assert notice.at == frozen_clock()


def test_urgent_ones_stand_first(database: Database, frozen_clock: FrozenClock) -> None:
    post = post_office(database, frozen_clock)
    committed(post, told("a", "desk", "甲"), told("b", "desk", "乙"))
    committed(post, told("c", "desk", "丙", urgent=True), told("a", "desk", "甲"))
    assert [notice.text for notice in unread(post, "desk")] == ["丙", "甲", "乙"]


def test_what_was_read_is_off_the_list_and_reading_twice_is_no_error(
    database: Database, frozen_clock: FrozenClock
) -> None:
    post = post_office(database, frozen_clock)
    committed(post, told("a", "desk", "甲"))
    (notice,) = unread(post, "desk")
    mark_read(post, notice.id, "desk")
    frozen_clock.advance(timedelta(hours=1))
    mark_read(post, notice.id, "desk")
    assert unread(post, "desk") == ()


def test_nobody_reads_for_somebody_else(database: Database, frozen_clock: FrozenClock) -> None:
    post = post_office(database, frozen_clock)
    committed(post, told("a", "desk", "甲"))
    (notice,) = unread(post, "desk")
    with pytest.raises(NotFound):
        mark_read(post, notice.id, "chief")
    with pytest.raises(NotFound):
        mark_read(post, notice.id + 1, "desk")
    assert len(unread(post, "desk")) == 1
