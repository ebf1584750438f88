"""E-mail over SMTP (RFC 5321). A mail server forgets what it was given: it cannot be asked."""

import smtplib
import ssl
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import timedelta
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, parseaddr
from enum import StrEnum
from typing import Any

from inquiry_service.notify.carrier import NEVER, InDoubt, NotDelivered, NotTaken, Parcel, Refused

_TAKEN, _GO_AHEAD, _TEMPORARY, _PERMANENT = 250, 354, 400, 500


class Security(StrEnum):
    """How the way to the mail server is protected; STARTTLS never falls back to plain text."""

    NONE = "none"
    STARTTLS = "starttls"
    TLS = "tls"


@dataclass(frozen=True)
class SmtpCarrier:
    """Hands e-mail to one mail server, a connection each. `sender` may be `机关 <a@example.cn>`.

    A fault of the server or of our account (no connection, password or sender refused) is
    `NotTaken`: it concerns all e-mail and is put right by the operator. A recipient or content
    refused for good (5xx) is `Refused`. From the moment the content is on its way until the
    server's answer, a lost connection is `InDoubt`. `timeout`: seconds for each step; `patience`:
    for the answer to the content, which servers look through first.
    """

    host: str
    port: int
    sender: str
    security: Security = Security.STARTTLS
    user: str = ""
    password: str = field(default="", repr=False)
    timeout: float = 20.0
    patience: float = 180.0
    trust: ssl.SSLContext = field(default_factory=ssl.create_default_context, repr=False)
    repeatable_for: timedelta = field(default=NEVER, init=False)

    def send(self, parcel: Parcel) -> str:
        content = message(self.sender, parcel).as_bytes(policy=SMTP)
        with self._session() as session:
            self._agree(session, parcel.to)
            return _hand_over(session, content, self.patience)

    def accepted(self, key: str) -> None:  # noqa: ARG002 (see the module)
        return None

    @contextmanager
    def _session(self) -> Iterator[smtplib.SMTP]:
        """A connection, protected and signed in."""
        try:
            session = self._connected()
        except OSError as fault:  # smtplib's own errors are among them
            raise NotTaken(_reason(fault)) from fault
        try:
            self._sign_in(session)
            yield session
        finally:
            with suppress(OSError):
                session.putcmd("QUIT")  # its answer is not waited for: the end is to be noted
            session.close()

    def _connected(self) -> smtplib.SMTP:
        # Our name at the greeting; asking the machine for it may wait for a name server.
        named: dict[str, Any] = {"local_hostname": _domain(self.sender), "timeout": self.timeout}
        if self.security is Security.TLS:
            return smtplib.SMTP_SSL(self.host, self.port, context=self.trust, **named)
        return smtplib.SMTP(self.host, self.port, **named)

    def _sign_in(self, session: smtplib.SMTP) -> None:
        try:
            if self.security is Security.STARTTLS:
                session.starttls(context=self.trust)
            if self.user:
                session.login(self.user, self.password)
            session.ehlo_or_helo_if_needed()
        except OSError as fault:
            raise NotTaken(_reason(fault)) from fault

    def _agree(self, session: smtplib.SMTP, to: str) -> None:
        """Sender, recipient, and the server's leave to send the content."""
        sender = parseaddr(self.sender)[1]
        _ask(session, f"MAIL FROM:<{sender}>", for_good=NotTaken)  # our account, not this e-mail
        _ask(session, f"RCPT TO:<{to}>", for_good=Refused)
        if (code := _ask(session, "DATA", for_good=Refused)) != _GO_AHEAD:
            raise NotTaken(f"SMTP {code}")


def message(sender: str, parcel: Parcel) -> EmailMessage:
    """The e-mail, byte for byte the same for the same parcel, its Message-ID made of the key."""
    mail = EmailMessage(policy=SMTP)
    mail["From"] = sender
    mail["To"] = parcel.to
    mail["Subject"] = parcel.subject
    mail["Date"] = format_datetime(parcel.at)
    mail["Message-ID"] = f"<{parcel.key[:40]}@{_domain(sender)}>"
    mail["Auto-Submitted"] = "auto-generated"  # RFC 3834: no holiday replies, please
    mail.set_content(parcel.text, charset="utf-8", cte="base64")
    return mail


def _hand_over(session: smtplib.SMTP, content: bytes, patience: float) -> str:
    """Send the content and wait for the answer that makes the server responsible for it."""
    try:
        session.send(content.replace(b"\r\n.", b"\r\n..") + b".\r\n")
        if session.sock is not None:
            session.sock.settimeout(patience)
        code, answer = session.getreply()
    except OSError as fault:
        raise InDoubt(_reason(fault)) from fault
    _heed(code, for_good=Refused)
    if code != _TAKEN:  # an answer nobody can read
        raise InDoubt(f"SMTP {code}")
    return answer.decode("utf-8", "replace")


def _ask(session: smtplib.SMTP, command: str, *, for_good: type[NotDelivered]) -> int:
    try:
        code, _answer = session.docmd(command)
    except OSError as fault:
        raise NotTaken(_reason(fault)) from fault
    _heed(code, for_good=for_good)
    return code


def _heed(code: int, *, for_good: type[NotDelivered]) -> None:
    """4xx: another time; 5xx: never, or whatever the step makes of it."""
    if code >= _PERMANENT:
        raise for_good(f"SMTP {code}")
    if code >= _TEMPORARY:
        raise NotTaken(f"SMTP {code}")


def _domain(sender: str) -> str:
    return parseaddr(sender)[1].rpartition("@")[2]


def _reason(fault: OSError) -> str:
    code = fault.smtp_code if isinstance(fault, smtplib.SMTPResponseException) else ""
    return f"{type(fault).__name__} {code}".strip()
