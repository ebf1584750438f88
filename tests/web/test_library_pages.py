"""The library's pages and its feed, on an index of its own."""

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from inquiry_service.answering.asking import EngineHolder
from inquiry_service.answering.encoder import Vectors
from inquiry_service.answering.twins import HashingEncoder
from inquiry_service.moments import FrozenClock
from inquiry_service.web import WebParts
from library_house import library as published
from public_house import assembled

__all__ = ["published"]

BROWSER = {"Accept": "text/html"}
ATOM = "{http://www.w3.org/2005/Atom}"
TITLES = re.compile(r'<h3><a href="/documents/([\w-]+)">')


@pytest.fixture
def client(web_app: FastAPI) -> TestClient:
    return TestClient(web_app, headers=BROWSER)


def listed(client: TestClient, **conditions: str) -> list[str]:
    return TITLES.findall(client.get("/documents", params=conditions).text)


def test_the_list_has_pages_and_begins_with_the_newest(client: TestClient) -> None:
    first, second = listed(client), listed(client, page="2")
    assert (len(first), len(second)) == (20, 7)
    assert first[:3] == ["report-2023", "guide-long", "entry"]
    assert len({*first, *second}) == 27


def test_every_link_of_the_list_leads_to_a_list(client: TestClient) -> None:
    page = client.get("/documents", params={"q": "仓房", "topic": "粮食"}).text
    addresses = {a.replace("&amp;", "&") for a in re.findall(r'href="(/documents\?[^"]+)"', page)}
    assert len(addresses) > 8
    assert {client.get(address).status_code for address in addresses} == {200}


def test_conditions_combine(client: TestClient) -> None:
    assert listed(client, kind="policy", validity="in_force") == ["policy-new"]
    assert listed(client, validity="expired") == ["policy-run-out"]
    assert listed(client, issuer="另一测试用机关") == ["policy-run-out"]
    assert listed(client, kind="policy", year="2015", q="仓房") == ["policy-old"]


def test_words_are_found_in_the_text_and_shown_with_a_way_to_them(client: TestClient) -> None:
    page = client.get("/documents", params={"q": "营业执照"}).text
    assert TITLES.findall(page) == ["entry"]
    assert "<mark>营业执照</mark>" in page
    assert re.search(r'href="/documents/entry\?highlight=\w{16}#p-\w{16}"', page)


@pytest.mark.parametrize("number", ["测商〔2021〕7号", "测商[2021]7号", "测商（2021）7 号"])
def test_a_number_is_found_in_any_brackets(client: TestClient, number: str) -> None:
    assert listed(client, q=number)[0] == "policy-new"


def test_by_date_is_another_order_of_the_same(client: TestClient) -> None:
    by_date = listed(client, q="仓房", sort="date")
    assert by_date == ["entry", "explanation-new", "policy-new", "policy-old"]
    assert set(listed(client, q="仓房")) == set(by_date)


def test_the_search_keeps_the_conditions(client: TestClient) -> None:
    page = client.get("/documents", params={"kind": "policy", "q": "仓房"}).text
    assert '<input type="hidden" name="kind" value="policy">' in page
    assert 'value="仓房"' in page


def test_finding_nothing_leads_on(client: TestClient) -> None:
    page = client.get("/documents", params={"q": "zzqx", "kind": "policy"})
    assert page.status_code == 200
    assert "没有符合条件的文件" in page.text
    assert '<a href="/documents?q=zzqx">去掉条件：类别：政策文件</a>' in page.text
    assert 'href="/requests/new?description=zzqx"' in page.text
    assert 'href="/chat?q=zzqx"' in page.text


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"kind": "novel"}, "没有这个类别"),
        ({"year": "soon"}, "年份应写成 2017 这样的四位数字"),
        ({"topic": "天文"}, "没有“天文”这个主题"),
        ({"page": "minus"}, "页码应是"),
        ({"sort": "colour"}, "只能按相关程度或日期排序"),
    ],
)
def test_a_condition_that_cannot_be_is_said_and_the_others_hold(
    client: TestClient, given: dict[str, str], sentence: str
) -> None:
    page = client.get("/documents", params={"issuer": "另一测试用机关"} | given)
    assert page.status_code == 422
    assert sentence in page.text
    assert TITLES.findall(page.text) == ["policy-run-out"]


def test_a_search_that_is_too_long_is_shown_again_whole(client: TestClient) -> None:
    page = client.get("/documents", params={"q": "长" * 300})
    assert (page.status_code, "长" * 300 in page.text) == (422, True)
    assert "请控制在 100 个字以内" in page.text


def test_control_characters_are_not_shown_again(client: TestClient) -> None:
    page = client.get("/documents?q=%00%1b仓房&topic=%00").text
    assert "\x00" not in page
    assert 'value="仓房"' in page


