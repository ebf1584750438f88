"""What a visitor wants to see of the library, as it stands in the address. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from enum import StrEnum
from typing import Any, TypeVar
from urllib.parse import urlencode

from inquiry_service.errors import Problem
from inquiry_service.knowledge.document import Kind, Validity

LONGEST_QUERY = 100
LONGEST_VALUE = 100
"""Of a topic or an issuer."""
LAST_PAGE = 100_000
_YEAR_DIGITS = 4
_PAGE_DIGITS = 7


Choice = TypeVar("Choice", bound=StrEnum)


class Sort(StrEnum):
    """How a list is ordered."""

    RELEVANCE = "relevance"
    DATE = "date"


@dataclass(frozen=True, slots=True)
class Filter:
    """What to keep; None and empty keep everything. `sort` None is the order that fits."""

    query: str = ""
    kind: Kind | None = None
    topic: str | None = None
    year: int | None = None
    issuer: str | None = None
    validity: Validity | None = None
    sort: Sort | None = None
    page: int = 1

    @property
    def order(self) -> Sort:
        """By relevance needs something to be relevant to."""
        if not self.query:
            return Sort.DATE
        return self.sort or Sort.RELEVANCE

    @property
    def narrows(self) -> bool:
        return replace(self, sort=None, page=1) != Filter()

    def without(self, *names: str) -> "Filter":
        """The same on its first page, with these conditions taken away."""
        unset: dict[str, Any] = {name: getattr(Filter(), name) for name in names}
        return replace(self, page=1, **unset)

    def with_(self, name: str, value: object) -> "Filter":
        changed: dict[str, Any] = {"page": 1, name: value}
        return replace(self, **changed)

    def address(self, path: str = "/documents") -> str:
        """One address for one state: conditions in a fixed order, none that says nothing."""
        stated = {
            _PARAMETERS[field.name]: str(value)
            for field in fields(self)
            if (value := getattr(self, field.name)) != field.default
        }
        return f"{path}?{urlencode(stated)}" if stated else path


_PARAMETERS = {field.name: field.name for field in fields(Filter)} | {"query": "q"}


def read_filter(given: Mapping[str, str]) -> tuple[Filter, tuple[Problem, ...]]:
    """What of an address can be used, and what is wrong with the rest."""
    reader = _Reader(given)
    wanted = Filter(
        query=reader.query(),
        kind=reader.one_of("kind", Kind, "没有这个类别"),
        topic=reader.name("topic", "主题"),
        year=reader.year(),
        issuer=reader.name("issuer", "发布机关"),
        validity=reader.one_of("validity", Validity, "没有这种效力状态"),
        sort=reader.one_of("sort", Sort, "只能按相关程度或日期排序"),
        page=reader.page(),
    )
    return wanted, tuple(reader.problems)


def printable(text: str) -> str:
    """Without control characters, which no page may show again; each becomes a space."""
    return "".join(character if character.isprintable() else " " for character in text)


class _Reader:
    """Reads one value after the other and collects what is wrong."""

    def __init__(self, given: Mapping[str, str]) -> None:
        self._given = given
        self.problems: list[Problem] = []

    def query(self) -> str:
        text = " ".join(self._text("q").split())
        if len(text) > LONGEST_QUERY:
            self._wrong("q", f"查找的内容太长，请控制在 {LONGEST_QUERY} 个字以内")
        elif text and not any(character.isalnum() for character in text):
            self._wrong("q", "请写下要查找的字词或文号")
        else:
            return text
        return ""

    def one_of(self, name: str, values: type[Choice], complaint: str) -> Choice | None:
        text = self._text(name)
        if text in set(values):
            return values(text)
        if text:
            self._wrong(name, complaint)
        return None

    def name(self, name: str, label: str) -> str | None:
        text = self._text(name)
        if len(text) > LONGEST_VALUE:
            self._wrong(name, f"没有这个{label}")
            return None
        return text or None

    def year(self) -> int | None:
        text = self._text("year").removesuffix("年")
        if _is_number(text) and len(text) == _YEAR_DIGITS:
            return int(text)
        if text:
            self._wrong("year", "年份应写成 2017 这样的四位数字")
        return None

    def page(self) -> int:
        text = self._text("page")
        if _is_number(text) and 1 <= int(text[:_PAGE_DIGITS]) <= LAST_PAGE:
            return int(text[:_PAGE_DIGITS])
        if text:
            self._wrong("page", f"页码应是 1 到 {LAST_PAGE} 之间的数字")
        return 1

    def _text(self, name: str) -> str:
        return printable(self._given.get(name, "")).strip()

    def _wrong(self, field: str, message: str) -> None:
        self.problems.append(Problem(field, message))


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdecimal()
