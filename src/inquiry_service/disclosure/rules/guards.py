"""What the stage alone cannot tell: counts, dates, persons. One guard, one rule. Pure.

Each guard is silent or raises `StepNotAllowed` with the rule in the clerk's words. Those about
letters and the reply are in `guards_letters`.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import NoReturn

from inquiry_service.calendar.working_days import WorkingCalendar
from inquiry_service.disclosure.rules import events as happened
from inquiry_service.disclosure.rules.clock import LONGEST_EXTENSION, Due
from inquiry_service.disclosure.rules.events import Event
from inquiry_service.disclosure.rules.letter_states import Letter
from inquiry_service.disclosure.rules.matters import Matter
from inquiry_service.disclosure.rules.opinions import Asked, last_day, named_day
from inquiry_service.disclosure.rules.position import Position, day_of
from inquiry_service.errors import StepNotAllowed

CORRECTION_WORKING_DAYS = 7  # 条例第三十条

_AFTER_ERASURE = happened.ReviewOpened | happened.ReviewDecided | happened.CaseExported


@dataclass(frozen=True, slots=True)
class Try:
    """An event that somebody wants to record, and what it is judged by.

    `asked` holds each open consultation, `approved_on` says when each letter was approved.
    """

    event: Event
    position: Position
    actor: str
    today: date
    due: Due | None
    calendar: WorkingCalendar
    fees: bool
    asked: Mapping[tuple[str, str], Asked] = field(default_factory=dict)
    approved_on: Mapping[str, date] = field(default_factory=dict)

    @property
    def day(self) -> date:
        return day_of(self.event) or self.today

    @property
    def letter(self) -> Letter | None:
        return self.position.letter(getattr(self.event, "letter", ""))


def refuse(rule: str, article: str = "") -> NoReturn:
    raise StepNotAllowed(rule, article)


def in_order(attempt: Try) -> None:
    """No fact lies in the future, and none before what has happened already."""
    day, latest = day_of(attempt.event), attempt.position.latest
    if day is None:
        return
    if day > attempt.today:
        refuse(f"日期 {day} 还没有到")
    if latest is not None and day < latest:
        refuse(f"日期 {day} 早于已经记录的 {latest}")


def not_erased(attempt: Try) -> None:
    """After erasure only what courts and organs decide, and who took the file, is written down."""
    if attempt.position.has(happened.CaseErased) and not isinstance(attempt.event, _AFTER_ERASURE):
        refuse("案卷的密封内容已经销毁")


def of_a_request(attempt: Try) -> None:
    """Articles 30, 33, 35 and 42 speak of requests; 41 and 44 know no such step."""
    if attempt.position.matter != Matter.REQUEST:
        refuse("这一步只适用于政府信息公开申请，更正信息、建议公开没有这一步")


# ---- 条例第二十九条, 第三十一条 ----------------------------------------------------------------


def spoken_was_read_back(attempt: Try) -> None:
    event = attempt.event
    spoken = isinstance(event, happened.ReceiptConfirmed) and event.how == "oral"
    if spoken and not attempt.position.has(happened.ReadBackConfirmed):
        refuse("口头申请应先向申请人读一遍记录并得到确认", "条例第二十九条")


# ---- 条例第三十条 ------------------------------------------------------------------------------


def correction_only_once(attempt: Try) -> None:
    if attempt.position.has(happened.CorrectionAsked):
        refuse("补正只能一次性告知", "条例第三十条")


def correction_in_seven_days(attempt: Try) -> None:
    received = attempt.position.received or attempt.day
    last = attempt.calendar.add_working_days(received, CORRECTION_WORKING_DAYS).day
    if attempt.day > last:
        refuse(f"补正应在收到申请之日起7个工作日内（最迟{last}）告知", "条例第三十条")


def reasonable_time(attempt: Try) -> None:
    until = getattr(attempt.event, "until", None)
    if until is not None and until <= attempt.day:
        refuse("给申请人的期限应晚于告知之日", "条例第三十条、第三十五条")


# ---- 条例第三十五条 ----------------------------------------------------------------------------


def reasons_only_once(attempt: Try) -> None:
    if attempt.position.has(happened.ReasonsAsked):
        refuse("已经要求过说明理由", "条例第三十五条")


def after_reasons(attempt: Try) -> None:
    if not attempt.position.has(happened.ReasonsGiven):
        refuse("申请人说明理由之后才能另定答复时间", "条例第三十五条")


def later_than_the_limit(attempt: Try) -> None:
    until = getattr(attempt.event, "until", None)
    if attempt.due is not None and until is not None and until <= attempt.due.due:
        refuse(f"另定的时间应晚于现在的期限 {attempt.due.due}", "条例第三十五条")


# ---- 条例第三十二条至第三十四条 ------------------------------------------------------------------


def _who(event: Event) -> tuple[str, str]:
    third = isinstance(event, happened.ThirdPartyConsulted | happened.ThirdPartyAnswered)
    return ("third_party" if third else "agency", getattr(event, "party", ""))


def not_asked_already(attempt: Try) -> None:
    if _who(attempt.event) in attempt.position.consulted:
        refuse("正在征求这一方的意见", "条例第三十二条、第三十四条")


def was_asked(attempt: Try) -> None:
    if _who(attempt.event) not in attempt.position.consulted:
        refuse("没有征求过这一方的意见", "条例第三十二条、第三十四条")


def silence_has_lapsed(attempt: Try) -> None:
    """Silence is no opinion before the time for one is over, which posting alone starts at best."""
    asked = attempt.asked.get(_who(attempt.event))
    if getattr(attempt.event, "opinion", "") != "silent" or asked is None:
        return
    last = last_day(asked, attempt.calendar)
    if attempt.day <= last and named_day(asked):
        told = f"征求意见书请对方在{last}前（含当日）答复，还没有过，不能记为逾期"
        refuse(told, "条例第三十三条第三款")
    if attempt.day <= last:
        told = f"征求意见的15个工作日（{last}止）还没有过，不能记为逾期"
        refuse(told, "条例第三十二条、第三十四条")


def time_for_an_answer(attempt: Try) -> None:
    """A letter that asks for the answer until a day is not sent on that day or later."""
    until = getattr(attempt.event, "until", None)
    if until is not None and until <= attempt.day:
        refuse(f"请对方答复的日期 {until} 应晚于发出之日，请留出时间", "条例第三十三条第三款")


def extended_only_once(attempt: Try) -> None:
    if attempt.position.has(happened.DeadlineExtended):
        refuse("答复期限只能延长一次", "条例第三十三条第二款")


def extension_in_bounds(attempt: Try) -> None:
    days = getattr(attempt.event, "days", 0)
    if not 1 <= days <= LONGEST_EXTENSION:
        refuse(f"延长应为1至{LONGEST_EXTENSION}个工作日", "条例第三十三条第二款")


def in_time(attempt: Try) -> None:
    """The limit cannot be moved once it is over."""
    if attempt.due is not None and attempt.due.over(attempt.day):
        refuse(f"答复期限 {attempt.due.due} 已过", "条例第三十三条第二款")


# ---- 条例第四十二条 ----------------------------------------------------------------------------


def fees_are_on(attempt: Try) -> None:
    if not attempt.fees:
        refuse("信息处理费没有启用", "条例第四十二条")


def fee_only_once(attempt: Try) -> None:
    if attempt.position.has(happened.FeeNoticed):
        refuse("已经通知过收费", "条例第四十二条")


# ---- after the end -----------------------------------------------------------------------------


def no_review_pending(attempt: Try) -> None:
    if attempt.position.reviews:
        refuse("行政复议或者诉讼还没有审结")


def new_review(attempt: Try) -> None:
    known = dict(attempt.position.reviews).keys() | attempt.position.decided
    if getattr(attempt.event, "review", "") in known:
        refuse("这件复议或者诉讼已经登记")


def pending_review(attempt: Try) -> None:
    if getattr(attempt.event, "review", "") not in dict(attempt.position.reviews):
        refuse("没有这件尚未审结的复议或者诉讼")


def not_decided_yet(attempt: Try) -> None:
    if getattr(attempt.event, "publication", "") in attempt.position.publications:
        refuse("这项主动公开已经决定", "条例第四十四条")


def is_no_record_correction(attempt: Try) -> None:
    """A record about oneself is corrected (41); what several ask for may be published (44)."""
    if attempt.position.matter == Matter.RECORD_CORRECTION:
        told = "更正与自身相关的信息不是公开申请，不能作为主动公开的依据"
        refuse(told, "条例第四十一条、第四十四条")


def decided_to_publish(attempt: Try) -> None:
    if getattr(attempt.event, "publication", "") not in attempt.position.publications:
        refuse("没有这项主动公开的决定，或者决定已经取消", "条例第四十四条")


def not_held(attempt: Try) -> None:
    if attempt.position.held:
        refuse("案卷已被要求保留")


def held(attempt: Try) -> None:
    if not attempt.position.held:
        refuse("案卷没有被要求保留")
