"""From a verdict to an answer: the sentence for the person, citation, choices, trace.

Every sentence that an answer says by itself is in this file. None claims what is not so: "not
found" speaks of what is published here, never of what exists.
"""

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from inquiry_service.answering.answer import Answer, Candidate, Choice, Citation, Status, Trace
from inquiry_service.answering.confidence import confidence_of
from inquiry_service.answering.judgement import Evidence, Verdict
from inquiry_service.answering.opening import OpenIndex
from inquiry_service.answering.question import Question
from inquiry_service.answering.retrieval import Retrieved
from inquiry_service.answering.weighing import Weighed
from inquiry_service.knowledge.document import Provenance, Validity
from inquiry_service.knowledge.references import find_articles

_FOUND = "在《{title}》里查到："
_FOUND_IN_DIGEST = "在本服务的摘编《{title}》里查到（摘编不是文件原文）："
_AMENDED = "请注意，这份文件后来有过修改，请以最新文本为准。"
_REPEALED = "请注意，这份文件已经废止，仅供查考。"
_EXPIRED = "请注意，这份文件已经过了有效期，仅供查考。"
_WHICH_YEAR = "不同年份的情况不一样，请问您想了解哪一年？"
_WHICH_DOCUMENT = "有几份材料可能与您的问题有关，请问您想了解哪一方面？"
_NOT_FOUND = "在已公开的材料里没有查到能直接回答这个问题的内容。"
_OTHER_YEAR = "在已公开的材料里没有查到{years}年的这项内容。"
_OTHER_REGION = "您问的是{names}的情况，这里公开的材料没有涉及，建议向当地有关部门查询。"
_OTHER_BODY = "您问的是{bodies}部门的情况，这里公开的材料没有涉及，建议向该部门查询。"
_OTHER_MATTER = (
    "您问的像是其他部门负责的事项，这里公开的材料没有涉及。建议向该部门咨询，"
    "不清楚是哪个部门的，可以拨打 12345 政务服务便民热线。"
)
_OTHER_ARTICLE = "在已公开的材料里没有查到{articles}的内容，请核对条款号。"
_OTHER_NUMBER = "在已公开的材料里没有查到您说的这个文号。"
_NO_LONGER = "查到的有关文件已经废止或过了有效期，没有查到现行有效的规定。"
_OUT_OF_SCOPE = "这个问题不在本服务的范围内。这里可以查询已公开的政策、办事指南和年度报告。"
_FAILED = "查询暂时没有成功，这不表示没有这项信息。请稍后再试（事件编号 {incident}）。"
_WAYS_ON = "您可以换个说法再问，也可以提交政府信息公开申请。"

_NEAREST = 3
_NEAR_ENOUGH = 0.9
"""Cosine from which a published question is offered: below it they are near in form only."""
_WORTH_NAMING = 0.2
"""Confidence from which a document's title is offered, though it does not answer."""
_SHOWN_CANDIDATES = 6


def compose(
    asked: str,
    question: Question,
    verdict: Verdict,
    weighed: Sequence[Weighed],
    retrieved: Retrieved,
    index: OpenIndex,
) -> Answer:
    """The whole answer for a verdict."""
    chosen = [weighed[at] for at in verdict.chosen]
    answered = verdict.status is Status.ANSWERED
    return Answer(
        status=verdict.status,
        question=asked,
        message=_message(verdict, question, chosen),
        confidence=round(verdict.confidence, 4),
        quote=chosen[0].quote.text if answered else None,
        citations=tuple(cite(one) for one in chosen) if answered else (),
        choices=_choices(verdict, question, chosen),
        nearest=nearest(index, retrieved, weighed) if verdict.status is Status.UNMATCHED else (),
        index_version=index.manifest.index_version,
        trace=_trace(question, verdict, weighed),
    )


def failed(asked: str, incident: str, index_version: str = "") -> Answer:
    """A part broke. Never the same as "nothing found"."""
    return Answer(
        status=Status.FAILED,
        question=asked,
        message=_FAILED.format(incident=incident),
        index_version=index_version,
        trace=Trace(rule="part_failed"),
    )


