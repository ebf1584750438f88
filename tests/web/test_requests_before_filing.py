"""Before filing: what is published, what it looks like, what became of it; and three matters."""

from datetime import timedelta

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from applying import PERSON, Applicant, check_page, page_of, receipt, receipt_page
from inquiry_service.disclosure import DisclosureOffice, open_case
from inquiry_service.disclosure.procedure.before_filing import BeforeFiling, counted
from inquiry_service.disclosure.procedure.publishing import decide_publication, mark_published
from inquiry_service.moments import FrozenClock

NEAR = PERSON | {"description": "2017年收到多少件依申请公开申请？"}


@pytest.fixture
def client(web_app: FastAPI) -> TestClient:
    return TestClient(web_app)


def count(office: DisclosureOffice, clock: FrozenClock) -> BeforeFiling:
    clock.advance(timedelta(hours=3))
    return counted(office, clock() - timedelta(days=1), clock())


def test_answered_filed_and_left_are_counted_apart(
    client: TestClient, office: DisclosureOffice, frozen_clock: FrozenClock
) -> None:
    answered = check_page(client, NEAR).form("/requests/answered").fields
    page_of(client.post("/requests/answered", data=answered))
    filed = check_page(client, NEAR).form("/requests").fields
    for _ in range(2):
        receipt(client.post("/requests", data=filed))
    check_page(client, NEAR)  # and left
    assert count(office, frozen_clock) == BeforeFiling(answered=1, filed=1, left=1, undecided=0)


def test_a_form_that_was_changed_after_the_check_page_is_counted_once(
    client: TestClient, office: DisclosureOffice, frozen_clock: FrozenClock
) -> None:
    carried = check_page(client, NEAR).form("/requests").fields
    changed = carried | {"description": "2017年主动公开政府信息多少条？"}
    again = page_of(client.post("/requests/check", data=changed)).form("/requests").fields
    receipt(client.post("/requests", data=again))
    assert count(office, frozen_clock) == BeforeFiling(answered=0, filed=1, left=0, undecided=0)


def test_whoever_files_after_all_is_counted_as_filed(
    client: TestClient, office: DisclosureOffice, frozen_clock: FrozenClock
) -> None:
    page = check_page(client, NEAR)
    client.post("/requests/answered", data=page.form("/requests/answered").fields)
    receipt(client.post("/requests", data=page.form("/requests").fields))
    assert count(office, frozen_clock).filed == 1


def test_forged_or_missing_keys_count_nothing(
    client: TestClient, office: DisclosureOffice, frozen_clock: FrozenClock
) -> None:
    check_page(client, NEAR)
    for key in ("", "forged"):
        page_of(client.post("/requests/answered", data={"form_key": key}))
    assert count(office, frozen_clock).answered == 0


def test_what_looks_like_a_complaint_is_told_the_door_and_may_still_be_filed(
    client: TestClient, office: DisclosureOffice
) -> None:
    stated = PERSON | {"description": "我要投诉某粮油店短斤少两，请你们派人查处"}
    page = check_page(client, stated)
    assert "看看是不是找对了地方" in page.words
    assert "第三十九条第一款" in page.words
    assert "仍然可以提交申请" in page.words
    number, _ = receipt(client.post("/requests", data=page.form("/requests").fields))
    assert open_case(office, number).position.open


def test_what_several_asked_for_is_shown_by_its_address_and_nothing_of_their_requests(
    client: TestClient, office: DisclosureOffice
) -> None:
    number, _ = receipt(receipt_page(client))
    title, address = "储备粮轮换批复", "https://www.example.gov.cn/xxgk/1.html"
    version = open_case(office, number).version
    decided = decide_publication(
        office, number, title=title, reviewed=True, by="head", expected_version=version
    )
    assert title not in check_page(client).words
    mark_published(office, decided, address=address, by="clerk")
    page = check_page(client)
    assert "有人申请过，已经主动公开" in page.words
    assert address in page.links
    assert number not in page.words
    assert receipt(client.post("/requests", data=page.form("/requests").fields))[0] != number


def test_an_ordinary_request_is_told_nothing_of_the_kind(client: TestClient) -> None:
    assert "找对了地方" not in check_page(client).words


@pytest.mark.parametrize(
    ("matter", "prefix", "heading", "article"),
    [
        ("record_correction", "GZX", "更正与自己有关的政府信息", "第四十一条"),
        ("suggestion", "JYG", "建议公开政府信息", "第四十四条"),
    ],
)
def test_the_other_matters_have_their_own_words_and_numbers_and_promise_no_day(
    client: TestClient,
    office: DisclosureOffice,
    matter: str,
    prefix: str,
    heading: str,
    article: str,
) -> None:
    form = page_of(client.get("/requests/new", params={"matter": matter}))
    assert heading in form.title
    assert article in form.words
    answer = receipt_page(client, PERSON, matter)
    number, code = receipt(answer)
    assert number == f"{prefix}-2026-00001"
    assert open_case(office, number).matter == matter
    followed = Applicant(client, number, code).opens()
    for words in (page_of(answer).words, followed.words):
        assert "答复期限" not in words.replace("投诉不影响答复期限", "")
        assert "20个工作日" not in words
    assert number in followed.title


def test_a_matter_survives_a_mistake_and_going_back(client: TestClient) -> None:
    wrong = {"matter": "suggestion"} | PERSON | {"phone": "1"}
    page = page_of(client.post("/requests/check", data=wrong), 422)
    assert page.form("/requests/check").fields["matter"] == "suggestion"
    carried = check_page(client, PERSON, "suggestion").form("/requests").fields
    back = page_of(client.post("/requests/change", data=carried))
    assert "建议公开政府信息" in back.title


def test_an_unknown_matter_is_a_request(client: TestClient) -> None:
    assert "政府信息公开申请" in page_of(client.get("/requests/new?matter=whatever")).title


def test_a_mistake_in_ones_own_record_is_not_answered_by_publications(client: TestClient) -> None:
    page = check_page(client, NEAR, "record_correction")
    assert "这回答了您的问题吗" not in page.words


@pytest.mark.parametrize("path", ["/", "/requests"])
def test_the_other_matters_are_found_from(client: TestClient, path: str) -> None:
    links = client.get(path).text
    for matter in ("record_correction", "suggestion"):
        assert f'href="/requests/new?matter={matter}"' in links
