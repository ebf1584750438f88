"""The Word documents: whole, in order, the same every time, and never more than text."""

import shutil
import zipfile
from io import BytesIO
from pathlib import Path
from typing import Any

import letter_templates
import pypdfium2
import pytest
from docx import Document
from hypothesis import given, settings
from hypothesis import strategies as st
from letter_specimens import all_specimens, specimen

from inquiry_service.disclosure.letters import (
    LetterKind,
    check_folder,
    composed,
    fill,
    missing,
    paragraphs,
    to_pdf,
)
from inquiry_service.disclosure.letters.element import printable_in_xml
from inquiry_service.errors import BadInput, ConfigurationFault
from inquiry_service.knowledge.readers.office import soffice

SPECIMENS = list(all_specimens())
NAMES = [name for name, _, _ in SPECIMENS]
needs_libreoffice = pytest.mark.skipif(soffice() is None, reason="LibreOffice is not installed")
HOSTILE = [
    "{{ bureau }}",
    "{% for x in range(9) %}",
    "{# gone #} {_{ }_} {_% %_}",
    "{{ ''.__class__.__mro__ }}",
    "<w:p>&amp;</w:p><!-- ]]>",
    "\"'’”&#123;&lt;",
    "</w:t></w:r>",
    "a\tb   c",
    "𠮷〇\u2028x\ue000\ufeff",
    "%s %(a)s {0} {you}",
]


def read(document: bytes) -> list[str]:
    """Every paragraph, cells once, in reading order."""
    found: list[str] = []
    for block in Document(BytesIO(document)).iter_inner_content():
        cells = [block] if not hasattr(block, "rows") else _cells(block)
        for cell in cells:
            found += cell.text.split("\n")
    return found


def _cells(table: Any) -> list[Any]:
    cells = [cell for row in table.rows for cell in row.cells]
    return [cell for at, cell in enumerate(cells) if at == 0 or cell._tc is not cells[at - 1]._tc]


@pytest.mark.parametrize(("name", "kind", "content"), SPECIMENS, ids=NAMES)
def test_a_document_says_what_the_preview_says_in_its_order(
    name: str, kind: LetterKind, content: dict[str, str]
) -> None:
    found, letter = read(fill(kind, content)), composed(kind, content)
    if letter.rows:
        for label, text in letter.rows:
            place = found.index(label)
            assert found[place + 1 : place + 2 + text.count("\n")] == text.split("\n")
    else:
        shown = [line for line in found if line]
        assert shown == list(paragraphs(kind, content))


