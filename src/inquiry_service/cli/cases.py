"""`disclosure due` explains a deadline; `demo` makes demonstration cases."""

import json
from datetime import date, datetime

import typer

from inquiry_service import bootstrap
from inquiry_service.settings import Settings

disclosure_app = typer.Typer(no_args_is_help=True, help="Disclosure on request.")


@disclosure_app.callback()
def _disclosure() -> None:
    """Disclosure on request."""


@disclosure_app.command("due")
def due(
    *,
    received: datetime = typer.Option(..., formats=["%Y-%m-%d"], help="Day of receipt."),
    event: list[str] = typer.Option(
        [],
        help="KIND:FROM[..TO], repeatable: correction:ASKED..RECEIVED, third_party:FROM..TO,"
        " agency:FROM..TO, extension:DAYS.",
    ),
    as_json: bool = typer.Option(False, "--json", help="The steps as JSON."),
) -> None:
    """The due date of a request, with every day that leads to it."""
    result = bootstrap.due_date(Settings.load(), _day(received), event)
    if as_json:
        typer.echo(json.dumps(result, ensure_ascii=False, indent=2))
        return
    for step in result["steps"]:
        typer.echo(f"{step['date']}  {step['day']:>3}  {step['reason']}")
    typer.echo(f"答复期限：{result['due']}{'（暂定）' if result['provisional'] else ''}")


def _day(moment: datetime) -> date:
    return moment.date()


def demo() -> None:
    """Make demonstration cases through the real use cases, unless they are there already."""
    for line in bootstrap.make_demo(Settings.load()):
        typer.echo(f"  {line}")
