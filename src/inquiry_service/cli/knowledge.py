"""`knowledge build` and `knowledge check`: from published documents to an index."""

from pathlib import Path

import typer

from inquiry_service import bootstrap
from inquiry_service.cli.progress import bar
from inquiry_service.knowledge.library import Finding
from inquiry_service.settings import Settings

app = typer.Typer(no_args_is_help=True, help="Published documents and their index.")

_SOURCE = typer.Option(None, "--source", help="Folder of documents; default: INQUIRY_KNOWLEDGE.")
_INDEX = typer.Option(None, "--index", help="Index folder; default: INQUIRY_INDEX.")


@app.command("build")
def build(source: list[Path] | None = _SOURCE, index: Path | None = _INDEX) -> None:
    """Read, split, embed and index; only what changed is embedded again."""
    settings = Settings.load()
    library = bootstrap.load_library(settings, source)
    _print_findings(library.findings)
    with bar("embedding") as advance:
        report = bootstrap.build_index(settings, library, index, progress=advance)
    typer.echo(report.sentence)


@app.command("check")
def check(source: list[Path] | None = _SOURCE) -> None:
    """Validate documents, dates, sources and validity; one line per finding."""
    findings = bootstrap.check_library(Settings.load(), source)
    _print_findings(findings, err=False)
    errors = sum(1 for finding in findings if finding.severity == "error")
    typer.echo(f"{errors} 个错误，{len(findings) - errors} 个提醒")
    if errors:
        raise typer.Exit(1)


def _print_findings(findings: "list[Finding] | tuple[Finding, ...]", *, err: bool = True) -> None:
    for finding in findings:
        typer.echo(f"{finding.severity}\t{finding.where}\t{finding.message}", err=err)
