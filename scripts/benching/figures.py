"""How long things take: taken alike everywhere, told alike everywhere."""

import os
import platform
import statistics
import sys
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

Thing = TypeVar("Thing")


@dataclass(frozen=True)
class Times:
    """Seconds of single things done one after the other or at once, and of the whole."""

    each: Sequence[float]
    whole: float
    processor: float
    """Processor seconds of the process that measured."""

    @property
    def median(self) -> float:
        """Milliseconds."""
        return statistics.median(self.each) * 1000

    @property
    def late(self) -> float:
        """Milliseconds that 95 of 100 stay below."""
        return statistics.quantiles(self.each, n=20)[18] * 1000

    @property
    def rate(self) -> float:
        """How many a second."""
        return len(self.each) / self.whole


def one_by_one(work: Callable[[Thing], object], things: Iterable[Thing]) -> Times:
    each: list[float] = []
    began, spent = time.perf_counter(), time.process_time()
    for thing in things:
        start = time.perf_counter()
        work(thing)
        each.append(time.perf_counter() - start)
    return Times(each, time.perf_counter() - began, time.process_time() - spent)


def resident_megabytes(pid: int | None = None) -> float:
    """Memory a process holds, mapped files that it has touched included."""
    status = Path(f"/proc/{pid or os.getpid()}/status").read_text(encoding="ascii")
    return int(status.split("VmRSS:")[1].split()[0]) / 1024


def own_megabytes() -> float:
    """Memory of this process that is not a mapped file."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return int(status.split("RssAnon:")[1].split()[0]) / 1024


def machine() -> str:
    """Short enough to stand in every line."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 1e9
    return f"{os.cpu_count()} × {_processor()}, {memory:.0f} GB"


def _processor() -> str:
    try:
        told = Path("/proc/cpuinfo").read_text(encoding="utf-8")
    except OSError:
        return platform.machine()
    return next(
        (
            line.split(":")[1].replace("(R)", "").replace("Processor", "").strip()
            for line in told.splitlines()
            if line.startswith("model name")
        ),
        platform.machine(),
    )


def say(line: str) -> None:
    """Progress, on standard error: standard output stays data."""
    print(f"  {line}", file=sys.stderr, flush=True)


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> list[str]:
    lines = ["| " + " | ".join(head) + " |", "| " + " | ".join("---" for _ in head) + " |"]
    return [*lines, *("| " + " | ".join(row) + " |" for row in rows)]
