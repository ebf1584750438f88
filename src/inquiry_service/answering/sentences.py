"""Every sentence that an answer says by itself. None claims what is not so.

"Not found" speaks of what is published here, never of what exists.
"""

from collections.abc import Sequence

from inquiry_service.answering.answer import Pointer, Status
from inquiry_service.answering.cells import is_sum_unasked
from inquiry_service.answering.judgement import Verdict
from inquiry_service.answering.question import Question
from inquiry_service.answering.reading.manner import Sort
from inquiry_service.knowledge.document import Provenance, Validity
from inquiry_service.knowledge.expressions.references import find_articles
from inquiry_service.knowledge.tables import Cell

_FOUND = "在《{title}》里查到："
_FOUND_IN_DIGEST = "在本服务的摘编《{title}》里查到（摘编不是文件原文）："
_READ_AS = "（已把“{written}”理解为“{meant}”）"
_AMENDED = "请注意，这份文件后来有过修改，请以最新文本为准。"
_REPEALED = "请注意，这份文件已经废止，仅供查考。"
_EXPIRED = "请注意，这份文件已经过了有效期，仅供查考。"
_NEWER = "同一事项有更新的文件《{title}》，请一并查看。"
_CELL = "{row}{column}：{value}。"
_OF_ALL = "（您没有说明是其中哪一类，这里是各类合在一起的数。）"
_WHICH = {
    "several_years": "不同年份的情况不一样，请问您想了解哪一年？",
    "several_regions": "不同地方的规定不一样，请问您想了解哪个地方的？",
    "several_bodies": "不同部门的情况不一样，请问您想了解哪个部门的？",
}
_WHICH_DOCUMENT = "有几份材料可能与您的问题有关，请问您想了解哪一方面？"
NOT_FOUND = "在已公开的材料里没有查到能直接回答这个问题的内容。"
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
_NO_ORDERS = (
    "我只能照原文引用已公开的材料来回答，不能按别的要求行事。您可以直接问政策、办事或者信息公开。"
)
_SMALL_TALK = "我是查询已公开材料的程序，不会聊天。您可以直接问政策、办事或者信息公开方面的问题。"
_INSULT = "抱歉让您不满意。您可以换个说法再问，也可以拨打 12345 政务服务便民热线反映。"
_FAILED = "查询暂时没有成功，这不表示没有这项信息。请稍后再试（事件编号 {incident}）。"
_WAYS_ON = "您可以换个说法再问，也可以提交政府信息公开申请。"
_PARTS = "您一次问了 {count} 件事，分别回答如下。"
PART_UNCLEAR = "这一问说得还不够具体，请单独再问一次，把想问的事情写全。"


def message_for(
    verdict: Verdict,
    question: Question,
    provenance: Provenance | None,
    standing: Validity,
    newer: Sequence[Pointer] = (),
    cell: Cell | None = None,
) -> str:
    """The sentence for the person; `provenance` is the answering document's."""
    match verdict.status:
        case Status.ANSWERED if provenance is not None:
            read = "".join(_READ_AS.format(written=w, meant=m) for w, m in question.typos)
            warnings = "".join([_warning(standing), *(newer_text(one) for one in newer)])
            return (
                f"{warnings}{read}{_found(provenance)}{cell_text(cell, question) if cell else ''}"
            )
        case Status.CLARIFY:
            return _WHICH.get(verdict.rule, _WHICH_DOCUMENT)
        case Status.OUT_OF_SCOPE:
            return _out_of_scope(question)
        case _:
            return f"{_not_found(verdict.rule, question)}{_WAYS_ON}"


def failure_text(incident: str) -> str:
    return _FAILED.format(incident=incident)


def newer_text(pointer: Pointer) -> str:
    return _NEWER.format(title=pointer.title)


def cell_text(cell: Cell, question: Question) -> str:
    row = f"{cell.row}，" if cell.row else ""
    told = _CELL.format(row=row, column=cell.column, value=cell.value)
    return told + (_OF_ALL if is_sum_unasked(cell, question) else "")


def parts_text(count: int) -> str:
    return _PARTS.format(count=count)


def _found(provenance: Provenance) -> str:
    first = _FOUND_IN_DIGEST if provenance.digest else _FOUND
    return first.format(title=provenance.title)


def _warning(standing: Validity) -> str:
    warnings = {
        Validity.AMENDED: _AMENDED,
        Validity.REPEALED: _REPEALED,
        Validity.EXPIRED: _EXPIRED,
    }
    return warnings.get(standing, "")


def _out_of_scope(question: Question) -> str:
    told = {Sort.ORDER: _NO_ORDERS, Sort.SMALL_TALK: _SMALL_TALK, Sort.INSULT: _INSULT}
    never = question.manner.never
    return told[never] if never else _OUT_OF_SCOPE


def _not_found(rule: str, question: Question) -> str:
    years = "、".join(map(str, question.years))
    names = "、".join(question.named.places)
    bodies = "、".join(question.named.bodies) or "其他"
    articles = "、".join(find_articles(question.text))
    sentences = {
        "other_year": _OTHER_YEAR.format(years=years) if years else NOT_FOUND,
        "other_region": _OTHER_REGION.format(names=names) if names else NOT_FOUND,
        "other_body": _OTHER_BODY.format(bodies=bodies),
        "matter_of_another_body": _OTHER_MATTER,
        "other_article": _OTHER_ARTICLE.format(articles=articles),
        "other_document_number": _OTHER_NUMBER,
        "no_longer_in_force": _NO_LONGER,
    }
    return sentences.get(rule, NOT_FOUND)
