"""`calendar`: look at a year, check a new notice, put it in force, see what was loaded when."""

import getpass
import os
from collections.abc import Sequence
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from inquiry_service.settings import Settings

if TYPE_CHECKING:
    from inquiry_service.calendar.book import CalendarBook, CalendarChange
    from inquiry_service.calendar.working_days import CountyNotice, WorkingCalendar, YearNotice
    from inquiry_service.disclosure.office import DisclosureOffice
    from inquiry_service.disclosure.procedure.recomputing import Moved

app = typer.Typer(no_args_is_help=True, help="Working days: notices on days off.")

_FILE = typer.Argument(..., exists=True, dir_okay=False, help="A notice as YAML.")


@app.command("show")
def show(year: int = typer.Argument(..., min=2000, max=2099, help="For example 2026.")) -> None:
    """One year: months, days off (休), make-up workdays (班), their number and their source."""
    from inquiry_service.cli.calendar_page import year_lines

    for line in year_lines(_book().current(), year):
        typer.echo(line)


@app.command("check")
def check(file: Path = _FILE) -> None:
    """Read a notice as `load` would, and change nothing. Exit 1 when it cannot be trusted."""
    from inquiry_service.calendar.loading import read_text
    from inquiry_service.calendar.notices import notice_from
    from inquiry_service.calendar.strict_yaml import Doubtful
    from inquiry_service.errors import KnowledgeFault

    try:
        notice = notice_from(read_text(file))
    except Doubtful as doubt:
        raise KnowledgeFault(file.name, str(doubt)) from doubt
    for line in _summary(notice):
        typer.echo(line)


@app.command("load")
def load(
    file: Path = _FILE,
    reason: str = typer.Option(..., help="One sentence, kept in the history."),
    *,
    dry_run: bool = typer.Option(False, "--dry-run", help="Show what would differ, load nothing."),
) -> None:
    """Put a year's notice, or a county's own days, in force; open requests are computed anew."""
    from inquiry_service.calendar.book import load_notice
    from inquiry_service.calendar.loading import read_text

    book, text = _book(), read_text(file)
    if dry_run:
        typer.echo("只试算，不载入。")
        before, after, days = _as_if_loaded(book, text)
        _tell_days(before, after, days)
        _tell_requests(_moved(book, before, after))
        return
    loaded = load_notice(book, text, by=_who(), reason=reason)
    typer.echo(f"已载入（第 {loaded.change_id} 次更改）：{_subject(loaded)}，由 {loaded.made_by}。")
    _tell_days(loaded.before, loaded.after, _touched(loaded.before, loaded.after, loaded.year))
    moved = _moved(book, loaded.before, loaded.after)
    _record(book, moved, f"载入{_subject(loaded)}")
    _tell_requests(moved)


@app.command("history")
def history() -> None:
    """Every load, the oldest first: when, by whom, what and why."""
    from inquiry_service.calendar.book import calendar_history
    from inquiry_service.moments import CHINA

    changes = calendar_history(_book())
    for change in changes:
        at = change.at.astimezone(CHINA)
        typer.echo(
            f"{change.change_id}\t{at:%Y-%m-%d %H:%M}\t{change.made_by}\t"
            f"{_subject(change)}\t{change.reason}"
        )
    if not changes:
        typer.echo("还没有载入过，使用随软件提供的放假安排。")


def _book() -> "CalendarBook":
    from inquiry_service import moments
    from inquiry_service.bootstrap.house import open_database
    from inquiry_service.calendar.book import CalendarBook

    settings = Settings.load()
    return CalendarBook(open_database(settings), settings.calendar_folder, moments.now)


def _office(book: "CalendarBook") -> "DisclosureOffice":
    from inquiry_service.bootstrap.house import disclosure_office

    return disclosure_office(Settings.load(), book.database)


def _who() -> str:
    """The name of the account that runs the command; a container may have a number only."""
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return f"uid {os.getuid()}"


