"""Our own judged questions: each with the ending it must have and where its answer stands.

They lie in two halves. The fitting half may be looked at and tuned on; the held-out half is only
ever counted.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

import yaml

from inquiry_service.answering.answer import Answer, Status
from inquiry_service.errors import KnowledgeFault

HELD_OUT = "held-out"
"""How the name of a file with held-out questions begins."""
EVERYDAY = frozenset({"chitchat", "everyday", "injection", "other_bureau"})
"""Kinds of question that a bureau's service has nothing to answer to, unless an answer is right."""


class Half(StrEnum):
    """What a file of questions may be used for."""

    FITTING = "fitting"
    HELD_OUT = "held_out"


def half_of(path: Path) -> Half:
    return Half.HELD_OUT if path.name.startswith(HELD_OUT) else Half.FITTING


@dataclass(frozen=True, slots=True)
class Expected:
    """One right place to quote: a document and words that stand in the quote."""

    document: str
    contains: str


@dataclass(frozen=True, slots=True)
class Given:
    """What the judging of an answer needs of it."""

    status: Status
    quotes: tuple[tuple[str, str], ...] = ()
    """document_id and wording of each quote given, the first one first."""

    @classmethod
    def of(cls, answer: Answer) -> "Given":
        quotes = [(answer.citations[0].document_id, answer.quote)] if answer.citations else []
        quotes += [
            (part.citation.document_id, part.quote) for part in answer.parts if part.citation
        ]
        told = ((document, quote) for document, quote in quotes if quote is not None)
        return cls(answer.status, tuple(dict.fromkeys(told)))


@dataclass(frozen=True, slots=True)
class JudgedQuestion:
    """A question of our own with the ending it must have, and the places it may be quoted from."""

    question: str
    expect: Status
    places: tuple[Expected, ...] = ()
    kind: str = ""
    also: tuple[Status, ...] = ()
    """Endings that are right as well."""
    parts: tuple[Expected, ...] = ()
    """For a question that asks several things: where each of them stands."""

    @property
    def everyday(self) -> bool:
        return self.kind in EVERYDAY and Status.ANSWERED not in (self.expect, *self.also)

    def right_ending(self, given: Given) -> bool:
        return given.status is self.expect or given.status in self.also

    def right_quote(self, given: Given) -> bool:
        """Whether every quote given has words looked for, from a document that may say so."""
        places = (*self.places, *self.parts)
        right = (any(_stands_in(place, [quote]) for place in places) for quote in given.quotes)
        return bool(given.quotes) and all(right)

    def wrong_answer(self, given: Given) -> bool:
        """An answer was given that is not right: what must hardly ever happen."""
        return given.status is Status.ANSWERED and not self.right_quote(given)

    def parts_told(self, given: Given) -> int:
        """How many of the parts are told by one of the quotes."""
        return sum(_stands_in(part, given.quotes) for part in self.parts)


def _stands_in(place: Expected, quotes: Sequence[tuple[str, str]]) -> bool:
    return any(
        place.document == document and place.contains in wording for document, wording in quotes
    )


def load_judged_questions(path: Path) -> tuple[JudgedQuestion, ...]:
    """Read a file like `knowledge/evaluation/questions.yaml`.

    Raises `KnowledgeFault` for a faulty entry.
    """
    try:
        listed = yaml.safe_load(path.read_text(encoding="utf-8"))
        judged = tuple(_judged(entry) for entry in listed or ())
    except FileNotFoundError:
        raise KnowledgeFault(where=str(path), reason="没有这个文件") from None
    except OSError as fault:
        raise KnowledgeFault(where=str(path), reason=f"读不出来（{fault.strerror}）") from fault
    except (yaml.YAMLError, KeyError, TypeError, ValueError) as fault:
        raise KnowledgeFault(where=str(path), reason=f"格式不对（{fault}）") from fault
    if not judged:
        raise KnowledgeFault(where=str(path), reason="里面没有问题，请先写入要测的问题")
    return judged


def _judged(entry: Mapping[str, Any]) -> JudgedQuestion:
    expect = Status(entry["expect"])
    also = tuple(Status(ending) for ending in _listed(entry, "also"))
    parts = tuple(_place(part) for part in _listed(entry, "parts"))
    may_answer = Status.ANSWERED in (expect, *also)
    if may_answer and not parts and "document" not in entry:
        raise KeyError(f"{entry['question']}：缺少 document 和 contains")
    places: tuple[Expected, ...] = ()
    if may_answer and "document" in entry:
        places = tuple(_place(one) for one in [entry, *_listed(entry, "alternatives")])
    return JudgedQuestion(
        _words(entry, "question"), expect, places, entry.get("kind") or "", also, parts
    )


def _place(entry: Mapping[str, Any]) -> Expected:
    return Expected(_words(entry, "document"), _words(entry, "contains"))


def _listed(entry: Mapping[str, Any], field: str) -> Sequence[Any]:
    value = entry.get(field) or ()
    if isinstance(value, str) or not isinstance(value, Sequence):
        raise TypeError(f"{field} 要写成列表：{value}")
    return value


def _words(entry: Mapping[str, Any], field: str) -> str:
    value = entry[field]
    if not isinstance(value, str):
        raise TypeError(f"{field} 要写成带引号的文字：{value}")
    return value
