"""The post office that settings make."""

from datetime import time

import pytest

from inquiry_service.bootstrap.notices import post_office
from inquiry_service.disclosure import DisclosureOffice
from inquiry_service.notify import Medium, QuietHours
from inquiry_service.notify.console import ConsoleCarrier
from inquiry_service.notify.sms import HttpSmsCarrier
from inquiry_service.notify.smtp import Security, SmtpCarrier
from inquiry_service.settings import Settings

MAIL = {"mail_host": "mail.example.cn", "mail_from": "open@example.cn"}
SMS = {"sms_url": "http://127.0.0.1:9000/messages"}
SERVED = {"environment": "production", "secret_key": "x" * 32}


def test_in_development_what_is_not_set_is_shown_on_the_console(office: DisclosureOffice) -> None:
    carriers = post_office(Settings.load(**MAIL), office).carriers
    assert isinstance(carriers[Medium.EMAIL], SmtpCarrier)
    assert isinstance(carriers[Medium.SMS], ConsoleCarrier)


@pytest.mark.parametrize(
    ("given", "carried"),
    [({}, set()), (MAIL, {Medium.EMAIL}), (SMS, {Medium.SMS}), (MAIL | SMS, {"email", "sms"})],
)
def test_in_production_only_what_is_set_is_carried(
    office: DisclosureOffice, given: dict[str, str], carried: set[str]
) -> None:
    assert set(post_office(Settings.load(**SERVED, **given), office).carriers) == carried


def test_every_setting_reaches_its_carrier(office: DisclosureOffice) -> None:
    account = {"mail_user": "open", "mail_password": "secret", "mail_security": "tls"}
    given = MAIL | SMS | account | {"sms_token": "token", "mail_port": "465"}
    carriers = post_office(Settings.load(**given), office).carriers
    mail, messages = carriers[Medium.EMAIL], carriers[Medium.SMS]
    assert isinstance(mail, SmtpCarrier)
    assert (mail.host, mail.port, mail.security) == ("mail.example.cn", 465, Security.TLS)
    assert (mail.sender, mail.user, mail.password) == ("open@example.cn", "open", "secret")
    assert messages == HttpSmsCarrier(SMS["sms_url"], "token")
    assert "secret" not in repr(mail)
    assert "token" not in repr(messages)


def test_quiet_hours_and_the_seal_come_from_the_house(office: DisclosureOffice) -> None:
    post = post_office(Settings.load(quiet_from="22:30", quiet_until="07:00"), office)
    assert post.quiet == QuietHours(time(22, 30), time(7))
    assert post.unseal(office.seals.seal("甲")) == "甲"
