"""Demonstration cases: every sight of the desk, made once, by nobody who exists."""

from collections import Counter
from pathlib import Path

import pytest

from inquiry_service.bootstrap.house import House, build
from inquiry_service.cli.demonstration import ACCOUNTS, PASSWORD, demonstration
from inquiry_service.cli.demonstration_stories import STORIES
from inquiry_service.conversation.transcript import channel_of, transcript
from inquiry_service.disclosure.keeping.auditing import audit_register
from inquiry_service.disclosure.looking.following import follow_request
from inquiry_service.disclosure.looking.handling import Case, DeskRow, open_case, requests_for_desk
from inquiry_service.disclosure.rules.matters import Matter
from inquiry_service.disclosure.rules.position import Stage
from inquiry_service.notify import unread
from inquiry_service.notify.store import State, in_states
from inquiry_service.settings import Settings
from inquiry_service.staff.accounts import members, sign_in

pytestmark = pytest.mark.thorough

KNOWLEDGE = Path(__file__).parent.parent.parent / "knowledge"
OUTCOMES = {"GRANT_ALREADY_PUBLIC", "PARTIAL", "NEEDS_CREATION", "REFUSE_PROCESS", "NOT_HELD"}


@pytest.fixture
def settings(tmp_path: Path, database_url: str) -> Settings:
    """A home without model or index: questions then end in an honest failure."""
    return Settings.load(
        home=tmp_path / "home", database_url=database_url, knowledge=str(KNOWLEDGE), rasa_url=""
    )


def rows_of(house: House) -> list[DeskRow]:
    office = house.desk.office
    return requests_for_desk(office) + requests_for_desk(office, replied=True)


def cases_of(house: House) -> list[Case]:
    return [open_case(house.desk.office, row.number) for row in rows_of(house)]


def test_the_demonstration(settings: Settings) -> None:
    """One house for all that is looked at: making it takes seconds."""
    told = list(demonstration(settings))
    house = build(settings)
    the_desk_gets_every_kind_of_case(house)
    conversations_stand_behind_the_cases(house)
    what_is_told_opens_the_desk_and_every_case(house, told)
    chains_hold_and_nothing_leaves(house)
    assert list(demonstration(settings)) == [*told[: len(ACCOUNTS)], "演示数据已经有了"]
    assert len(rows_of(house)) == len(STORIES)
    house.database.close()


def the_desk_gets_every_kind_of_case(house: House) -> None:
    rows, cases = rows_of(house), cases_of(house)
    assert len(rows) == len(STORIES)
    assert sum(row.overdue for row in rows) == 1
    stages = Counter(case.position.stage for case in cases)
    assert set(stages) == {
        Stage.AWAITING_RECEIPT,
        Stage.RECEIVED,
        Stage.IN_REVIEW,
        Stage.AWAITING_CORRECTION,
        Stage.CONSULTING,
        Stage.DRAFTED,
        Stage.APPROVED,
        Stage.REPLIED,
        Stage.WITHDRAWN,
    }
    replied = [case.position for case in cases if case.position.stage is Stage.REPLIED]
    assert {position.outcome_code for position in replied} == OUTCOMES
    assert sum(bool(position.reviews) for position in replied) == 1
    happened = {type(recorded.event).__name__ for case in cases for recorded in case.history}
    assert {"DeadlineExtended", "SearchRecorded", "CorrectedRequestReceived"} <= happened
    assert {case.matter for case in cases} == set(Matter)
    assert {case.application.by_organisation for case in cases} == {True, False}


def conversations_stand_behind_the_cases(house: House) -> None:
    talks = [row.conversation_id for row in rows_of(house) if row.conversation_id]
    channels = [channel_of(house.conversations, talk) for talk in talks]
    assert sorted(channels) == ["web", "web", "web", "wechat"]
    said = [turn.said for talk in talks for turn in transcript(house.conversations, talk)]
    assert "2019年收到多少件依申请公开？" in said


def what_is_told_opens_the_desk_and_every_case(house: House, told: list[str]) -> None:
    assert {member.login: member.role for member in members(house.desk.staff)} == dict(ACCOUNTS)
    for line, (login, _) in zip(told, ACCOUNTS, strict=False):
        assert line.startswith(f"工作台登录名 {login}（")
        assert sign_in(house.desk.staff, login, PASSWORD).token
    for line in told[len(ACCOUNTS) :]:
        number, code = line.removeprefix("申请 ").split("：")[0].split("，查询码 ")
        assert follow_request(house.desk.office, number, code).number == number


def chains_hold_and_nothing_leaves(house: House) -> None:
    assert audit_register(house.desk.office).holds
    with house.database.read() as connection:
        assert in_states(connection, set(State) - {State.SENT}) == []
    # Nobody is reminded on a rest day, and this test runs on any day.
    listed = unread(house.post, "demo")
    assert all("提醒" in notice.subject for notice in listed)
