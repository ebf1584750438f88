"""ClamAV as the scanner: its daemon clamd, spoken to over TCP or a socket on this machine.

The file travels in the stream of its `INSTREAM` command, so clamd needs no access to our files.
"""

import re
import socket
import struct
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass

from inquiry_service.disclosure.attachments.adding import FileState
from inquiry_service.disclosure.attachments.scanning import (
    SCANNER_PART,
    NoScanner,
    Scanner,
    Verdict,
)
from inquiry_service.errors import PartUnavailable

_CHUNK = 64 * 1024
_LONGEST_REPLY = 4096
_FOUND = re.compile(r"stream: (?P<virus>.+) FOUND")
_TOO_LARGE = "超过病毒查杀程序的大小上限"
_MB = 1024 * 1024


@dataclass(frozen=True, slots=True)
class ClamdScanner:
    """A clamd at `(host, port)` or at the path of its socket.

    `seconds` is the limit for one file, from connecting to the verdict. `largest` is in bytes, as
    clamd's own `StreamMaxLength`; a larger file is not sent, because clamd would break off.
    """

    address: tuple[str, int] | str
    seconds: float = 60.0
    largest: int = 25 * _MB

    def scan(self, data: bytes) -> Verdict:
        """See `Scanner`."""
        version = self._asked(b"zVERSION\0", b"")
        if len(data) > self.largest:
            return Verdict(FileState.NOT_SCANNED, version, _TOO_LARGE)
        return _verdict(self._asked(b"zINSTREAM\0", data), version)

    def _asked(self, command: bytes, data: bytes) -> str:
        """One command, one connection. Raises `PartUnavailable`."""
        try:
            with _Connection.to(self.address, self.seconds) as connection:
                # Who breaks off while we send may have said why: the answer is read all the same.
                with suppress(ConnectionError):
                    connection.send(command)
                    if data or command == b"zINSTREAM\0":
                        connection.stream(data)
                return connection.reply()
        except OSError as fault:  # refused, broken off, too slow: all of them are OSError
            raise PartUnavailable(SCANNER_PART) from fault


def _verdict(reply: str, version: str) -> Verdict:
    if reply == "stream: OK":
        return Verdict(FileState.CLEAN, version)
    found = _FOUND.fullmatch(reply)
    if found:
        return Verdict(FileState.INFECTED, version, found["virus"])
    if "size limit exceeded" in reply:
        return Verdict(FileState.NOT_SCANNED, version, _TOO_LARGE)
    raise PartUnavailable(SCANNER_PART)


@dataclass(frozen=True, slots=True)
class _Connection:
    """One conversation with clamd, over at `deadline` whatever happens."""

    link: socket.socket
    deadline: float

    @classmethod
    @contextmanager
    def to(cls, address: tuple[str, int] | str, seconds: float) -> Iterator["_Connection"]:
        deadline = time.monotonic() + seconds
        if isinstance(address, str):
            link = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        else:
            link = socket.create_connection(address, timeout=seconds)
        with link:
            connection = cls(link, deadline)
            if isinstance(address, str):
                connection._mind_the_time()
                link.connect(address)
            yield connection

    def send(self, data: bytes) -> None:
        self._mind_the_time()
        self.link.sendall(data)

    def stream(self, data: bytes) -> None:
        """Pieces with their length before them, and an empty one at the end."""
        for start in range(0, len(data), _CHUNK):
            piece = data[start : start + _CHUNK]
            self.send(struct.pack("!L", len(piece)) + piece)
        self.send(struct.pack("!L", 0))

    def reply(self) -> str:
        """Up to the closing NUL. Raises `ConnectionError` when it is cut off before."""
        said = b""
        while not said.endswith(b"\0"):
            self._mind_the_time()
            more = self.link.recv(_LONGEST_REPLY)
            if not more or len(said) > _LONGEST_REPLY:
                raise ConnectionError("clamd broke off")
            said += more
        return said.rstrip(b"\0").decode("utf-8", "replace").strip()

    def _mind_the_time(self) -> None:
        left = self.deadline - time.monotonic()
        if left <= 0:
            raise TimeoutError("clamd is too slow")
        self.link.settimeout(left)


def scanner_at(address: str) -> Scanner:
    """The scanner of a setting: empty for none, `host:port`, or the path of a socket."""
    if not address:
        return NoScanner()
    if address.startswith("/"):
        return ClamdScanner(address)
    host, _, port = address.rpartition(":")
    return ClamdScanner((host.strip("[]"), int(port)))
