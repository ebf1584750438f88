"""Intake at the desk: typed in, read back, confirmed, registered; the slip for the applicant."""

from datetime import timedelta

import pytest

from desk_house import Clerk
from html_forms import Answer, Page
from inquiry_service.desk import DeskParts
from inquiry_service.disclosure import DisclosureOffice, follow_request, open_case
from inquiry_service.disclosure.attachments.adding import files_of
from inquiry_service.disclosure.looking.handling import Case, requests_for_desk
from inquiry_service.disclosure.rules.position import Stage
from inquiry_service.moments import FrozenClock

HERE = "/desk/intake"
PAPER = {
    "channel": "in_person",
    "arrived": "2026-03-02",
    "matter": "request",
    "description": "2018年度储备粮轮换计划的批复文件",
    "applicant_kind": "natural_person",
    "name": "测试申请人",
    "phone": "13800000000",
}
SCAN = ("申请书.txt", "储备粮轮换计划的申请书".encode())


def blank(clerk: Clerk) -> dict[str, str]:
    return clerk.page(HERE).form(HERE).fields


def typed(clerk: Clerk, **changes: str) -> Answer:
    """A fresh form, filled in and sent."""
    return sent(clerk, blank(clerk) | PAPER | changes)


def sent(clerk: Clerk, fields: dict[str, str], *scans: tuple[str, bytes]) -> Answer:
    files = [("file", scan) for scan in scans] or [("file", ("", b""))]
    fields.pop("file", None)
    return clerk.client.post(HERE, data=fields, files=files)


def next_step(clerk: Clerk, answer: Answer, **changes: str) -> Answer:
    [form] = [form for form in Page(answer.text).forms if "step" in form.fields]
    return clerk.client.post(HERE, data=form.fields | changes)


def only_case(office: DisclosureOffice) -> Case:
    [row] = requests_for_desk(office)
    return open_case(office, row.number)


def test_the_form_begins_with_today_and_a_request(clerk: Clerk) -> None:
    fields = blank(clerk)
    assert fields["arrived"] == "2026-03-02"
    assert fields["matter"] == "request"
    assert "channel" not in fields


def test_what_was_handed_in_is_filed_and_the_slip_has_number_and_code(
    clerk: Clerk, office: DisclosureOffice
) -> None:
    answer = typed(clerk)
    assert answer.status_code == 200
    case = only_case(office)
    page = Page(answer.text)
    for said in (case.number, "接收回执", "2026年3月2日", "2026年3月30日", "下一步：登记"):
        assert said in page.words
    code = answer.text.split('data-testid="code">')[1].split("<")[0]
    assert follow_request(office, case.number, code).application.name == "测试申请人"
    assert {r.actor for r in case.history} == {"desk-one"}
    assert case.channel == "in_person"


def test_it_is_said_what_the_paper_lacks_and_that_it_may_be_asked_for(clerk: Clerk) -> None:
    words = Page(typed(clerk).text).words
    for said in ("证件号码（身份证明）", "取得方式", "7个工作日内一次性告知补正"):
        assert said in words
    assert "联系方式（电话" not in words


@pytest.mark.parametrize(
    ("changes", "field", "message"),
    [
        ({"channel": ""}, "channel", "请选择来件方式"),
        ({"arrived": ""}, "arrived", "请填写来件日期"),
        ({"arrived": "昨天"}, "arrived", "请填写来件日期"),
        ({"arrived": "2026-03-03"}, "arrived", "还没有到"),
        ({"arrived": "1026-03-02"}, "arrived", "早于条例施行之日"),
        ({"description": " "}, "description", "请写明需要什么信息"),
        ({"applicant_kind": ""}, "applicant_kind", "请选择申请人类型"),
        ({"identity_number": "11010519491231002"}, "identity_number", "证件号码有误"),
        ({"name": "", "phone": ""}, "name", "至少要有一项"),
        (
            {"applicant_kind": "business", "phone": ""},
            "organisation_name",
            "至少要有一项",
        ),
    ],
)
def test_what_is_wrong_stands_beside_it_and_everything_typed_stays(
    clerk: Clerk, office: DisclosureOffice, changes: dict[str, str], field: str, message: str
) -> None:
    changes = {"identity_kind": "resident_identity_card", "address": ""} | changes
    answer = typed(clerk, **changes)
    assert answer.status_code == 422
    page = Page(answer.text)
    assert message in page.texts[f"{field}-error"]
    assert f"#{field}" in page.links
    kept = page.form(HERE).fields
    for name, value in (PAPER | changes).items():
        assert kept.get(name, "") == value, name
    assert requests_for_desk(office) == []


def test_all_that_is_wrong_is_said_at_once(clerk: Clerk) -> None:
    answer = typed(clerk, channel="", arrived="", description="")
    links = [link for link in Page(answer.text).links if link.startswith("#")]
    assert [link for link in links if link != "#main"] == ["#channel", "#arrived", "#description"]


def test_the_same_form_twice_is_one_request_and_one_scan(
    clerk: Clerk, office: DisclosureOffice
) -> None:
    fields = blank(clerk) | PAPER
    first, second = sent(clerk, dict(fields), SCAN), sent(clerk, dict(fields), SCAN)
    assert (first.status_code, second.status_code) == (200, 200)
    case = only_case(office)
    assert case.number in second.text
    [file] = files_of(office, case.number)
    assert file.name == "申请书.txt"
    assert "申请书.txt" in second.text


