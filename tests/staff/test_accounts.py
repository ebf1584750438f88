"""Accounts: no default password, no hint which logins exist, no token kept in the clear."""

from dataclasses import replace
from datetime import timedelta
from typing import Literal

import pytest
from argon2 import PasswordHasher
from sqlalchemy import text

from inquiry_service.disclosure.sealing import Seals
from inquiry_service.errors import BadInput, Conflict, NotFound, NotSignedIn, TooManyAttempts
from inquiry_service.moments import FrozenClock
from inquiry_service.staff import (
    Permission,
    Role,
    StaffOffice,
    add_member,
    change_mail,
    create_administrator,
    mail_addresses,
    members,
    session_of,
    sign_in,
    sign_out,
)
from inquiry_service.storage import Database

PASSWORD = "a long enough phrase"


@pytest.fixture
def staff(database: Database, frozen_clock: FrozenClock) -> StaffOffice:
    """An office with one account; the hash is cheap so that the tests are quick."""
    office = StaffOffice(database, frozen_clock, PasswordHasher(time_cost=1, memory_cost=64))
    create_administrator(office, "desk-one", "测试工作人员", PASSWORD)
    return office


def all_rows(office: StaffOffice) -> str:
    tables = ("staff_members", "staff_sessions", "staff_events", "staff_sign_in_failures")
    with office.database.read() as connection:
        return str([connection.execute(text(f"SELECT * FROM {t}")).all() for t in tables])


def test_signing_in_opens_a_session_for_twelve_hours(
    staff: StaffOffice, frozen_clock: FrozenClock
) -> None:
    signed_in = sign_in(staff, " Desk-One ", PASSWORD)
    session = session_of(staff, signed_in.token)
    assert (session.login, session.name) == ("desk-one", "测试工作人员")
    assert session.csrf == signed_in.csrf != signed_in.token
    frozen_clock.advance(timedelta(hours=12) - timedelta(seconds=1))
    session_of(staff, signed_in.token)
    frozen_clock.advance(timedelta(seconds=1))
    with pytest.raises(NotSignedIn):
        session_of(staff, signed_in.token)


def test_after_signing_out_the_token_opens_nothing(staff: StaffOffice) -> None:
    token, other = (sign_in(staff, "desk-one", PASSWORD).token for _ in range(2))
    sign_out(staff, token)
    sign_out(staff, token)
    with pytest.raises(NotSignedIn):
        session_of(staff, token)
    assert session_of(staff, other).login == "desk-one"


def test_an_unknown_login_and_a_wrong_password_read_the_same(staff: StaffOffice) -> None:
    with pytest.raises(BadInput) as wrong:
        sign_in(staff, "desk-one", "not the phrase")
    with pytest.raises(BadInput) as unknown:
        sign_in(staff, "nobody", PASSWORD)
    assert wrong.value.problems == unknown.value.problems


@pytest.mark.parametrize("login", ["\0", "desk-one\0", "' or 1=1 --", "a" * 100_000])
def test_what_cannot_be_a_login_reads_like_an_unknown_one(staff: StaffOffice, login: str) -> None:
    """On PostgreSQL too, which takes no NUL."""
    with pytest.raises(BadInput, match="登录名或者密码不正确"):
        sign_in(staff, login, PASSWORD)


def fails(staff: StaffOffice, login: str, times: int, address: str = "192.0.2.1") -> None:
    for _ in range(times):
        with pytest.raises(BadInput):
            sign_in(staff, login, "not the phrase", address=address)


def waits(staff: StaffOffice, login: str, address: str = "192.0.2.1") -> int:
    with pytest.raises(TooManyAttempts) as caught:
        sign_in(staff, login, PASSWORD, address=address)
    return caught.value.retry_after


