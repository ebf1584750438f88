"""The desk on real parts: a migrated database, conversations without Rasa, one account a role."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from argon2 import PasswordHasher
from fastapi import FastAPI
from fastapi.testclient import TestClient

from built_once import BuiltOnce
from html_forms import Answer, Page
from inquiry_service import desk
from inquiry_service.calendar.book import CalendarBook
from inquiry_service.conversation.conversations import Conversations
from inquiry_service.desk import DeskParts
from inquiry_service.disclosure import Application, DisclosureOffice, file_request
from inquiry_service.edge import install
from inquiry_service.staff import Role, StaffOffice, add_member
from talking_house import conversations, report_index, sources

__all__ = ["conversations", "report_index", "sources"]

REPOSITORY = Path(__file__).parent.parent
PASSWORD = "a long enough phrase"

File = Callable[..., str]


def shipped_book(office: DisclosureOffice) -> CalendarBook:
    return CalendarBook(office.database, REPOSITORY / "knowledge" / "calendar", office.clock)


LOGINS = {
    Role.ADMINISTRATOR: "desk-one",
    Role.CLERK: "clerk",
    Role.REVIEWER: "reviewer",
    Role.HEAD: "head",
}
"""Those of `procedure_house`, and the administrator."""

NAMES = {
    Role.ADMINISTRATOR: "测试工作人员",
    Role.CLERK: "测试经办人",
    Role.REVIEWER: "测试审查人",
    Role.HEAD: "测试负责人",
}


@pytest.fixture
def desk_parts(office: DisclosureOffice, conversations: Conversations) -> DeskParts:
    """The hash is cheap so that the tests are quick."""
    hasher = PasswordHasher(time_cost=1, memory_cost=64)
    staff = StaffOffice(office.database, office.clock, hasher)
    for role, login in LOGINS.items():
        add_member(staff, login, NAMES[role], role, PASSWORD)
    return DeskParts(office, staff, conversations, shipped_book(office), secure_cookies=False)


def built(parts: DeskParts) -> FastAPI:
    """An application of its own, for a test that needs two beside each other."""
    app = FastAPI()
    install(app, bureau=parts.office.bureau)
    app.include_router(desk.router(parts))
    return app


_DESK = BuiltOnce(built)


def assembled(parts: DeskParts) -> FastAPI:
    """The desk on these parts."""
    return _DESK.on(parts)


@pytest.fixture
def visitor(desk_parts: DeskParts) -> TestClient:
    """A browser without a session."""
    return TestClient(assembled(desk_parts), follow_redirects=False)


@dataclass
class Clerk:
    """A browser with a session, and the key that its forms carry."""

    client: TestClient
    csrf: str = ""

    def page(self, path: str, status: int = 200) -> Page:
        answer = self.client.get(path)
        assert answer.status_code == status, answer.text
        return Page(answer.text)

    def send(self, action: str, page: str, **typed: str) -> Answer:
        """Fill in a form of a page as far as said, and send it."""
        fields = self.page(page).form(action).fields
        return self.client.post(action, data=fields | typed)


def signed_in(app: FastAPI, role: Role = Role.ADMINISTRATOR) -> Clerk:
    client = TestClient(app, follow_redirects=False)
    answer = client.post("/desk/sign-in", data={"login": LOGINS[role], "password": PASSWORD})
    assert (answer.status_code, answer.headers["location"]) == (303, "/desk")
    csrf = Page(client.get("/desk").text).form("/desk/sign-out").fields["csrf"]
    return Clerk(client, csrf)


@pytest.fixture
def clerk(desk_parts: DeskParts) -> Clerk:
    return signed_in(assembled(desk_parts))


@pytest.fixture
def file(office: DisclosureOffice, application: Application) -> File:
    """File an application with changes; gives its number."""
    keys = iter(range(1000))

    def filing(conversation_id: str | None = None, **changes: object) -> str:
        stated = replace(application, **changes)  # type: ignore[arg-type]
        key = f"key-{next(keys)}"
        return file_request(
            office, stated, submission_key=key, conversation_id=conversation_id
        ).number

    return filing
