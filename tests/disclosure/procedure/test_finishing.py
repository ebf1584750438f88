"""Documents are filled before the database is locked, and again when something came in between."""

import hashlib
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from importlib.resources import files
from io import BytesIO
from pathlib import Path, PosixPath

import pytest
from docx import Document

from inquiry_service.disclosure import Application, DisclosureOffice, file_request, open_case
from inquiry_service.disclosure.letters.kinds import LetterKind
from inquiry_service.disclosure.procedure import approving, sending, writing
from inquiry_service.errors import Conflict
from procedure_house import CLERK, HEAD, approve, draft, register, version


@dataclass
class Turnstile(AbstractContextManager[None]):
    """Held while the database is written to."""

    held: bool = False

    def __enter__(self) -> None:
        self.held = True

    def __exit__(self, *_ended: object) -> None:
        self.held = False


class Folder(PosixPath):
    """A bureau's templates; what should happen at each reading of one is asked of `at_reading`."""

    at_reading: Callable[[], None] = staticmethod(lambda: None)

    def read_bytes(self) -> bytes:
        type(self).at_reading()
        return super().read_bytes()


@pytest.fixture
def folder(tmp_path: Path) -> type[Folder]:
    """The house's own templates as a bureau's, watched."""
    for kind in LetterKind:
        house = files("inquiry_service.disclosure.letters") / "templates" / kind.template
        (tmp_path / kind.template).write_bytes(house.read_bytes())
    return type("WatchedFolder", (Folder,), {})


@pytest.fixture
def watched(office: DisclosureOffice, folder: type[Folder], tmp_path: Path) -> DisclosureOffice:
    return replace(office, letter_templates=folder(tmp_path))


@pytest.fixture
def letters(office: DisclosureOffice, application: Application) -> list[tuple[str, str]]:
    """Two letters of one kind, each in a case of its own."""
    found = []
    for key in ("one", "two"):
        number = file_request(office, application, submission_key=key).number
        register(office, number)
        found.append((number, draft(office, number, LetterKind.CORRECTION)))
    return found


def printed(office: DisclosureOffice, number: str, letter: str) -> str:
    file = sending.letter_file(office, number, letter)
    assert file.digest == hashlib.sha256(file.data).hexdigest()
    return "\n".join(p.text for p in Document(BytesIO(file.data)).paragraphs)


def test_nobody_waits_for_a_document_to_be_filled(
    watched: DisclosureOffice, folder: type[Folder], letters: list[tuple[str, str]]
) -> None:
    turnstile, locked = Turnstile(), list[bool]()
    office = replace(watched, database=replace(watched.database, turnstile=turnstile))
    folder.at_reading = staticmethod(lambda: locked.append(turnstile.held))
    approve(office, *letters[0])
    assert locked == [False]
    assert "信息公开补〔2026〕1号" in printed(office, *letters[0])


def test_a_number_that_another_letter_took_meanwhile_is_not_printed_twice(
    watched: DisclosureOffice,
    office: DisclosureOffice,
    folder: type[Folder],
    letters: list[tuple[str, str]],
) -> None:
    first, second = letters

    def another_is_quicker() -> None:
        folder.at_reading = staticmethod(lambda: None)
        assert approve(office, *second) == "信息公开补〔2026〕1号"

    folder.at_reading = staticmethod(another_is_quicker)
    assert approve(watched, *first) == "信息公开补〔2026〕2号"
    assert "信息公开补〔2026〕2号" in printed(office, *first)
    assert "信息公开补〔2026〕1号" in printed(office, *second)


def test_a_letter_that_was_written_anew_meanwhile_is_a_conflict_and_takes_no_number(
    watched: DisclosureOffice,
    office: DisclosureOffice,
    folder: type[Folder],
    letters: list[tuple[str, str]],
) -> None:
    (number, letter), second = letters
    seen = version(office, number)

    def written_anew() -> None:
        folder.at_reading = staticmethod(lambda: None)
        (draft_now,) = open_case(office, number).letters
        content = {**draft_now.content, "reason": "另一个理由"}
        writing.draft_letter(
            office,
            number,
            LetterKind.CORRECTION,
            content,
            letter_id=letter,
            by=CLERK,
            expected_version=seen,
        )

    folder.at_reading = staticmethod(written_anew)
    with pytest.raises(Conflict):
        approving.approve_letter(watched, number, letter, by=HEAD, expected_version=seen)
    assert approve(office, *second) == "信息公开补〔2026〕1号"
