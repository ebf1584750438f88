"""The post office from settings: real carriers where they are set, consoles in development."""

from inquiry_service.disclosure.office import DisclosureOffice
from inquiry_service.notify import Medium, PostOffice, QuietHours
from inquiry_service.notify.carrier import Carrier
from inquiry_service.notify.console import ConsoleCarrier
from inquiry_service.notify.sms import HttpSmsCarrier
from inquiry_service.notify.smtp import Security, SmtpCarrier
from inquiry_service.settings import Settings


def post_office(settings: Settings, office: DisclosureOffice) -> PostOffice:
    """Notices live in the office's database and are sealed with its keys."""
    return PostOffice(
        database=office.database,
        clock=office.clock,
        seal=office.seals.seal,
        unseal=office.seals.unseal,
        carriers=_carriers(settings),
        quiet=QuietHours(*settings.quiet_hours),
    )


def _carriers(settings: Settings) -> dict[Medium, Carrier]:
    """In production a medium that is not set has none: its notices wait, and are seen to."""
    carriers: dict[Medium, Carrier] = {}
    if settings.environment == "development":
        carriers = {medium: ConsoleCarrier(medium) for medium in (Medium.EMAIL, Medium.SMS)}
    if settings.mail_host:
        carriers[Medium.EMAIL] = _mail(settings)
    if settings.sms_url:
        token = settings.sms_token.get_secret_value()
        carriers[Medium.SMS] = HttpSmsCarrier(settings.sms_url, token)
    return carriers


def _mail(settings: Settings) -> SmtpCarrier:
    return SmtpCarrier(
        host=settings.mail_host,
        port=settings.mail_port,
        sender=settings.mail_from,
        security=Security(settings.mail_security),
        user=settings.mail_user,
        password=settings.mail_password.get_secret_value(),
    )
