"""Old Office and WPS formats go through LibreOffice where there is one, else say what to do."""

import subprocess
from pathlib import Path

import pytest

from inquiry_service.knowledge.readers.confinement import Confinement
from inquiry_service.knowledge.readers.extracted import Unreadable
from inquiry_service.knowledge.readers.limits import Format
from inquiry_service.knowledge.readers.office import read_office, soffice
from office_files import BODY, NOTICE, OLE, word, workbook

pytestmark = pytest.mark.thorough

PROGRAM = soffice()
needs_libreoffice = pytest.mark.skipif(PROGRAM is None, reason="LibreOffice is not installed")
needs_impress = pytest.mark.skipif(
    PROGRAM is None or not (Path(PROGRAM).resolve().parent / "libsdlo.so").exists(),
    reason="LibreOffice Impress is not installed",
)
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


def flat_slides(*texts: str) -> bytes:
    """One OpenDocument file with a slide of these texts."""
    boxes = "".join(
        f'<draw:frame svg:x="2cm" svg:y="{2 + 4 * at}cm" svg:width="22cm" svg:height="3cm">'
        f"<draw:text-box><text:p>{text}</text:p></draw:text-box></draw:frame>"
        for at, text in enumerate(texts)
    )
    oasis = "urn:oasis:names:tc:opendocument:xmlns"
    spaces = " ".join(
        f'xmlns:{name}="{oasis}:{name if name != "svg" else "svg-compatible"}:1.0"'
        for name in ("office", "draw", "text", "svg")
    ).replace(f"{oasis}:draw", f"{oasis}:drawing")
    kind = "application/vnd.oasis.opendocument.presentation"
    return (
        f'<?xml version="1.0"?><office:document {spaces} office:version="1.2" '
        f'office:mimetype="{kind}"><office:body><office:presentation><draw:page draw:name="1">'
        f"{boxes}</draw:page></office:presentation></office:body></office:document>"
    ).encode()


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


@needs_impress
@pytest.mark.parametrize("name", ["a.ppt", "a.dps"])
def test_old_slides_are_read(tmp_path: Path, name: str) -> None:
    old = converted(tmp_path, flat_slides(NOTICE, BODY), "fodp", "ppt")
    assert read(old, name) == f"{NOTICE}\n\n{BODY}"


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
    with pytest.raises(Unreadable, match=f"请用 WPS 或 Office 另存为 {suffix} 后放入"):
        read_office(data, "a.doc")


@pytest.mark.parametrize("name", ["a.xls", "a.et", "a.ppt", "a.dps"])
def test_an_old_container_without_a_sheet_or_slides_is_not_shown_as_its_bytes(name: str) -> None:
    with pytest.raises(Unreadable, match="里面没有表格或幻灯片"):
        read_office(OLE + bytes(3000), name)


@needs_libreoffice
def test_a_workbook_of_office_2003_in_xml_is_read() -> None:
    space = "urn:schemas-microsoft-com:office:spreadsheet"
    cells = "".join(
        f'<Row><Cell><Data ss:Type="String">{name}</Data></Cell>'
        f'<Cell><Data ss:Type="String">{value}</Data></Cell></Row>'
        for name, value in (("企业", "数量"), ("甲公司", "3"))
    )
    data = (
        '<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?>'
        f'<Workbook xmlns="{space}" xmlns:ss="{space}">'
        f'<Worksheet ss:Name="Sheet1"><Table>{cells}</Table></Worksheet></Workbook>'
    )
    assert "| 甲公司 | 3 |" in read(data.encode(), "a.xls")
