"""Formats that are parsed by big libraries are read in a process of their own.

A file that crashes a library, fills the memory or never ends costs that process, and becomes one
sentence; the next file gets a new one. The process is warm: it is used again and again. It is
given no settings of the service (so no secrets) and a scratch folder, and speaks over pipes only.
"""

import json
import logging
import os
import select
import signal
import struct
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping
from contextlib import suppress
from types import TracebackType
from typing import IO, Any, Self

from inquiry_service.knowledge.readers.extracted import Attached, Extracted, Unreadable
from inquiry_service.knowledge.readers.limits import LIMITS, MB, Format, Limit

_log = logging.getLogger(__name__)

LENGTH = struct.Struct(">Q")
_READS_BEFORE_RENEWAL = 300
"""Libraries leak; a new process now and then forgets."""
_START = "from inquiry_service.knowledge.readers.worker import serve; serve()"
_CHUNK = 1 << 20
_MAX_REPLY = 256 * MB
_PASSED_ON = ("PATH", "HOME", "LANG", "LC_ALL", "SYSTEMROOT")
_MINUTE = 60


class _Ended(Exception):
    """The worker is gone: it crashed or was killed."""


class _TookTooLong(Exception):
    """The worker did not answer in time."""


class Confinement:
    """One worker at a time, replaced when it dies; a context manager that leaves none behind.

    Not for several threads at once: each takes a confinement of its own.
    """

    def __init__(self, limits: Mapping[Format, Limit] = LIMITS) -> None:
        self._limits = limits
        self._worker: subprocess.Popen[bytes] | None = None
        self._scratch: tempfile.TemporaryDirectory[str] | None = None
        self._reads = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        fault: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def read(self, form: Format, data: bytes, name: str) -> Extracted:
        """What the worker takes out of the file.

        Raises:
            Unreadable: the reader refused it, or the worker did not survive it.
        """
        limit = self._limits[form]
        order = {"format": form, "name": name, "seconds": limit.seconds, "memory": limit.memory}
        try:
            reply = self._exchange(order, data, limit.seconds)
        except _TookTooLong:
            self.close()
            raise Unreadable(_slow(limit.seconds)) from None
        except (_Ended, OSError):
            self.close()
            raise Unreadable(
                "读取时出错中断，多半是文件已损坏，或内容大到内存放不下；"
                "请用原来的软件打开后另存一份，或拆成几个文件"
            ) from None
        if reply.get("spent"):
            _log.info("%s could not be read: %s", name, reply.get("fault"))
            self.close()
        return _extracted(reply)

    def close(self) -> None:
        """End the worker and whatever it started."""
        worker, self._worker = self._worker, None
        if worker is not None:
            with suppress(ProcessLookupError):
                os.killpg(worker.pid, signal.SIGKILL)
            worker.communicate()
        scratch, self._scratch = self._scratch, None
        if scratch is not None:
            scratch.cleanup()

    def _exchange(self, order: Mapping[str, Any], data: bytes, seconds: float) -> dict[str, Any]:
        if self._reads >= _READS_BEFORE_RENEWAL:
            self.close()
        worker = self._worker or self._start()
        self._reads += 1
        head = json.dumps(order).encode()
        deadline = time.monotonic() + seconds
        frame = b"".join((LENGTH.pack(len(head)), head, LENGTH.pack(len(data)), data))
        _write(_pipe(worker.stdin), frame, deadline)
        answers = _pipe(worker.stdout)
        (length,) = LENGTH.unpack(_read(answers, LENGTH.size, deadline))
        if length > _MAX_REPLY:
            raise _Ended
        reply = json.loads(_read(answers, length, deadline))
        if not isinstance(reply, dict):
            raise _Ended
        return reply

    def _start(self) -> subprocess.Popen[bytes]:
        self._scratch = tempfile.TemporaryDirectory(prefix="inquiry-reading-")
        environment = {name: os.environ[name] for name in _PASSED_ON if name in os.environ}
        environment |= {
            "PYTHONPATH": os.pathsep.join(path for path in sys.path if path),
            "PYTHONIOENCODING": "utf-8",
            "OMP_NUM_THREADS": "2",
            "TMPDIR": self._scratch.name,
        }
        self._worker = subprocess.Popen(  # noqa: S603 - our own interpreter and module
            [sys.executable, "-c", _START],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            bufsize=0,
            env=environment,
            start_new_session=True,
        )
        os.set_blocking(_pipe(self._worker.stdin), False)
        self._reads = 0
        return self._worker


def _extracted(reply: Mapping[str, Any]) -> Extracted:
    if "unreadable" in reply:
        raise Unreadable(str(reply["unreadable"]))
    return extracted_from_json(reply)


def extracted_to_json(extracted: Extracted) -> dict[str, Any]:
    """Plain values, for a pipe or a cache: never a pickle, which could carry code."""
    return {
        "text": extracted.text,
        "told": dict(extracted.told),
        "page_starts": list(extracted.page_starts),
        "attachments": [[each.name, each.address] for each in extracted.attachments],
        "warnings": list(extracted.warnings),
    }


def extracted_from_json(values: Mapping[str, Any]) -> Extracted:
    return Extracted(
        text=values["text"],
        told=values["told"],
        page_starts=tuple(values["page_starts"]),
        attachments=tuple(Attached(name, address) for name, address in values["attachments"]),
        warnings=tuple(values["warnings"]),
    )


def _pipe(stream: IO[bytes] | None) -> int:
    if stream is None:
        raise _Ended
    return stream.fileno()


def _write(pipe: int, frame: bytes, deadline: float) -> None:
    rest = memoryview(frame)
    while rest:
        _wait(pipe, select.POLLOUT, deadline)
        try:
            rest = rest[os.write(pipe, rest[:_CHUNK]) :]
        except BlockingIOError:
            continue


def _read(pipe: int, length: int, deadline: float) -> bytes:
    parts: list[bytes] = []
    while length:
        _wait(pipe, select.POLLIN, deadline)
        part = os.read(pipe, min(length, _CHUNK))
        if not part:
            raise _Ended
        parts.append(part)
        length -= len(part)
    return b"".join(parts)


def _wait(pipe: int, event: int, deadline: float) -> None:
    poll = select.poll()
    poll.register(pipe, event)
    rest = deadline - time.monotonic()
    if rest <= 0 or not poll.poll(rest * 1000):
        raise _TookTooLong


def _slow(seconds: float) -> str:
    told = f"{seconds / _MINUTE:.0f} 分钟" if seconds >= _MINUTE else f"{seconds:.0f} 秒"
    return f"{told}还没有读完，已放弃；请拆成几个文件，或用原来的软件打开后另存一份"
