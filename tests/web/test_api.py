"""The public JSON API as its users meet it."""

import json
import uuid
from typing import Any

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from inquiry_service.conversation.turn import transcript
from inquiry_service.web import WebParts

RECEIVED = "2017年收到多少件依申请公开申请？"
QUOTE = "2017年度本局共收到依政府申请公开信息5件,均及时给予答复。"
REPORT = "annual-report-2017"
MADE_UP = "policy-made-up"
API = "/api/v1"


@pytest.fixture
def client(web_app: FastAPI) -> TestClient:
    return TestClient(web_app)


@pytest.fixture
def early(unpublished_app: FastAPI) -> TestClient:
    """A service without an index."""
    return TestClient(unpublished_app)


class Chat:
    """A client of the conversation routes."""

    def __init__(self, client: TestClient) -> None:
        self.client = client
        opened = client.post(f"{API}/conversations").json()
        self.conversation_id: str = opened["conversation_id"]
        self.headers = {"Authorization": f"Bearer {opened['token']}"}
        self.url = f"{API}/conversations/{self.conversation_id}"

    def say(self, text: str, message_id: str | None = None) -> dict[str, Any]:
        payload = {"text": text, "client_message_id": message_id or str(uuid.uuid4())}
        answer = self.client.post(f"{self.url}/messages", json=payload, headers=self.headers)
        assert answer.status_code == 200, answer.text
        said: dict[str, Any] = answer.json()
        return said

    def events(self, **headers: str) -> list[tuple[str, int | None, dict[str, Any]]]:
        heard = self.client.get(f"{self.url}/events", headers=self.headers | headers)
        assert heard.headers["content-type"].startswith("text/event-stream")
        return [parsed(block) for block in heard.text.split("\n\n") if block]


def parsed(block: str) -> tuple[str, int | None, dict[str, Any]]:
    fields = dict(line.split(": ", 1) for line in block.splitlines())
    number = int(fields["id"]) if "id" in fields else None
    return fields["event"], number, json.loads(fields["data"])


@pytest.fixture
def chat(client: TestClient) -> Chat:
    return Chat(client)


def problem_fields(client: TestClient, method: str, path: str, **sent: Any) -> list[str]:
    answer = client.request(method, path, **sent)
    assert answer.status_code == 422, answer.text
    return [problem["field"] for problem in answer.json()["error"]["problems"]]


# --- answers ---


def test_a_question_gets_the_published_sentence_with_its_place(client: TestClient) -> None:
    answer = client.post(f"{API}/answers", json={"question": RECEIVED}).json()
    [citation] = answer["citations"]
    assert (answer["status"], answer["quote"]) == ("answered", QUOTE)
    assert citation["document_id"] == REPORT
    assert citation["url"].startswith(f"/documents/{REPORT}?highlight={citation['passage_id']}#")
    assert QUOTE in citation["passage"]


def test_more_detail_widens_the_passage_and_keeps_the_quote(client: TestClient) -> None:
    payload = {"question": RECEIVED, "detail": "passage"}
    answer = client.post(f"{API}/answers", json=payload).json()
    assert answer["quote"] == QUOTE
    assert QUOTE in answer["citations"][0]["passage"]


def test_what_is_not_published_is_said_to_be_so(client: TestClient) -> None:
    answer = client.post(f"{API}/answers", json={"question": "2019年收到多少件依申请公开？"}).json()
    assert answer["status"] == "unmatched"
    assert answer["quote"] is None
    assert answer["nearest"]


def test_an_identity_number_in_a_question_is_masked(client: TestClient) -> None:
    question = f"我的身份证是11010519491231002X，{RECEIVED}"
    answer = client.post(f"{API}/answers", json={"question": question})
    assert "11010519491231002X" not in answer.text


def test_without_an_index_the_ending_is_failed_and_not_unmatched(early: TestClient) -> None:
    answer = early.post(f"{API}/answers", json={"question": RECEIVED}).json()
    assert answer["status"] == "failed"


