"""Progress: the stage and the timeline follow from the events, in plain words."""

from datetime import UTC, date, datetime

import pytest

from inquiry_service.calendar import WorkingCalendar
from inquiry_service.disclosure.rules import events
from inquiry_service.disclosure.rules.clock import due
from inquiry_service.disclosure.rules.events import (
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
    ReplySent,
    ThirdPartyAnswered,
    ThirdPartyConsulted,
)
from inquiry_service.disclosure.rules.progress import State, sentences, state_of, timeline
from inquiry_service.disclosure.rules.recorded import Recorded

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
    AgencyConsulted(DAY, relation="co_maker"),
    AgencyConsulted(DAY, relation="other", until=DAY),
    DeadlineExtended(5),
    FeeNoticed(DAY),
    FeePaid(DAY),
    events.ReadBackConfirmed(DAY),
    events.Registered(DAY),
    events.FileAdded(DAY, "f", "0" * 64, by_applicant=True),
    events.ReasonsAsked(DAY),
    events.ReasonsGiven(DAY),
    events.LaterDateSet(DAY, DAY),
    events.DueRecomputed(DAY, DAY, "放假安排公布"),
    events.SearchRecorded(DAY, found=False),
    events.OutcomeConsidered("NOT_HELD"),
    events.LetterDrafted("a", "correction", ""),
    events.LetterReturned("a"),
    events.LetterDiscarded("c"),
    events.LetterApproved("a", ""),
    events.LetterSent("a", DAY, "post", ""),
    events.ReplyDrafted("b", "GRANT_PROVIDE", ""),
    events.SecrecyReviewed("b"),
    events.LegalChecked("b"),
    events.ReplyApproved("b", ""),
    events.ReplyReturned("b"),
    events.AnsweredOnSpot(DAY, "GRANT_PROVIDE"),
    events.Withdrawn(DAY),
    events.Archived(DAY),
    events.ComplaintReceived(DAY),
    events.ReviewOpened(DAY, "1", "reconsideration"),
    events.ReviewDecided(DAY, "1", "upheld"),
    events.LegalHoldSet(DAY),
    events.LegalHoldLifted(DAY),
    events.IdentityShown("identity_number"),
    events.CaseExported(DAY),
    events.PublicationDecided(DAY, "p"),
    events.InformationPublished(DAY, "p", "https://www.example.gov.cn/1"),
    events.PublicationDropped(DAY, "p"),
    events.CaseErased(DAY),
    REPLIED,
)


@pytest.mark.parametrize(
    ("happened", "state"),
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
def test_the_stage_follows_from_the_events(happened: list[Event], state: State) -> None:
    assert state_of(happened) is state


def test_every_event_has_its_line_in_the_timeline() -> None:
    at = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
    history = [Recorded("", n, at, "", event) for n, event in enumerate(EVERY_EVENT, 1)]
    assert {type(event) for event in EVERY_EVENT} == set(EVENT_TYPES.values())
    lines = timeline(history, inside=True)
    assert lines[0].day == date(2026, 3, 2)
    assert lines[1].text == "确认收到申请（当面提交）"
    assert [line.text for line in lines[6:11]] == [
        "征求其他机关意见，所需时间不计入答复期限",
        "征求其他机关意见结束，继续计算答复期限",
        "征求共同制作机关意见，所需时间不计入答复期限",
        "征求其他机关意见，请其在2026年3月9日前答复，所需时间不计入答复期限",
        "经批准延长答复期限5个工作日，并告知申请人",
    ]
    assert lines[-1].text == "作出答复：予以公开"
    assert all(line.text for line in lines)


def test_what_only_the_bureau_does_is_not_told_to_the_applicant() -> None:
    at = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
    history = [Recorded("", n, at, "", event) for n, event in enumerate(EVERY_EVENT, 1)]
    told = " ".join(line.text for line in timeline(history))
    for word in ("起草", "保密", "退回", "检索", "证件", "导出", "销毁"):
        assert word not in told


def test_what_the_applicant_was_told_is_published_is_not_left_standing_when_it_is_gone() -> None:
    at = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
    dropped = events.PublicationDropped(DAY, "p")
    never = [Recorded("", 1, at, "", events.PublicationDecided(DAY, "p"))]
    never.append(Recorded("", 2, at, "", dropped))
    published = Recorded("", 2, at, "", events.InformationPublished(DAY, "p", "https://a.example"))
    gone = [never[0], published, Recorded("", 3, at, "", dropped)]

    assert timeline(never) == ()
    assert [line.text for line in timeline(gone)] == [
        "相同或者相近的信息已经主动公开：https://a.example",
        "取消主动公开的决定",
    ]


def test_the_stages_inside_the_bureau_read_as_being_worked_on() -> None:
    drafted: list[Event] = [
        RECEIVED,
        events.Registered(DAY),
        events.ReplyDrafted("b", "GRANT_PROVIDE", ""),
    ]
    assert state_of(drafted) is State.IN_PROGRESS
    assert state_of([RECEIVED, events.Withdrawn(DAY), events.Archived(DAY)]) is State.WITHDRAWN


@pytest.mark.parametrize(
    ("happened", "told"),
    [
        ([Filed("web", "")], "确认收到之日起计算"),
        ([RECEIVED, CorrectionAsked(DAY)], "请按补正告知补充"),
        ([RECEIVED, FeeNoticed(DAY)], "请按收费通知"),
        ([RECEIVED], "2026年4月7日（收到次日起第20个工作日）"),
        ([RECEIVED, DeadlineExtended(5)], "第25个工作日"),
        (
            [RECEIVED, AgencyConsulted(DAY), AgencyAnswered(date(2026, 3, 16))],
            "2026年4月14日（收到次日起第20个工作日，不计征求意见所需时间）",
        ),
        ([RECEIVED, REPLIED], "2026年3月9日答复"),
    ],
)
def test_the_applicant_is_told_what_to_expect(
    calendar: WorkingCalendar, happened: list[Event], told: str
) -> None:
    said = sentences(happened, due(happened, calendar), today=DAY)
    assert told in "".join(said)
