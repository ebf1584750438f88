"""Applying and following on pages, as a visitor without scripts meets them."""

import logging
import re
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from itsdangerous import TimestampSigner, URLSafeTimedSerializer

import procedure_house
from html_forms import Answer, Page
from inquiry_service.answering.asking import EngineHolder
from inquiry_service.answering.encoder import Vectors
from inquiry_service.answering.twins import HashingEncoder
from inquiry_service.disclosure import (
    DisclosureOffice,
    DraftFields,
    SupplyForm,
    file_request,
    open_case,
    save_draft,
)
from inquiry_service.disclosure.looking.following import WRONG_CODES_ALLOWED
from inquiry_service.disclosure.looking.handling import requests_for_desk
from inquiry_service.moments import FrozenClock
from inquiry_service.web import WebParts
from inquiry_service.web.request_fields import FIELDS
from public_house import SECRET, assembled

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
COMPANY = {
    "applicant_kind": "business",
    "organisation_name": "测试用单位",
    "credit_code": "91350100M000100Y43",
    "representative": "测试负责人",
    "contact_person": "测试联系人",
    "email": "applicant@example.com",
    "description": "成品油零售经营资格审批结果",
    "supply_form": "paper",
    "receive_by": "collect",
    "consent": "true",
}
NUMBER = re.compile(r"YSQ-2026-\d{5}")


@pytest.fixture
def client(web_app: FastAPI) -> TestClient:
    return TestClient(web_app)


def page_of(answer: Answer, status: int = 200) -> Page:
    assert answer.status_code == status, answer.text
    assert answer.headers["cache-control"] == "no-store"
    return Page(answer.text)


def blank_form(client: TestClient, query: str = "") -> dict[str, str]:
    return page_of(client.get(f"/requests/new{query}")).form("/requests/check").fields


def checked(client: TestClient, stated: Mapping[str, str]) -> dict[str, str]:
    """The fields that the check page carries on."""
    filled = blank_form(client) | dict(stated)
    return page_of(client.post("/requests/check", data=filled)).form("/requests").fields


def filed(client: TestClient, stated: Mapping[str, str] = PERSON) -> tuple[str, str]:
    return receipt(client.post("/requests", data=checked(client, stated)))


def receipt(answer: Answer) -> tuple[str, str]:
    html = answer.text
    assert answer.status_code == 200, html
    [number] = re.findall(r'data-testid="number">([^<]+)<', html)
    [code] = re.findall(r'data-testid="code">([^<]+)<', html)
    return number, code


def follow(client: TestClient, number: str, code: str) -> Answer:
    return client.post("/requests/follow", data={"number": number, "code": code})


def registered(office: DisclosureOffice) -> list[str]:
    return [row.number for row in requests_for_desk(office)]


def errors_on(page: Page) -> dict[str, str]:
    return {
        name.removesuffix("-error"): text.removeprefix("有误：")
        for name, text in page.texts.items()
        if name.endswith("-error")
    }


# The form


def test_the_empty_form_asks_what_the_law_asks_and_nothing_more(client: TestClient) -> None:
    page = page_of(client.get("/requests/new"))
    form = page.form("/requests/check")
    assert set(form.controls) == {*FIELDS, "form_key", "draft"}
    assert form.method == "post"
    assert {name for name, value in form.fields.items() if value} == {"form_key"}
    assert "purpose" not in form.controls


def test_the_notice_says_who_why_how_what_how_long_and_which_rights(client: TestClient) -> None:
    words = page_of(client.get("/requests/new")).words
    for heading in ("谁来处理", "为了什么", "哪些信息", "怎样处理", "保存多久", "您的权利"):
        assert heading in words
    assert "测试用机关" in words


def test_a_person_is_led_from_form_to_check_to_receipt(
    client: TestClient, office: DisclosureOffice
) -> None:
    number, code = filed(client)
    assert number == "YSQ-2026-00001"
    assert re.fullmatch(r"[2-9A-Z]{4}-[2-9A-Z]{4}", code)
    case = open_case(office, number)
    assert (case.application.name, case.application.period) == ("测试申请人", "2018年")
    assert case.channel == "web"


