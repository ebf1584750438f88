"""The outbox: once, in time, and when it is not known whether, never again by machine."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import Row, select

from inquiry_service.errors import BadInput
from inquiry_service.moments import FrozenClock
from inquiry_service.notify import (
    Delivered,
    Medium,
    Notice,
    PostOffice,
    deliver_due,
    undecided,
)
from inquiry_service.notify.carrier import Carrier, InDoubt, NotTaken, Refused
from inquiry_service.notify.store import notices
from inquiry_service.notify.timing import LAST_ATTEMPT
from inquiry_service.storage import Database
from post_twins import (
    ScriptedCarrier,
    carrier_of,
    committed,
    email,
    post_office,
    seal,
    sms,
)

EVENING = datetime(2026, 3, 2, 13, 30, tzinfo=UTC)  # half past nine in China


@pytest.fixture
def opened(database: Database, frozen_clock: FrozenClock) -> Callable[..., PostOffice]:
    """A post office with one carrier for e-mail and short messages alike."""

    def open_with(carrier: Carrier) -> PostOffice:
        carriers = {Medium.EMAIL: carrier, Medium.SMS: carrier}
        return post_office(database, frozen_clock, carriers)

    return open_with


def rows(post: PostOffice) -> list[Row[tuple[object, ...]]]:
    with post.database.read() as connection:
        return list(connection.execute(select(notices).order_by(notices.c.id)))


def test_a_committed_notice_is_sent_once_with_its_reference(
    opened: Callable[..., PostOffice],
) -> None:
    carrier = ScriptedCarrier()
    post = opened(carrier)
    committed(post, email("k", "someone@example.cn", subject="标题", text="正文"))
    assert deliver_due(post) == Delivered(sent=1)
    assert deliver_due(post) == Delivered()
    (handed,) = carrier.handed
    assert (handed.to, handed.subject, handed.text) == ("someone@example.cn", "标题", "正文")
    (row,) = rows(post)
    assert (row.state, row.provider_reference, row.sent_at) == ("sent", "taken", post.clock())
    assert row.doubtful_since is None


def test_what_the_caller_rolled_back_is_never_sent(opened: Callable[..., PostOffice]) -> None:
    post = opened(ScriptedCarrier())
    with pytest.raises(BadInput):
        committed(post, email("k"), email("l", "no address"))
    assert deliver_due(post) == Delivered()
    assert rows(post) == []


def test_the_same_key_again_is_the_same_notice_before_and_after_it_was_sent(
    opened: Callable[..., PostOffice],
) -> None:
    carrier = ScriptedCarrier()
    post = opened(carrier)
    committed(post, email("k", text="第一份"), email("k", text="第二份"))
    deliver_due(post)
    committed(post, email("k", text="第三份"))
    deliver_due(post)
    assert [parcel.text for parcel in carrier.handed] == ["第一份"]


def test_one_key_for_two_media_is_refused_or_one_would_never_be_told(
    opened: Callable[..., PostOffice],
) -> None:
    post = opened(ScriptedCarrier())
    committed(post, email("k"))
    with pytest.raises(ValueError, match="a notice by email"):
        committed(post, sms("k"))


def test_what_cannot_be_sent_is_refused_at_once(opened: Callable[..., PostOffice]) -> None:
    post = opened(ScriptedCarrier())
    with pytest.raises(BadInput, match="邮箱"):
        committed(post, email("k", "a@example.cn\nBcc: b@example.cn"))
    assert rows(post) == []


def test_nothing_personal_stands_in_the_table(opened: Callable[..., PostOffice]) -> None:
    post = opened(ScriptedCarrier())
    committed(post, email("k", "someone@example.cn", subject="张某某", text="李某某"))
    (row,) = rows(post)
    kept = "".join(map(str, row))
    assert not any(secret in kept for secret in ("someone", "张某某", "李某某"))
    assert row.recipient == seal("someone@example.cn")
    sealed = {column.name for column in notices.columns if column.info.get("sealed")}
    assert sealed == {"recipient", "subject", "text"}


def test_the_carrier_is_not_told_our_key(opened: Callable[..., PostOffice]) -> None:
    carrier = ScriptedCarrier()
    post = opened(carrier)
    committed(post, email("YSQ-2026-00001/reply"))
    deliver_due(post)
    assert len(carrier.handed[0].key) == 64
    assert "YSQ" not in carrier.handed[0].key


def test_urgent_ones_go_first_and_the_rest_in_order(opened: Callable[..., PostOffice]) -> None:
    carrier = ScriptedCarrier()
    post = opened(carrier)
    committed(post, email("a", text="甲"), email("b", text="乙"))
    committed(post, email("c", text="丙", urgent=True))
    assert deliver_due(post, most=2) == Delivered(sent=2)
    assert deliver_due(post) == Delivered(sent=1)
    assert [parcel.text for parcel in carrier.handed] == ["丙", "甲", "乙"]


def test_a_medium_without_carrier_waits_until_it_has_one(
    database: Database, frozen_clock: FrozenClock
) -> None:
    without = post_office(database, frozen_clock)
    committed(without, email("k"))
    assert deliver_due(without) == Delivered()
    assert not without.carries(Medium.EMAIL)
    assert without.carries(Medium.IN_APP)
    carrier = ScriptedCarrier()
    assert deliver_due(replace(without, carriers={Medium.EMAIL: carrier})) == Delivered(sent=1)


# --- quiet hours -------------------------------------------------------------------------------


def test_short_messages_wait_for_the_morning_and_e_mail_does_not(
    opened: Callable[..., PostOffice], frozen_clock: FrozenClock
) -> None:
    frozen_clock.moment = EVENING
    post = opened(ScriptedCarrier())
    committed(post, email("e"), sms("s"))
    committed(post, replace(sms("urgent"), urgent=True))
    assert deliver_due(post) == Delivered(sent=1)
    frozen_clock.moment = datetime(2026, 3, 3, 0, 0, tzinfo=UTC)
    assert deliver_due(post) == Delivered(sent=2)


def test_a_short_message_that_was_due_by_day_does_not_leave_at_night(
    opened: Callable[..., PostOffice], frozen_clock: FrozenClock
) -> None:
    post = opened(ScriptedCarrier())
    committed(post, sms("s"))
    frozen_clock.moment = EVENING  # the service was down all day
    assert deliver_due(post) == Delivered()
    frozen_clock.advance(timedelta(hours=11))
    assert deliver_due(post) == Delivered(sent=1)


def test_a_pause_that_ends_in_quiet_hours_lasts_until_the_morning(
    opened: Callable[..., PostOffice], frozen_clock: FrozenClock
) -> None:
    frozen_clock.moment = EVENING - timedelta(minutes=30, seconds=20)
    post = opened(ScriptedCarrier([NotTaken("HTTP 429")]))
    committed(post, sms("s"))
    assert deliver_due(post) == Delivered(retried=1)
    assert rows(post)[0].not_before == datetime(2026, 3, 3, 0, 0, tzinfo=UTC)


# --- failures ----------------------------------------------------------------------------------


def test_a_temporary_failure_is_tried_again_after_growing_pauses(
    opened: Callable[..., PostOffice], frozen_clock: FrozenClock
) -> None:
    carrier = ScriptedCarrier([NotTaken("ConnectionRefusedError")] * 3)
    post = opened(carrier)
    committed(post, email("k"))
    for minutes in (1, 2, 4):
        assert deliver_due(post) == Delivered(retried=1)
        frozen_clock.advance(timedelta(minutes=minutes, seconds=-1))
        assert deliver_due(post) == Delivered()
        frozen_clock.advance(timedelta(seconds=1))
    assert rows(post)[0].last_error == "ConnectionRefusedError"
    assert deliver_due(post) == Delivered(sent=1)


def test_one_that_waits_does_not_hold_up_the_others(opened: Callable[..., PostOffice]) -> None:
    post = opened(ScriptedCarrier([NotTaken("SMTP 450")]))
    committed(post, email("a"), email("b"))
    assert deliver_due(post) == Delivered(sent=1, retried=1)


def test_after_the_last_try_it_has_failed_and_is_listed(
    opened: Callable[..., PostOffice], frozen_clock: FrozenClock
) -> None:
    post = opened(ScriptedCarrier([NotTaken("TimeoutError")] * LAST_ATTEMPT))
    committed(post, email("k"))
    for _ in range(LAST_ATTEMPT - 1):
        assert deliver_due(post) == Delivered(retried=1)
        frozen_clock.advance(timedelta(hours=4))
    assert deliver_due(post) == Delivered(failed=1)
    frozen_clock.advance(timedelta(days=30))
    assert deliver_due(post) == Delivered()
    (listed,) = undecided(post)
    assert (listed.certain, listed.error, listed.attempts) == (True, "TimeoutError", LAST_ATTEMPT)


def test_a_refusal_fails_at_once(opened: Callable[..., PostOffice]) -> None:
    post = opened(ScriptedCarrier([Refused("SMTP 550")]))
    committed(post, email("k", "someone@example.cn"))
    assert deliver_due(post) == Delivered(failed=1)
    (listed,) = undecided(post)
    assert (listed.recipient, listed.certain) == ("s***@example.cn", True)


# --- doubt -------------------------------------------------------------------------------------


def in_doubt(post: PostOffice, clock: FrozenClock) -> None:
    """One notice was handed over and no answer came; its pause is over."""
    committed(post, email("k"))
    assert deliver_due(post) == Delivered(retried=1)
    clock.advance(timedelta(minutes=1))


def test_in_doubt_a_carrier_that_cannot_say_is_never_used_again(
    opened: Callable[..., PostOffice], frozen_clock: FrozenClock
) -> None:
    carrier = ScriptedCarrier([InDoubt("TimeoutError")])
    post = opened(carrier)
    in_doubt(post, frozen_clock)
    assert deliver_due(post) == Delivered(uncertain=1)
    frozen_clock.advance(timedelta(days=30))
    assert deliver_due(post) == Delivered()
    assert len(carrier.handed) == 1
    assert [(one.certain, one.error) for one in undecided(post)] == [(False, "TimeoutError")]


def test_in_doubt_a_repeatable_carrier_gets_the_same_key_again(
    opened: Callable[..., PostOffice], frozen_clock: FrozenClock
) -> None:
    carrier = ScriptedCarrier([InDoubt("ReadTimeout")], repeatable_for=timedelta(days=1))
    post = opened(carrier)
    in_doubt(post, frozen_clock)
    assert deliver_due(post) == Delivered(sent=1)
    assert len({parcel.key for parcel in carrier.handed}) == 1


def test_what_the_carrier_has_forgotten_by_now_is_not_repeated(
    opened: Callable[..., PostOffice], frozen_clock: FrozenClock
) -> None:
    carrier = ScriptedCarrier([InDoubt("ReadTimeout")], repeatable_for=timedelta(days=1))
    post = opened(carrier)
    in_doubt(post, frozen_clock)
    frozen_clock.advance(timedelta(days=1))
    assert deliver_due(post) == Delivered(uncertain=1)
    assert len(carrier.handed) == 1


@pytest.mark.parametrize(
    ("answer", "delivered", "handed"),
    [
        (True, Delivered(sent=1), 1),
        (False, Delivered(sent=1), 2),
        (None, Delivered(uncertain=1), 1),
    ],
)
def test_in_doubt_a_carrier_that_can_be_asked_is_asked(
    opened: Callable[..., PostOffice],
    frozen_clock: FrozenClock,
    answer: bool | None,
    delivered: Delivered,
    handed: int,
) -> None:
    carrier = ScriptedCarrier([InDoubt("TimeoutError")], answers=[answer])
    post = opened(carrier)
    in_doubt(post, frozen_clock)
    assert deliver_due(post) == delivered
    assert len(carrier.handed) == handed


@pytest.mark.parametrize("later", [NotTaken("ConnectError"), Refused("HTTP 422")])
def test_a_later_failure_does_not_make_an_open_try_certain(
    opened: Callable[..., PostOffice],
    frozen_clock: FrozenClock,
    later: NotTaken | Refused,
) -> None:
    failures = [InDoubt("ReadTimeout"), *[later] * LAST_ATTEMPT]
    post = opened(ScriptedCarrier(failures, repeatable_for=timedelta(days=99)))
    in_doubt(post, frozen_clock)
    ends = []
    while (end := deliver_due(post)) != Delivered():
        ends.append(end)
        frozen_clock.advance(timedelta(hours=4))
    assert ends[-1] == Delivered(uncertain=1)
    assert all(end == Delivered(retried=1) for end in ends[:-1])


def test_a_failure_after_the_doubt_was_cleared_up_is_certain(
    opened: Callable[..., PostOffice], frozen_clock: FrozenClock
) -> None:
    failures = [InDoubt("TimeoutError"), Refused("SMTP 550")]
    post = opened(ScriptedCarrier(failures, answers=[False]))
    in_doubt(post, frozen_clock)
    assert deliver_due(post) == Delivered(failed=1)
    assert rows(post)[0].doubtful_since is None


# --- workers -----------------------------------------------------------------------------------


def test_many_workers_at_once_send_every_notice_once(
    opened: Callable[..., PostOffice], tmp_path: Path
) -> None:
    carrier = carrier_of("mute", tmp_path / "book")
    post = opened(carrier)
    committed(post, *(email(f"k{n}", text=f"通知{n}") for n in range(24)))
    with ThreadPoolExecutor(4) as workers:
        delivered = list(workers.map(lambda _: deliver_due(post), range(4)))
    assert sum(one.sent for one in delivered) == 24
    assert sorted(carrier.texts()) == sorted(f"通知{n}" for n in range(24))


def test_many_who_enqueue_one_key_at_once_make_one_notice(
    opened: Callable[..., PostOffice],
) -> None:
    post = opened(ScriptedCarrier())
    with ThreadPoolExecutor(4) as hands:
        list(hands.map(lambda _: committed(post, email("k")), range(8)))
    assert deliver_due(post) == Delivered(sent=1)


def test_a_claimed_notice_is_nobody_elses_until_the_claim_lapses(
    opened: Callable[..., PostOffice], frozen_clock: FrozenClock
) -> None:
    seen: list[Delivered] = []

    class Slow(ScriptedCarrier):
        """While it is sending, another worker looks, before and after the claim has lapsed."""

        def send(self, parcel: object) -> str:
            seen.append(deliver_due(post))
            frozen_clock.advance(post.lease)
            seen.append(deliver_due(post))
            return "after-all"

    post = opened(Slow())
    committed(post, email("k"))
    assert deliver_due(post) == Delivered(sent=1)
    # The second worker could only call it uncertain; the first knows better and says so.
    assert seen == [Delivered(), Delivered(uncertain=1)]
    assert [(row.state, row.provider_reference) for row in rows(post)] == [("sent", "after-all")]
    assert undecided(post) == ()


def test_what_silences_every_worker_ends_with_a_person(
    opened: Callable[..., PostOffice], frozen_clock: FrozenClock
) -> None:
    post = opened(ScriptedCarrier(repeatable_for=timedelta(days=99)))
    broken = replace(post, unseal=lambda _sealed: 1 / 0)  # type: ignore[arg-type, return-value]
    committed(post, email("k"))
    for _ in range(LAST_ATTEMPT):
        with pytest.raises(ZeroDivisionError):
            deliver_due(broken)
        frozen_clock.advance(post.lease)
    assert deliver_due(broken) == Delivered(uncertain=1)
    assert [(one.certain, one.error) for one in undecided(post)] == [(False, "Silence")]


def test_in_app_notices_never_reach_a_carrier(opened: Callable[..., PostOffice]) -> None:
    carrier = ScriptedCarrier()
    post = opened(carrier)
    committed(post, Notice("k", Medium.IN_APP, "desk", "", "今天到期"))
    assert deliver_due(post) == Delivered()
    assert rows(post)[0].state == "sent"