def test_a_form_changed_after_it_was_filed_is_asked_about(
    clerk: Clerk, office: DisclosureOffice
) -> None:
    fields = blank(clerk) | PAPER
    sent(clerk, dict(fields))
    other = sent(clerk, fields | {"description": "另一份文件"})
    assert other.status_code == 409
    page = Page(other.text)
    assert "已经录入过一份内容不同的申请" in page.words
    again = page.form(HERE).fields
    assert again["description"] == "另一份文件"
    assert sent(clerk, again).status_code == 200
    assert len(requests_for_desk(office)) == 2
    late = sent(clerk, fields | {"arrived": "2026-02-27"})
    assert "以当时录入的为准" in Page(late.text).words


def test_a_form_that_was_open_for_days_keeps_what_was_typed(
    clerk: Clerk, office: DisclosureOffice
) -> None:
    answer = typed(clerk, form_key="forged")
    assert answer.status_code == 403
    page = Page(answer.text)
    assert "已经过期" in page.words
    assert page.form(HERE).fields["description"] == PAPER["description"]
    assert sent(clerk, page.form(HERE).fields).status_code == 200
    assert len(requests_for_desk(office)) == 1


def test_what_was_said_aloud_is_read_back_before_it_is_received(
    clerk: Clerk, office: DisclosureOffice
) -> None:
    answer = typed(clerk, channel="oral")
    words = Page(answer.text).words
    for said in ("读给申请人核对", "申请人姓名 测试申请人", "待与申请人确认"):
        assert said in words
    assert only_case(office).position.stage is Stage.AWAITING_RECEIPT
    confirmed = next_step(clerk, answer)
    assert only_case(office).position.stage is Stage.RECEIVED
    assert "答复期限 2026年3月30日" in Page(confirmed.text).words
    assert next_step(clerk, confirmed).status_code == 200
    assert only_case(office).position.stage is Stage.IN_REVIEW


@pytest.mark.parametrize("channel", ["ordinary_post", "fax", "email"])
def test_what_both_sides_confirm_counts_from_the_day_of_confirmation(
    clerk: Clerk, office: DisclosureOffice, frozen_clock: FrozenClock, channel: str
) -> None:
    frozen_clock.advance(timedelta(hours=3))
    answer = typed(clerk, channel=channel, arrived="2026-02-27")
    assert only_case(office).due is None
    assert "确认之日为收到申请之日" in Page(answer.text).words
    confirmed = next_step(clerk, answer, received="2026-03-02")
    assert "收到日期 2026年3月2日" in Page(confirmed.text).words
    assert "下一步：登记" in Page(confirmed.text).words


def test_a_day_of_receipt_that_cannot_be_keeps_the_slip_and_says_why(
    clerk: Clerk, office: DisclosureOffice
) -> None:
    answer = next_step(clerk, typed(clerk, channel="fax"), received="2026-03-09")
    assert answer.status_code in (409, 422)
    words = Page(answer.text).words
    assert "这一步没有完成" in words
    assert "接收回执" in words
    assert only_case(office).position.stage is Stage.AWAITING_RECEIPT


def test_the_same_step_twice_is_no_error(clerk: Clerk, office: DisclosureOffice) -> None:
    answer = typed(clerk)
    first, second = next_step(clerk, answer), next_step(clerk, answer)
    assert (first.status_code, second.status_code) == (200, 200)
    assert "没有完成" not in Page(second.text).words
    assert only_case(office).position.stage is Stage.IN_REVIEW


@pytest.mark.parametrize("version", ["", "abc", "9" * 5000])
def test_a_step_of_another_version_is_not_taken(
    clerk: Clerk, office: DisclosureOffice, version: str
) -> None:
    answer = next_step(clerk, typed(clerk), version=version)
    assert answer.status_code == 409
    assert "这一步没有完成" in Page(answer.text).words
    assert only_case(office).position.stage is Stage.RECEIVED


def test_a_scan_that_cannot_be_taken_does_not_stop_the_filing(
    clerk: Clerk, office: DisclosureOffice
) -> None:
    answer = sent(clerk, blank(clerk) | PAPER, ("病毒.exe", b"MZ\x90\x00\x03\x00"))
    assert answer.status_code == 422
    page = Page(answer.text)
    assert "申请已经录入" in page.words
    assert "病毒.exe" in page.words
    [form] = [form for form in page.forms if "file" in form.fields]
    assert sent(clerk, form.fields, SCAN).status_code == 200
    assert len(files_of(office, only_case(office).number)) == 1


def test_a_correction_of_records_has_a_slip_of_its_own_and_no_limit(clerk: Clerk) -> None:
    words = Page(typed(clerk, matter="record_correction").text).words
    assert "政府信息更正申请接收回执" in words
    assert "GZX-2026-00001" in words
    assert "20个工作日内答复" not in words


def test_markup_in_what_was_said_is_only_text(clerk: Clerk) -> None:
    html = typed(clerk, channel="oral", description="<img src=x onerror=alert(1)>").text
    assert "<img src=x" not in html
    assert "&lt;img src=x" in html


def test_no_script_or_style_stands_in_the_pages(clerk: Clerk, desk_parts: DeskParts) -> None:
    for html in (clerk.client.get(HERE).text, typed(clerk, channel="oral").text):
        assert " style=" not in html
        assert "<script>" not in html
