"""`ask` one question, `why` it was answered so, and `encoder prepare` the model."""

import json
from dataclasses import asdict
from typing import TYPE_CHECKING

import typer

from inquiry_service.errors import BadInput, Problem
from inquiry_service.settings import Settings

if TYPE_CHECKING:
    from inquiry_service.answering.asking import AnswerEngine

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


def why(
    answer_id: str = typer.Argument("", help="Id of a recorded answer."),
    *,
    question: str = typer.Option("", help="Or a question, asked now."),
    as_json: bool = typer.Option(False, "--json", help="The explanation as JSON."),
) -> None:
    """Explain an answer: what was read, what was looked at, which rule decided."""
    from inquiry_service.answering import replaying
    from inquiry_service.bootstrap.engine import engine
    from inquiry_service.bootstrap.house import open_database
    from inquiry_service.moments import local_day, now

    if bool(answer_id) == bool(question):
        raise BadInput([Problem("answer_id", "请写回答编号，或者用 --question 写一个问题。")])
    settings = Settings.load()
    if question:
        told = replaying.why_asked(engine(settings), question, today=local_day(now()))
    else:
        told = replaying.why_recorded(open_database(settings), _usable(settings), answer_id)
    if as_json:
        typer.echo(json.dumps(asdict(told), ensure_ascii=False, indent=2))
    else:
        typer.echo("\n".join(told.lines()))


def _usable(settings: Settings) -> "AnswerEngine | None":
    """A record can be explained without model or index; it is only not replayed then."""
    from inquiry_service.answering.asking import EngineHolder
    from inquiry_service.bootstrap.engine import prepared_encoder

    return EngineHolder(settings.index_folder, prepared_encoder(settings)).current
