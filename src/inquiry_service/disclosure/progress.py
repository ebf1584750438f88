"""Where a request stands, said in plain words: computed from its history, never stored. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from inquiry_service.disclosure.clock import Due, fold
from inquiry_service.disclosure.events import (
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
from inquiry_service.disclosure.outcomes import outcome_of
from inquiry_service.moments import local_day


class State(StrEnum):
    """The stages an applicant can be told; the value is the label."""

    AWAITING_RECEIPT = "待确认收到"
    IN_PROGRESS = "办理中"
    AWAITING_CORRECTION = "待补正"
    AWAITING_FEE = "待缴费"
    CONSULTING = "征求意见中"
    REPLIED = "已答复"


_TURNS: dict[type[Event], State] = {
    Filed: State.AWAITING_RECEIPT,
    ReceiptConfirmed: State.IN_PROGRESS,
    CorrectionAsked: State.AWAITING_CORRECTION,
    CorrectedRequestReceived: State.IN_PROGRESS,
    FeeNoticed: State.AWAITING_FEE,
    FeePaid: State.IN_PROGRESS,
    ReplySent: State.REPLIED,
}


def state_of(events: Iterable[Event]) -> State:
    """The stage after these events; nothing follows a reply."""
    happened = tuple(events)
    turns = [_TURNS[type(event)] for event in happened if type(event) in _TURNS]
    if State.REPLIED in turns:
        return State.REPLIED
    stage = turns[-1] if turns else State.AWAITING_RECEIPT
    if stage is State.IN_PROGRESS and fold(happened).asked:
        return State.CONSULTING
    return stage


def reply_in(events: Iterable[Event]) -> ReplySent | None:
    return next((event for event in events if isinstance(event, ReplySent)), None)


@dataclass(frozen=True, slots=True)
class Moment:
    """One line of the applicant's timeline."""

    day: date
    text: str


def timeline(history: Sequence[Recorded]) -> tuple[Moment, ...]:
    """What has happened, in order and in plain words; the day is the legally relevant one."""
    return tuple(Moment(_day_of(recorded), _said(recorded.event)) for recorded in history)


def _day_of(recorded: Recorded) -> date:
    event = recorded.event
    day = event.received if isinstance(event, ReceiptConfirmed) else getattr(event, "on", None)
    return day or local_day(recorded.at)


_SAID: dict[type[Event], str] = {
    Filed: "提交政府信息公开申请",
    CorrectionAsked: "本机关告知申请人补正",
    CorrectedRequestReceived: "收到补正后的申请，答复期限重新计算",
    ThirdPartyConsulted: "书面征求第三方意见，所需时间不计入答复期限",
    ThirdPartyAnswered: "征求第三方意见结束，继续计算答复期限",
    AgencyConsulted: "征求其他机关意见，所需时间不计入答复期限",
    AgencyAnswered: "征求其他机关意见结束，继续计算答复期限",
    FeeNoticed: "发出信息处理费收费通知",
    FeePaid: "申请人已缴纳信息处理费",
}


def _said(event: Event) -> str:
    match event:
        case ReceiptConfirmed(how=how):
            return f"确认收到申请（{how}）"
        case DeadlineExtended(days=days):
            return f"经批准延长答复期限{days}个工作日，并告知申请人"
        case ReplySent(outcome_code=code):
            outcome = outcome_of(code)
            return f"作出答复：{outcome.label if outcome else code}"
        case _:
            return _SAID[type(event)]


def sentences(events: Sequence[Event], due: Due | None, *, today: date) -> tuple[str, ...]:
    """What the applicant needs to know now, and what happens next."""
    reply = reply_in(events)
    if reply is not None:
        return (f"本机关已于{shown(reply.on)}答复您的申请。",)
    if due is None:
        return (_WAITING.get(state_of(events), "您的申请正在办理。"),)
    return (f"您的申请已于{shown(due.received)}收到，正在办理。", *_deadline(due, today))


_WAITING = {
    State.AWAITING_RECEIPT: "您的申请已提交，确认收到之日起计算答复期限。",
    State.AWAITING_CORRECTION: "请按补正告知补充申请内容，收到补正后重新计算答复期限。",
    State.AWAITING_FEE: "请按收费通知缴纳信息处理费，缴费后继续办理。",
}


def _deadline(due: Due, today: date) -> Iterable[str]:
    if today > due.due:
        # 条例第四十七条、第五十一条: whoever is kept waiting may complain.
        yield (
            f"答复期限（{shown(due.due)}）已过。您可以联系本机关催办，也可以向政府信息公开工作"
            "主管部门投诉，或者依法申请行政复议、提起行政诉讼。"
        )
        return
    days = due.steps[-1].day
    yield f"答复期限是{shown(due.due)}（收到次日起第{days}个工作日）。"
    if due.provisional:
        yield "这个日期是暂定的：期间有年份的放假安排尚未公布，公布后会重新计算。"


def shown(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"
