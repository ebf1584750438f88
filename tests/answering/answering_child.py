"""A process that answers, with the encoder's twin: `answering_child.py WAY LINE`."""

import os
import signal
import sys
import time
from datetime import date
from multiprocessing.connection import Connection
from pathlib import Path

from inquiry_service.answering.answer import Answer, Status
from inquiry_service.answering.answerers import Ask, Detail, answer_on
from inquiry_service.answering.asking import EngineHolder
from inquiry_service.answering.twins import HashingEncoder


def from_the_index(folder: Path) -> Ask:
    holder = EngineHolder(folder, HashingEncoder())
    return lambda question, today, detail: holder.ask(question, today=today, detail=detail)


def beside_another(folder: Path) -> Ask:
    """Answers only once two processes have a question in hand; tells which one it is."""

    def ask(question: str, _today: date, _detail: Detail) -> Answer:
        (folder / str(os.getpid())).touch()
        while len(list(folder.iterdir())) < 2:
            time.sleep(0.01)
        return Answer(Status.ANSWERED, question, str(os.getpid()))

    return ask


def killed(_folder: Path) -> Ask:
    def ask(question: str, _today: date, _detail: Detail) -> Answer:
        os.kill(os.getpid(), signal.SIGKILL)
        return Answer(Status.FAILED, question, "")

    return ask


def silent(_folder: Path) -> Ask:
    def ask(question: str, _today: date, _detail: Detail) -> Answer:
        time.sleep(600)
        return Answer(Status.FAILED, question, "")

    return ask


def never_ready(folder: Path) -> Ask:
    (folder / str(os.getpid())).touch()
    time.sleep(600)
    return silent(folder)


class _Unreadable(Answer):
    def __reduce__(self) -> tuple[type, tuple[str]]:
        return int, ("nothing",)


def not_readable(_folder: Path) -> Ask:
    return lambda question, _today, _detail: _Unreadable(Status.ANSWERED, question, "")


if __name__ == "__main__":
    line = Connection(int(sys.argv[2]))
    answer_on(line, globals()[sys.argv[1]](line.recv()))
