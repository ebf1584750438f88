"""What people wait for: a question, a whole turn, the start of the house."""

from collections.abc import Sequence
from pathlib import Path

from benching import encoding
from benching.figures import Times, table
from benching.house import answer, house, turn, waited
from inquiry_service.answering.encoder import Encoder
from inquiry_service.settings import Settings

AT_ONCE = (1, 2, 8)
QUESTIONS = {1: 300, 2: 400, 8: 400}
TURNS = {1: 60, 2: 80, 8: 160}
SESSIONS = 2


def page(
    settings: Settings, model: Encoder, questions: Sequence[str], home: Path, index: Path
) -> tuple[list[str], float, float]:
    """The lines, and the middle time of the bare encoder and of the API."""
    bare = encoding.questions_alone(model, questions, QUESTIONS[1])
    rate = encoding.questions_at_once(model, questions, QUESTIONS[1] * 2, SESSIONS)
    rows = [_row("the bare encoder", 1, bare, bare.median, rate)]
    rows.append(("the bare encoder, two sessions", str(SESSIONS), "", "", f"{rate:.0f}", "", "1"))
    with house(settings, home, index) as running:
        running.wait()
        waited(answer, running.port, questions, 2, len(questions))
        first = 0.0
        for at_once, count in QUESTIONS.items():
            times = waited(answer, running.port, questions, at_once, count)
            first = first or times.median
            rows.append(_row("`POST /api/v1/answers`", at_once, times, bare.median, rate))
        waited(turn, running.port, questions, 2, 8)
        for at_once, count in TURNS.items():
            times = waited(turn, running.port, questions, at_once, count)
            rows.append(_row("a whole turn with Rasa", at_once, times, bare.median, rate))
        sizes = running.memory()
        started = [
            ("service", f"{running.service_seconds:.1f} s", f"{sizes.get('service', 0):.0f} MB"),
            ("Rasa", f"{running.rasa_seconds:.1f} s", f"{sizes.get('Rasa', 0):.0f} MB"),
        ]
    head = ("what", "at once", "p50", "p95", "a second", "of the encoder's p50", "of its rate")
    lines = ["\n## Waiting\n", *table(head, rows), ""]
    lines += table(("part", "answers after", "memory"), started)
    return lines, bare.median, first


def _row(name: str, at_once: int, times: Times, median: float, rate: float) -> tuple[str, ...]:
    return (
        name,
        str(at_once),
        f"{times.median:.1f} ms",
        f"{times.late:.1f} ms",
        f"{times.rate:.0f}",
        f"{times.median / median:.2f}",
        f"{times.rate / rate:.2f}",
    )
