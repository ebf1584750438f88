"""One thing a letter must or may say, and what is wrong with how it was said. Pure.

Content is handed around as plain texts by element name, as a form sends it: days as YYYY-MM-DD,
choices by their stored value.
"""

import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal, InvalidOperation
from enum import StrEnum

from inquiry_service.disclosure.rules.request import Choice, choice_of, printable

Content = Mapping[str, str]

MAX_LINE = 300
MAX_TEXT = 10_000
_MAX_AMOUNT = Decimal(1_000_000)

_NUMBER = re.compile(r"[^〔〕\s]{1,40}〔\d{4}〕第?[1-9]\d{0,5}号")
_ARTICLE = re.compile(r"(?:《[^《》]+》)?第[一二三四五六七八九十百]+条.*|《[^《》]+》.*第.+条.*")


class Form(StrEnum):
    """How an element is written."""

    TEXT = "text"
    DAY = "day"
    DAYS = "days"
    AMOUNT = "amount"
    NUMBER = "number"
    ARTICLE = "article"
    CHOICE = "choice"


@dataclass(frozen=True, slots=True)
class Element:
    """A place in a letter. `hint` tells the clerk what to write; `lines` sizes the field."""

    name: str
    label: str
    hint: str
    required: bool = True
    lines: int = 1
    form: Form = Form.TEXT
    choices: type[Choice] | None = None

    @property
    def optional(self) -> "Element":
        return replace(self, required=False)

    def hinted(self, hint: str) -> "Element":
        return replace(self, hint=hint)


def stated(content: Content, name: str) -> str:
    """What was written, as it can be kept and printed; empty when nothing was."""
    return printable_in_xml(content.get(name, ""))


def printable_in_xml(text: str) -> str:
    """Without control characters and what XML cannot carry; line ends as one sign."""
    ended = text.replace("\r\n", "\n").replace("\r", "\n")
    return printable("".join(c for c in ended if c not in "\ufffe\uffff"))


def chosen(element: Element, text: str) -> Choice | None:
    return None if element.choices is None else choice_of(element.choices, text)


def day_of(text: str) -> date | None:
    """The day of a YYYY-MM-DD, or None: nothing else is taken for a day."""
    if not re.fullmatch(r"\d{4}-\d{2}-\d{2}", text, re.ASCII):
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def number_of(text: str) -> int | None:
    return int(text) if re.fullmatch(r"\d{1,4}", text, re.ASCII) else None


def amount_of(text: str) -> Decimal | None:
    """Yuan, at most two decimals, above nothing."""
    try:
        amount = Decimal(text) if re.fullmatch(r"\d{1,7}(\.\d{1,2})?", text, re.ASCII) else None
    except InvalidOperation:
        return None
    return amount if amount and 0 < amount <= _MAX_AMOUNT else None


def in_chinese(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"


def shown(element: Element, text: str) -> str:
    """The text as the letter prints it; what is missing or unreadable stays as it was written."""
    if element.form is Form.DAY and (day := day_of(text)):
        return in_chinese(day)
    if element.form is Form.CHOICE and (choice := chosen(element, text)):
        return choice.label
    return text


def fault_of(element: Element, text: str) -> str:
    """What is wrong with what was written, as a sentence; empty when nothing is."""
    label = f"“{element.label}”"
    if element.lines == 1 and ("\n" in text or len(text) > MAX_LINE):
        return f"{label}只写一行，最多{MAX_LINE}字，请缩短。"
    if len(text) > MAX_TEXT:
        return f"{label}最多{MAX_TEXT}字，请缩短，或者作为附件。"
    fault = _FAULTS.get(element.form)
    if element.form is Form.CHOICE:
        return "" if chosen(element, text) else f"{label}不在可选范围内，请重新选择。"
    return fault[1].format(label=label) if fault and not fault[0](text) else ""


def _is_article(text: str) -> bool:
    return _ARTICLE.fullmatch(unicodedata.normalize("NFC", text)) is not None


_FAULTS: dict[Form, tuple[Callable[[str], object], str]] = {
    Form.DAY: (day_of, "{label}不是有效日期，请按“2026-03-02”这样的格式填写。"),
    Form.DAYS: (number_of, "{label}应为整数，请只写数字。"),
    Form.AMOUNT: (amount_of, "{label}应为大于零的数额，单位元，最多两位小数。"),
    Form.NUMBER: (
        _NUMBER.fullmatch,
        "{label}应写作“机关代字〔年份〕序号号”，如“××补〔2026〕1号”。",
    ),
    Form.ARTICLE: (
        _is_article,
        "{label}请写明条款，如“第三十条”；其他法规请先写名称，如“《……》第八条”。",
    ),
}
