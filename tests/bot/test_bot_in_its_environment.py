"""What can only be seen with Rasa: the savings, the data, and how well the model understands."""

import os
import subprocess
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).resolve().parents[2]
BOT = REPOSITORY / "bot"
PYTHON = Path(os.environ.get("INQUIRY_BOT_PYTHON") or BOT / ".venv" / "bin" / "python")
HOME = Path(os.environ.get("INQUIRY_HOME") or REPOSITORY / "var").resolve()
MODEL = HOME / "bot" / "model.tar.gz"

pytestmark = pytest.mark.rasa


def run(*arguments: str) -> subprocess.CompletedProcess[str]:
    command = [str(PYTHON), "-W", "ignore", *arguments]
    return subprocess.run(command, cwd=REPOSITORY, capture_output=True, text=True, check=False)


def test_every_saving_of_the_launcher_gives_what_rasa_gives() -> None:
    tests = str(BOT / "tests")
    done = run("-m", "unittest", "discover", "-s", tests, "-t", tests)
    assert done.returncode == 0, done.stderr


def test_the_model_is_trained_from_the_data_that_lies_here() -> None:
    done = run(str(BOT / "training.py"), "--home", str(HOME))
    assert (done.returncode, done.stdout.strip()) == (0, "the bot's model is up to date")


def test_held_out_phrases_reach_the_right_action() -> None:
    done = run(str(BOT / "tests" / "score_nlu.py"), str(MODEL))
    assert done.returncode == 0, done.stdout
    assert "leaves the form" not in done.stdout
