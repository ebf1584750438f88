"""The YAML head of a Markdown document, read strictly into a `Provenance`."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from inquiry_service.knowledge.document import Attachment, Kind, Provenance, Validity
from inquiry_service.knowledge.readers.strict_yaml import BadYaml, load_yaml

IDENTIFIER = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,98}[a-z0-9])?")
MAX_HEAD = 64 * 1024
_FENCE = re.compile(r"^---[ \t]*$", re.MULTILINE)
_YEARS = range(1949, 2101)
LEVELS = ("国家", "省", "市", "县")


class BadFrontMatter(ValueError):
    """The head cannot be used; the message is a Chinese clause naming the fields."""


class _WrongValue(ValueError):
    """One field holds something else than it should; the message says what it should hold."""


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """What the head says, and what it says needlessly."""

    provenance: Provenance
    warnings: tuple[str, ...]


def split_front_matter(text: str) -> tuple[str | None, str]:
    """The YAML between the two `---` lines, or None, and the body after it.

    Raises:
        BadFrontMatter: the head is opened and never closed, or is unreasonably long.
    """
    opening = _FENCE.match(text)
    if opening is None:
        return None, text
    closing = _FENCE.search(text, opening.end())
    if closing is None:
        raise BadFrontMatter("开头的 --- 没有对应的结束行 ---，请补上")
    if closing.start() > MAX_HEAD:
        raise BadFrontMatter("开头两个 --- 之间的说明过长，请检查结束行 --- 的位置")
    return text[opening.end() : closing.start()], text[closing.end() :]


def parse_front_matter(head: str, *, fallback_id: str) -> FrontMatter:
    """Read every field; all faults are told at once.

    Raises:
        BadFrontMatter: not a mapping, a required field missing, or a value of the wrong sort.
    """
    given = _mapping(head)
    values, faults = _values(given)
    faults += [f"缺少 {name}" for name in ("title", "kind") if given.get(name) is None]
    if faults:
        raise BadFrontMatter("；".join(faults))
    return FrontMatter(_provenance({"id": fallback_id} | values), _unknown(given))


def parse_side_car(text: str, provenance: Provenance) -> FrontMatter:
    """What a file beside the document says, over what was recognised; every field may be absent.

    Raises:
        BadFrontMatter: not a mapping, or a value of the wrong sort.
    """
    given = _mapping(text, "旁边的 yaml 说明")
    values, faults = _values(given)
    if faults:
        raise BadFrontMatter("；".join(faults))
    return FrontMatter(_changed(provenance, values), _unknown(given))


def with_told(provenance: Provenance, told: Mapping[str, str]) -> Provenance:
    """What a file says about itself, as far as it can be used, over what was recognised."""
    values, _ = _values({name: value for name, value in told.items() if name != "id"})
    return _changed(provenance, values)


def _values(given: Mapping[Any, Any]) -> tuple[dict[str, Any], list[str]]:
    """The fields that can be used, and what is wrong with the others."""
    values: dict[str, Any] = {}
    faults: list[str] = []
    for name, parse in _FIELDS.items():
        value = given.get(name)
        if value is None:
            continue
        try:
            values[name] = parse(value)
        except _WrongValue as fault:
            faults.append(f"{name} {fault}")
    return values, faults


def _unknown(given: Mapping[Any, Any]) -> tuple[str, ...]:
    unknown = [str(name) for name in given if name not in _FIELDS]
    return tuple(f"不认识的字段 {name}，已忽略，请检查拼写" for name in unknown)


def _changed(provenance: Provenance, values: dict[str, Any]) -> Provenance:
    if "id" in values:
        values["document_id"] = values.pop("id")
    if "published" in values:
        values["published"], year = values["published"]
        if provenance.year is None:
            values.setdefault("year", year)
    return replace(provenance, **values)


def _mapping(head: str, called: str = "开头的说明") -> dict[Any, Any]:
    try:
        given = load_yaml(head)
    except BadYaml as fault:
        raise BadFrontMatter(f"{called}{fault}") from fault
    if not isinstance(given, dict):
        raise BadFrontMatter(f"{called}应当是“字段: 值”的形式")
    return given


def _provenance(values: dict[str, Any]) -> Provenance:
    published, year = values.pop("published", (None, None))
    values.setdefault("year", year)
    return Provenance(document_id=values.pop("id"), published=published, **values)


def _text(value: object) -> str:
    if not isinstance(value, str) or not value.strip():
        raise _WrongValue("应当是文字（数字和日期请加引号）")
    return " ".join(value.split())


def _identifier(value: object) -> str:
    if not isinstance(value, str) or not IDENTIFIER.fullmatch(value):
        raise _WrongValue(f"“{value}”只能用小写字母、数字和连字符，首尾不能是连字符")
    return value


def _flag(value: object) -> bool:
    if not isinstance(value, bool):
        raise _WrongValue("应当是 true 或 false")
    return value


def _day(value: object) -> date:
    if isinstance(value, str):
        value = _day_from_text(value)
    if not isinstance(value, date) or isinstance(value, datetime):
        raise _WrongValue(f"“{value}”不是日期，应写成 2021-04-15 的形式")
    return value


def _day_from_text(value: str) -> date | str:
    try:
        return date.fromisoformat(value.strip())
    except ValueError:
        return value


def _year(value: object) -> int:
    if isinstance(value, str) and re.fullmatch(r"\d{4}", value.strip(), re.ASCII):
        value = int(value)
    if not isinstance(value, int) or isinstance(value, bool) or value not in _YEARS:
        raise _WrongValue(f"“{value}”不是年份，应写成 2017 的形式")
    return value


def _day_or_year(value: object) -> tuple[date | None, int | None]:
    """A source often tells the year of publication and no more."""
    try:
        return None, _year(value)
    except _WrongValue:
        day = _day(value)
        return day, day.year


def _one_of(choices: type[StrEnum]) -> Callable[[object], StrEnum]:
    def parse(value: object) -> StrEnum:
        try:
            return choices(str(value))
        except ValueError:
            allowed = "、".join(choices)
            raise _WrongValue(f"“{value}”不在可选值之内（{allowed}）") from None

    return parse


def _texts(value: object) -> tuple[str, ...]:
    if not isinstance(value, list):
        raise _WrongValue("应当是列表，每行以“- ”开头")
    return tuple(dict.fromkeys(_text(item) for item in value))


def _section_questions(value: object) -> tuple[tuple[str, str], ...]:
    """Under each heading a list of questions."""
    if not isinstance(value, dict):
        raise _WrongValue("应当按标题分列，每个标题下面再列问法")
    return tuple((_text(name), asked) for name, listed in value.items() for asked in _texts(listed))


def _text_or_texts(value: object) -> tuple[str, ...]:
    return _texts(value) if isinstance(value, list) else (_text(value),)


def _level(value: object) -> str:
    if value not in LEVELS:
        raise _WrongValue(f"“{value}”不在可选值之内（{'、'.join(LEVELS)}）")
    return str(value)


def _attachments(value: object) -> tuple[Attachment, ...]:
    """A list of names, or of mappings with `name` and `address`."""
    if not isinstance(value, list):
        raise _WrongValue("应当是列表，每行以“- ”开头")
    return tuple(_attachment(item) for item in value)


def _attachment(item: object) -> Attachment:
    if not isinstance(item, dict):
        return Attachment(_text(item))
    if set(item) - {"name", "address"}:
        raise _WrongValue("每项只能写 name 和 address 两个字段")
    return Attachment(_text(item.get("name")), _text(item["address"]) if "address" in item else "")


_FIELDS: dict[str, Callable[[object], Any]] = {
    "id": _identifier,
    "title": _text,
    "kind": _one_of(Kind),
    "issuer": _text,
    "document_number": _text,
    "published": _day_or_year,
    "effective": _day,
    "expires": _day,
    "year": _year,
    "topic": _text,
    "region": _text,
    "validity": _one_of(Validity),
    "source": _text,
    "digest": _flag,
    "explains": _identifier,
    "questions": _texts,
    "section_questions": _section_questions,
    "not_questions": _texts,
    "made": _day,
    "level": _level,
    "amended_by": _text_or_texts,
    "repealed_by": _text_or_texts,
    "replaces": _text_or_texts,
    "attachments": _attachments,
}
