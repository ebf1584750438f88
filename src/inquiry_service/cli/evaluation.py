"""`evaluate`: how well questions are found and answered, on any set in BEIR layout."""

import json
from datetime import date
from pathlib import Path

import typer

from inquiry_service.cli.progress import bar
from inquiry_service.moments import local_day, now
from inquiry_service.settings import Settings

app = typer.Typer(no_args_is_help=True, help="Measure retrieval and answers.")

_DATASET = typer.Option(..., exists=True, file_okay=False, help="Folder in BEIR layout.")


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
    file: Path = typer.Option(
        Path("knowledge/evaluation/questions.yaml"), exists=True, help="Questions with endings."
    ),
) -> None:
    """Run the project's own questions against the current index."""
    from inquiry_service.answering import evaluation
    from inquiry_service.bootstrap.engine import engine

    figures = evaluation.evaluate_questions(file, engine(Settings.load()), today=today())
    typer.echo(json.dumps(figures, ensure_ascii=False, indent=2))