def test_an_organisation_files_without_any_persons_identity(
    client: TestClient, office: DisclosureOffice
) -> None:
    number, _ = filed(client, COMPANY | {"name": "别人", "identity_number": "E12345678"})
    stated = open_case(office, number).application
    assert (stated.applicant, stated.credit_code) == ("测试用单位", "91350100M000100Y43")
    assert (stated.name, stated.identity_number, stated.identity_kind) == ("", "", None)


def test_the_receipt_names_day_due_date_office_and_content(client: TestClient) -> None:
    page = page_of(client.post("/requests", data=checked(client, PERSON)))
    for said in ("2026年3月2日", "2026年3月30日", "测试用机关", PERSON["description"]):
        assert said in page.words
    assert "暂定" not in page.words
    assert PERSON["name"] not in page.words
    assert not any("code" in link for link in page.links)


def test_a_due_date_in_a_year_without_a_calendar_is_called_provisional(
    client: TestClient, frozen_clock: FrozenClock
) -> None:
    frozen_clock.advance(timedelta(days=288))  # 15 December 2026
    answer = client.post("/requests", data=checked(client, PERSON))
    assert "暂定" in page_of(answer).words
    page = page_of(follow(client, *receipt(answer)))
    assert "期限暂定" in page.words
    assert "放假安排尚未公布" in page.words


@pytest.mark.parametrize(
    ("change", "field", "message"),
    [
        ({"description": ""}, "description", "请写明需要什么信息"),
        ({"description": "查" * 2001}, "description", "请删去1字"),
        ({"document_number": "号" * 201}, "document_number", "最多200字"),
        ({"supply_form": ""}, "supply_form", "请选择希望得到的信息形式"),
        ({"supply_form": "carrier-pigeon"}, "supply_form", "请选择希望得到的信息形式"),
        ({"receive_by": ""}, "receive_by", "请选择希望怎样取得"),
        ({"receive_by": "post"}, "address", "您选择了邮寄"),
        ({"receive_by": "email"}, "email", "您选择了电子邮件"),
        ({"receive_by": "fax", "phone": "", "email": "a@b.cn"}, "phone", "您选择了传真"),
        ({"applicant_kind": ""}, "applicant_kind", "请选择申请人类型"),
        ({"name": " "}, "name", "请填写申请人姓名"),
        ({"identity_kind": ""}, "identity_kind", "请选择证件类型"),
        ({"identity_number": ""}, "identity_number", "请填写证件号码"),
        ({"identity_number": "110105194912310021"}, "identity_number", "应为18位"),
        ({"phone": ""}, "phone", "至少填写一种联系方式"),
        ({"phone": "12"}, "phone", "电话号码有误"),
        ({"email": "nobody"}, "email", "电子邮箱有误"),
        ({"consent": ""}, "consent", "请阅读个人信息处理告知"),
    ],
)
def test_what_is_wrong_stands_beside_the_field_and_nothing_typed_is_lost(
    client: TestClient,
    office: DisclosureOffice,
    change: dict[str, str],
    field: str,
    message: str,
) -> None:
    typed = blank_form(client) | PERSON | change
    page = page_of(client.post("/requests/check", data=typed), 422)
    form = page.form("/requests/check")
    assert list(errors_on(page)) == [field]
    assert message in errors_on(page)[field]
    assert f"#{field}" in page.links
    assert field in page.ids
    assert f"{field}-error" in page.ids
    known = {name: value for name, value in typed.items() if value != "carrier-pigeon" and value}
    assert {name: value for name, value in form.fields.items() if value} == known
    assert page.title.startswith("需要修改")
    assert registered(office) == []


@pytest.mark.parametrize(
    ("change", "field"),
    [({"organisation_name": ""}, "organisation_name"), ({"credit_code": "X"}, "credit_code")],
)
def test_an_organisation_is_told_beside_its_own_fields(
    client: TestClient, change: dict[str, str], field: str
) -> None:
    page = page_of(client.post("/requests/check", data=COMPANY | change), 422)
    assert list(errors_on(page)) == [field]


