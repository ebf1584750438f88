"""Makes the house's letter templates anew: `python scripts/letter_templates.py [FOLDER]`.

The layout follows GB/T 9704 (margins, 方正小标宋 titles, 仿宋 text of size 三号). The words are not
here but in `inquiry_service.disclosure.letters`; a template holds places for them.
"""

import sys
from io import BytesIO
from pathlib import Path
from typing import Any

from docx import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT, WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from inquiry_service.disclosure.letters.elements import elements_of
from inquiry_service.disclosure.letters.filling import repacked
from inquiry_service.disclosure.letters.forms import FORMS
from inquiry_service.disclosure.letters.kinds import LetterKind

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "src" / "inquiry_service" / "disclosure" / "letters" / "templates"
TITLE, TEXT, HEI = "方正小标宋简体", "仿宋_GB2312", "黑体"
LATIN = "Times New Roman"
LINE = Pt(28.5)
TOP, MIDDLE = WD_CELL_VERTICAL_ALIGNMENT.TOP, WD_CELL_VERTICAL_ALIGNMENT.CENTER
CENTRE, LEFT = WD_ALIGN_PARAGRAPH.CENTER, WD_ALIGN_PARAGRAPH.LEFT
BOTH = WD_ALIGN_PARAGRAPH.JUSTIFY
LABEL, VALUE = Mm(32), Mm(124)
FOUR = (Mm(34), Mm(44), Mm(34), Mm(44))
PAIRS = (
    ("request_number", "request_date"),
    ("channel", "due"),
    ("applicant", "applicant_kind"),
    ("supply_form", "receive_by"),
    ("registered_by", "signed_on"),
)
"""Rows of the register form that hold two short entries side by side."""


def main() -> None:
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    for kind in LetterKind:
        (folder / kind.template).write_bytes(made(kind))


def made(kind: LetterKind) -> bytes:
    """One template, byte for byte the same every time."""
    document = _page()
    if kind is LetterKind.REGISTRATION:
        _registration(document)
    elif kind is LetterKind.THIRD_PARTY_OPINION:
        _opinion(document)
    else:
        _letter(document, kind)
    out = BytesIO()
    document.save(out)
    return repacked(out.getvalue())


def _letter(document: Any, kind: LetterKind) -> None:
    _write(document, "发文机关", "{{ heading }}")
    _write(document, "文件标题", "{{ title }}")
    if kind.nature.numbered:
        _write(document, "文号", "{{ document_number }}")
    _write(document, "主送", "{{ addressee }}：")
    reply = kind is LetterKind.REPLY
    last = "loop.last and not remedy_lines" if reply else "loop.last"
    _each(document, "公文正文", "body", edge="公文末段", when=last)
    if reply:
        _each(document, "公文正文", "remedy_lines", edge="公文末段", when="loop.last")
    _each(document, "附件说明", "attachment_lines", edge="附件首行", when="loop.first")
    _write(document, "署名", "{{ bureau }}")
    _write(document, "落款", "{{ seal }}")
    _write(document, "成文日期", "{{ signed_on }}")
    _write(document, "附注", "{{ note }}")


def _each(document: Any, style: str, name: str, *, edge: str = "", when: str = "") -> None:
    """A paragraph for each text of a list; in one case with another style."""
    _write(document, style, f"{{%p for line in {name} %}}")
    if edge:
        _write(document, style, f"{{%p if {when} %}}")
        _write(document, edge, "{{ line }}")
        _write(document, style, "{%p else %}")
    _write(document, style, "{{ line }}")
    if edge:
        _write(document, style, "{%p endif %}")
    _write(document, style, "{%p endfor %}")


def _registration(document: Any) -> None:
    _write(document, "发文机关", "{{ heading }}")
    _write(document, "文件标题", "{{ title }}")
    labels = {e.name: e.label for e in elements_of(LetterKind.REGISTRATION)}
    form = FORMS[LetterKind.REGISTRATION]
    table = _table(document, FOUR)
    second = {right for _, right in PAIRS}
    for name in (n for n in labels if n not in form.apart | second):
        pair = dict(PAIRS).get(name)
        names = (name, pair) if pair else (name,)
        cells = [text for each in names for text in (labels[each], f"{{{{ {each} }}}}")]
        _row(table, cells, height=Mm(11))
    for label, text in form.blanks:
        _row(table, [label, text], height=Mm(16))


def _opinion(document: Any) -> None:
    _write(document, "文件标题", "{{ title }}")
    _write(document, "主送", "{{ bureau }}：")
    _each(document, "公文正文", "body")
    document.styles["公文正文"].paragraph_format.space_after = Pt(6)
    form = FORMS[LetterKind.THIRD_PARTY_OPINION]
    table = _table(document, (LABEL, VALUE))
    for element in elements_of(LetterKind.THIRD_PARTY_OPINION):
        if element.name not in form.apart:
            _row(table, [element.label, f"{{{{ {element.name} }}}}"], height=Mm(14))
    heights = {"理由": Mm(45), "签章": Mm(26)}
    for label, text in form.blanks:
        _row(table, [label, text], height=heights.get(label, Mm(14)))


def _page() -> Any:
    document = Document()
    for relation, part in list(document.part.package.rels.items()):
        if part.reltype.endswith("/thumbnail"):
            del document.part.package.rels[relation]
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.bottom_margin = Mm(37), Mm(35)
    section.left_margin, section.right_margin = Mm(28), Mm(26)
    section.footer_distance = Mm(25)
    _styles(document)
    _page_number(section.footer.paragraphs[0])
    return document


