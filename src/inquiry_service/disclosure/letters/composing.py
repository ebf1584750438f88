"""A letter as text, whole and in order, from what was written for it. Pure.

The document and the preview on the desk are both made from this, so they cannot differ.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from inquiry_service.disclosure.letters.element import Content, Element, shown, stated
from inquiry_service.disclosure.letters.elements import SALUTATION, Salutation, elements_of
from inquiry_service.disclosure.letters.forms import FORMS, FormWording
from inquiry_service.disclosure.letters.kinds import REGULATION, LetterKind
from inquiry_service.disclosure.letters.reply_wording import finding
from inquiry_service.disclosure.letters.variants import variant_of
from inquiry_service.disclosure.letters.wording import (
    RECEIPT_TITLES,
    REPLY_TITLES,
    REQUEST,
    REQUESTS,
    Paragraph,
    wording_of,
)
from inquiry_service.disclosure.rules.outcomes import outcome_of

SEAL = "（印章）"
_NAMES = re.compile(r"\{(\w+)")
_OF_LAW = {"law": "article", "withheld_law": "withheld_article"}


@dataclass(frozen=True, slots=True)
class Letter:
    """The parts of a letter, top to bottom. A form has `rows` of label and text, unsigned."""

    heading: str
    title: str
    number: str
    addressee: str
    body: tuple[str, ...]
    rows: tuple[tuple[str, str], ...]
    remedy: tuple[str, ...]
    attachments: tuple[str, ...]
    bureau: str
    date: str
    note: str


class _Told(str):
    """A text that ends its sentence where the wording asks for it."""

    __slots__ = ()

    def __format__(self, how: str) -> str:
        # What closes behind the stop, as in “……。” or （……。）, does not ask for another one.
        ended = how != "." or self.rstrip("”’）》】").endswith(("。", "！", "？", "；"))
        return str(self) if ended else f"{self}。"


def composed(kind: LetterKind, content: Content) -> Letter:
    """The letter; what is required and not yet written reads 【待填写：…】."""
    told = values(kind, content)
    form = FORMS.get(kind)
    to_bureau = kind is LetterKind.THIRD_PARTY_OPINION
    return Letter(
        heading="" if to_bureau else told["bureau"],
        title=told["title"],
        number=told.get("document_number", ""),
        addressee=told["bureau"] if to_bureau else told.get("addressee", ""),
        body=_written(form.intro, told) if form else _body(kind, content, told),
        rows=_rows(kind, form, told) if form else (),
        remedy=_lines(told.get("remedy", ""), _online(told)),
        attachments=_lines(told.get("attachments", "")),
        bureau="" if form else told["bureau"],
        date="" if form else told["signed_on"],
        note="" if form else _note(kind, told),
    )


def paragraphs(kind: LetterKind, content: Content) -> tuple[str, ...]:
    """Every line of the letter in reading order, in the words of the document."""
    letter = composed(kind, content)
    lines = (
        letter.heading,
        letter.title,
        letter.number,
        f"{letter.addressee}：" if letter.addressee else "",
        *letter.body,
        *(f"{label}：{text}" for label, text in letter.rows),
        *letter.remedy,
        *numbered(letter.attachments),
        *((letter.bureau, SEAL, letter.date) if letter.bureau else ()),
        letter.note,
    )
    return tuple(line for line in lines if line)


def values(kind: LetterKind, content: Content) -> Mapping[str, str]:
    """What each placeholder stands for, dates and choices in Chinese."""
    told = {e.name: _value(e, content) for e in elements_of(kind, content)}
    told["title"] = kind.nature.title
    if ending := outcome_of(told.get("outcome", "")):
        told["outcome"] = ending.label
        told["title"] = REPLY_TITLES.get(ending.matter, kind.nature.title)
    if kind is LetterKind.RECEIPT and (matter := variant_of(kind, content)):
        told["title"] = RECEIPT_TITLES.get(matter, kind.nature.title)
    told["you"] = told.get(SALUTATION.name) or Salutation.PERSON.label
    for law, article in _OF_LAW.items():
        text = told.get(article, "")
        told[law] = text if not text or text.startswith("《") else REGULATION + text
    return told


def numbered(attachments: tuple[str, ...]) -> tuple[str, ...]:
    """附件说明 as official letters write it: numbered when there are several."""
    if len(attachments) < 2:  # noqa: PLR2004 - one attachment bears no number
        return tuple(f"附件：{each}" for each in attachments)
    return tuple(
        f"{'附件：' if at == 1 else '　　　'}{at}.{each}" for at, each in enumerate(attachments, 1)
    )


def _value(element: Element, content: Content) -> str:
    text = shown(element, stated(content, element.name))
    return text or (f"【待填写：{element.label}】" if element.required else "")


def _body(kind: LetterKind, content: Content, told: Mapping[str, str]) -> tuple[str, ...]:
    if kind is not LetterKind.REPLY:
        return _written(wording_of(kind, content), told)
    outcome = outcome_of(stated(content, "outcome"))
    request = REQUESTS[outcome.matter] if outcome else REQUEST
    found = finding(outcome.code, stated(content, "holder")) if outcome else ()
    served: Paragraph = ("本答复书的送达方式为{delivery}。",)
    return _written((request, *found, served), told)


def _written(wording: tuple[Paragraph, ...], told: Mapping[str, str]) -> tuple[str, ...]:
    spoken = {name: _Told(text) for name, text in told.items()}
    texts = (
        "".join(s.format_map(spoken) for s in paragraph if _can_be_said(s, told))
        for paragraph in wording
    )
    return _lines(*texts)


def _can_be_said(sentence: str, told: Mapping[str, str]) -> bool:
    return all(told.get(name) for name in _NAMES.findall(sentence))


def _lines(*texts: str) -> tuple[str, ...]:
    return tuple(line for text in texts for line in text.split("\n") if line.strip())


def _online(told: Mapping[str, str]) -> str:
    route = told.get("online_route", "")
    return f"网上申请行政复议的渠道：{_Told(route):.}" if route else ""


def _note(kind: LetterKind, told: Mapping[str, str]) -> str:
    """附注 below the date; a reply says in its body how it is served."""
    served = "" if kind is LetterKind.REPLY else f"送达方式：{told['delivery']}"
    contact = f"联系方式：{told['contact']}" if told.get("contact") else ""
    text = "；".join(part for part in (contact, served) if part)
    return f"（{text}）" if text else ""


def _rows(
    kind: LetterKind, form: FormWording, told: Mapping[str, str]
) -> tuple[tuple[str, str], ...]:
    inside = (e for e in elements_of(kind) if e.name not in form.apart)
    return (*((e.label, told[e.name]) for e in inside), *form.blanks)