def test_the_summary_lists_what_is_wrong_in_the_order_of_the_form(client: TestClient) -> None:
    page = page_of(client.post("/requests/check", data={"form_key": "any"}), 422)
    listed = [link[1:] for link in page.links if link.startswith("#") and link != "#main"]
    assert listed == [
        "description",
        "supply_form",
        "receive_by",
        "applicant_kind",
        "phone",
        "consent",
    ]
    assert "还有 6 处需要修改" in page.words


def test_every_description_of_a_control_exists(client: TestClient) -> None:
    answer = client.post("/requests/check", data={"form_key": "any"})
    page = page_of(answer, 422)
    described = re.findall(r'aria-describedby="([^"]*)"', answer.text)
    assert described
    assert {name for names in described for name in names.split()} <= set(page.ids)
    assert len(page.ids) == len(set(page.ids))


def test_a_form_without_anything_is_answered_with_what_is_missing(client: TestClient) -> None:
    page_of(client.post("/requests/check"), 422)
    page_of(client.post("/requests/follow"), 404)


@pytest.mark.parametrize("path", ["/requests/check", "/requests", "/requests/follow"])
def test_files_and_floods_of_fields_are_refused(client: TestClient, path: str) -> None:
    page_of(client.post(path, files={"description": b"a file"}), 400)
    page_of(client.post(path, data={f"field-{at}": "x" for at in range(101)}), 400)


def test_markup_and_control_characters_in_a_description_are_only_text(
    client: TestClient, office: DisclosureOffice
) -> None:
    wanted = '<script>alert("1")</script>\r\n第二行 \x00 完'
    answer = client.post(
        "/requests/check", data=blank_form(client) | PERSON | {"description": wanted}
    )
    assert "<script>alert" not in answer.text
    page_of(answer)
    number, _ = filed(client, PERSON | {"description": wanted})
    assert '<script>alert("1")</script>' in open_case(office, number).application.description
    assert "\x00" not in open_case(office, number).application.description


# Pre-filled


def test_a_link_from_a_conversation_fills_the_form_in_and_ties_the_case_to_it(
    client: TestClient, office: DisclosureOffice
) -> None:
    draft = DraftFields("储备粮轮换批复", period="2018年", supply_form=SupplyForm.PAPER)
    token = save_draft(office, draft, "conversation-one")
    answer = client.get("/requests/new", params={"draft": token})
    form = page_of(answer).form("/requests/check")
    filled = {name: form.fields.get(name) for name in ("description", "period", "supply_form")}
    assert filled == {"description": "储备粮轮换批复", "period": "2018年", "supply_form": "paper"}
    assert "已经填入您提问时说过的内容" in answer.text
    who = {name: value for name, value in PERSON.items() if name != "description"}
    number, _ = receipt(client.post("/requests", data=form.fields | who))
    assert open_case(office, number).conversation_id == "conversation-one"


def test_an_expired_or_broken_link_says_so_and_still_gives_a_form(
    client: TestClient, office: DisclosureOffice, frozen_clock: FrozenClock
) -> None:
    token = save_draft(office, DraftFields("储备粮轮换批复"))
    frozen_clock.advance(timedelta(days=8))
    for unusable in (token, "forged"):
        page = page_of(client.get("/requests/new", params={"draft": unusable}))
        assert "链接已经过期" in page.words
        assert page.form("/requests/check").fields["description"] == ""


def test_a_question_taken_along_in_the_address_is_filled_in_masked(client: TestClient) -> None:
    answer = client.get("/requests/new", params={"description": "批复文件，电话13800000000"})
    wanted = page_of(answer).form("/requests/check").fields["description"]
    assert wanted.startswith("批复文件")
    assert "13800000000" not in answer.text


# The check page


