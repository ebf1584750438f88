"""Small files of every format, made where they are needed; some of them broken on purpose."""

import io
import zipfile
from collections.abc import Mapping, Sequence
from typing import Any

import docx
import openpyxl
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from openpyxl.worksheet.worksheet import Worksheet

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
PASSWORD_PROTECTED = OLE + bytes(504) + "EncryptedPackage".encode("utf-16-le") + bytes(1024)
"""What Word and Excel write for a .docx or .xlsx with a password: the old container."""
NOTICE = "粮食收购备案办理说明"
BODY = "从事粮食收购的企业应当向所在地粮食部门备案。"


_MAIN = "http://schemas.openxmlformats.org"
SLIDE_SPACES = (
    f'xmlns:p="{_MAIN}/presentationml/2006/main" xmlns:a="{_MAIN}/drawingml/2006/main" '
    f'xmlns:r="{_MAIN}/officeDocument/2006/relationships" '
    f'xmlns:mc="{_MAIN}/markup-compatibility/2006"'
)


def saved(document: Any) -> bytes:
    """The bytes of a python-docx document or an openpyxl workbook."""
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def word(*paragraphs: str) -> bytes:
    document = docx.Document()
    for text in paragraphs or (NOTICE, BODY):
        document.add_paragraph(text)
    return saved(document)


def word_of(xml: str) -> bytes:
    """A document whose body is this WordprocessingML."""
    document = docx.Document()
    spaces = nsdecls("w", "wp", "a", "r")
    more = (
        'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
        'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'
    )
    body = document.element.body
    for position, child in enumerate(parse_xml(f"<w:body {spaces} {more}>{xml}</w:body>")):
        body.insert(position, child)
    return saved(document)


def paragraph(text: str, properties: str = "") -> str:
    return (
        f"<w:p><w:pPr>{properties}</w:pPr><w:r><w:t xml:space='preserve'>{text}</w:t></w:r></w:p>"
    )


def sheet(rows: Sequence[Sequence[object]] = (("企业", "数量"), ("甲公司", 3))) -> Worksheet:
    """The sheet of a new workbook, to be finished and saved through `sheet.parent`."""
    workbook = openpyxl.Workbook()
    active = workbook.active
    assert isinstance(active, Worksheet)
    for row in rows:
        active.append(list(row))
    return active


def workbook(rows: Sequence[Sequence[object]] = (("企业", "数量"), ("甲公司", 3))) -> bytes:
    return saved(sheet(rows).parent)


def zipped(members: Mapping[str, bytes], *, name_encoding: str = "utf-8") -> bytes:
    """A ZIP; with GBK the names are written as Chinese Windows does, without a mark."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            if name_encoding == "utf-8":
                archive.writestr(name, content)
            else:
                archive.writestr(_Unmarked(name, name_encoding), content)
    return buffer.getvalue()


class _Unmarked(zipfile.ZipInfo):
    """A name in an old code page, which zipfile itself would never write."""

    def __init__(self, name: str, encoding: str) -> None:
        super().__init__(name)
        self._encoding = encoding

    def _encodeFilenameFlags(self) -> tuple[bytes, int]:  # noqa: N802 - zipfile's own name
        return self.filename.encode(self._encoding), self.flag_bits & ~0x800


def repacked(data: bytes, changed: Mapping[str, bytes]) -> bytes:
    """The same package with some members replaced or added."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        members = {entry.filename: package.read(entry) for entry in package.infolist()}
    return zipped(members | dict(changed))


def page(body: str, head: str = "", charset: str = "utf-8") -> bytes:
    top = f"<!DOCTYPE html><html><head><meta charset={charset}>{head}</head>"
    return f"{top}<body>{body}</body></html>".encode(charset)


def billion_laughs(root: str = "w:document") -> bytes:
    entities = "".join(
        f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' if n else '<!ENTITY e0 "ha">' for n in range(10)
    )
    return f'<?xml version="1.0"?><!DOCTYPE x [{entities}]><{root}>&e9;</{root}>'.encode()


def shape(*paragraphs: str, kind: str = "body") -> str:
    lines = "".join(f"<a:p><a:r><a:t>{text}</a:t></a:r></a:p>" for text in paragraphs)
    mark = f'<p:nvSpPr><p:nvPr><p:ph type="{kind}"/></p:nvPr></p:nvSpPr>'
    return f"<p:sp>{mark}<p:txBody>{lines}</p:txBody></p:sp>"


def slides(*bodies: str, order: Sequence[int] | None = None) -> bytes:
    """A .pptx of these slides, shown in this order; a body that begins with ! is hidden."""
    shown = order or range(1, len(bodies) + 1)
    ids = "".join(f'<p:sldId r:id="r{at}"/>' for at in shown)
    relations = "".join(
        f'<Relationship Id="r{at}" Target="slides/slide{at}.xml"/>'
        for at in range(1, len(bodies) + 1)
    )
    members = {
        "ppt/presentation.xml": (
            f"<p:presentation {SLIDE_SPACES}><p:sldIdLst>{ids}</p:sldIdLst></p:presentation>"
        ),
        "ppt/_rels/presentation.xml.rels": f"<Relationships>{relations}</Relationships>",
    }
    for at, body in enumerate(bodies, start=1):
        hidden = ' show="0"' if body.startswith("!") else ""
        members[f"ppt/slides/slide{at}.xml"] = (
            f"<p:sld {SLIDE_SPACES}{hidden}><p:cSld><p:spTree>{body.lstrip('!')}"
            "</p:spTree></p:cSld></p:sld>"
        )
    return zipped({name: content.encode() for name, content in members.items()})
