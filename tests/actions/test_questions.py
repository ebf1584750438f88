"""What is answered when Rasa took a message for a question, or for a choice."""

import pytest

from inquiry_service.actions.call import Call
from inquiry_service.actions.questions import choose_option
from inquiry_service.conversation import wording
from inquiry_service.conversation.conversations import Conversations
from inquiry_service.conversation.replies import Citation, Text
from inquiry_service.conversation.turn import open_conversation
from talking_house import ANSWERED, QUOTE


@pytest.fixture
def person(conversations: Conversations) -> str:
    return open_conversation(conversations, "web").conversation_id


@pytest.mark.parametrize("text", ["第二个", "2", "看第三条", "前面那个"])
def test_a_position_without_a_list_is_told_so(
    conversations: Conversations, person: str, text: str
) -> None:
    acted = choose_option(conversations.sources, Call(person, text))
    assert acted.said.replies == (Text(wording.NO_CHOICES),)


@pytest.mark.parametrize("text", ["a", "<script>alert(1)</script>", 'greet{"x":1}'])
def test_what_names_no_position_is_a_question(
    conversations: Conversations, person: str, text: str
) -> None:
    acted = choose_option(conversations.sources, Call(person, text))
    assert Text(wording.NO_CHOICES) not in acted.said.replies
    assert len(acted.said.answers) == 1


def test_a_question_taken_for_a_choice_is_answered(
    conversations: Conversations, person: str
) -> None:
    acted = choose_option(conversations.sources, Call(person, ANSWERED))
    assert [part.quote for part in acted.said.replies if isinstance(part, Citation)] == [QUOTE]


def test_what_nobody_can_read_is_asked_for_in_words(
    conversations: Conversations, person: str
) -> None:
    acted = choose_option(conversations.sources, Call(person, "。"))
    assert acted.said.replies == (Text(wording.NOT_LEGIBLE),)
