"""The words of one Word paragraph as they are shown, with its notes and text boxes apart."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from docx.oxml import parse_xml
from docx.oxml.ns import qn

_ALTERNATIVES = "{http://schemas.openxmlformats.org/markup-compatibility/2006}AlternateContent"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_UNSEEN = frozenset(
    {
        *(qn("w:del"), qn("w:moveFrom"), qn("w:pPr"), qn("w:instrText"), qn("w:delText")),
        *(qn("w:rPr"), qn("w:sdtPr"), _FALLBACK),
    }
)
_TEXTS = frozenset({qn("w:t"), "{http://schemas.openxmlformats.org/officeDocument/2006/math}t"})
_BOX = qn("w:txbxContent")
_NOTES = {
    qn("w:footnoteReference"): "footnotes",
    qn("w:endnoteReference"): "endnotes",
}
_MARKS = {qn("w:tab"): " ", qn("w:br"): "\n", qn("w:cr"): "\n", qn("w:noBreakHyphen"): "-"}
_OFF = frozenset({"0", "false", "off"})
_UNWANTED = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\u00ad]"
)


@dataclass(slots=True)
class Spoken:
    """`notes` are whole lines, [1] and the text; `boxes` hold paragraphs of their own."""

    text: str = ""
    notes: list[str] = field(default_factory=list)
    boxes: list[Any] = field(default_factory=list)


class Words:
    """Reads paragraphs one after another: notes are numbered through the document."""

    def __init__(self, document: Any) -> None:
        self._notes = {
            part: dict(_notes_of(document, part)) for part in dict.fromkeys(_NOTES.values())
        }
        self._count = 0

    def of(self, paragraph: Any) -> Spoken:
        spoken = Spoken()
        parts = [part for part in self._parts(paragraph, spoken) if part]
        lines = _UNWANTED.sub("", "".join(parts)).replace("\u00a0", " ").split("\n")
        spoken.text = "\n".join(line.strip() for line in lines if line.strip())
        return spoken

    def _parts(self, element: Any, spoken: Spoken) -> Iterator[str]:
        for child in element:
            tag = child.tag
            if tag in _UNSEEN or not isinstance(tag, str):
                continue
            if tag in _TEXTS:
                yield child.text or ""
            elif tag in _MARKS:
                yield _MARKS[tag]
            elif tag == qn("w:sym"):
                yield _symbol(child)
            elif tag in _NOTES:
                yield self._note(_NOTES[tag], child.get(qn("w:id"), ""), spoken)
            elif tag == _BOX:
                spoken.boxes.append(child)
            elif tag == qn("w:r") and _is_hidden(child):
                continue
            else:
                yield from self._parts(child, spoken)

    def _note(self, part: str, identity: str, spoken: Spoken) -> str:
        text = self._notes[part].get(identity, "")
        if not text:
            return ""
        self._count += 1
        spoken.notes.append(f"[{self._count}] {text}")
        return f"[{self._count}]"


def _is_hidden(run: Any) -> bool:
    mark = run.find(f"{qn('w:rPr')}/{qn('w:vanish')}")
    return mark is not None and mark.get(qn("w:val"), "1") not in _OFF


def _symbol(element: Any) -> str:
    """Check boxes are drawn with symbol fonts: 00FE ticked, 00A8 empty."""
    code = element.get(qn("w:char"), "").upper()[-2:]
    return {"FE": "☑", "A8": "□", "52": "☑", "A3": "□"}.get(code, "")


def _notes_of(document: Any, part: str) -> Iterator[tuple[str, str]]:
    for related in document.part.rels.values():
        if related.is_external or not related.reltype.endswith(f"/{part}"):
            continue
        root = parse_xml(related.target_part.blob)
        for note in root:
            if note.get(qn("w:type")) in {None, "normal"}:
                words = "".join(node.text or "" for node in note.iter(qn("w:t")))
                yield note.get(qn("w:id"), ""), " ".join(words.split())
