"""The dialogue without Rasa keeps the promises of every dialogue."""

import anyio
import pytest

from dialogue_contract import DialogueContract, Room
from inquiry_service.conversation.conversations import Conversations
from inquiry_service.conversation.direct import ORDERS, DirectDialogue, bare
from inquiry_service.conversation.replies import Link
from inquiry_service.conversation.speaking import FORM_PATH
from inquiry_service.conversation.turn import open_conversation


@pytest.fixture
def room(conversations: Conversations) -> Room:
    return Room(
        make=lambda: DirectDialogue(conversations.sources, conversations.threads),
        open_conversation=lambda: open_conversation(conversations, "web").conversation_id,
        run=anyio.run,
    )


class TestDirectDialogue(DialogueContract):
    """Run in this process."""


def test_it_is_off_by_choice(conversations: Conversations) -> None:
    dialogue = DirectDialogue(conversations.sources, conversations.threads)
    assert dialogue.state == anyio.run(dialogue.probe) == "off"


def test_every_order_is_spelt_as_it_is_looked_up() -> None:
    assert [spelling for spelling in ORDERS if bare(spelling) != spelling] == []


@pytest.mark.parametrize(
    "question",
    ["申请要多久", "投诉怎么处理", "人工智能补贴政策", "谢谢，那收费吗", "取消备案的流程"],
)
def test_a_question_that_begins_like_an_order_is_a_question(question: str) -> None:
    assert bare(question) not in ORDERS


@pytest.mark.parametrize(
    "said", ["我要申请信息公开", "我想申请信息公开。", "申请政府信息公开", "我要依申请公开！"]
)
def test_the_words_that_the_bot_tells_people_to_say_open_the_form_without_rasa_too(
    room: Room, said: str
) -> None:
    assert [part.url for part in room.say(said).replies if isinstance(part, Link)] == [FORM_PATH]
