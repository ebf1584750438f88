"""Scanning: what every scanner promises, a clamd that fails in every way, and quarantine."""

import socket
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from threading import Event

import anyio
import pytest
from sqlalchemy import update

from clamd import EICAR, VERSION, Behaviour, clamd
from inquiry_service.disclosure import Application, DisclosureOffice, file_request
from inquiry_service.disclosure.attachments import store as files_store
from inquiry_service.disclosure.attachments.adding import (
    FileState,
    StoredFile,
    add_file,
    files_of,
    looked_over,
    read_file,
)
from inquiry_service.disclosure.attachments.clamd import ClamdScanner, scanner_at
from inquiry_service.disclosure.attachments.scanning import (
    NoScanner,
    Scanned,
    Scanner,
    Verdict,
    scan_waiting,
)
from inquiry_service.disclosure.attachments.scanning_loop import keep_scanning
from inquiry_service.errors import Conflict, PartUnavailable

CLEAN_TEXT = "情况说明".encode()


class ScannerContract:
    """What every scanner keeps, whether it can look into files or not."""

    looks_inside: bool

    @pytest.fixture
    def scanner(self) -> Scanner:
        raise NotImplementedError

    def test_it_says_what_it_knows_and_never_leaves_a_file_waiting(self, scanner: Scanner) -> None:
        verdict = scanner.scan(CLEAN_TEXT)
        expected = FileState.CLEAN if self.looks_inside else FileState.NOT_SCANNED
        assert verdict.state is expected
        assert bool(verdict.scanner) is self.looks_inside

    def test_what_was_not_looked_at_has_a_reason(self, scanner: Scanner) -> None:
        verdict = scanner.scan(CLEAN_TEXT)
        assert bool(verdict.finding) is not self.looks_inside

    def test_a_virus_is_named_and_never_called_clean(self, scanner: Scanner) -> None:
        verdict = scanner.scan(b"before " + EICAR + b" after")
        expected = FileState.INFECTED if self.looks_inside else FileState.NOT_SCANNED
        assert verdict.state is expected
        assert verdict.finding

    def test_calls_do_not_depend_on_one_another(self, scanner: Scanner) -> None:
        first = scanner.scan(CLEAN_TEXT)
        scanner.scan(EICAR)
        assert scanner.scan(CLEAN_TEXT) == first

    def test_an_empty_file_is_an_ordinary_file(self, scanner: Scanner) -> None:
        assert scanner.scan(b"").state is not FileState.INFECTED


class TestNoScanner(ScannerContract):
    looks_inside = False

    @pytest.fixture
    def scanner(self) -> Scanner:
        return NoScanner()


class TestClamdOverTcp(ScannerContract):
    looks_inside = True

    @pytest.fixture
    def scanner(self) -> Iterator[Scanner]:
        with clamd(Behaviour()) as address:
            yield ClamdScanner(address)


class TestClamdAtASocket(ScannerContract):
    looks_inside = True

    @pytest.fixture
    def scanner(self, tmp_path: Path) -> Iterator[Scanner]:
        with clamd(Behaviour(), tmp_path / "clamd.sock") as address:
            yield ClamdScanner(address)


def test_the_whole_file_arrives_in_pieces_and_the_version_is_on_record() -> None:
    behaviour, data = Behaviour(), bytes(range(256)) * 1000
    with clamd(behaviour) as address:
        assert ClamdScanner(address).scan(data) == Verdict(FileState.CLEAN, VERSION)
    assert behaviour.streams == [data]


def test_a_virus_on_the_border_of_two_pieces_is_found() -> None:
    with clamd(Behaviour()) as address:
        verdict = ClamdScanner(address).scan(b" " * (64 * 1024 - 10) + EICAR)
    assert verdict == Verdict(FileState.INFECTED, VERSION, "Eicar-Test-Signature")


