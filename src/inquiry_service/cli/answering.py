"""`ask` one question, and `encoder prepare` the model that understands questions."""

import json

import typer

from inquiry_service.settings import Settings

encoder_app = typer.Typer(no_args_is_help=True, help="The sentence encoder.")


@encoder_app.command("prepare")
def prepare() -> None:
    """Make the model folder once; checked by digest, and quick when it is there already."""
    from inquiry_service.bootstrap.engine import model_folder

    model_folder(Settings.load(), report=lambda line: typer.echo(f"  {line}", err=True))


def ask(
    question: str,
    *,
    as_json: bool = typer.Option(False, "--json", help="The Answer as JSON."),
) -> None:
    """Ask one question against the current index."""
    from inquiry_service.answering import asking
    from inquiry_service.answering.answer import Status
    from inquiry_service.bootstrap.engine import engine
    from inquiry_service.conversation.replies import plain
    from inquiry_service.conversation.speaking import speak
    from inquiry_service.moments import local_day, now

    answer = asking.ask(engine(Settings.load()), question, today=local_day(now()))
    if as_json:
        typer.echo(json.dumps(asking.answer_json(answer), ensure_ascii=False, indent=2))
    else:
        typer.echo(plain(speak(answer, feedback=False)))
    if answer.status is Status.FAILED:
        raise typer.Exit(1)
