"""How one text names another: 《粮食收购管理办法》（某政发〔2010〕3号). Pure."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from inquiry_service.knowledge.document import Provenance
from inquiry_service.knowledge.expressions.references import (
    find_document_numbers,
    normalise_document_number,
    same_document_number,
)

_NAMED = re.compile(
    r"《(?P<title>[^《》\n]{2,80}(?:《[^《》\n]{2,60}》[^《》\n]{0,20})?)》"
    r"[ \t\u3000]*(?:[（(](?P<note>[^（）()\n]{2,60})[）)])?"
)
_STATE = "中华人民共和国"
_PRINTED = re.compile("(?:印发|发布|公布)(.{2,60}?)(?:[（(][^）)]{2,6}[）)])?的(?:通知|公告|决定)")
"""某局关于印发粮食收购管理办法的通知 is called by what it prints, too."""
_ENDING = re.compile("(?:〔\\d{4}〕|第)[0-9]{1,6}号$")
_VERSION = re.compile(
    r"[（(](?:试行|暂行|修订|修正|摘编|20\d{2}年[^）)]{0,8}|[^）)]{0,12}修[订正])[）)]$"
)


@dataclass(frozen=True, slots=True)
class Name:
    """A text as another text names it: by title, by number, or by both."""

    title: str | None = None
    number: str | None = None

    def __str__(self) -> str:
        if self.title and self.number:
            return f"《{self.title}》（{self.number}）"
        return f"《{self.title}》" if self.title else self.number or ""

    def means(self, document: Provenance) -> bool:
        """A number decides where both have one; else the title, also of the notice around it."""
        if self.number and document.document_number:
            return same_document_number(self.number, document.document_number)
        return bool(self.title) and _same_title(self.title or "", document.title)


def names_in(text: str) -> Iterator[Name]:
    """The texts named in a sentence, in order; a number without a title is one too."""
    for found in _NAMED.finditer(text):
        numbers = find_document_numbers(found["note"] or "")
        yield Name(found["title"], numbers[0] if numbers else None)
    for number in find_document_numbers(_NAMED.sub("\n", text)):
        yield Name(number=number)


def name_of(written: str) -> Name:
    """A value of front matter or of the register: a number, or a title with or without 《》."""
    numbers = find_document_numbers(written)
    if len(numbers) == 1 and normalise_document_number(written) == numbers[0]:
        return Name(number=numbers[0])
    return Name(title=written.strip("《》 "))


def bare_title(title: str) -> str:
    """Without what versions of one title differ in: 中华人民共和国, 《》, （试行）, spaces."""
    bare = "".join(title.split()).replace("《", "").replace("》", "")
    return _VERSION.sub("", bare.removeprefix(_STATE))


class NameIndex:
    """Documents by what other texts may call them, so that a name is not held against them all."""

    def __init__(self, documents: Iterable[Provenance]) -> None:
        self._called: dict[str, list[Provenance]] = defaultdict(list)
        for document in documents:
            for key in _keys(document.title, document.document_number):
                self._called[key].append(document)

    def meant_by(self, name: Name) -> list[Provenance]:
        """Every document that the name means, in order."""
        keys = _keys(name.title or "", name.number)
        near = {each.document_id: each for key in keys for each in self._called.get(key, ())}
        return [each for each in near.values() if name.means(each)]


def _keys(title: str, number: str | None) -> set[str]:
    """The title, the title of what it prints, and the end of the number."""
    printed = _PRINTED.search(bare_title(title))
    ending = _ENDING.search(normalise_document_number(number)) if number else None
    keys = {bare_title(title), printed[1] if printed else "", ending[0] if ending else number or ""}
    return keys - {""}


def _same_title(named: str, title: str) -> bool:
    wanted, whole = bare_title(named), bare_title(title)
    printed = _PRINTED.search(whole)
    return wanted == whole or (printed is not None and printed[1] == wanted)