def test_the_check_page_shows_everything_with_labels_and_carries_only_known_fields(
    client: TestClient,
) -> None:
    sent = blank_form(client) | PERSON | {"surplus": "多余的", "near": "x" * 5000}
    answer = client.post("/requests/check", data=sent)
    page = page_of(answer)
    for label, value in (("证件类型", "居民身份证"), ("形式", "电子文档"), ("姓名", "测试申请人")):
        assert f"{label} {value}" in page.words
    carried = page.form("/requests").fields
    assert set(carried) == {*PERSON, "form_key", "near"}
    assert "多余的" not in answer.text


def test_what_is_published_near_is_shown_with_quote_and_link_and_kept_with_the_case(
    client: TestClient, office: DisclosureOffice
) -> None:
    wanted = PERSON | {"description": "2017年收到多少件依申请公开申请？"}
    page = page_of(client.post("/requests/check", data=blank_form(client) | wanted))
    assert "这回答了您的问题吗？" in page.words
    assert "2017年度本局共收到依政府申请公开信息5件,均及时给予答复。" in page.words
    assert any(link.startswith("/documents/annual-report-2017?highlight=") for link in page.links)
    carried = page.form("/requests").fields
    number, _ = receipt(client.post("/requests", data=carried))
    assert open_case(office, number).near_answers == tuple(carried["near"].split())
    assert carried["near"]


def test_saying_that_it_was_answered_files_nothing(
    client: TestClient, office: DisclosureOffice
) -> None:
    assert "没有提交" in page_of(client.post("/requests/answered")).words
    assert registered(office) == []


def test_without_an_index_filing_goes_on(unpublished_app: FastAPI) -> None:
    assert NUMBER.fullmatch(filed(TestClient(unpublished_app))[0])


def test_a_forged_list_of_near_answers_is_not_kept(
    client: TestClient, office: DisclosureOffice
) -> None:
    forged = checked(client, PERSON) | {"near": "<b> " + " ".join(["fedcba987abcdef0"] * 9)}
    number, _ = receipt(client.post("/requests", data=forged))
    assert open_case(office, number).near_answers == ("fedcba987abcdef0",) * 3


def test_going_back_to_change_keeps_everything(client: TestClient) -> None:
    both = PERSON | {"organisation_name": "以后再选", "credit_code": "91350100M000100Y43"}
    carried = checked(client, both)
    form = page_of(client.post("/requests/change", data=carried)).form("/requests/check")
    kept = {name: value for name, value in form.fields.items() if value}
    assert kept == both | {"form_key": carried["form_key"]}


def test_a_form_older_than_a_day_is_shown_again_complete_and_then_files(
    client: TestClient, office: DisclosureOffice
) -> None:
    class Yesterday(TimestampSigner):
        def get_timestamp(self) -> int:
            return super().get_timestamp() - 25 * 3600

    old = URLSafeTimedSerializer(SECRET, salt="form:disclosure-request", signer=Yesterday)
    for key in (old.dumps("key"), "forged", ""):
        carried = checked(client, PERSON) | {"form_key": key}
        page = page_of(client.post("/requests", data=carried))
        assert "还没有提交" in page.words
        again = page.form("/requests").fields
        assert {name: again[name] for name in PERSON} == PERSON
        assert again["form_key"] != key
    assert registered(office) == []
    receipt(client.post("/requests", data=again))
    assert len(registered(office)) == 1


def test_a_filing_that_became_wrong_on_the_way_goes_back_to_the_form(
    client: TestClient, office: DisclosureOffice
) -> None:
    page = page_of(client.post("/requests", data=checked(client, PERSON) | {"phone": "1"}), 422)
    assert list(errors_on(page)) == ["phone"]
    assert registered(office) == []


# Once


def test_submitting_twice_shows_the_same_number_and_code(
    client: TestClient, office: DisclosureOffice
) -> None:
    carried = checked(client, PERSON)
    first, again = (receipt(client.post("/requests", data=carried)) for _ in range(2))
    assert first == again
    assert len(registered(office)) == 1


