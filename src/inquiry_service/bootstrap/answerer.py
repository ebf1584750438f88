"""One process that answers for the service: `python -m inquiry_service.bootstrap.answerer LINE`."""

import logging
import signal
import sys
from datetime import date
from multiprocessing.connection import Connection

from inquiry_service.answering.answer import Answer
from inquiry_service.answering.answerers import Answerers, Detail, answer_on
from inquiry_service.answering.asking import EngineHolder
from inquiry_service.bootstrap.engine import prepared_encoder
from inquiry_service.settings import Settings

COMMAND = (sys.executable, "-m", "inquiry_service.bootstrap.answerer")


def answerers(settings: Settings) -> Answerers | None:
    """Those that the settings ask for, not started yet; settings go to them as they stand here."""
    count = settings.answering_processes
    return Answerers(COMMAND, count, settings) if count else None


def main() -> None:
    """Ends when the service does: its end of the line is closed then, however it ended."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches the whole group
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
