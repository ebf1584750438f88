"""Checking attached files for viruses: what a scanner promises, and who leaves quarantine."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from cryptography.fernet import InvalidToken

from inquiry_service.disclosure.attachments import store as files_store
from inquiry_service.disclosure.attachments.adding import FileState
from inquiry_service.disclosure.office import DisclosureOffice
from inquiry_service.errors import PartUnavailable

SCANNER_PART = "病毒查杀程序"
_GIVE_UP_AFTER = 3
"""Failures in a row: the scanner is down, and the other files need not wait for it one by one."""
_LONGEST_SCANNER, _LONGEST_FINDING = 120, 200


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a scanner says of one file; never `QUARANTINED`.

    `scanner` names program and signatures, `finding` the virus, or why nothing was checked.
    """

    state: FileState
    scanner: str
    finding: str = ""


class Scanner(Protocol):
    """Looks for viruses in the bytes of one file.

    - `CLEAN` and `INFECTED` are said only when the whole file was looked at; an infected one is
      named in `finding`.
    - `NOT_SCANNED` is said when this scanner will never look at this file, with the reason: there
      is none, or the file is beyond its size.
    - Whatever may pass (it cannot be reached, breaks off, is too slow, answers nonsense) raises
      `PartUnavailable`: the file then stays in quarantine. Silence is never taken for `CLEAN`.
    - The bytes are kept nowhere and appear in no log. Calls do not depend on one another.
    """

    def scan(self, data: bytes) -> Verdict: ...


@dataclass(frozen=True, slots=True)
class NoScanner:
    """Where no virus scanner is set up: every file is recorded as not checked."""

    def scan(self, data: bytes) -> Verdict:  # noqa: ARG002
        return Verdict(FileState.NOT_SCANNED, "", "没有配置病毒查杀程序")


@dataclass(frozen=True, slots=True)
class Scanned:
    """How many files ended how. `waiting` stay in quarantine because the scanner failed."""

    clean: int = 0
    infected: int = 0
    not_scanned: int = 0
    waiting: int = 0
    unreadable: tuple[str, ...] = ()
    """Ids of files that no key opens; they stay in quarantine."""


def _untold(_done: int, _total: int) -> None:
    """Nobody is watching this scan."""


def _never() -> bool:
    return False


def scan_waiting(
    office: DisclosureOffice,
    scanner: Scanner,
    *,
    again: bool = False,
    told: Callable[[int, int], None] = _untold,
    stop: Callable[[], bool] = _never,
) -> Scanned:
    """Check every file in quarantine, one by one, each verdict a transaction of its own.

    With `again` also those that were let out unchecked, for when a scanner was set up later.
    Stopped or killed at any moment, what has no verdict yet waits for the next call.
    """
    states = [FileState.QUARANTINED, *([FileState.NOT_SCANNED] if again else [])]
    with office.database.read() as connection:
        waiting = files_store.ids_in(connection, states)
    endings: Counter[FileState] = Counter()
    unreadable: list[str] = []
    failures = 0
    for done, file_id in enumerate(waiting, 1):
        try:
            endings[_scan_one(office, scanner, file_id)] += 1
            failures = 0
        except InvalidToken:
            unreadable.append(file_id)
        except PartUnavailable:
            failures += 1
        told(done, len(waiting))
        if failures == _GIVE_UP_AFTER or stop():
            break
    return Scanned(
        clean=endings[FileState.CLEAN],
        infected=endings[FileState.INFECTED],
        not_scanned=endings[FileState.NOT_SCANNED],
        waiting=len(waiting) - endings.total() - len(unreadable),
        unreadable=tuple(unreadable),
    )


def _scan_one(office: DisclosureOffice, scanner: Scanner, file_id: str) -> FileState:
    """The state in which it ends: that of the verdict, or what somebody else has made of it."""
    with office.database.read() as connection:
        found = files_store.to_scan(connection, file_id)
    if found is None:
        return FileState.QUARANTINED
    content, state = found
    verdict = scanner.scan(office.seals.unseal_bytes(content))
    with office.database.begin() as connection:
        files_store.mark(
            connection,
            file_id,
            was=state,
            state=verdict.state,
            at=office.clock(),
            scanner=verdict.scanner[:_LONGEST_SCANNER],
            finding=verdict.finding[:_LONGEST_FINDING],
        )
    return verdict.state
