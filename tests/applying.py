"""Filing and opening a request on pages, for the tests of what can be done there."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from fastapi.testclient import TestClient

from html_forms import Answer, Form, Page

PERSON = {
    "applicant_kind": "natural_person",
    "name": "测试申请人",
    "identity_kind": "resident_identity_card",
    "identity_number": "11010519491231002X",
    "phone": "13800000000",
    "description": "2018年度储备粮轮换计划的批复文件",
    "period": "2018年",
    "supply_form": "electronic",
    "receive_by": "online",
    "consent": "true",
}


def page_of(answer: Answer, status: int = 200) -> Page:
    assert answer.status_code == status, answer.text
    assert answer.headers["cache-control"] == "no-store"
    return Page(answer.text)


def check_page(client: TestClient, stated: Mapping[str, str] = PERSON, matter: str = "") -> Page:
    address = f"/requests/new?matter={matter}" if matter else "/requests/new"
    blank = page_of(client.get(address)).form("/requests/check").fields
    return page_of(client.post("/requests/check", data=blank | dict(stated)))


def receipt_page(
    client: TestClient, stated: Mapping[str, str] = PERSON, matter: str = ""
) -> Answer:
    carried = check_page(client, stated, matter).form("/requests").fields
    return client.post("/requests", data=carried)


def receipt(answer: Answer) -> tuple[str, str]:
    assert answer.status_code == 200, answer.text
    [number] = re.findall(r'data-testid="number">([^<]+)<', answer.text)
    [code] = re.findall(r'data-testid="code">([^<]+)<', answer.text)
    return number, code


@dataclass
class Applicant:
    """Somebody with number and code, and the page of the request as it was last opened."""

    client: TestClient
    number: str
    code: str

    @classmethod
    def who_filed(cls, client: TestClient, matter: str = "", **stated: str) -> "Applicant":
        return cls(client, *receipt(receipt_page(client, PERSON | stated, matter)))

    def opens(self) -> Page:
        return page_of(self.answer())

    def answer(self, **more: str) -> Any:
        data = {"number": self.number, "code": self.code} | more
        return self.client.post("/requests/follow", data=data)

    def form(self, act: str) -> Form:
        return self.opens().form(f"/requests/follow/{act}")

    def sends(self, act: str, form: Form | None = None, **typed: str) -> Any:
        """Types into a form of the page, by default one that was opened just now."""
        fields = (form or self.form(act)).fields
        return self.client.post(f"/requests/follow/{act}", data=fields | typed)

    def uploads(self, *files: tuple[str, bytes], access: str = "") -> Any:
        data = {"access": access or self.form("materials").fields["access"]}
        sent = [("file", file) for file in files]
        return self.client.post("/requests/follow/materials", data=data, files=sent)
