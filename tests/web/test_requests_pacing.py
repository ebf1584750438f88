"""One address cannot drown the register: pages and API count together, and say when to go on."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from fastapi.testclient import TestClient

from applying import PERSON, Applicant, check_page, page_of, receipt, receipt_page
from inquiry_service.disclosure import DisclosureOffice
from inquiry_service.disclosure.attachments.adding import files_of
from inquiry_service.moments import FrozenClock
from inquiry_service.web import WebParts
from public_house import assembled

API = "/api/v1/disclosure-requests"


@pytest.fixture
def client(web_parts: WebParts) -> TestClient:
    parts = replace(web_parts, filings_per_address=2, uploads_per_address=1)
    return TestClient(assembled(parts))


def over_json(client: TestClient, key: str) -> Any:
    stated = PERSON | {"client_request_id": f"request-{key}", "consent": True}
    return client.post(API, json=stated)


def test_the_third_filing_is_held_up_with_everything_typed_still_there(
    client: TestClient, frozen_clock: FrozenClock
) -> None:
    first = receipt(receipt_page(client))[0]
    frozen_clock.advance(timedelta(minutes=5))
    assert over_json(client, "two").status_code == 201
    form = check_page(client).form("/requests").fields
    answer = client.post("/requests", data=form)
    page = page_of(answer, 429)
    assert "还没有提交" in page.words
    assert "请 10 分钟后再试" in page.words
    assert answer.headers["retry-after"] == "600"
    assert page.form("/requests").fields["description"] == PERSON["description"]
    refused = over_json(client, "three")
    assert (refused.status_code, refused.headers["retry-after"]) == (429, "600")
    assert refused.json()["error"]["code"] == "too_many_attempts"
    frozen_clock.advance(timedelta(minutes=10))
    again = page.form("/requests").fields
    assert receipt(client.post("/requests", data=again))[0] > first


def test_what_is_filed_already_shows_its_receipt_again_however_much_came_from_there(
    client: TestClient,
) -> None:
    form = check_page(client).form("/requests").fields
    first = receipt(client.post("/requests", data=form))
    filed = over_json(client, "two")
    assert filed.status_code == 201
    for _ in range(2):
        assert receipt(client.post("/requests", data=form)) == first
        again = over_json(client, "two")
        assert (again.status_code, again.json()) == (201, filed.json())
    changed = form | {"description": "2019年度储备粮轮换计划的批复文件"}
    assert client.post("/requests", data=changed).status_code == 429


def test_another_address_is_not_held_up(client: TestClient) -> None:
    for key in ("one", "two"):
        assert over_json(client, key).status_code == 201
    elsewhere = TestClient(client.app, client=("192.0.2.7", 50000))
    assert over_json(elsewhere, "three").status_code == 201
    forged = {"X-Forwarded-For": "192.0.2.9"}
    stated = PERSON | {"client_request_id": "request-four", "consent": True}
    assert client.post(API, json=stated, headers=forged).status_code == 429


def test_uploads_are_counted_by_themselves(
    client: TestClient, office: DisclosureOffice, frozen_clock: FrozenClock
) -> None:
    applicant = Applicant.who_filed(client)
    assert (
        applicant.uploads(("一.txt", "一".encode()), ("二.txt", "二".encode())).status_code == 200
    )
    held_up = applicant.uploads(("三.txt", "三".encode()))
    assert held_up.headers["retry-after"] == "900"
    assert "请 15 分钟后再试" in page_of(held_up, 429).words
    over = client.post(
        f"{API}/{applicant.number}/materials",
        data={"code": applicant.code},
        files=[("file", ("四.txt", "四".encode()))],
    )
    assert over.status_code == 429
    assert len(files_of(office, applicant.number)) == 2
    frozen_clock.advance(timedelta(minutes=15))
    assert applicant.uploads(("三.txt", "三".encode())).status_code == 200


def test_no_address_is_kept(client: TestClient, office: DisclosureOffice) -> None:
    elsewhere = TestClient(client.app, client=("192.0.2.7", 50000))
    assert over_json(elsewhere, "one").status_code == 201
    with office.database.read() as connection:
        rows = connection.exec_driver_sql("SELECT number FROM disclosure_lookup_failures").all()
    assert len(rows) == 1
    assert "192.0.2" not in str(rows)
