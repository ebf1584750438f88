"""What a clerk should put right in a library: dates, sources, links between documents."""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from inquiry_service.knowledge.document import Document, Kind, Provenance, Validity
from inquiry_service.knowledge.expressions.references import find_document_numbers
from inquiry_service.knowledge.findings import Finding, Severity
from inquiry_service.knowledge.library import Library
from inquiry_service.knowledge.readers.front_matter import IDENTIFIER
from inquiry_service.knowledge.splitting import doubts_of

_Told = Iterator[tuple[Severity, str]]
_FOUND_BY_QUESTION = (Kind.CARD, Kind.ANSWERED_REQUEST)
_SHORTEST_TEXT = 10
_YEAR_OF_NUMBER = re.compile(r"〔(\d{4})〕")


@dataclass(frozen=True, slots=True)
class _Context:
    """What the rules know besides the document: its fellows and the day."""

    known: dict[str, Document]
    first_title: dict[str, str]
    first_question: dict[str, str]
    today: date | None


def check_library(library: Library, *, today: date | None = None) -> list[Finding]:
    """Everything found while reading and by the rules below, in a fixed order.

    Without `today` the rules that compare with the present day stay silent.
    """
    context = _Context(
        known={document.document_id: document for document in library.documents},
        first_title=_first((d.provenance.title, d) for d in library.documents),
        first_question=_first(
            (q, d) for d in library.documents for q in d.provenance.all_questions
        ),
        today=today,
    )
    findings = list(library.findings)
    for document in library.documents:
        where = library.origins.get(document.document_id, document.document_id)
        for rule in _RULES:
            findings += [Finding(where, *told) for told in rule(document, context)]
    return findings


def _first(named: Iterable[tuple[str, Document]]) -> dict[str, str]:
    first: dict[str, str] = {}
    for name, document in named:
        first.setdefault(name, document.document_id)
    return first


def _title_is_its_own(document: Document, context: _Context) -> _Told:
    first = context.first_title[document.provenance.title]
    if first != document.document_id:
        yield "warning", f"标题与 {first} 相同，读者分不清，请改标题"


def _questions_are_its_own(document: Document, context: _Context) -> _Told:
    for question in document.provenance.all_questions:
        first = context.first_question[question]
        if first != document.document_id:
            yield "warning", f"问法“{question}”与 {first} 重复，请只留一处"


def _answers_it_or_not(document: Document, _: _Context) -> _Told:
    provenance = document.provenance
    for question in provenance.not_questions:
        if question in provenance.all_questions:
            yield "error", f"“{question}”既写成回答的问法，又写在 not_questions 里，请只留一处"


def _sections_asked_for_are_there(document: Document, _: _Context) -> _Told:
    headings = {name for passage in document.passages for name in passage.path}
    for name in dict.fromkeys(name for name, _ in document.provenance.section_questions):
        if name not in headings:
            yield "error", f"section_questions 里的“{name}”不是文中的标题，请照原文改正"


def _can_be_found(document: Document, _: _Context) -> _Told:
    provenance = document.provenance
    if provenance.all_questions:
        return
    if provenance.kind in _FOUND_BY_QUESTION:
        yield "error", "问答卡片和已答复申请要在 questions 里写出群众的问法"
    elif provenance.digest:
        yield "warning", "摘编没有写 questions，建议补上群众常用的问法"


def _digest_names_its_source(document: Document, _: _Context) -> _Told:
    if document.provenance.digest and not document.provenance.source:
        yield "error", "摘编要写明 source（依据哪份文件、第几条）"


def _dates_follow_one_another(document: Document, _: _Context) -> _Told:
    provenance = document.provenance
    begins, ends = provenance.effective or provenance.published, provenance.expires
    if begins and ends and ends < begins:
        yield "error", f"失效日期 {ends} 早于施行或发布日期 {begins}"


