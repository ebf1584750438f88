"""How many processes answer beside the service where nobody said how many."""

from pathlib import Path

import pytest

from inquiry_service.bootstrap.answerer import usual_count
from inquiry_service.bootstrap.machine import gigabytes, processors
from inquiry_service.settings import Settings


@pytest.mark.parametrize(
    ("cores", "memory", "count"),
    [(1, 64, 0), (2, 15.6, 1), (4, 15.6, 3), (64, 251.5, 3), (8, 1.9, 0), (8, 3.8, 1), (8, 0.5, 0)],
)
def test_a_small_machine_has_few_or_none(cores: int, memory: float, count: int) -> None:
    assert usual_count(cores, memory) == count


def test_a_container_has_no_more_memory_than_it_may_take(tmp_path: Path) -> None:
    limit = tmp_path / "memory.max"
    whole = gigabytes(limit)
    assert whole > 0
    limit.write_text("max\n")
    assert gigabytes(limit) == whole
    limit.write_text(f"{2**28}\n")
    assert gigabytes(limit) == 0.25
    assert processors() >= 1


def test_an_empty_setting_means_what_suits_the_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("INQUIRY_ANSWERERS", "")
    assert Settings.load().answerers is None
