"""Rotating keys: everything goes under the new key, beside a service that goes on working."""

import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select, update

import inquiry_service
from inquiry_service.disclosure import (
    Application,
    DisclosureOffice,
    file_request,
    open_case,
    store,
    verify_chain,
)
from inquiry_service.disclosure.attachments import store as files_store
from inquiry_service.disclosure.attachments.adding import files_of, read_file
from inquiry_service.disclosure.attachments.scanning import NoScanner, scan_waiting
from inquiry_service.disclosure.keeping.rotating import Rotated, rotate_keys, sealed_columns
from inquiry_service.disclosure.procedure.correcting import add_material
from inquiry_service.disclosure.sealing import Seals

OLD, NEW = "o" * 32, "n" * 32
CONTENT = "附件内容".encode()


def with_keys(office: DisclosureOffice, *keys: str) -> DisclosureOffice:
    return replace(office, data_keys=keys)


def fill(office: DisclosureOffice, application: Application, requests: int = 3) -> list[str]:
    """Requests, the first of which has a file."""
    keys = [f"submission {at}" for at in range(requests)]
    numbers = [file_request(office, application, submission_key=key).number for key in keys]
    add_material(office, numbers[0], "证明.txt", CONTENT)
    scan_waiting(office, NoScanner())
    return numbers


def everything_opens(office: DisclosureOffice, numbers: list[str]) -> bool:
    """Cases, chains with their digests over the plain text, names and contents of files."""
    for number in numbers:
        assert open_case(office, number).application.name == "测试申请人"
        assert verify_chain(office, number) is None
    (file,) = files_of(office, numbers[0])
    assert file.name == "证明.txt"
    return read_file(office, numbers[0], file.file_id)[1] == CONTENT


def all_sealed(office: DisclosureOffice) -> list[Any]:
    with office.database.read() as connection:
        return [
            value
            for column in (
                store.requests.c.sealed_application,
                files_store.files.c.name,
                files_store.files.c.content,
            )
            for value in connection.execute(select(column)).scalars()
        ]


def test_from_the_secret_to_a_data_key_and_on_to_the_next(
    office: DisclosureOffice, application: Application
) -> None:
    numbers = fill(office, application)
    first = with_keys(office, OLD)
    assert everything_opens(first, numbers)
    assert rotate_keys(first) == Rotated(resealed=5)
    second = with_keys(office, NEW, OLD)
    assert rotate_keys(second) == Rotated(resealed=5)
    without_the_old = with_keys(office, NEW)
    assert everything_opens(without_the_old, numbers)
    seals = Seals("any secret", (NEW,))
    assert all(seals.is_under_first_key(value) for value in all_sealed(office))


def test_rotating_again_changes_nothing(office: DisclosureOffice, application: Application) -> None:
    fill(office, application)
    rotated = with_keys(office, NEW)
    rotate_keys(rotated)
    before = all_sealed(office)
    assert rotate_keys(rotated) == Rotated(current=5)
    assert all_sealed(office) == before


def test_codes_still_lead_to_their_requests(
    office: DisclosureOffice, application: Application
) -> None:
    filed = file_request(office, application, submission_key="one")
    rotated = with_keys(office, NEW)
    rotate_keys(rotated)
    assert file_request(rotated, application, submission_key="one") == filed


class Killed(Exception):
    """The process ends here."""


def test_a_rotation_that_is_killed_leaves_everything_readable_and_is_taken_up_again(
    office: DisclosureOffice, application: Application
) -> None:
    numbers = fill(office, application)
    rotating = with_keys(office, NEW, OLD)

    def die(_done: int, _total: int) -> None:
        raise Killed

    with pytest.raises(Killed):
        rotate_keys(rotating, die)
    assert everything_opens(rotating, numbers)
    taken_up = rotate_keys(rotating)
    assert taken_up.resealed
    assert taken_up.current
    assert everything_opens(with_keys(office, NEW), numbers)


def test_progress_is_told_up_to_the_end(office: DisclosureOffice, application: Application) -> None:
    fill(office, application, requests=2)
    told: list[tuple[int, int]] = []
    rotate_keys(with_keys(office, NEW), lambda done, total: told.append((done, total)))
    assert told == [(3, 4), (4, 4)]


