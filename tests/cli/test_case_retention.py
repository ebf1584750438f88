"""`disclosure retain` and `disclosure remind`, as cron and the archivist call them."""

import io
import os
import sys
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from inquiry_service import moments
from inquiry_service.bootstrap import house
from inquiry_service.cli import main
from inquiry_service.disclosure import Application, DisclosureOffice, file_request, open_case
from inquiry_service.disclosure.keeping.auditing import audit_case
from inquiry_service.disclosure.procedure import ending
from inquiry_service.moments import FrozenClock
from inquiry_service.notify import unread
from inquiry_service.settings import Settings
from inquiry_service.staff.accounts import StaffOffice, create_administrator

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(autouse=True)
def own_home(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """No setting of the machine reaches the test, and nothing is written outside its folder."""
    for name in [name for name in os.environ if name.startswith("INQUIRY_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("INQUIRY_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("INQUIRY_KNOWLEDGE", str(ROOT / "knowledge"))


def run(monkeypatch: pytest.MonkeyPatch, *words: str, typed: str = "") -> int:
    monkeypatch.setattr(sys, "argv", ["inquiry-service", "disclosure", *words])
    monkeypatch.setattr(sys, "stdin", io.StringIO(typed))
    with pytest.raises(SystemExit) as ended:
        main()
    return ended.value.code if isinstance(ended.value.code, int) else 1


@pytest.fixture
def past() -> Iterator[DisclosureOffice]:
    """The office as it was two years ago."""
    settings = Settings.load()
    database = house.open_database(settings)
    clock = FrozenClock(moments.now() - timedelta(days=731))
    yield house.disclosure_office(settings, database, clock)
    database.close()


@pytest.fixture
def number(past: DisclosureOffice, application: Application) -> str:
    """Withdrawn two years ago."""
    filed = file_request(past, application, submission_key="one")
    ending.withdraw_request(past, filed.number)
    return filed.number


def test_without_a_setting_nothing_is_erased(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], number: str
) -> None:
    assert run(monkeypatch, "retain", "--erase", "--yes") == 0
    told = capsys.readouterr().out
    assert "没有设置 INQUIRY_RETENTION" in told
    assert "已清理案卷 0 件" in told


def test_what_would_go_is_shown_and_nothing_done(
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    past: DisclosureOffice,
    number: str,
) -> None:
    monkeypatch.setenv("INQUIRY_RETENTION", "request=1")
    assert run(monkeypatch, "retain") == 0
    told = capsys.readouterr().out
    assert number in told
    assert "保存1年" in told
    assert "期满可以清理的案卷 1 件。" in told
    assert open_case(past, number).application.name == "测试申请人"


@pytest.mark.parametrize("typed", ["", "y\n", "2\n"])
def test_only_the_count_itself_confirms(
    monkeypatch: pytest.MonkeyPatch, past: DisclosureOffice, number: str, typed: str
) -> None:
    monkeypatch.setenv("INQUIRY_RETENTION", "request=1")
    assert run(monkeypatch, "retain", "--erase", typed=typed) == 1
    assert open_case(past, number).application.name == "测试申请人"


@pytest.mark.parametrize(("words", "typed"), [(["--yes"], ""), ([], "1\n")])
def test_a_confirmed_case_is_erased_and_its_chain_holds(
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    past: DisclosureOffice,
    number: str,
    words: list[str],
    typed: str,
) -> None:
    monkeypatch.setenv("INQUIRY_RETENTION", "request=1 suggestion=5")
    assert run(monkeypatch, "retain", "--erase", *words, typed=typed) == 0
    assert "已清理案卷 1 件" in capsys.readouterr().out
    assert open_case(past, number).application.name == ""
    assert audit_case(past, number).fault is None


@pytest.mark.parametrize("years", ["request", "request=0", "other=3", "request=101"])
def test_a_setting_that_cannot_be_meant_is_refused(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], years: str
) -> None:
    monkeypatch.setenv("INQUIRY_RETENTION", years)
    assert run(monkeypatch, "retain") == 1
    assert "INQUIRY_RETENTION" in capsys.readouterr().err


def test_reminders_are_listed_once(
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    past: DisclosureOffice,
    application: Application,
) -> None:
    file_request(past, application, submission_key="open")
    staff = StaffOffice(past.database, moments.now)
    create_administrator(staff, "admin", "管理员", "only-for-these-tests")
    assert run(monkeypatch, "remind") == 0
    first = capsys.readouterr().out
    assert run(monkeypatch, "remind") == 0
    assert capsys.readouterr().out == "新的提醒 0 条。\n"
    assert past.post is not None
    # Nobody is reminded on a rest day, and this test runs on any day.
    assert first == f"新的提醒 {len(unread(past.post, 'admin'))} 条。\n"
