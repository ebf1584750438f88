"""A clamd for the tests: a real server that speaks INSTREAM and knows one virus, the EICAR file.

How it behaves is set on the instance, so that every way in which a scanner fails can be shown.
"""

import socketserver
import struct
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

# Put together here, so that no scanner takes this file itself for a virus.
EICAR = rb"X5O!P%@AP[4\PZX54(P^)7CC)7}$" + b"EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"
VERSION = "ClamAV 1.0.7/27400/Mon Mar  2 08:00:00 2026"


@dataclass
class Behaviour:
    """`largest` is its StreamMaxLength. Released, whoever was kept waiting gets no answer."""

    largest: int = 25 * 1024 * 1024
    dies_after: int | None = None
    """Bytes of a stream after which the connection is cut."""
    keeps_silent: bool = False
    says: bytes | None = None
    """In place of every verdict."""
    released: threading.Event = field(default_factory=threading.Event)
    streams: list[bytes] = field(default_factory=list)


class _Handler(socketserver.StreamRequestHandler):
    behaviour: Behaviour

    def handle(self) -> None:
        command = self._command()
        if command == b"VERSION":
            self.wfile.write(VERSION.encode() + b"\0")
        elif command == b"INSTREAM":
            self._instream()
        else:
            self.wfile.write(b"UNKNOWN COMMAND\0")

    def _command(self) -> bytes:
        """z means that the command and its answer end in NUL."""
        said = b""
        while not said.endswith(b"\0"):
            more = self.rfile.read(1)
            if not more:
                return b""
            said += more
        return said.strip(b"z\0")

    def _instream(self) -> None:
        received = b""
        while length := struct.unpack("!L", self.rfile.read(4))[0]:
            received += self.rfile.read(length)
            if self.behaviour.dies_after is not None and len(received) > self.behaviour.dies_after:
                return
            if len(received) > self.behaviour.largest:
                self.wfile.write(b"INSTREAM size limit exceeded. ERROR\0")
                return
        self.behaviour.streams.append(received)
        if self.behaviour.keeps_silent:
            self.behaviour.released.wait()
            return
        self.wfile.write(self.behaviour.says or self._verdict(received))

    def _verdict(self, received: bytes) -> bytes:
        return b"stream: Eicar-Test-Signature FOUND\0" if EICAR in received else b"stream: OK\0"


class _TcpServer(socketserver.ThreadingTCPServer):
    allow_reuse_address = True


@contextmanager
def clamd(behaviour: Behaviour, path: Path | None = None) -> Iterator[tuple[str, int] | str]:
    """A clamd that runs until the block ends; its address, on this machine or at `path`."""
    handler = type("Handler", (_Handler,), {"behaviour": behaviour})
    server: _TcpServer | socketserver.ThreadingUnixStreamServer
    if path is None:
        server = _TcpServer(("127.0.0.1", 0), handler)
        address: tuple[str, int] | str = ("127.0.0.1", server.server_address[1])
    else:
        server = socketserver.ThreadingUnixStreamServer(str(path), handler)
        address = str(path)
    running = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    running.start()
    try:
        yield address
    finally:
        behaviour.released.set()
        server.shutdown()
        server.server_close()
        running.join()
