"""Article 44: what several ask for is decided upon at one case, and stands in all of them."""

from dataclasses import replace

import pytest

from desk_house import Clerk, File, assembled, signed_in
from html_forms import Page
from inquiry_service.desk import DeskParts
from inquiry_service.disclosure import Application, DisclosureOffice, file_request, open_case
from inquiry_service.disclosure.keeping.auditing import audit_case
from inquiry_service.disclosure.looking.publications import publications, published_near
from inquiry_service.disclosure.procedure.publishing import decide_publication
from inquiry_service.disclosure.rules.events import InformationPublished, PublicationDecided
from inquiry_service.disclosure.rules.matters import Matter
from inquiry_service.errors import NotFound, StepNotAllowed
from inquiry_service.staff import Role

TITLE = "2018年度储备粮轮换计划的批复文件"
ADDRESS = "https://www.example.gov.cn/xxgk/2018-1.html"
LIST = "/desk/publishing"


@pytest.fixture
def head(desk_parts: DeskParts) -> Clerk:
    return signed_in(assembled(desk_parts), Role.HEAD)


@pytest.fixture
def two(file: File) -> tuple[str, str]:
    """Two people who want the same."""
    return file(), file(name="另一位申请人", identity_number="11010119900307002X")


def ticked(form: Page, number: str) -> dict[str, str]:
    return form.form(f"/desk/requests/{number}/publish").fields


def decide(head: Clerk, number: str, **typed: str) -> None:
    address = f"/desk/requests/{number}/publish"
    stated = {"title": TITLE, "secrecy_reviewed": "yes"} | typed
    answer = head.send(address, address, **stated)
    assert (answer.status_code, answer.headers["location"]) == (303, LIST)


def publish(member: Clerk, office: DisclosureOffice, address: str = ADDRESS) -> None:
    action = f"{LIST}/{publications(office)[0].name}/published"
    assert member.send(action, LIST, address=address).status_code == 303


def test_the_decision_stands_in_every_case_with_who_when_and_what_it_rests_on(
    head: Clerk, office: DisclosureOffice, file: File
) -> None:
    first, second = file(), file(name="另一位申请人", identity_number="11010119900307002X")
    assert "决定主动公开" in head.page(f"/desk/requests/{second}").words
    decide(head, second)
    for number in (first, second):
        page = head.page(f"/desk/requests/{number}").words
        assert TITLE in page
        assert "2026-03-02，测试负责人（条例第四十四条）" in page
        assert "待公开" in page
        decided = open_case(office, number).history[-1]
        assert isinstance(decided.event, PublicationDecided)
        assert (decided.actor, decided.event.requests) == ("head", (first, second))
        assert audit_case(office, number).fault is None


def test_what_is_taken_off_is_left_alone(
    head: Clerk, office: DisclosureOffice, two: tuple[str, str]
) -> None:
    first, second = two
    form = head.page(f"/desk/requests/{second}/publish")
    fields = ticked(form, second) | {"title": TITLE, "secrecy_reviewed": "yes"}
    assert fields.pop(f"with-{first}") == "yes"
    head.client.post(f"/desk/requests/{second}/publish", data=fields)
    assert publications(office)[0].numbers == (second,)
    assert not open_case(office, first).position.has(PublicationDecided)


def test_the_list_keeps_it_until_it_is_marked_with_its_address(
    desk_parts: DeskParts, head: Clerk, office: DisclosureOffice, two: tuple[str, str]
) -> None:
    decide(head, two[1])
    clerk = signed_in(assembled(desk_parts), Role.CLERK)
    assert "1 项" in clerk.page(LIST).words
    name = publications(office)[0].name
    wrong = clerk.send(f"{LIST}/{name}/published", LIST, address="javascript:alert(1)")
    assert wrong.status_code == 422
    assert "完整网址" in wrong.text
    assert "javascript:alert(1)" in wrong.text
    publish(clerk, office)
    page = clerk.page(LIST)
    assert "没有等待公开的信息" in page.words
    assert ADDRESS in page.links
    for number in two:
        event = open_case(office, number).history[-1].event
        assert isinstance(event, InformationPublished)
        assert ADDRESS in clerk.page(f"/desk/requests/{number}").links


def test_marking_twice_says_it_once_and_another_address_replaces_it(
    head: Clerk, office: DisclosureOffice, two: tuple[str, str]
) -> None:
    decide(head, two[1])
    for _ in range(2):
        publish(head, office)
    before = open_case(office, two[0]).version
    publish(head, office, ADDRESS + "?v=2")
    assert open_case(office, two[0]).version == before + 1
    assert publications(office)[0].address == ADDRESS + "?v=2"


