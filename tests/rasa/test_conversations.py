"""Conversations with the trained bot, sorted by what people do."""

import pytest

from inquiry_service.actions import wording as form
from inquiry_service.conversation import wording
from inquiry_service.conversation.replies import Choices, Citation, Link, Reply, Text, plain
from inquiry_service.conversation.speaking import FORM_PATH
from inquiry_service.disclosure import (
    ApplicantKind,
    Application,
    IdentityKind,
    ReceiveBy,
    SupplyForm,
    file_request,
)
from inquiry_service.disclosure.procedure.drafts import DraftFields, draft_of
from rasa_house import Person, Service
from talking_house import ANSWERED, OUT_OF_SCOPE, QUOTE, UNMATCHED

pytestmark = pytest.mark.rasa

WISH = "我想要2016年粮食补贴发放名单"


def quotes(replies: tuple[Reply, ...]) -> list[str]:
    return [part.quote for part in replies if isinstance(part, Citation)]


def links(replies: tuple[Reply, ...]) -> list[Link]:
    return [part for part in replies if isinstance(part, Link)]


def drafted(service: Service, replies: tuple[Reply, ...]) -> DraftFields:
    """What the form behind the one link in these replies is filled in with."""
    [link] = links(replies)
    path, _, token = link.url.partition("?draft=")
    assert path == FORM_PATH
    return draft_of(service.conversations.office, token)


class TestHappyPath:
    def test_a_greeting_is_returned_and_says_that_it_is_a_program(self, person: Person) -> None:
        assert "程序" in plain(person.says("你好"))

    def test_a_question_is_answered_with_its_quote(self, person: Person) -> None:
        assert quotes(person.says(ANSWERED)) == [QUOTE]

    def test_the_request_form_ends_in_a_signed_link_with_everything_in_it(
        self, service: Service, person: Person
    ) -> None:
        for text in ("我要申请信息公开", WISH, "2016", "电子", "网上获取"):
            summary = person.says(text)
        assert WISH in plain(summary)

        assert drafted(service, person.says("都对")) == DraftFields(
            WISH, "", "2016年", SupplyForm.ELECTRONIC, ReceiveBy.ONLINE
        )

    def test_a_question_in_vain_becomes_the_request(self, service: Service, person: Person) -> None:
        assert drafted(service, person.says(UNMATCHED)).description == UNMATCHED
        assert UNMATCHED in plain(person.says("我要申请"))
        for text in ("不限时间", "纸质", "邮寄"):
            person.says(text)
        assert drafted(service, person.says("对")) == DraftFields(
            UNMATCHED, "", "", SupplyForm.PAPER, ReceiveBy.POST
        )

    def test_praise_and_disappointment_are_taken(self, service: Service, person: Person) -> None:
        person.says(ANSWERED)
        assert person.says("有帮助") == (Text(wording.HELPED),)
        disappointed = person.says("没有帮助")
        assert Text(wording.NOT_HELPED) in disappointed
        assert drafted(service, disappointed).description == ANSWERED


class TestCorrections:
    def test_a_slot_is_corrected_while_another_is_asked_for(self, person: Person) -> None:
        for text in ("我要申请信息公开", WISH, "2016年"):
            person.says(text)
        changed, asked_again = person.says("时间改成2018年")
        assert changed == Text(form.CHANGED.format(field="时间或文号", value="2018年"))
        assert isinstance(asked_again, Choices)
        assert [option.label for option in asked_again.options][:2] == ["纸质", "电子文档"]

    def test_everything_can_be_corrected_before_it_is_confirmed(
        self, service: Service, person: Person
    ) -> None:
        for text in (
            "我要申请信息公开",
            WISH,
            "2016年",
            "电子",
            "网上获取",
            "不对",
            "改成邮寄",
            "形式改成纸质",
            "内容改成2016年储备粮轮换计划",
        ):
            person.says(text)
        assert drafted(service, person.says("没错")) == DraftFields(
            "2016年储备粮轮换计划", "", "2016年", SupplyForm.PAPER, ReceiveBy.POST
        )


