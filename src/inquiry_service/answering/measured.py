"""What one question gave, as a row that can be kept and measured again.

The same index, program, day and question give the same answer, so rows are kept in a ledger under
exactly that name: a report that is only drawn anew asks nothing twice, and one that was broken off
goes on where it stopped.
"""

import hashlib
import json
import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict, dataclass, field
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from inquiry_service.answering.answer import Answer, Status
from inquiry_service.answering.asking import MAX_QUESTION, AnswerEngine, ask, quotes_near
from inquiry_service.answering.question_sets import Given
from inquiry_service.errors import BadInput

Progress = Callable[[int, int], None]
"""Told how many questions are asked, and how many there are."""

_MOST_LEDGERS = 24
"""Kept, those used last: a report needs one for each set, and each change makes new ones."""
_ROOMS = ("answering", "knowledge")
_PROGRAM_FILES = ("*.py", "*.yaml", "*.json", "*.npz", "*.txt")
_NOT_ANSWERING = (
    "report",
    "calibration",
    "evaluation",
    "measur",
    "question_sets",
    "datasets",
    "tallies",
)
"""Files beginning so change how answers are measured, not what they are."""


class Weighed(NamedTuple):
    """A candidate that was considered, best first."""

    document_id: str
    dense: float
    lexical: float
    fused: float
    confidence: float
    objection: str


@dataclass(frozen=True, slots=True)
class Row:
    """One question with its ending. `quote` is the best there was, given or not."""

    question: str
    status: Status
    confidence: float
    """The probability that the best quote answers, whatever the ending."""
    seconds: float
    quote: str | None = None
    quotes: tuple[tuple[str, str], ...] = ()
    """document_id and wording of what was given; nothing when nothing was."""
    document: str | None = None
    rule: str = ""
    features: Mapping[str, float] = field(default_factory=dict)
    candidates: tuple[Weighed, ...] = ()

    @property
    def given(self) -> Given:
        return Given(self.status, self.quotes)


def ended(engine: AnswerEngine, question: str, *, today: date) -> Answer:
    """As the public is answered; what cannot even be asked ends in `REFUSED`, never in a fault."""
    try:
        return ask(engine, question[:MAX_QUESTION], today=today)
    except BadInput:
        return Answer(Status.REFUSED, question, "", index_version=engine.index_version)


def measured(engine: AnswerEngine, question: str, *, today: date) -> Row:
    """Ask, taking the time; where nothing was given, look which quote came nearest."""
    started = time.perf_counter()
    answer = ended(engine, question, today=today)
    seconds = time.perf_counter() - started
    quote = answer.quote
    document = answer.citations[0].document_id if answer.citations else None
    if quote is None and answer.status not in (Status.REFUSED, Status.FAILED):
        asked = question[:MAX_QUESTION]
        for citation, wording in quotes_near(engine, asked, today=today, most=1, at_least=0.0):
            quote, document = wording, citation.document_id
    return Row(
        question,
        answer.status,
        answer.confidence,
        round(seconds, 6),
        quote=quote,
        quotes=Given.of(answer).quotes,
        document=document,
        rule=answer.trace.rule,
        features=answer.trace.features,
        candidates=tuple(
            Weighed(
                one.document_id, one.dense, one.lexical, one.fused, one.confidence, one.objection
            )
            for one in answer.trace.candidates
        ),
    )


class Ledger:
    """Rows of one index, program and day, kept in a file that only grows."""

    def __init__(self, folder: Path, engine: AnswerEngine, today: date) -> None:
        self._engine, self._today = engine, today
        name = f"{engine.index_version}{engine.encoder.identity!r}{program_digest()}{today}"
        self._path = folder / f"{hashlib.sha256(name.encode()).hexdigest()[:16]}.jsonl"
        self._rows = dict(_kept_in(self._path))

    def rows(self, questions: Iterable[str], progress: Progress) -> list[Row]:
        """A row for each question, in order; only those not asked before are asked."""
        listed = list(questions)
        _begin(self._path)
        fresh = [question for question in dict.fromkeys(listed) if question not in self._rows]
        with self._path.open("a", encoding="utf-8") as file:
            for number, question in enumerate(fresh, 1):
                row = measured(self._engine, question, today=self._today)
                self._rows[question] = row
                if row.status is not Status.FAILED:
                    # The line break first: it also ends a line that a kill cut short.
                    file.write("\n" + json.dumps(asdict(row), ensure_ascii=False))
                    file.flush()
                progress(number, len(fresh))
        return [self._rows[question] for question in listed]


@cache
def program_digest() -> str:
    """Of every file that may change an answer: the code that reads, finds, judges and quotes."""
    root = Path(__file__).parent.parent
    files = sorted(
        path for room in _ROOMS for kind in _PROGRAM_FILES for path in (root / room).rglob(kind)
    )
    digest = hashlib.sha256()
    for path in files:
        name = path.relative_to(root)
        if not name.parts[1].startswith(_NOT_ANSWERING):
            digest.update(f"{name}\x00".encode() + path.read_bytes())
    return digest.hexdigest()[:16]


def _begin(ledger: Path) -> None:
    """Mark the ledger as used now, and drop those that were not used for longest."""
    ledger.parent.mkdir(parents=True, exist_ok=True)
    ledger.touch()
    others = ((each, _used(each)) for each in ledger.parent.glob("*.jsonl") if each != ledger)
    newest = sorted(others, key=lambda each: each[1], reverse=True)
    for old, _ in newest[_MOST_LEDGERS - 1 :]:
        old.unlink(missing_ok=True)


def _used(ledger: Path) -> float:
    """Nothing for one that another report has just dropped."""
    try:
        return ledger.stat().st_mtime
    except FileNotFoundError:
        return 0.0


def _kept_in(path: Path) -> Iterable[tuple[str, Row]]:
    """What a line that a kill cut short told is asked again."""
    if not path.exists():
        return
    for line in path.read_text(encoding="utf-8").split("\n"):
        try:
            row = _row(json.loads(line))
        except (ValueError, KeyError, TypeError):
            continue
        yield row.question, row


def _row(told: dict[str, Any]) -> Row:
    told["status"] = Status(told["status"])
    told["quotes"] = tuple((document, wording) for document, wording in told["quotes"])
    told["candidates"] = tuple(Weighed(*one) for one in told["candidates"])
    return Row(**told)
