"""`knowledge build` and `knowledge check`: from published documents to an index."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from inquiry_service.cli.progress import bar
from inquiry_service.knowledge.checking import check_library
from inquiry_service.knowledge.findings import Finding
from inquiry_service.knowledge.glossary import Glossary, load_glossary
from inquiry_service.knowledge.library import Library, load_library
from inquiry_service.moments import local_day, now
from inquiry_service.settings import Settings

if TYPE_CHECKING:
    from inquiry_service.answering.building import BuildReport

app = typer.Typer(no_args_is_help=True, help="Published documents and their index.")

_SOURCE = typer.Option(None, "--source", help="Folder of documents; default: INQUIRY_KNOWLEDGE.")
_INDEX = typer.Option(None, "--index", help="Index folder; default: INQUIRY_INDEX.")
_STRICT = typer.Option(False, "--strict", help="Exit 1 when any file had to be left out.")
_NAMED = 3
"""So many files of which the same is to be looked at are named; `check` names them all."""


@app.command("build")
def build(
    source: list[Path] | None = _SOURCE, index: Path | None = _INDEX, strict: bool = _STRICT
) -> None:
    """Read, split, embed and index; only what changed is read and embedded again.

    A file that cannot be used is left out and named at the end; the others are indexed.
    """
    from inquiry_service.answering.building import build_index
    from inquiry_service.bootstrap.engine import encoder

    settings = Settings.load()
    sources = source or settings.knowledge_folders
    library = _loaded(sources, settings)
    try:
        with bar("embedding") as advance:
            report = build_index(
                library,
                encoder(settings),
                index or settings.index_folder,
                glossary=_glossary(sources),
                progress=advance,
            )
        typer.echo(_said(report))
    finally:
        for line in grouped(library.findings):
            typer.echo(line, err=True)
    told = left_out(library.findings)
    if told:
        typer.echo(told, err=True)
    if told and strict:
        raise typer.Exit(1)


@app.command("check")
def check(source: list[Path] | None = _SOURCE) -> None:
    """Validate documents, dates, sources and validity; one line per finding.

    Exit 1 when there is an error, as with `build --strict`.
    """
    settings = Settings.load()
    library = _loaded(source or settings.knowledge_folders, settings)
    findings = check_library(library, today=local_day(now()))
    for finding in findings:
        typer.echo(f"{finding.severity}\t{finding.where}\t{finding.message}")
    errors = sum(1 for finding in findings if finding.severity == "error")
    typer.echo(f"{errors} 个错误，{len(findings) - errors} 个提醒")
    if errors:
        raise typer.Exit(1)


def _loaded(sources: Sequence[Path], settings: Settings) -> Library:
    """Read with a progress bar; what was taken out of a file is kept for the next time."""
    with bar("reading") as advance:
        return load_library(
            sources,
            progress=lambda done, total, _name: advance(done, total),
            cache=settings.home / "reading",
            today=local_day(now()),
        )


def _glossary(sources: Sequence[Path]) -> Glossary:
    """The glossaries that lie beside the documents, as one."""
    found = [load_glossary(source / "glossary.yaml") for source in sources]
    return Glossary(tuple(entry for glossary in found for entry in glossary.entries))


def left_out(findings: Sequence[Finding]) -> str:
    """The last word of a build that went on without some files; empty when it used them all."""
    files = len({finding.where for finding in findings if finding.severity == "error"})
    return f"有 {files} 个文件没有采用，见上" if files else ""


def grouped(findings: Sequence[Finding]) -> Iterator[str]:
    """Errors first, each file by itself; files with the same reminder share one line."""
    yield from (str(finding) for finding in findings if finding.severity == "error")
    files_by_message: dict[str, list[str]] = {}
    for finding in findings:
        if finding.severity == "warning":
            files_by_message.setdefault(finding.message, []).append(finding.where)
    for message, files in files_by_message.items():
        more = f" 等 {len(files)} 个文件" if len(files) > _NAMED else ""
        yield str(Finding("、".join(files[:_NAMED]) + more, "warning", message))


def _said(report: "BuildReport") -> str:
    if report.unchanged:
        return f"  索引没有变化：{report.documents} 份文件，{report.passages} 段"
    fresh = f"新编码 {report.encoded} 段，沿用 {report.reused} 段"
    return (
        f"  索引 {report.index_version}：{report.documents} 份文件，{report.passages} 段（{fresh}）"
    )
