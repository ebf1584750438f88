"""Until when whoever was asked may answer: the law's working days, or the letter's own day. Pure.

A third party (32) and a co-maker (34) have fifteen working days from receipt. For any other agency
the 条例 names none (33(3)): the letter asks for the answer until a day, and silence is no consent.
"""

from dataclasses import dataclass
from datetime import date

from inquiry_service.calendar.working_days import WorkingCalendar
from inquiry_service.disclosure.rules.events import AgencyConsulted, ThirdPartyConsulted
from inquiry_service.disclosure.rules.request import Choice

OPINION_WORKING_DAYS = 15  # 条例第三十二条、第三十四条


class Relation(Choice):
    """What another agency has to do with the information; only a co-maker's silence is consent."""

    CO_MAKER = "co_maker", "共同制作机关"
    OTHER = "other", "其他有关机关"


Asked = ThirdPartyConsulted | AgencyConsulted


@dataclass(frozen=True, slots=True)
class Awaited:
    """Somebody whose answer is awaited; `last` is reckoned from sending, receipt makes it later."""

    whose: str
    party: str
    asked: Asked
    last: date

    @property
    def told(self) -> str:
        """By when the answer is due, and what silence means, for the clerk."""
        if named_day(self.asked):
            return f"征求意见书请其在{self.last}前（含当日）答复；逾期不视为同意"
        return f"自收到起15个工作日，按发出之日算到{self.last}；{_silence(self.asked)}"


def agency_asked(asked: AgencyConsulted) -> str:
    """What a timeline calls it; without a name, which may tell too much."""
    return "共同制作机关" if asked.relation == Relation.CO_MAKER else "其他机关"


def named_day(asked: Asked) -> date | None:
    """The day that the letter named, for an agency to which the law gives no number of days."""
    if isinstance(asked, AgencyConsulted) and asked.relation == Relation.OTHER:
        return asked.until
    return None


def last_day(asked: Asked, calendar: WorkingCalendar) -> date:
    """The last day for an answer. What runs from receipt is reckoned from sending, at best."""
    named = named_day(asked)
    return named or calendar.add_working_days(asked.on, OPINION_WORKING_DAYS).day


def _silence(asked: Asked) -> str:
    if isinstance(asked, ThirdPartyConsulted):
        return "逾期未提出意见的，由本机关决定是否公开（条例第三十二条）"
    if asked.relation == Relation.CO_MAKER:
        return "逾期未提出意见的，视为同意公开（条例第三十四条）"
    return "只有共同制作机关逾期未提出意见视为同意公开（条例第三十四条）"
