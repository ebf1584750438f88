"""Processes that answer beside the service: of one process Python uses one processor at a time.

Each has the index and the encoder open and answers one question after the other, for the service
alone and over a line of its own. They hold nothing that has to be shared and write nothing, so any
of them may be killed at any time. The service answers one question by itself; those that come
meanwhile are theirs. What none of them gives, because it died, failed or is not up yet, the service
answers after all; another takes its place.
"""

import logging
import subprocess
import time
from collections.abc import Callable, Sequence
from datetime import date
from multiprocessing import Pipe
from multiprocessing.connection import Connection
from threading import Condition, Event, Thread
from typing import Literal

from inquiry_service.answering.answer import Answer, Status

Detail = Literal["quote", "passage"]
Ask = Callable[[str, date, Detail], Answer]

PATIENCE = 5.0
"""Seconds for one question: who is silent for longer is killed and replaced.

Much less than the lease of a turn, or the same message could be computed twice.
"""
_REST, _LONGEST_REST = 1.0, 300.0
"""Seconds before another takes the place: doubled for as long as none of them stays."""
_STAYED = 60.0

_log = logging.getLogger(__name__)


class Answerers:
    """Some processes started with one command. Safe to use from many threads.

    `command` gets the number of its end of the line as last word; there it receives `greeting`
    first, and goes on with `answer_on`.
    """

    def __init__(
        self,
        command: Sequence[str],
        count: int,
        greeting: object = None,
        *,
        patience: float = PATIENCE,
    ) -> None:
        self._command = command
        self._count = count
        self._greeting = greeting
        self._patience = patience
        self._all: set[_Process] = set()
        self._idle: list[_Process | None] = [None]
        self._changed = Condition()
        self._closing = Event()

    def start(self) -> None:
        """Return at once; each takes questions as soon as it is ready."""
        for _ in range(self._count):
            Thread(target=self._keep_one, name="answerer", daemon=True).start()

    @property
    def process_ids(self) -> frozenset[int]:
        """Those that are ready."""
        with self._changed:
            return frozenset(process.pid for process in self._all if process.ready)

    def ask(self, question: str, today: date, detail: Detail, here: Ask) -> Answer:
        """By `here` or by a process, whichever is idle; with all of them busy it is waited for."""
        process = self._next_idle()
        if process is None:
            try:
                return here(question, today, detail)
            finally:
                self._is_idle(None)
        try:
            answer = process.ask(question, today, detail, self._patience)
        except Exception as fault:  # whatever came over the line or did not, there is an answer
            _log.warning("a process that answers gave no answer: %s", type(fault).__name__)
            process.kill()
            return here(question, today, detail)
        self._is_idle(process)
        # It may lack what the service has: one that starts beside a broken index opens none.
        return here(question, today, detail) if answer.status is Status.FAILED else answer

    def close(self) -> None:
        """End them all; a question that one of them has is answered by whoever asked."""
        with self._changed:
            self._closing.set()
            ending = tuple(self._all)
        for process in ending:
            process.kill()
        for process in ending:
            process.wait()

    def _next_idle(self) -> "_Process | None":
        """The service itself comes first: nothing crosses a line then. Then the one used last."""
        with self._changed:
            self._changed.wait_for(lambda: self._idle)
            return self._idle.pop(0 if self._idle[0] is None else -1)

    def _is_idle(self, process: "_Process | None") -> None:
        with self._changed:
            if process is None:
                self._idle.insert(0, None)
            elif process in self._all:
                self._idle.append(process)
            self._changed.notify()

    def _keep_one(self) -> None:
        """Fill one place again and again, until the end."""
        rest = _REST
        while not self._closing.is_set():
            started = time.monotonic()
            try:
                self._have_one()
            except (OSError, EOFError) as fault:
                self._tell("a process that answers did not start: %s", type(fault).__name__)
            rest = rest_after(rest, time.monotonic() - started)
            self._closing.wait(rest)

    def _have_one(self) -> None:
        """From its start to its end, whatever ends it."""
        with self._changed:
            if self._closing.is_set():
                return
            process = _Process(self._command)
            self._all.add(process)
        try:
            process.greet(self._greeting)
            self._is_idle(process)
            process.wait()
        finally:
            process.kill()
            process.wait()
            with self._changed:
                self._all.discard(process)
                self._idle = [one for one in self._idle if one is not process]
        self._tell("a process that answers has ended, another takes its place: %d", process.pid)

    def _tell(self, what: str, of: object) -> None:
        if not self._closing.is_set():
            _log.warning(what, of)


def rest_after(rest: float, lived: float) -> float:
    """Seconds until the next start, when the one before came after `rest` and lived that long."""
    return _REST if lived > _STAYED else min(2 * rest, _LONGEST_REST)


class _Process:
    """One of them. What is asked of one that is gone raises `OSError` or `EOFError`."""

    def __init__(self, command: Sequence[str]) -> None:
        self._line, theirs = Pipe()
        with theirs:
            self._process = subprocess.Popen(  # noqa: S603 - our own order, no shell
                [*command, str(theirs.fileno())], pass_fds=[theirs.fileno()]
            )
        self.pid = self._process.pid
        self.ready = False

    def greet(self, greeting: object) -> None:
        """Return when it is ready, however long it opens what it needs."""
        self._line.send(greeting)
        self._line.recv()
        self.ready = True

    def ask(self, question: str, today: date, detail: Detail, patience: float) -> Answer:
        """Raises what reading raises, too, for what cannot be read: files of another release."""
        self._line.send((question, today, detail))
        if not self._line.poll(patience):
            raise TimeoutError
        answer: Answer = self._line.recv()
        return answer

    def kill(self) -> None:
        """Whoever waits for its answer hears that at once."""
        self._process.kill()

    def wait(self) -> None:
        self._process.wait()


def answer_on(line: Connection, ask: Ask) -> None:
    """Say that one is ready, then answer until the other end is closed or gone."""
    try:
        line.send(None)
        while True:
            line.send(ask(*line.recv()))
    except (EOFError, OSError):
        line.close()
