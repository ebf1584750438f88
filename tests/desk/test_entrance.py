"""Who gets in: every route of the desk asks, every form proves that it is the desk's own."""

import re
from dataclasses import replace
from datetime import timedelta

import pytest
from fastapi.routing import APIRoute
from fastapi.testclient import TestClient

from desk_house import PASSWORD, Clerk, File, assembled, signed_in
from html_forms import Page
from inquiry_service import desk
from inquiry_service.desk import DeskParts
from inquiry_service.moments import FrozenClock

ENTRANCE = "/desk/sign-in"
SIGN_IN = {"login": "desk-one", "password": PASSWORD}


class _Filled(dict[str, str]):
    """Whatever else an address names is something that does not exist."""

    def __missing__(self, name: str) -> str:
        return "0" * 32


def routes_of(parts: DeskParts) -> list[tuple[str, str]]:
    """Every method and address of the desk, with a number where one belongs."""
    routes = [route for route in desk.router(parts).routes if isinstance(route, APIRoute)]
    return [
        (method, route.path.format_map(_Filled(number="YSQ-2026-00001")))
        for route in routes
        for method in sorted(route.methods or ())
    ]


def test_every_route_but_the_entrance_leads_a_stranger_to_the_entrance(
    desk_parts: DeskParts, visitor: TestClient, file: File
) -> None:
    number = file(name="某一位申请人")
    routes = [route for route in routes_of(desk_parts) if route[1] != ENTRANCE]
    for method, path in routes:
        for cookies in ({}, {"inquiry_desk": "forged"}):
            visitor.cookies = cookies
            answer = visitor.request(method, path)
            way_back = f"?next=%2Fdesk%2Frequests%2F{number}" if number in path else ""
            led_to = (answer.status_code, answer.headers["location"])
            assert led_to == (303, ENTRANCE + way_back), path
            assert "某一位申请人" not in answer.text


def test_every_form_without_the_sessions_key_is_refused(
    desk_parts: DeskParts, clerk: Clerk, file: File
) -> None:
    number = file()
    posts = [p for m, p in routes_of(desk_parts) if m == "POST" and p != ENTRANCE]
    for path in posts:
        for key in ({}, {"csrf": "forged"}, {"csrf": "键"}):
            assert clerk.client.post(path, data=key).status_code == 403, path
    assert clerk.page(f"/desk/requests/{number}").words


def test_the_key_of_another_session_is_refused(desk_parts: DeskParts, file: File) -> None:
    file()
    app = assembled(desk_parts)
    one, other = signed_in(app), signed_in(app)
    assert one.csrf != other.csrf
    answer = one.client.post("/desk/sign-out", data={"csrf": other.csrf})
    assert answer.status_code == 403


def test_every_form_sent_from_another_site_is_refused(
    desk_parts: DeskParts, clerk: Clerk, file: File
) -> None:
    file()
    stated = SIGN_IN | {"csrf": clerk.csrf}
    for path in (p for m, p in routes_of(desk_parts) if m == "POST"):
        for sender in ({"Sec-Fetch-Site": "cross-site"}, {"Origin": "https://elsewhere.example"}):
            answer = clerk.client.post(path, data=stated, headers=sender)
            assert answer.status_code == 403, path


def test_the_cookie_is_out_of_reach_of_scripts_and_other_sites(visitor: TestClient) -> None:
    answer = visitor.post(ENTRANCE, data=SIGN_IN)
    name, *attributes = answer.headers["set-cookie"].split("; ")
    assert name.startswith("inquiry_desk=")
    assert set(attributes) == {"HttpOnly", "Max-Age=43200", "Path=/desk", "SameSite=strict"}
    assert answer.headers["cache-control"] == "no-store"


def test_outside_development_the_cookie_travels_over_tls_only(desk_parts: DeskParts) -> None:
    app = assembled(replace(desk_parts, secure_cookies=True))
    client = TestClient(app, base_url="https://testserver", follow_redirects=False)
    assert "; Secure" in client.post(ENTRANCE, data=SIGN_IN).headers["set-cookie"]


