"""E-mail to real mail servers on this machine: polite ones, strict ones, and ones that die."""

import socket
import ssl
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage
from ipaddress import ip_address
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult, Envelope
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from carrier_contract import CarrierContract
from inquiry_service.moments import FrozenClock
from inquiry_service.notify import Delivered, Medium, deliver_due, undecided
from inquiry_service.notify.carrier import InDoubt, NotDelivered, NotTaken, Refused
from inquiry_service.notify.smtp import Security, SmtpCarrier
from inquiry_service.storage import Database
from post_twins import committed, email, parcel, post_office

SENDER = "测试局 <open@bureau.example>"


class Mailbox:
    """What a server has taken; it refuses whom and what it is told to."""

    def __init__(self) -> None:
        self.envelopes: list[Envelope] = []
        self.recipient_answer = "250 OK"
        self.data_answer = "250 OK queued as 4711"

    async def handle_RCPT(  # noqa: N802 (called by this name)
        self, _server: Any, _session: Any, envelope: Envelope, address: str, _options: Any
    ) -> str:
        if self.recipient_answer.startswith("250"):
            envelope.rcpt_tos.append(address)
        return self.recipient_answer

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Envelope) -> str:  # noqa: N802
        if self.data_answer.startswith("250"):
            self.envelopes.append(envelope)
        return self.data_answer

    @property
    def mails(self) -> list[EmailMessage]:
        contents = [envelope.content for envelope in self.envelopes]
        return [message_from_bytes(content, policy=policy.default) for content in contents]


@contextmanager
def serving(mailbox: Mailbox, **rules: Any) -> Iterator[int]:
    """A mail server on a free port, which is returned."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = int(free.getsockname()[1])
    controller = Controller(mailbox, hostname="127.0.0.1", port=port, **rules)
    controller.start()
    try:
        yield port
    finally:
        controller.stop()


@pytest.fixture
def mailbox() -> Mailbox:
    return Mailbox()


@pytest.fixture
def port(mailbox: Mailbox) -> Iterator[int]:
    with serving(mailbox) as served:
        yield served


def plain(port: int, **facts: Any) -> SmtpCarrier:
    return SmtpCarrier("127.0.0.1", port, SENDER, Security.NONE, **facts)


class TestSmtp(CarrierContract):
    @pytest.fixture
    def carrier(self, port: int) -> SmtpCarrier:
        return plain(port)

    @pytest.fixture
    def arrived(self, mailbox: Mailbox) -> Callable[[], list[str]]:
        return lambda: [mail.get_content() for mail in mailbox.mails]


def test_the_e_mail_says_who_writes_to_whom_and_is_named_after_the_key(
    mailbox: Mailbox, port: int
) -> None:
    reference = plain(port).send(parcel("a", "someone@example.cn"))
    (mail,) = mailbox.mails
    assert reference == "OK queued as 4711"
    assert mail["From"].addresses[0].display_name == "测试局"
    assert mail["To"] == "someone@example.cn"
    assert mail["Subject"] == "答复已经作出（桐）"
    assert mail["Message-ID"] == f"<{'a' * 40}@bureau.example>"
    assert mail["Date"].datetime == datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
    assert mailbox.envelopes[0].mail_from == "open@bureau.example"
    assert mailbox.envelopes[0].rcpt_tos == ["someone@example.cn"]


def test_the_same_parcel_makes_the_same_bytes(mailbox: Mailbox, port: int) -> None:
    for _ in range(2):
        plain(port).send(parcel("a"))
    first, second = (envelope.content for envelope in mailbox.envelopes)
    assert first == second


@pytest.mark.parametrize(
    ("answer", "failure"), [("550 no such user", Refused), ("450 try later", NotTaken)]
)
def test_a_refused_recipient_or_content_is_final_and_a_busy_one_is_not(
    mailbox: Mailbox, port: int, answer: str, failure: type[NotDelivered]
) -> None:
    for step in ("recipient_answer", "data_answer"):
        mailbox.recipient_answer = mailbox.data_answer = "250 OK"
        setattr(mailbox, step, answer)
        with pytest.raises(NotDelivered, match=f"^SMTP {answer[:3]}$") as told:
            plain(port).send(parcel("a"))
        assert type(told.value) is failure
    assert mailbox.mails == []


def test_where_nobody_listens_nothing_was_taken() -> None:
    with socket.socket() as bound:
        bound.bind(("127.0.0.1", 0))  # bound, and never listening
        with pytest.raises(NotTaken, match="ConnectionRefusedError"):
            plain(int(bound.getsockname()[1])).send(parcel("a"))


def test_a_name_that_leads_nowhere_is_no_doubt() -> None:
    with pytest.raises(NotTaken):
        SmtpCarrier("nowhere.invalid", 25, SENDER, Security.NONE).send(parcel("a"))


# --- the way there -----------------------------------------------------------------------------


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A certificate for 127.0.0.1 that nobody vouches for, with its key."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "mail of the tests")])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(
            x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))]), critical=False
        )
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    file = tmp_path_factory.mktemp("certificate") / "mail.pem"
    pem, no_password = serialization.Encoding.PEM, serialization.NoEncryption()
    private = key.private_bytes(pem, serialization.PrivateFormat.PKCS8, no_password)
    file.write_bytes(private + made.public_bytes(pem))
    return file


def servers(certificate: Path) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    return context


def trusting(certificate: Path, port: int, **facts: Any) -> SmtpCarrier:
    trust = ssl.create_default_context(cafile=str(certificate))
    return SmtpCarrier("127.0.0.1", port, SENDER, trust=trust, **facts)


@pytest.mark.parametrize("security", [Security.STARTTLS, Security.TLS])
def test_a_protected_way_is_used_when_the_server_is_who_it_says(
    mailbox: Mailbox, certificate: Path, security: Security
) -> None:
    context = servers(certificate)
    rules: dict[str, Any] = {"ssl_context": context}
    if security is Security.STARTTLS:
        rules = {"tls_context": context, "require_starttls": True}
    with serving(mailbox, **rules) as port:
        trusting(certificate, port, security=security).send(parcel("a"))
        with pytest.raises(NotTaken, match="SSLCertVerificationError"):
            SmtpCarrier("127.0.0.1", port, SENDER, security).send(parcel("b"))
    assert len(mailbox.mails) == 1


def test_the_right_password_is_let_in_and_a_wrong_one_concerns_no_single_notice(
    mailbox: Mailbox, certificate: Path
) -> None:
    def check(_server: Any, _session: Any, _envelope: Any, _how: str, data: Any) -> AuthResult:
        return AuthResult(success=data.password == b"right", handled=False)

    rules = {"authenticator": check, "auth_required": True, "tls_context": servers(certificate)}
    with serving(mailbox, **rules) as port:
        account = trusting(certificate, port, user="open", password="right")
        account.send(parcel("a"))
        with pytest.raises(NotTaken, match="SMTPAuthenticationError 535"):
            replace(account, password="wrong").send(parcel("b"))
        with pytest.raises(NotTaken, match="SMTP 530"):
            replace(account, user="").send(parcel("c"))
    assert len(mailbox.mails) == 1


def test_what_should_be_protected_never_falls_back_to_plain(mailbox: Mailbox, port: int) -> None:
    with pytest.raises(NotTaken, match="SMTPNotSupportedError"):
        SmtpCarrier("127.0.0.1", port, SENDER, Security.STARTTLS).send(parcel("a"))
    assert mailbox.mails == []


# --- servers that die --------------------------------------------------------------------------

FAREWELLS = ("greeting", "EHLO", "MAIL", "RCPT", "DATA", "content", "content and answer")


@contextmanager
def dying(at: str) -> Iterator[int]:
    """A server that hangs up at this step without a word, the content read or answered or not."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        thread = Thread(target=_speak_until, args=(listening, at))
        thread.start()
        yield int(listening.getsockname()[1])
        thread.join()


