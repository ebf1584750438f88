"""What happens next with a request, in one or two sentences with the date. Pure."""

from datetime import date

from inquiry_service.disclosure.rules.clock import REPLY_WORKING_DAYS, Due
from inquiry_service.disclosure.rules.progress import State, shown

_STANDING = {
    State.AWAITING_RECEIPT: "本机关与您确认收到以后，从确认之日起计算答复期限。",
    # 条例第三十二条、第三十四条
    State.CONSULTING: "被征求意见的一方应当自收到征求意见书之日起15个工作日内提出意见。意见到达或者"
    "时间届满之后，这里会显示重新计算的答复期限。",
    State.WITHDRAWN: "没有下一步了。需要时可以重新申请。",
}
_ASKED = {
    # 条例第三十条
    State.AWAITING_CORRECTION: "请{by}补正。收到补正的当天起，答复期限重新计算；没有正当理由逾期不"
    "补正的，视为放弃申请。",
    # 条例第三十五条
    State.AWAITING_REASONS: "请{by}说明理由。理由不合理的，可以不予处理；理由合理、但是来不及按期"
    "答复的，会另定时间并告知您。",
    State.AWAITING_FEE: "请{by}按照收费通知书缴费。缴费后继续办理，逾期未缴的不再处理。",
}
_OVER = {
    State.AWAITING_CORRECTION: "补正的期限{until}已经过了。补正仍可以提交，直到本机关作出处理；"
    "有正当理由没有按期补正的，请一并说明。没有正当理由逾期不补正的，视为放弃申请。",
    State.AWAITING_REASONS: "说明理由的期限{until}已经过了。理由仍可以提交，直到本机关作出处理。"
    "理由不合理的，可以不予处理。",
    State.AWAITING_FEE: "缴费的期限{until}已经过了。本机关作出处理以前仍可以缴费；"
    "逾期未缴的不再处理。",
}
"""Once the day is over: each is still taken until the bureau drafts its ending."""


def next_step(
    state: State, due: Due | None, *, until: date | None, remedy: str | None, today: date
) -> str:
    """For the applicant: who does what, and by when.

    `until` is the day that was given for what is awaited; `remedy` the paragraph of the reply,
    None before there is one.
    """
    if state in _OVER and until is not None and today > until:
        return _OVER[state].format(until=shown(until))
    if state in _ASKED:
        by = f"在{shown(until)}以前" if until else "按照告知书"
        return _ASKED[state].format(by=by)
    if remedy is not None:
        return _remedied(remedy)
    return _STANDING.get(state) or _working(due, today)


def _remedied(remedy: str) -> str:
    if remedy:
        return "已经办结。对答复不服的，请看下面的救济途径，注意期限。"
    return "已经办结，没有下一步了。"


def _working(due: Due | None, today: date) -> str:
    if due is None:
        return "本机关核实后把结果告知您。条例没有为这类事项规定办理天数。"
    if due.over(today):
        return "本机关应当尽快答复。您可以在下面投诉，也可以依法申请行政复议或者提起行政诉讼。"
    last = f"本机关最迟在{shown(due.due)}{'（暂定）' if due.provisional else ''}答复。"
    if due.steps and due.steps[-1].day > REPLY_WORKING_DAYS:
        return last
    # 条例第三十三条第二款
    return f"{last}需要延长的，会在这一天以前告知您，最多延长20个工作日。"
