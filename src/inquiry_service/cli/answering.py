"""`ask` one question, and `encoder prepare` the model that understands questions."""

import json

import typer

from inquiry_service import bootstrap
from inquiry_service.settings import Settings

encoder_app = typer.Typer(no_args_is_help=True, help="The sentence encoder.")


@encoder_app.callback()
def _encoder() -> None:
    """The sentence encoder."""


@encoder_app.command("prepare")
def prepare() -> None:
    """Make the model folder once; checked by digest, and quick when it is there already."""
    folder = bootstrap.prepare_encoder(
        Settings.load(), report=lambda line: typer.echo(f"  {line}", err=True)
    )
    typer.echo(f"  model: {folder}", err=True)


def ask(
    question: str,
    *,
    as_json: bool = typer.Option(False, "--json", help="The Answer as JSON."),
) -> None:
    """Ask one question against the current index."""
    answer = bootstrap.ask(Settings.load(), question)
    if as_json:
        typer.echo(json.dumps(bootstrap.answer_json(answer), ensure_ascii=False, indent=2))
    else:
        typer.echo(bootstrap.answer_text(answer))
    if answer.status == "failed":
        raise typer.Exit(1)
