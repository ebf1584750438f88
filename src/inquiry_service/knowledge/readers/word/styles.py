"""What the style of a Word paragraph says: heading level, numbering, table of contents."""

import re
from collections.abc import Iterator
from typing import Any

from docx.oxml.ns import qn

_NAMED = re.compile(r"(?:heading|标题)\s*([1-9])", re.IGNORECASE)
_TITLES = frozenset({"title", "标题", "文档标题"})
_CONTENTS = re.compile(r"(?:toc|目录)\s*[1-9]|toc heading", re.IGNORECASE)
_MAX_CHAIN = 20
_BODY_LEVEL = 9


class Styles:
    """The styles of one document; a style inherits from the one it is based on."""

    def __init__(self, document: Any) -> None:
        part = document.styles.element
        self._by_id: dict[str, Any] = {
            style.get(qn("w:styleId"), ""): style for style in part.findall(qn("w:style"))
        }

    def level(self, paragraph: Any) -> int | None:
        """1 to 9 for a heading (the title of a document is 1), else None."""
        for properties in self._chain(paragraph):
            outline = _value(properties, "w:outlineLvl")
            if outline is not None and outline.isdigit():
                return int(outline) + 1 if int(outline) < _BODY_LEVEL else None
        for name in self._names(paragraph):
            named = _NAMED.fullmatch(name)
            if named:
                return int(named[1])
            if name in _TITLES:
                return 1
        return None

    def numbering(self, paragraph: Any) -> tuple[str, int] | None:
        """The list (numId) and level (from 0) by the paragraph itself or its style."""
        found: str | None = None
        level: str | None = None
        for properties in self._chain(paragraph):
            numbering = properties.find(qn("w:numPr"))
            if numbering is None:
                continue
            found = found or _value(numbering, "w:numId")
            level = level or _value(numbering, "w:ilvl")
        if found is None or found == "0":
            return None
        return found, int(level) if level and level.isdigit() else 0

    def is_contents(self, paragraph: Any) -> bool:
        """A line of the table of contents, which repeats the headings."""
        return any(_CONTENTS.fullmatch(name) for name in self._names(paragraph))

    def _names(self, paragraph: Any) -> Iterator[str]:
        for style in self._styles(paragraph):
            name = _value(style, "w:name")
            if name:
                yield name.strip().lower()

    def _chain(self, paragraph: Any) -> Iterator[Any]:
        """Paragraph properties from the nearest to the farthest."""
        for owner in (paragraph, *self._styles(paragraph)):
            properties = owner.find(qn("w:pPr"))
            if properties is not None:
                yield properties

    def _styles(self, paragraph: Any) -> Iterator[Any]:
        properties = paragraph.find(qn("w:pPr"))
        name = _value(properties, "w:pStyle") if properties is not None else None
        for _ in range(_MAX_CHAIN):
            style = self._by_id.get(name or "")
            if style is None:
                return
            yield style
            name = _value(style, "w:basedOn")


def _value(owner: Any, tag: str) -> str | None:
    found = owner.find(qn(tag))
    value = found.get(qn("w:val")) if found is not None else None
    return str(value) if value is not None else None