def _dates_fit_today(document: Document, context: _Context) -> _Told:
    provenance, today = document.provenance, context.today
    if today is None:
        return
    if provenance.published and provenance.published > today:
        yield "error", f"发布日期 {provenance.published} 还没有到"
    if provenance.kind is Kind.REPORT and provenance.year and provenance.year > today.year:
        yield "error", f"报告的年份 {provenance.year} 还没有到"
    if provenance.validity is Validity.IN_FORCE:
        yield from _in_force_today(provenance, today)


def _in_force_today(provenance: Provenance, today: date) -> _Told:
    if provenance.expires and provenance.expires < today:
        yield "warning", f"已于 {provenance.expires} 失效，但仍标为有效，请改为 validity: expired"
    if provenance.effective and provenance.effective > today:
        yield "warning", f"{provenance.effective} 才施行，请确认是否提前公布"


def _explained_policy_exists(document: Document, context: _Context) -> _Told:
    explains = document.provenance.explains
    if explains is None:
        return
    if explains == document.document_id:
        yield "error", "explains 指向了自己"
    elif explains not in context.known:
        yield "error", f"explains 指向的 {explains} 不存在"
    elif context.known[explains].provenance.kind is Kind.EXPLANATION:
        yield "warning", f"explains 指向的 {explains} 也是解读，应当指向政策原文"


def _number_has_a_known_form(document: Document, _: _Context) -> _Told:
    number = document.provenance.document_number
    if number and len(find_document_numbers(number)) != 1:
        yield "warning", f"文号“{number}”的写法认不出，应如“桐政办发〔2017〕52号”"


def _text_is_worth_citing(document: Document, _: _Context) -> _Told:
    if sum(len(passage.text) for passage in document.passages) < _SHORTEST_TEXT:
        yield "warning", f"正文不足 {_SHORTEST_TEXT} 个字，请确认内容完整"
    told = doubts_of(document.text, document.passages, title=document.provenance.title)
    yield from (("warning", str(doubt)) for doubt in told if doubt.serious)


def _days_are_in_order(document: Document, _: _Context) -> _Told:
    provenance = document.provenance
    made, published = provenance.made, provenance.published
    if made and published and published < made:
        yield "warning", f"发布日期 {published} 早于成文日期 {made}，请核对"
    made_in = _YEAR_OF_NUMBER.search(provenance.document_number or "")
    if made and made_in and abs(int(made_in[1]) - made.year) > 1:
        yield "warning", f"文号的年份 {made_in[1]} 与成文日期 {made} 对不上，请核对"


def _validity_fits_what_changed_it(document: Document, context: _Context) -> _Told:
    provenance = document.provenance
    in_force = provenance.validity is Validity.IN_FORCE and provenance.expires is None
    if in_force and provenance.repealed_by:
        yield "warning", "写了 repealed_by，却仍标为有效，请改 validity 或补 expires"
    for name in ("amended_by", "repealed_by", "replaces"):
        for other in getattr(provenance, name):
            if other == document.document_id:
                yield "error", f"{name} 指向了自己"
            elif IDENTIFIER.fullmatch(other) and other not in context.known:
                yield "warning", f"{name} 指向的 {other} 不存在"


def _explanation_has_its_policy(document: Document, _: _Context) -> _Told:
    provenance = document.provenance
    if provenance.kind is Kind.EXPLANATION and provenance.explains is None:
        yield "warning", "没有找到它解读的政策，请用 explains 写明政策的 id"


_RULES: tuple[Callable[[Document, _Context], _Told], ...] = (
    _title_is_its_own,
    _questions_are_its_own,
    _answers_it_or_not,
    _sections_asked_for_are_there,
    _can_be_found,
    _digest_names_its_source,
    _dates_follow_one_another,
    _dates_fit_today,
    _explained_policy_exists,
    _number_has_a_known_form,
    _text_is_worth_citing,
    _days_are_in_order,
    _validity_fits_what_changed_it,
    _explanation_has_its_policy,
)
