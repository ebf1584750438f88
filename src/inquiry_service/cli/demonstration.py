"""Demonstration cases, made through the real use cases on the days they are said to be of.

Applicants are obviously generic roles. Without Rasa, so that it is quick.
"""

import asyncio
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import timedelta

from inquiry_service import moments
from inquiry_service.bootstrap.house import House, build
from inquiry_service.cli.demonstration_stories import STORIES, Story
from inquiry_service.conversation.turn import open_conversation, take_turn
from inquiry_service.disclosure.drafts import DraftFields, save_draft
from inquiry_service.disclosure.filing import Filed, file_request
from inquiry_service.disclosure.handling import open_case, reply_to_request, requests_for_desk
from inquiry_service.errors import Conflict
from inquiry_service.moments import FrozenClock
from inquiry_service.settings import Settings
from inquiry_service.staff import accounts

LOGIN = "demo"
PASSWORD = "demonstration-only"  # noqa: S105 (`demo` runs in development only)


def demonstration(settings: Settings) -> Iterator[str]:
    """Make the cases once; told line by line."""
    stage = Stage(settings)
    yield stage.account()
    if stage.has_cases():
        yield "演示数据已经有了"
    else:
        yield from stage.cases()
    asyncio.run(stage.house.close())


@dataclass
class Stage:
    """A house whose clock is set to the day of each story."""

    settings: Settings
    clock: FrozenClock = field(default_factory=lambda: FrozenClock(moments.now()))
    house: House = field(init=False)

    def __post_init__(self) -> None:
        self._today = self.clock.moment
        self.house = build(self.settings.model_copy(update={"rasa_url": ""}), clock=self.clock)

    def account(self) -> str:
        with suppress(Conflict):  # from an earlier demonstration
            accounts.create_administrator(self.house.desk.staff, LOGIN, "演示账号", PASSWORD)
        return f"工作台登录名 {LOGIN}，密码 {PASSWORD}"

    def has_cases(self) -> bool:
        office = self.house.desk.office
        return bool(requests_for_desk(office) or requests_for_desk(office, replied=True))

    def cases(self) -> Iterator[str]:
        """Oldest first, as the numbers run."""
        for at, story in enumerate(sorted(STORIES, key=lambda s: s.days_ago, reverse=True)):
            self._set_clock(story.days_ago)
            filed = self._filed(story, at)
            if story.outcome:
                self._set_clock(story.replied_days_ago)
                self._reply(story, filed.number)
            yield f"申请 {filed.number}，查询码 {filed.lookup_code}：{story.description}"

    def _set_clock(self, days_ago: int) -> None:
        self.clock.moment = self._today - timedelta(days=days_ago)

    def _filed(self, story: Story, at: int) -> Filed:
        office = self.house.desk.office
        draft = None
        if story.said:
            talk = asyncio.run(self._talk(story, at))
            fields = DraftFields(description=story.description, period=story.period)
            draft = save_draft(office, fields, talk)
        application = replace(story.applicant, description=story.description, period=story.period)
        return file_request(
            office, application, submission_key=f"demonstration-{at}", draft_id=draft
        )

    async def _talk(self, story: Story, at: int) -> str:
        """The conversation before the application; gives its id."""
        c, wechat = self.house.conversations, story.channel == "wechat"
        talk = None if wechat else open_conversation(c, story.channel).conversation_id
        for turn, text in enumerate(story.said):
            taken = await take_turn(
                c,
                channel=story.channel,
                conversation_id=talk,
                person=f"demonstration-{at}" if wechat else None,
                text=text,
                message_id=f"demonstration-{at}-{turn}",
            )
            talk = taken.conversation_id
        return talk or ""

    def _reply(self, story: Story, number: str) -> None:
        office = self.house.desk.office
        reply_to_request(
            office,
            number,
            outcome_code=story.outcome,
            text=story.reply,
            staff_login=LOGIN,
            expected_version=open_case(office, number).version,
        )
