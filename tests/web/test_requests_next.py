"""What happens next, told for every state with its date."""

from datetime import date

import pytest

from inquiry_service.calendar import WorkingCalendar
from inquiry_service.disclosure.rules.clock import Due, due
from inquiry_service.disclosure.rules.events import (
    DeadlineExtended,
    Event,
    Filed,
    ReceiptConfirmed,
    ThirdPartyConsulted,
)
from inquiry_service.disclosure.rules.progress import State
from inquiry_service.web.request_next import next_step

RECEIVED = date(2026, 3, 2)


@pytest.fixture
def history() -> list[Event]:
    return [Filed("web", "digest"), ReceiptConfirmed(RECEIVED, "web")]


def told(state: State, limit: Due | None = None, *, on: date = RECEIVED) -> str:
    return next_step(state, limit, until=None, remedy=None, today=on)


@pytest.mark.parametrize("state", list(State))
def test_every_state_has_a_next_step_without_loose_ends(state: State) -> None:
    for until in (None, date(2026, 3, 20)):
        sentence = next_step(state, None, until=until, remedy=None, today=RECEIVED)
        assert sentence.endswith("。")
        assert not set(sentence) & set("{}")


@pytest.mark.parametrize(
    "state", [State.AWAITING_CORRECTION, State.AWAITING_REASONS, State.AWAITING_FEE]
)
def test_what_is_asked_of_the_applicant_has_its_day(state: State) -> None:
    asked = next_step(state, None, until=date(2026, 3, 20), remedy=None, today=RECEIVED)
    assert asked.startswith("请在2026年3月20日以前")
    assert told(state).startswith("请按照告知书")


@pytest.mark.parametrize(
    ("state", "still"),
    [
        (State.AWAITING_CORRECTION, "补正仍可以提交"),
        (State.AWAITING_REASONS, "理由仍可以提交"),
        (State.AWAITING_FEE, "仍可以缴费"),
    ],
)
def test_once_the_day_is_over_it_is_said_so_with_what_still_helps(state: State, still: str) -> None:
    until = date(2026, 3, 20)
    on_the_day = next_step(state, None, until=until, remedy=None, today=until)
    assert on_the_day.startswith("请在2026年3月20日以前")
    after = next_step(state, None, until=until, remedy=None, today=date(2026, 3, 21))
    assert "2026年3月20日已经过了" in after
    assert still in after
    assert "请在" not in after


def test_a_request_under_way_names_the_last_day_and_what_may_move_it(
    history: list[Event], calendar: WorkingCalendar
) -> None:
    limit = due(history, calendar)
    sentence = told(State.IN_PROGRESS, limit)
    assert sentence.startswith("本机关最迟在2026年3月30日答复。")
    assert "最多延长20个工作日" in sentence


def test_after_an_extension_no_second_one_is_announced(
    history: list[Event], calendar: WorkingCalendar
) -> None:
    limit = due([*history, DeadlineExtended(20, date(2026, 3, 9))], calendar)
    assert told(State.IN_PROGRESS, limit) == "本机关最迟在2026年4月28日答复。"


def test_once_the_day_is_over_the_ways_are_named(
    history: list[Event], calendar: WorkingCalendar
) -> None:
    sentence = told(State.IN_PROGRESS, due(history, calendar), on=date(2026, 3, 31))
    assert "投诉" in sentence
    assert "行政复议" in sentence


def test_while_somebody_is_consulted_no_day_is_promised(
    history: list[Event], calendar: WorkingCalendar
) -> None:
    consulted = ThirdPartyConsulted(date(2026, 3, 9), "第三方一")
    sentence = told(State.CONSULTING, due([*history, consulted], calendar))
    assert "15个工作日" in sentence
    assert "3月30日" not in sentence


def test_a_provisional_day_is_called_so(calendar: WorkingCalendar) -> None:
    late: list[Event] = [Filed("web", "digest"), ReceiptConfirmed(date(2026, 12, 15), "web")]
    sentence = told(State.IN_PROGRESS, due(late, calendar), on=date(2026, 12, 16))
    assert "（暂定）" in sentence


def test_after_the_end_the_remedy_is_pointed_to_when_there_is_one() -> None:
    ended = {
        remedy: next_step(State.REPLIED, None, until=None, remedy=remedy, today=RECEIVED)
        for remedy in ("", "可以申请行政复议")
    }
    assert "没有下一步" in ended[""]
    assert "注意期限" in ended["可以申请行政复议"]
