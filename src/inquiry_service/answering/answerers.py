"""Processes that answer beside the service: of one process Python uses one processor at a time.

Each has the index and the encoder open and answers one question after the other, for the service
alone and over a line of its own. They hold nothing that has to be shared. The service answers one
question by itself; those that come meanwhile are theirs. What none of them gives, because it died
or is not up yet, the service answers after all; another takes its place.
"""

import itertools
import logging
import os
import socket
import subprocess
from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import date
from multiprocessing.connection import Connection
from queue import PriorityQueue
from threading import Event, Lock, Thread
from typing import Literal

from inquiry_service.answering.answer import Answer

Detail = Literal["quote", "passage"]
Ask = Callable[[str, date, Detail], Answer]

PATIENCE = 30.0
"""Seconds for one question: who is silent for longer is ended and replaced."""
_REST = 5.0
"""Seconds until the next try when one did not even start."""
_LEAVE = 5.0
_BROKEN = (OSError, EOFError)

_log = logging.getLogger(__name__)


class Answerers:
    """Some processes started with one command. Safe to use from many threads.

    `command` gets the number of its end of the line as last word; there it receives `greeting`
    first, and goes on with `answer_on`.
    """

    def __init__(self, command: Sequence[str], count: int, greeting: object = None) -> None:
        self._command = command
        self._greeting = greeting
        self._count = count
        self._order = itertools.count()
        self._idle: PriorityQueue[tuple[bool, int, _Process | None]] = PriorityQueue()
        self._is_idle(None)
        self._all: set[_Process] = set()
        self._lock = Lock()
        self._closing = Event()

    def start(self) -> None:
        """Return at once; each takes questions as soon as it is ready."""
        for _ in range(self._count):
            Thread(target=self._add, name="answerer", daemon=True).start()

    @property
    def process_ids(self) -> frozenset[int]:
        """Those that are ready."""
        with self._lock:
            return frozenset(process.pid for process in self._all)

    def ask(self, question: str, today: date, detail: Detail, here: Ask) -> Answer:
        """By `here` or by a process, whichever is idle; with all of them busy it is waited for."""
        process = self._idle.get()[-1]
        if process is None:
            try:
                return here(question, today, detail)
            finally:
                self._is_idle(None)
        try:
            answer = process.ask(question, today, detail)
        except Exception as fault:  # whatever came over the line or did not, there is an answer
            self._replace(process, fault)
            return here(question, today, detail)
        self._is_idle(process)
        return answer

    def close(self) -> None:
        """End them all; a question that one of them has is answered by whoever asked."""
        with self._lock:
            self._closing.set()
            for process in self._all:
                process.hang_up()
            for process in self._all:
                process.end()
            self._all.clear()

    def _add(self) -> None:
        while not self._closing.is_set():
            try:
                process = _Process(self._command, self._greeting)
            except _BROKEN as fault:
                _log.error("a process that answers did not start: %s", type(fault).__name__)
                self._closing.wait(_REST)
                continue
            self._take_in(process)
            return

    def _take_in(self, process: "_Process") -> None:
        with self._lock:
            if self._closing.is_set():
                process.end()
                return
            self._all.add(process)
            self._is_idle(process)

    def _is_idle(self, process: "_Process | None") -> None:
        """The service itself comes first: nothing crosses a line then. Then the one used last."""
        self._idle.put((process is not None, -next(self._order), process))

    def _replace(self, process: "_Process", fault: BaseException) -> None:
        with self._lock:
            self._all.discard(process)
        process.end(patience=0)
        if not self._closing.is_set():
            _log.warning("a process that answers is replaced: %s", type(fault).__name__)
            Thread(target=self._add, name="answerer", daemon=True).start()


class _Process:
    """One of them, ready. Raises one of `_BROKEN` when it is gone."""

    def __init__(self, command: Sequence[str], greeting: object) -> None:
        ours, theirs = socket.socketpair()
        with theirs:
            self._ours, self._line = ours, Connection(os.dup(ours.fileno()))
            self._process = subprocess.Popen(  # noqa: S603 - our own order, no shell
                [*command, str(theirs.fileno())], pass_fds=[theirs.fileno()]
            )
        self.pid = self._process.pid
        try:
            self._line.send(greeting)
            self._line.recv()
        except _BROKEN:
            self.end()
            raise

    def ask(self, question: str, today: date, detail: Detail) -> Answer:
        """Raises what reading raises, too, for what cannot be read: files of another release."""
        self._line.send((question, today, detail))
        if not self._line.poll(PATIENCE):
            raise TimeoutError
        answer: Answer = self._line.recv()
        return answer

    def hang_up(self) -> None:
        """It leaves then by itself; a thread that waits for its answer hears that at once."""
        with suppress(OSError):
            self._ours.shutdown(socket.SHUT_RDWR)

    def end(self, patience: float = _LEAVE) -> None:
        """One that does not leave by itself is killed."""
        self.hang_up()
        self._ours.close()
        try:
            self._process.wait(patience)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()


def answer_on(line: Connection, ask: Ask) -> None:
    """Say that one is ready, then answer until the other end is closed or gone."""
    try:
        line.send(None)
        while True:
            line.send(ask(*line.recv()))
    except (EOFError, OSError):
        line.close()
