"""Short messages over a real HTTP connection to a provider that keeps the rules of the port."""

import json
import socket
from collections.abc import Callable, Iterator
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import pytest

from carrier_contract import CarrierContract
from inquiry_service.moments import FrozenClock
from inquiry_service.notify import Delivered, Medium, deliver_due
from inquiry_service.notify.carrier import InDoubt, NotDelivered, NotTaken, Refused
from inquiry_service.notify.sms import HttpSmsCarrier
from inquiry_service.storage import Database
from post_twins import committed, parcel, post_office, sms

TOKEN = "only-for-tests"


class Provider(ThreadingHTTPServer):
    """Sends each key once. `next_answers`: status codes for the next calls; `cut` hangs up after
    the message was taken, `slow` never answers it.
    """

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Counter)
        self.sent: dict[str, dict[str, str]] = {}
        self.asked: list[dict[str, str]] = []
        self.next_answers: list[int | str] = []

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}/messages"


class Counter(BaseHTTPRequestHandler):
    server: Provider

    def do_POST(self) -> None:
        told = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.server.asked.append({name.lower(): value for name, value in self.headers.items()})
        answer = self.server.next_answers.pop(0) if self.server.next_answers else 200
        if isinstance(answer, int) and answer >= 300:
            self._answer(answer, b'{"error": "no"}')
            return
        key = self.headers["Idempotency-Key"]
        self.server.sent.setdefault(key, told)
        if answer == "cut":
            self.connection.shutdown(socket.SHUT_RDWR)
        elif answer == "unreadable":
            self._answer(200, b"OK")
        else:
            self._answer(200, json.dumps({"id": f"m-{key[:6]}"}).encode())

    def _answer(self, status: int, body: bytes) -> None:
        self.send_response(status)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_args: object) -> None:
        """The tests' output stays quiet."""


@pytest.fixture
def provider() -> Iterator[Provider]:
    server = Provider()
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield server
    server.shutdown()
    thread.join()
    server.server_close()


class TestHttpSms(CarrierContract):
    to = "13800000000"

    @pytest.fixture
    def carrier(self, provider: Provider) -> HttpSmsCarrier:
        return HttpSmsCarrier(provider.url, TOKEN)

    @pytest.fixture
    def arrived(self, provider: Provider) -> Callable[[], list[str]]:
        return lambda: [told["text"] for told in provider.sent.values()]


def test_the_call_is_what_the_runbook_says(provider: Provider) -> None:
    sent = parcel("a", "13800000000", "您的申请已经答复。")
    assert HttpSmsCarrier(provider.url, TOKEN).send(sent) == "m-aaaaaa"
    assert provider.sent == {sent.key: {"to": "13800000000", "text": "您的申请已经答复。"}}
    (headers,) = provider.asked
    assert headers["authorization"] == f"Bearer {TOKEN}"
    assert headers["idempotency-key"] == sent.key
    assert headers["content-type"] == "application/json"


def test_without_a_token_none_is_sent(provider: Provider) -> None:
    HttpSmsCarrier(provider.url).send(parcel("a"))
    assert "authorization" not in provider.asked[0]


def test_a_success_that_cannot_be_read_is_a_success(provider: Provider) -> None:
    provider.next_answers = ["unreadable"]
    assert HttpSmsCarrier(provider.url).send(parcel("a")) == ""


@pytest.mark.parametrize(
    ("answer", "failure"),
    [
        (400, Refused),
        (422, Refused),
        (401, NotTaken),
        (429, NotTaken),
        (302, NotTaken),
        (500, InDoubt),
        (503, InDoubt),
        ("cut", InDoubt),
    ],
)
def test_every_answer_means_one_thing(
    provider: Provider, answer: int | str, failure: type[NotDelivered]
) -> None:
    provider.next_answers = [answer]
    with pytest.raises(NotDelivered) as told:
        HttpSmsCarrier(provider.url).send(parcel("a", "13800000000"))
    assert type(told.value) is failure
    assert "13800000000" not in told.value.reason


def test_where_nobody_listens_nothing_was_taken() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))  # bound, and never listening
        url = f"http://127.0.0.1:{taken.getsockname()[1]}/"
        with pytest.raises(NotTaken, match="ConnectError"):
            HttpSmsCarrier(url).send(parcel("a"))


def test_a_provider_that_never_answers_leaves_it_open() -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        url = f"http://127.0.0.1:{silent.getsockname()[1]}/"
        with pytest.raises(InDoubt, match="ReadTimeout"):
            HttpSmsCarrier(url, timeout=0.2).send(parcel("a"))


def test_an_answer_that_was_lost_leads_to_one_message(
    provider: Provider, database: Database, frozen_clock: FrozenClock
) -> None:
    provider.next_answers = ["cut"]
    post = post_office(database, frozen_clock, {Medium.SMS: HttpSmsCarrier(provider.url)})
    committed(post, sms("k"))
    assert deliver_due(post) == Delivered(retried=1)
    frozen_clock.advance(timedelta(minutes=1))
    assert deliver_due(post) == Delivered(sent=1)
    assert (len(provider.asked), len(provider.sent)) == (2, 1)
