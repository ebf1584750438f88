"""`disclosure due` by command line: every vector and worked example of the law.

The vectors were counted by hand from the notices on days off; the command must come to each.
"""

import json
import os
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from inquiry_service.cli.app import app

ROOT = Path(__file__).resolve().parents[2]
VECTORS = [
    ("2026-01-05", "2026-02-02", "2026-03-06"),
    ("2026-02-10", "2026-03-16", "2026-04-14"),
    ("2026-02-14", "2026-03-20", "2026-04-20"),
    ("2026-04-03", "2026-05-07", "2026-06-03"),
    ("2026-09-20", "2026-10-23", "2026-11-20"),
    ("2026-09-22", "2026-10-27", "2026-11-24"),
    ("2026-09-30", "2026-11-03", "2026-12-01"),
    ("2025-09-28", "2025-10-31", "2025-11-28"),
]
"""Receipt, and the twentieth and fortieth working day after it."""
COUNTY = """days_off:
  - {date: 2026-03-30, name: 县庆日, basis: 测试用的县政府通知}
"""


def told(home: Path, *words: str, **settings: str) -> Result:
    """What the command says, with none of the machine's settings."""
    none = {name: None for name in os.environ if name.startswith("INQUIRY_")}
    own = {"INQUIRY_HOME": str(home), "INQUIRY_KNOWLEDGE": str(ROOT / "knowledge")}
    return CliRunner().invoke(app, words, env={**none, **own, **settings})


def due(home: Path, received: str, *events: str, **settings: str) -> str:
    words = [word for event in events for word in ("--event", event)]
    said = told(home, "disclosure", "due", "--received", received, *words, "--json", **settings)
    assert said.exit_code == 0, said.stderr
    found = json.loads(said.stdout)
    assert found["steps"][-1]["date"] == found["due"]
    return str(found["due"])


@pytest.mark.parametrize(("received", "twentieth", "fortieth"), VECTORS)
def test_every_vector_comes_out_by_command_line(
    tmp_path: Path, received: str, twentieth: str, fortieth: str
) -> None:
    assert due(tmp_path, received) == twentieth
    assert due(tmp_path, received, "extension:20") == fortieth


@pytest.mark.parametrize(
    ("event", "expected"),
    [
        ("third_party:2026-03-09..2026-03-20", "2026-04-13"),
        ("agency:2026-03-09..2026-03-20", "2026-04-13"),
        ("correction:2026-03-09..2026-03-16", "2026-04-14"),
        ("extension:20", "2026-04-28"),
    ],
)
def test_the_worked_example_comes_out_by_command_line(
    tmp_path: Path, event: str, expected: str
) -> None:
    assert due(tmp_path, "2026-03-02") == "2026-03-30"
    assert due(tmp_path, "2026-03-02", event) == expected


def test_a_fee_is_counted_and_said_to_be_unverified_on_the_side(tmp_path: Path) -> None:
    words = ["disclosure", "due", "--received", "2026-03-02", "--json"]
    said = told(tmp_path, *words, "--event", "fee:2026-03-04..2026-03-16")
    assert json.loads(said.stdout)["due"] == "2026-04-14"
    assert "109号" in said.stderr
    assert "尚未核实" in said.stderr
    assert told(tmp_path, *words).stderr == ""


def test_the_boundary_of_a_consultation_is_the_bureaus_setting_and_only_if_it_is_set(
    tmp_path: Path,
) -> None:
    event = "third_party:2026-03-09..2026-03-20"
    assert due(tmp_path, "2026-03-02", event) == "2026-04-13"
    from_asking = {"INQUIRY_CONSULTATION_DAYS": "from_asking"}
    assert due(tmp_path, "2026-03-02", event, **from_asking) == "2026-04-14"


def test_asking_for_a_date_makes_no_database(tmp_path: Path) -> None:
    due(tmp_path / "home", "2026-03-02")
    assert not (tmp_path / "home").exists()


def test_what_was_loaded_while_the_service_ran_counts(tmp_path: Path) -> None:
    notice = tmp_path / "county.yaml"
    notice.write_text(COUNTY)
    loaded = told(tmp_path, "calendar", "load", str(notice), "--reason", "县庆")
    assert loaded.exit_code == 0, loaded.stderr
    assert due(tmp_path, "2026-03-02") == "2026-03-31"
