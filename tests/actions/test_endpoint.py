"""`POST /rasa/actions`, called as Rasa 3.6.21 calls it."""

from pathlib import Path
from typing import Any

import pytest
import yaml
from fastapi import FastAPI
from starlette.testclient import TestClient

from inquiry_service.actions.endpoint import LARGEST_CALL, TOKEN_HEADER, router
from inquiry_service.actions.parts import ActionParts
from inquiry_service.actions.registry import ACTIONS
from inquiry_service.conversation.conversations import Conversations
from inquiry_service.conversation.turn import open_conversation
from inquiry_service.edge import install
from talking_house import ANSWERED, QUOTE

TOKEN = "token-that-is-only-for-tests"
DOMAIN = Path(__file__).parents[2] / "bot" / "domain"


@pytest.fixture
def client(conversations: Conversations) -> TestClient:
    app = FastAPI()
    install(app, bureau="测试用机关")
    app.include_router(router(ActionParts(conversations.sources, TOKEN)))
    return TestClient(app, headers={TOKEN_HEADER: TOKEN})


def call(action: str, text: str, conversation_id: str = "c1", **tracker: Any) -> dict[str, Any]:
    """The payload, as captured: with `enable_selective_domain` there is no domain in it."""
    return {
        "next_action": action,
        "sender_id": conversation_id,
        "tracker": {
            "sender_id": conversation_id,
            "slots": {},
            "latest_message": {"text": text, "intent": {"name": "ask_question"}, "entities": []},
            "latest_event_time": 1790000000.0,
            "followup_action": None,
            "paused": False,
            "events": [{"event": "user", "timestamp": 1790000000.0, "text": text}],
            "latest_input_channel": "rest",
            "active_loop": {},
            "latest_action": {"action_name": "action_listen"},
            "latest_action_name": "action_listen",
            **tracker,
        },
        "version": "3.6.21",
    }


def test_a_question_comes_back_as_typed_parts_with_the_id_of_its_record(
    client: TestClient, conversations: Conversations
) -> None:
    conversation_id = open_conversation(conversations, "web").conversation_id
    payload = call("action_answer_question", ANSWERED, conversation_id)

    answer = client.post("/rasa/actions", json=payload)

    assert answer.status_code == 200
    assert answer.json()["events"] == []
    [response] = answer.json()["responses"]
    assert [part["kind"] for part in response["custom"]["parts"]] == ["text", "citation", "choices"]
    assert response["custom"]["parts"][1]["quote"] == QUOTE
    assert len(response["custom"]["answers"]) == 1


def test_the_form_is_judged_from_the_candidates_at_the_end_of_the_events(
    client: TestClient,
) -> None:
    payload = call(
        "validate_disclosure_form",
        "2016",
        slots={"requested_slot": "wanted_period", "wanted_period": "2016"},
        active_loop={"name": "disclosure_form", "is_interrupted": False, "rejected": False},
        events=[
            {"event": "user", "text": "2016"},
            {"event": "slot", "name": "requested_slot", "value": "wanted_period"},
            {"event": "action", "name": "disclosure_form"},
            {"event": "slot", "name": "wanted_period", "value": "2016"},
        ],
    )

    answer = client.post("/rasa/actions", json=payload)

    assert answer.json() == {
        "events": [
            {"event": "slot", "timestamp": None, "name": "wanted_period", "value": "2016年"}
        ],
        "responses": [],
    }


@pytest.mark.parametrize("headers", [{}, {TOKEN_HEADER: ""}, {TOKEN_HEADER: "wrong"}])
def test_without_the_shared_token_nothing_is_done(
    client: TestClient, headers: dict[str, str]
) -> None:
    bare = TestClient(client.app, headers=headers)
    answer = bare.post("/rasa/actions", json=call("action_talk_to_person", "人工"))
    assert answer.status_code == 403


def test_an_endpoint_without_a_token_lets_nobody_in(conversations: Conversations) -> None:
    app = FastAPI()
    install(app, bureau="测试用机关")
    app.include_router(router(ActionParts(conversations.sources, "")))
    for headers in ({}, {TOKEN_HEADER: ""}):
        client = TestClient(app, headers=headers)
        assert client.post("/rasa/actions", json=call("x", "y")).status_code == 403


def test_an_unknown_action_is_refused_in_the_shape_that_rasa_expects(client: TestClient) -> None:
    answer = client.post("/rasa/actions", json=call("action_unknown", "你好"))
    assert answer.status_code == 404
    assert answer.json()["action_name"] == "action_unknown"
    assert "action_unknown" in answer.json()["error"]


@pytest.mark.parametrize("body", [b"", b"no json", b"[]", b'{"next_action": "x"}', b"\xff\xfe"])
def test_what_is_no_call_is_refused(client: TestClient, body: bytes) -> None:
    assert client.post("/rasa/actions", content=body).status_code == 422


def test_a_call_beyond_the_largest_is_refused(client: TestClient) -> None:
    body = b" " * (LARGEST_CALL + 1)
    assert client.post("/rasa/actions", content=body).status_code in (413, 422)


def test_the_endpoint_is_not_part_of_the_public_description(client: TestClient) -> None:
    assert "/rasa/actions" not in client.get("/openapi.json").json()["paths"]


def test_the_domain_names_exactly_the_actions_that_exist() -> None:
    named: set[str] = set()
    for file in DOMAIN.glob("*.yml"):
        named.update(yaml.safe_load(file.read_text(encoding="utf-8")).get("actions", []))
    assert named == set(ACTIONS)