@pytest.mark.parametrize(
    "behaviour",
    [
        Behaviour(dies_after=0),
        Behaviour(dies_after=64 * 1024),
        Behaviour(says=b"stream: O"),
        Behaviour(says=b"stream: Can't allocate memory ERROR\0"),
        Behaviour(says=b"OK\0"),
        Behaviour(says=b"\0"),
        Behaviour(says=b"x" * 10_000),
    ],
)
def test_whatever_is_no_verdict_is_no_verdict(behaviour: Behaviour) -> None:
    with clamd(behaviour) as address, pytest.raises(PartUnavailable):
        ClamdScanner(address).scan(b"x" * 300_000)


def test_an_answer_that_does_not_come_is_not_waited_for_for_ever() -> None:
    with clamd(Behaviour(keeps_silent=True)) as address, pytest.raises(PartUnavailable):
        ClamdScanner(address, seconds=0.2).scan(CLEAN_TEXT)


def test_a_clamd_that_is_not_there_is_unavailable(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as closed:
        port = closed.getsockname()[1]
    for address in (("127.0.0.1", port), str(tmp_path / "nowhere.sock")):
        with pytest.raises(PartUnavailable):
            ClamdScanner(address).scan(CLEAN_TEXT)


def test_a_file_beyond_the_size_that_clamd_takes_is_recorded_as_not_checked() -> None:
    behaviour = Behaviour(largest=100)
    with clamd(behaviour) as address:
        refused = ClamdScanner(address).scan(b"x" * 101)
        not_sent = ClamdScanner(address, largest=200).scan(b"x" * 201)
    assert refused.state is not_sent.state is FileState.NOT_SCANNED
    assert refused.finding == not_sent.finding == "超过病毒查杀程序的大小上限"
    assert behaviour.streams == []


def test_the_setting_names_no_scanner_a_host_or_a_socket() -> None:
    assert scanner_at("") == NoScanner()
    assert scanner_at("clamav:3310") == ClamdScanner(("clamav", 3310))
    assert scanner_at("[::1]:3310") == ClamdScanner(("::1", 3310))
    assert scanner_at("/run/clamav/clamd.ctl") == ClamdScanner("/run/clamav/clamd.ctl")


@pytest.fixture
def number(office: DisclosureOffice, application: Application) -> str:
    return file_request(office, application, submission_key="one").number


def attach(office: DisclosureOffice, number: str, *contents: bytes) -> list[StoredFile]:
    files = [looked_over(office, f"{at}.txt", data) for at, data in enumerate(contents)]
    with office.database.begin() as connection:
        return [add_file(connection, office, number, file, "applicant") for file in files]


def test_clean_files_leave_quarantine_and_infected_ones_stay(
    office: DisclosureOffice, number: str
) -> None:
    clean, infected = attach(office, number, CLEAN_TEXT, EICAR)
    with clamd(Behaviour()) as address:
        assert scan_waiting(office, ClamdScanner(address)) == Scanned(clean=1, infected=1)
    assert read_file(office, number, clean.file_id)[1] == CLEAN_TEXT
    with pytest.raises(Conflict, match="病毒"):
        read_file(office, number, infected.file_id)
    told = files_of(office, number)
    assert [file.state for file in told] == [FileState.CLEAN, FileState.INFECTED]
    assert [file.scanner for file in told] == [VERSION, VERSION]
    assert told[1].finding == "Eicar-Test-Signature"
    assert told[0].scanned_at == office.clock()


def test_without_a_scanner_files_are_let_out_with_a_record_that_nothing_was_checked(
    office: DisclosureOffice, number: str
) -> None:
    (file,) = attach(office, number, EICAR)
    assert scan_waiting(office, NoScanner()) == Scanned(not_scanned=1)
    stored, data = read_file(office, number, file.file_id)
    assert data == EICAR
    assert (stored.state.label, stored.finding) == ("未查毒", "没有配置病毒查杀程序")
    assert stored.scanned_at == office.clock()


def test_a_scanner_set_up_later_looks_again_at_what_was_not_checked(
    office: DisclosureOffice, number: str
) -> None:
    attach(office, number, EICAR, CLEAN_TEXT)
    scan_waiting(office, NoScanner())
    with clamd(Behaviour()) as address:
        assert scan_waiting(office, ClamdScanner(address)) == Scanned()
        assert scan_waiting(office, ClamdScanner(address), again=True) == Scanned(1, 1)


def test_while_the_scanner_is_away_files_stay_in_quarantine(
    office: DisclosureOffice, number: str
) -> None:
    files = attach(office, number, *(f"第{at}份".encode() for at in range(5)))
    behaviour, told = Behaviour(dies_after=0), []
    with clamd(behaviour) as address:
        scanner = ClamdScanner(address)
        scanned = scan_waiting(office, scanner, told=lambda done, _total: told.append(done))
        assert scanned == Scanned(waiting=5)
        assert told == [1, 2, 3]
        with pytest.raises(Conflict, match="还没有查毒"):
            read_file(office, number, files[0].file_id)
        behaviour.dies_after = None
        assert scan_waiting(office, scanner) == Scanned(clean=5)


class _Choking:
    """A scanner that one file is too much for."""

    def scan(self, data: bytes) -> Verdict:
        if data == CLEAN_TEXT:
            raise PartUnavailable("病毒查杀程序")
        return Verdict(FileState.CLEAN, "choking")


def test_one_file_that_a_scanner_chokes_on_does_not_hold_up_the_others(
    office: DisclosureOffice, number: str
) -> None:
    attach(office, number, CLEAN_TEXT, *(f"第{at}份".encode() for at in range(5)))
    assert scan_waiting(office, _Choking()) == Scanned(clean=5, waiting=1)


def test_a_file_that_no_key_opens_is_named_and_the_others_are_checked(
    office: DisclosureOffice, number: str
) -> None:
    broken, _whole = attach(office, number, CLEAN_TEXT, b"other")
    with office.database.begin() as connection:
        here = files_store.files.c.file_id == broken.file_id
        connection.execute(update(files_store.files).where(here).values(content=b"x"))
    scanned = scan_waiting(office, NoScanner())
    assert scanned == Scanned(not_scanned=1, unreadable=(broken.file_id,))


class _Slow:
    """A scanner during whose work somebody else comes to a verdict."""

    def __init__(self, office: DisclosureOffice, faster: Scanner) -> None:
        self.office, self.faster = office, faster

    def scan(self, data: bytes) -> Verdict:
        scan_waiting(self.office, self.faster)
        return Verdict(FileState.CLEAN, "slow")


def test_the_first_of_two_verdicts_counts(office: DisclosureOffice, number: str) -> None:
    attach(office, number, EICAR)
    with ExitStack() as stack:
        address = stack.enter_context(clamd(Behaviour()))
        scan_waiting(office, _Slow(office, ClamdScanner(address)))
    assert [file.state for file in files_of(office, number)] == [FileState.INFECTED]


class _LastOfAll:
    """A scanner that fails as it is told to, then calls the next file clean and ends the watch."""

    def __init__(self, closing: Event, *faults: Exception) -> None:
        self.closing, self.faults = closing, list(faults)

    def scan(self, data: bytes) -> Verdict:
        if self.faults:
            raise self.faults.pop()
        self.closing.set()
        return Verdict(FileState.CLEAN, "last of all")


@pytest.mark.parametrize(
    "faults", [(), (PartUnavailable("病毒查杀程序"),), (RuntimeError("personal"),)]
)
def test_the_service_checks_what_comes_in_and_outlives_any_fault(
    office: DisclosureOffice,
    number: str,
    faults: tuple[Exception, ...],
    caplog: pytest.LogCaptureFixture,
) -> None:
    attach(office, number, CLEAN_TEXT)
    closing = Event()
    anyio.run(keep_scanning, office, _LastOfAll(closing, *faults), closing, 0)
    assert [file.state for file in files_of(office, number)] == [FileState.CLEAN]
    assert len(caplog.records) == len(faults)
    assert "personal" not in caplog.text


def test_when_the_service_closes_the_rest_waits_for_its_next_start(
    office: DisclosureOffice, number: str
) -> None:
    attach(office, number, CLEAN_TEXT, b"two", b"three")
    closing = Event()
    anyio.run(keep_scanning, office, _LastOfAll(closing), closing, 0)
    states = [file.state for file in files_of(office, number)]
    assert states == [FileState.CLEAN, FileState.QUARANTINED, FileState.QUARANTINED]
