"""`disclosure verify` and `disclosure export`, as an operator calls them on a copy."""

import json
import os
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import delete, update

from inquiry_service.bootstrap import house
from inquiry_service.cli import main
from inquiry_service.disclosure import Application, DisclosureOffice, file_request, store
from inquiry_service.disclosure.procedure import ending
from inquiry_service.settings import Settings
from procedure_house import register

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(autouse=True)
def own_home(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """No setting of the machine reaches the test, and nothing is written outside its folder."""
    for name in [name for name in os.environ if name.startswith("INQUIRY_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("INQUIRY_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("INQUIRY_KNOWLEDGE", str(ROOT / "knowledge"))


def run(monkeypatch: pytest.MonkeyPatch, *words: str) -> int:
    monkeypatch.setattr(sys, "argv", ["inquiry-service", "disclosure", *words])
    with pytest.raises(SystemExit) as ended:
        main()
    return ended.value.code if isinstance(ended.value.code, int) else 1


@pytest.fixture
def kept() -> Iterator[DisclosureOffice]:
    settings = Settings.load()
    database = house.open_database(settings)
    yield house.disclosure_office(settings, database)
    database.close()


@pytest.fixture
def numbers(kept: DisclosureOffice, application: Application) -> list[str]:
    filed = [file_request(kept, application, submission_key=key) for key in ("one", "two")]
    for one in filed:
        register(kept, one.number)
    return [one.number for one in filed]


def damage(office: DisclosureOffice, number: str) -> None:
    with office.database.begin() as connection:
        here = (store.events.c.number == number, store.events.c.sequence == 2)
        changed = update(store.events).where(*here)
        connection.execute(changed.values(content=store.events.c.content + " "))


def test_sound_chains_are_counted_with_their_heads(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], numbers: list[str]
) -> None:
    assert run(monkeypatch, "verify") == 0
    told = capsys.readouterr()
    assert "核验 2 件：完好 2 件，不成立 0 件。" in told.out
    assert f"{numbers[0]}  3步  " in told.out
    assert "用 --heads 留存" in told.out
    assert "2/2" in told.err


def test_the_first_broken_event_is_named_and_the_command_fails(
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    kept: DisclosureOffice,
    numbers: list[str],
) -> None:
    damage(kept, numbers[1])
    assert run(monkeypatch, "verify") == 1
    assert "第2步不成立：这一步的内容被改动过，与记录时的摘要不符" in capsys.readouterr().out
    assert run(monkeypatch, "verify", numbers[0]) == 0


def test_the_findings_are_there_as_json(
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    kept: DisclosureOffice,
    numbers: list[str],
) -> None:
    damage(kept, numbers[1])
    assert run(monkeypatch, "verify", "--json") == 1
    found = json.loads(capsys.readouterr().out)
    assert (found["cases"], found["sound"], found["register"]) == (2, 1, [])
    assert [(one["number"], one["sequence"]) for one in found["broken"]] == [(numbers[1], 2)]
    assert set(found["heads"]) == set(numbers)


def test_what_was_cut_off_shows_against_the_heads_of_an_earlier_check(
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    kept: DisclosureOffice,
    numbers: list[str],
    tmp_path: Path,
) -> None:
    heads = str(tmp_path / "heads.txt")
    ending.withdraw_request(kept, numbers[0])
    assert run(monkeypatch, "verify", "--heads", heads) == 0
    with kept.database.begin() as connection:
        connection.execute(delete(store.events).where(store.events.c.sequence == 4))
    assert run(monkeypatch, "verify") == 0
    assert run(monkeypatch, "verify", "--against", heads) == 1
    assert "后面的被截去了" in capsys.readouterr().out
    assert run(monkeypatch, "verify", numbers[1], "--against", heads) == 0


def test_verifying_needs_a_database_that_is_there_and_of_this_release(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    assert run(monkeypatch, "verify") == 1
    assert "没有数据库" in capsys.readouterr().err
    (tmp_path / "home").mkdir()
    (tmp_path / "home" / "inquiry.db").touch()
    assert run(monkeypatch, "verify") == 1
    assert "另一个版本" in capsys.readouterr().err


def test_an_unknown_number_is_said_so(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], numbers: list[str]
) -> None:
    assert run(monkeypatch, "verify", "YSQ-2026-99999") == 1
    assert run(monkeypatch, "verify", "abc") == 1
    assert "没有找到这件申请" in capsys.readouterr().err


def test_a_case_is_exported_to_a_file(
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    numbers: list[str],
    tmp_path: Path,
) -> None:
    out = tmp_path / "case.zip"
    out.touch(0o644)  # of an earlier export
    assert run(monkeypatch, "export", numbers[0], "--out", str(out)) == 0
    assert out.stat().st_mode & 0o077 == 0
    assert "已写入" in capsys.readouterr().out
    with zipfile.ZipFile(out) as archive:
        assert "index.html" in archive.namelist()
    assert run(monkeypatch, "export", numbers[0], "--out", str(tmp_path / "no" / "a.zip")) == 1
