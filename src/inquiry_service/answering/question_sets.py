"""Our own judged questions: each with the ending it must have and where its answer stands."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from inquiry_service.answering.answer import Answer, Status
from inquiry_service.errors import KnowledgeFault


@dataclass(frozen=True, slots=True)
class Expected:
    """One right place to quote: a document and words that stand in the quote."""

    document: str
    contains: str


@dataclass(frozen=True, slots=True)
class JudgedQuestion:
    """A question of our own with the ending it must have, and the places it may be quoted from."""

    question: str
    expect: Status
    places: tuple[Expected, ...] = ()
    kind: str = ""

    def right_ending(self, answer: Answer) -> bool:
        return answer.status is self.expect

    def right_quote(self, answer: Answer) -> bool:
        """Whether the quote has the words looked for and comes from a document that may say so."""
        if answer.quote is None:
            return False
        document = answer.citations[0].document_id
        return any(
            place.contains in answer.quote and place.document == document for place in self.places
        )

    def wrong_answer(self, answer: Answer) -> bool:
        """An answer was given that is not right: what must hardly ever happen."""
        return answer.status is Status.ANSWERED and not self.right_quote(answer)


def load_judged_questions(path: Path) -> tuple[JudgedQuestion, ...]:
    """Read `knowledge/evaluation/questions.yaml`. Raises `KnowledgeFault` for a faulty entry."""
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
    places: tuple[Expected, ...] = ()
    if expect is Status.ANSWERED:
        listed = [entry, *entry.get("alternatives", ())]
        places = tuple(Expected(_words(one, "document"), _words(one, "contains")) for one in listed)
    return JudgedQuestion(_words(entry, "question"), expect, places, entry.get("kind", ""))


def _words(entry: Mapping[str, Any], field: str) -> str:
    value = entry[field]
    if not isinstance(value, str):
        raise TypeError(f"{field} 要写成带引号的文字：{value}")
    return value
