"""What every dialogue promises, run against each of them. Inherit it and give a `room`."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

import pytest

from inquiry_service.conversation.port import Dialogue
from inquiry_service.conversation.replies import Choices, Citation, Link, Text, from_json, to_json
from inquiry_service.conversation.speaking import Said
from talking_house import ANSWERED, QUOTE


@dataclass(frozen=True)
class Room:
    """A dialogue in reach, and how to talk to it in a conversation that exists."""

    make: Callable[[], Dialogue]
    open_conversation: Callable[[], str]
    run: Callable[[Callable[[], Awaitable[Said]]], Said]

    def say(self, *texts: str) -> Said:
        """The last of several turns in one new conversation."""
        conversation_id = self.open_conversation()
        said = Said(())
        for text in texts:
            said = self.run(lambda text=text: self._turn(conversation_id, text))  # type: ignore[misc]
        return said

    async def _turn(self, conversation_id: str, text: str) -> Said:
        dialogue = self.make()
        try:
            return await dialogue.turn(conversation_id, text)
        finally:
            await dialogue.close()


class DialogueContract:
    """Both dialogues pass this, whatever else they can do."""

    @pytest.mark.parametrize(
        "text",
        [
            "你好",
            "谢谢",
            "申请",
            "转人工",
            "我要投诉",
            "取消",
            ANSWERED,
            "今天天气怎么样",
            "嗯嗯啊",
        ],
    )
    def test_every_message_gets_a_reply_of_known_parts(self, room: Room, text: str) -> None:
        said = room.say(text)
        assert said.replies
        assert from_json(to_json(said.replies)) == said.replies

    def test_a_question_is_answered_with_its_quote_and_its_record(self, room: Room) -> None:
        said = room.say(ANSWERED)
        assert [part.quote for part in said.replies if isinstance(part, Citation)] == [QUOTE]
        assert len(said.answers) == 1

    def test_calling_a_person_shows_the_hotline_and_the_form(self, room: Room) -> None:
        said = room.say("转人工")
        assert any(isinstance(part, Text) and "12345" in part.text for part in said.replies)
        assert any(isinstance(part, Link) for part in said.replies)

    def test_a_complaint_is_shown_its_doors_and_the_form_stays_open(self, room: Room) -> None:
        said = room.say("我要投诉")
        assert any(isinstance(part, Text) and "信访" in part.text for part in said.replies)
        assert any(isinstance(part, Link) for part in said.replies)

    def test_a_rating_is_asked_for_and_taken(self, room: Room) -> None:
        asked = room.say(ANSWERED).replies[-1]
        assert isinstance(asked, Choices)
        for option in asked.options:
            assert room.say(ANSWERED, option.send).answers == ()

    def test_no_help_leads_to_the_form(self, room: Room) -> None:
        said = room.say(ANSWERED, "没有帮助")
        assert any(isinstance(part, Link) and "draft=" in part.url for part in said.replies)