def test_what_came_to_nothing_leaves_the_list_with_its_reason(
    desk_parts: DeskParts, head: Clerk, office: DisclosureOffice, two: tuple[str, str]
) -> None:
    decide(head, two[1])
    name = publications(office)[0].name
    assert head.send(f"{LIST}/{name}/dropped", LIST, why="").status_code == 422
    clerk = signed_in(assembled(desk_parts), Role.CLERK)
    refused = clerk.client.post(f"{LIST}/{name}/dropped", data={"csrf": clerk.csrf, "why": "误"})
    assert refused.status_code == 403
    head.send(f"{LIST}/{name}/dropped", LIST, why="复核认为涉及第三方")
    page = head.page(LIST).words
    assert "没有等待公开的信息" in page
    assert "复核认为涉及第三方" in page
    again = head.client.post(f"{LIST}/{name}/dropped", data={"csrf": head.csrf, "why": "又一次"})
    assert again.status_code == 409


def test_nothing_is_decided_without_a_title_for_the_public_and_the_secrecy_review(
    head: Clerk, office: DisclosureOffice, two: tuple[str, str]
) -> None:
    address = f"/desk/requests/{two[1]}/publish"
    answer = head.send(address, address, title="测试申请人要的批复")
    assert answer.status_code == 422
    assert "不要写申请人的姓名" in answer.text
    assert "保密审查" in answer.text
    assert head.send(address, address, title="", secrecy_reviewed="yes").status_code == 422
    assert publications(office) == ()


def test_one_unknown_number_and_nothing_is_written_anywhere(
    office: DisclosureOffice, two: tuple[str, str]
) -> None:
    before = open_case(office, two[0]).version
    with pytest.raises(NotFound):
        decide_publication(
            office,
            two[0],
            title=TITLE,
            requests=[two[1], "YSQ-2026-99999"],
            reviewed=True,
            by="head",
            expected_version=before,
        )
    assert [open_case(office, number).version for number in two] == [before, before]


def test_a_suggestion_is_published_too_and_a_wrong_record_about_oneself_is_not(
    head: Clerk, office: DisclosureOffice, application: Application
) -> None:
    numbers = {
        matter: file_request(office, application, submission_key=matter, matter=matter).number
        for matter in (Matter.SUGGESTION, Matter.RECORD_CORRECTION)
    }
    for matter, offered in ((Matter.SUGGESTION, True), (Matter.RECORD_CORRECTION, False)):
        links = head.page(f"/desk/requests/{numbers[matter]}").links
        assert (f"/desk/requests/{numbers[matter]}/publish" in links) is offered
    address = f"/desk/requests/{numbers[Matter.SUGGESTION]}/publish"
    assert "说的是多个申请人" not in head.page(address).words
    decide(head, numbers[Matter.SUGGESTION])
    with pytest.raises(StepNotAllowed, match="不能作为主动公开的依据"):
        decide_publication(
            office,
            numbers[Matter.SUGGESTION],
            title=TITLE,
            requests=[numbers[Matter.RECORD_CORRECTION]],
            reviewed=True,
            by="head",
            expected_version=open_case(office, numbers[Matter.SUGGESTION]).version,
        )
    assert len(publications(office)) == 1


def test_for_one_request_alone_the_head_is_told_that_the_article_speaks_of_several(
    head: Clerk, file: File
) -> None:
    assert "说的是多个申请人" in head.page(f"/desk/requests/{file()}/publish").words


def test_the_next_case_is_told_that_it_is_public_already(
    head: Clerk, office: DisclosureOffice, application: Application, two: tuple[str, str]
) -> None:
    decide(head, two[1])
    publish(head, office)
    third = replace(application, name="第三位申请人", identity_number="11010119900307002X")
    number = file_request(office, third, submission_key="third").number
    page = head.page(f"/desk/requests/{number}")
    assert "相近的信息已经决定主动公开" in page.words
    assert ADDRESS in page.links


def test_a_text_that_no_key_opens_hides_its_own_decision_and_nothing_else(
    head: Clerk, office: DisclosureOffice, file: File, two: tuple[str, str]
) -> None:
    decide(head, two[1])
    with office.database.begin() as connection:
        connection.exec_driver_sql("UPDATE disclosure_texts SET sealed = 'spoilt'")
    decide(head, file(description="本局2019年的车辆使用记录"), title="另一项信息")
    assert [one.title for one in publications(office)] == ["另一项信息"]
    assert "1 项" in head.page(LIST).words


def test_before_filing_only_what_stands_somewhere_is_near(
    head: Clerk, office: DisclosureOffice, two: tuple[str, str]
) -> None:
    wish = "请公开2018年度储备粮轮换计划的批复文件"
    decide(head, two[1])
    assert published_near(office, wish) == ()
    publish(head, office)
    assert [one.address for one in published_near(office, wish)] == [ADDRESS]
    assert published_near(office, "2019年度储备粮轮换计划的批复文件") == ()
    head.send(f"{LIST}/{publications(office)[0].name}/dropped", LIST, why="网页已经撤下")
    assert published_near(office, wish) == ()
