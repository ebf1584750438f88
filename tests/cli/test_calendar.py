"""The working calendar by command line: shown, checked, loaded, with every load in the history."""

import getpass
import os
import sys
from pathlib import Path

import pytest

from calendar_papers import COUNTY, YEAR_2030
from inquiry_service.cli import main

ROOT = Path(__file__).resolve().parents[2]


class CommandLine:
    """Runs `inquiry-service calendar …` and keeps what the last command said."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
        self._monkeypatch, self._capsys = monkeypatch, capsys
        self.out = self.err = ""

    def __call__(self, *words: str) -> int:
        self._monkeypatch.setattr(sys, "argv", ["inquiry-service", "calendar", *words])
        with pytest.raises(SystemExit) as ended:
            main()
        self.out, self.err = self._capsys.readouterr()
        return ended.value.code if isinstance(ended.value.code, int) else 1


@pytest.fixture
def run(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> CommandLine:
    """No setting of the machine reaches the test, and nothing is written outside its folder."""
    for name in [name for name in os.environ if name.startswith("INQUIRY_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("INQUIRY_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("INQUIRY_KNOWLEDGE", str(ROOT / "knowledge"))
    return CommandLine(monkeypatch, capsys)


@pytest.fixture
def paper(tmp_path: Path) -> Path:
    file = tmp_path / "2030.yaml"
    file.write_text(YEAR_2030, encoding="utf-8")
    return file


def test_a_year_is_shown_with_grid_days_off_make_up_days_number_and_source(
    run: CommandLine,
) -> None:
    assert run("show", "2026") == 0
    assert run.out.startswith(
        "2026年工作日历\n依据：国务院办公厅关于2026年部分节假日安排的通知（国办发明电〔2025〕7号，"
    )
    assert " 9   10   11   12   13   14班 15休" in run.out
    assert "放假：2月15日至2月23日 春节\n" in run.out
    assert "调休上班：2月14日（周六）\n" in run.out
    assert run.out.endswith("全年工作日 248 天\n")


def test_a_year_without_a_notice_says_so(run: CommandLine) -> None:
    assert run("show", "2030") == 0
    assert "放假安排未公布，以下暂按周末规则。" in run.out


def test_a_notice_is_checked_without_being_loaded(run: CommandLine, paper: Path) -> None:
    assert run("check", str(paper)) == 0
    assert run.out.splitlines() == [
        "可以载入：2030年放假安排，全年工作日 253 天",
        "依据：放假安排的通知（第1号）",
        "放假：12月30日至1月1日 元旦",
        "放假：5月1日至5月3日 劳动节",
        "放假：10月1日至10月7日 国庆节",
        "调休上班：1月5日（周六）",
        *(
            f"提醒：没有名称含“{name}”的放假，请核对通知"
            for name in ("春节", "清明", "端午", "中秋")
        ),
    ]
    assert run("history") == 0
    assert run.out == "还没有载入过，使用随软件提供的放假安排。\n"


def test_county_days_are_checked_too(run: CommandLine, tmp_path: Path) -> None:
    (tmp_path / "county.yaml").write_text(COUNTY, encoding="utf-8")
    assert run("check", str(tmp_path / "county.yaml")) == 0
    assert run.out == "可以载入：地方放假 3 天，调休上班 1 天\n"


def test_a_loaded_year_is_in_force_and_in_the_history(run: CommandLine, paper: Path) -> None:
    assert run("load", str(paper), "--reason", "2030年通知") == 0
    who = getpass.getuser()
    assert run.out.startswith(f"已载入（第 1 次更改）：2030年放假安排，由 {who}。\n")
    provisional = "周四，工作日（2030年放假安排未公布，暂按周末规则）"
    assert f"  2030-05-02：原为{provisional}；现为周四，劳动节放假\n" in run.out
    assert run("show", "2030") == 0
    assert "依据：放假安排的通知（第1号）" in run.out
    assert run("history") == 0
    assert run.out.rstrip("\n").split("\t")[2:] == [who, "2030年放假安排", "2030年通知"]


def test_loaded_county_days_say_which_days_changed_and_by_which_order(
    run: CommandLine, tmp_path: Path
) -> None:
    (tmp_path / "own.yaml").write_text(COUNTY, encoding="utf-8")
    assert run("load", str(tmp_path / "own.yaml"), "--reason", "县政府通知") == 0
    assert "有 4 天的判断不同：" in run.out
    assert "现为周五，三月三（地方规定）放假" in run.out
    assert run("show", "2030") == 0
    assert "地方放假依据：县政府放假通知\n" in run.out


def test_loading_the_same_again_is_work_that_failed(run: CommandLine, paper: Path) -> None:
    run("load", str(paper), "--reason", "2030年通知")
    assert run("load", str(paper), "--reason", "再来一次") == 1
    assert run.err == "2030年的放假安排与现行内容相同，没有需要更改的，无需重复载入。\n"


def test_a_doubtful_notice_fails_the_check_and_is_wrong_use_of_load(
    run: CommandLine, paper: Path
) -> None:
    paper.write_text(YEAR_2030.replace("2030-01-05", "2030-01-04"), encoding="utf-8")
    assert run("check", str(paper)) == 1
    assert run.err == "2030.yaml：调休上班日 2030-01-04 不是周六或周日\n"
    assert run("load", str(paper), "--reason", "2030年通知") == 2
    assert run.err == "调休上班日 2030-01-04 不是周六或周日。\n"
    assert run("history") == 0
    assert run.out == "还没有载入过，使用随软件提供的放假安排。\n"


@pytest.mark.parametrize(
    "words",
    [["show", "1999"], ["show", "明年"], ["check", "没有.yaml"], ["load", "没有.yaml"], ["更新"]],
)
def test_wrong_use_ends_in_two(run: CommandLine, words: list[str]) -> None:
    assert run(*words) == 2


def test_a_load_needs_a_reason(run: CommandLine, paper: Path) -> None:
    assert run("load", str(paper)) == 2
    assert run("load", str(paper), "--reason", " ") == 2
    assert "原因" in run.err


@pytest.mark.parametrize("command", ["show", "check", "load", "history"])
def test_every_command_has_help(run: CommandLine, command: str) -> None:
    assert run(command, "--help") == 0
    assert "Usage:" in run.out
