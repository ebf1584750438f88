"""Loading many files: progress, what is kept for the next time, what lies beside pages."""

import os
from pathlib import Path

import pytest

from inquiry_service.knowledge.library import load_library
from office_files import page, word, workbook, zipped

pytestmark = pytest.mark.thorough


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


@pytest.mark.parametrize(
    ("name", "told"),
    [
        (b"\xb9\xab\xb8\xe6.txt", "公告.txt"),
        (b"a\nb.txt", "a\ufffdb.txt"),
        ("Ünïcode.txt".encode(), "Ünïcode.txt"),
    ],
)
def test_a_name_in_gbk_or_with_a_line_end_is_told_in_characters_that_can_be_printed(
    tmp_path: Path, name: bytes, told: str
) -> None:
    path = tmp_path / os.fsdecode(name)
    try:
        path.write_text("某市公告\n\n收购价格每斤一元。", encoding="utf-8")
    except OSError:
        pytest.skip("this file system takes only UTF-8 names")
    shown: list[str] = []
    library = load_library([tmp_path], progress=lambda _done, _all, name: shown.append(name))
    assert list(library.origins.values()) == [told]
    assert shown == [told, ""]
    shown[0].encode()
    library.documents[0].document_id.encode("ascii")


def test_what_is_no_file_is_told_of_and_never_waited_for(folder: Path) -> None:
    os.mkfifo(folder / "管道.md")
    (folder / "断.txt").symlink_to(folder / "没有")
    (folder / "圈.txt").symlink_to(folder / "圈.txt")
    library = load_library([folder])
    assert len(library.documents) == 4
    assert {
        f.where: (f.severity, f.message[:6]) for f in library.findings if f.where[0] in "管断圈"
    } == {
        "管道.md": ("warning", "不是普通文件"),
        "断.txt": ("error", "链接指向的文"),
        "圈.txt": ("error", "链接指向的文"),
    }
    [finding] = load_library([folder / "管道.md"]).findings
    assert finding.message.startswith("不是普通文件")


def test_a_workbook_cut_short_is_one_finding(folder: Path) -> None:
    (folder / "断.xlsx").write_bytes(workbook()[:900])
    told = [f.message for f in load_library([folder]).findings if f.where == "断.xlsx"]
    assert told == ["文件不完整或已损坏，请重新取得这个文件"]
