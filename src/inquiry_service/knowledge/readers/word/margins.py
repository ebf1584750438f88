"""Headers and footers: no part of the text, but for some documents the only place of their number.

Templates of red-headed papers keep the head (某局文件, 某发〔2021〕16号, sometimes the title) in
the header of the first page. What the text itself says goes before it.
"""

import re
from collections.abc import Iterator
from typing import Any

from docx.oxml.ns import qn

from inquiry_service.knowledge.readers.metadata import recognised
from inquiry_service.knowledge.readers.opening import Opening, is_complete, opening_of
from inquiry_service.knowledge.readers.word.words import Words

_MOST_LINES = 12
_PAGE = re.compile(r"^(?!.*[一-龥]{2})|第.{0,6}页")


def told_by_margins(document: Any, text: str) -> dict[str, str]:
    """Number, issuer and title, each only where the text has none."""
    lines = [line for line in dict.fromkeys(_lines(document)) if not _PAGE.search(line)]
    if not lines:
        return {}
    head = opening_of("\n".join(lines[:_MOST_LINES]))
    known = {one.field for one in recognised(text) if one.value}
    return {field: value for field, value in _said(head).items() if field not in known}


def _said(head: Opening) -> dict[str, str]:
    title = head.title if is_complete(head.title) else ""
    said = {"title": title, "document_number": head.number, "issuer": head.red_head}
    return {field: value for field, value in said.items() if value}


def _lines(document: Any) -> Iterator[str]:
    """Of the first section: the first page's header before the others, then the footers."""
    if not len(document.sections):
        return
    section = document.sections[0]
    first = section.different_first_page_header_footer
    headers = [*([section.first_page_header] if first else []), section.header]
    footers = [*([section.first_page_footer] if first else []), section.footer]
    words = Words(document)
    for margin in (*headers, *footers):
        if margin.is_linked_to_previous:
            continue
        try:
            element = margin._element  # noqa: SLF001 - python-docx gives no way to its boxes
        except KeyError:
            continue  # the part is missing: costs the header, not the text
        for paragraph in element.iter(qn("w:p")):
            yield from filter(str.strip, words.of(paragraph).text.split("\n"))
