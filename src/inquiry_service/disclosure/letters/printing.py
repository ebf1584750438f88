"""A Word document as PDF, by the LibreOffice of this machine where there is one."""

import logging
import os
import signal
import subprocess
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from inquiry_service.knowledge.readers.office import order_to_convert, soffice

_log = logging.getLogger(__name__)

_SECONDS = 90
MOST_AT_ONCE = 4
"""Asked for at the same time; whoever comes then is refused at once and holds up nobody else."""
_PATIENCE = 60.0
"""Seconds that one waits for those before it: they are made one by one, each takes a processor."""

_ROOM = threading.BoundedSemaphore(MOST_AT_ONCE)
_AT_WORK = threading.Lock()


def to_pdf(docx: bytes, *, seconds: float = _SECONDS) -> bytes | None:
    """The PDF; None without LibreOffice, when it fails or is too slow, or when too many wait.

    The Word document stays the letter: a PDF is a convenience and never holds one up.
    """
    program = soffice()
    if program is None:
        return None
    with _turn() as ours:
        return _made(program, docx, seconds) if ours else None


@contextmanager
def _turn() -> Iterator[bool]:
    """Whether it is our turn now: each conversion is a program of its own."""
    if not _ROOM.acquire(blocking=False):
        yield False
        return
    ours = False
    try:
        ours = _AT_WORK.acquire(timeout=_PATIENCE)
        yield ours
    finally:
        if ours:
            _AT_WORK.release()
        _ROOM.release()


def _made(program: str, docx: bytes, seconds: float) -> bytes | None:
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as name:
        folder = Path(name)
        order, environment = order_to_convert(program, folder, docx, "docx", "pdf")
        if not _ended(order, environment, seconds):
            _log.warning("LibreOffice made no PDF within %s seconds", seconds)
            return None
        with suppress(OSError):
            return (folder / "out" / "file.pdf").read_bytes()
    _log.warning("LibreOffice made no PDF of a letter")
    return None


def _ended(order: list[str], environment: dict[str, str], seconds: float) -> bool:
    """Whether it ended in time. Its children are ended with it: it starts some of its own."""
    process = subprocess.Popen(  # noqa: S603 - our own order, no shell
        order,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        process.wait(timeout=seconds)
    except subprocess.TimeoutExpired:
        return False
    else:
        return True
    finally:
        if process.poll() is None:
            with suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()
