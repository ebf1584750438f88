"""A letter as a Word document. The only module that knows docxtpl, which loads when it is needed.

The same content gives the same bytes, so that a digest speaks for what was sent. What is written
is text and never code: templates run in a sandbox, and every value is escaped, braces included.
"""

import zipfile
from collections.abc import Iterable
from contextlib import contextmanager
from datetime import datetime, time
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

from inquiry_service.disclosure.letters.checking import missing
from inquiry_service.disclosure.letters.composing import SEAL, composed, numbered, values
from inquiry_service.disclosure.letters.element import Content, day_of, stated
from inquiry_service.disclosure.letters.kinds import LetterKind
from inquiry_service.disclosure.letters.own_templates import (
    known_placeholders,
    refuse_wrong_names,
    template_bytes,
    template_fault,
)
from inquiry_service.errors import BadInput, ConfigurationFault
from inquiry_service.knowledge.readers.extracted import Unreadable
from inquiry_service.knowledge.readers.packages import check_package

if TYPE_CHECKING:
    from collections.abc import Iterator

    from jinja2 import Environment
    from markupsafe import Markup

_NO_DAY = datetime(2019, 5, 15)  # noqa: DTZ001 - a document property has no zone
"""The regulation's first day in force: for drafts without a date."""
_ZIP_EPOCH = (1980, 1, 1, 0, 0, 0)
_LEVEL = 6
# docxtpl rewrites some pairs of these; as entities they pass by unseen.
_BRACES = {ord(sign): f"&#{ord(sign)};" for sign in "{}%"}
_PROPERTIES = (
    *("author", "category", "comments", "content_status", "identifier", "keywords", "language"),
    *("last_modified_by", "subject", "title", "version"),
)


def fill(
    kind: LetterKind, content: Content, *, folder: Path | None = None, draft: bool = False
) -> bytes:
    """The .docx of a letter. A draft may be incomplete and then says 【待填写：…】.

    Raises:
        BadInput: something is missing or wrong, and it is no draft.
        ConfigurationFault: the template in `folder` is missing or cannot be used.
    """
    from docxtpl import DocxTemplate

    if not draft and (problems := missing(kind, content)):
        raise BadInput(problems)
    template = _looked_over(kind, folder)
    with _faults_told(kind):
        document = DocxTemplate(BytesIO(template))
        document.init_docx()
        _describe(document.docx.core_properties, kind, content)
        document.render(_context(kind, content), _environment())
        out = BytesIO()
        document.save(out)
    return repacked(out.getvalue())


def check_folder(folder: Path) -> tuple[str, ...]:
    """What is wrong with a bureau's own templates, a sentence each; empty when all can be used."""
    return tuple(said for kind in LetterKind if (said := _fault_in(kind, folder)))


def repacked(package: bytes) -> bytes:
    """The same parts in a fixed order and without the moment of packing."""
    out = BytesIO()
    with zipfile.ZipFile(BytesIO(package)) as source, zipfile.ZipFile(out, "w") as target:
        for name in sorted(source.namelist(), key=lambda name: (name[0] != "[", name)):
            entry = zipfile.ZipInfo(name, _ZIP_EPOCH)
            entry.create_system = 0
            target.writestr(entry, source.read(name), zipfile.ZIP_DEFLATED, _LEVEL)
    return out.getvalue()


def _fault_in(kind: LetterKind, folder: Path) -> str:
    try:
        fill(kind, {}, folder=folder, draft=True)
    except ConfigurationFault as fault:
        return fault.message
    return ""


def _looked_over(kind: LetterKind, folder: Path | None) -> bytes:
    from docxtpl import DocxTemplate

    template = template_bytes(kind, folder)
    if folder is not None:
        with _faults_told(kind):
            check_package(template)
            own = DocxTemplate(BytesIO(template))
            named = own.get_undeclared_template_variables(_environment())
        refuse_wrong_names(kind, frozenset(named))
    return template


@contextmanager
def _faults_told(kind: LetterKind) -> "Iterator[None]":
    """What a foreign template can do wrong, as a sentence for whoever put it there."""
    from jinja2 import TemplateError
    from lxml.etree import LxmlError  # type: ignore[import-untyped]

    try:
        yield
    except (TemplateError, ArithmeticError) as fault:
        raise template_fault(
            kind, f"占位符写法有误（{fault}），请检查两边的花括号，以及 for 和 endfor 是否成对"
        ) from fault
    except (Unreadable, LxmlError, LookupError, ValueError, TypeError, AttributeError) as fault:
        raise template_fault(
            kind, "不是能用的 Word 文档，请用 Word 或 WPS 打开后另存为 .docx"
        ) from fault


def _environment() -> "Environment":
    """Templates come from outside: sandboxed, every text escaped, nothing to call."""
    from jinja2 import StrictUndefined
    from jinja2.sandbox import ImmutableSandboxedEnvironment

    made = ImmutableSandboxedEnvironment(autoescape=True, undefined=StrictUndefined)
    made.globals.clear()
    made.filters.clear()
    return made


def _describe(properties: Any, kind: LetterKind, content: Content) -> None:
    """Nothing about who made it or when: that is recorded elsewhere, and would change the bytes."""
    for name in _PROPERTIES:
        setattr(properties, name, "")
    day = day_of(stated(content, "signed_on"))
    properties.title = values(kind, content)["title"]
    properties.revision = 1
    properties.created = properties.modified = datetime.combine(day, time()) if day else _NO_DAY


def _context(kind: LetterKind, content: Content) -> dict[str, object]:
    letter = composed(kind, content)
    texts = {**values(kind, content), "heading": letter.heading, "seal": SEAL, "note": letter.note}
    return {
        **dict.fromkeys(known_placeholders(kind), ""),
        **{name: _text(text) for name, text in texts.items()},
        "body": _texts(letter.body),
        "remedy_lines": _texts(letter.remedy),
        "attachment_lines": _texts(numbered(letter.attachments)),
        "rows": [{"label": _text(label), "text": _text(text)} for label, text in letter.rows],
    }


def _texts(lines: Iterable[str]) -> "list[Markup]":
    return [_text(line) for line in lines]


def _text(text: str) -> "Markup":
    from markupsafe import Markup, escape

    return Markup(str(escape(text)).translate(_BRACES))  # noqa: S704 - escaped one call earlier
