"""`evaluate`: how well questions are found and answered, on any set in BEIR layout."""

import json
from pathlib import Path

import typer

from inquiry_service import bootstrap
from inquiry_service.cli.progress import bar
from inquiry_service.settings import Settings

app = typer.Typer(no_args_is_help=True, help="Measure retrieval and answers.")

_DATASET = typer.Option(..., exists=True, file_okay=False, help="Folder in BEIR layout.")


@app.command("retrieval")
def retrieval(
    *,
    dataset: Path = _DATASET,
    run: Path = typer.Option(..., help="TREC run file to write, 100 documents a query."),
    metrics: Path | None = typer.Option(None, help="JSON file for recall@k, MRR@10, nDCG@10."),
) -> None:
    """Rank the documents of a set for each of its queries."""
    with bar("evaluating") as advance:
        figures = bootstrap.evaluate_retrieval(
            Settings.load(), dataset, run, metrics, progress=advance
        )
    typer.echo(json.dumps(figures, ensure_ascii=False, indent=2))


@app.command("answers")
def answers(
    *,
    dataset: Path = _DATASET,
    out: Path = typer.Option(..., help="File to write, one JSON line a query."),
) -> None:
    """Answer each query of a set, and write ending, confidence, quote and citations."""
    with bar("evaluating") as advance:
        count = bootstrap.evaluate_answers(Settings.load(), dataset, out, progress=advance)
    typer.echo(f"{count} answers in {out}")


@app.command("questions")
def questions(
    file: Path = typer.Option(
        Path("knowledge/evaluation/questions.yaml"), exists=True, help="Questions with endings."
    ),
) -> None:
    """Run the project's own questions against the current index."""
    figures = bootstrap.evaluate_questions(Settings.load(), file)
    typer.echo(json.dumps(figures, ensure_ascii=False, indent=2))
