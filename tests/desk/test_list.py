"""The list of requests: the most urgent first, nothing of it that need not be seen."""

from dataclasses import replace
from datetime import timedelta

from fastapi.testclient import TestClient
from sqlalchemy import event

from desk_house import Clerk, File, assembled, built, signed_in
from inquiry_service.desk import DeskParts
from inquiry_service.disclosure import ApplicantKind, Application, DisclosureOffice
from inquiry_service.disclosure.letters.kinds import LetterKind
from inquiry_service.disclosure.procedure.ending import withdraw_request
from inquiry_service.moments import FrozenClock
from procedure_house import draft, register, send_out
from talking_house import Parrot

LIST = "/desk"


def numbers_on(clerk: Clerk, path: str = LIST) -> list[str]:
    links = clerk.page(path).links
    return [link.rsplit("/", 1)[1] for link in links if link.startswith("/desk/requests/")]


def test_an_empty_desk_says_so(clerk: Clerk) -> None:
    assert "没有待办的申请" in clerk.page(LIST).words
    assert "还没有办结的申请" in clerk.page("/desk?show=ended").words


def test_requests_are_ordered_by_due_date_and_the_late_ones_are_marked(
    clerk: Clerk, file: File, frozen_clock: FrozenClock
) -> None:
    first = file()
    frozen_clock.advance(timedelta(hours=11))
    second = file()
    frozen_clock.advance(timedelta(days=29))
    third = file()
    later = signed_in(clerk.client.app)  # type: ignore[arg-type]
    assert numbers_on(later) == [first, second, third]
    words = later.page(LIST).words
    assert words.count("已超期") == 3  # two rows and their sum
    assert "共 3 件" in words
    assert "2 件已超期" in words


def test_a_due_date_without_a_calendar_is_marked_provisional(
    desk_parts: DeskParts, file: File, frozen_clock: FrozenClock
) -> None:
    frozen_clock.advance(timedelta(days=288))  # 15 December 2026
    file()
    assert "暂定" in signed_in(assembled(desk_parts)).page(LIST).words


def test_an_ended_request_moves_to_its_own_list(
    clerk: Clerk, file: File, office: DisclosureOffice
) -> None:
    kept, replied = file(), file()
    withdraw_request(office, replied)
    assert numbers_on(clerk) == [kept]
    assert numbers_on(clerk, "/desk?show=ended") == [replied]


def test_the_list_says_whose_turn_it_is_and_how_long_there_is(
    clerk: Clerk, file: File, office: DisclosureOffice
) -> None:
    drafted, consulting = file(), file()
    for number in (drafted, consulting):
        register(office, number)
    assert clerk.page(LIST).words.count("还剩 20 个工作日") == 2
    draft(office, drafted, LetterKind.REPLY, outcome="GRANT_PROVIDE")
    letter = send_out(office, consulting, LetterKind.THIRD_PARTY_CONSULTATION, party="第三方一")
    assert letter
    words = clerk.page(LIST).words
    for said in ("答复待保密审查 审查", "征求意见中 被征求意见方", "暂停计算"):
        assert said in words
    draft(office, consulting, LetterKind.CONSULTATION_NOTICE)
    assert "被征求意见方、批准（文书）" in clerk.page(LIST).words


def test_a_number_leads_to_its_case_and_a_part_of_it_to_all_that_have_it(
    clerk: Clerk, file: File, office: DisclosureOffice
) -> None:
    open_one, ended = file(), file()
    withdraw_request(office, ended)
    for typed in (ended, ended.lower(), f" {ended} "):
        answer = clerk.client.get(LIST, params={"q": typed})
        assert answer.headers["location"] == f"/desk/requests/{ended}"
    assert numbers_on(clerk, f"{LIST}?q=2026-0000") == [open_one, ended]
    assert "没有编号含“99”的申请" in clerk.page(f"{LIST}?q=99").words


def test_the_list_shows_no_identity_number_name_or_contact(
    clerk: Clerk, file: File, application: Application
) -> None:
    file(description="证件11010519491231002X的人电话13800000000想要的批复文件")
    words = clerk.client.get(LIST).text
    assert "想要的批复文件" in words
    for personal in (application.identity_number, application.name, application.phone):
        assert personal not in words


def test_a_long_description_is_shortened_and_markup_is_only_text(clerk: Clerk, file: File) -> None:
    file(description="<script>alert(1)</script>" + "很长的描述" * 390)
    html = clerk.client.get(LIST).text
    assert "&lt;script&gt;" in html
    assert "<script>alert" not in html
    assert html.count("很长的描述") < 20


def test_a_request_from_a_conversation_says_so(clerk: Clerk, file: File) -> None:
    file(applicant_kind=ApplicantKind.NATURAL_PERSON)
    assert "来自对话" not in clerk.page(LIST).words
    file("conversation-one")
    assert clerk.page(LIST).words.count("来自对话") == 1


def test_more_requests_do_not_cost_more_queries(
    clerk: Clerk, file: File, desk_parts: DeskParts
) -> None:
    def queries() -> int:
        seen: list[str] = []
        engine = desk_parts.office.database.engine

        def note(*happened: object) -> None:
            seen.append(str(happened[2]))

        event.listen(engine, "before_cursor_execute", note)
        clerk.page(LIST)
        event.remove(engine, "before_cursor_execute", note)
        return sum(said.startswith("SELECT") for said in seen)

    file()
    one = queries()
    for _ in range(8):
        file()
    assert queries() == one == 3


def test_a_dialogue_that_is_down_shows_on_every_page(desk_parts: DeskParts, file: File) -> None:
    number, said = file(), "对话引擎没有响应"

    def clerk_with(dialogue: Parrot) -> Clerk:
        conversations = replace(desk_parts.conversations, dialogue=dialogue)
        return signed_in(built(replace(desk_parts, conversations=conversations)))

    up, down = clerk_with(Parrot(state="up")), clerk_with(Parrot(state="down"))
    for path in (LIST, f"/desk/requests/{number}"):
        assert said not in up.page(path).words
        assert said in down.page(path).words
    assert isinstance(up.client, TestClient)