def _speak_until(listening: socket.socket, at: str) -> None:
    connection, _ = listening.accept()
    with connection, connection.makefile("rwb") as line:

        def say(text: str) -> None:
            line.write(f"{text}\r\n".encode())
            line.flush()

        if at == "greeting":
            return
        say("220 here")
        while (command := line.readline().decode().strip().upper()) and not command.startswith(at):
            if command != "DATA":
                say("250 OK")
                continue
            say("354 go ahead")
            while line.readline() != b".\r\n":
                pass
            if at == "content and answer":
                say("250 OK taken")
            return


@pytest.mark.parametrize("at", FAREWELLS)
def test_only_a_server_that_dies_over_the_content_leaves_a_doubt(at: str) -> None:
    with dying(at) as port:
        if at == "content and answer":
            assert plain(port).send(parcel("a")) == "OK taken"
            return
        with pytest.raises(NotDelivered) as told:
            plain(port).send(parcel("a"))
    assert type(told.value) is (InDoubt if at == "content" else NotTaken)


def test_a_server_that_takes_the_content_and_never_answers_leaves_a_doubt() -> None:
    script = b"220 here\r\n250 OK\r\n250 OK\r\n250 OK\r\n354 go ahead\r\n"
    with socket.create_server(("127.0.0.1", 0)) as listening:
        port = int(listening.getsockname()[1])
        connections: list[socket.socket] = []

        def silent() -> None:
            connection, _ = listening.accept()
            connections.append(connection)
            connection.sendall(script)

        thread = Thread(target=silent)
        thread.start()
        with pytest.raises(InDoubt, match="SMTPServerDisconnected"):
            plain(port, patience=0.3).send(parcel("a"))
        thread.join()
        connections[0].close()


def test_an_e_mail_in_doubt_is_left_to_a_person(
    database: Database, frozen_clock: FrozenClock, mailbox: Mailbox
) -> None:
    with dying("content") as port:
        post = post_office(database, frozen_clock, {Medium.EMAIL: plain(port)})
        committed(post, email("k"))
        assert deliver_due(post) == Delivered(retried=1)
    frozen_clock.advance(timedelta(minutes=1))
    with serving(mailbox) as port:
        post = post_office(database, frozen_clock, {Medium.EMAIL: plain(port)})
        assert deliver_due(post) == Delivered(uncertain=1)
    assert mailbox.mails == []
    assert [notice.key for notice in undecided(post)] == ["k"]
