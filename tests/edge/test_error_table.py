"""The table from errors to HTTP, in both shapes."""

import logging

import pytest
from fastapi import FastAPI, Form
from fastapi.testclient import TestClient
from pydantic import BaseModel, Field

from inquiry_service import errors
from inquiry_service.edge import install
from inquiry_service.edge.errors import STATUS, status_of
from inquiry_service.edge.limits import BodyLimit

HTML = {"Accept": "text/html"}
IDENTITY_NUMBER = "11010519491231002X"

RAISED: dict[str, errors.InquiryError] = {
    "input": errors.BadInput([errors.Problem("name", "请填写姓名")]),
    "missing": errors.NotFound("这份文件"),
    "conflict": errors.Conflict("这件申请已经答复"),
    "early": errors.StepNotAllowed("答复应先通过保密审查", "条例第十七条"),
    "guest": errors.NotSignedIn(),
    "forbidden": errors.NotAllowed("表单不是从本站提交的"),
    "often": errors.TooManyAttempts(61),
    "part": errors.PartUnavailable("检索"),
    "index": errors.IndexUnusable("目录是空的"),
    "folder": errors.KnowledgeFault("/srv/secret", "不能读"),
}


class Payload(BaseModel):
    question: str = Field(min_length=1, max_length=5)


@pytest.fixture
def client() -> TestClient:
    app = FastAPI()
    install(app, bureau="某市某局", rooms=("edge",), body_limit=1000)

    @app.get("/desk/{name}")
    @app.get("/api/{name}")
    @app.get("/page/{name}")
    def fail(name: str) -> None:
        if name == "surprise":
            raise RuntimeError(f"cannot read {IDENTITY_NUMBER}")
        raise RAISED[name]

    @app.post("/api/echo")
    def echo(payload: Payload) -> Payload:
        return payload

    @app.post("/page/form")
    def form(name: str = Form()) -> str:
        return name

    return TestClient(app)


def test_every_error_of_the_family_has_a_status() -> None:
    family = {
        kind
        for kind in vars(errors).values()
        if isinstance(kind, type) and issubclass(kind, errors.InquiryError)
    }
    assert family == set(STATUS)


def test_a_kind_of_error_made_later_has_the_status_of_its_parent() -> None:
    class DraftGone(errors.NotFound):
        """A narrower kind."""

    assert status_of(DraftGone("草稿")) == 404


@pytest.mark.parametrize(
    ("name", "status", "code"),
    [
        ("input", 422, "bad_input"),
        ("missing", 404, "not_found"),
        ("conflict", 409, "conflict"),
        ("early", 409, "step_not_allowed"),
        ("guest", 401, "not_signed_in"),
        ("forbidden", 403, "not_allowed"),
        ("often", 429, "too_many_attempts"),
        ("part", 503, "part_unavailable"),
        ("index", 503, "index_unusable"),
    ],
)
def test_a_program_gets_status_code_and_sentence(
    client: TestClient, name: str, status: int, code: str
) -> None:
    answer = client.get(f"/api/{name}")
    body = answer.json()["error"]
    assert (answer.status_code, body["code"]) == (status, code)
    assert body["message"].endswith("。") or body["problems"]


def test_problems_name_their_fields(client: TestClient) -> None:
    body = client.get("/api/input").json()["error"]
    assert body["problems"] == [{"field": "name", "message": "请填写姓名"}]


def test_a_browser_gets_a_page_with_the_same_sentence(client: TestClient) -> None:
    answer = client.get("/page/missing", headers=HTML)
    assert answer.status_code == 404
    assert answer.headers["content-type"].startswith("text/html")
    assert "没有找到这份文件。" in answer.text
    assert "某市某局" in answer.text


def test_slowing_down_says_for_how_long(client: TestClient) -> None:
    answer = client.get("/api/often")
    assert answer.headers["retry-after"] == "61"
    assert "2 分钟" in answer.json()["error"]["message"]


def test_what_only_an_operator_can_mend_is_logged_and_not_shown(
    client: TestClient, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.WARNING):
        answer = client.get("/api/index")
    assert "knowledge build" in caplog.text
    assert "knowledge build" not in answer.text
    assert "不是没有查到" in answer.text