@pytest.mark.parametrize(
    ("payload", "field"),
    [
        ({}, "question"),
        ({"question": ""}, "question"),
        ({"question": "？？"}, "question"),
        ({"question": "长" * 501}, "question"),
        ({"question": None}, "question"),
        ({"question": RECEIVED, "detail": "everything"}, "detail"),
        ("text", "body"),
    ],
)
def test_a_question_that_cannot_be_asked_is_explained(
    client: TestClient, payload: object, field: str
) -> None:
    assert problem_fields(client, "POST", f"{API}/answers", json=payload) == [field]


def test_half_a_character_is_no_question(client: TestClient) -> None:
    broken = b'{"question": "\\ud800"}'
    headers = {"Content-Type": "application/json"}
    assert problem_fields(client, "POST", f"{API}/answers", content=broken, headers=headers) == [
        "question"
    ]


# --- conversations ---


def test_a_conversation_answers_with_typed_parts(chat: Chat) -> None:
    taken = chat.say(RECEIVED)
    quotes = [part for part in taken["replies"] if part["kind"] == "citation"]
    assert taken["owner"] == "bot"
    assert [quote["quote"] for quote in quotes] == [QUOTE]
    assert "2017" in quotes[0]["source_line"]


def test_the_same_message_sent_twice_is_one_turn(chat: Chat, web_parts: WebParts) -> None:
    first = chat.say(RECEIVED, "message-0001")
    again = chat.say(RECEIVED, "message-0001")
    assert again == first
    assert len(transcript(web_parts.conversations, chat.conversation_id)) == 1


def test_what_was_not_found_leads_on_to_the_request_form(chat: Chat) -> None:
    taken = chat.say("2019年收到多少件依申请公开？")
    links = [part["url"] for part in taken["replies"] if part["kind"] == "link"]
    assert len(links) == 1
    assert links[0].startswith("/requests/new?draft=")


@pytest.mark.parametrize(
    ("payload", "field"),
    [
        ({"client_message_id": "message-0001"}, "text"),
        ({"text": "你好"}, "client_message_id"),
        ({"text": "你好", "client_message_id": "short"}, "client_message_id"),
        ({"text": "你好", "client_message_id": "with blanks in it"}, "client_message_id"),
        ({"text": "   ", "client_message_id": "message-0001"}, "text"),
        ({"text": "长" * 1001, "client_message_id": "message-0001"}, "text"),
        ({"text": "长" * 4001, "client_message_id": "message-0001"}, "text"),
    ],
)
def test_a_message_that_cannot_be_taken_is_explained(
    chat: Chat, payload: dict[str, str], field: str
) -> None:
    path = f"{chat.url}/messages"
    assert problem_fields(chat.client, "POST", path, json=payload, headers=chat.headers) == [field]


def test_without_the_right_token_there_is_no_such_conversation(chat: Chat) -> None:
    stranger = Chat(chat.client)
    message = {"text": RECEIVED, "client_message_id": "message-0001"}
    refused = [
        chat.client.post(f"{chat.url}/messages", json=message, headers=headers)
        for headers in ({}, stranger.headers, {"Authorization": "Basic YTpi"})
    ]
    refused.append(chat.client.get(f"{chat.url}/events", headers=stranger.headers))
    refused.append(
        chat.client.post(f"{API}/conversations/none/messages", json=message, headers=chat.headers)
    )
    assert {answer.status_code for answer in refused} == {404}
    assert {answer.json()["error"]["message"] for answer in refused} == {"没有找到这段对话。"}


def test_events_tell_the_whole_conversation_and_then_who_owns_it(
    chat: Chat, web_parts: WebParts
) -> None:
    taken = chat.say(RECEIVED)
    web_parts.closing.set()
    [turn, state] = chat.events()
    assert turn[:2] == ("turn", taken["turn_id"])
    assert (turn[2]["said"], turn[2]["replies"]) == (RECEIVED, taken["replies"])
    assert state == ("state", None, {"owner": "bot"})


