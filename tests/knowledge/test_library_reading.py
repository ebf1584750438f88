"""Loading many files: progress, what is kept for the next time, what lies beside pages."""

from pathlib import Path

import pytest

from inquiry_service.knowledge.library import load_library
from office_files import page, word, workbook, zipped


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    source = tmp_path / "source"
    source.mkdir()
    (source / "甲.docx").write_bytes(word("某市通知", "正文一。"))
    (source / "乙.html").write_bytes(page("<h1>指南</h1><p>正文二。</p>"))
    (source / "丙.zip").write_bytes(
        zipped({"丁.xlsx": workbook(), "戊.txt": "说明\n正文。".encode()})
    )
    return source


def test_progress_names_every_file_in_order(folder: Path) -> None:
    told: list[tuple[int, int, str]] = []
    load_library([folder], progress=lambda *step: told.append(step))
    assert told == [(0, 3, "丙.zip"), (1, 3, "乙.html"), (2, 3, "甲.docx"), (3, 3, "")]


def test_what_was_read_is_kept_and_gives_the_same_library(folder: Path, tmp_path: Path) -> None:
    cache = tmp_path / "cache"
    first = load_library([folder], cache=cache)
    assert len(first.documents) == 4
    assert load_library([folder], cache=cache) == first == load_library([folder])


def test_a_file_that_changed_is_read_again(folder: Path, tmp_path: Path) -> None:
    cache = tmp_path / "cache"
    load_library([folder], cache=cache)
    (folder / "甲.docx").write_bytes(word("某市通知", "正文改了。"))
    assert load_library([folder], cache=cache) == load_library([folder])


@pytest.mark.parametrize("content", [b"", b"no database at all" * 100])
def test_a_cache_that_is_damaged_or_gone_costs_nothing_but_time(
    folder: Path, tmp_path: Path, content: bytes
) -> None:
    cache = tmp_path / "cache"
    first = load_library([folder], cache=cache)
    (cache / "reading.sqlite").write_bytes(content)
    assert load_library([folder], cache=cache) == first
    (cache / "reading.sqlite").unlink()
    assert load_library([folder], cache=cache) == first


def test_a_cache_that_cannot_be_made_is_done_without(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    assert load_library([folder], cache=tmp_path / "file" / "cache") == load_library([folder])


def test_what_a_browser_saved_beside_a_page_is_left_alone(folder: Path) -> None:
    expected = load_library([folder])
    (folder / "乙_files").mkdir()
    (folder / "乙_files" / "menu.html").write_bytes(page("<p>菜单。</p>"))
    (folder / "乙_files" / "logo.png").write_bytes(b"\x89PNG\r\n\x1a\n")
    assert load_library([folder]) == expected


def test_an_archive_may_be_named_as_a_source(folder: Path) -> None:
    library = load_library([folder / "丙.zip"])
    assert list(library.origins.values()) == ["丙.zip/丁.xlsx", "丙.zip/戊.txt"]
