"""What the report tells: everything asked for is measured, and under which circumstances."""

import os
import platform
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from inquiry_service.answering.asking import AnswerEngine
from inquiry_service.answering.encoder import Encoder
from inquiry_service.answering.measured import program_digest
from inquiry_service.answering.report.own import HalfResult, measure_own
from inquiry_service.answering.report.sets import SetResult, Watch, measure_set


@dataclass(frozen=True)
class Circumstances:
    """What was measured, on what, and how to do it again."""

    day: date
    command: str
    limit: int | None
    encoder: str
    encoder_digest: str
    program: str
    index_version: str | None
    documents: int
    passages: int
    machine: str


@dataclass(frozen=True)
class Measured:
    """Everything the page tells."""

    circumstances: Circumstances
    sets: list[SetResult]
    halves: list[HalfResult]


def measure_everything(
    *,
    datasets: Sequence[Path],
    questions: Sequence[Path],
    engine: AnswerEngine | None,
    encoder: Encoder,
    cache: Path,
    today: date,
    command: str,
    limit: int | None,
    reveal: bool,
    watch: Watch,
) -> Measured:
    """Ask everything that is not in the ledgers yet. `engine` may be missing without questions."""
    halves = []
    if engine is not None and questions:
        halves = measure_own(
            questions, engine, cache, today=today, limit=limit, reveal=reveal, watch=watch
        )
    sets = [
        measure_set(folder, encoder, cache, today=today, limit=limit, watch=watch)
        for folder in datasets
    ]
    return Measured(_circumstances(engine, encoder, today, command, limit), sets, halves)


def _circumstances(
    engine: AnswerEngine | None, encoder: Encoder, today: date, command: str, limit: int | None
) -> Circumstances:
    manifest = engine.index.manifest if engine else None
    return Circumstances(
        day=today,
        command=command,
        limit=limit,
        encoder=encoder.identity.model,
        encoder_digest=encoder.identity.digest[:16],
        program=program_digest(),
        index_version=manifest.index_version if manifest else None,
        documents=manifest.documents if manifest else 0,
        passages=manifest.passages if manifest else 0,
        machine=f"{platform.machine()}，{os.cpu_count()} 核，Python {platform.python_version()}",
    )
