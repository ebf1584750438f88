"""The request form of the dialogue, message by message, as Rasa's calls come in."""

from dataclasses import replace

import pytest

from inquiry_service.actions import request_form, wording
from inquiry_service.actions.call import Call
from inquiry_service.actions.form_validation import validate
from inquiry_service.conversation.answers import answer_question
from inquiry_service.conversation.conversations import Conversations
from inquiry_service.conversation.replies import Citation, Link, Text
from inquiry_service.conversation.turn import open_conversation
from inquiry_service.conversation.unfinished import kept_form
from inquiry_service.disclosure import ReceiveBy, SupplyForm
from inquiry_service.disclosure.procedure.drafts import DraftFields, draft_of
from talking_house import ANSWERED, QUOTE


@pytest.fixture
def person(conversations: Conversations) -> str:
    return open_conversation(conversations, "web").conversation_id


def said_to(slot: str, text: str, person: str = "c1") -> Call:
    """The call that Rasa makes after a message while `slot` is asked for."""
    return Call(person, text, candidates={slot: text}, requested_slot=slot, in_form=True)


@pytest.mark.parametrize(
    ("slot", "text", "value"),
    [
        ("wanted_description", "我想要2016年粮食补贴名单", "我想要2016年粮食补贴名单"),
        ("wanted_description", "储备粮轮换批复", "储备粮轮换批复"),
        ("wanted_period", "2016", "2016年"),
        ("supply_form", "电子版吧", "电子文档"),
        ("receive_by", "发邮箱", "电子邮件"),
        ("form_confirmed", "都对", True),
    ],
)
def test_an_answer_to_what_was_asked_fills_the_slot_silently(
    conversations: Conversations, slot: str, text: str, value: object
) -> None:
    acted = validate(conversations.sources, said_to(slot, text))
    assert (acted.slots, acted.said.replies) == ({slot: value}, ())


@pytest.mark.parametrize(
    ("slot", "text", "hint"),
    [
        ("wanted_description", "我要申请", wording.NEED_DESCRIPTION),
        ("supply_form", "随便", wording.NEED_SUPPLY),
        ("receive_by", "随便", wording.NEED_RECEIVE),
        ("form_confirmed", "随便", wording.NEED_CONFIRMATION),
        ("form_confirmed", "不对", wording.WHAT_TO_CHANGE),
    ],
)
def test_what_is_not_understood_is_asked_again_with_a_hint(
    conversations: Conversations, slot: str, text: str, hint: str
) -> None:
    acted = validate(conversations.sources, said_to(slot, text))
    assert (acted.slots, acted.said.replies) == ({slot: None}, (Text(hint),))


@pytest.mark.parametrize(
    "slot", ["wanted_description", "wanted_period", "supply_form", "receive_by", "form_confirmed"]
)
def test_a_question_in_between_is_answered_and_the_slot_asked_again(
    conversations: Conversations, person: str, slot: str
) -> None:
    acted = validate(conversations.sources, said_to(slot, ANSWERED, person))

    assert acted.slots == {slot: None}
    assert [part.quote for part in acted.said.replies if isinstance(part, Citation)] == [QUOTE]
    assert acted.said.replies[-1] == Text(wording.BACK_TO_FORM)
    assert len(acted.said.answers) == 1


def test_a_question_that_nothing_published_answers_tells_what_is_wanted(
    conversations: Conversations, person: str
) -> None:
    text = "2019年收到多少件依申请公开？"
    acted = validate(conversations.sources, said_to("wanted_description", text, person))
    assert acted.slots == {"wanted_description": text}


@pytest.mark.parametrize("slot", ["wanted_period", "supply_form", "receive_by", "form_confirmed"])
def test_a_correction_changes_its_slot_and_leaves_the_asked_one_open(
    conversations: Conversations, slot: str
) -> None:
    acted = validate(conversations.sources, said_to(slot, "内容改成储备粮轮换计划"))
    assert acted.slots == {slot: None, "wanted_description": "储备粮轮换计划"}
    assert acted.said.replies == (
        Text(wording.CHANGED.format(field="想要的信息", value="储备粮轮换计划")),
    )


def test_correcting_what_is_asked_for_fills_it(conversations: Conversations) -> None:
    acted = validate(conversations.sources, said_to("wanted_period", "时间是2018年"))
    assert acted.slots == {"wanted_period": "2018年"}


def test_what_was_known_when_the_form_began_is_kept(conversations: Conversations) -> None:
    known = {"wanted_description": "储备粮轮换计划"}
    call = Call("c1", "我要申请", candidates=known, in_form=True)
    assert validate(conversations.sources, call).slots == known


def test_coming_back_after_another_action_changes_nothing(conversations: Conversations) -> None:
    call = Call("c1", "转人工", requested_slot="wanted_description", in_form=True, fresh=False)
    acted = validate(conversations.sources, call)
    assert (acted.slots, acted.said.replies) == ({}, ())


def test_a_wish_that_was_taken_for_a_complaint_is_still_what_is_wanted(
    conversations: Conversations,
) -> None:
    wish = "我想要2019年信访投诉处理情况统计"
    call = Call("c1", wish, requested_slot="wanted_description", in_form=True)
    assert validate(conversations.sources, call).slots == {"wanted_description": wish}