def _styles(document: Any) -> None:
    normal = document.styles["Normal"]
    _font(normal, TEXT, Pt(16))
    _spacing(normal, LINE)
    _style(document, "发文机关", TITLE, Pt(22), CENTRE, line=Pt(36))
    _style(document, "文件标题", TITLE, Pt(22), CENTRE, line=Pt(36), after=Pt(12))
    _style(document, "文号", TEXT, Pt(16), CENTRE, after=Pt(12))
    _style(document, "主送", TEXT, Pt(16), LEFT, before=Pt(12))
    body = _style(document, "公文正文", TEXT, Pt(16), BOTH)
    last = _style(document, "公文末段", TEXT, Pt(16), BOTH)
    listed = _style(document, "附件说明", TEXT, Pt(16), LEFT)
    first = _style(document, "附件首行", TEXT, Pt(16), LEFT, before=LINE)
    for style in (body, last):
        _indent(style, firstLineChars="200", firstLine="640")
    for style in (listed, first):
        _indent(style, leftChars="200", left="640")
    for style in (last, listed, first):  # a seal never stands on a page of its own
        style.paragraph_format.keep_with_next = True
    signed = _style(document, "署名", TEXT, Pt(16), CENTRE, before=LINE)
    sealed = _style(document, "落款", TEXT, Pt(16), CENTRE)
    dated = _style(document, "成文日期", TEXT, Pt(16), CENTRE)
    for style in (signed, sealed, dated):
        style.paragraph_format.left_indent = Mm(70)
        style.paragraph_format.keep_together = True
    for style in (signed, sealed):
        style.paragraph_format.keep_with_next = True
    note = _style(document, "附注", TEXT, Pt(14), LEFT, line=Pt(22), before=Pt(6))
    note.paragraph_format.keep_together = True
    _indent(note, firstLineChars="200", firstLine="560")
    for name, font, alignment in (("表头", HEI, CENTRE), ("表内", TEXT, LEFT)):
        _style(document, name, font, Pt(14), alignment, line=Pt(20), before=Pt(1), after=Pt(1))


def _style(
    document: Any,
    name: str,
    font: str,
    size: Any,
    alignment: Any,
    *,
    line: Any = LINE,
    before: Any = None,
    after: Any = None,
) -> Any:
    style = document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
    style.base_style = document.styles["Normal"]
    style.quick_style = True
    _font(style, font, size)
    _spacing(style, line)
    style.paragraph_format.alignment = alignment
    style.paragraph_format.space_before = before or Pt(0)
    style.paragraph_format.space_after = after or Pt(0)
    return style


def _font(style: Any, name: str, size: Any) -> None:
    style.font.name, style.font.size = LATIN, size
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    fonts.set(qn("w:eastAsia"), name)
    for theme in ("asciiTheme", "eastAsiaTheme", "hAnsiTheme", "cstheme"):
        fonts.attrib.pop(qn(f"w:{theme}"), None)


def _spacing(style: Any, line: Any) -> None:
    spacing = style.paragraph_format
    spacing.line_spacing_rule, spacing.line_spacing = WD_LINE_SPACING.EXACTLY, line
    spacing.space_before = spacing.space_after = Pt(0)
    spacing.widow_control = False


def _indent(style: Any, **sizes: str) -> None:
    indent = style.element.get_or_add_pPr().get_or_add_ind()
    for name, size in sizes.items():
        indent.set(qn(f"w:{name}"), size)


def _write(document: Any, style: str, text: str) -> None:
    _run(document.add_paragraph(style=style), text)


def _run(paragraph: Any, text: str) -> None:
    """Quotation marks are Chinese ones, long addresses may break, no mark hangs in the margin.

    The language is left open: LibreOffice hangs marks in Chinese text, and loses some in justified
    lines.
    """
    run = paragraph.add_run(text)
    run.element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:hint"), "eastAsia")
    properties = paragraph.paragraph_format.element.get_or_add_pPr()
    for name in ("w:wordWrap", "w:overflowPunct"):
        switch = OxmlElement(name)
        switch.set(qn("w:val"), "0")
        properties.insert_element_before(switch, "w:spacing", "w:ind", "w:jc", "w:rPr", "w:sectPr")


def _table(document: Any, widths: tuple[Any, ...]) -> Any:
    table = document.add_table(rows=0, cols=len(widths))
    table.style, table.alignment, table.autofit = "Table Grid", WD_TABLE_ALIGNMENT.CENTER, False
    for column, width in zip(table.columns, widths, strict=True):
        column.width = width
    return table


def _row(table: Any, texts: list[str], *, height: Any) -> None:
    row = table.add_row()
    row.height = height
    cells = list(row.cells)
    for column, cell in zip(table.columns, cells, strict=True):
        cell.width = column.width
    if len(texts) < len(cells):
        cells[1].merge(cells[-1])
    for at, text in enumerate(texts):
        cell, style = cells[at], "表内" if at % 2 else "表头"
        cell.vertical_alignment = TOP if text.startswith("（不同意") else MIDDLE
        paragraph = cell.paragraphs[0]
        paragraph.style = style
        for part, line in enumerate(text.split("\n")):
            if part:
                paragraph = cell.add_paragraph(style=style)
            _run(paragraph, line)


def _page_number(paragraph: Any) -> None:
    paragraph.alignment = CENTRE
    for kind, text in ((None, "— "), ("begin", ""), ("code", " PAGE "), ("end", ""), (None, " —")):
        run = paragraph.add_run(text if kind is None else "")
        run.font.size, run.font.name = Pt(14), "宋体"
        run.element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), "宋体")
        if kind == "code":
            code = OxmlElement("w:instrText")
            code.set(qn("xml:space"), "preserve")
            code.text = text
            run.element.append(code)
        elif kind:
            mark = OxmlElement("w:fldChar")
            mark.set(qn("w:fldCharType"), kind)
            run.element.append(mark)


if __name__ == "__main__":
    main()
