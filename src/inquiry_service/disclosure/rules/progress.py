"""Where a request stands, said in plain words: computed from its history, never stored. Pure."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from inquiry_service.disclosure.rules import events as happened
from inquiry_service.disclosure.rules.channels import how_received
from inquiry_service.disclosure.rules.clock import Due
from inquiry_service.disclosure.rules.events import Event
from inquiry_service.disclosure.rules.opinions import agency_asked, named_day
from inquiry_service.disclosure.rules.outcomes import outcome_of
from inquiry_service.disclosure.rules.position import OPEN, Stage, day_of, stage_of
from inquiry_service.disclosure.rules.recorded import Recorded
from inquiry_service.moments import local_day


class State(StrEnum):
    """The stages an applicant can be told; the value is the label.

    How far the reply is inside the bureau is the bureau's business.
    """

    AWAITING_RECEIPT = "待确认收到"
    IN_PROGRESS = "办理中"
    AWAITING_CORRECTION = "待补正"
    AWAITING_REASONS = "待说明理由"
    AWAITING_FEE = "待缴费"
    CONSULTING = "征求意见中"
    REPLIED = "已答复"
    WITHDRAWN = "已撤回"


_STATES = {
    Stage.NOTHING: State.AWAITING_RECEIPT,
    Stage.AWAITING_RECEIPT: State.AWAITING_RECEIPT,
    Stage.AWAITING_CORRECTION: State.AWAITING_CORRECTION,
    Stage.AWAITING_REASONS: State.AWAITING_REASONS,
    Stage.AWAITING_FEE: State.AWAITING_FEE,
    Stage.CONSULTING: State.CONSULTING,
    Stage.REPLIED: State.REPLIED,
    Stage.WITHDRAWN: State.WITHDRAWN,
}


def state_of(events: Iterable[Event]) -> State:
    """The stage after these events, as the applicant is told it."""
    listed = tuple(events)
    stage = stage_of(listed)
    if stage is Stage.ARCHIVED:
        return State.REPLIED if reply_in(listed) else State.WITHDRAWN
    return _STATES.get(stage, State.IN_PROGRESS)


def reply_in(events: Iterable[Event]) -> happened.ReplySent | happened.AnsweredOnSpot | None:
    """What ended the request, unless the applicant did."""
    ends = (happened.ReplySent, happened.AnsweredOnSpot)
    return next((event for event in events if isinstance(event, ends)), None)


@dataclass(frozen=True, slots=True)
class Moment:
    """One line of a timeline."""

    day: date
    text: str


def timeline(history: Sequence[Recorded], *, inside: bool = False) -> tuple[Moment, ...]:
    """What has happened, in order and in plain words; the day is the legally relevant one.

    `inside` adds the steps that only the bureau sees.
    """
    told: set[str] = set()
    moments = []
    for recorded in history:
        event = recorded.event
        if inside or type(event) not in _INSIDE or _takes_back(event, told):
            moments.append(Moment(day_of(event) or local_day(recorded.at), _said(event)))
        if isinstance(event, happened.InformationPublished):
            told.add(event.publication)
    return tuple(moments)


def _takes_back(event: Event, told: Collection[str]) -> bool:
    """Whether it ends a publication that everybody was told of."""
    return isinstance(event, happened.PublicationDropped) and event.publication in told


_SAID: dict[type[Event], str] = {
    happened.Filed: "提交申请",
    happened.ReadBackConfirmed: "口头申请的记录已向申请人宣读并确认",
    happened.Registered: "登记申请",
    happened.CorrectionAsked: "本机关告知申请人补正",
    happened.CorrectedRequestReceived: "收到补正后的申请，答复期限重新计算",
    happened.ReasonsAsked: "本机关要求申请人说明理由",
    happened.ReasonsGiven: "收到申请人说明的理由",
    happened.ThirdPartyConsulted: "书面征求第三方意见，所需时间不计入答复期限",
    happened.ThirdPartyAnswered: "征求第三方意见结束，继续计算答复期限",
    happened.AgencyAnswered: "征求其他机关意见结束，继续计算答复期限",
    happened.FeeNoticed: "发出信息处理费收费通知",
    happened.FeePaid: "申请人已缴纳信息处理费",
    happened.Withdrawn: "申请人撤回申请",
    happened.Archived: "案卷归档",
    happened.ComplaintReceived: "收到申请人对办理情况的投诉",
}

_INSIDE: dict[type[Event], str] = {
    happened.OutcomeConsidered: "按步骤研究办理结果",
    happened.LetterDrafted: "起草文书",
    happened.LetterReturned: "退回文书",
    happened.LetterDiscarded: "作废文书",
    happened.LetterApproved: "批准文书",
    happened.LetterSent: "发出文书",
    happened.ReplyDrafted: "起草答复",
    happened.SecrecyReviewed: "答复通过保密审查",
    happened.LegalChecked: "答复通过合法性审核",
    happened.ReplyApproved: "批准答复",
    happened.ReplyReturned: "退回答复",
    happened.SearchRecorded: "记录检索情况",
    happened.PublicationDecided: "决定主动公开相同或者相近的信息（条例第四十四条）",
    happened.PublicationDropped: "取消主动公开的决定",
    happened.LegalHoldSet: "案卷暂停销毁",
    happened.LegalHoldLifted: "案卷恢复正常保管",
    happened.IdentityShown: "查看完整证件号码",
    happened.CaseExported: "导出案卷",
    happened.CaseErased: "保管期满，销毁密封内容",
}
"""What the applicant's page leaves out."""