@pytest.mark.parametrize("login", ["desk-one", "nobody"])
def test_after_some_failures_even_the_right_password_has_to_wait_longer_each_time(
    staff: StaffOffice, frozen_clock: FrozenClock, login: str
) -> None:
    fails(staff, login, 5)
    pauses = []
    for _ in range(6):
        pauses.append(waits(staff, login))
        frozen_clock.advance(timedelta(seconds=pauses[-1]))
        fails(staff, login, 1)
    assert pauses == [60, 120, 240, 480, 900, 900]
    frozen_clock.advance(timedelta(minutes=15))
    if login == "desk-one":
        token = sign_in(staff, login, PASSWORD, address="192.0.2.1").token
        assert session_of(staff, token).login == login


def test_a_stranger_elsewhere_makes_himself_wait_and_not_the_clerk(staff: StaffOffice) -> None:
    fails(staff, "desk-one", 5, "203.0.113.9")
    assert waits(staff, "desk-one", "203.0.113.9") == 60
    assert sign_in(staff, "desk-one", PASSWORD, address="192.0.2.1").token


def test_many_strangers_at_once_have_fewer_tries_each_and_shut_nobody_out(
    staff: StaffOffice,
) -> None:
    for n in range(10):
        fails(staff, "desk-one", 5, f"203.0.113.{n}")
    fails(staff, "desk-one", 3, "203.0.113.99")
    assert waits(staff, "desk-one", "203.0.113.99") == 60
    fails(staff, "desk-one", 2, "192.0.2.1")
    assert sign_in(staff, "desk-one", PASSWORD, address="192.0.2.1").token


def test_many_tries_at_once_are_not_each_the_first(staff: StaffOffice) -> None:
    """Each begins while the one before it is still being looked at."""
    looked_at = []

    class Slow(PasswordHasher):
        def verify(
            self,
            hash: str | bytes,  # noqa: A002 - argon2 calls it so
            password: str | bytes,
        ) -> Literal[True]:
            looked_at.append(password)
            if len(looked_at) < 20:
                with pytest.raises((BadInput, TooManyAttempts)):
                    sign_in(slow, "desk-one", "not the phrase", address="192.0.2.1")
            return super().verify(hash, password)

    slow = replace(staff, hasher=Slow(time_cost=1, memory_cost=64))
    fails(slow, "desk-one", 1)
    assert len(looked_at) == 5


def test_signing_in_leaves_nothing_that_counts_as_a_failure(staff: StaffOffice) -> None:
    for _ in range(60):
        sign_in(staff, "desk-one", PASSWORD)
    with staff.database.read() as connection:
        assert connection.execute(text("SELECT * FROM staff_sign_in_failures")).all() == []


def test_a_success_wipes_the_failures_before_it(staff: StaffOffice) -> None:
    for _ in range(2):
        fails(staff, "desk-one", 4)
        sign_in(staff, "desk-one", PASSWORD, address="192.0.2.1")


def test_neither_password_nor_token_is_stored(staff: StaffOffice) -> None:
    signed_in = sign_in(staff, "desk-one", PASSWORD)
    with pytest.raises(BadInput):
        sign_in(staff, "my password by mistake", "x")
    stored = all_rows(staff)
    fails(staff, "desk-one", 1, "192.0.2.77")
    stored = all_rows(staff)
    secrets = (PASSWORD, signed_in.token, signed_in.csrf, "my password by mistake", "192.0.2.77")
    for secret in secrets:
        assert secret not in stored


def test_what_happened_to_an_account_is_written_down(staff: StaffOffice) -> None:
    sign_out(staff, sign_in(staff, "desk-one", PASSWORD).token)
    with staff.database.read() as connection:
        names = connection.execute(text("SELECT name FROM staff_events ORDER BY event_id"))
        assert list(names.scalars()) == ["AccountCreated", "SignedIn", "SignedOut"]


def test_a_hash_made_with_weaker_settings_is_renewed_at_sign_in(staff: StaffOffice) -> None:
    stronger = StaffOffice(staff.database, staff.clock, PasswordHasher(2, 64))
    before = all_rows(staff)
    sign_in(stronger, "desk-one", PASSWORD)
    assert "t=1" in before
    assert "t=2" in all_rows(staff)
    assert session_of(stronger, sign_in(stronger, "desk-one", PASSWORD).token)


