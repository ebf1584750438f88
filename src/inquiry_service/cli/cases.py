"""`disclosure due` explains a deadline; `demo` makes demonstration cases."""

import json
from datetime import datetime
from typing import TYPE_CHECKING

import typer

from inquiry_service.errors import BadInput, ConfigurationFault, Problem
from inquiry_service.settings import Settings

if TYPE_CHECKING:
    from inquiry_service.calendar.working_days import WorkingCalendar

disclosure_app = typer.Typer(no_args_is_help=True, help="Disclosure on request.")


@disclosure_app.command("due")
def due(
    *,
    received: datetime = typer.Option(..., formats=["%Y-%m-%d"], help="Day of receipt."),
    event: list[str] = typer.Option(
        [],
        help="KIND:FROM[..TO], repeatable: correction:ASKED..RECEIVED, third_party:FROM..TO,"
        " agency:FROM..TO, extension:DAYS, fee:NOTICED..PAID.",
    ),
    as_json: bool = typer.Option(False, "--json", help="The steps as JSON."),
) -> None:
    """The due date of a request, with every day that leads to it."""
    from inquiry_service.disclosure.rules import clock
    from inquiry_service.disclosure.rules.assuming import FEES_UNVERIFIED, assume
    from inquiry_service.disclosure.rules.events import FeeNoticed

    settings = Settings.load()
    events = assume(received.date(), event)
    if any(isinstance(one, FeeNoticed) for one in events):
        typer.echo(f"注意：{FEES_UNVERIFIED}", err=True)
    found = clock.due(events, _calendar(settings), clock.Reading(settings.consultation_days))
    if found is None:
        raise BadInput([Problem("event", "补正还没有收到，期限尚未起算。")])
    if as_json:
        typer.echo(json.dumps(found.as_json(), ensure_ascii=False, indent=2))
        return
    for step in found.steps:
        typer.echo(f"{step.date}  {step.day:>3}  {step.reason}")
    typer.echo(f"答复期限：{found.due}{'（暂定）' if found.provisional else ''}")


def _calendar(settings: Settings) -> "WorkingCalendar":
    """With what was loaded while it ran; without a database, as it is shipped. Makes none."""
    from inquiry_service import moments
    from inquiry_service.bootstrap.house import open_database
    from inquiry_service.calendar.book import CalendarBook
    from inquiry_service.calendar.loading import load_calendar

    if not settings.database_url and not (settings.home / "inquiry.db").exists():
        return load_calendar(settings.calendar_folder)
    database = open_database(settings)
    try:
        return CalendarBook(database, settings.calendar_folder, moments.now).current()
    finally:
        database.close()


def demo() -> None:
    """Make demonstration cases through the real use cases, unless they are there already."""
    settings = Settings.load()
    if settings.environment != "development":
        raise ConfigurationFault("INQUIRY_ENVIRONMENT", "演示数据只能在 development 环境生成。")
    from inquiry_service.cli.demonstration import demonstration

    for line in demonstration(settings):
        typer.echo(f"  {line}")
