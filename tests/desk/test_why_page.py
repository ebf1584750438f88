"""The page that tells staff why a question was answered as it was."""

from urllib.parse import parse_qs, urlsplit

from desk_house import Clerk, File
from inquiry_service.conversation.opening import open_conversation
from inquiry_service.desk import DeskParts
from talking_house import ANSWERED, QUOTE, UNMATCHED, say

PAGE = "/desk/why"


def links_to_why(clerk: Clerk, number: str) -> list[str]:
    links = clerk.page(f"/desk/requests/{number}").links
    return [link for link in links if urlsplit(link).path == PAGE and urlsplit(link).query]


def test_each_answer_of_the_conversation_leads_to_its_reasons(
    clerk: Clerk, desk_parts: DeskParts, file: File
) -> None:
    talk = open_conversation(desk_parts.conversations, "web").conversation_id
    for question in (ANSWERED, UNMATCHED):
        say(desk_parts.conversations, talk, question)
    links = links_to_why(clerk, file(talk))
    assert len(links) == 2
    answered, unmatched = (clerk.page(link).words for link in links)
    for told in (ANSWERED, QUOTE, "给出了引文", "把握", "结果与当时相同", "2026-03-02"):
        assert told in answered, told
    for told in (UNMATCHED, "没有查到", "年份与问题说的不同", "不用它"):
        assert told in unmatched, told


def test_the_page_asks_for_an_id(clerk: Clerk) -> None:
    page = clerk.page(PAGE)
    assert "回答编号" in page.words


def test_an_unknown_id_is_not_found_and_markup_is_only_text(clerk: Clerk) -> None:
    assert "没有找到" in clerk.page(f"{PAGE}?answer=nothing", 404).words
    html = clerk.client.get(PAGE, params={"answer": "<script>alert(1)</script>"}).text
    assert "<script>alert(1)" not in html


def test_the_question_in_the_record_is_only_text(
    clerk: Clerk, desk_parts: DeskParts, file: File
) -> None:
    talk = open_conversation(desk_parts.conversations, "web").conversation_id
    say(desk_parts.conversations, talk, "<b>2017年收到</b>多少件申请")
    [link] = links_to_why(clerk, file(talk))
    html = clerk.client.get(link).text
    assert "<b>2017" not in html
    assert parse_qs(urlsplit(link).query)["answer"][0] in html
