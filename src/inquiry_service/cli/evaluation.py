"""`evaluate`: how well questions are found and answered, on any set in BEIR layout."""

import json
import shlex
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from datetime import date
from pathlib import Path
from typing import Any

import typer

from inquiry_service.cli.progress import Advance, bar
from inquiry_service.moments import local_day, now
from inquiry_service.settings import Settings

app = typer.Typer(no_args_is_help=True, help="Measure retrieval and answers.")

_DATASET = typer.Option(..., exists=True, file_okay=False, help="Folder in BEIR layout.")
_OWN = Path("knowledge/evaluation")


def today() -> date:
    return local_day(now())


def cache(settings: Settings) -> Path:
    """Indexes of datasets, kept by the digest of what is in them."""
    return settings.home / "evaluation"


@app.command("retrieval")
def retrieval(
    *,
    dataset: Path = _DATASET,
    run: Path = typer.Option(..., help="TREC run file to write, 100 documents a query."),
    metrics: Path | None = typer.Option(None, help="JSON file for recall@k, MRR@10, nDCG@10."),
) -> None:
    """Rank the documents of a set for each of its queries."""
    from inquiry_service.answering import evaluation
    from inquiry_service.bootstrap.engine import encoder

    settings = Settings.load()
    with bar("evaluating") as advance:
        figures = evaluation.evaluate_retrieval(
            dataset,
            run,
            metrics,
            encoder(settings),
            cache(settings),
            today=today(),
            progress=advance,
        )
    typer.echo(json.dumps(figures, ensure_ascii=False, indent=2))


@app.command("answers")
def answers(
    *,
    dataset: Path = _DATASET,
    out: Path = typer.Option(..., help="File to write, one JSON line a query."),
) -> None:
    """Answer each query of a set, and write ending, confidence, quote and citations."""
    from inquiry_service.answering import evaluation
    from inquiry_service.bootstrap.engine import encoder

    settings = Settings.load()
    with bar("evaluating") as advance:
        count = evaluation.evaluate_answers(
            dataset, out, encoder(settings), cache(settings), today=today(), progress=advance
        )
    typer.echo(f"{count} answers in {out}")


@app.command("questions")
def questions(
    files: list[Path] | None = typer.Argument(
        None, exists=True, help="Files of questions with endings; default: both halves."
    ),
    *,
    as_json: bool = typer.Option(False, "--json", help="The figures as JSON."),
    reveal: bool = typer.Option(
        False, "--reveal-held-out", help="Show the faults of the held-out half with their wording."
    ),
) -> None:
    """Run our own questions against the current index, and count by kind."""
    from inquiry_service.answering import evaluation
    from inquiry_service.answering.question_sets import Half, half_of
    from inquiry_service.answering.report.counts import told
    from inquiry_service.bootstrap.engine import engine

    asked = engine(Settings.load())
    figures: dict[str, dict[str, Any]] = {}
    for file in files or own_questions():
        with bar(file.name) as advance:
            one = evaluation.evaluate_questions(file, asked, today=today(), progress=advance)
        if half_of(file) is Half.HELD_OUT and not reveal:
            one["faults"] = len(one["faults"])
        figures[str(file)] = one
    if as_json:
        typer.echo(json.dumps(figures, ensure_ascii=False, indent=2))
    else:
        typer.echo("\n".join(told(figures)))


@app.command("report")
def report(
    *,
    out: Path = typer.Option(..., help="HTML page to write; it needs no network to be read."),
    datasets: list[Path] | None = typer.Option(
        None, "--dataset", exists=True, file_okay=False, help="Folder in BEIR layout; repeatable."
    ),
    files: list[Path] | None = typer.Option(
        None, "--questions", exists=True, help="Our own questions; default: both halves."
    ),
    sets_only: bool = typer.Option(
        False, "--sets-only", help="Leave our own questions out; no built index is needed then."
    ),
    limit: int | None = typer.Option(None, min=1, help="At most so many questions of each set."),
    figures: Path | None = typer.Option(None, "--json", help="JSON file for the figures."),
    reveal: bool = typer.Option(
        False, "--reveal-held-out", help="Show the wording of held-out questions."
    ),
) -> None:
    """Measure everything and write one page: figures beside their targets, curves, worst cases."""
    from inquiry_service.answering.evaluation_files import check_writable
    from inquiry_service.answering.report.making import measure_everything
    from inquiry_service.answering.report.page import write_report
    from inquiry_service.bootstrap.engine import encoder, engine

    settings = Settings.load()
    own = [] if sets_only else files or own_questions()
    if not own and not datasets:
        raise typer.BadParameter("nothing to measure: give --dataset or --questions")
    for path in filter(None, (out, figures)):
        check_writable(path)
    with _watched() as watch:
        measured = measure_everything(
            datasets=datasets or [],
            questions=own,
            engine=engine(settings) if own else None,
            encoder=encoder(settings),
            cache=cache(settings),
            today=today(),
            command=shlex.join(["inquiry-service", *sys.argv[1:]]),
            limit=limit,
            reveal=reveal,
            watch=watch,
        )
    write_report(measured, out, figures)
    typer.echo(f"  {out}")


def own_questions() -> list[Path]:
    return sorted(_OWN.glob("*.yaml"))


@contextmanager
def _watched() -> Iterator[Callable[[str], Advance]]:
    """A bar for each thing that is done, the one before closed when the next begins."""
    with ExitStack() as open_bars:

        def watch(label: str) -> Advance:
            advance: Advance | None = None

            def forward(done: int, total: int) -> None:
                nonlocal advance
                if advance is None:
                    open_bars.close()
                    advance = open_bars.enter_context(bar(label))
                advance(done, total)

            return forward

        yield watch
