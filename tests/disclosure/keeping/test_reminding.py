"""Reminding staff: each reminder once to each who should read it, however often somebody looks."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from functools import partial
from threading import Event

import pytest
from anyio import run
from argon2 import PasswordHasher

from inquiry_service.disclosure import Application, DisclosureOffice, file_request
from inquiry_service.disclosure.keeping.reminding import keep_reminding, remind
from inquiry_service.disclosure.letters.kinds import LetterKind
from inquiry_service.disclosure.procedure import ending
from inquiry_service.disclosure.procedure.intake import file_for_applicant
from inquiry_service.disclosure.rules.channels import Channel
from inquiry_service.moments import FrozenClock
from inquiry_service.notify import Medium, PostOffice, backlog, deliver_due, unread
from inquiry_service.staff.accounts import StaffOffice, add_member
from inquiry_service.staff.mail import change_mail
from inquiry_service.staff.roles import Role
from post_twins import ScriptedCarrier
from procedure_house import register, send_out

PASSWORD = "only-for-these-tests"


@pytest.fixture
def office(office: DisclosureOffice) -> DisclosureOffice:
    post = PostOffice(office.database, office.clock, office.seals.seal, office.seals.unseal)
    return replace(office, post=post)


def staff_of(office: DisclosureOffice) -> StaffOffice:
    cheap = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
    seals = office.seals
    return StaffOffice(office.database, office.clock, cheap, seals.seal, seals.unseal)


@pytest.fixture
def staff(office: DisclosureOffice) -> StaffOffice:
    """A bureau with an administrator, two clerks and a head."""
    staff = staff_of(office)
    for login, role in (
        ("admin", Role.ADMINISTRATOR),
        ("one", Role.CLERK),
        ("two", Role.CLERK),
        ("chief", Role.HEAD),
    ):
        add_member(staff, login, login, role, PASSWORD)
    return staff


@pytest.fixture
def on(frozen_clock: FrozenClock) -> Callable[[int, int], None]:
    """Sets the clock to a day of 2026, morning in China."""

    def set_clock(month: int, day: int) -> None:
        frozen_clock.moment = datetime(2026, month, day, 1, 0, tzinfo=UTC)

    return set_clock


@pytest.fixture
def number(office: DisclosureOffice, application: Application) -> str:
    """Received on 2 March 2026: correction until 11 March, reply until 30 March."""
    return file_request(office, application, submission_key="one").number


def told(office: DisclosureOffice, login: str) -> list[str]:
    assert office.post is not None
    return [notice.text for notice in unread(office.post, login)]


Set = Callable[[int, int], None]


def test_nothing_is_said_while_there_is_time(
    office: DisclosureOffice, staff: StaffOffice, number: str
) -> None:
    assert remind(office, staff) == 0


def test_clerks_are_reminded_before_the_day_and_each_only_once(
    office: DisclosureOffice, staff: StaffOffice, number: str, on: Set
) -> None:
    register(office, number)
    on(3, 25)
    assert remind(office, staff) == 2
    assert remind(office, staff) == 0
    assert told(office, "one") == [f"{number}距答复期限（2026-03-30）还有3个工作日。"]
    assert told(office, "one") == told(office, "two")
    assert told(office, "chief") == told(office, "admin") == []


def test_whoever_gave_an_address_is_mailed_once_with_number_day_and_link_and_nothing_else(
    office: DisclosureOffice, number: str, application: Application, on: Set
) -> None:
    carrier = ScriptedCarrier()
    assert office.post is not None
    post = replace(office.post, carriers={Medium.EMAIL: carrier})
    office = replace(office, post=post)
    staff = staff_of(office)
    add_member(staff, "one", "一岗", Role.CLERK, PASSWORD, mail="one@example.gov.cn")
    add_member(staff, "two", "二岗", Role.CLERK, PASSWORD)
    register(office, number)
    on(3, 25)
    for _ in range(2):
        remind(office, staff, desk="https://open.example.gov.cn/desk")
    assert deliver_due(post).sent == 1
    [sent] = carrier.handed
    assert (sent.to, sent.subject) == ("one@example.gov.cn", f"办理期限提醒 {number}")
    assert f"{number}距答复期限（2026-03-30）还有3个工作日。" in sent.text
    assert f"https://open.example.gov.cn/desk/requests/{number}" in sent.text
    for private in (application.name, application.phone, application.description):
        assert private not in sent.text + sent.subject
    change_mail(staff, "one", "")
    on(3, 31)
    assert remind(office, staff) == 2
    assert deliver_due(post).sent == 0


def test_without_a_mail_server_no_mail_is_left_waiting(
    office: DisclosureOffice, number: str, on: Set
) -> None:
    staff = staff_of(office)
    add_member(staff, "one", "一岗", Role.CLERK, PASSWORD, mail="one@example.gov.cn")
    on(3, 31)
    assert remind(office, staff) == 1
    assert office.post is not None
    assert backlog(office.post).stranded == 0


def test_the_head_reads_it_too_when_it_is_overdue(
    office: DisclosureOffice, staff: StaffOffice, number: str, on: Set
) -> None:
    on(3, 31)
    assert remind(office, staff) == 3
    [text] = told(office, "chief")
    assert "已过1个工作日" in text
    assert office.post is not None
    assert unread(office.post, "chief")[0].urgent
    on(4, 1)
    assert remind(office, staff) == 3


def test_the_seven_days_for_a_correction_are_watched_until_it_is_asked(
    office: DisclosureOffice, staff: StaffOffice, number: str, on: Set
) -> None:
    register(office, number)
    on(3, 11)
    assert remind(office, staff) == 2
    assert "一次性告知申请人" in told(office, "one")[0]


def test_no_correction_is_called_for_once_it_was_asked(
    office: DisclosureOffice, staff: StaffOffice, number: str, on: Set
) -> None:
    register(office, number)
    send_out(office, number, LetterKind.CORRECTION, until="2026-03-20")
    on(3, 11)
    assert remind(office, staff) == 0
    on(3, 23)
    remind(office, staff)
    assert ["期限（2026-03-20）已过" in text for text in told(office, "one")] == [True]


def test_a_letter_whose_receipt_nobody_confirmed_is_not_forgotten(
    office: DisclosureOffice, staff: StaffOffice, application: Application, on: Set
) -> None:
    posted = file_for_applicant(
        office,
        application,
        channel=Channel.ORDINARY_POST,
        arrived=date(2026, 2, 27),
        submission_key="posted",
        by="one",
    ).number
    remind(office, staff)
    [text] = told(office, "one")
    assert text.startswith(f"{posted}（2026-02-27来件）还没有确认收到")


def test_while_a_third_party_is_asked_its_fifteen_days_are_watched_and_not_the_reply(
    office: DisclosureOffice, staff: StaffOffice, number: str, on: Set
) -> None:
    register(office, number)
    send_out(office, number, LetterKind.THIRD_PARTY_CONSULTATION, party="第三方一")
    on(3, 23)
    assert remind(office, staff) == 2
    assert "征求第三方意见2026-03-23期满" in told(office, "one")[0]
    on(3, 31)
    remind(office, staff)
    assert not [text for text in told(office, "one") if "答复期限" in text]


def test_a_case_that_has_ended_needs_no_reminder(
    office: DisclosureOffice, staff: StaffOffice, number: str, on: Set
) -> None:
    ending.withdraw_request(office, number)
    on(3, 31)
    assert remind(office, staff) == 0


def test_without_clerks_the_administrator_reads_it(
    office: DisclosureOffice, number: str, on: Set
) -> None:
    staff = staff_of(office)
    add_member(staff, "admin", "admin", Role.ADMINISTRATOR, PASSWORD)
    on(3, 31)
    assert remind(office, staff) == 2
    assert len(told(office, "admin")) == 2


def test_without_a_post_office_nothing_is_said(
    office: DisclosureOffice, staff: StaffOffice, number: str, on: Set
) -> None:
    on(3, 31)
    assert remind(replace(office, post=None), staff) == 0


def test_the_service_looks_by_itself_and_outlives_a_fault(
    office: DisclosureOffice, staff: StaffOffice, number: str, on: Set
) -> None:
    on(3, 31)
    closing, looks = Event(), iter(["it fails", "it looks"])

    def clock() -> datetime:
        if next(looks, "") == "it fails":
            raise ZeroDivisionError
        closing.set()
        return office.clock()

    shaky = replace(office, clock=clock)
    run(partial(keep_reminding, shaky, staff, closing, first=0, every=0))
    assert len(told(office, "one")) == 1
