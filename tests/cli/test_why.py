"""`why` explains a recorded answer, with or without an index to replay it on."""

import json
import os
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from answering.answering_house import TODAY, small_engine
from inquiry_service.answering.asking import ask
from inquiry_service.answering.store import record_answer
from inquiry_service.bootstrap.house import open_database
from inquiry_service.cli import main
from inquiry_service.settings import Settings


@pytest.fixture(autouse=True)
def own_home(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """No setting of the machine reaches the test, and there is no index."""
    for name in [name for name in os.environ if name.startswith("INQUIRY_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("INQUIRY_HOME", str(tmp_path / "home"))
    return tmp_path


def run(monkeypatch: pytest.MonkeyPatch, *words: str) -> int:
    monkeypatch.setattr(sys, "argv", ["inquiry-service", "why", *words])
    with pytest.raises(SystemExit) as ended:
        main()
    return ended.value.code if isinstance(ended.value.code, int) else 1


@pytest.fixture
def answer_id(tmp_path: Path) -> str:
    answer = ask(small_engine(tmp_path), "2017年收到多少件依申请公开申请？", today=TODAY)
    at = datetime(2026, 11, 22, 3, 0, tzinfo=UTC)
    with open_database(Settings.load()).begin() as connection:
        return record_answer(connection, conversation_id=None, answer=answer, at=at)


def test_a_recorded_answer_is_explained_without_an_index(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], answer_id: str
) -> None:
    assert run(monkeypatch, answer_id) == 0
    told = capsys.readouterr().out
    for words in ("读作：2017年收到多少件", "看过的材料", "给出了引文", "没有重算"):
        assert words in told
    assert run(monkeypatch, answer_id, "--json") == 0
    told = json.loads(capsys.readouterr().out)
    assert told["ended"] == "给出了引文"
    assert told["candidates"][0]["confidence"] > 0


def test_an_unknown_id_is_one_sentence(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(monkeypatch, "nothing") == 1
    assert capsys.readouterr().err == "没有找到这条回答记录。\n"


@pytest.mark.parametrize("words", [(), ("an-id", "--question", "收费吗")])
def test_neither_or_both_is_wrong_use(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], words: tuple[str, ...]
) -> None:
    assert run(monkeypatch, *words) == 2
    assert "回答编号" in capsys.readouterr().err
