"""The command line as an operator meets it: exit codes, sentences, data on standard output."""

import io
import json
import os
import socket
import sys
from pathlib import Path

import pytest

from inquiry_service.cli import main
from inquiry_service.cli.knowledge import left_out
from inquiry_service.knowledge.findings import Finding
from inquiry_service.storage import Database

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(autouse=True)
def own_home(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """No setting of the machine reaches the test, and nothing is written outside its folder."""
    for name in [name for name in os.environ if name.startswith("INQUIRY_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("INQUIRY_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("INQUIRY_KNOWLEDGE", str(ROOT / "knowledge"))
    return tmp_path


def run(monkeypatch: pytest.MonkeyPatch, *words: str) -> int:
    """The exit code of one command."""
    monkeypatch.setattr(sys, "argv", ["inquiry-service", *words])
    with pytest.raises(SystemExit) as ended:
        main()
    return ended.value.code if isinstance(ended.value.code, int) else 1


def test_the_due_date_comes_with_its_steps_as_json(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(monkeypatch, "disclosure", "due", "--received", "2025-09-28", "--json") == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["received"], told["due"], told["provisional"]) == (
        "2025-09-28",
        "2025-10-31",
        False,
    )
    assert told["steps"][0] == {
        "date": "2025-09-29",
        "counts": True,
        "day": 1,
        "reason": told["steps"][0]["reason"],
    }


@pytest.mark.parametrize(
    ("events", "due"),
    [
        (["third_party:2026-03-09..2026-03-20"], "2026-04-13"),
        (["correction:2026-03-04..2026-03-16"], "2026-04-14"),
        (["extension:20"], "2026-04-28"),
    ],
)
def test_events_move_the_due_date(
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    events: list[str],
    due: str,
) -> None:
    words = [word for event in events for word in ("--event", event)]
    assert run(monkeypatch, "disclosure", "due", "--received", "2026-03-02", *words) == 0
    assert f"答复期限：{due}" in capsys.readouterr().out


def test_a_date_beyond_the_published_calendar_is_marked_provisional(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(monkeypatch, "disclosure", "due", "--received", "2026-12-15") == 0
    told = capsys.readouterr().out
    assert "（暂定）" in told
    assert told.splitlines()[0] == "2026-12-16    1  周三，工作日，计入第1个工作日"


@pytest.mark.parametrize(
    "words",
    [
        ["disclosure", "due"],
        ["disclosure", "due", "--received", "yesterday"],
        ["no-such-command"],
        ["ask"],
        ["evaluate", "retrieval", "--dataset", "no-such-folder", "--run", "x"],
        ["evaluate", "report", "--sets-only", "--out", "x"],
    ],
)
def test_wrong_use_ends_with_2(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], words: list[str]
) -> None:
    assert run(monkeypatch, *words) == 2
    assert capsys.readouterr().err


@pytest.mark.parametrize("event", ["holiday:2026-03-04", "extension:21", "correction:2026-03-04"])
def test_an_event_that_cannot_be_is_refused_in_words(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], event: str
) -> None:
    words = ["disclosure", "due", "--received", "2026-03-02", "--event", event]
    assert run(monkeypatch, *words) == 2
    told = capsys.readouterr().err
    assert event.partition(":")[0] in told or "延长" in told
    assert "处需要修改" not in told


def test_a_question_without_an_index_says_what_to_do(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    monkeypatch.setenv("INQUIRY_ENCODER_MODEL", str(tmp_path / "no-model"))
    assert run(monkeypatch, "ask", "怎么申请") == 1
    assert "INQUIRY_ENCODER_MODEL" in capsys.readouterr().err


def test_knowledge_check_names_every_finding_and_fails_on_errors(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    folder = tmp_path / "documents"
    folder.mkdir()
    (folder / "bad.md").write_text("---\ntitle: 坏日期\nkind: nonsense\n---\n正文。\n", "utf-8")
    (folder / "binary.txt").write_bytes(b"\x00\x01\x02\xff" * 50)
    assert run(monkeypatch, "knowledge", "check", "--source", str(folder)) == 1
    told = capsys.readouterr().out
    assert "bad.md" in told
    assert "binary.txt" in told


def test_the_shipped_knowledge_passes_its_own_check(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(monkeypatch, "knowledge", "check") == 0
    assert capsys.readouterr().out.strip().endswith("0 个错误，0 个提醒")


def test_a_missing_source_folder_is_one_sentence(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(monkeypatch, "knowledge", "check", "--source", "no-such-folder") == 1
    assert "no-such-folder" in capsys.readouterr().err


def test_the_first_administrator_is_made_from_a_piped_password(
    monkeypatch: pytest.MonkeyPatch, own_home: Path
) -> None:
    monkeypatch.setattr(sys, "stdin", io.StringIO("a-long-enough-password\n"))
    words = ["staff", "create-administrator", "--login", "office", "--name", "信息公开岗"]
    assert run(monkeypatch, *words) == 0
    database = Database.open(f"sqlite:///{own_home / 'home' / 'inquiry.db'}")
    with database.read() as connection:
        stored = connection.exec_driver_sql("SELECT login, password_hash FROM staff_members")
        login, password_hash = stored.one()
    database.close()
    assert login == "office"
    assert password_hash.startswith("$argon2id$")


def test_accounts_are_made_with_a_role_and_listed(
    monkeypatch: pytest.MonkeyPatch, own_home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for login, role in (("head-one", "head"), ("clerk-one", "经办人")):
        monkeypatch.setattr(sys, "stdin", io.StringIO("a-long-enough-password\n"))
        assert run(monkeypatch, "staff", "add", login, "--name", "某岗", "--role", role) == 0
    assert run(monkeypatch, "staff", "list") == 0
    assert "clerk-one\t经办人\t某岗\nhead-one\t负责人\t某岗" in capsys.readouterr().out
    assert run(monkeypatch, "staff", "mail", "clerk-one", "one@example.gov.cn") == 0
    assert run(monkeypatch, "staff", "list") == 0
    told = capsys.readouterr().out
    assert "clerk-one\t经办人\t某岗\t邮件提醒" in told
    assert "one@example.gov.cn" not in told
    assert run(monkeypatch, "staff", "mail", "clerk-one") == 0
    assert "不再发邮件" in capsys.readouterr().out
    assert run(monkeypatch, "staff", "add", "x-one", "--name", "某岗", "--role", "boss") != 0
    assert "reviewer（审查人）" in capsys.readouterr().err


def test_a_short_password_is_refused(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "stdin", io.StringIO("short\n"))
    words = ["staff", "create-administrator", "--login", "office", "--name", "信息公开岗"]
    assert run(monkeypatch, *words) == 2
    assert "密码" in capsys.readouterr().err


@pytest.mark.parametrize("command", [["database", "upgrade"], ["demo"], ["serve"]])
def test_production_without_a_secret_is_refused_and_the_setting_is_named(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], command: list[str]
) -> None:
    monkeypatch.setenv("INQUIRY_ENVIRONMENT", "production")
    assert run(monkeypatch, *command) == 1
    assert "INQUIRY_SECRET_KEY" in capsys.readouterr().err


def test_demonstration_cases_are_refused_in_production(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("INQUIRY_ENVIRONMENT", "production")
    monkeypatch.setenv("INQUIRY_SECRET_KEY", "k" * 40)
    assert run(monkeypatch, "demo") == 1
    assert "INQUIRY_ENVIRONMENT" in capsys.readouterr().err


def test_a_setting_that_cannot_be_is_named(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("INQUIRY_PORT", "eighty")
    assert run(monkeypatch, "serve") == 1
    assert "INQUIRY_PORT" in capsys.readouterr().err


@pytest.mark.parametrize(
    "address", ["nonsense", "nobody://x/y", "postgresql+psycopg://a:hunter2@127.0.0.1:1/x"]
)
def test_a_database_that_cannot_be_reached_is_one_sentence_without_the_password(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], address: str
) -> None:
    monkeypatch.setenv("INQUIRY_DATABASE_URL", address)
    assert run(monkeypatch, "database", "upgrade") == 1
    told = capsys.readouterr().err
    assert told.startswith("设置 INQUIRY_DATABASE_URL 有误")
    assert "hunter2" not in told


def test_a_home_that_cannot_be_made_is_named(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    (tmp_path / "file").touch()
    monkeypatch.setenv("INQUIRY_HOME", str(tmp_path / "file" / "home"))
    assert run(monkeypatch, "database", "upgrade") == 1
    assert capsys.readouterr().err.startswith("设置 INQUIRY_HOME 有误")


def test_serving_on_a_taken_port_ends_with_1_and_names_the_setting(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        monkeypatch.setenv("INQUIRY_PORT", str(taken.getsockname()[1]))
        assert run(monkeypatch, "serve") == 1
    assert "已被占用" in capsys.readouterr().err


def test_every_command_has_help(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    commands = [
        ["serve"],
        ["up"],
        ["ask"],
        ["why"],
        ["demo"],
        ["settings"],
        ["encoder", "prepare"],
        ["knowledge", "build"],
        ["knowledge", "check"],
        ["evaluate", "retrieval"],
        ["evaluate", "answers"],
        ["evaluate", "questions"],
        ["evaluate", "report"],
        ["disclosure", "due"],
        ["staff", "create-administrator"],
        ["staff", "add"],
        ["staff", "mail"],
        ["staff", "list"],
        ["database", "upgrade"],
    ]
    for command in commands:
        assert run(monkeypatch, *command, "--help") == 0
        assert "Usage" in capsys.readouterr().out


def test_a_build_says_at_the_end_how_many_files_it_left_out() -> None:
    findings = [Finding("a.md", "error", "没有正文"), Finding("b.md", "warning", "没有标题")]
    assert left_out(findings) == "有 1 个文件没有采用，见上"
    assert left_out(findings[1:]) == ""
