"""The public pages without a browser: what they say, and what they promise about themselves."""

import re

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

RECEIVED = "2017年收到多少件依申请公开申请？"
QUOTE = "2017年度本局共收到依政府申请公开信息5件,均及时给予答复。"
BROWSER = {"Accept": "text/html"}
PAGES = [
    "/",
    "/chat",
    "/chat?embed=1",
    "/ask?q=" + RECEIVED,
    "/ask?q=",
    "/documents",
    "/documents/annual-report-2017",
    "/documents/policy-made-up",
    "/documents/none",
]


@pytest.fixture
def client(web_app: FastAPI) -> TestClient:
    return TestClient(web_app, headers=BROWSER)


@pytest.mark.parametrize("address", PAGES)
def test_every_page_has_one_title_one_main_and_nothing_inline(
    client: TestClient, address: str
) -> None:
    page = client.get(address).text
    outside_noscript = re.sub(r"<noscript>.*?</noscript>", "", page, flags=re.DOTALL)
    assert 'lang="zh-CN"' in page
    assert len(re.findall(r"<h1[ >]", outside_noscript)) == 1
    assert len(re.findall(r"<main[ >]", page)) == 1
    assert not re.search(r"<script(?![^>]*\bsrc=)|<style|\sstyle=|\son\w+=", page)
    assert not re.search(r'(?:src|href)="https?://', page)


@pytest.mark.parametrize("address", PAGES)
def test_every_link_within_the_face_leads_somewhere(client: TestClient, address: str) -> None:
    page = client.get(address).text
    links = set(re.findall(r'(?:src|href|action)="(/[^"#]*)', page))
    of_others = {link for link in links if link.startswith("/requests")}
    broken = [
        link
        for link in links - of_others
        if client.get(link.replace("&amp;", "&")).status_code not in {200, 422}
    ]
    assert broken == []


def test_the_front_page_opens_four_doors_and_asks(client: TestClient) -> None:
    page = client.get("/").text
    for door in ("/chat", "/documents", "/requests/new", "/requests"):
        assert f'href="{door}"' in page
    assert 'action="/ask"' in page
    assert "不生成内容" in page


def test_without_scripts_a_question_is_answered_on_a_page(client: TestClient) -> None:
    page = client.get("/ask", params={"q": RECEIVED}).text
    assert '<blockquote cite="/documents/annual-report-2017?highlight=' in page
    assert QUOTE in page


def test_without_scripts_the_way_on_carries_the_question(client: TestClient) -> None:
    page = client.get("/ask", params={"q": "2019年收到多少件依申请公开？"}).text
    assert "/requests/new?description=2019" in page
    assert 'href="/ask?q=' in page


def test_an_empty_or_endless_question_is_shown_again_with_what_to_do(client: TestClient) -> None:
    empty = client.get("/ask", params={"q": " "})
    endless = client.get("/ask", params={"q": "长" * 600})
    assert (empty.status_code, endless.status_code) == (422, 422)
    assert 'aria-invalid="true"' in empty.text
    assert "长" * 500 in endless.text


def test_what_was_asked_cannot_run(client: TestClient) -> None:
    page = client.get("/ask", params={"q": "<script>alert(1)</script>收费吗"}).text
    assert "<script>alert" not in page


def test_the_front_page_and_the_chat_open_without_an_index(unpublished_app: FastAPI) -> None:
    early = TestClient(unpublished_app, headers=BROWSER)
    assert early.get("/").status_code == 200
    assert early.get("/chat").status_code == 200
    assert "不表示没有" in early.get("/ask", params={"q": RECEIVED}).text
    absent = early.get("/documents")
    assert (absent.status_code, "不是没有查到" in absent.text) == (503, True)


def test_only_the_embedded_chat_may_be_framed_and_only_by_named_sites(client: TestClient) -> None:
    def ancestors(address: str) -> str:
        policy = client.get(address).headers["content-security-policy"]
        return policy.rsplit("frame-ancestors ", 1)[1]

    assert ancestors("/chat") == "'none'"
    assert ancestors("/chat?embed=1") == "'self' http://localhost:*"
    assert ancestors("/documents") == "'none'"


def test_the_widget_may_be_loaded_by_other_sites(client: TestClient) -> None:
    script = client.get("/widget.js")
    assert script.headers["content-type"].startswith("text/javascript")
    assert script.headers["cross-origin-resource-policy"] == "cross-origin"


def test_a_document_shows_where_it_comes_from_and_its_body(client: TestClient) -> None:
    page = client.get("/documents/policy-made-up").text
    assert "测商〔2020〕3号" in page
    assert "不能作为现在办事的依据" in page
    assert '<th scope="col">每吨补贴</th>' in page
    assert "见<strong>下表</strong>" in page
    assert "<b>" not in page


def test_a_link_from_an_answer_lands_on_the_marked_passage(client: TestClient) -> None:
    answer = client.post("/api/v1/answers", json={"question": RECEIVED}).json()
    [citation] = answer["citations"]
    page = client.get(citation["url"]).text
    [marked] = re.findall(r'id="p-(\w+)" data-passage="\w+" class="passage cited"', page)
    assert marked == citation["passage_id"]


def test_every_passage_of_every_document_can_be_landed_on_once(client: TestClient) -> None:
    for document in client.get("/api/v1/documents").json()["documents"]:
        full = client.get(f"/api/v1/documents/{document['document_id']}").json()
        page = client.get(document["url"]).text
        anchors = re.findall(r'id="p-(\w+)"', page)
        assert anchors == [passage["passage_id"] for passage in full["passages"]]


def test_a_passage_that_is_gone_is_said_to_be(client: TestClient) -> None:
    page = client.get("/documents/policy-made-up?highlight=0000000000000000").text
    assert "所引的段落已经更新" in page
