"""Demonstration cases: every sight of the desk, made once, by nobody who exists."""

from pathlib import Path

import pytest

from inquiry_service.bootstrap.house import House, build
from inquiry_service.cli.demonstration import LOGIN, PASSWORD, demonstration
from inquiry_service.cli.demonstration_stories import STORIES
from inquiry_service.conversation.transcript import channel_of, transcript
from inquiry_service.disclosure.following import follow_request
from inquiry_service.disclosure.handling import DeskRow, open_case, requests_for_desk
from inquiry_service.settings import Settings
from inquiry_service.staff.accounts import sign_in

KNOWLEDGE = Path(__file__).parent.parent.parent / "knowledge"


@pytest.fixture
def settings(tmp_path: Path, database_url: str) -> Settings:
    """A home without model or index: questions then end in an honest failure."""
    return Settings.load(
        home=tmp_path / "home", database_url=database_url, knowledge=str(KNOWLEDGE), rasa_url=""
    )


@pytest.fixture
def told(settings: Settings) -> list[str]:
    return list(demonstration(settings))


def rows_of(house: House) -> list[DeskRow]:
    office = house.desk.office
    return requests_for_desk(office) + requests_for_desk(office, replied=True)


def test_the_desk_gets_every_kind_of_case(settings: Settings, told: list[str]) -> None:
    house = build(settings)
    rows = rows_of(house)
    cases = [open_case(house.desk.office, row.number) for row in rows]
    assert len(rows) == len(STORIES)
    assert sum(row.overdue for row in rows) == 1
    assert sum(row.replied_on is not None for row in rows) == 3
    assert {case.application.by_organisation for case in cases} == {True, False}
    house.database.close()


def test_conversations_stand_behind_the_cases(settings: Settings, told: list[str]) -> None:
    house = build(settings)
    talks = [row.conversation_id for row in rows_of(house) if row.conversation_id]
    channels = [channel_of(house.conversations, talk) for talk in talks]
    assert sorted(channels) == ["web", "web", "web", "wechat"]
    said = [turn.said for talk in talks for turn in transcript(house.conversations, talk)]
    assert "2019年收到多少件依申请公开？" in said
    house.database.close()


def test_what_is_told_opens_the_desk_and_every_case(settings: Settings, told: list[str]) -> None:
    house = build(settings)
    assert told[0] == f"工作台登录名 {LOGIN}，密码 {PASSWORD}"
    assert sign_in(house.desk.staff, LOGIN, PASSWORD).token
    for line in told[1:]:
        number, code = line.removeprefix("申请 ").split("：")[0].split("，查询码 ")
        assert follow_request(house.desk.office, number, code).number == number
    house.database.close()


def test_a_second_demonstration_changes_nothing(settings: Settings, told: list[str]) -> None:
    assert list(demonstration(settings)) == [told[0], "演示数据已经有了"]
    house = build(settings)
    assert len(rows_of(house)) == len(STORIES)
    house.database.close()
