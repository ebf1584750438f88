"""How published documents are named and what they are good for asking."""

from collections.abc import Sequence
from datetime import date
from itertools import islice, zip_longest

from inquiry_service.knowledge.document import Kind, Provenance, Validity, fit_to_show

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


def starters(documents: Sequence[Provenance], day: date, count: int = 4) -> list[str]:
    """Questions that the documents themselves name, from different kinds, others every day."""
    by_kind = (
        [question for d in documents if d.kind is kind and (question := _first_to_show(d))]
        for kind in KIND_LABELS
    )
    turned = [_turned(questions, day.toordinal()) for questions in by_kind if questions]
    in_turn = (question for round_ in zip_longest(*turned) for question in round_ if question)
    return list(islice(in_turn, count))


def _first_to_show(document: Provenance) -> str | None:
    return next(filter(fit_to_show, document.all_questions), None)


def _turned(questions: list[str], by: int) -> list[str]:
    start = by % len(questions)
    return questions[start:] + questions[:start]


def named_as(document: Provenance) -> str:
    """Issuer, title and number, as one writes them in a letter."""
    number = f"（{document.document_number}）" if document.document_number else ""
    return f"{document.issuer or ''}《{document.title}》{number}"


def dated_as(document: Provenance) -> str:
    """What follows the name: the date, and that it is a digest."""
    when = str(document.published or document.year or "")
    digest = "摘编，以正式文本为准" if document.digest else ""
    return "，".join(filter(None, [when, digest]))


def cited_as(document: Provenance) -> str:
    """One line that names the document in a letter or a message."""
    return "，".join(filter(None, [named_as(document), dated_as(document)]))


def date_of(document: Provenance) -> tuple[str, str]:
    """What a list shows as the day of a document: its label and the day or year."""
    days = (("发布", document.published), ("成文", document.made), ("施行", document.effective))
    known = next(((label, str(day)) for label, day in days if day), None)
    return known or ("", f"{document.year}年" if document.year else "")
