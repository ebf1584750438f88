"""What the stage alone cannot tell: counts, dates, persons. One guard, one rule. Pure.

Each guard is silent or raises `StepNotAllowed` with the rule in the clerk's words.
"""

from dataclasses import dataclass
from datetime import date
from typing import NoReturn

from inquiry_service.calendar.working_days import WorkingCalendar
from inquiry_service.disclosure import events as happened
from inquiry_service.disclosure.clock import LONGEST_EXTENSION, Due
from inquiry_service.disclosure.events import Event
from inquiry_service.disclosure.outcomes import outcome_of
from inquiry_service.disclosure.position import Letter, Position, Stage, day_of
from inquiry_service.errors import StepNotAllowed

CORRECTION_WORKING_DAYS = 7  # 条例第三十条

_AT_ONCE = frozenset({"GRANT_PROVIDE", "GRANT_ALREADY_PUBLIC"})
_ONLY_WHILE_WAITING = {
    Stage.AWAITING_CORRECTION: "NO_CORRECTION",
    Stage.AWAITING_FEE: "FEE_UNPAID",
    Stage.AWAITING_REASONS: "EXCESSIVE",
}


@dataclass(frozen=True, slots=True)
class Try:
    """An event that somebody wants to record, and what it is judged by."""

    event: Event
    position: Position
    actor: str
    today: date
    due: Due | None
    calendar: WorkingCalendar
    fees: bool

    @property
    def day(self) -> date:
        return day_of(self.event) or self.today

    @property
    def letter(self) -> Letter | None:
        return self.position.letter(getattr(self.event, "letter", ""))


def _refuse(rule: str, article: str = "") -> NoReturn:
    raise StepNotAllowed(rule, article)


def in_order(attempt: Try) -> None:
    """No fact lies in the future, and none before what has happened already."""
    day, latest = day_of(attempt.event), attempt.position.latest
    if day is None:
        return
    if day > attempt.today:
        _refuse(f"日期 {day} 还没有到")
    if latest is not None and day < latest:
        _refuse(f"日期 {day} 早于已经记录的 {latest}")


# ---- 条例第二十九条, 第三十一条 ----------------------------------------------------------------


def spoken_was_read_back(attempt: Try) -> None:
    event = attempt.event
    spoken = isinstance(event, happened.ReceiptConfirmed) and event.how == "oral"
    if spoken and not attempt.position.has(happened.ReadBackConfirmed):
        _refuse("口头申请应先向申请人读一遍记录并得到确认", "条例第二十九条")


# ---- 条例第三十条 ------------------------------------------------------------------------------


def correction_only_once(attempt: Try) -> None:
    if attempt.position.has(happened.CorrectionAsked):
        _refuse("补正只能一次性告知", "条例第三十条")


def correction_in_seven_days(attempt: Try) -> None:
    received = attempt.position.received or attempt.day
    last = attempt.calendar.add_working_days(received, CORRECTION_WORKING_DAYS).day
    if attempt.day > last:
        _refuse(f"补正应在收到申请之日起7个工作日内（{last}前）告知", "条例第三十条")


def reasonable_time(attempt: Try) -> None:
    until = getattr(attempt.event, "until", None)
    if until is not None and until <= attempt.day:
        _refuse("给申请人的期限应晚于告知之日", "条例第三十条、第三十五条")


# ---- 条例第三十五条 ----------------------------------------------------------------------------


def reasons_only_once(attempt: Try) -> None:
    if attempt.position.has(happened.ReasonsAsked):
        _refuse("已经要求过说明理由", "条例第三十五条")


def after_reasons(attempt: Try) -> None:
    if not attempt.position.has(happened.ReasonsGiven):
        _refuse("申请人说明理由之后才能另定答复时间", "条例第三十五条")


def later_than_the_limit(attempt: Try) -> None:
    until = getattr(attempt.event, "until", None)
    if attempt.due is not None and until is not None and until <= attempt.due.due:
        _refuse(f"另定的时间应晚于现在的期限 {attempt.due.due}", "条例第三十五条")


# ---- 条例第三十二条至第三十四条 ------------------------------------------------------------------


def _who(event: Event) -> tuple[str, str]:
    third = isinstance(event, happened.ThirdPartyConsulted | happened.ThirdPartyAnswered)
    return ("third_party" if third else "agency", getattr(event, "party", ""))


def not_asked_already(attempt: Try) -> None:
    if _who(attempt.event) in attempt.position.consulted:
        _refuse("正在征求这一方的意见", "条例第三十二条、第三十四条")