def test_the_form_begins_empty_for_who_only_says_that_they_apply(
    conversations: Conversations, person: str
) -> None:
    acted = request_form.offer(conversations.sources, Call(person, "我要申请信息公开"))
    assert acted.said.replies == (Text(wording.OFFER),)
    assert set(acted.slots.values()) == {None}


def test_the_form_begins_with_what_was_said(conversations: Conversations, person: str) -> None:
    call = Call(person, "我要申请公开储备粮轮换计划")
    acted = request_form.offer(conversations.sources, call)
    assert acted.slots["wanted_description"] == "储备粮轮换计划"


def test_the_form_begins_with_what_was_asked_in_vain(
    conversations: Conversations, person: str
) -> None:
    question = "2019年收到多少件依申请公开？"
    answer_question(conversations.sources, person, question)

    acted = request_form.offer(conversations.sources, Call(person, "我要申请"))

    assert acted.slots["wanted_description"] == question
    assert Text(wording.PREFILLED.format(description=question)) in acted.said.replies


@pytest.mark.parametrize(
    ("slots", "fields"),
    [
        (
            {
                "wanted_description": "粮食补贴名单",
                "wanted_period": "2016年",
                "supply_form": "电子文档",
                "receive_by": "电子邮件",
            },
            DraftFields("粮食补贴名单", "", "2016年", SupplyForm.ELECTRONIC, ReceiveBy.EMAIL),
        ),
        (
            {"wanted_description": "批复", "wanted_period": "桐政办发〔2017〕52号"},
            DraftFields("批复", "桐政办发〔2017〕52号", ""),
        ),
        (
            {"wanted_description": "桐政办发[2017]52号全文", "wanted_period": "不限"},
            DraftFields("桐政办发[2017]52号全文", "桐政办发〔2017〕52号", ""),
        ),
        ({}, DraftFields()),
    ],
)
def test_the_filled_form_ends_in_a_link_that_carries_it(
    conversations: Conversations, person: str, slots: dict[str, str], fields: DraftFields
) -> None:
    acted = request_form.submit(conversations.sources, Call(person, "都对", slots=slots))

    [link] = [part for part in acted.said.replies if isinstance(part, Link)]
    assert draft_of(conversations.office, link.url.partition("draft=")[2]) == fields
    assert set(acted.slots.values()) == {None}


def test_cancelling_says_so_and_empties_the_form(conversations: Conversations) -> None:
    acted = request_form.cancel(conversations.sources, Call("c1", "取消"))
    assert acted.said.replies == (Text(wording.CANCELLED),)
    assert set(acted.slots) == {
        "wanted_description",
        "wanted_period",
        "supply_form",
        "receive_by",
        "form_confirmed",
    }
    assert set(acted.slots.values()) == {None}


def test_another_wish_while_the_period_is_asked_becomes_the_description_with_its_year(
    conversations: Conversations,
) -> None:
    wish = "我想要2016年粮食收购补贴发放名单"
    acted = validate(conversations.sources, said_to("wanted_period", wish))
    assert acted.slots == {"wanted_description": wish, "wanted_period": "2016年"}
    told = wording.CHANGED.format(field=wording.FIELD_NAMES["wanted_description"], value=wish)
    assert acted.said.replies == (Text(told),)


@pytest.mark.parametrize("text", ["我要2017年的", "我想要2016年到2018年的", "我需要去年的"])
def test_a_wish_for_a_period_alone_is_the_period(conversations: Conversations, text: str) -> None:
    acted = validate(conversations.sources, said_to("wanted_period", text))
    assert set(acted.slots) == {"wanted_period"}


def test_what_the_form_holds_is_kept_until_it_is_handed_over(
    conversations: Conversations, person: str
) -> None:
    sources = conversations.sources
    request_form.offer(sources, Call(person, "我要申请储备粮轮换批复"))
    assert kept_form(sources, person) == DraftFields("储备粮轮换批复")

    held = {"wanted_description": "储备粮轮换批复", "wanted_period": "2016"}
    call = replace(said_to("wanted_period", "2016", person), slots=held)
    validate(sources, call)
    assert kept_form(sources, person) == DraftFields("储备粮轮换批复", "", "2016年")

    held = {**held, "wanted_period": "2016年", "supply_form": "随便"}
    validate(sources, replace(said_to("supply_form", "随便", person), slots=held))
    assert kept_form(sources, person) == DraftFields("储备粮轮换批复", "", "2016年")

    request_form.submit(sources, replace(call, slots=held))
    assert kept_form(sources, person) is None


def test_a_form_that_is_cancelled_is_not_kept(conversations: Conversations, person: str) -> None:
    request_form.offer(conversations.sources, Call(person, "我要申请储备粮轮换批复"))
    request_form.cancel(conversations.sources, Call(person, "取消"))
    assert kept_form(conversations.sources, person) is None


def test_a_description_too_long_to_be_asked_is_what_is_wanted(
    conversations: Conversations, person: str
) -> None:
    text = "请问有没有储备粮轮换的批复文件" * 40 + "？"
    acted = validate(conversations.sources, said_to("wanted_description", text, person))
    assert acted.said.replies == ()
    assert acted.slots["wanted_description"]