def _subject(change: "CalendarChange") -> str:
    return f"{change.year}年放假安排" if change.year else "地方放假"


def _summary(notice: "YearNotice | CountyNotice") -> list[str]:
    from inquiry_service.calendar.notices import unnamed_holidays
    from inquiry_service.calendar.working_days import CountyNotice, WorkingCalendar
    from inquiry_service.cli.calendar_page import days_off_lines, working_days

    if isinstance(notice, CountyNotice):
        rest = sum(len(order.days) for order in notice.days_off)
        work = sum(len(order.days) for order in notice.make_up_workdays)
        return [f"可以载入：地方放假 {rest} 天，调休上班 {work} 天"]
    alone = WorkingCalendar((notice,))
    return [
        f"可以载入：{notice.year}年放假安排，全年工作日 {working_days(alone, notice.year)} 天",
        f"依据：{notice.source}",
        *days_off_lines(alone, _ruled_by(notice.year)),
        *(f"提醒：没有名称含“{name}”的放假，请核对通知" for name in unnamed_holidays(notice)),
    ]


def _as_if_loaded(
    book: "CalendarBook", text: str
) -> "tuple[WorkingCalendar, WorkingCalendar, Sequence[date]]":
    """The calendar before and after, and the days to compare. Raises `BadInput` like `load`."""
    from inquiry_service.calendar.notices import notice_from
    from inquiry_service.calendar.strict_yaml import Doubtful
    from inquiry_service.errors import BadInput, Problem

    try:
        notice = notice_from(text)
    except Doubtful as doubt:
        raise BadInput([Problem("text", f"{doubt}。")]) from doubt
    before = book.current()
    after = before.with_notice(notice)
    return before, after, _touched(before, after, getattr(notice, "year", None))


def _tell_days(before: "WorkingCalendar", after: "WorkingCalendar", days: Sequence[date]) -> None:
    from inquiry_service.calendar.differences import calendar_differences

    differences = calendar_differences(before, after, days)
    typer.echo(f"与载入前相比，有 {len(differences)} 天的判断不同：")
    for difference in differences:
        typer.echo(f"  {difference}")


def _moved(
    book: "CalendarBook", before: "WorkingCalendar", after: "WorkingCalendar"
) -> "tuple[Moved, ...]":
    from inquiry_service.disclosure.procedure.recomputing import due_differences

    return due_differences(_office(book), before, after)


def _record(book: "CalendarBook", moved: "Sequence[Moved]", why: str) -> None:
    """Into each case's history; one that ended just now needs it no more."""
    from inquiry_service.disclosure.procedure.case_file import SYSTEM
    from inquiry_service.disclosure.procedure.recomputing import record_differences
    from inquiry_service.errors import StepNotAllowed

    for one in moved:
        with suppress(StepNotAllowed):
            record_differences(_office(book), (one,), why=why, by=SYSTEM)


def _tell_requests(moved: "Sequence[Moved]") -> None:
    typer.echo(f"办理中的申请有 {len(moved)} 件的答复期限不同：")
    for one in moved:
        settled = "，不再是暂定" if one.settled else ""
        now = "仍为" if one.now == one.was else f"原为 {one.was}，现为"
        typer.echo(f"  {one.number}：{now} {one.now}{settled}")


def _touched(
    before: "WorkingCalendar", after: "WorkingCalendar", year: int | None
) -> Sequence[date]:
    """The days a load can have changed, in order; without a year, the county's own."""
    if year:
        return _ruled_by(year)
    notices = (before.county, after.county)
    orders = [order for n in notices for order in (*n.days_off, *n.make_up_workdays)]
    return sorted({day for order in orders for day in order.days})


def _ruled_by(year: int) -> Sequence[date]:
    """The days a year's notice may speak of: it may begin in the December before."""
    from inquiry_service.calendar.working_days import days_between

    return tuple(days_between(date(year - 1, 12, 1), date(year, 12, 31)))