class SilentEncoder(HashingEncoder):
    """Its identity is known, but it does not answer any more."""

    def encode_questions(self, texts: Sequence[str]) -> Vectors:
        raise RuntimeError("the encoder is gone")


def test_a_broken_engine_is_said_and_names_are_still_searched(
    web_parts: WebParts, published: Path
) -> None:
    engine = EngineHolder(published, SilentEncoder())
    client = TestClient(assembled(replace(web_parts, engine=engine)), headers=BROWSER)
    page = client.get("/documents", params={"q": "使用登记"})
    assert "正文查找暂时没有响应" in page.text
    assert TITLES.findall(page.text) == ["entry"]
    assert "etag" not in page.headers
    assert client.get("/api/v1/documents", params={"q": "使用登记"}).json()["names_only"]


def test_a_page_that_there_is_not_leads_to_the_last(client: TestClient) -> None:
    page = client.get("/documents", params={"page": "99", "topic": "便民服务"})
    assert page.status_code == 404
    assert "没有第 99 页" in page.text
    assert 'href="/documents?topic=%E4%BE%BF%E6%B0%91%E6%9C%8D%E5%8A%A1&amp;page=2"' in page.text


def test_a_repealed_text_says_so_and_points_to_what_holds(client: TestClient) -> None:
    page = client.get("/documents/policy-old").text
    assert "已废止" in page
    assert '<a href="/documents/policy-new">《储备仓房管理办法》（测商〔2021〕7号）</a>' in page
    newer = client.get("/documents/policy-new").text
    assert '<dt>代替文件</dt><dd><a href="/documents/policy-old">' in newer


def test_a_text_whose_time_has_run_out_says_since_when(client: TestClient) -> None:
    page = client.get("/documents/policy-run-out").text
    assert "已失效" in page
    assert "有效期至 2024-05-31" in page


def test_a_policy_and_its_explanation_stand_on_one_page(client: TestClient) -> None:
    for name in ("policy-new", "explanation-new"):
        page = client.get(f"/documents/{name}").text
        assert "仓房管理单位应当每十日检查一次仓房" in page
        assert "新办法把检查间隔从半个月改为十日" in page
        assert 'href="#beside-1"' in page


def test_an_attachment_without_an_address_is_named_and_not_linked(client: TestClient) -> None:
    assert "<li>检查记录表.docx</li>" in client.get("/documents/policy-new").text


def test_a_service_entry_is_a_sheet_in_the_order_people_ask(client: TestClient) -> None:
    page = client.get("/documents/entry").text
    assert re.findall(r'data-field="(\w+)"><h2>([^<]+)', page) == [
        ("bring", "申请材料"),
        ("where", "办理地点"),
        ("time_limit", "办理时限"),
        ("fee", "收费标准"),
        ("basis", "依据"),
    ]
    assert "<h2>温馨提示</h2>" in page


def test_only_a_long_text_has_a_table_of_contents(client: TestClient) -> None:
    page = client.get("/documents/guide-long").text
    linked = re.findall(r'href="#(s-\d+)"', page)
    assert len(linked) == 6
    assert all(f'id="{name}"' in page for name in linked)
    assert 'class="contents"' not in client.get("/documents/policy-old").text


def test_every_passage_can_be_landed_on_once_and_linked(client: TestClient) -> None:
    for name in ("policy-new", "entry", "report-2023", "guide-long"):
        page = client.get(f"/documents/{name}").text
        full = client.get(f"/api/v1/documents/{name}").json()
        anchors = re.findall(r'id="p-(\w+)"', page)
        assert len(anchors) == len(set(anchors))
        for passage in full["passages"]:
            address = f"/documents/{name}?highlight={passage['passage_id']}"
            assert f'href="{address}#p-{passage["passage_id"]}"' in page


def test_a_passage_that_is_gone_is_said_to_be_however_odd_its_name(client: TestClient) -> None:
    for gone in ("0" * 16, "x" * 500, "<script>"):
        page = client.get("/documents/policy-new", params={"highlight": gone})
        assert page.status_code == 200
        assert re.search(r'data-gone tabindex="-1"><p>所引的段落已经更新', page.text)
        assert "<script>" not in page.text


def test_an_unknown_document_leads_to_the_search(client: TestClient) -> None:
    page = client.get("/documents/none")
    assert page.status_code == 404
    assert "没有找到这份文件" in page.text
    assert 'action="/documents"' in page.text


