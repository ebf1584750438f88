"""Which published documents a visitor wants to see, and how they are described."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import islice, zip_longest

from inquiry_service.errors import BadInput, Problem
from inquiry_service.knowledge.document import Kind, Provenance, Validity

KIND_LABELS: dict[Kind, str] = {
    Kind.POLICY: "政策文件",
    Kind.EXPLANATION: "政策解读",
    Kind.CATALOGUE_ENTRY: "办事目录",
    Kind.GUIDE: "公开指南",
    Kind.REPORT: "年度报告",
    Kind.ANSWERED_REQUEST: "申请答复",
    Kind.CARD: "常见问答",
}
"""In the order of the page."""

VALIDITY_LABELS: dict[Validity, str] = {
    Validity.IN_FORCE: "现行有效",
    Validity.AMENDED: "已修改",
    Validity.REPEALED: "已废止",
    Validity.EXPIRED: "已失效",
}


@dataclass(frozen=True, slots=True)
class Filter:
    """What to keep; None and empty keep everything. Words of `query` must all occur."""

    kind: Kind | None = None
    topic: str | None = None
    year: int | None = None
    query: str = ""

    @classmethod
    def read(cls, *, kind: str, topic: str, year: str, query: str) -> "Filter":
        """From what stands in an address. Raises `BadInput` naming what cannot be used."""
        problems = []
        if kind and kind not in set(Kind):
            problems.append(Problem("kind", "没有这个类别"))
        if year and not (year.isascii() and year.isdigit() and len(year) <= len("2026")):
            problems.append(Problem("year", "年份应写成 2017 这样的四位数字"))
        if problems:
            raise BadInput(problems)
        return cls(
            kind=Kind(kind) if kind else None,
            topic=topic.strip() or None,
            year=int(year) if year else None,
            query=query.strip(),
        )

    def keeps(self, document: Provenance) -> bool:
        words = self.query.casefold().split()
        text = _searched(document)
        return (
            self.kind in {None, document.kind}
            and self.topic in {None, document.topic}
            and self.year in {None, _year(document)}
            and all(word in text for word in words)
        )


@dataclass(frozen=True, slots=True)
class Group:
    """The documents of one kind."""

    kind: Kind
    label: str
    documents: tuple[Provenance, ...]


def grouped(documents: Iterable[Provenance]) -> list[Group]:
    """By kind in the order of the page, newest first; kinds without a document are left out."""
    shelves: dict[Kind, list[Provenance]] = {kind: [] for kind in KIND_LABELS}
    for document in documents:
        shelves[document.kind].append(document)
    return [
        Group(kind, KIND_LABELS[kind], tuple(sorted(kept, key=_newest_first)))
        for kind, kept in shelves.items()
        if kept
    ]


def topics_of(documents: Iterable[Provenance]) -> list[str]:
    return sorted({d.topic for d in documents if d.topic})


def years_of(documents: Iterable[Provenance]) -> list[int]:
    return sorted({year for d in documents if (year := _year(d))}, reverse=True)


def starters(documents: Sequence[Provenance], day: date, count: int = 4) -> list[str]:
    """Questions that the documents themselves name, from different kinds, others every day."""
    by_kind = (
        [d.questions[0] for d in documents if d.kind is kind and d.questions]
        for kind in KIND_LABELS
    )
    turned = [_turned(questions, day.toordinal()) for questions in by_kind if questions]
    in_turn = (question for round_ in zip_longest(*turned) for question in round_ if question)
    return list(islice(in_turn, count))


def _turned(questions: list[str], by: int) -> list[str]:
    start = by % len(questions)
    return questions[start:] + questions[:start]


def cited_as(document: Provenance) -> str:
    """One line that names the document in a letter or a message."""
    number = f"（{document.document_number}）" if document.document_number else ""
    when = str(document.published or document.year or "")
    digest = "摘编，以正式文本为准" if document.digest else ""
    return "，".join(
        filter(None, [f"{document.issuer or ''}《{document.title}》{number}", when, digest])
    )


def _year(document: Provenance) -> int | None:
    if document.year is not None:
        return document.year
    return document.published.year if document.published else None


def _newest_first(document: Provenance) -> tuple[int, str]:
    return (-(_year(document) or 0), document.title)


def _searched(document: Provenance) -> str:
    named = [document.title, document.document_number, document.topic, document.issuer]
    return "\n".join(filter(None, [*named, *document.questions])).casefold()