def test_submitting_several_times_at_once_files_one_request(
    client: TestClient, office: DisclosureOffice
) -> None:
    carried = checked(client, PERSON)
    with ThreadPoolExecutor(4) as threads:
        answers = list(threads.map(lambda _: client.post("/requests", data=carried), range(6)))
    assert len({receipt(answer) for answer in answers}) == 1
    assert len(registered(office)) == 1


def test_a_changed_content_is_a_request_of_its_own(
    client: TestClient, office: DisclosureOffice
) -> None:
    carried = checked(client, PERSON)
    first = receipt(client.post("/requests", data=carried))
    other = receipt(client.post("/requests", data=carried | {"period": "2019年"}))
    assert other != first
    assert len(registered(office)) == 2


def test_a_form_sent_by_another_site_is_refused(
    client: TestClient, office: DisclosureOffice
) -> None:
    carried = checked(client, PERSON)
    for path in ("/requests", "/requests/check", "/requests/change", "/requests/follow"):
        answer = client.post(path, data=carried, headers={"Sec-Fetch-Site": "cross-site"})
        assert answer.status_code == 403
        assert PERSON["name"] not in answer.text
    assert registered(office) == []


@pytest.mark.parametrize("path", ["/requests/check", "/requests/change"])
def test_a_step_opened_without_its_form_leads_to_the_form(client: TestClient, path: str) -> None:
    answer = client.get(path, follow_redirects=False)
    assert (answer.status_code, answer.headers["location"]) == (303, "/requests/new")


# Following


def test_number_and_code_show_where_the_request_stands(client: TestClient) -> None:
    number, code = filed(client)
    page = page_of(follow(client, f" {number.lower()} ", code.lower().replace("-", "")))
    assert f"申请 {number}" in page.words
    assert "答复期限是2026年3月30日（收到次日起第20个工作日）" in page.words
    assert "计入第20个工作日" in page.words
    assert "提交政府信息公开申请" in page.words
    for personal in (PERSON["name"], PERSON["identity_number"], PERSON["phone"]):
        assert personal not in page.words


def test_the_address_of_a_request_asks_for_its_code(client: TestClient) -> None:
    number, code = filed(client)
    form = page_of(client.get(f"/requests/{number}")).form("/requests/follow")
    assert form.fields == {"number": number, "code": ""}
    page = page_of(client.get(f"/requests/{number}", params={"code": code}))
    assert f"申请 {number}" in page.words


def test_an_address_that_is_no_request_is_not_found(client: TestClient) -> None:
    page_of(client.get("/requests/<b>whatever"), 404)


def test_a_wrong_code_reads_like_an_unknown_number_and_shows_nothing(
    client: TestClient, office: DisclosureOffice
) -> None:
    number, code = filed(client)
    other, _ = filed(client, PERSON | {"name": "另一位申请人", "description": "另一件事的材料"})
    answers = [
        follow(client, other, code),
        follow(client, "YSQ-2026-09999", code),
        follow(client, "不是编号", code),
        follow(client, number, "ABCD-EFG2"),
        client.get(f"/requests/{other}", params={"code": code}),
    ]
    said = {re.sub(r'value="[^"]*"', "", answer.text) for answer in answers}
    assert [answer.status_code for answer in answers] == [404] * 5
    assert len(said) == 1
    for leak in ("另一位申请人", "另一件事的材料", "测试申请人", "办理中"):
        assert leak not in answers[0].text
    form = page_of(answers[0], 404).form("/requests/follow")
    assert form.fields == {"number": other, "code": code}


def test_after_many_wrong_codes_only_the_right_one_opens(client: TestClient) -> None:
    number, code = filed(client)
    for _ in range(WRONG_CODES_ALLOWED):
        assert follow(client, number, "ABCD-EFG2").status_code == 404
    answer = follow(client, number, "ABCD-EFG2")
    assert "尝试次数过多，请 15 分钟后再试。" in page_of(answer, 429).words
    assert answer.headers["retry-after"] == "900"
    assert follow(client, number, code).status_code == 200


