"""Headers, static files and forms: what stands around every face."""

from typing import Annotated

import pytest
from fastapi import Depends, FastAPI, Form, Response
from fastapi.testclient import TestClient

from inquiry_service.edge import install
from inquiry_service.edge.csrf import FormKeys, require_same_origin
from inquiry_service.edge.headers import content_policy
from inquiry_service.edge.pages import Pages
from inquiry_service.errors import NotAllowed

SECRET = "a-secret-for-tests-only"


@pytest.fixture
def client() -> TestClient:
    app = FastAPI()
    install(app, bureau="某市<某>局", rooms=("edge",))

    @app.get("/plain")
    def plain() -> str:
        return "好"

    @app.get("/open")
    def embeddable() -> Response:
        policy = content_policy(["https://www.example.gov.cn"])
        return Response("好", headers={"Content-Security-Policy": policy})

    @app.post("/form", dependencies=[Depends(require_same_origin)])
    def form() -> str:
        return "收到"

    return TestClient(app)


def pages(client: TestClient) -> Pages:
    found: Pages = client.app.state.pages  # type: ignore[attr-defined]
    return found


def test_every_answer_carries_the_headers_and_is_not_stored(client: TestClient) -> None:
    headers = client.get("/plain").headers
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "same-origin"
    assert headers["cache-control"] == "no-store"
    assert "unsafe" not in headers["content-security-policy"]
    assert "frame-ancestors 'none'" in headers["content-security-policy"]


def test_a_route_may_name_who_embeds_it(client: TestClient) -> None:
    policy = client.get("/open").headers["content-security-policy"]
    assert "frame-ancestors 'self' https://www.example.gov.cn" in policy


def test_a_static_file_is_kept_for_ever_at_its_present_address_only(client: TestClient) -> None:
    address = pages(client).assets.url("edge/app.css")
    now = client.get(address)
    old = client.get("/static/000000000000/edge/app.css")
    assert now.headers["content-type"].startswith("text/css")
    assert now.headers["cache-control"] == "public, max-age=31536000, immutable"
    assert old.headers["cache-control"] == "no-cache"
    assert old.content == now.content


@pytest.mark.parametrize("name", ["edge/none.css", "edge/../errors.py", "errors.py", ""])
def test_nothing_but_the_listed_files_is_served(client: TestClient, name: str) -> None:
    assert client.get(f"/static/x/{name}").status_code == 404


def test_a_template_that_names_a_missing_file_fails_loudly(client: TestClient) -> None:
    with pytest.raises(KeyError):
        pages(client).assets.url("edge/none.css")


def test_what_is_put_into_a_page_is_escaped(client: TestClient) -> None:
    page = client.get("/nowhere", headers={"Accept": "text/html"}).text
    assert "某市&lt;某&gt;局" in page
    assert "<某>" not in page


def test_a_form_from_another_site_is_refused(client: TestClient) -> None:
    def status(**headers: str) -> int:
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        return client.post("/form", headers=named).status_code

    assert status(sec_fetch_site="same-origin", origin="http://proxy.example") == 200
    assert status(origin="http://testserver") == 200
    assert status() == 200
    assert status(sec_fetch_site="cross-site") == 403
    assert status(sec_fetch_site="same-site") == 403
    assert status(origin="https://evil.example") == 403
    assert status(origin="null") == 403


def test_a_form_key_comes_back_as_it_was_issued_and_only_for_its_purpose() -> None:
    keys = FormKeys(SECRET, purpose="request")
    token = keys.issue()
    assert keys.key_in(token) == keys.key_in(token)
    assert keys.key_in(token) != keys.key_in(keys.issue())
    for stranger in (FormKeys(SECRET, purpose="other"), FormKeys("another", purpose="request")):
        with pytest.raises(NotAllowed):
            stranger.key_in(token)
    with pytest.raises(NotAllowed):
        keys.key_in(token + "x")


def test_a_form_key_grows_old() -> None:
    keys = FormKeys(SECRET, purpose="request", lifetime=-1)
    with pytest.raises(NotAllowed):
        keys.key_in(keys.issue())


@pytest.mark.parametrize(
    "named",
    [
        "charset=punycode",
        'CharSet="unicode_escape"',
        "charset=utf-8; charset=idna",
        "charset*=utf-8''punycode",
        "charset*0=puny; charset*1=code",
        "charset = undefined",
    ],
)
def test_a_form_in_an_odd_encoding_is_refused_before_it_is_read(named: str) -> None:
    client = TestClient(form_app())
    kind = f"multipart/form-data; boundary=x; {named}"
    part = b'--x\r\nContent-Disposition: form-data; name="said"\r\n\r\n\\ud800\r\n--x--\r\n'
    assert client.post("/said", content=part, headers={"Content-Type": kind}).status_code == 400


@pytest.mark.parametrize("named", ["", "; charset=utf-8", '; charset="UTF-8"; a=b'])
def test_a_form_in_utf_8_is_read(named: str) -> None:
    kind = f"multipart/form-data; boundary=x{named}"
    part = '--x\r\nContent-Disposition: form-data; name="said"\r\n\r\n好\r\n--x--\r\n'
    answer = TestClient(form_app()).post(
        "/said", content=part.encode(), headers={"Content-Type": kind}
    )
    assert (answer.status_code, answer.json()) == (200, "好")


def form_app() -> FastAPI:
    app = FastAPI()
    install(app, bureau="某局", rooms=("edge",))

    @app.post("/said")
    def said(said: Annotated[str, Form()]) -> str:
        return said

    return app
