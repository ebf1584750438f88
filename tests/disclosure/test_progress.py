"""Progress: the stage and the timeline follow from the events, in plain words."""

from datetime import UTC, date, datetime

import pytest

from inquiry_service.calendar import WorkingCalendar
from inquiry_service.disclosure.clock import due
from inquiry_service.disclosure.events import (
    EVENT_TYPES,
    AgencyAnswered,
    AgencyConsulted,
    CorrectedRequestReceived,
    CorrectionAsked,
    DeadlineExtended,
    Event,
    FeeNoticed,
    FeePaid,
    Filed,
    ReceiptConfirmed,
    Recorded,
    ReplySent,
    ThirdPartyAnswered,
    ThirdPartyConsulted,
)
from inquiry_service.disclosure.progress import State, sentences, state_of, timeline

DAY = date(2026, 3, 9)
RECEIVED = ReceiptConfirmed(DAY, "当面提交")
REPLIED = ReplySent(DAY, "GRANT_PROVIDE", "现将该文件提供给您。")

EVERY_EVENT: tuple[Event, ...] = (
    Filed("web", ""),
    RECEIVED,
    CorrectionAsked(DAY),
    CorrectedRequestReceived(DAY),
    ThirdPartyConsulted(DAY),
    ThirdPartyAnswered(DAY),
    AgencyConsulted(DAY),
    AgencyAnswered(DAY),
    DeadlineExtended(5),
    FeeNoticed(DAY),
    FeePaid(DAY),
    REPLIED,
)


@pytest.mark.parametrize(
    ("events", "state"),
    [
        ([], State.AWAITING_RECEIPT),
        ([Filed("web", "")], State.AWAITING_RECEIPT),
        ([RECEIVED], State.IN_PROGRESS),
        ([RECEIVED, CorrectionAsked(DAY)], State.AWAITING_CORRECTION),
        ([RECEIVED, CorrectionAsked(DAY), CorrectedRequestReceived(DAY)], State.IN_PROGRESS),
        ([RECEIVED, ThirdPartyConsulted(DAY)], State.CONSULTING),
        ([RECEIVED, AgencyConsulted(DAY), AgencyAnswered(DAY)], State.IN_PROGRESS),
        ([RECEIVED, FeeNoticed(DAY)], State.AWAITING_FEE),
        ([RECEIVED, AgencyConsulted(DAY), REPLIED], State.REPLIED),
    ],
)
def test_the_stage_follows_from_the_events(events: list[Event], state: State) -> None:
    assert state_of(events) is state


def test_every_event_has_its_line_in_the_timeline() -> None:
    at = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
    history = [Recorded("", n, at, "", event) for n, event in enumerate(EVERY_EVENT, 1)]
    assert {type(event) for event in EVERY_EVENT} == set(EVENT_TYPES.values())
    lines = timeline(history)
    assert lines[0].day == date(2026, 3, 2)
    assert lines[1].text == "确认收到申请（当面提交）"
    assert lines[8].text == "经批准延长答复期限5个工作日，并告知申请人"
    assert lines[-1].text == "作出答复：予以公开"
    assert all(line.text for line in lines)


@pytest.mark.parametrize(
    ("events", "told"),
    [
        ([Filed("web", "")], "确认收到之日起计算"),
        ([RECEIVED, CorrectionAsked(DAY)], "请按补正告知补充"),
        ([RECEIVED, FeeNoticed(DAY)], "请按收费通知"),
        ([RECEIVED], "2026年4月7日（收到次日起第20个工作日）"),
        ([RECEIVED, DeadlineExtended(5)], "第25个工作日"),
        ([RECEIVED, REPLIED], "2026年3月9日答复"),
    ],
)
def test_the_applicant_is_told_what_to_expect(
    calendar: WorkingCalendar, events: list[Event], told: str
) -> None:
    said = sentences(events, due(events, calendar), today=DAY)
    assert told in "".join(said)
