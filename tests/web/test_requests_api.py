"""Filing and following over JSON."""

import json
from typing import Any

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from inquiry_service.disclosure import DisclosureOffice, open_case
from inquiry_service.disclosure.looking.following import WRONG_CODES_ALLOWED
from inquiry_service.disclosure.looking.handling import requests_for_desk
from procedure_house import reply

API = "/api/v1/disclosure-requests"
STATED: dict[str, Any] = {
    "client_request_id": "one-application",
    "applicant_kind": "natural_person",
    "name": "测试申请人",
    "identity_kind": "resident_identity_card",
    "identity_number": "11010519491231002X",
    "phone": "13800000000",
    "description": "2018年度储备粮轮换计划的批复文件",
    "supply_form": "electronic",
    "receive_by": "online",
    "consent": True,
}


@pytest.fixture
def client(web_app: FastAPI) -> TestClient:
    return TestClient(web_app)


def filed(client: TestClient, **changes: Any) -> dict[str, Any]:
    answer = client.post(API, json=STATED | changes)
    assert answer.status_code == 201, answer.text
    assert answer.headers["cache-control"] == "no-store"
    told: dict[str, Any] = answer.json()
    return told


def fields_of(error: dict[str, Any]) -> list[str]:
    return [problem["field"] for problem in error["error"]["problems"]]


def test_filing_gives_the_acknowledgement(client: TestClient, office: DisclosureOffice) -> None:
    told = filed(client)
    code = told.pop("lookup_code")
    assert told == {
        "number": "YSQ-2026-00001",
        "received": "2026-03-02",
        "due": "2026-03-30",
        "provisional": False,
    }
    assert open_case(office, "YSQ-2026-00001").channel == "api"
    assert client.get(f"{API}/YSQ-2026-00001", params={"code": code}).status_code == 200


def test_the_same_id_again_gives_the_same_acknowledgement(
    client: TestClient, office: DisclosureOffice
) -> None:
    assert filed(client) == filed(client)
    assert len(requests_for_desk(office)) == 1


def test_the_same_id_for_another_application_is_a_conflict_and_not_a_loss(
    client: TestClient, office: DisclosureOffice
) -> None:
    first = filed(client)
    for changes in ({"description": "2019年度储备粮轮换计划"}, {"phone": "13900000000"}):
        answer = client.post(API, json=STATED | changes)
        assert answer.status_code == 409
        error = answer.json()["error"]
        assert error["code"] == "conflict"
        told = "这个提交编号已经用于另一份申请，请为这份申请换一个提交编号。"
        assert error["message"] == told
        assert first["number"] not in answer.text
    assert filed(client) == first
    assert len(requests_for_desk(office)) == 1


def test_somebody_elses_id_opens_nothing_of_theirs(client: TestClient) -> None:
    mine = filed(client)
    theirs = filed(client, name="另一位申请人")
    assert theirs["number"] != mine["number"]
    assert theirs["lookup_code"] != mine["lookup_code"]


@pytest.mark.parametrize(
    ("changes", "fields"),
    [
        ({"name": ""}, ["name"]),
        ({"identity_number": "1"}, ["identity_number"]),
        ({"identity_kind": None}, ["identity_kind"]),
        ({"phone": ""}, ["phone"]),
        ({"email": "nobody"}, ["email"]),
        ({"description": "  "}, ["description"]),
        ({"description": "查" * 2001}, ["description"]),
        ({"receive_by": "post"}, ["address"]),
        ({"consent": False}, ["consent"]),
        ({"applicant_kind": "business"}, ["organisation_name", "credit_code"]),
        ({"applicant_kind": "somebody"}, ["applicant_kind"]),
        ({"supply_form": "pigeon"}, ["supply_form"]),
        ({"description": "查" * 4001}, ["description"]),
        ({"name": "名" * 201}, ["name"]),
        ({"name": 1}, ["name"]),
        ({"client_request_id": "short"}, ["client_request_id"]),
        ({"client_request_id": " " * 10}, ["client_request_id"]),
        ({"purpose": "没有这一项"}, ["purpose"]),
    ],
)
def test_what_cannot_be_filed_names_its_fields(
    client: TestClient, office: DisclosureOffice, changes: dict[str, Any], fields: list[str]
) -> None:
    answer = client.post(API, json=STATED | changes)
    assert answer.status_code == 422
    assert answer.json()["error"]["code"] == "bad_input"
    assert fields_of(answer.json()) == fields
    assert STATED["identity_number"] not in answer.text
    assert requests_for_desk(office) == []


