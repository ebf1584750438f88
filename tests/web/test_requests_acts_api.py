"""What an applicant does over JSON: the code in a header or in the body, never in the address."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

import procedure_house
from applying import Applicant
from inquiry_service.disclosure import DisclosureOffice, open_case
from inquiry_service.disclosure.letters.kinds import LetterKind
from inquiry_service.disclosure.procedure.ending import complain
from inquiry_service.disclosure.rules.events import ComplaintReceived, Event, Withdrawn
from inquiry_service.disclosure.rules.recorded import Recorded
from inquiry_service.moments import FrozenClock

API = "/api/v1/disclosure-requests"
PDF = b"%PDF-1.7\n%%EOF\n"


@pytest.fixture
def applicant(web_app: FastAPI) -> Applicant:
    return Applicant.who_filed(TestClient(web_app))


def sent(applicant: Applicant, act: str, body: dict[str, Any] | None = None) -> Any:
    return applicant.client.post(
        f"{API}/{applicant.number}/{act}", json=body, headers={"Lookup-Code": applicant.code}
    )


def code_of(answer: Any) -> tuple[int, str]:
    return answer.status_code, answer.json()["error"]["code"]


def test_following_tells_the_next_step_and_whether_the_clock_is_paused(
    applicant: Applicant, office: DisclosureOffice
) -> None:
    address, header = f"{API}/{applicant.number}", {"Lookup-Code": applicant.code}
    told = applicant.client.get(address, headers=header).json()
    assert told["next_step"].startswith("本机关最迟在2026年3月30日答复。")
    assert (told["paused"], told["letters"], told["until"]) == (False, [], None)
    procedure_house.register(office, applicant.number)
    procedure_house.send_out(
        office, applicant.number, LetterKind.THIRD_PARTY_CONSULTATION, party="第三方一"
    )
    told = applicant.client.get(address, params={"code": applicant.code}).json()
    assert told["paused"] is True
    assert "15个工作日" in told["next_step"]
    assert told["letters"] == []


def test_a_correction_is_submitted_once(applicant: Applicant, office: DisclosureOffice) -> None:
    said = {"description": "储备粮轮换计划的批复，发文机关是市发展和改革局"}
    assert code_of(sent(applicant, "corrections", said)) == (409, "step_not_allowed")
    procedure_house.register(office, applicant.number)
    procedure_house.send_out(office, applicant.number, LetterKind.CORRECTION, until="2026-03-20")
    told = sent(applicant, "corrections", said)
    assert (told.status_code, told.json()["state"]) == (200, "办理中")
    assert open_case(office, applicant.number).application.description == said["description"]
    again = {"description": "另一种写法的补正内容"}
    assert code_of(sent(applicant, "corrections", again)) == (409, "step_not_allowed")
    assert code_of(sent(applicant, "corrections", {"description": 1})) == (422, "bad_input")


def test_the_same_correction_again_is_answered_with_where_the_request_stands(
    applicant: Applicant, office: DisclosureOffice
) -> None:
    said = {"description": "储备粮轮换计划的批复，发文机关是市发展和改革局", "period": "2018年"}
    procedure_house.register(office, applicant.number)
    procedure_house.send_out(office, applicant.number, LetterKind.CORRECTION, until="2026-03-20")
    first = sent(applicant, "corrections", said).json()
    before = open_case(office, applicant.number).version
    again = sent(applicant, "corrections", said)
    assert (again.status_code, again.json()) == (200, first)
    assert open_case(office, applicant.number).version == before


def test_a_request_is_withdrawn_once_however_often_it_is_sent(
    applicant: Applicant, office: DisclosureOffice
) -> None:
    for _ in range(2):
        told = sent(applicant, "withdrawal")
        assert (told.status_code, told.json()["state"]) == (200, "已撤回")
    withdrawn = [r for r in open_case(office, applicant.number).history if _is(r, Withdrawn)]
    assert len(withdrawn) == 1


def test_a_request_that_was_replied_to_is_not_withdrawn(
    applicant: Applicant, office: DisclosureOffice
) -> None:
    procedure_house.reply(office, applicant.number)
    assert code_of(sent(applicant, "withdrawal")) == (409, "step_not_allowed")


def test_the_same_complaint_is_one_until_the_request_moves_on_or_the_day_is_over(
    applicant: Applicant, office: DisclosureOffice, frozen_clock: FrozenClock
) -> None:
    def complained() -> int:
        assert sent(applicant, "complaints", {"complaint": "一直没有人联系我 "}).status_code == 200
        history = open_case(office, applicant.number).history
        return len([r for r in history if _is(r, ComplaintReceived)])

    assert [complained(), complained()] == [1, 1]
    assert sent(applicant, "complaints", {"complaint": "换了说法"}).status_code == 200
    assert complained() == 2
    procedure_house.register(office, applicant.number)
    assert [complained(), complained()] == [3, 3]
    frozen_clock.advance(timedelta(days=1))
    assert [complained(), complained()] == [4, 4]


def test_the_same_complaint_sent_from_two_connections_at_once_is_one(
    applicant: Applicant, office: DisclosureOffice
) -> None:
    with ThreadPoolExecutor(4) as several:
        for done in [several.submit(complain, office, applicant.number, "慢") for _ in range(4)]:
            done.result()
    history = open_case(office, applicant.number).history
    assert len([r for r in history if _is(r, ComplaintReceived)]) == 1


def _is(recorded: Recorded, kind: type[Event]) -> bool:
    return isinstance(recorded.event, kind)


def test_reasons_are_given_while_they_are_asked_for(
    applicant: Applicant, office: DisclosureOffice
) -> None:
    said = {"reasons": "写论文需要逐年的数字"}
    assert code_of(sent(applicant, "reasons", said)) == (409, "step_not_allowed")
    procedure_house.register(office, applicant.number)
    procedure_house.send_out(office, applicant.number, LetterKind.REASONS, until="2026-03-20")
    assert code_of(sent(applicant, "reasons", {"reasons": " "})) == (422, "bad_input")
    told = sent(applicant, "reasons", said).json()
    assert told["timeline"][-1]["text"] == "收到申请人说明的理由"
    again = sent(applicant, "reasons", said)
    assert (again.status_code, again.json()) == (200, told)
    assert code_of(sent(applicant, "reasons", {"reasons": "换个理由"})) == (409, "step_not_allowed")


def test_a_complaint_is_recorded(applicant: Applicant, office: DisclosureOffice) -> None:
    told = sent(applicant, "complaints", {"complaint": "一直没有人联系我"})
    assert told.json()["timeline"][-1]["text"] == "收到申请人对办理情况的投诉"
    assert code_of(sent(applicant, "complaints", {"complaint": " "})) == (422, "bad_input")
    assert code_of(sent(applicant, "complaints", {"complaint": "慢" * 2001})) == (422, "bad_input")


def test_files_are_taken_in_one_by_one(applicant: Applicant, office: DisclosureOffice) -> None:
    address = f"{API}/{applicant.number}/materials"
    files = [("file", ("证明.pdf", PDF)), ("file", ("坏.exe", b"MZ\x90\x00"))]
    told = applicant.client.post(address, data={"code": applicant.code}, files=files).json()
    assert told["received"] == ["证明.pdf"]
    assert "坏.exe" in told["refused"][0]["message"]
    only_bad = applicant.client.post(
        address, files=files[1:], headers={"Lookup-Code": applicant.code}
    )
    assert code_of(only_bad) == (422, "bad_input")
    assert len(open_case(office, applicant.number).history) == 3


@pytest.mark.parametrize("act", ["corrections", "reasons", "withdrawal", "complaints", "materials"])
def test_every_act_needs_the_right_code_and_hides_what_there_is(
    applicant: Applicant, office: DisclosureOffice, act: str
) -> None:
    def tried(number: str, code: str) -> Any:
        address = f"{API}/{number}/{act}"
        if act == "materials":
            return applicant.client.post(
                address, data={"code": code}, files=[("file", ("a.pdf", PDF))]
            )
        more = {
            "corrections": {"description": "x"},
            "reasons": {"reasons": "x"},
            "complaints": {"complaint": "x"},
        }
        return applicant.client.post(address, json={"code": code} | more.get(act, {}))

    before = open_case(office, applicant.number).version
    wrong = tried(applicant.number, "ABCD-EFG2")
    unknown = tried("YSQ-2026-09999", "ABCD-EFG2")
    assert wrong.status_code == unknown.status_code == 404
    assert wrong.content == unknown.content
    assert code_of(tried(applicant.number, "")) == (422, "bad_input")
    assert open_case(office, applicant.number).version == before
    assert tried(applicant.number, applicant.code).status_code in (200, 409)


def test_acts_are_described_with_their_errors_and_no_code_in_the_address(
    applicant: Applicant,
) -> None:
    paths = applicant.client.get("/openapi.json").json()["paths"]
    for act in ("corrections", "reasons", "withdrawal", "complaints", "materials"):
        described = paths[f"{API}/{{number}}/{act}"]["post"]
        assert set(described["responses"]) == {"200", "404", "409", "413", "422", "429"}
        assert described["summary"]
        assert described["description"]
        assert [p["name"] for p in described["parameters"] if p["in"] == "query"] == []
    letter = paths[f"{API}/{{number}}/letters/{{letter}}"]["get"]
    assert [p["name"] for p in letter["parameters"] if p["in"] == "query"] == ["format"]


def test_the_other_matters_are_filed_over_the_api_too(applicant: Applicant) -> None:
    stated = {
        "client_request_id": "one-suggestion",
        "matter": "suggestion",
        "applicant_kind": "natural_person",
        "name": "测试申请人",
        "identity_kind": "passport",
        "identity_number": "E00000001",
        "email": "applicant@example.com",
        "description": "建议公开储备粮轮换计划",
        "supply_form": "electronic",
        "receive_by": "email",
        "consent": True,
    }
    told = applicant.client.post(API, json=stated).json()
    assert told["number"] == "JYG-2026-00001"
    assert told["due"] is None