def test_a_page_that_has_not_changed_is_not_sent_again(client: TestClient) -> None:
    for path in ("/documents", "/documents/policy-new", "/documents/feed.xml", "/api/v1/documents"):
        first = client.get(path)
        tag, since = first.headers["etag"], first.headers["last-modified"]
        assert client.get(path, headers={"If-None-Match": tag}).status_code == 304
        assert client.get(path, headers={"If-None-Match": '"other"'}).status_code == 200
        assert client.get(path, headers={"If-Modified-Since": since}).status_code == 304
        long_ago = {"If-Modified-Since": "Sat, 01 Jan 2000 00:00:00 GMT"}
        assert client.get(path, headers=long_ago).status_code == 200


def test_another_day_is_another_page(client: TestClient, web_parts: WebParts) -> None:
    clock = web_parts.conversations.clock
    assert isinstance(clock, FrozenClock)
    tag = client.get("/documents").headers["etag"]
    clock.advance(timedelta(days=1))
    assert client.get("/documents", headers={"If-None-Match": tag}).status_code == 200


def test_what_cannot_be_found_is_never_kept(client: TestClient) -> None:
    for path in ("/documents/none", "/documents?page=99", "/documents?kind=novel"):
        assert "etag" not in client.get(path).headers


def feed(client: TestClient, address: str = "/documents/feed.xml") -> ET.Element:
    answer = client.get(address)
    assert answer.headers["content-type"] == "application/atom+xml; charset=utf-8"
    return ET.fromstring(answer.content)


def test_the_feed_tells_what_is_new_with_its_day(client: TestClient) -> None:
    told = feed(client)
    entries = told.findall(f"{ATOM}entry")
    first = entries[0]
    link = first.find(f"{ATOM}link")
    assert link is not None
    assert link.get("href", "").endswith("/documents/report-2023")
    assert told.findtext(f"{ATOM}updated") == first.findtext(f"{ATOM}updated")
    assert first.findtext(f"{ATOM}updated") == "2024-01-20T00:00:00+08:00"
    assert len({entry.findtext(f"{ATOM}id") for entry in entries}) == len(entries) == 26


def test_a_document_without_a_day_is_no_news(client: TestClient) -> None:
    titles = [entry.findtext(f"{ATOM}title") for entry in feed(client).findall(f"{ATOM}entry")]
    assert "长篇指南" not in titles


def test_ids_of_the_feed_survive_a_change_of_address(
    client: TestClient, web_parts: WebParts
) -> None:
    moved = TestClient(assembled(replace(web_parts, public_url="https://a.example")))
    ids = [entry.findtext(f"{ATOM}id") for entry in feed(client).iter(f"{ATOM}entry")]
    assert ids == [entry.findtext(f"{ATOM}id") for entry in feed(moved).iter(f"{ATOM}entry")]


def test_a_list_links_the_feed_of_its_own_conditions(client: TestClient) -> None:
    page = client.get("/documents", params={"kind": "policy"}).text
    [address] = re.findall(r'type="application/atom\+xml"[^>]*href="([^"]+)"', page)
    titles = [
        entry.findtext(f"{ATOM}title") for entry in feed(client, address).iter(f"{ATOM}entry")
    ]
    assert titles == ["储备仓房管理办法", "促进消费若干意见", "储备仓房管理暂行规定"]


def test_the_api_lists_the_same_with_pages_and_counts(client: TestClient) -> None:
    answer = client.get("/api/v1/documents", params={"topic": "便民服务", "per_page": 8, "page": 3})
    told = answer.json()
    assert (told["total"], told["pages"], len(told["documents"])) == (21, 3, 5)
    facets = {facet["name"]: facet["choices"] for facet in told["facets"]}
    assert {"value": "粮食", "label": "粮食", "count": 4} in facets["topic"]


def test_the_api_gives_the_passage_that_fits(client: TestClient) -> None:
    [found] = client.get("/api/v1/documents", params={"q": "营业执照"}).json()["documents"]
    assert found["document_id"] == "entry"
    assert "营业执照复印件" in found["excerpt"]["text"]
    assert found["excerpt"]["url"].endswith(f"#p-{found['excerpt']['passage_id']}")


def test_the_api_says_that_there_is_no_such_page(client: TestClient) -> None:
    answer = client.get("/api/v1/documents", params={"page": 7})
    assert answer.status_code == 404
    assert answer.json()["error"]["message"] == "没有找到第 7 页，一共 1 页。"


@pytest.mark.parametrize(
    "query", ["page=0", "per_page=501", "sort=colour", "validity=maybe", "q=？"]
)
def test_the_api_explains_what_cannot_be(client: TestClient, query: str) -> None:
    answer = client.get(f"/api/v1/documents?{query}")
    [problem] = answer.json()["error"]["problems"]
    assert (answer.status_code, problem["field"]) == (422, query.split("=", 1)[0])
