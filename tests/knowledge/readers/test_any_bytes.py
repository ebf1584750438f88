"""Whatever lies in a folder: a document, or one sentence about why not. Never anything else."""

from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from inquiry_service.knowledge.findings import Finding
from inquiry_service.knowledge.library import Library, load_library
from inquiry_service.knowledge.readers.confinement import Confinement
from inquiry_service.knowledge.readers.extracted import Unreadable
from inquiry_service.knowledge.readers.html_pages import read_html
from inquiry_service.knowledge.readers.limits import Format
from inquiry_service.knowledge.readers.sniffing import sniff
from inquiry_service.knowledge.readers.zipped import Archive
from inquiry_service.knowledge.splitting import joined
from office_files import (
    PASSWORD_PROTECTED,
    billion_laughs,
    page,
    repacked,
    word,
    workbook,
    zipped,
)

pytestmark = pytest.mark.thorough

SPECIMENS: dict[Format, bytes] = {
    Format.DOCX: word("粮食收购管理办法", "第一条　正文。"),
    Format.XLSX: workbook(),
    Format.CSV: '企业,数量\n"甲,乙",3\n'.encode("gb18030"),
    Format.HTML: page("<h1>指南</h1><table><tr><td rowspan=2>甲<td>乙<tr><td>1</table><ul><li>项"),
}
ARCHIVE = zipped({"甲.txt": "某市通知\n\n正文。".encode(), "乙.html": SPECIMENS[Format.HTML]})
Mutation = Callable[[bytes], bytes]


@st.composite
def mutated(draw: st.DrawFn, specimen: bytes) -> bytes:
    """Some bytes changed, a piece cut out, doubled or put elsewhere, or the end missing."""
    data = bytearray(specimen)
    for _ in range(draw(st.integers(1, 4))):
        start = draw(st.integers(0, max(0, len(data) - 1)))
        length = draw(st.integers(1, 64))
        piece = data[start : start + length]
        match draw(st.sampled_from(["change", "cut", "double", "end", "insert"])):
            case "change":
                data[start : start + length] = draw(st.binary(min_size=1, max_size=8))
            case "cut":
                del data[start : start + length]
            case "double":
                data[start:start] = piece * 3
            case "end":
                del data[start:]
            case _:
                data[start:start] = draw(st.binary(max_size=16))
    return bytes(data)


@pytest.mark.parametrize("form", list(SPECIMENS))
def test_a_mutated_file_is_read_or_refused(form: Format) -> None:
    with Confinement() as confinement:

        @settings(max_examples=40, derandomize=True)
        @given(mutated(SPECIMENS[form]))
        def read(data: bytes) -> None:
            with suppress(Unreadable):
                confinement.read(form, data, "file")

        read()


@settings(max_examples=200, derandomize=True)
@given(st.one_of(st.binary(max_size=200), *(mutated(s) for s in (*SPECIMENS.values(), ARCHIVE))))
def test_any_bytes_are_some_format_or_refused(data: bytes) -> None:
    for name in ("a.docx", "a.html", "a.zip", "a.bin", "a"):
        try:
            sniffed = sniff(data, name)
        except Unreadable:
            continue
        assert sniffed is None or sniffed.format in Format


@settings(max_examples=100, derandomize=True)
@given(mutated(ARCHIVE))
def test_a_mutated_archive_yields_members_or_is_refused(data: bytes) -> None:
    with suppress(Unreadable):
        list(Archive().members(data))


@settings(max_examples=100, derandomize=True)
@given(st.text(alphabet="<>/=\"' abpdivtrhlu1&;#\n甲。", max_size=200))
def test_any_markup_is_read_or_refused(markup: str) -> None:
    with suppress(Unreadable):
        read_html(markup.encode(), "a.html")


HOSTILE: dict[str, bytes] = {
    "empty.docx": b"",
    "empty.html": b"",
    "empty.txt": b"",
    "empty.xlsx": b"",
    "junk.docx": bytes(range(256)) * 20,
    "junk.pdf": bytes(range(256)) * 20,
    "junk.txt": bytes(range(256)) * 20,
    "password.docx": PASSWORD_PROTECTED,
    "password.xlsx": PASSWORD_PROTECTED,
    "truncated.docx": word()[:2000],
    "truncated.xlsx": workbook()[:-100],
    "laughs.docx": repacked(word(), {"word/document.xml": billion_laughs()}),
    "laughs.xlsx": repacked(workbook(), {"xl/sharedStrings.xml": billion_laughs("sst")}),
    "bomb.docx": repacked(word(), {"word/document.xml": bytes(40 * 1024 * 1024)}),
    "bomb.zip": zipped({"a.txt": bytes(40 * 1024 * 1024)}),
    "deep.html": page("<div>" * 2_000),
    "large.txt": b"a" * (60 * 1024 * 1024),
    "no-part.docx": zipped({"word/document.xml": b"<x/>"}),
}


@pytest.mark.parametrize("name", list(HOSTILE))
def test_a_hostile_file_is_one_finding_and_its_neighbour_is_read(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_bytes(HOSTILE[name])
    (tmp_path / "neighbour.txt").write_text("某市粮食工作通知\n\n正文在这里。\n", encoding="utf-8")
    library = load_library([tmp_path])
    assert [document.document_id for document in library.documents] == ["neighbour"]
    [finding] = library.findings
    assert finding.severity == "error"
    assert finding.where in {name, f"{name}/a.txt"}
    assert len(finding.message) > 5
    assert "Error" not in finding.message


@settings(
    max_examples=15, derandomize=True, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.data())
def test_a_folder_with_one_mutated_file_loads(tmp_path: Path, data: st.DataObject) -> None:
    name, specimen = data.draw(
        st.sampled_from([("a.html", SPECIMENS[Format.HTML]), ("a.zip", ARCHIVE)])
    )
    (tmp_path / "a.html").unlink(missing_ok=True)
    (tmp_path / "a.zip").unlink(missing_ok=True)
    (tmp_path / name).write_bytes(data.draw(mutated(specimen)))
    library = load_library([tmp_path])
    assert isinstance(library, Library)
    assert all(isinstance(finding, Finding) for finding in library.findings)
    for document in library.documents:
        assert "".join(joined(document.passages).split()) == "".join(document.text.split())
