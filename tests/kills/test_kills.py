"""kill -9 during filing, approving and sending: nothing lost, nothing doubled, nothing half done.

Forty-six lives of a bureau, one after the other on one database: sixteen die before or after a
commit, eighteen before a statement within a transaction, twelve are killed from outside after a
fixed time. After each death the next life looks at what is there and goes on.
"""

import hashlib
import os
import re
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import pytest

from inquiry_service.disclosure import Case, DisclosureOffice, open_case, store, verify_chain
from inquiry_service.disclosure.procedure.sending import letter_file
from inquiry_service.disclosure.rules import events as happened
from inquiry_service.disclosure.rules.position import Stage
from inquiry_service.moments import FrozenClock
from inquiry_service.notify import Medium, deliver_due, undecided
from inquiry_service.notify.store import notices
from inquiry_service.storage import Database
from kills.clerking import MORNING, office_at
from post_twins import LedgerCarrier

pytestmark = pytest.mark.thorough

CLERKING = Path(__file__).with_name("clerking.py")
COMMITS = [f"{when} {n}" for n in range(1, 9) for when in ("before", "after")]
STATEMENTS = [f"statement {n}" for n in range(4, 184, 10)]
DELAYS = [0.01 + 0.045 * n for n in range(12)]
AFTERNOON = MORNING + timedelta(hours=6)
"""When whatever the bureau wrote in its lives is due for delivery."""
TOLD_ABOUT = (happened.ReceiptConfirmed, happened.ReplySent)


@dataclass
class Lives:
    """The process that forks one bureau after the other."""

    forking: subprocess.Popen[str]
    url: str
    ledger: Path

    def end(self, point: str, after: float | None = None) -> None:
        """One life, which ends at its point, or after some seconds by our hand."""
        assert self.forking.stdin is not None
        self.forking.stdin.write(f"{self.url}\t{self.ledger}\t{point}\n")
        self.forking.stdin.flush()
        child = int(self._said())
        if after is not None:
            time.sleep(after)
            os.kill(child, signal.SIGKILL)
        assert int(self._said()) == -signal.SIGKILL

    def held(self, what: str) -> list[str]:
        """What people outside were told, in order."""
        lines = self.ledger.read_text().splitlines() if self.ledger.exists() else []
        return [line.removeprefix(f"{what} ") for line in lines if line.startswith(f"{what} ")]

    def _said(self) -> str:
        assert self.forking.stdout is not None
        return self.forking.stdout.readline()


@pytest.fixture
def lives(database_url: str, tmp_path: Path) -> Iterator[Lives]:
    argv = [sys.executable, str(CLERKING)]
    with subprocess.Popen(
        argv, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as forking:
        yield Lives(forking, database_url, tmp_path / "ledger")
        assert forking.stdin is not None
        forking.stdin.close()


@pytest.fixture
def office(database: Database, tmp_path: Path) -> DisclosureOffice:
    return office_at(database, FrozenClock(AFTERNOON), tmp_path / "book")


def cases(office: DisclosureOffice) -> list[Case]:
    with office.database.read() as connection:
        numbers = [str(row.number) for row in store.all_requests(connection)]
    return [open_case(office, number) for number in numbers]


def nothing_half_done(office: DisclosureOffice, case: Case) -> None:
    """Each step happened with everything that belongs to it, or not at all."""
    names = [type(recorded.event) for recorded in case.history]
    assert verify_chain(office, case.number) is None
    assert names[:2] == [happened.Filed, happened.ReceiptConfirmed]
    assert len(set(names)) == len(names), "a step was doubled"
    assert (happened.LetterSent in names) == (happened.ReplySent in names)
    assert len(case.letters) == names.count(happened.ReplyDrafted)
    for letter in case.letters:
        assert bool(letter.digest) == (happened.ReplyApproved in names) == letter.approved
        if letter.digest:
            data = letter_file(office, case.number, letter.letter_id).data
            assert hashlib.sha256(data).hexdigest() == letter.digest
            assert letter.document_number
    for recorded in case.history:
        if isinstance(recorded.event, happened.LetterSent):
            assert recorded.event.digest == case.letters[0].digest


def gap_free(numbers: list[str]) -> None:
    places = sorted(int(re.findall(r"\d+", number)[-1]) for number in numbers)
    assert places == list(range(1, len(places) + 1))


def looked_at(office: DisclosureOffice, lives: Lives) -> list[Case]:
    """What must hold after any death."""
    found = cases(office)
    for case in found:
        nothing_half_done(office, case)
    approved = [one.document_number for case in found for one in case.letters if one.approved]
    gap_free([case.number for case in found])
    gap_free(approved)
    for what, there in (("filed", [case.number for case in found]), ("approved", approved)):
        held = Counter(lives.held(what))
        assert set(held.values()) <= {1}, "somebody was told the same number twice"
        assert set(held) <= set(there), "a number that was handed out is gone"
    with office.database.read() as connection:
        keys = [str(row.key) for row in connection.execute(notices.select())]
    assert sorted(keys) == sorted(
        f"{case.number}/{recorded.sequence}/email"
        for case in found
        for recorded in case.history
        if isinstance(recorded.event, TOLD_ABOUT)
    )
    return found


def delivered(office: DisclosureOffice) -> list[str]:
    """What has left the house after a delivery run."""
    assert office.post is not None
    deliver_due(office.post, most=10_000)
    assert undecided(office.post) == ()
    carrier = office.post.carriers[Medium.EMAIL]
    assert isinstance(carrier, LedgerCarrier)
    return carrier.texts()


def test_nothing_is_lost_and_nothing_doubled_however_often_the_bureau_is_killed(
    lives: Lives, office: DisclosureOffice
) -> None:
    deaths = 0
    for point in (*COMMITS, *STATEMENTS):
        lives.end(point)
        looked_at(office, lives)
        deaths += 1
    for delay in DELAYS:
        lives.end("none", after=delay)
        looked_at(office, lives)
        deaths += 1
    assert deaths == 46
    lives.end("after 12")  # the last life finishes what was left open and goes on
    found = looked_at(office, lives)
    assert sum(case.position.stage is Stage.REPLIED for case in found) >= len(found) - 1 > 5
    texts = delivered(office)
    told = sum(isinstance(r.event, TOLD_ABOUT) for case in found for r in case.history)
    assert len(texts) == len(set(texts)) == told
    assert delivered(office) == texts