def cite(one: Weighed) -> Citation:
    provenance, passage = one.provenance, one.passage
    return Citation(
        document_id=provenance.document_id,
        passage_id=passage.passage_id,
        title=provenance.title,
        path=passage.path,
        url=address_of(provenance.document_id, passage.passage_id),
        document_number=provenance.document_number,
        issuer=provenance.issuer,
        published=provenance.published.isoformat() if provenance.published else None,
        year=provenance.year,
        source=provenance.source,
        status=provenance.validity.value,
        digest=provenance.digest,
        passage=passage.text,
    )


def address_of(document_id: str, passage_id: str) -> str:
    """A path of this service that lands on the passage."""
    return f"/documents/{document_id}?highlight={passage_id}#p-{passage_id}"


def nearest(
    index: OpenIndex, retrieved: Retrieved, weighed: Sequence[Weighed]
) -> tuple[Choice, ...]:
    """Published questions near to what was asked; else what the nearest documents are about."""
    texts = [index.asked.texts[row] for row in retrieved.asked_rows(_NEAREST, _NEAR_ENOUGH)]
    titles = [
        one.provenance.title
        for one in weighed
        if confidence_of(one.evidence.features) >= _WORTH_NAMING
    ]
    return tuple(Choice(text, text) for text in list(dict.fromkeys([*texts, *titles]))[:_NEAREST])


def answer_json(answer: Answer) -> dict[str, Any]:
    """The answer as the API and the command line give it."""
    told = asdict(answer)
    told["status"] = answer.status.value
    return told


def _message(verdict: Verdict, question: Question, chosen: Sequence[Weighed]) -> str:
    match verdict.status:
        case Status.ANSWERED:
            return _found(chosen[0].provenance)
        case Status.CLARIFY:
            return _WHICH_YEAR if verdict.rule == "several_years" else _WHICH_DOCUMENT
        case Status.OUT_OF_SCOPE:
            return _OUT_OF_SCOPE
        case _:
            return f"{_not_found(verdict.rule, question)}{_WAYS_ON}"


def _found(provenance: Provenance) -> str:
    first = _FOUND_IN_DIGEST if provenance.digest else _FOUND
    warnings = {
        Validity.AMENDED: _AMENDED,
        Validity.REPEALED: _REPEALED,
        Validity.EXPIRED: _EXPIRED,
    }
    return warnings.get(provenance.validity, "") + first.format(title=provenance.title)


def _not_found(rule: str, question: Question) -> str:
    years = "、".join(map(str, question.years))
    names = "、".join(question.named.places)
    sentences = {
        "other_year": _OTHER_YEAR.format(years=years),
        "other_region": _OTHER_REGION.format(names=names),
        "other_body": _OTHER_BODY.format(bodies="、".join(question.named.bodies) or "其他"),
        "matter_of_another_body": _OTHER_MATTER,
        "other_article": _OTHER_ARTICLE.format(articles="、".join(find_articles(question.text))),
        "other_document_number": _OTHER_NUMBER,
        "no_longer_in_force": _NO_LONGER,
    }
    return sentences.get(rule, _NOT_FOUND)


def _choices(verdict: Verdict, question: Question, chosen: Sequence[Weighed]) -> tuple[Choice, ...]:
    if verdict.status is not Status.CLARIFY:
        return ()
    if verdict.rule == "several_years":
        years = sorted({one.provenance.year for one in chosen if one.provenance.year})
        return tuple(Choice(f"{year}年", f"{year}年{question.text}") for year in reversed(years))
    return tuple(
        Choice(one.provenance.title, f"《{one.provenance.title}》：{question.text}")
        for one in chosen
    )


def _trace(question: Question, verdict: Verdict, weighed: Sequence[Weighed]) -> Trace:
    shown: Evidence | None = None
    if weighed:
        shown = weighed[verdict.chosen[0] if verdict.chosen else 0].evidence
    return Trace(
        normalised=question.text,
        rule=verdict.rule,
        features=(
            {name: round(value, 4) for name, value in asdict(shown.features).items()}
            if shown
            else {}
        ),
        candidates=tuple(
            Candidate(
                passage_id=one.passage.passage_id,
                document_id=one.provenance.document_id,
                dense=round(one.found.dense, 4),
                lexical=round(one.found.lexical, 4),
                fused=round(one.found.fused, 4),
            )
            for one in weighed[:_SHOWN_CANDIDATES]
        ),
    )