def test_events_resume_after_the_last_one_seen(chat: Chat, web_parts: WebParts) -> None:
    first, second = chat.say("你好"), chat.say("谢谢")
    web_parts.closing.set()
    heard = chat.events(**{"Last-Event-ID": str(first["turn_id"])})
    assert [number for _, number, _ in heard] == [second["turn_id"], None]


@pytest.mark.parametrize("last", ["yesterday", "-1", "9" * 30])
def test_a_last_event_that_cannot_be_is_explained(chat: Chat, last: str) -> None:
    headers = chat.headers | {"Last-Event-ID": last}
    assert problem_fields(chat.client, "GET", f"{chat.url}/events", headers=headers) == [
        "last-event-id"
    ]


# --- documents ---


def test_documents_are_listed_and_narrowed(client: TestClient) -> None:
    everything = client.get(f"{API}/documents").json()
    reports = client.get(f"{API}/documents", params={"kind": "report", "year": 2017}).json()
    assert everything["total"] == len(everything["documents"]) > reports["total"]
    assert [d["document_id"] for d in reports["documents"]] == [REPORT]
    assert reports["documents"][0]["url"] == f"/documents/{REPORT}"


def test_a_document_comes_with_provenance_and_passages_in_order(client: TestClient) -> None:
    found = client.get(f"{API}/documents/{MADE_UP}").json()
    assert (found["document_number"], found["validity"]) == ("测商〔2020〕3号", "repealed")
    assert "| 早稻 | 30元 |" in [passage["text"] for passage in found["passages"]]
    assert found["text"].lstrip().startswith("# 试行办法")


@pytest.mark.parametrize(
    ("query", "field"),
    [("kind=novel", "kind"), ("year=next", "year"), ("year=12", "year"), ("q=" + "长" * 101, "q")],
)
def test_conditions_that_cannot_be_are_explained(
    client: TestClient, query: str, field: str
) -> None:
    assert problem_fields(client, "GET", f"{API}/documents?{query}") == [field]


def test_an_unknown_document_is_not_found(client: TestClient) -> None:
    answer = client.get(f"{API}/documents/none")
    assert (answer.status_code, answer.json()["error"]["message"]) == (404, "没有找到这份文件。")


def test_without_an_index_documents_are_unavailable_and_not_absent(early: TestClient) -> None:
    for path in (f"{API}/documents", f"{API}/documents/{REPORT}"):
        answer = early.get(path)
        assert (answer.status_code, answer.json()["error"]["code"]) == (503, "part_unavailable")


# --- description ---


def test_every_route_is_described_with_its_answer_and_its_errors(client: TestClient) -> None:
    description = client.get("/openapi.json").json()
    routes = {
        f"{method} {path}": route
        for path, methods in description["paths"].items()
        for method, route in methods.items()
    }
    assert {
        "post /api/v1/answers",
        "post /api/v1/conversations",
        "post /api/v1/conversations/{conversation_id}/messages",
        "get /api/v1/conversations/{conversation_id}/events",
        "get /api/v1/documents",
        "get /api/v1/documents/{document_id}",
    } <= set(routes)
    for name, route in routes.items():
        assert route["summary"], name
        assert route["description"], name
        for status, answer in route["responses"].items():
            if status.startswith(("4", "5")):
                [content] = answer["content"].values()
                assert content["schema"] == {"$ref": "#/components/schemas/ErrorBody"}, name


def test_the_described_answer_is_the_answer(client: TestClient) -> None:
    schemas = client.get("/openapi.json").json()["components"]["schemas"]
    answer = client.post(f"{API}/answers", json={"question": RECEIVED}).json()
    assert set(answer) == set(schemas["AnswerOut"]["properties"])
    assert set(answer["citations"][0]) == set(schemas["CitationOut"]["properties"])
