"""A Word document as PDF, by the LibreOffice of this machine where there is one."""

import logging
import os
import signal
import subprocess
import tempfile
from contextlib import suppress
from pathlib import Path

from inquiry_service.knowledge.readers.office import order_to_convert, soffice

_log = logging.getLogger(__name__)

_SECONDS = 90


def to_pdf(docx: bytes, *, seconds: float = _SECONDS) -> bytes | None:
    """The PDF; None without LibreOffice, or when it fails or takes longer than `seconds`.

    The Word document stays the letter: a PDF is a convenience and never holds one up.
    """
    program = soffice()
    if program is None:
        return None
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
