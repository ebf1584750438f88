"""Old Office and WPS formats go through LibreOffice where there is one, else say what to do."""

import subprocess
from pathlib import Path

import pytest

from inquiry_service.knowledge.readers.confinement import Confinement
from inquiry_service.knowledge.readers.extracted import Unreadable
from inquiry_service.knowledge.readers.limits import Format
from inquiry_service.knowledge.readers.office import read_office, soffice
from office_files import BODY, NOTICE, OLE, word, workbook

PROGRAM = soffice()
needs_libreoffice = pytest.mark.skipif(PROGRAM is None, reason="LibreOffice is not installed")
RICH = rb"{\rtf1\ansi Plain words.\par}"


def converted(folder: Path, data: bytes, source: str, target: str) -> bytes:
    """The file as LibreOffice itself saves it in an old format."""
    assert PROGRAM is not None
    (folder / f"file.{source}").write_bytes(data)
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    order = [PROGRAM, "--headless", profile, "--convert-to", target, "--outdir", str(folder)]
    subprocess.run(
        [*order, str(folder / f"file.{source}")], capture_output=True, timeout=120, check=True
    )
    return (folder / f"file.{target}").read_bytes()


def read(data: bytes, name: str) -> str:
    with Confinement() as confinement:
        return confinement.read(Format.OFFICE, data, name).text


@needs_libreoffice
@pytest.mark.parametrize("name", ["a.doc", "a.wps"])
def test_an_old_document_is_read(tmp_path: Path, name: str) -> None:
    assert read(converted(tmp_path, word(), "docx", "doc"), name) == f"{NOTICE}\n\n{BODY}"


@needs_libreoffice
def test_an_old_workbook_is_read(tmp_path: Path) -> None:
    told = read(converted(tmp_path, workbook(), "xlsx", "xls"), "a.xls")
    assert told == "| 企业 | 数量 |\n| --- | --- |\n| 甲公司 | 3 |"


@needs_libreoffice
def test_rich_text_is_read() -> None:
    assert read(RICH, "a.rtf") == "Plain words."


@needs_libreoffice
def test_a_broken_old_document_says_what_to_do() -> None:
    with pytest.raises(Unreadable, match=r"没有|另存为"):
        read(OLE + bytes(2000), "a.doc")


@pytest.mark.parametrize(("data", "suffix"), [(RICH, ".docx"), (OLE + bytes(600), ".docx")])
def test_without_libreoffice_a_clear_sentence_says_what_to_do(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, data: bytes, suffix: str
) -> None:
    """A machine without LibreOffice is a machine where no place for programs has it."""
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr("inquiry_service.knowledge.readers.office._PLACES", ())
    with pytest.raises(Unreadable, match=f"请用 WPS 或 Word 另存为 {suffix} 后放入"):
        read_office(data, "a.doc")
