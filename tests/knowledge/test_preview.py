"""A preview shows what would be published: metadata to confirm, passages, doubts. Nothing else."""

import json
from datetime import date
from pathlib import Path

import pytest
from typer.testing import CliRunner

from inquiry_service.cli import app
from inquiry_service.knowledge.preview import Preview, preview
from inquiry_service.knowledge.readers import Extractor, read_file
from inquiry_service.knowledge.readers.front_matter import parse_front_matter, split_front_matter
from knowledge.test_recognition import NOTICE

TODAY = date(2026, 11, 22)
DIGEST = """---
title: 粮食收购备案
kind: catalogue
effective: 2021-04-15
---
# 粮食收购备案

本办法自2023年6月1日起施行。
"""


def looked_at(folder: Path, name: str, content: str) -> Preview:
    path = folder / name
    path.write_text(content, encoding="utf-8")
    with Extractor() as extractor:
        [found] = preview(path, extractor, today=TODAY)
    return found


def test_front_matter_can_be_copied_and_says_the_same(tmp_path: Path) -> None:
    found = looked_at(tmp_path, "notice.txt", NOTICE)
    head, _ = split_front_matter(found.front_matter())
    assert head is not None
    given = parse_front_matter(head, fallback_id="other").provenance
    assert given == read_file(tmp_path / "notice.txt", tmp_path).provenance


def test_recognised_and_given_are_told_apart(tmp_path: Path) -> None:
    where = {line.name: line.from_where for line in looked_at(tmp_path, "a.txt", NOTICE).metadata}
    assert where["document_number"] == "单独成行的文号"
    assert (where["id"], where["validity"]) == ("文件名", "默认")
    given = looked_at(tmp_path, "b.md", DIGEST)
    where = {line.name: line.from_where for line in given.metadata}
    assert (where["title"], where["effective"], where["id"]) == ("已写明", "已写明", "文件名")


def test_passages_are_shown_with_place_size_and_first_words(tmp_path: Path) -> None:
    first, *_ = looked_at(tmp_path, "a.txt", NOTICE).pieces
    assert first.path == ()
    assert first.begins.startswith("各镇人民政府：")
    assert first.characters > 10


def test_what_the_text_says_otherwise_is_doubtful(tmp_path: Path) -> None:
    policy = DIGEST.replace("catalogue", "policy")
    [told] = [d for d in looked_at(tmp_path, "a.md", policy).doubts if d.startswith("effective")]
    assert told.startswith("effective 写的是 2021-04-15，而正文“本办法自2023年6月1日起施行。”")


def test_a_file_that_cannot_be_used_says_why(tmp_path: Path) -> None:
    found = looked_at(tmp_path, "a.txt", "")
    assert found.fault is not None
    assert "没有正文" in found.fault


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("INQUIRY_HOME", str(tmp_path / "home"))
    return tmp_path


def test_the_command_prints_what_can_be_copied_and_read(home: Path) -> None:
    (home / "a.txt").write_text(NOTICE, encoding="utf-8")
    told = CliRunner().invoke(app, ["knowledge", "preview", str(home / "a.txt")])
    assert told.exit_code == 0
    assert 'document_number: "某政发〔2023〕12号"  # 单独成行的文号' in told.output
    assert "切成 " in told.output


def test_the_command_gives_json_and_fails_for_a_bad_file(home: Path) -> None:
    (home / "a.txt").write_text(NOTICE, encoding="utf-8")
    (home / "b.txt").write_text("", encoding="utf-8")
    files = [str(home / "a.txt"), str(home / "b.txt")]
    told = CliRunner().invoke(app, ["knowledge", "preview", *files, "--json"])
    assert told.exit_code == 1
    good, bad = json.loads(told.output)
    assert good["metadata"][1]["value"] == "某市人民政府关于印发粮食收购管理办法的通知"
    assert "没有正文" in bad["fault"]