@pytest.mark.parametrize(
    ("login", "name", "password", "fields"),
    [
        ("desk-two", "测试", "short", ["password"]),
        ("desk-two-two", "测试", "Desk-Two-Two", ["password"]),
        ("desk two", "测试", PASSWORD, ["login"]),
        ("", "", "", ["login", "name", "password"]),
        ("desk-two", "测" * 65, "x" * 257, ["name", "password"]),
    ],
)
def test_an_unsafe_account_is_refused_with_the_fields_named(
    staff: StaffOffice, login: str, name: str, password: str, fields: list[str]
) -> None:
    with pytest.raises(BadInput) as caught:
        create_administrator(staff, login, name, password)
    assert [problem.field for problem in caught.value.problems] == fields


def test_a_login_is_given_once(staff: StaffOffice) -> None:
    with pytest.raises(Conflict, match="desk-one 已经存在，请换一个登录名。"):
        create_administrator(staff, "DESK-ONE", "另一人", PASSWORD)


def test_an_account_has_a_role_that_its_session_carries(staff: StaffOffice) -> None:
    add_member(staff, "head", "测试负责人", Role.HEAD, PASSWORD)
    session = session_of(staff, sign_in(staff, "head", PASSWORD).token)
    assert session.role is Role.HEAD
    assert session.may(Permission.APPROVE)
    assert not session.may(Permission.WORK, Permission.ADMINISTER)
    assert [(m.login, m.role) for m in members(staff)] == [
        ("desk-one", Role.ADMINISTRATOR),
        ("head", Role.HEAD),
    ]


@pytest.mark.parametrize("login", ["applicant", "system", " System "])
def test_no_account_passes_for_somebody_else_in_a_history(staff: StaffOffice, login: str) -> None:
    with pytest.raises(BadInput) as refused:
        add_member(staff, login, "测试", Role.CLERK, PASSWORD)
    assert [problem.field for problem in refused.value.problems] == ["login"]


def test_only_an_administrator_may_everything() -> None:
    assert Role.ADMINISTRATOR.permissions == frozenset(Permission)
    for role in (Role.CLERK, Role.REVIEWER, Role.HEAD):
        assert Permission.ADMINISTER not in role.permissions
    assert not Role.CLERK.may(Permission.REVIEW, Permission.APPROVE)


def test_an_address_for_reminders_is_kept_sealed_and_may_be_changed_and_taken_back(
    staff: StaffOffice,
) -> None:
    seals = Seals("only-for-tests")
    sealing = replace(staff, seal=seals.seal, unseal=seals.unseal)
    add_member(sealing, "clerk", "测试", Role.CLERK, PASSWORD, mail=" one@example.gov.cn ")
    assert mail_addresses(sealing) == {"clerk": "one@example.gov.cn"}
    change_mail(sealing, "CLERK", "two@example.gov.cn")
    assert mail_addresses(sealing) == {"clerk": "two@example.gov.cn"}
    assert "example.gov.cn" not in all_rows(staff)
    assert "MailChanged" in all_rows(staff)
    lost = replace(staff, unseal=Seals("another secret").unseal)
    assert mail_addresses(lost) == {}
    change_mail(sealing, "clerk", "")
    assert mail_addresses(sealing) == {}


@pytest.mark.parametrize(
    "wrong", ["someone", "a@b", "a b@example.cn", "某人@example.cn", "a@b.cn\nx"]
)
def test_what_is_no_address_is_refused_and_no_account_made(staff: StaffOffice, wrong: str) -> None:
    with pytest.raises(BadInput) as refused:
        add_member(staff, "clerk", "测试", Role.CLERK, PASSWORD, mail=wrong)
    assert [problem.field for problem in refused.value.problems] == ["mail"]
    with pytest.raises(BadInput):
        change_mail(staff, "desk-one", wrong)
    assert [member.login for member in members(staff)] == ["desk-one"]
    with pytest.raises(NotFound):
        change_mail(staff, "nobody", "")
