"""Demonstration cases, made through the real use cases; applicants are obviously generic roles."""

import asyncio
from collections.abc import Iterator
from dataclasses import dataclass, replace

from inquiry_service import moments
from inquiry_service.bootstrap.house import House, build
from inquiry_service.conversation.turn import open_conversation, take_turn
from inquiry_service.disclosure.drafts import DraftFields, save_draft
from inquiry_service.disclosure.filing import Filed, file_request
from inquiry_service.disclosure.handling import open_case, reply_to_request, requests_for_desk
from inquiry_service.disclosure.request import (
    ApplicantKind,
    Application,
    IdentityKind,
    ReceiveBy,
    SupplyForm,
)
from inquiry_service.errors import Conflict
from inquiry_service.settings import Settings
from inquiry_service.staff import accounts

LOGIN = "demo"
PASSWORD = "demonstration-only"  # noqa: S105 (refused outside development)

_PERSON = Application(
    applicant_kind=ApplicantKind.NATURAL_PERSON,
    name="演示申请人",
    identity_kind=IdentityKind.PASSPORT,
    identity_number="DEMO00001",
    email="applicant@example.com",
    supply_form=SupplyForm.ELECTRONIC,
    receive_by=ReceiveBy.ONLINE,
    consent=True,
)


@dataclass(frozen=True)
class Story:
    """What a person says, what they then apply for, and how it was answered, if it was."""

    said: tuple[str, ...]
    description: str
    period: str
    outcome: str = ""
    reply: str = ""


STORIES = (
    Story(
        ("你好", "2017年收到多少件依申请公开申请？", "2019年收到多少件依申请公开？"),
        "2019年度收到和办理的政府信息公开申请件数",
        "2019年",
    ),
    Story(
        ("储备粮轮换的明细在哪里看？",),
        "本市储备粮年度轮换计划的公开文本",
        "2025年",
        "GRANT_ALREADY_PUBLIC",
        "您申请的信息如已主动公开，可在政府信息公开平台的“政策文件”栏目查看。本答复为演示内容。",
    ),
    Story(("单用途预付卡备案要交哪些材料？",), "单用途商业预付卡备案企业名单", "2026年"),
)


def demonstration(settings: Settings) -> Iterator[str]:
    """Make the cases once; told line by line. Without Rasa, so that it is quick."""
    house = build(settings.model_copy(update={"rasa_url": ""}))
    office = house.desk.office
    if requests_for_desk(office) or requests_for_desk(office, replied=True):
        yield "演示数据已经有了"
        yield f"工作台登录名 {LOGIN}，密码 {PASSWORD}"
        return
    try:
        staff = accounts.StaffOffice(house.database, moments.now)
        accounts.create_administrator(staff, LOGIN, "演示账号", PASSWORD)
    except Conflict:
        yield "演示账号已经有了"
    yield f"工作台登录名 {LOGIN}，密码 {PASSWORD}"
    for at, story in enumerate(STORIES):
        filed = asyncio.run(_lived(house, story, at))
        yield f"申请 {filed.number}，查询码 {filed.lookup_code}：{story.description}"


async def _lived(house: House, story: Story, at: int) -> Filed:
    conversation_id = open_conversation(house.conversations, "web").conversation_id
    for turn, text in enumerate(story.said):
        await take_turn(
            house.conversations,
            channel="web",
            conversation_id=conversation_id,
            text=text,
            message_id=f"demo-{turn}",
        )
    return _filed(house, story, at, conversation_id)


def _filed(house: House, story: Story, at: int, conversation_id: str) -> Filed:
    office = house.desk.office
    fields = DraftFields(description=story.description, period=story.period)
    filed = file_request(
        office,
        replace(_PERSON, description=story.description, period=story.period),
        submission_key=f"demonstration-{at}",
        draft_id=save_draft(office, fields, conversation_id),
    )
    if story.outcome:
        reply_to_request(
            office,
            filed.number,
            outcome_code=story.outcome,
            text=story.reply,
            staff_login=LOGIN,
            expected_version=open_case(office, filed.number).version,
        )
    return filed