class TestCancellation:
    @pytest.mark.parametrize("spoken", ["取消", "算了不申请了"])
    def test_the_form_is_left_and_forgotten(self, person: Person, spoken: str) -> None:
        for text in ("我要申请信息公开", WISH):
            person.says(text)
        assert person.says(spoken) == (Text(form.CANCELLED),)
        assert quotes(person.says(ANSWERED)) == [QUOTE]
        assert WISH not in plain(person.says("我要申请信息公开"))

    def test_there_may_be_nothing_to_cancel(self, person: Person) -> None:
        assert "没有正在填写" in plain(person.says("取消"))


class TestDigression:
    @pytest.mark.parametrize("answers", [(), (WISH,), (WISH, "2016年"), (WISH, "2016年", "电子")])
    def test_a_question_is_answered_and_the_form_goes_on_where_it_was(
        self, person: Person, answers: tuple[str, ...]
    ) -> None:
        asked = person.says("我要申请信息公开")
        for text in answers:
            asked = person.says(text)

        digression = person.says(ANSWERED)

        assert quotes(digression) == [QUOTE]
        assert Text(form.BACK_TO_FORM) in digression
        assert digression[-1] == asked[-1]

    def test_calling_a_person_does_not_lose_the_form(self, person: Person) -> None:
        person.says("我要申请信息公开")
        asked = person.says(WISH)
        told = person.says("转人工")
        assert Text(wording.PERSON) in told
        assert told[-1] == asked[-1]

    def test_what_sounds_like_a_complaint_can_be_what_is_wanted(self, person: Person) -> None:
        person.says("我要申请信息公开")
        person.says("我想要2019年信访投诉处理情况统计")
        for text in ("不限", "电子"):
            person.says(text)
        assert "2019年信访投诉处理情况统计" in plain(person.says("网上获取"))


class TestHandOver:
    @pytest.mark.parametrize("spoken", ["转人工", "我想找工作人员", "有没有真人"])
    def test_the_ways_to_a_person_are_told(self, person: Person, spoken: str) -> None:
        assert person.says(spoken)[0] == Text(wording.PERSON)

    @pytest.mark.parametrize("spoken", ["我要投诉", "我要举报一家加油站"])
    def test_a_complaint_is_shown_its_doors_and_may_still_become_a_request(
        self, person: Person, spoken: str
    ) -> None:
        assert person.says(spoken) == (
            Text(wording.COMPLAINT),
            Link(wording.FORM_LINK, FORM_PATH),
        )


class TestOutOfScope:
    @pytest.mark.parametrize("spoken", [OUT_OF_SCOPE, "帮我写一首诗"])
    def test_what_is_not_the_bureaus_matter_is_not_answered(
        self, person: Person, spoken: str
    ) -> None:
        assert quotes(person.says(spoken)) == []

    def test_another_year_is_not_answered_from_this_report(self, person: Person) -> None:
        assert quotes(person.says(UNMATCHED)) == []


class TestTracking:
    def test_a_request_is_followed_by_number_and_code(
        self, service: Service, person: Person
    ) -> None:
        application = Application(
            applicant_kind=ApplicantKind.NATURAL_PERSON,
            name="测试申请人",
            identity_kind=IdentityKind.RESIDENT_IDENTITY_CARD,
            identity_number="11010519491231002X",
            phone="13800000000",
            description="2018年度储备粮轮换计划的批复文件",
            supply_form=SupplyForm.ELECTRONIC,
            receive_by=ReceiveBy.ONLINE,
            consent=True,
        )
        filed = file_request(service.conversations.office, application, submission_key="k")

        assert person.says("查申请进度") == (Text(wording.ASK_NUMBER),)
        assert filed.number in plain(person.says(f"编号是{filed.number}"))
        told = person.says(filed.lookup_code)

        assert plain(told).startswith(f"申请编号 {filed.number}：")
        assert links(told) == [Link(wording.FOLLOW_LINK, f"/requests/{filed.number}")]


class TestChoosing:
    def test_an_option_is_chosen_by_its_position(self, person: Person) -> None:
        for text in ("我要申请信息公开", WISH, "2016年"):
            person.says(text)
        person.says("第二个")
        summary = plain(person.says("最后一个"))
        assert "电子文档" in summary
        assert "当面领取" in summary

    def test_a_position_without_a_list_is_not_taken_for_a_question(self, person: Person) -> None:
        assert person.says("第二个") == (Text(wording.NO_CHOICES),)
