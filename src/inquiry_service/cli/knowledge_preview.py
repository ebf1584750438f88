"""`knowledge preview`: how files would be read, before they are published."""

import json
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

import typer

from inquiry_service.knowledge.preview import Piece, Preview, preview
from inquiry_service.knowledge.readers import Extractor
from inquiry_service.knowledge.readers.naming import name_from_disk
from inquiry_service.moments import local_day, now
from inquiry_service.settings import Settings

_FILES = typer.Argument(..., help="Files to look at; a ZIP is looked into.")
_JSON = typer.Option(False, "--json", help="As JSON, one object for each document.")


def show(files: list[Path] = _FILES, as_json: bool = _JSON) -> None:
    """Metadata to confirm, as front matter to copy; the passages to be; what is doubtful.

    Nothing is indexed. Exit 1 when a file cannot be used.
    """
    found = _previews(files)
    if as_json:
        typer.echo(
            json.dumps(
                [_as_data(each) for each in found], ensure_ascii=False, indent=2, default=str
            )
        )
    else:
        typer.echo("\n\n".join(_as_text(each) for each in found))
    if any(each.fault for each in found):
        raise typer.Exit(1)


def _previews(files: Sequence[Path]) -> list[Preview]:
    """One for each document; a file that cannot be looked at does not keep the others back."""
    today = local_day(now())
    with Extractor(Settings.load().home / "reading") as extractor:
        return [
            each
            for path in files
            for each in (_absent(path) or preview(path, extractor, today=today))
        ]


def _absent(path: Path) -> list[Preview]:
    if path.is_dir():
        told = "这是文件夹，请写出里面的文件，或用 knowledge check --source 查看整个文件夹"
    elif not path.exists() and not path.is_symlink():
        told = "没有这个文件，请检查路径"
    else:
        return []
    return [Preview(name_from_disk(str(path)), fault=told)]


def _as_data(each: Preview) -> dict[str, object]:
    told = asdict(each)
    return {name: value for name, value in told.items() if name == "where" or value}


def _as_text(each: Preview) -> str:
    if each.fault:
        return f"== {each.where}\n不能使用：{each.fault}"
    lines = [f"== {each.where}", each.front_matter(), "", f"切成 {len(each.pieces)} 段："]
    lines += [_line(number, piece) for number, piece in enumerate(each.pieces, start=1)]
    lines += ["", "需要留意：" if each.doubts else "没有需要留意的地方"]
    lines += [f"- {doubt}" for doubt in each.doubts]
    return "\n".join(lines)


def _line(number: int, piece: Piece) -> str:
    page = f"第 {piece.page} 页 " if piece.page else ""
    place = " › ".join(piece.path) or "（无标题）"
    return f"{number:>4}  {page}{piece.characters:>3} 字  {place}｜{piece.begins}"
