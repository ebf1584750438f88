"""One progress bar for all long work; in a log it becomes a line now and then."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    TextColumn,
    TimeElapsedColumn,
    TimeRemainingColumn,
)

Advance = Callable[[int, int], None]
"""Called with how much is done and how much there is in all."""

_QUIET_STEPS = 4


@contextmanager
def bar(label: str) -> Iterator[Advance]:
    """A bar on standard error, so that standard output stays data."""
    console = Console(file=sys.stderr)
    if not console.is_terminal:
        yield _lines(console, label)
        return
    columns = (
        TextColumn(f"  {label}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=console) as progress:
        task = progress.add_task(label, total=None)
        yield lambda done, total: progress.update(task, completed=done, total=total)


def _lines(console: Console, label: str) -> Advance:
    told = -1

    def advance(done: int, total: int) -> None:
        nonlocal told
        quarter = _QUIET_STEPS * done // total if total else _QUIET_STEPS
        if quarter > told:
            told = quarter
            console.print(f"  {label}: {done}/{total}", highlight=False)

    return advance