def was_asked(attempt: Try) -> None:
    if _who(attempt.event) not in attempt.position.consulted:
        _refuse("没有征求过这一方的意见", "条例第三十二条、第三十四条")


def extended_only_once(attempt: Try) -> None:
    if attempt.position.has(happened.DeadlineExtended):
        _refuse("答复期限只能延长一次", "条例第三十三条第二款")


def extension_in_bounds(attempt: Try) -> None:
    days = getattr(attempt.event, "days", 0)
    if not 1 <= days <= LONGEST_EXTENSION:
        _refuse(f"延长应为1至{LONGEST_EXTENSION}个工作日", "条例第三十三条第二款")


def in_time(attempt: Try) -> None:
    """The limit cannot be moved once it is over."""
    if attempt.due is not None and attempt.due.over(attempt.day):
        _refuse(f"答复期限 {attempt.due.due} 已过", "条例第三十三条第二款")


# ---- 条例第四十二条 ----------------------------------------------------------------------------


def fees_are_on(attempt: Try) -> None:
    if not attempt.fees:
        _refuse("信息处理费没有启用", "条例第四十二条")


def fee_only_once(attempt: Try) -> None:
    if attempt.position.has(happened.FeeNoticed):
        _refuse("已经通知过收费", "条例第四十二条")


# ---- letters and the reply ---------------------------------------------------------------------


def drafted(attempt: Try) -> None:
    if attempt.letter is None:
        _refuse("没有这份文书")


def not_approved_yet(attempt: Try) -> None:
    if attempt.letter is not None and attempt.letter.approved:
        _refuse("文书已经批准，不能再改")


def by_another(attempt: Try) -> None:
    """Two persons: whoever wrote it neither checks nor approves it."""
    if attempt.letter is not None and attempt.actor in attempt.letter.writers:
        _refuse("起草人不能审查或者批准自己起草的文书", "条例第四十五条")


def approved(attempt: Try) -> None:
    if attempt.letter is None or not attempt.letter.approved:
        _refuse("文书还没有批准", "条例第四十五条")


def not_sent_yet(attempt: Try) -> None:
    if attempt.letter is not None and attempt.letter.sent:
        _refuse("文书已经发出")


def of_this_reply(attempt: Try) -> None:
    if getattr(attempt.event, "letter", "") != attempt.position.reply:
        _refuse("这不是正在办理的答复")


def as_drafted(attempt: Try) -> None:
    if getattr(attempt.event, "outcome_code", "") != attempt.position.outcome_code:
        _refuse("办理结果与批准的答复不一致")


def outcome_is_open(attempt: Try) -> None:
    """While something is awaited, only the ending of not getting it is open, and not too early."""
    code = getattr(attempt.event, "outcome_code", "")
    outcome = outcome_of(code)
    if outcome is None:
        _refuse("没有这种办理结果")
    if outcome.after is not None and not attempt.position.has(outcome.after):
        _refuse(f"“{outcome.label}”缺少前置步骤", outcome.basis)
    _waited_long_enough(attempt, code)


def _waited_long_enough(attempt: Try, code: str) -> None:
    stage = attempt.position.stage
    only = _ONLY_WHILE_WAITING.get(stage)
    if only is not None and code != only:
        _refuse(f"{stage}期间不能作出这一结果")
    if only is None and code in ("NO_CORRECTION", "FEE_UNPAID"):
        _refuse("申请人没有逾期")
    until = attempt.position.waiting_until
    if only is not None and until is not None and attempt.today <= until:
        _refuse(f"给申请人的期限 {until} 还没有过")


def nothing_is_withheld(attempt: Try) -> None:
    if getattr(attempt.event, "outcome_code", "") not in _AT_ONCE:
        _refuse("当场答复只限于予以公开", "条例第三十三条第一款")


# ---- after the end -----------------------------------------------------------------------------


def no_review_pending(attempt: Try) -> None:
    if attempt.position.reviews:
        _refuse("行政复议或者诉讼还没有审结")


def new_review(attempt: Try) -> None:
    if getattr(attempt.event, "review", "") in dict(attempt.position.reviews):
        _refuse("这件复议或者诉讼已经登记")


def pending_review(attempt: Try) -> None:
    if getattr(attempt.event, "review", "") not in dict(attempt.position.reviews):
        _refuse("没有这件尚未审结的复议或者诉讼")


def not_held(attempt: Try) -> None:
    if attempt.position.held:
        _refuse("案卷已被要求保留")


def held(attempt: Try) -> None:
    if not attempt.position.held:
        _refuse("案卷没有被要求保留")
