"""How long a closed case is kept, and what is erased then. Pure.

No law read so far sets the years: the archives authority does (档案法第十三条、第十四条), so they
are settings, and without one nothing is ever erased. 个人信息保护法第十九条 asks for the shortest
time that the purpose needs; a legal hold goes before both.
"""

from calendar import monthrange
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from inquiry_service.disclosure.rules.matters import Matter
from inquiry_service.disclosure.rules.request import Choice

LONGEST_YEARS = 100


class Hold(Choice):
    """Why a case must not be touched, whatever its age."""

    RECONSIDERATION = "reconsideration", "行政复议尚未办结"
    LITIGATION = "litigation", "行政诉讼尚未办结"
    INVESTIGATION = "investigation", "监督或者调查需要"
    ARCHIVES = "archives", "档案主管部门要求保留"
    SET = "set", "已设为保留"


class Piece(Choice):
    """The parts of a case file."""

    APPLICATION = "application", "申请内容和申请人信息"
    LETTERS = "letters", "告知书、答复书"
    FILES = "files", "附件"
    TRANSCRIPT = "transcript", "与对话记录的关联"
    CHAIN = "chain", "办理过程的摘要链"
    STATISTICS = "statistics", "年度报告统计项"


ERASED = (Piece.APPLICATION, Piece.LETTERS, Piece.FILES, Piece.TRANSCRIPT)
"""Gone on the day: whatever tells who asked and what was said."""

STAYS = (Piece.CHAIN, Piece.STATISTICS)
"""Kept: digests, days, codes and roles, so that chains still hold and yearly sums still agree."""


@dataclass(frozen=True, slots=True)
class Retention:
    """`erase_on` is the first day on which the case may be erased; None means keep."""

    erase_on: date | None
    reason: str


def retention(
    closed_on: date | None,
    matter: Matter,
    *,
    years: Mapping[Matter, int | None],
    holds: Iterable[Hold] = (),
) -> Retention:
    """When a case may be erased, and why or why not.

    Raises `ValueError` for years outside 1 to `LONGEST_YEARS`.
    """
    kept_for = _checked(years.get(matter))
    held = "、".join(dict.fromkeys(hold.label for hold in holds))
    if held:
        return Retention(None, f"暂停清理：{held}")
    if closed_on is None:
        return Retention(None, "尚未办结，不清理")
    if kept_for is None:
        return Retention(None, f"没有设置“{matter.label}”的保存年限，不清理")
    last = last_day_kept(closed_on, kept_for)
    return Retention(
        last + timedelta(days=1), f"{closed_on}办结，保存{kept_for}年，{last}期满，次日起可以清理"
    )


def last_day_kept(closed_on: date, years: int) -> date:
    """The same day of the year `years` later; where there is none, the month's last day.

    The day of closing is not counted (民法典第二百零一条、第二百零二条).
    """
    year = closed_on.year + years
    _, days = monthrange(year, closed_on.month)
    return closed_on.replace(year=year, day=min(closed_on.day, days))


def is_due(found: Retention, today: date) -> bool:
    return found.erase_on is not None and found.erase_on <= today


def _checked(years: int | None) -> int | None:
    if years is not None and not 1 <= years <= LONGEST_YEARS:
        raise ValueError(f"保存年限应为1至{LONGEST_YEARS}年，现为{years}")
    return years
