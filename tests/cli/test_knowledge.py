"""A folder of mixed files, some hostile, loaded from the command line as an operator does it."""

import os
import sys
from pathlib import Path

import pytest

from inquiry_service.cli import main
from inquiry_service.cli.knowledge import grouped
from inquiry_service.knowledge.findings import Finding
from office_files import PASSWORD_PROTECTED, page, word, workbook, zipped
from pdf_sheets import Sheets

HOME = Path(os.environ.get("INQUIRY_HOME", Path(__file__).resolve().parents[2] / "var"))
PARAGRAPH = "为规范政府信息公开工作，提高政府工作的透明度，制定本办法。"


@pytest.fixture(autouse=True)
def own_home(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in [name for name in os.environ if name.startswith("INQUIRY_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("INQUIRY_HOME", str(tmp_path / "home"))


@pytest.fixture
def mixed(tmp_path: Path) -> Path:
    folder = tmp_path / "documents"
    folder.mkdir()
    report = "某局2022年度政府信息公开工作报告\n\n共收到申请7件，均已答复。\n"
    guide = "---\ntitle: 办事指南\nkind: guide\n---\n在市政务服务中心二楼办理。"
    files = {
        "notice.html": page("<h1>某市粮食局关于备案的通知</h1><p>请各企业按时备案，不得拖延。</p>"),
        "page.doc": page("<h1>种粮补贴办法</h1><p>每亩补贴一百二十元，按年发放。</p>"),
        "rules.docx": word("粮食收购管理办法", "第一条　为了管理粮食收购，制定本办法。"),
        "list.xlsx": workbook([("粮食企业目录",), ("企业", "收购量"), ("甲粮库有限公司", 3)]),
        "rule.pdf": Sheets().paragraph(PARAGRAPH).bytes(),
        "rule.pdf.yaml": "title: 政府信息公开办法\nkind: policy\n".encode(),
        "report.txt": report.encode("gb18030"),
        "more.zip": zipped({"指南.md": guide.encode()}),
        "secret.docx": PASSWORD_PROTECTED,
        "bomb.zip": zipped({"bomb.txt": bytes(40 * 1024 * 1024)}),
        "video.mp4": b"0000",
    }
    for name, content in files.items():
        (folder / name).write_bytes(content)
    return folder


def run(monkeypatch: pytest.MonkeyPatch, *words: str) -> int:
    monkeypatch.setattr(sys, "argv", ["inquiry-service", *words])
    with pytest.raises(SystemExit) as ended:
        main()
    return ended.value.code if isinstance(ended.value.code, int) else 1


def test_check_tells_one_line_for_each_file_and_reads_all_others(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], mixed: Path
) -> None:
    assert run(monkeypatch, "knowledge", "check", "--source", str(mixed)) == 1
    told = capsys.readouterr()
    *lines, summary = told.out.splitlines()
    assert [line.split("\t")[:2] for line in lines] == [
        ["error", "bomb.zip/bomb.txt"],
        ["warning", "page.doc"],
        ["error", "secret.docx"],
        ["warning", "video.mp4"],
    ]
    assert summary == "2 个错误，2 个提醒"
    assert "reading: 10/10" in told.err


@pytest.mark.encoder
def test_build_indexes_what_can_be_read_and_names_the_rest_at_the_end(
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    mixed: Path,
    tmp_path: Path,
) -> None:
    monkeypatch.setenv("INQUIRY_MODELS", str(HOME.resolve() / "models"))
    words = ["knowledge", "build", "--source", str(mixed), "--index", str(tmp_path / "index")]
    assert run(monkeypatch, *words) == 0
    told = capsys.readouterr()
    assert "7 份文件" in told.out
    assert told.err.index("reading: 10/10") < told.err.index("embedding:")
    errors_first = [line[:2] for line in told.err.splitlines() if line[:2] in {"错误", "提醒"}]
    assert errors_first == ["错误", "错误", "提醒", "提醒"]
    assert told.err.splitlines()[-1] == "有 2 个文件没有采用，见上"
    assert run(monkeypatch, *words, "--strict") == 1
    assert "索引没有变化" in capsys.readouterr().out


def test_errors_come_first_and_the_same_reminder_is_said_once() -> None:
    findings = [Finding(f"{n}.css", "warning", "已跳过") for n in range(5)]
    findings += [Finding("a.pdf", "error", "已损坏"), Finding("b.txt", "warning", "没有标题")]
    assert list(grouped(findings)) == [
        "错误 a.pdf：已损坏",
        "提醒 0.css、1.css、2.css 等 5 个文件：已跳过",
        "提醒 b.txt：没有标题",
    ]


def test_preview_shows_what_it_can_and_says_of_each_other_file_why_not(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], mixed: Path
) -> None:
    files = [str(mixed / name) for name in ("nowhere.txt", "secret.docx", "rules.docx")]
    assert run(monkeypatch, "knowledge", "preview", *files, str(mixed)) == 1
    told = capsys.readouterr().out
    assert told.count("不能使用：") == 3
    for said in ("没有这个文件", "文件有打开密码", "这是文件夹", "粮食收购管理办法"):
        assert said in told
