"""What an operator's monitor sees: alive, ready, degraded, and why."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from io import StringIO
from pathlib import Path
from threading import Event

import pytest
from fastapi.testclient import TestClient

from desk_house import shipped_book
from inquiry_service import asgi
from inquiry_service.actions.parts import ActionParts
from inquiry_service.answering.asking import EngineHolder
from inquiry_service.answering.twins import HashingEncoder
from inquiry_service.bootstrap.house import House
from inquiry_service.conversation.conversations import Conversations
from inquiry_service.conversation.port import State
from inquiry_service.desk.parts import DeskParts
from inquiry_service.notify import Medium, Notice, PostOffice, enqueue
from inquiry_service.notify.carrier import Carrier
from inquiry_service.notify.console import ConsoleCarrier
from inquiry_service.staff.accounts import StaffOffice
from inquiry_service.web.parts import WebParts
from talking_house import Absent, Parrot, conversations, report_index, sources

__all__ = ["conversations", "report_index", "sources"]


def post_of(c: Conversations, carriers: Mapping[Medium, Carrier] | None = None) -> PostOffice:
    seals = c.office.seals
    return PostOffice(c.database, c.clock, seals.seal, seals.unseal, carriers or {})


def with_a_notice(post: PostOffice) -> PostOffice:
    notice = Notice("a-key", Medium.EMAIL, "a@example.cn", "标题", "正文")
    with post.database.begin() as connection:
        enqueue(post, connection, notice, post.clock())
    return post


class Rung(StringIO):
    """A console that rings when something is shown."""

    def __init__(self) -> None:
        super().__init__()
        self.bell = Event()

    def flush(self) -> None:
        self.bell.set()


def served(c: Conversations, post: PostOffice | None = None) -> TestClient:
    url = "http://127.0.0.1:8000"
    house = House(
        database=c.database,
        engine=c.engine,
        conversations=c,
        web=WebParts(c, c.engine, c.office, url, "测试局"),
        desk=DeskParts(
            c.office,
            StaffOffice(c.database, c.clock),
            c,
            shipped_book(c.office),
            secure_cookies=False,
        ),
        actions=ActionParts(c.sources, "token"),
        wechat=None,
        post=post or post_of(c),
    )
    return TestClient(asgi.app_of(house, bureau="测试局"))


def test_a_whole_house_is_ready(conversations: Conversations) -> None:
    with served(conversations) as http:
        assert http.get("/healthz").json()["status"] == "ok"
        ready = http.get("/readyz")
    assert ready.status_code == 200
    parts = {"database": "up", "index": "up", "dialogue": "off", "notices": "up"}
    assert ready.json() == {"status": "ok", "parts": parts}


def test_without_rasa_the_house_is_degraded_but_still_takes_questions(
    conversations: Conversations,
) -> None:
    with served(replace(conversations, dialogue=Absent(state="down"))) as http:
        ready = http.get("/readyz")
        answer = http.post("/api/v1/answers", json={"question": "2017年收到多少件依申请公开申请？"})
    assert (ready.status_code, ready.json()["status"]) == (200, "degraded")
    assert answer.json()["status"] == "answered"


def test_notices_that_have_no_way_out_are_told_and_requests_still_taken(
    conversations: Conversations,
) -> None:
    with served(conversations, with_a_notice(post_of(conversations))) as http:
        ready = http.get("/readyz")
    assert (ready.status_code, ready.json()["status"]) == (200, "degraded")
    assert ready.json()["parts"]["notices"] == "down"


def test_the_service_delivers_notices_beside_its_other_work(conversations: Conversations) -> None:
    console = Rung()
    post = post_of(conversations, {Medium.EMAIL: ConsoleCarrier(Medium.EMAIL, console)})
    with served(conversations, with_a_notice(post)) as http:
        assert console.bell.wait(60)
        assert http.get("/readyz").json()["parts"]["notices"] == "up"
    assert "a***@example.cn 标题" in console.getvalue()


def test_without_an_index_the_house_is_not_ready_and_says_which_part(
    conversations: Conversations, tmp_path: Path
) -> None:
    with served(replace(conversations, engine=EngineHolder(tmp_path, None))) as http:
        ready = http.get("/readyz")
    assert ready.status_code == 503
    assert ready.json()["parts"]["index"] == "down"


def test_a_damaged_index_pointer_is_told_as_an_index_that_is_down(
    conversations: Conversations, tmp_path: Path
) -> None:
    (tmp_path / "current").write_bytes(b"\xff\xfe")
    engine = EngineHolder(tmp_path, HashingEncoder())
    with served(replace(conversations, engine=engine)) as http:
        ready = http.get("/readyz")
        answer = http.post("/api/v1/answers", json={"question": "2017年收到多少件依申请公开申请？"})
    assert (ready.status_code, ready.json()["parts"]["index"]) == (503, "down")
    assert answer.json()["status"] == "failed"


def test_metrics_name_routes_and_never_addresses(conversations: Conversations) -> None:
    with served(conversations) as http:
        http.get("/requests/YSQ-2026-00001?code=ABCD-EFGH")
        http.get("/readyz")
        told = http.get("/metrics").text
    assert 'route="/requests/{number}"' in told
    assert "YSQ-2026-00001" not in told
    assert 'inquiry_part_up{part="database"} 1.0' in told


def test_metrics_do_not_grow_with_methods_that_somebody_invents(
    conversations: Conversations,
) -> None:
    with served(conversations) as http:
        for made_up in ("FIRST", "SECOND"):
            assert http.request(made_up, "/healthz").status_code == 405
        told = http.get("/metrics").text
    assert 'method="other"' in told
    assert "FIRST" not in told
    assert "SECOND" not in told


@pytest.fixture
def open_api(conversations: Conversations) -> Callable[[], dict[str, dict[str, object]]]:
    return lambda: served(conversations).get("/openapi.json").json()["paths"]


def test_the_api_description_holds_the_contracted_routes(
    open_api: Callable[[], dict[str, dict[str, object]]],
) -> None:
    described = {(method, path) for path, methods in open_api().items() for method in methods}
    assert described >= {
        ("post", "/api/v1/answers"),
        ("post", "/api/v1/conversations"),
        ("post", "/api/v1/conversations/{conversation_id}/messages"),
        ("get", "/api/v1/conversations/{conversation_id}/events"),
        ("post", "/api/v1/disclosure-requests"),
        ("get", "/api/v1/disclosure-requests/{number}"),
        ("get", "/api/v1/documents"),
        ("get", "/api/v1/documents/{document_id}"),
        ("get", "/healthz"),
        ("get", "/readyz"),
    }


def test_neither_the_desk_nor_rasas_door_is_in_the_api_description(
    open_api: Callable[[], dict[str, dict[str, object]]],
) -> None:
    assert [path for path in open_api() if path.startswith(("/desk", "/rasa"))] == []


def test_the_house_notices_by_itself_that_the_dialogue_is_gone(
    conversations: Conversations,
) -> None:
    noticed = Event()

    class Gone(Parrot):
        async def probe(self) -> State:
            self.state = "down"
            noticed.set()
            return self.state

    dialogue = Gone(state="up")
    with served(replace(conversations, dialogue=dialogue)):
        assert noticed.wait(10), "nobody asked the dialogue, and no turn or probe came from outside"
    assert dialogue.state == "down"
