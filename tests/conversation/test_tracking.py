"""Following a request in a conversation, by rule."""

from dataclasses import replace

import pytest

from inquiry_service.conversation import wording
from inquiry_service.conversation.conversations import Conversations
from inquiry_service.conversation.replies import Link, Text, plain
from inquiry_service.conversation.tracking import Tracked, tracked
from inquiry_service.conversation.turn import open_conversation, transcript
from inquiry_service.disclosure import Application, file_request
from inquiry_service.disclosure.procedure.filing import Filed
from procedure_house import reply
from talking_house import Parrot, say

NUMBER, CODE = "YSQ-2026-00012", "ABCD-EFG2"


@pytest.fixture
def parrot() -> Parrot:
    return Parrot()


@pytest.fixture
def c(conversations: Conversations, parrot: Parrot) -> Conversations:
    return replace(conversations, dialogue=parrot)


@pytest.fixture
def person(c: Conversations) -> str:
    return open_conversation(c, "web").conversation_id


@pytest.fixture
def filed(c: Conversations, application: Application) -> Filed:
    return file_request(c.office, application, submission_key="key")


@pytest.mark.parametrize(
    ("text", "awaited", "about"),
    [
        (f"{NUMBER} {CODE}", None, Tracked(NUMBER, CODE)),
        (f"查一下{NUMBER}办到哪了", None, Tracked(NUMBER, None)),
        (CODE, NUMBER, Tracked(NUMBER, CODE)),
        (f"查询码是{CODE}", NUMBER, Tracked(NUMBER, CODE)),
        (f"YSQ-2026-00099 {CODE}", NUMBER, Tracked("YSQ-2026-00099", CODE)),
        (CODE, None, Tracked(None, CODE)),
        (f"我的查询码是{CODE}", None, Tracked(None, CODE)),
        (f"型号{CODE}的设备补贴多少", None, None),
        ("信息公开收费吗", NUMBER, None),
        ("信息公开收费吗", None, None),
    ],
)
def test_what_a_message_says_about_a_request(
    text: str, awaited: str | None, about: Tracked | None
) -> None:
    assert tracked(text, awaited) == about


def test_a_reply_is_told_with_its_day_in_words_and_read_on_its_own_page(
    c: Conversations, person: str, filed: Filed
) -> None:
    reply(c.office, filed.number, provided="现将您申请的材料提供给您。")
    replies = say(c, person, f"{filed.number} {filed.lookup_code}")
    told = plain(replies)
    assert "答复结果：予以公开（2026年3月2日）。" in told
    assert "现将您申请的材料" not in told
    assert isinstance(replies[-1], Link)
    assert replies[-1].url == f"/requests/{filed.number}"


def test_number_and_code_tell_the_state_in_plain_words(
    c: Conversations, person: str, filed: Filed
) -> None:
    told, link = say(c, person, f"查{filed.number}，查询码{filed.lookup_code}")

    assert isinstance(told, Text)
    assert told.text.startswith(f"申请编号 {filed.number}：")
    assert link == Link(wording.FOLLOW_LINK, f"/requests/{filed.number}")


def test_a_number_alone_is_answered_by_asking_for_the_code(
    c: Conversations, person: str, filed: Filed
) -> None:
    assert say(c, person, filed.number) == (Text(wording.ASK_CODE.format(number=filed.number)),)

    told, _link = say(c, person, filed.lookup_code.lower())

    assert isinstance(told, Text)
    assert filed.number in told.text


def test_a_wrong_code_and_an_unknown_number_read_the_same(
    c: Conversations, person: str, filed: Filed
) -> None:
    wrong = say(c, person, f"{filed.number} {CODE}")
    unknown = say(c, person, f"YSQ-2026-99999 {filed.lookup_code}")
    assert wrong == unknown == (Text(wording.NOT_FOLLOWED),)


def test_after_a_wrong_code_the_right_one_is_enough(
    c: Conversations, person: str, filed: Filed
) -> None:
    say(c, person, f"{filed.number} {CODE}")
    told, _link = say(c, person, filed.lookup_code)
    assert isinstance(told, Text)
    assert filed.number in told.text


def test_the_number_is_forgotten_when_the_person_goes_on_to_something_else(
    c: Conversations, person: str, filed: Filed
) -> None:
    say(c, person, filed.number)
    say(c, person, "信息公开收费吗")
    assert say(c, person, filed.lookup_code) == (Text(wording.CODE_WITHOUT_NUMBER),)


def test_the_code_is_in_neither_the_transcript_nor_the_dialogue(
    c: Conversations, person: str, filed: Filed, parrot: Parrot
) -> None:
    for text in (
        f"{filed.number} {filed.lookup_code}",
        filed.lookup_code,
        f"这个{filed.lookup_code.replace('-', '')}是什么",
    ):
        say(c, person, text)

    bare = filed.lookup_code.replace("-", "")
    assert parrot.heard == [f"这个{wording.CODE_MASK}是什么"]
    for turn in transcript(c, person):
        assert bare not in repr(turn).replace("-", "").upper()


def test_guessing_codes_is_told_to_wait_and_the_right_code_still_opens(
    c: Conversations, person: str, filed: Filed
) -> None:
    for _ in range(51):
        [told] = say(c, person, f"{filed.number} {CODE}")
    assert isinstance(told, Text)
    assert "次数过多" in told.text

    state, _link = say(c, person, f"{filed.number} {filed.lookup_code}")
    assert isinstance(state, Text)
    assert filed.number in state.text
