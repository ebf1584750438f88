"""Measuring one judged set: what is found, what is quoted, and how sure it was rightly."""

import hashlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TypeVar

from inquiry_service.answering.answer import Status
from inquiry_service.answering.asking import AnswerEngine
from inquiry_service.answering.calibration import Judged, auroc, kept_letting_by
from inquiry_service.answering.datasets import Dataset, Judgements
from inquiry_service.answering.encoder import Encoder
from inquiry_service.answering.evaluation import engine_for, rankings_of
from inquiry_service.answering.fitted_order import UNSEEN
from inquiry_service.answering.measured import Ledger, Row
from inquiry_service.answering.measures import measures
from inquiry_service.answering.report.cases import MISSED, SLIPPED, WRONG, Case
from inquiry_service.answering.report.targets import LONGEST_QUOTE, SLIP
from inquiry_service.answering.tallies import share

Watch = Callable[[str], Callable[[int, int], None]]
"""Given what is being done, returns whom to tell how far it is."""
_One = TypeVar("_One")


@dataclass(frozen=True)
class SetResult:
    """One set measured; `figures` are those of `targets.MEASURES` that it allows."""

    name: str
    digest: str
    index_version: str
    documents: int
    passages: int
    asked: int
    unanswerable: int
    figures: dict[str, float]
    judged: list[Judged]
    """Confidence and whether the best quote is right, for every question."""
    seconds: list[float]
    cases: list[Case]
    unseen: dict[str, float] | None = None
    """Of a set that the encoder learnt from: what it got for questions it had not seen."""

    @property
    def counts(self) -> dict[str, int]:
        """Of how many questions each figure is a share."""
        answered = round(self.figures["answered"] * self.asked)
        return {
            "questions": self.asked,
            "unanswerable_answered": self.unanswerable,
            "quote_contains_of_answered": answered,
        }


def measure_set(
    folder: Path, encoder: Encoder, cache: Path, *, today: date, limit: int | None, watch: Watch
) -> SetResult:
    """Raises `KnowledgeFault` for a set that cannot be read."""
    data = Dataset(folder)
    name = folder.resolve().name
    queries = sample(data.queries(), limit)
    without = sample(data.unanswerable(), limit)
    engine = engine_for(data, encoder, cache, watch(f"{name} 建立索引"))
    ledger = Ledger(cache / "asked", engine, today)
    rows = dict(zip(queries, ledger.rows(queries.values(), watch(f"{name} 提问")), strict=True))
    slipped = ledger.rows(without.values(), watch(f"{name} 无答案"))
    relevant, answers = data.judgements(), data.answers()
    judged = {query: right(query, row, relevant, answers) for query, row in rows.items()}
    return SetResult(
        name,
        unseen=UNSEEN.get(data.told),
        digest=hashlib.sha256(data.corpus_bytes()).hexdigest()[:16],
        index_version=engine.index_version,
        documents=engine.index.manifest.documents,
        passages=engine.index.manifest.passages,
        asked=len(rows),
        unanswerable=len(slipped),
        figures={
            **_found(engine, queries, relevant, today, watch(f"{name} 检索")),
            **_quoted(rows, answers),
            **_sure(list(rows.values()), slipped),
        },
        judged=[(row.confidence, judged[query]) for query, row in rows.items()]
        + [(row.confidence, False) for row in slipped],
        seconds=[row.seconds for row in (*rows.values(), *slipped)],
        cases=[*_cases(name, rows, judged), *_slips(name, slipped)],
    )


def sample(queries: Mapping[str, _One], limit: int | None) -> dict[str, _One]:
    """Always the same ones, and none of them for where it stands in the file."""
    if limit is None or limit >= len(queries):
        return dict(queries)
    kept = set(sorted(queries, key=lambda name: hashlib.sha256(name.encode()).digest())[:limit])
    return {query: one for query, one in queries.items() if query in kept}


def right(
    query: str, row: Row, relevant: Judgements, answers: Mapping[str, tuple[str, ...]]
) -> bool:
    """By the answer's wording where the set tells it, else by the document quoted."""
    if query in answers:
        return contains(row, answers[query])
    return relevant.get(query, {}).get(row.document or "", 0) > 0


def contains(row: Row, wordings: tuple[str, ...]) -> bool:
    quote = row.quote or ""
    return len(quote) <= LONGEST_QUOTE and any(wording in quote for wording in wordings)


def _found(
    engine: AnswerEngine,
    queries: Mapping[str, str],
    relevant: Judgements,
    today: date,
    progress: Callable[[int, int], None],
) -> dict[str, float]:
    asked = {query: text for query, text in queries.items() if query in relevant}
    if not asked:
        return {}
    rankings = rankings_of(engine, asked, today=today, progress=progress)
    return {name: figure for name, figure in measures(rankings, relevant).items() if "@" in name}


def _quoted(rows: Mapping[str, Row], answers: Mapping[str, tuple[str, ...]]) -> dict[str, float]:
    told = [(row, contains(row, answers[query])) for query, row in rows.items() if query in answers]
    if not told:
        return {}
    return {
        "quote_contains": share(is_right for _, is_right in told),
        "quote_contains_of_answered": share(
            is_right for row, is_right in told if row.status is Status.ANSWERED
        ),
    }


def _sure(rows: list[Row], slipped: list[Row]) -> dict[str, float]:
    answered = {"answered": share(row.status is Status.ANSWERED for row in rows)}
    if not slipped:
        return answered
    sure, unsure = [row.confidence for row in rows], [row.confidence for row in slipped]
    return {
        **answered,
        "auroc": auroc(sure, unsure),
        "kept": kept_letting_by(sure, unsure, SLIP),
        "unanswerable_answered": share(row.status is Status.ANSWERED for row in slipped),
    }


def _cases(name: str, rows: Mapping[str, Row], judged: Mapping[str, bool]) -> Iterator[Case]:
    for query, row in rows.items():
        if row.status is not Status.ANSWERED:
            yield Case(name, MISSED, Status.ANSWERED.value, row)
        elif not judged[query]:
            yield Case(name, WRONG, Status.ANSWERED.value, row)


def _slips(name: str, slipped: list[Row]) -> Iterator[Case]:
    for row in slipped:
        if row.status is Status.ANSWERED:
            yield Case(name, SLIPPED, Status.UNMATCHED.value, row)
