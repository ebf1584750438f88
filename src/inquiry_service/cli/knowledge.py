"""`knowledge build` and `knowledge check`: from published documents to an index."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from inquiry_service.cli.progress import bar
from inquiry_service.knowledge.checking import check_library
from inquiry_service.knowledge.findings import Finding
from inquiry_service.knowledge.glossary import Glossary, load_glossary
from inquiry_service.knowledge.library import load_library
from inquiry_service.moments import local_day, now
from inquiry_service.settings import Settings

if TYPE_CHECKING:
    from inquiry_service.answering.building import BuildReport

app = typer.Typer(no_args_is_help=True, help="Published documents and their index.")

_SOURCE = typer.Option(None, "--source", help="Folder of documents; default: INQUIRY_KNOWLEDGE.")
_INDEX = typer.Option(None, "--index", help="Index folder; default: INQUIRY_INDEX.")


@app.command("build")
def build(source: list[Path] | None = _SOURCE, index: Path | None = _INDEX) -> None:
    """Read, split, embed and index; only what changed is embedded again."""
    from inquiry_service.answering.building import build_index
    from inquiry_service.bootstrap.engine import encoder

    settings = Settings.load()
    sources = source or settings.knowledge_folders
    library = load_library(sources)
    _print_findings(library.findings)
    folder = index or settings.index_folder
    with bar("embedding") as advance:
        report = build_index(
            library, encoder(settings), folder, glossary=_glossary(sources), progress=advance
        )
    typer.echo(_said(report))
    if told := left_out(library.findings):
        typer.echo(told, err=True)


@app.command("check")
def check(source: list[Path] | None = _SOURCE) -> None:
    """Validate documents, dates, sources and validity; one line per finding."""
    library = load_library(source or Settings.load().knowledge_folders)
    findings = check_library(library, today=local_day(now()))
    _print_findings(findings, err=False)
    errors = sum(1 for finding in findings if finding.severity == "error")
    typer.echo(f"{errors} 个错误，{len(findings) - errors} 个提醒")
    if errors:
        raise typer.Exit(1)


def _glossary(sources: Sequence[Path]) -> Glossary:
    """The glossaries that lie beside the documents, as one."""
    found = [load_glossary(source / "glossary.yaml") for source in sources]
    return Glossary(tuple(entry for glossary in found for entry in glossary.entries))


def left_out(findings: Sequence[Finding]) -> str:
    """The last word of a build that went on without some files; empty when it used them all."""
    files = sum(finding.severity == "error" for finding in findings)
    return f"有 {files} 个文件没有采用，见上" if files else ""


def _said(report: "BuildReport") -> str:
    if report.unchanged:
        return f"  索引没有变化：{report.documents} 份文件，{report.passages} 段"
    fresh = f"新编码 {report.encoded} 段，沿用 {report.reused} 段"
    return (
        f"  索引 {report.index_version}：{report.documents} 份文件，{report.passages} 段（{fresh}）"
    )


def _print_findings(findings: Sequence[Finding], *, err: bool = True) -> None:
    for finding in findings:
        typer.echo(f"{finding.severity}\t{finding.where}\t{finding.message}", err=err)