@pytest.mark.parametrize("kind", LetterKind)
def test_the_same_content_gives_the_same_bytes(kind: LetterKind) -> None:
    first = fill(kind, specimen(kind))
    assert fill(kind, specimen(kind)) == first
    with zipfile.ZipFile(BytesIO(first)) as package:
        assert {entry.date_time for entry in package.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    properties = Document(BytesIO(first)).core_properties
    assert (properties.author, properties.last_modified_by) == ("", "")


def test_an_incomplete_letter_is_refused_and_a_draft_of_it_is_not() -> None:
    content = {**specimen(LetterKind.FEE), "fee_basis": ""}
    with pytest.raises(BadInput) as refused:
        fill(LetterKind.FEE, content)
    assert refused.value.problems == missing(LetterKind.FEE, content)
    for kind in LetterKind:
        assert "【待填写：" in "".join(read(fill(kind, {}, draft=True)))


@pytest.mark.parametrize("text", HOSTILE)
@pytest.mark.parametrize("kind", [LetterKind.CORRECTION, LetterKind.REGISTRATION])
def test_what_is_written_is_text_and_never_code(kind: LetterKind, text: str) -> None:
    content = {**specimen(kind), "request_summary": text, "contact": text, "remark": text}
    assert printable_in_xml(text) in "\n".join(read(fill(kind, content)))


@settings(max_examples=40, deadline=None)
@given(st.text(st.characters(codec=None), min_size=1, max_size=80), st.booleans())
def test_whatever_is_written_comes_out_as_it_was(text: str, form: bool) -> None:
    kind = LetterKind.REGISTRATION if form else LetterKind.CORRECTION
    wanted = printable_in_xml(text)
    name = "request_summary" if form else "what_to_correct"
    found = read(fill(kind, {**specimen(kind), name: text}, draft=True))
    lines = [line for line in wanted.split("\n") if form or line.strip()]
    if form:
        at = found.index("申请内容") + 1
        assert found[at : at + len(lines)] == (lines if wanted else ["【待填写：申请内容】"])
    else:
        at = next(i for i, line in enumerate(found) if line.endswith("补正以下事项：")) + 1
        ended = wanted.endswith(("。", "！", "？", "；"))
        told = [*lines[:-1], lines[-1] + ("" if ended else "。")] if lines else []
        assert found[at : at + len(told)] == told


def test_the_committed_templates_are_those_that_the_script_makes() -> None:
    for kind in LetterKind:
        kept = (letter_templates.FOLDER / kind.template).read_bytes()
        assert _parts(kept) == _parts(letter_templates.made(kind))


def _parts(package: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(BytesIO(package)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A bureau's own folder with a template of every kind."""
    return Path(shutil.copytree(letter_templates.FOLDER, tmp_path / "own"))


def own(folder: Path, kind: LetterKind, *lines: str) -> Path:
    document = Document()
    for line in lines:
        document.add_paragraph(line)
    document.save(str(folder / kind.template))
    return folder


def test_a_bureaus_own_templates_are_used(folder: Path) -> None:
    head = "函头 {{ heading }}{{ title }}{{ document_number }}{{ addressee }}"
    body = ("{%p for line in body %}", "{{ line }}", "{%p endfor %}")
    own(folder, LetterKind.CORRECTION, head, *body, "{{ signed_on }}{{ note }}")
    assert check_folder(folder) == ()
    found = read(fill(LetterKind.CORRECTION, specimen(LetterKind.CORRECTION), folder=folder))
    assert found[0].startswith("函头 演示县商务局政府信息公开申请补正告知书")


def test_words_of_its_own_are_filled_with_single_elements(folder: Path) -> None:
    names = (
        "document_number addressee request_date request_summary reason law what_to_correct until"
    )
    line = "".join(f"{{{{ {name} }}}}" for name in f"{names} delivery bureau signed_on".split())
    own(folder, LetterKind.CORRECTION, line, "{% if contact %}{{ contact }}{% endif %}")
    found = fill(LetterKind.CORRECTION, specimen(LetterKind.CORRECTION), folder=folder)
    assert "2026年3月23日邮寄送达演示县商务局2026年3月9日" in "".join(read(found))


def test_a_missing_template_is_said(folder: Path) -> None:
    (folder / LetterKind.FEE.template).unlink()
    with pytest.raises(ConfigurationFault, match=r"fee\.docx.*没有“收费通知书”的模板"):
        fill(LetterKind.FEE, specimen(LetterKind.FEE), folder=folder)
    assert len(check_folder(folder)) == 1


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("{{ adressee }}", "不认识的占位符 adressee；可以用的有 .*addressee"),
        ("{{ bureau }", "占位符写法有误"),
        ("{% for line in body %}{{ line }}", "占位符写法有误"),
        ("{{ range(9) }}", "不认识的占位符 range"),
        ("{{ bureau.__class__.__mro__ }}{{ body }}", "缺少占位符|占位符写法有误"),
        ("{% include 'x' %}", "占位符写法有误|缺少占位符"),
        ("{{ bureau|attr('x') }}", "占位符写法有误"),
        ("{{ 1 / 0 }}{{ heading }}", "缺少占位符"),
        ("公函", "缺少占位符 addressee、.*signed_on"),
    ],
)
def test_a_template_that_cannot_be_right_is_refused(folder: Path, line: str, said: str) -> None:
    own(folder, LetterKind.CORRECTION, line)
    with pytest.raises(ConfigurationFault, match=said):
        fill(LetterKind.CORRECTION, specimen(LetterKind.CORRECTION), folder=folder)


def test_a_reply_template_keeps_a_place_for_the_remedy(folder: Path) -> None:
    lines = ("{{ document_number }}{{ addressee }}{{ bureau }}{{ signed_on }}", "{{ body }}")
    own(folder, LetterKind.REPLY, *lines)
    assert "缺少占位符 remedy" in check_folder(folder)[0]


def test_a_template_of_two_grounds_leaves_the_words_to_the_choice(folder: Path) -> None:
    line = (
        "{{ document_number }}{{ addressee }}{{ information }}{{ law }}视为同意公开{{ delivery }}"
    )
    own(folder, LetterKind.CO_MAKER_CONSULTATION, line + "{{ bureau }}{{ signed_on }}")
    assert "缺少占位符 body" in check_folder(folder)[0]


@pytest.mark.parametrize("junk", [b"", b"PK\x03\x04", b"%PDF-1.7", b"\xd0\xcf\x11\xe0" * 99])
def test_what_is_no_word_document_is_refused(folder: Path, junk: bytes) -> None:
    (folder / LetterKind.REPLY.template).write_bytes(junk)
    with pytest.raises(ConfigurationFault, match="另存为"):
        fill(LetterKind.REPLY, specimen(LetterKind.REPLY), folder=folder)


def test_a_package_of_something_else_is_refused(folder: Path) -> None:
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("a.txt", "a")
    (folder / LetterKind.REPLY.template).write_bytes(out.getvalue())
    assert "另存为" in check_folder(folder)[0]


@needs_libreoffice
def test_a_pdf_loses_no_word_of_the_letter() -> None:
    content = specimen(LetterKind.CORRECTION)
    pdf = to_pdf(fill(LetterKind.CORRECTION, content))
    assert pdf is not None
    pages = "".join(page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(pdf))
    seen = "".join(pages.split())
    for line in paragraphs(LetterKind.CORRECTION, content):
        assert "".join(line.split()) in seen


@needs_libreoffice
def test_without_enough_time_there_is_no_pdf_and_no_error() -> None:
    assert to_pdf(fill(LetterKind.FEE, specimen(LetterKind.FEE)), seconds=0.01) is None


@pytest.mark.parametrize("trick", ["{{ 1 / 0 }}", "{{ title.__class__ }}", "{{ title.nothing }}"])
def test_a_template_that_tries_more_than_placeholders_is_refused(folder: Path, trick: str) -> None:
    head = "{{ heading }}{{ document_number }}{{ addressee }}{{ body }}{{ signed_on }}{{ note }}"
    own(folder, LetterKind.CORRECTION, head, trick)
    with pytest.raises(ConfigurationFault, match="占位符写法有误"):
        fill(LetterKind.CORRECTION, specimen(LetterKind.CORRECTION), folder=folder)
