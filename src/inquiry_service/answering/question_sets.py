"""Judged questions on disk: the BEIR layout of test sets, and our own questions with endings."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from inquiry_service.answering.answer import Answer, Status
from inquiry_service.errors import KnowledgeFault
from inquiry_service.knowledge.document import Document
from inquiry_service.knowledge.library import Library, library_of
from inquiry_service.knowledge.readers.reading import read_entry


@dataclass(frozen=True, slots=True)
class Dataset:
    """A folder with `corpus.jsonl`, `queries.jsonl` and, for figures, `qrels.tsv`."""

    folder: Path

    def library(self) -> Library:
        """Each entry of the corpus, read and split like any document."""
        return library_of(self._documents())

    def queries(self) -> dict[str, str]:
        return {row["_id"]: row["text"] for row in self._rows("queries.jsonl")}

    def judgements(self) -> dict[str, dict[str, int]]:
        """For each query the documents judged relevant, with their score; empty without a file."""
        path = self.folder / "qrels.tsv"
        judged: dict[str, dict[str, int]] = {}
        if not path.is_file():
            return judged
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines()):
            if (number == 0 and line.startswith("query-id")) or not line.strip():
                continue
            query, document, score = _columns(line, path)
            judged.setdefault(query, {})[document] = int(float(score))
        return judged

    @property
    def corpus(self) -> Path:
        return self.folder / "corpus.jsonl"

    def _documents(self) -> Iterator[Document]:
        for row in self._rows("corpus.jsonl"):
            yield read_entry(row["_id"], str(row.get("title", "")), str(row.get("text", "")))

    def _rows(self, name: str) -> Iterator[dict[str, Any]]:
        path = self.folder / name
        if not path.is_file():
            raise KnowledgeFault(where=str(path), reason="没有这个文件")
        with path.open(encoding="utf-8") as lines:
            for number, line in enumerate(lines, 1):
                if line.strip():
                    yield _row(line, f"{path} 第 {number} 行")


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
        return tuple(_judged(entry) for entry in listed)
    except FileNotFoundError:
        raise KnowledgeFault(where=str(path), reason="没有这个文件") from None
    except (yaml.YAMLError, KeyError, TypeError, ValueError) as fault:
        raise KnowledgeFault(where=str(path), reason=f"格式不对（{fault}）") from fault


def _judged(entry: Mapping[str, Any]) -> JudgedQuestion:
    expect = Status(entry["expect"])
    places: tuple[Expected, ...] = ()
    if expect is Status.ANSWERED:
        listed = [entry, *entry.get("alternatives", ())]
        places = tuple(Expected(one["document"], one["contains"]) for one in listed)
    return JudgedQuestion(entry["question"], expect, places, entry.get("kind", ""))


def _row(line: str, where: str) -> dict[str, Any]:
    try:
        row = json.loads(line)
    except ValueError:
        raise KnowledgeFault(where=where, reason="不是一行 JSON") from None
    if not isinstance(row, dict) or not isinstance(row.get("_id"), str):
        raise KnowledgeFault(where=where, reason="缺少 _id")
    return row


def _columns(line: str, path: Path) -> tuple[str, str, str]:
    columns = line.split("\t")
    if len(columns) != 3:  # noqa: PLR2004 - query-id, corpus-id, score
        raise KnowledgeFault(where=str(path), reason=f"这一行不是三列：{line}")
    return columns[0], columns[1], columns[2]
