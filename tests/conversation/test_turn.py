"""A message becomes replies: the order of a turn, without Rasa."""

from dataclasses import replace
from datetime import timedelta

import pytest

from inquiry_service.answering.store import recorded_answer
from inquiry_service.conversation import wording
from inquiry_service.conversation.conversations import Conversations
from inquiry_service.conversation.ownership import CLOSED, QUEUE, Owner
from inquiry_service.conversation.replies import Choices, Citation, Link, Option, Text
from inquiry_service.conversation.speaking import FORM_PATH, Said
from inquiry_service.conversation.turn import (
    open_conversation,
    ownership,
    pass_on,
    transcript,
)
from inquiry_service.disclosure.procedure.drafts import draft_of
from inquiry_service.errors import BadInput, NotFound
from talking_house import (
    ANSWERED,
    OUT_OF_SCOPE,
    QUOTE,
    UNMATCHED,
    Absent,
    Parrot,
    say,
    taken,
)


def opened(c: Conversations) -> str:
    return open_conversation(c, "web").conversation_id


def drafted(c: Conversations, link: Link) -> str:
    """The description that the form behind a link is filled in with."""
    path, _, token = link.url.partition("?draft=")
    assert path == FORM_PATH
    return draft_of(c.office, token).description


def the_link(replies: tuple[object, ...]) -> Link:
    [link] = [part for part in replies if isinstance(part, Link)]
    return link


def test_a_question_is_answered_with_the_quote_its_source_and_a_rating(
    conversations: Conversations,
) -> None:
    text, citation, rating = say(conversations, opened(conversations), ANSWERED)

    assert isinstance(text, Text)
    assert isinstance(citation, Citation)
    assert citation.quote == QUOTE
    assert citation.source_line.startswith("《桐乡市商务局（粮食局）2017年度")
    assert citation.url.startswith("/documents/")
    assert isinstance(rating, Choices)
    assert [option.send for option in rating.options] == ["有帮助", "没有帮助"]


def test_staff_can_see_why_a_turn_was_answered_as_it_was(conversations: Conversations) -> None:
    conversation_id = opened(conversations)
    say(conversations, conversation_id, ANSWERED)

    [turn] = transcript(conversations, conversation_id)
    [answer_id] = turn.answers
    with conversations.database.read() as connection:
        record = recorded_answer(connection, answer_id)
    assert record is not None
    assert (record.question, record.status, record.quote) == (ANSWERED, "answered", QUOTE)
    assert record.conversation_id == conversation_id


def test_an_unmatched_question_leads_on_to_the_form_with_the_question_in_it(
    conversations: Conversations,
) -> None:
    replies = say(conversations, opened(conversations), UNMATCHED)

    assert not [part for part in replies if isinstance(part, Citation)]
    assert drafted(conversations, the_link(replies)) == UNMATCHED


def test_of_two_questions_the_one_not_found_leads_on_to_the_form(
    conversations: Conversations,
) -> None:
    replies = say(conversations, opened(conversations), f"{ANSWERED}{UNMATCHED}")

    assert [part.quote for part in replies if isinstance(part, Citation)] == [QUOTE]
    assert drafted(conversations, the_link(replies)) == UNMATCHED.rstrip("？")


def test_a_question_outside_the_bureaus_matters_is_not_answered(
    conversations: Conversations,
) -> None:
    first, *ways = say(conversations, opened(conversations), OUT_OF_SCOPE)

    assert isinstance(first, Text)
    assert "不在本服务的范围内" in first.text
    assert ways == [Link(wording.FORM_LINK, FORM_PATH)]


def test_an_engine_without_an_index_says_so_and_not_that_nothing_was_found(
    conversations: Conversations, tmp_path_factory: pytest.TempPathFactory
) -> None:
    engine = type(conversations.engine)(tmp_path_factory.mktemp("empty"), None)
    bare = replace(conversations, engine=engine, dialogue=Absent())

    text, link = say(bare, opened(bare), ANSWERED)

    assert isinstance(text, Text)
    assert "不表示没有" in text.text
    assert link == Link(wording.FORM_LINK, FORM_PATH)