def test_a_fault_in_a_folder_shows_only_an_id(client: TestClient) -> None:
    answer = client.get("/page/folder", headers=HTML)
    assert answer.status_code == 500
    assert "/srv/secret" not in answer.text
    assert "编号" in answer.text


def test_the_unforeseen_is_logged_under_the_id_that_is_shown_without_what_was_typed(
    client: TestClient, caplog: pytest.LogCaptureFixture
) -> None:
    answer = client.get("/api/surprise")
    body = answer.json()["error"]
    assert (answer.status_code, body["code"]) == (500, "internal")
    assert body["id"] in caplog.text
    assert "RuntimeError" in caplog.text
    assert IDENTITY_NUMBER not in caplog.text + answer.text
    assert answer.headers["x-content-type-options"] == "nosniff"


def test_a_guest_of_the_desk_is_led_to_the_sign_in_page(client: TestClient) -> None:
    answer = client.get("/desk/guest", headers=HTML, follow_redirects=False)
    assert (answer.status_code, answer.headers["location"]) == (303, "/desk/sign-in")


@pytest.mark.parametrize(
    ("payload", "problem"),
    [
        ({}, {"field": "question", "message": "缺少这一项"}),
        ({"question": ""}, {"field": "question", "message": "不能为空，至少 1 个字"}),
        ({"question": "一二三四五六"}, {"field": "question", "message": "太长了，最多 5 个字"}),
        ({"question": 5}, {"field": "question", "message": "应当是文字"}),
        ([], {"field": "body", "message": "请求内容应当是一个 JSON 对象"}),
    ],
)
def test_a_wrong_payload_is_explained_in_chinese(
    client: TestClient, payload: object, problem: dict[str, str]
) -> None:
    answer = client.post("/api/echo", json=payload)
    assert answer.status_code == 422
    assert answer.json()["error"]["problems"] == [problem]


def test_broken_json_is_called_that(client: TestClient) -> None:
    answer = client.post(
        "/api/echo", content="{question", headers={"content-type": "application/json"}
    )
    problem = {"field": "body", "message": "请求内容不是有效的 JSON"}
    assert answer.json()["error"]["problems"] == [problem]


def test_an_unknown_address_and_a_wrong_method_are_said_in_chinese(client: TestClient) -> None:
    unknown = client.get("/nowhere", headers=HTML)
    wrong = client.get("/api/echo/none")
    method = client.put("/api/echo")
    assert (unknown.status_code, "没有找到" in unknown.text) == (404, True)
    assert (wrong.status_code, wrong.json()["error"]["code"]) == (404, "not_found")
    assert (method.status_code, method.json()["error"]["code"]) == (405, "method_not_allowed")


def test_a_roomy_path_is_told_from_its_neighbours() -> None:
    limited = BodyLimit(FastAPI(), limit=10, roomy={"/cases/*/files": 1000})
    paths = ("/cases/1/files", "/cases/1/files/2", "/cases/files", "/cases/1/notes")
    assert [limited.limit_of(path) for path in paths] == [1000, 10, 10, 10]


def test_too_much_is_refused_whether_announced_or_not(client: TestClient) -> None:
    announced = client.post("/api/echo", json={"question": "长" * 2000})

    def pieces() -> object:
        yield from [b'{"question": "', b"x" * 3000, b'"}']

    streamed = client.post(
        "/api/echo",
        content=pieces(),  # type: ignore[arg-type]
        headers={"content-type": "application/json"},
    )
    form = client.post("/page/form", data={"name": "x" * 3000}, headers=HTML)
    assert [a.status_code for a in (announced, streamed, form)] == [413, 413, 413]
    assert announced.json()["error"]["code"] == "too_large"
    assert "提交的内容太大" in form.text


def test_several_problems_read_as_one_sentence() -> None:
    problems = [errors.Problem("name", "请填写姓名。"), errors.Problem("year", "应当是整数")]
    assert errors.BadInput(problems).message == "有 2 处需要修改：请填写姓名；应当是整数。"
