"""The dialogue forgets a form, or is gone, while it is being filled."""

from dataclasses import dataclass, replace
from datetime import timedelta

import pytest

from inquiry_service.conversation import wording
from inquiry_service.conversation.conversations import Conversations
from inquiry_service.conversation.port import DialogueUnavailable
from inquiry_service.conversation.replies import Choices, Citation, Link, Option, Reply, Text
from inquiry_service.conversation.speaking import FORM_PATH, Said
from inquiry_service.conversation.turn import open_conversation
from inquiry_service.conversation.unfinished import keep_form, kept_form
from inquiry_service.disclosure import ReceiveBy, SupplyForm
from inquiry_service.disclosure.procedure.drafts import DraftFields, draft_of
from talking_house import ANSWERED, QUOTE, Parrot, say

HELD = DraftFields(description="2016年粮食补贴发放名单", period="2016年")
PAPER_OR_NOT = Choices(
    "您希望以什么形式提供？", (Option("纸质", "纸质"), Option("电子文档", "电子文档"))
)
NOTICE = Text(wording.FORM_INTERRUPTED)


@dataclass
class Forgetful(Parrot):
    """Asks one question of the form, then is gone, or has no memory."""

    asking: str = "supply_form"
    gone: bool = True

    async def turn(self, conversation_id: str, text: str) -> Said:
        self.heard.append(text)
        if len(self.heard) == 1:
            return Said((PAPER_OR_NOT,), asked=self.asking)
        if self.gone:
            raise DialogueUnavailable
        return Said((Text("好的。想查什么，直接打出问题就行。"),))


def filling(
    conversations: Conversations, dialogue: Forgetful, held: DraftFields | None = HELD
) -> tuple[Conversations, str]:
    """A conversation in which a form is being filled."""
    c = replace(conversations, dialogue=dialogue)
    conversation_id = open_conversation(c, "web").conversation_id
    say(c, conversation_id, "我要申请信息公开")
    keep_form(c.sources, conversation_id, held)
    return c, conversation_id


def drafted(c: Conversations, replies: tuple[Reply, ...]) -> DraftFields:
    [link] = [part for part in replies if isinstance(part, Link)]
    assert link.label == wording.FORM_LINK_KEPT
    path, _, token = link.url.partition("?draft=")
    assert path == FORM_PATH
    return draft_of(c.office, token)


@pytest.mark.parametrize("gone", [True, False])
@pytest.mark.parametrize(
    ("asking", "answer", "expected"),
    [
        ("wanted_description", "储备粮轮换批复", replace(HELD, description="储备粮轮换批复")),
        ("wanted_period", "2018年", replace(HELD, period="2018年")),
        ("wanted_period", "不限时间", replace(HELD, period="")),
        ("supply_form", "纸质", replace(HELD, supply_form=SupplyForm.PAPER)),
        ("supply_form", "第二个", replace(HELD, supply_form=SupplyForm.ELECTRONIC)),
        ("receive_by", "邮寄", replace(HELD, receive_by=ReceiveBy.POST)),
        ("form_confirmed", "都对", HELD),
    ],
)
def test_an_answer_to_a_forgotten_form_leads_to_the_form_with_all_that_was_said(
    conversations: Conversations, gone: bool, asking: str, answer: str, expected: DraftFields
) -> None:
    c, conversation_id = filling(conversations, Forgetful(asking=asking, gone=gone))

    replies = say(c, conversation_id, answer)

    assert replies[0] == NOTICE
    assert drafted(c, replies) == expected


def test_it_is_said_once(conversations: Conversations) -> None:
    c, conversation_id = filling(conversations, Forgetful())
    say(c, conversation_id, "纸质")
    assert kept_form(c.sources, conversation_id) is None
    assert NOTICE not in say(c, conversation_id, "纸质")


def test_a_question_meanwhile_is_answered_too(conversations: Conversations) -> None:
    c, conversation_id = filling(conversations, Forgetful())
    replies = say(c, conversation_id, ANSWERED)
    assert QUOTE in [part.quote for part in replies if isinstance(part, Citation)]
    assert NOTICE in replies


@pytest.mark.parametrize("gone", [True, False])
def test_giving_the_form_up_needs_no_memory(conversations: Conversations, gone: bool) -> None:
    c, conversation_id = filling(conversations, Forgetful(gone=gone))
    assert say(c, conversation_id, "取消") == (Text(wording.FORM_GIVEN_UP),)


def test_a_position_out_of_range_leaves_the_form_open(conversations: Conversations) -> None:
    c, conversation_id = filling(conversations, Forgetful())
    say(c, conversation_id, "9")
    assert drafted(c, say(c, conversation_id, "1")).supply_form is SupplyForm.PAPER


def test_a_form_that_was_handed_over_or_given_up_is_not_interrupted(
    conversations: Conversations,
) -> None:
    c, conversation_id = filling(conversations, Forgetful(gone=False), held=None)
    assert NOTICE not in say(c, conversation_id, "都对")


def test_a_form_of_this_morning_is_not_taken_up_again(conversations: Conversations) -> None:
    c, conversation_id = filling(conversations, Forgetful())
    c.clock.advance(timedelta(hours=4))  # type: ignore[attr-defined]
    assert NOTICE not in say(c, conversation_id, "粮食补贴")


def test_what_the_form_holds_is_kept_as_it_was_told(conversations: Conversations) -> None:
    c, conversation_id = filling(conversations, Forgetful())
    full = replace(HELD, supply_form=SupplyForm.DISC, receive_by=ReceiveBy.EMAIL)
    keep_form(c.sources, conversation_id, full)
    assert kept_form(c.sources, conversation_id) == full