def test_while_rasa_is_down_questions_are_answered_by_retrieval(
    conversations: Conversations,
) -> None:
    down = Absent()
    degraded = replace(conversations, dialogue=down)

    replies = say(degraded, opened(degraded), ANSWERED)

    assert down.heard == [ANSWERED]
    assert QUOTE in [part.quote for part in replies if isinstance(part, Citation)]


def test_personal_data_reaches_neither_the_dialogue_nor_the_transcript(
    conversations: Conversations,
) -> None:
    parrot = Parrot()
    c = replace(conversations, dialogue=parrot)
    conversation_id = opened(c)

    say(c, conversation_id, "我的电话13800000000，想问信息公开")

    assert parrot.heard == ["我的电话[电话号码]，想问信息公开"]
    assert [turn.said for turn in transcript(c, conversation_id)] == parrot.heard


def test_an_order_to_rasa_cannot_be_typed(conversations: Conversations) -> None:
    parrot = Parrot()
    c = replace(conversations, dialogue=parrot)
    say(c, opened(c), "/restart")
    assert parrot.heard == ["restart"]


@pytest.mark.parametrize("text", ["", "   ", "长" * 1001])
def test_what_cannot_be_heard_is_refused_and_not_recorded(
    conversations: Conversations, text: str
) -> None:
    conversation_id = opened(conversations)
    with pytest.raises(BadInput):
        say(conversations, conversation_id, text)
    assert transcript(conversations, conversation_id) == []


def test_a_question_too_long_to_ask_may_become_a_request(conversations: Conversations) -> None:
    text = "补贴" * 300
    replies = say(conversations, opened(conversations), text)
    assert replies[0] == Text(wording.QUESTION_TOO_LONG.format(limit=500))
    assert drafted(conversations, the_link(replies)) == text


@pytest.mark.parametrize("text", ["。", "？！", "…… ——", "👍"])
def test_what_nobody_can_read_is_asked_for_in_words(
    conversations: Conversations, text: str
) -> None:
    assert say(conversations, opened(conversations), text) == (Text(wording.NOT_LEGIBLE),)


def test_a_conversation_that_does_not_exist_is_not_found(conversations: Conversations) -> None:
    with pytest.raises(NotFound):
        say(conversations, "0" * 32, "你好")


class Offers(Parrot):
    """A dialogue that offers two options to whoever says nothing known to it."""

    options = (Option("纸质", "要纸质的"), Option("电子", "要电子的"))

    async def turn(self, conversation_id: str, text: str) -> Said:
        said = await super().turn(conversation_id, text)
        return replace(said, replies=(*said.replies, Choices("哪一种？", self.options)))


@pytest.mark.parametrize("spoken", ["2", "２", "第二个", "选二", "最后一个", "电子"])
def test_a_position_is_resolved_against_the_last_choices(
    conversations: Conversations, spoken: str
) -> None:
    offers = Offers()
    c = replace(conversations, dialogue=offers)
    conversation_id = opened(c)
    say(c, conversation_id, "申请")

    say(c, conversation_id, spoken)

    assert offers.heard == ["申请", "要电子的"]


def test_a_position_that_was_not_offered_is_asked_again_and_then_resolved(
    conversations: Conversations,
) -> None:
    offers = Offers()
    c = replace(conversations, dialogue=offers)
    conversation_id = opened(c)
    say(c, conversation_id, "申请")

    again = say(c, conversation_id, "5")
    say(c, conversation_id, "1")

    assert again == (Choices(wording.CHOOSE_AGAIN.format(available=2), Offers.options),)
    assert offers.heard == ["申请", "要纸质的"]


def test_a_number_is_just_words_when_nothing_was_offered(conversations: Conversations) -> None:
    parrot = Parrot()
    c = replace(conversations, dialogue=parrot)
    say(c, opened(c), "2")
    assert parrot.heard == ["2"]