_WAYS = {"reconsideration": "行政复议", "suit": "行政诉讼", "suit_after": "复议后的行政诉讼"}
_RESULTS = {"upheld": "结果维持", "corrected": "结果纠正", "other": "其他结果"}


def _said(event: Event) -> str:  # noqa: PLR0911 - one line an event
    match event:
        case happened.ReceiptConfirmed(how=how):
            return f"确认收到申请（{how_received(how)}）"
        case happened.FileAdded(by_applicant=by_applicant):
            return "申请人补充材料" if by_applicant else "添加材料"
        case happened.AgencyConsulted():
            return _agency_consulted(event)
        case happened.DeadlineExtended(days=days):
            return f"经批准延长答复期限{days}个工作日，并告知申请人"
        case happened.LaterDateSet(until=until):
            return f"另定答复时间为{shown(until)}，并告知申请人"
        case happened.InformationPublished(address=address):
            return f"相同或者相近的信息已经主动公开：{address}"
        case happened.DueRecomputed(was=was, now=now, why=why):
            return f"答复期限由{shown(was)}重新计算为{shown(now)}（{why}）"
        case happened.ReplySent(outcome_code=code) | happened.AnsweredOnSpot(outcome_code=code):
            outcome = outcome_of(code)
            return f"作出答复：{outcome.label if outcome else code}"
        case happened.ReviewOpened() | happened.ReviewDecided():
            return _review(event)
        case _:
            return {**_SAID, **_INSIDE}[type(event)]


def _agency_consulted(event: happened.AgencyConsulted) -> str:
    named = named_day(event)
    who = agency_asked(event)
    by_when = f"，请其在{shown(named)}前答复" if named else ""
    return f"征求{who}意见{by_when}，所需时间不计入答复期限"


def _review(event: happened.ReviewOpened | happened.ReviewDecided) -> str:
    if isinstance(event, happened.ReviewOpened):
        return f"申请人提起{_WAYS.get(event.way, event.way)}"
    return f"复议或者诉讼审结：{_RESULTS.get(event.result, event.result)}"


def sentences(events: Sequence[Event], due: Due | None, *, today: date) -> tuple[str, ...]:
    """What the applicant needs to know now, and what happens next."""
    reply, stage = reply_in(events), stage_of(events)
    if reply is not None:
        return (f"本机关已于{shown(reply.on)}答复您的申请。",)
    if stage not in OPEN and stage is not Stage.NOTHING:
        return ("您已撤回这件申请，本机关不再办理。需要时可以重新申请。",)
    if due is None:
        return (_WAITING.get(state_of(events), "您的申请正在办理。"),)
    told = f"您的申请已于{shown(due.received)}收到，{_NOW.get(state_of(events), '正在办理')}。"
    return (told, *_deadline(due, today))


_WAITING = {
    State.AWAITING_RECEIPT: "您的申请已提交，确认收到之日起计算答复期限。",
    State.AWAITING_CORRECTION: "请按补正告知补充申请内容，收到补正后重新计算答复期限。",
    State.AWAITING_FEE: "请按收费通知缴纳信息处理费，缴费后继续办理。",
}

_NOW = {
    State.AWAITING_REASONS: "请按告知书说明理由",
    State.CONSULTING: "正在征求意见，意见到达后继续办理",
}


def _deadline(due: Due, today: date) -> Iterable[str]:
    if due.paused:
        yield f"征求意见所需时间不计入答复期限，答复期限不早于{shown(due.due)}，随后重新计算。"
        return
    if today > due.due:
        # 条例第四十七条、第五十一条: whoever is kept waiting may complain.
        yield (
            f"答复期限（{shown(due.due)}）已过。您可以联系本机关催办，也可以向政府信息公开工作"
            "主管部门投诉，或者依法申请行政复议、提起行政诉讼。"
        )
        return
    # What was taken out while others were asked (33) counts for nothing: it is said, not hidden.
    without = "，不计征求意见所需时间" if due.excludes else ""
    yield f"答复期限是{shown(due.due)}（收到次日起第{due.steps[-1].day}个工作日{without}）。"
    if due.provisional:
        yield "这个日期是暂定的：期间有年份的放假安排尚未公布，公布后会重新计算。"


def shown(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"