def test_a_missing_field_and_no_json_are_told_apart(client: TestClient) -> None:
    without = {name: value for name, value in STATED.items() if name != "supply_form"}
    assert fields_of(client.post(API, json=without).json()) == ["supply_form"]
    assert fields_of(client.post(API, content=b"{").json()) == ["body"]


def test_characters_that_no_database_keeps_are_dropped(
    client: TestClient, office: DisclosureOffice
) -> None:
    told = filed(client, description="批复\x00文件")
    assert open_case(office, told["number"]).application.description == "批复文件"


def test_half_a_character_is_a_mistake_of_the_sender(client: TestClient) -> None:
    halved = json.dumps(STATED | {"description": "批复文件\ud83d"})
    answer = client.post(API, content=halved)
    assert (answer.status_code, fields_of(answer.json())) == (422, ["body"])


def test_following_tells_state_due_date_timeline_and_reply(
    client: TestClient, office: DisclosureOffice
) -> None:
    told = filed(client)
    address, code = f"{API}/{told['number']}", {"code": told["lookup_code"]}
    before = client.get(address, params=code).json()
    assert (before["state"], before["due"], before["reply"]) == ("办理中", "2026-03-30", None)
    assert [moment["on"] for moment in before["timeline"]] == ["2026-03-02", "2026-03-02"]
    reply(office, told["number"], "NEEDS_CREATION", reason="本机关没有现成的信息。")
    answer = client.get(address, params=code)
    given = answer.json()["reply"]
    assert given["on"] == "2026-03-02"
    assert "本机关没有现成的信息。" in given["text"]
    assert "第三十八条" in given["article"]
    assert "是否受理，由复议机关或者人民法院依法决定" in given["remedy"]
    assert "clerk" not in answer.text


def test_a_wrong_code_reads_like_an_unknown_number(client: TestClient) -> None:
    told = filed(client)
    other = filed(client, client_request_id="another-one", name="另一位申请人")
    answers = [
        client.get(f"{API}/{other['number']}", params={"code": told["lookup_code"]}),
        client.get(f"{API}/YSQ-2026-09999", params={"code": told["lookup_code"]}),
        client.get(f"{API}/whatever", params={"code": "x"}),
    ]
    assert {answer.status_code for answer in answers} == {404}
    assert len({answer.text for answer in answers}) == 1
    assert "另一位申请人" not in answers[0].text


def test_following_needs_a_code(client: TestClient) -> None:
    answer = client.get(f"{API}/{filed(client)['number']}")
    assert answer.status_code == 422
    assert fields_of(answer.json()) == ["code"]


def test_guessing_codes_is_slowed_down(client: TestClient) -> None:
    address = f"{API}/{filed(client)['number']}"
    for _ in range(WRONG_CODES_ALLOWED):
        client.get(address, params={"code": "ABCD-EFG2"})
    answer = client.get(address, params={"code": "ABCD-EFG2"})
    assert answer.status_code == 429
    assert answer.headers["retry-after"] == "900"


def test_the_description_names_the_errors_of_both_routes(client: TestClient) -> None:
    paths = client.get("/openapi.json").json()["paths"]
    assert set(paths[API]["post"]["responses"]) == {"201", "409", "413", "422", "429"}
    follow = paths[f"{API}/{{number}}"]["get"]["responses"]
    assert set(follow) == {"200", "404", "422", "429"}
