"""Which reminders a case needs today: facts of the case and the calendar in, reminders out. Pure.

Nothing is remembered here. Each reminder has a key that stays the same until its date changes, so
whoever sends them sends each key once; a day on which nobody looked is made good on the next.
Sentences name the case by its number only.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from inquiry_service.calendar.working_days import ONE_DAY, WorkingCalendar, days_between
from inquiry_service.disclosure.rules.events import AgencyConsulted
from inquiry_service.disclosure.rules.opinions import (
    OPINION_WORKING_DAYS,
    Relation,
    agency_asked,
    named_day,
)

CORRECTION_WORKING_DAYS = 7  # 条例第三十条
PAYMENT_WORKING_DAYS = 20  # unverified: 国办函〔2020〕109号第六条以下, behind the fee setting
BEFORE_DUE = (7, 3, 1)
_BEFORE_SMALLER = (2, 0)  # working days before the end of one of the smaller limits

_FROM_SENDING = "自发出起算，实际自对方收到起算"


class Kind(StrEnum):
    """What is running out; part of the key."""

    UNCONFIRMED = "unconfirmed"
    BEFORE_DUE = "before_due"
    DUE_TODAY = "due_today"
    OVERDUE = "overdue"
    CORRECTION = "correction"
    THIRD_PARTY = "third_party"
    THIRD_PARTY_LAPSED = "third_party_lapsed"
    AGENCY = "agency"
    AGENCY_LAPSED = "agency_lapsed"
    NAMED_DAY = "named_day"
    NAMED_DAY_LAPSED = "named_day_lapsed"
    APPLICANT_LAPSED = "applicant_lapsed"
    PAYMENT = "payment"
    PAYMENT_LAPSED = "payment_lapsed"


class Reader(StrEnum):
    """Who is reminded."""

    HANDLER = "handler"
    HEAD = "head"


@dataclass(frozen=True, slots=True)
class Pending:
    """What is open in one case; a None has no clock running, and nothing is said about it.

    `received` is given only while a correction may still be asked for, `consulted_on` holds the
    days on which letters to third parties left, `agencies` those that have not answered yet,
    `fee_noticed_on` the day the applicant got the fee notice. `unconfirmed_since` is the day on
    which something came in whose receipt nobody has confirmed yet, `applicant_until` the last day
    that the applicant was given for a correction or for reasons: no clock runs in either.
    """

    number: str
    due: date | None
    received: date | None = None
    consulted_on: tuple[date, ...] = ()
    fee_noticed_on: date | None = None
    agencies: tuple[AgencyConsulted, ...] = ()
    unconfirmed_since: date | None = None
    applicant_until: date | None = None


@dataclass(frozen=True, slots=True)
class Reminder:
    """One message to one reader; sent when `key` was not sent before."""

    key: str
    kind: Kind
    reader: Reader
    sentence: str


def reminders_due(
    pending: Pending,
    *,
    calendar: WorkingCalendar,
    today: date,
    before_due: Sequence[int] = BEFORE_DUE,
) -> tuple[Reminder, ...]:
    """What should have been said about this case by the end of today, the most urgent first.

    `before_due` are working days before the due date. Nothing is said on a rest day.
    Raises `ValueError` for a number of days below one.
    """
    if any(days < 1 for days in before_due):
        raise ValueError("提醒应提前至少1个工作日")
    if not calendar.judge(today).counts:
        return ()
    look = _Look(pending.number, calendar, today)
    return (
        *look.at_reply(pending.due, before_due),
        *look.at_correction(pending.received),
        *(r for since in sorted(set(pending.consulted_on)) for r in look.at_third_party(since)),
        *look.at_agencies(pending.agencies),
        *look.at_payment(pending.fee_noticed_on),
        *look.at_receipt(pending.unconfirmed_since),
        *look.at_applicant(pending.applicant_until),
    )


@dataclass(frozen=True, slots=True)
class _Look:
    """One case on one working day."""

    number: str
    calendar: WorkingCalendar
    today: date

    def at_reply(self, due: date | None, before: Sequence[int]) -> Iterator[Reminder]:
        if due is None:
            return
        if self.today > due:
            yield from self._overdue(due)
        elif self.today == due:
            text = f"{self.number}今天（{due}）是答复期限最后一天"
            yield self._reminder(Kind.DUE_TODAY, due, text)
        else:
            yield from self._before(due, before)

    def _before(self, due: date, before: Sequence[int]) -> Iterator[Reminder]:
        left = self._working_days(self.today, due)
        reached = [days for days in before if left <= days]
        if reached:
            text = f"{self.number}距答复期限（{due}）还有{left}个工作日"
            yield self._reminder(Kind.BEFORE_DUE, due, text, f"-{min(reached)}")

    def _overdue(self, due: date) -> Iterator[Reminder]:
        """Every working day anew, so the key carries today."""
        over = self._working_days(due, self.today)
        text = (
            f"{self.number}的答复期限（{due}）已过{over}个工作日，请立即办理"
            "（条例第三十三条第二款、第五十一条）"
        )
        for reader in Reader:
            yield self._reminder(Kind.OVERDUE, self.today, text, reader=reader)

    def at_correction(self, received: date | None) -> Iterator[Reminder]:
        if received is None:
            return
        last, left = self._limit(received, CORRECTION_WORKING_DAYS)
        text = f"{self.number}如需补正，应在{last}前（含当日）一次性告知申请人（条例第三十条）"
        yield from self._approaching(Kind.CORRECTION, last, left, text)

    def at_third_party(self, since: date) -> Iterator[Reminder]:
        last, left = self._limit(since, OPINION_WORKING_DAYS)
        text = f"{self.number}征求第三方意见{last}期满（条例第三十二条，{_FROM_SENDING}）"
        yield from self._approaching(Kind.THIRD_PARTY, last, left, text)
        if left < 0:
            text = (
                f"{self.number}征求第三方意见已于{last}期满（{_FROM_SENDING}），逾期未提出意见的，"
                "由本机关决定是否公开（条例第三十二条）"
            )
            yield self._reminder(Kind.THIRD_PARTY_LAPSED, last, text)

    def at_agencies(self, agencies: Iterable[AgencyConsulted]) -> Iterable[Reminder]:
        """Those whose time ends on the same day are one reminder."""
        found = (reminder for asked in agencies for reminder in self._at_agency(asked))
        return {reminder.key: reminder for reminder in found}.values()

    def _at_agency(self, asked: AgencyConsulted) -> Iterator[Reminder]:
        named = named_day(asked)
        return self._at_named_day(named) if named else self._at_fifteen(asked)

    def _at_fifteen(self, asked: AgencyConsulted) -> Iterator[Reminder]:
        last, left = self._limit(asked.on, OPINION_WORKING_DAYS)
        who, co_maker = agency_asked(asked), asked.relation == Relation.CO_MAKER
        text = f"{self.number}征求{who}意见{last}满15个工作日（{_FROM_SENDING}）"
        yield from self._approaching(Kind.AGENCY, last, left, text)
        if left < 0:
            others = "" if co_maker else "；其他有关机关没有这一规定，请催问"
            text = (
                f"{self.number}征求{who}意见已于{last}满15个工作日（{_FROM_SENDING}），请核对有没有"
                f"答复并记录结果：共同制作机关逾期未提出意见的，视为同意公开（条例第三十四条）{others}"
            )
            yield self._reminder(Kind.AGENCY_LAPSED, last, text)

    def _at_named_day(self, last: date) -> Iterator[Reminder]:
        """The letter's own day: no article names one, and silence is no consent (33(3))."""
        text = f"{self.number}征求其他有关机关意见，征求意见书请其在{last}前（含当日）答复"
        yield from self._approaching(Kind.NAMED_DAY, last, self._left_until(last), text)
        if self.today > last:
            text = (
                f"{self.number}征求其他有关机关意见，征求意见书写明的日期（{last}）已过，请核对有没有"
                "答复并记录结果；没有答复的请催问，逾期不视为同意（视为同意只限于共同制作机关，"
                "条例第三十四条）"
            )
            yield self._reminder(Kind.NAMED_DAY_LAPSED, last, text)

    def at_receipt(self, since: date | None) -> Iterator[Reminder]:
        if since is not None:
            text = (
                f"{self.number}（{since}来件）还没有确认收到，请尽快核对；平常信函应当在收到当日与"
                "申请人确认（条例第三十一条）"
            )
            yield self._reminder(Kind.UNCONFIRMED, since, text)

    def at_applicant(self, until: date | None) -> Iterator[Reminder]:
        if until is not None and self.today > until:
            text = (
                f"{self.number}给申请人补正或者说明理由的期限（{until}）已过，请核对有没有来件和"
                "正当理由，再决定怎样办结（条例第三十条、第三十五条）"
            )
            yield self._reminder(Kind.APPLICANT_LAPSED, until, text)

    def at_payment(self, since: date | None) -> Iterator[Reminder]:
        if since is None:
            return
        last, left = self._limit(since, PAYMENT_WORKING_DAYS)
        text = f"{self.number}的缴费期限{last}届满（待确认：国办函〔2020〕109号第六条以下）"
        yield from self._approaching(Kind.PAYMENT, last, left, text)
        if left < 0:
            text = (
                f"{self.number}的缴费期限已于{last}届满，请核对是否到账并决定后续处理"
                "（待确认：国办函〔2020〕109号第六条以下）"
            )
            yield self._reminder(Kind.PAYMENT_LAPSED, last, text)

    def _approaching(self, kind: Kind, last: date, left: int, text: str) -> Iterator[Reminder]:
        reached = [days for days in _BEFORE_SMALLER if 0 <= left <= days]
        if reached:
            rest = f"，还有{left}个工作日" if left else "，今天是最后一天"
            yield self._reminder(kind, last, text + rest, f"-{min(reached)}")

    def _limit(self, since: date, days: int) -> tuple[date, int]:
        """The last day of a limit, and the working days left; below nought when it is over."""
        last = self.calendar.add_working_days(since, days).day
        return last, self._left_until(last)

    def _left_until(self, last: date) -> int:
        if self.today > last:
            return -self._working_days(last, self.today)
        return self._working_days(self.today, last)

    def _working_days(self, after: date, through: date) -> int:
        days = days_between(after + ONE_DAY, through)
        return sum(self.calendar.judge(day).counts for day in days)

    def _reminder(
        self, kind: Kind, on: date, text: str, suffix: str = "", reader: Reader = Reader.HANDLER
    ) -> Reminder:
        whose = "" if reader is Reader.HANDLER else f"/{reader.value}"
        key = f"{self.number}/{kind.value}{suffix}/{on}{whose}"
        return Reminder(key, kind, reader, f"{text}。")
