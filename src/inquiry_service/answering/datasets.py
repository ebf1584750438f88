"""Test sets in BEIR layout on disk: a faulty line is named with its file and what to do about it.

Nothing is skipped or guessed at: a set that is read only in part gives figures nobody can trust.
"""

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from inquiry_service.errors import KnowledgeFault
from inquiry_service.knowledge.document import Document
from inquiry_service.knowledge.library import Library, library_of
from inquiry_service.knowledge.readers.reading import read_entry

Judgements = dict[str, dict[str, int]]
"""For each query the documents that were judged, with their score."""


@dataclass(frozen=True, slots=True)
class Dataset:
    """A folder with `corpus.jsonl`, `queries.jsonl` and, for figures, `qrels.tsv`.

    Every method that reads raises `KnowledgeFault` for what cannot be used.
    """

    folder: Path

    @property
    def corpus(self) -> Path:
        return self.folder / "corpus.jsonl"

    @property
    def qrels(self) -> Path:
        return self.folder / "qrels.tsv"

    @property
    def told(self) -> str:
        """Its name and the digest of what it holds, as the scripts that fit weights write it."""
        digest = hashlib.sha256()
        for path in [*sorted(self.folder.glob("*.jsonl")), *sorted(self.folder.glob("*.tsv"))]:
            digest.update(path.name.encode() + path.read_bytes())
        return f"{self.folder.resolve().name} sha256:{digest.hexdigest()[:16]}"

    def corpus_bytes(self) -> bytes:
        return _bytes_of(self.corpus)

    def library(self) -> Library:
        """Each entry of the corpus, read and split like any document."""
        documents = tuple(self._documents())
        if not any(document.passages for document in documents):
            raise KnowledgeFault(
                where=str(self.corpus), reason="里面没有可以检索的文字，请先写入文档，每行一篇"
            )
        return library_of(documents)

    def queries(self) -> dict[str, str]:
        path = self.folder / "queries.jsonl"
        asked = {row["_id"]: _question(row, where) for row, where in _rows(path)}
        if not asked:
            raise KnowledgeFault(where=str(path), reason="里面没有问题，请先写入问题，每行一个")
        return asked

    def answers(self) -> dict[str, tuple[str, ...]]:
        """For the queries that tell it: wordings of which one must stand in a right quote."""
        rows = _rows(self.folder / "queries.jsonl")
        told = {row["_id"]: _answers(row, where) for row, where in rows}
        return {query: wordings for query, wordings in told.items() if wordings}

    def unanswerable(self) -> dict[str, str]:
        """Questions of the same kind whose answer is not in the corpus; empty without a file."""
        path = self.folder / "unanswerable.jsonl"
        if not path.exists():
            return {}
        return {row["_id"]: _question(row, where) for row, where in _rows(path)}

    def judgements(self) -> Judgements:
        """Empty without a file."""
        judged: Judgements = {}
        if not self.qrels.exists():
            return judged
        for number, (line, where) in enumerate(_lines(self.qrels)):
            if number == 0 and line.startswith("query-id"):
                continue
            query, document, score = _columns(line, where)
            judged.setdefault(query, {})[document] = _score(score, where)
        return judged

    def _documents(self) -> Iterator[Document]:
        for row, where in _rows(self.corpus):
            yield read_entry(row["_id"], _words(row, "title", where), _words(row, "text", where))


def _bytes_of(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except FileNotFoundError:
        raise KnowledgeFault(where=str(path), reason="没有这个文件，请补上后再运行") from None
    except OSError as fault:
        reason = f"读不出来（{fault.strerror}），请检查文件和权限"
        raise KnowledgeFault(where=str(path), reason=reason) from fault


def _lines(path: Path) -> Iterator[tuple[str, str]]:
    """Each line that is not blank, and where it stands."""
    for number, line in enumerate(_bytes_of(path).split(b"\n"), 1):
        where = f"{path} 第 {number} 行"
        try:
            text = line.decode("utf-8-sig" if number == 1 else "utf-8")
        except UnicodeDecodeError:
            reason = "不是 UTF-8 编码，请把文件转存为 UTF-8"
            raise KnowledgeFault(where=where, reason=reason) from None
        if text.strip():
            yield text, where


def _rows(path: Path) -> Iterator[tuple[dict[str, Any], str]]:
    """Each line as a row with an `_id` of its own."""
    seen: dict[str, str] = {}
    for line, where in _lines(path):
        row = _row(line, where)
        name = _identifier(row, where)
        if name in seen:
            reason = f"_id {name} 与{seen[name]}重复，请改成不同的 _id 或删去一行"
            raise KnowledgeFault(where=where, reason=reason)
        seen[name] = where.removeprefix(str(path)).replace(" ", "")
        yield row, where


def _row(line: str, where: str) -> dict[str, Any]:
    try:
        row = json.loads(line)
    except (ValueError, RecursionError):
        reason = "不是一行 JSON，请改成每行一个 JSON 对象"
        raise KnowledgeFault(where=where, reason=reason) from None
    if not isinstance(row, dict):
        raise KnowledgeFault(where=where, reason="不是 JSON 对象，请写成 {...}")
    return row


def _identifier(row: Mapping[str, Any], where: str) -> str:
    """The columns of a TREC run are parted by white space: an `_id` with some breaks them."""
    name = row.get("_id")
    if name is None:
        raise KnowledgeFault(where=where, reason="缺少 _id，请补上")
    if not isinstance(name, str):
        reason = f"_id 是 {json.dumps(name, ensure_ascii=False)}，请改成带引号的文字"
        raise KnowledgeFault(where=where, reason=reason)
    if name.split() != [name]:
        raise KnowledgeFault(where=where, reason=f"_id “{name}” 是空的或含有空白，请去掉空白")
    return _words(row, "_id", where)


def _question(row: Mapping[str, Any], where: str) -> str:
    text = _words(row, "text", where)
    if not text.strip():
        raise KnowledgeFault(where=where, reason="缺少 text，请补上问题的文字")
    return text


def _answers(row: Mapping[str, Any], where: str) -> tuple[str, ...]:
    told = row.get("answer") or ()
    listed = [told] if isinstance(told, str) else told
    if not isinstance(listed, list | tuple) or not all(isinstance(one, str) for one in listed):
        raise KnowledgeFault(where=where, reason="answer 不是文字，请写成文字或文字的列表")
    return tuple(filter(None, listed))


def _words(row: Mapping[str, Any], field: str, where: str) -> str:
    """A text that can be written; empty when the field is not there."""
    value = row.get(field)
    if value is None:
        return ""
    if not isinstance(value, str):
        raise KnowledgeFault(where=where, reason=f"{field} 不是文字，请改成带引号的文字")
    try:
        value.encode()
    except UnicodeEncodeError:
        reason = f"{field} 里有不成对的 \\ud800 一类转义，请改正"
        raise KnowledgeFault(where=where, reason=reason) from None
    return value


def _columns(line: str, where: str) -> tuple[str, str, str]:
    columns = [column.strip() for column in line.split("\t")]
    if len(columns) != 3:  # noqa: PLR2004 - query-id, corpus-id, score
        reason = "不是三列，请写成用制表符隔开的 query-id、corpus-id、score"
        raise KnowledgeFault(where=where, reason=reason)
    return columns[0], columns[1], columns[2]


def _score(told: str, where: str) -> int:
    try:
        score = float(told)
    except ValueError:
        score = float("nan")
    if not score.is_integer():
        raise KnowledgeFault(
            where=where, reason=f"score“{told}”不是整数，请改成 0、1、2 这样的整数"
        )
    return int(score)
