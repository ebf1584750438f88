"""Keeping case files, as an operator does it: other keys, and files checked for viruses."""

import os
import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from sqlalchemy import update

from clamd import EICAR, Behaviour, clamd
from inquiry_service.bootstrap import house
from inquiry_service.cli import main
from inquiry_service.disclosure import Application, DisclosureOffice, file_request, open_case, store
from inquiry_service.disclosure.attachments import store as files_store
from inquiry_service.disclosure.attachments.adding import FileState, add_file, files_of, looked_over
from inquiry_service.settings import Settings

ROOT = Path(__file__).resolve().parents[2]
KEY = "k" * 32


@pytest.fixture(autouse=True)
def own_home(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """No setting of the machine reaches the test, and nothing is written outside its folder."""
    for name in [name for name in os.environ if name.startswith("INQUIRY_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("INQUIRY_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("INQUIRY_KNOWLEDGE", str(ROOT / "knowledge"))


def run(monkeypatch: pytest.MonkeyPatch, *words: str) -> int:
    """The exit code of one command."""
    monkeypatch.setattr(sys, "argv", ["inquiry-service", *words])
    with pytest.raises(SystemExit) as ended:
        main()
    return ended.value.code if isinstance(ended.value.code, int) else 1


@contextmanager
def office_of_the_settings() -> Iterator[DisclosureOffice]:
    settings = Settings.load()
    database = house.open_database(settings)
    yield house.disclosure_office(settings, database)
    database.close()


@pytest.fixture
def number(application: Application) -> str:
    """A request with a clean file and one with a virus."""
    with office_of_the_settings() as office:
        number = file_request(office, application, submission_key="one").number
        with office.database.begin() as connection:
            for data in (b"text", EICAR):
                add_file(
                    connection, office, number, looked_over(office, "a.txt", data), "applicant"
                )
    return number


def test_keys_are_rotated_and_rotated_again_without_change(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], number: str
) -> None:
    monkeypatch.setenv("INQUIRY_DATA_KEYS", KEY)
    assert run(monkeypatch, "disclosure", "rotate-keys") == 0
    told = capsys.readouterr()
    found = re.fullmatch(r"重新加密 (\d+) 项，0 项无需改动。\n", told.out)
    assert found
    assert f"{found[1]}/{found[1]}" in told.err
    assert run(monkeypatch, "disclosure", "rotate-keys") == 0
    assert capsys.readouterr().out == f"重新加密 0 项，{found[1]} 项无需改动。\n"
    with office_of_the_settings() as office:
        assert open_case(office, number).application.name == "测试申请人"


def test_what_cannot_be_sealed_anew_is_named_and_the_command_fails(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], number: str
) -> None:
    with office_of_the_settings() as office, office.database.begin() as connection:
        connection.execute(update(store.requests).values(sealed_application="damaged"))
    monkeypatch.setenv("INQUIRY_DATA_KEYS", KEY)
    assert run(monkeypatch, "disclosure", "rotate-keys") == 1
    told = capsys.readouterr().out
    assert f"disclosure_requests.sealed_application {number}" in told
    assert "damaged" not in told
    assert "有 1 项没能重新加密" in told


def test_files_are_checked_by_the_scanner_of_the_settings(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], number: str
) -> None:
    with clamd(Behaviour()) as address:
        monkeypatch.setenv("INQUIRY_CLAMAV", ":".join(map(str, address)))
        assert run(monkeypatch, "disclosure", "scan") == 0
    assert "干净 1 个，有病毒 1 个，未查毒 0 个。" in capsys.readouterr().out
    with office_of_the_settings() as office:
        states = [file.state for file in files_of(office, number)]
    assert states == [FileState.CLEAN, FileState.INFECTED]


def test_without_a_scanner_files_are_told_to_be_unchecked_and_can_be_checked_later(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], number: str
) -> None:
    assert run(monkeypatch, "disclosure", "scan") == 0
    assert "未查毒 2 个" in capsys.readouterr().out
    with clamd(Behaviour()) as address:
        monkeypatch.setenv("INQUIRY_CLAMAV", ":".join(map(str, address)))
        assert run(monkeypatch, "disclosure", "scan", "--again") == 0
    assert "有病毒 1 个" in capsys.readouterr().out


def test_a_scanner_that_fails_and_a_file_that_does_not_open_are_told(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], number: str
) -> None:
    with office_of_the_settings() as office:
        broken = files_of(office, number)[0].file_id
        with office.database.begin() as connection:
            here = files_store.files.c.file_id == broken
            connection.execute(update(files_store.files).where(here).values(content=b"x"))
    with clamd(Behaviour(dies_after=0)) as address:
        monkeypatch.setenv("INQUIRY_CLAMAV", ":".join(map(str, address)))
        assert run(monkeypatch, "disclosure", "scan") == 1
    told = capsys.readouterr().out
    assert "1 个留待下次再查" in told
    assert broken in told