def test_a_wrong_password_and_an_unknown_login_read_the_same(visitor: TestClient) -> None:
    answers = [
        visitor.post(ENTRANCE, data={"login": "desk-one", "password": "wrong phrase"}),
        visitor.post(ENTRANCE, data={"login": "nobody", "password": PASSWORD}),
        visitor.post(ENTRANCE),
    ]
    assert {answer.status_code for answer in answers} == {422}
    said = {re.sub(r'value="[^"]*"', "", answer.text) for answer in answers}
    assert len(said) == 1
    assert "登录名或者密码不正确" in answers[0].text
    assert all("set-cookie" not in answer.headers for answer in answers)


def test_whoever_has_to_sign_in_again_comes_back_to_the_case(
    visitor: TestClient, file: File
) -> None:
    case = f"/desk/requests/{file()}"
    entrance = visitor.get(case).headers["location"]
    form = Page(visitor.get(entrance).text).form(ENTRANCE).fields
    assert form["next"] == case
    refused = visitor.post(ENTRANCE, data=form | {"login": "desk-one", "password": "wrong"})
    form = Page(refused.text).form(ENTRANCE).fields
    assert visitor.post(ENTRANCE, data=form | SIGN_IN).headers["location"] == case
    assert visitor.get(entrance).headers["location"] == case


@pytest.mark.parametrize(
    ("asked", "led_to"),
    [
        ("https://elsewhere.example/", "/desk"),
        ("//elsewhere.example/YSQ-2026-00001", "/desk/requests/YSQ-2026-00001"),
        ("/desk/sign-out", "/desk"),
        ("", "/desk"),
    ],
)
def test_signing_in_leads_to_a_case_or_the_list_and_nowhere_else(
    visitor: TestClient, asked: str, led_to: str
) -> None:
    answer = visitor.post(ENTRANCE, data=SIGN_IN | {"next": asked})
    assert answer.headers["location"] == led_to


def test_the_login_is_kept_and_the_password_is_not(visitor: TestClient) -> None:
    answer = visitor.post(ENTRANCE, data={"login": "desk-one", "password": "wrong phrase"})
    assert Page(answer.text).form(ENTRANCE).fields == {"login": "desk-one", "password": ""}
    assert "wrong phrase" not in answer.text


def test_guessing_is_slowed_down_and_says_for_how_long(
    visitor: TestClient, frozen_clock: FrozenClock
) -> None:
    for _ in range(5):
        visitor.post(ENTRANCE, data={"login": "desk-one", "password": "wrong phrase"})
    answer = visitor.post(ENTRANCE, data=SIGN_IN)
    assert answer.status_code == 429
    assert answer.headers["retry-after"] == "60"
    assert "尝试次数过多，请 1 分钟后再试。" in answer.text
    elsewhere = TestClient(visitor.app, follow_redirects=False, client=("192.0.2.7", 50000))
    assert elsewhere.post(ENTRANCE, data=SIGN_IN).status_code == 303
    frozen_clock.advance(timedelta(minutes=1))
    assert visitor.post(ENTRANCE, data=SIGN_IN).status_code == 303


def test_signing_out_ends_the_session_for_good(clerk: Clerk) -> None:
    token = clerk.client.cookies["inquiry_desk"]
    answer = clerk.client.post("/desk/sign-out", data={"csrf": clerk.csrf})
    assert (answer.status_code, answer.headers["location"]) == (303, ENTRANCE)
    assert "inquiry_desk" not in clerk.client.cookies
    clerk.client.cookies = {"inquiry_desk": token}
    assert clerk.client.get("/desk").headers["location"] == ENTRANCE


def test_a_session_ends_after_twelve_hours(clerk: Clerk, frozen_clock: FrozenClock) -> None:
    frozen_clock.advance(timedelta(hours=12))
    assert clerk.client.get("/desk").headers["location"] == ENTRANCE


def test_who_is_signed_in_is_led_past_the_entrance(clerk: Clerk) -> None:
    answer = clerk.client.get(ENTRANCE)
    assert (answer.status_code, answer.headers["location"]) == (303, "/desk")


@pytest.mark.parametrize("path", ["/desk", ENTRANCE])
def test_no_page_of_the_desk_is_kept_or_framed(clerk: Clerk, path: str) -> None:
    headers = clerk.client.get(path).headers
    assert headers["cache-control"] == "no-store"
    assert "frame-ancestors 'none'" in headers["content-security-policy"]
