"""Applicants are told that something happened, once, by what they gave, and nothing more."""

from dataclasses import replace

import pytest
from sqlalchemy import select

from inquiry_service.disclosure import Application, DisclosureOffice, file_request
from inquiry_service.disclosure.letters.kinds import LetterKind
from inquiry_service.moments import FrozenClock
from inquiry_service.notify import Medium, deliver_due
from inquiry_service.notify.store import notices
from inquiry_service.storage import Database
from post_twins import ScriptedCarrier, post_office
from procedure_house import register, reply, send_out


@pytest.fixture
def mail() -> ScriptedCarrier:
    return ScriptedCarrier()


@pytest.fixture
def telling(
    office: DisclosureOffice, database: Database, frozen_clock: FrozenClock, mail: ScriptedCarrier
) -> DisclosureOffice:
    return replace(office, post=post_office(database, frozen_clock, {Medium.EMAIL: mail}))


def test_each_step_that_concerns_the_applicant_is_told_once(
    telling: DisclosureOffice, application: Application, mail: ScriptedCarrier
) -> None:
    reachable = replace(application, email="applicant@example.com")
    number = file_request(telling, reachable, submission_key="one").number
    assert file_request(telling, reachable, submission_key="one").number == number
    register(telling, number)
    send_out(telling, number, LetterKind.EXTENSION, days="20", new_due="2026-04-28")
    reply(telling, number)
    deliver_due(telling.post)  # type: ignore[arg-type]
    told = [parcel.text for parcel in mail.handed]
    assert [text.split(number)[1][:8] for text in told] == [
        " 已确认收到。凭",
        " 答复期限已经延",
        " 已经答复，请查",
    ]
    assert all(application.description not in text for text in told)


def test_a_step_that_is_refused_is_not_told(
    telling: DisclosureOffice, application: Application, database: Database
) -> None:
    reachable = replace(application, email="applicant@example.com")
    number = file_request(telling, reachable, submission_key="one").number
    register(telling, number)
    with pytest.raises(Exception, match="20"):
        send_out(telling, number, LetterKind.EXTENSION, days="21", new_due="2026-04-28")
    with database.read() as connection:
        assert len(connection.execute(select(notices.c.key)).all()) == 1


def test_who_left_no_address_is_not_told_and_nothing_fails(
    telling: DisclosureOffice, application: Application, mail: ScriptedCarrier
) -> None:
    number = file_request(telling, application, submission_key="one").number
    reply(telling, number)
    deliver_due(telling.post)  # type: ignore[arg-type]
    assert mail.handed == []


def test_a_letter_that_only_informs_and_a_later_date_are_told_too(
    telling: DisclosureOffice, application: Application, mail: ScriptedCarrier
) -> None:
    reachable = replace(application, email="applicant@example.com")
    number = file_request(telling, reachable, submission_key="one").number
    register(telling, number)
    send_out(telling, number, LetterKind.THIRD_PARTY_CONSULTATION, party="第三方一")
    send_out(telling, number, LetterKind.CONSULTATION_NOTICE)
    deliver_due(telling.post)  # type: ignore[arg-type]
    told = [parcel.text.split(number)[1] for parcel in mail.handed]
    assert len(told) == 2
    assert told[1].startswith(" 正在征求意见，所需时间不计入答复期限，请查看告知书。")
