"""A bureau at work that is killed: it files, approves and sends, one request after another.

    python clerking.py

Reads one life from each line of standard input (`DATABASE LEDGER POINT`), forks a process for it,
writes its process id, and after its death its exit code. One Python that has everything loaded:
thirty lives take seconds, and each is a process of its own with a database of its own.

Points: `before N` and `after N` are about the N-th commit, `statement N` kills before the N-th
statement, `none` waits to be killed from outside. The ledger is what people outside hold in hand:
a line is written once they have been told a number.
"""

import os
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from sqlalchemy import Connection, event

sys.path.insert(0, str(Path(__file__).parents[1]))

from inquiry_service.calendar.loading import load_calendar
from inquiry_service.disclosure import (
    ApplicantKind,
    Application,
    DisclosureOffice,
    IdentityKind,
    ReceiveBy,
    SupplyForm,
    file_request,
    open_case,
    requests_for_desk,
)
from inquiry_service.disclosure.letters.kinds import Delivery, LetterKind
from inquiry_service.disclosure.procedure import approving, receiving, sending
from inquiry_service.disclosure.rules.position import Stage
from inquiry_service.moments import FrozenClock
from inquiry_service.notify import Medium, PostOffice
from inquiry_service.storage import Database
from post_twins import LedgerCarrier
from procedure_house import CLERK, HEAD, REVIEWER, draft, version

ROOT = Path(__file__).resolve().parents[2]
MORNING = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
SPECIMEN = Application(
    applicant_kind=ApplicantKind.NATURAL_PERSON,
    name="测试申请人",
    identity_kind=IdentityKind.RESIDENT_IDENTITY_CARD,
    identity_number="11010519491231002X",
    email="someone@example.cn",
    description="2018年度储备粮轮换计划的批复文件",
    supply_form=SupplyForm.ELECTRONIC,
    receive_by=ReceiveBy.ONLINE,
    consent=True,
)


@dataclass
class Fate:
    """Kills the process without a word when its point is reached."""

    point: str
    counts: dict[str, int] = field(default_factory=dict)

    def reached(self, what: str) -> None:
        self.counts[what] = self.counts.get(what, 0) + 1
        if f"{what} {self.counts[what]}" == self.point:
            os.kill(os.getpid(), signal.SIGKILL)

    def before_commit(self, _connection: Connection) -> None:
        self.reached("before")

    def before_statement(self, *_facts: object) -> None:
        self.reached("statement")


@dataclass(frozen=True)
class MortalDatabase(Database):
    """A database whose process may die as soon as a commit has come back."""

    fate: Fate = field(default_factory=lambda: Fate("none"))

    @contextmanager
    def begin(self) -> Iterator[Connection]:
        with super().begin() as connection:
            yield connection
        self.fate.reached("after")


def mortal(url: str, fate: Fate) -> MortalDatabase:
    opened = Database.open(url)
    event.listen(opened.engine, "commit", fate.before_commit)
    event.listen(opened.engine, "before_cursor_execute", fate.before_statement)
    return MortalDatabase(opened.engine, opened.turnstile, fate)


def office_at(database: Database, clock: FrozenClock, book: Path) -> DisclosureOffice:
    """`book` is where its notices are written down once they are delivered."""
    calendar = load_calendar(ROOT / "knowledge" / "calendar")
    office = DisclosureOffice(database, lambda: calendar, clock, "only-for-tests", "测试用机关")
    seals, carrier = office.seals, LedgerCarrier(book)
    carriers = {Medium.EMAIL: carrier}
    return replace(office, post=PostOffice(database, clock, seals.seal, seals.unseal, carriers))


@dataclass
class Bureau:
    """Applicant, clerk, reviewer and head; `ledger` is what they have been told."""

    office: DisclosureOffice
    ledger: Path

    def work(self) -> None:
        """First whatever the last life left open, then one new request after another."""
        for row in requests_for_desk(self.office):
            self.finish(row.number)
        while True:
            told = self.ledger.read_text().splitlines() if self.ledger.exists() else []
            turn = sum(line.startswith("filed ") for line in told)
            filed = file_request(self.office, SPECIMEN, submission_key=f"key-{turn}")
            self.hold(f"filed {filed.number}")
            self.finish(filed.number)

    def hold(self, line: str) -> None:
        with self.ledger.open("a") as ledger:
            ledger.write(f"{line}\n")
            ledger.flush()
            os.fsync(ledger.fileno())

    def finish(self, number: str) -> None:
        while (stage := open_case(self.office, number).position.stage) is not Stage.REPLIED:
            self.step(number, stage)

    def step(self, number: str, stage: Stage) -> None:
        """The one step that comes next at this stage."""
        office, letter = self.office, open_case(self.office, number).position.reply
        at = version(office, number)
        match stage:
            case Stage.RECEIVED:
                receiving.register_request(office, number, by=CLERK, expected_version=at)
            case Stage.IN_REVIEW:
                draft(office, number, LetterKind.REPLY, outcome="GRANT_PROVIDE")
            case Stage.DRAFTED:
                approving.pass_secrecy_review(
                    office, number, letter, by=REVIEWER, expected_version=at
                )
            case Stage.SECRECY_REVIEWED:
                approving.pass_legal_check(office, number, letter, by=REVIEWER, expected_version=at)
            case Stage.LEGAL_CHECKED:
                numbered = approving.approve_letter(
                    office, number, letter, by=HEAD, expected_version=at
                )
                self.hold(f"approved {numbered}")
            case Stage.APPROVED:
                sending.send_letter(
                    office, number, letter, route=Delivery.POST, by=CLERK, expected_version=at
                )
            case _:
                raise AssertionError(f"{number} stands at {stage}, where no step leads to")


def live(url: str, ledger: Path, point: str) -> None:
    lives = len(ledger.read_text().splitlines()) if ledger.exists() else 0
    clock = FrozenClock(MORNING + timedelta(seconds=lives))
    Bureau(office_at(mortal(url, Fate(point)), clock, ledger.with_name("book")), ledger).work()


def say(number: int) -> None:
    sys.stdout.write(f"{number}\n")
    sys.stdout.flush()


def main() -> None:
    for line in sys.stdin:
        url, ledger, point = line.rstrip("\n").split("\t")
        child = os.fork()
        if child == 0:
            try:
                live(url, Path(ledger), point)
            finally:
                os._exit(1)  # only its death ends a life
        say(child)
        _, status = os.waitpid(child, 0)
        say(os.waitstatus_to_exitcode(status))


if __name__ == "__main__":
    main()
