"""Demonstration cases, made through the real use cases on the days they are said to be of.

Applicants are obviously generic roles. Without Rasa, so that it is quick; no notice leaves.
"""

import asyncio
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import timedelta

from inquiry_service import moments
from inquiry_service.bootstrap.house import House, build
from inquiry_service.cli.demonstration_steps import CLERK, HEAD, REVIEWER, Scene
from inquiry_service.cli.demonstration_stories import STORIES, Story
from inquiry_service.conversation.turn import open_conversation, take_turn
from inquiry_service.disclosure.keeping.reminding import remind
from inquiry_service.disclosure.looking.handling import requests_for_desk
from inquiry_service.disclosure.office import DisclosureOffice
from inquiry_service.disclosure.procedure.drafts import DraftFields, save_draft
from inquiry_service.disclosure.procedure.filing import Filed, file_request
from inquiry_service.disclosure.procedure.intake import file_for_applicant
from inquiry_service.errors import Conflict
from inquiry_service.moments import FrozenClock, local_day
from inquiry_service.settings import Settings
from inquiry_service.staff.accounts import add_member
from inquiry_service.staff.roles import Role

LOGIN = CLERK
PASSWORD = "demonstration-only"  # noqa: S105 (`demo` runs in development only)
ACCOUNTS = ((CLERK, Role.CLERK), (REVIEWER, Role.REVIEWER), (HEAD, Role.HEAD))


def demonstration(settings: Settings) -> Iterator[str]:
    """Make the cases once; told line by line."""
    stage = Stage(settings)
    yield from stage.accounts()
    if stage.has_cases():
        yield "演示数据已经有了"
    else:
        yield from stage.cases()
    asyncio.run(stage.house.close())


@dataclass
class Stage:
    """A house whose clock is set to the day of each step."""

    settings: Settings
    clock: FrozenClock = field(default_factory=lambda: FrozenClock(moments.now()))
    house: House = field(init=False)

    def __post_init__(self) -> None:
        self._today = self.clock.moment
        self.house = build(self.settings.model_copy(update={"rasa_url": ""}), clock=self.clock)
        # The addresses are nobody's: nothing may be sent to them.
        self._office: DisclosureOffice = replace(self.house.desk.office, post=None)

    def accounts(self) -> Iterator[str]:
        for login, role in ACCOUNTS:
            with suppress(Conflict):  # from an earlier demonstration
                add_member(self.house.desk.staff, login, f"演示{role.label}", role, PASSWORD)
            yield f"工作台登录名 {login}（{role.label}），密码 {PASSWORD}"

    def has_cases(self) -> bool:
        return bool(
            requests_for_desk(self._office) or requests_for_desk(self._office, replied=True)
        )

    def cases(self) -> Iterator[str]:
        """Day by day over all stories, so that all numbers run as they would have."""
        filed: dict[int, Filed] = {}
        steps = [
            step for at, story in enumerate(STORIES) for step in self._played(at, story, filed)
        ]
        for days_ago, step in sorted(steps, key=lambda step: -step[0]):
            self.clock.moment = self._today - timedelta(days=days_ago)
            step()
        self.clock.moment = self._today
        remind(self.house.desk.office, self.house.desk.staff)
        for at, one in sorted(filed.items(), key=lambda item: item[1].number):
            yield f"申请 {one.number}，查询码 {one.lookup_code}：{STORIES[at].description}"

    def _played(
        self, at: int, story: Story, filed: dict[int, Filed]
    ) -> Iterator[tuple[int, Callable[[], None]]]:
        scene = Scene(self._office)

        def begin() -> None:
            filed[at] = self._filed(story, at)
            scene.number = filed[at].number

        yield story.days_ago, begin
        for days_ago, do in story.steps:
            yield days_ago, lambda do=do: do(scene)  # type: ignore[misc]

    def _filed(self, story: Story, at: int) -> Filed:
        application = replace(story.applicant, description=story.description, period=story.period)
        key, office = f"demonstration-{at}", self._office
        if story.on_paper:
            arrived = local_day(self.clock())
            return file_for_applicant(
                office,
                application,
                channel=story.on_paper,
                arrived=arrived,
                submission_key=key,
                by=CLERK,
                matter=story.matter,
            )
        draft = None
        if story.said:
            talk = asyncio.run(self._talk(story, at))
            fields = DraftFields(description=story.description, period=story.period)
            draft = save_draft(office, fields, talk)
        return file_request(
            office, application, submission_key=key, draft_id=draft, matter=story.matter
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