def test_choosing_a_nearest_question_asks_it(conversations: Conversations) -> None:
    conversation_id = opened(conversations)
    replies = say(conversations, conversation_id, UNMATCHED)
    [choices] = [part for part in replies if isinstance(part, Choices)]

    say(conversations, conversation_id, "1")

    with conversations.database.read() as connection:
        record = recorded_answer(
            connection, transcript(conversations, conversation_id)[-1].answers[0]
        )
    assert record is not None
    assert record.question == choices.options[0].send


def test_the_bot_is_silent_while_a_member_of_staff_owns_the_conversation(
    conversations: Conversations,
) -> None:
    parrot = Parrot()
    c = replace(conversations, dialogue=parrot)
    conversation_id = opened(c)
    pass_on(c, conversation_id, Owner.staff("wang"), expected_version=0)

    turn = taken(c, conversation_id, ANSWERED)

    assert (turn.owner, turn.replies, parrot.heard) == ("staff:wang", (), [])
    assert [turn.said for turn in transcript(c, conversation_id)] == [ANSWERED]


def test_who_waits_for_staff_is_told_that_the_message_arrived(
    conversations: Conversations,
) -> None:
    conversation_id = opened(conversations)
    pass_on(conversations, conversation_id, QUEUE, expected_version=0)
    turn = taken(conversations, conversation_id, ANSWERED)
    assert (turn.owner, turn.replies) == ("queue", (Text(wording.IN_QUEUE),))


def test_a_message_wakes_a_closed_conversation(conversations: Conversations) -> None:
    conversation_id = opened(conversations)
    pass_on(conversations, conversation_id, CLOSED, expected_version=0)

    turn = taken(conversations, conversation_id, "你好")

    assert (turn.owner, turn.replies) == ("bot", (Text(wording.GREETING),))
    assert str(ownership(conversations, conversation_id).owner) == "bot"


@pytest.mark.parametrize(
    ("spoken", "sentence"),
    [
        ("你好", wording.GREETING),
        ("谢谢！", wording.THANKS),
        ("取消", wording.NOTHING_TO_CANCEL),
        ("算了", wording.NOTHING_TO_CANCEL),
        ("再见", wording.GOODBYE),
        ("帮助", wording.CAPABILITIES),
        ("转人工", wording.PERSON),
        ("我要投诉", wording.COMPLAINT),
        ("申请", wording.FORM_OFFER),
        ("查进度", wording.ASK_NUMBER),
        ("没有帮助", wording.NO_ANSWER_TO_RATE),
    ],
)
def test_without_rasa_a_few_orders_work_by_their_exact_words(
    conversations: Conversations, spoken: str, sentence: str
) -> None:
    first, *_ = say(conversations, opened(conversations), spoken)
    assert first == Text(sentence)


def test_asking_for_the_form_carries_the_question_that_found_nothing(
    conversations: Conversations,
) -> None:
    conversation_id = opened(conversations)
    say(conversations, conversation_id, UNMATCHED)
    assert drafted(conversations, the_link(say(conversations, conversation_id, "申请"))) == (
        UNMATCHED
    )


def test_a_question_of_this_morning_is_not_carried_into_the_form(
    conversations: Conversations,
) -> None:
    conversation_id = opened(conversations)
    say(conversations, conversation_id, UNMATCHED)
    conversations.clock.advance(timedelta(hours=4))  # type: ignore[attr-defined]
    assert the_link(say(conversations, conversation_id, "申请")).url == FORM_PATH


def test_an_answered_question_is_not_carried_into_the_form_unless_it_did_not_help(
    conversations: Conversations,
) -> None:
    conversation_id = opened(conversations)
    say(conversations, conversation_id, ANSWERED)
    assert the_link(say(conversations, conversation_id, "申请")).url == FORM_PATH

    say(conversations, conversation_id, "没有帮助")

    assert drafted(conversations, the_link(say(conversations, conversation_id, "申请"))) == (
        ANSWERED
    )
