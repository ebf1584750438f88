"""A notice is loaded: open requests are computed anew, each difference is shown and kept."""

import os
import sys
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from calendar_papers import YEAR_2030
from inquiry_service.bootstrap import house
from inquiry_service.cli import main
from inquiry_service.disclosure import Application, DisclosureOffice, file_request, open_case
from inquiry_service.disclosure.rules.events import DueRecomputed
from inquiry_service.moments import FrozenClock
from inquiry_service.settings import Settings

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(autouse=True)
def own_home(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """No setting of the machine reaches the test, and nothing is written outside its folder."""
    for name in [name for name in os.environ if name.startswith("INQUIRY_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("INQUIRY_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("INQUIRY_KNOWLEDGE", str(ROOT / "knowledge"))


@pytest.fixture
def office() -> Iterator[DisclosureOffice]:
    """The office before the 2030 notice came out."""
    settings = Settings.load()
    database = house.open_database(settings)
    yield house.disclosure_office(settings, database)
    database.close()


@pytest.fixture
def numbers(office: DisclosureOffice, application: Application) -> list[str]:
    """Received before the May days of 2030, after them, and in August: only the first moves."""
    filed = []
    for at, day in enumerate(((2030, 4, 15), (2030, 6, 3), (2030, 8, 1))):
        then = replace(office, clock=FrozenClock(datetime(*day, 1, 0, tzinfo=UTC)))
        filed.append(file_request(then, application, submission_key=f"{at}").number)
    return filed


def run(monkeypatch: pytest.MonkeyPatch, *words: str) -> int:
    monkeypatch.setattr(sys, "argv", ["inquiry-service", "calendar", "load", *words])
    with pytest.raises(SystemExit) as ended:
        main()
    return ended.value.code if isinstance(ended.value.code, int) else 1


@pytest.fixture
def paper(tmp_path: Path) -> str:
    file = tmp_path / "2030.yaml"
    file.write_text(YEAR_2030, encoding="utf-8")
    return str(file)


def recomputed(office: DisclosureOffice, number: str) -> list[DueRecomputed]:
    history = open_case(office, number).history
    return [r.event for r in history if isinstance(r.event, DueRecomputed)]


def test_each_difference_is_shown_and_kept_in_its_case(
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    office: DisclosureOffice,
    numbers: list[str],
    paper: str,
) -> None:
    assert run(monkeypatch, paper, "--reason", "2030年通知") == 0
    told = capsys.readouterr().out
    assert "办理中的申请有 3 件的答复期限不同：" in told
    assert f"  {numbers[0]}：原为 2030-05-13，现为 2030-05-16，不再是暂定\n" in told
    assert f"  {numbers[1]}：仍为 2030-07-01，不再是暂定\n" in told
    [kept] = recomputed(office, numbers[0])
    assert (kept.was, kept.now) == (date(2030, 5, 13), date(2030, 5, 16))
    assert kept.why == "载入2030年放假安排"
    assert recomputed(office, numbers[1]) == []


def test_a_dry_run_shows_the_same_and_changes_nothing(
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    office: DisclosureOffice,
    numbers: list[str],
    paper: str,
) -> None:
    assert run(monkeypatch, paper, "--reason", "试算", "--dry-run") == 0
    told = capsys.readouterr().out
    assert told.startswith("只试算，不载入。\n")
    assert f"  {numbers[0]}：原为 2030-05-13，现为 2030-05-16，不再是暂定\n" in told
    assert recomputed(office, numbers[0]) == []
    case = open_case(office, numbers[0])
    assert case.due is not None
    assert case.due.provisional
    assert run(monkeypatch, paper, "--reason", "2030年通知") == 0