def test_the_reply_is_shown_with_its_outcome_article_and_remedy(
    client: TestClient, office: DisclosureOffice
) -> None:
    number, code = filed(client)
    procedure_house.reply(
        office, number, "REFUSE_PROCESS", reason="属于过程性信息。\n<i>特此答复</i>"
    )
    answer = follow(client, number, code)
    page = page_of(answer)
    assert "不予公开（属于四类过程性信息）" in page.words
    assert "第十六条第二款" in page.words
    assert "应当先申请行政复议" in page.words
    assert "<i>特此答复</i>" in page.words
    assert "<i>" not in answer.text
    for login in (procedure_house.CLERK, procedure_house.REVIEWER, procedure_house.HEAD):
        assert login not in page.words
    assert "待法律顾问确认" not in answer.text


def test_an_overdue_request_says_what_can_be_done(
    client: TestClient, frozen_clock: FrozenClock
) -> None:
    number, code = filed(client)
    frozen_clock.advance(timedelta(days=40))
    assert "答复期限（2026年3月30日）已过" in page_of(follow(client, number, code)).words


# Nothing leaks


def test_nothing_an_applicant_typed_reaches_a_log(
    client: TestClient, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG, logger="inquiry_service")
    number, code = filed(client)
    follow(client, number, code)
    follow(client, number, "ABCD-EFG2")
    client.post("/requests/check", data=PERSON | {"phone": "1"})
    written = "".join(str(record.__dict__) for record in ours(caplog.records))
    for personal in (*personal_values(PERSON), code, "ABCD-EFG2"):
        assert personal not in written


def ours(records: list[logging.LogRecord]) -> list[logging.LogRecord]:
    """Without the test client's own log of addresses."""
    return [record for record in records if not record.name.startswith(("httpx", "httpcore"))]


def personal_values(stated: Mapping[str, str]) -> list[str]:
    return [stated[name] for name in ("name", "identity_number", "phone")]


def test_forms_with_personal_data_are_posted_never_put_into_an_address(
    client: TestClient,
) -> None:
    carried = checked(client, PERSON)
    pages = [
        page_of(client.get("/requests/new")),
        page_of(client.get("/requests")),
        page_of(client.post("/requests/check", data=carried)),
        page_of(client.post("/requests/change", data=carried)),
    ]
    assert {form.method for page in pages for form in page.forms} == {"post"}
    links = " ".join(link for page in pages for link in page.links)
    assert not any(personal in links for personal in personal_values(PERSON))


def test_an_engine_that_breaks_does_not_stand_in_the_way_of_filing(
    web_parts: WebParts, office: DisclosureOffice, published: Path
) -> None:
    class Deaf(HashingEncoder):
        """An encoder that fails whenever it is asked, as without memory."""

        def encode_questions(self, texts: Sequence[str]) -> Vectors:
            raise MemoryError

    engine = EngineHolder(published, Deaf())
    assert engine.current is not None
    client = TestClient(assembled(replace(web_parts, engine=engine)))
    number, _ = filed(client)
    assert registered(office) == [number]


def test_a_request_filed_elsewhere_is_followed_here(
    client: TestClient, office: DisclosureOffice, application: Any
) -> None:
    done = file_request(office, application, submission_key="elsewhere", channel="api")
    assert done.number in page_of(follow(client, done.number, done.lookup_code)).words


def test_the_navigation_shows_whether_one_is_applying_or_following(client: TestClient) -> None:
    def here(answer: Answer) -> list[str]:
        return re.findall(r'href="([^"]+)" aria-current="page"', answer.text)

    carried = checked(client, PERSON)
    receipt_page = client.post("/requests", data=carried)
    number, code = receipt(receipt_page)
    assert here(client.post("/requests/check", data=carried)) == ["/requests/new"]
    assert here(receipt_page) == ["/requests/new"]
    assert here(client.get(f"/requests/{number}")) == ["/requests"]
    assert here(follow(client, number, code)) == ["/requests"]