def test_what_no_key_opens_is_named_by_its_number_and_the_rest_goes_on(
    office: DisclosureOffice, application: Application
) -> None:
    numbers = fill(office, application)
    foreign = Seals("another secret").seal("x")
    with office.database.begin() as connection:
        here = store.requests.c.number == numbers[1]
        connection.execute(update(store.requests).where(here).values(sealed_application=foreign))
    rotated = rotate_keys(with_keys(office, NEW))
    assert rotated == Rotated(
        resealed=4, left=(f"disclosure_requests.sealed_application {numbers[1]}",)
    )
    assert foreign in all_sealed(office)


@dataclass(frozen=True)
class _Overtaken(Seals):
    """Seals during whose work somebody else changes the row."""

    meanwhile: Callable[[], None] = lambda: None

    def resealed(self, sealed: Any) -> Any:
        self.meanwhile()
        return super().resealed(sealed)


@dataclass(frozen=True)
class _OvertakenOffice(DisclosureOffice):
    meanwhile: Callable[[], None] = lambda: None

    @property
    def seals(self) -> Seals:
        return _Overtaken(self.secret, self.data_keys, self.meanwhile)


def overtaken(office: DisclosureOffice, meanwhile: Callable[[], None]) -> DisclosureOffice:
    fields = {name: getattr(office, name) for name in office.__dataclass_fields__}
    return _OvertakenOffice(**{**fields, "data_keys": (NEW,)}, meanwhile=meanwhile)


def write_anew(office: DisclosureOffice, text: str) -> None:
    with office.database.begin() as connection:
        sealed = office.seals.seal(text)
        connection.execute(update(store.requests).values(sealed_application=sealed))


def test_what_somebody_else_wrote_meanwhile_is_kept_and_sealed_anew_in_its_turn(
    office: DisclosureOffice, application: Application
) -> None:
    file_request(office, application, submission_key="one")
    writes = iter(["written meanwhile"])

    def meanwhile() -> None:
        for text in writes:
            write_anew(office, text)

    assert rotate_keys(overtaken(office, meanwhile)) == Rotated(resealed=1)
    (sealed,) = all_sealed(office)
    assert Seals("any secret", (NEW,)).unseal(sealed) == "written meanwhile"


def test_what_never_holds_still_is_named_and_never_overwritten(
    office: DisclosureOffice, application: Application
) -> None:
    number = file_request(office, application, submission_key="one").number
    rotated = rotate_keys(overtaken(office, lambda: write_anew(office, "again")))
    assert rotated == Rotated(left=(f"disclosure_requests.sealed_application {number}",))
    assert office.seals.unseal(all_sealed(office)[0]) == "again"


def test_requests_filed_while_keys_rotate_are_neither_lost_nor_unreadable(
    office: DisclosureOffice, application: Application
) -> None:
    """The service runs with both keys, two of its threads filing; then nothing needs the old."""
    numbers = fill(with_keys(office, OLD), application, requests=4)
    running = with_keys(office, NEW, OLD)

    def file_one(at: int) -> str:
        return file_request(running, application, submission_key=f"meanwhile {at}").number

    with ThreadPoolExecutor(2) as service:
        filing = [service.submit(file_one, at) for at in range(20)]
        rotated = rotate_keys(running)
        numbers += [filed.result() for filed in filing]
    assert not rotated.left
    assert everything_opens(with_keys(office, NEW), numbers)


def test_a_row_that_is_gone_by_then_is_no_fault(
    office: DisclosureOffice, application: Application
) -> None:
    fill(office, application, requests=1)

    def erase() -> None:
        with office.database.begin() as connection:
            connection.execute(files_store.files.delete())

    assert not rotate_keys(overtaken(office, erase)).left


def test_every_module_with_a_sealed_column_belongs_to_the_house_that_the_command_builds() -> None:
    """The columns of a module that nothing imports would be forgotten without a word."""
    package = Path(inquiry_service.__file__).parent
    sealing = {
        ".".join(file.relative_to(package.parent).with_suffix("").parts)
        for file in package.rglob("*.py")
        if 'info={"sealed": True})' in file.read_text(encoding="utf-8")
    }
    script = "import inquiry_service.bootstrap.house, sys; print(*sys.modules)"
    told = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True
    )
    assert "inquiry_service.disclosure.attachments.store" in sealing
    assert sealing <= set(told.stdout.split())


def test_names_contents_and_applications_are_among_the_sealed_columns() -> None:
    names = {f"{column.table.name}.{column.name}" for column in sealed_columns()}
    assert names >= {
        "disclosure_requests.sealed_application",
        "disclosure_files.name",
        "disclosure_files.content",
    }
