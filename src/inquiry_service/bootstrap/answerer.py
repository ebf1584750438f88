"""One process that answers for the service: `python -m inquiry_service.bootstrap.answerer LINE`."""

import logging
import signal
import sys
from contextlib import suppress
from datetime import date
from multiprocessing.connection import Connection
from pathlib import Path

from inquiry_service.answering.answer import Answer
from inquiry_service.answering.answerers import Answerers, Detail, answer_on
from inquiry_service.answering.asking import EngineHolder
from inquiry_service.bootstrap.engine import prepared_encoder
from inquiry_service.bootstrap.machine import gigabytes, processors
from inquiry_service.settings import Settings

COMMAND = (sys.executable, "-m", "inquiry_service.bootstrap.answerer")

_USUAL = 3
_GIGABYTES_KEPT = 2
"""For the service itself, Rasa and the machine."""
_FIRST_TO_GO = "500"


def answerers(settings: Settings) -> Answerers | None:
    """Those that the settings ask for, not started yet; settings go to them as they stand here."""
    count = settings.answerers
    if count is None:
        count = usual_count(processors(), gigabytes())
    return Answerers(COMMAND, count, settings) if count else None


def usual_count(processors: int, gigabytes: float) -> int:
    """How many suit a machine: a processor each, and twice the memory that one takes on ours."""
    return max(0, min(processors - 1, int(gigabytes) - _GIGABYTES_KEPT, _USUAL))


def main() -> None:
    """Ends when the service does: its end of the line is closed then, however it ended."""
    for told in (signal.SIGINT, signal.SIGTERM):  # reach the whole group: the service ends first
        signal.signal(told, signal.SIG_IGN)
    with suppress(OSError):  # where memory runs out, the service and its neighbours stay
        Path("/proc/self/oom_score_adj").write_text(_FIRST_TO_GO)
    line = Connection(int(sys.argv[1]))
    settings: Settings = line.recv()
    logging.basicConfig(
        level=settings.log_level.upper(), format="%(asctime)s %(levelname)s %(name)s %(message)s"
    )
    holder = EngineHolder(settings.index_folder, prepared_encoder(settings))
    _ = holder.current  # opened before the first question comes

    def ask(question: str, today: date, detail: Detail) -> Answer:
        return holder.ask(question, today=today, detail=detail)

    answer_on(line, ask)


if __name__ == "__main__":
    main()
