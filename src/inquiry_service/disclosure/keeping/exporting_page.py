"""The page that a case file opens with: printable, self-contained, numbers of persons masked.

Everything that people wrote goes through `_Shown`: escaped, and with identity numbers, telephones
and mail addresses masked. Digests are put in as they are.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from html import escape

from inquiry_service.disclosure.applications import CORRECTED
from inquiry_service.disclosure.keeping.auditing import Audited
from inquiry_service.disclosure.looking.handling import Case
from inquiry_service.disclosure.rules.identity import masked_credit_code, masked_proof
from inquiry_service.disclosure.rules.request import Application, Choice
from inquiry_service.disclosure.texts import ABOUT
from inquiry_service.moments import CHINA
from inquiry_service.redaction import redact
from inquiry_service.storage.chain import Link

_ACTORS = {"applicant": "申请人", "system": "系统"}
_FIELDS = {
    "applicant_kind": "申请人类型",
    "name": "姓名",
    "identity_kind": "证件种类",
    "identity_number": "证件号码",
    "organisation_name": "单位名称",
    "credit_code": "统一社会信用代码",
    "representative": "法定代表人",
    "contact_person": "联系人",
    "phone": "电话",
    "email": "邮箱",
    "address": "地址",
    "description": "所需信息",
    "document_number": "文号",
    "period": "时间范围",
    "supply_form": "信息形式",
    "receive_by": "获取方式",
}
_STYLE = """
body{font:14px/1.7 "Noto Serif CJK SC","Songti SC",SimSun,serif;max-width:50rem;margin:2rem auto;
padding:0 1rem;color:#111}
h1{font-size:1.5rem}h2{font-size:1.15rem;border-bottom:1px solid #999;margin-top:2rem}
h3{font-size:1rem;margin-bottom:.3rem}
table{border-collapse:collapse;width:100%}th,td{border:1px solid #bbb;padding:.25rem .5rem;
text-align:left;vertical-align:top;overflow-wrap:anywhere}th{background:#f2f2f2;white-space:nowrap}
code{font:12px/1.4 monospace;overflow-wrap:anywhere}.bad{font-weight:bold;color:#a00}
tr,h2,h3{break-inside:avoid;break-after:auto}h2,h3{break-after:avoid}
@media print{body{margin:0;max-width:none}}
"""


@dataclass(frozen=True, slots=True)
class Exported:
    """A case and what lies beside the page: `listed` is name, what it is and SHA-256."""

    case: Case
    audited: Audited
    links: tuple[Link, ...]
    listed: tuple[tuple[str, str, str], ...]
    left_out: tuple[tuple[str, str], ...]


def page(exported: Exported) -> str:
    """The whole page; nothing in it is loaded from anywhere."""
    case, shown = exported.case, _Shown(exported.case.application)
    sections = (
        ("核验结果", _verification(exported.audited)),
        ("申请", _table((), _application(case.application, shown))),
        ("办理过程", _table(("日期", "事项", "经办", "记录时间"), _timeline(case, shown))),
        ("答复期限的计算", _due(case)),
        ("文书", "".join(_letters(case, shown)) or "<p>没有文书。</p>"),
        ("其他文字", "".join(_texts(case, shown)) or "<p>没有。</p>"),
        ("本案卷中的文件", _files(exported)),
        ("摘要链", _table(("步", "摘要（SHA-256）"), _chain(exported.links))),
    )
    title = escape(f"{case.matter.label}案卷 {case.number}")
    body = "".join(f"<h2>{name}</h2>\n{content}\n" for name, content in sections)
    return (
        f'<!doctype html>\n<html lang="zh-CN"><head><meta charset="utf-8"><title>{title}</title>'
        f"<style>{_STYLE}</style></head><body>\n<h1>{title}</h1>\n"
        f"<p>状态：{escape(case.state_label)}。本页遮盖证件号码、电话和邮箱，完整内容见"
        " application.json；怎样自己核验见 VERIFY.txt。</p>\n"
        f"{body}</body></html>\n"
    )


class _Shown:
    """What people wrote, as this page may show it."""

    def __init__(self, application: Application) -> None:
        proof, code = application.identity_number, application.credit_code
        self._masks = {proof: masked_proof(proof), code: masked_credit_code(code)}

    def __call__(self, text: str) -> str:
        for number, mask in self._masks.items():
            text = text.replace(number, mask) if number else text
        return escape(redact(text)).replace("\n", "<br>")


def _verification(audited: Audited) -> str:
    if audited.fault:
        return f'<p class="bad">第{audited.fault.sequence}步不成立：{audited.fault.told}。</p>'
    erased = "保管期满，内容已经销毁，只核验了摘要链。" if audited.erased else ""
    return (
        f"<p>{audited.events}步记录前后相接，没有被改动。{erased}"
        f"最后一步的摘要：<code>{audited.head}</code></p>"
    )


def _application(application: Application, shown: _Shown) -> Iterator[tuple[str, str]]:
    for name, label in _FIELDS.items():
        value = getattr(application, name)
        text = value.label if isinstance(value, Choice) else str(value or "")
        if text:
            yield label, shown(text)


def _timeline(case: Case, shown: _Shown) -> Iterator[tuple[str, ...]]:
    for moment, recorded in zip(case.timeline, case.history, strict=True):
        at = f"{recorded.at.astimezone(CHINA):%Y-%m-%d %H:%M}"
        yield moment.day.isoformat(), shown(moment.text), _who(recorded.actor), at


def _who(actor: str) -> str:
    return escape(_ACTORS.get(actor, actor))


def _due(case: Case) -> str:
    if case.due is None:
        return "<p>没有起算答复期限，或者这类事项没有法定期限。</p>"
    steps = (
        (step.date.isoformat(), str(step.day) if step.counts else "", escape(step.reason))
        for step in case.due.steps
    )
    provisional = "（暂定：期间有年份的放假安排尚未公布）" if case.due.provisional else ""
    told = f"<p>自{case.due.received}收到之日起算，答复期限为{case.due.due}{provisional}。</p>"
    return told + _table(("日期", "第几个工作日", "说明"), steps)


def _letters(case: Case, shown: _Shown) -> Iterator[str]:
    for letter in case.letters:
        state = f"{letter.on}发出" if letter.on else "已批准，未发出" if letter.approved else "草稿"
        state = f"已作废（{state}）" if letter.discarded else state
        writers = "、".join(sorted(map(_who, letter.writers)))
        yield f"<h3>{shown(letter.kind.label)} {shown(letter.document_number)}</h3>"
        yield f"<p>{state}；起草：{writers}</p>"
        yield "".join(f"<p>{shown(line)}</p>" for line in letter.paragraphs)


def _texts(case: Case, shown: _Shown) -> Iterator[str]:
    for one in case.written:
        if one.about != CORRECTED:
            at = f"{one.at.astimezone(CHINA):%Y-%m-%d %H:%M}"
            yield f"<h3>{ABOUT.get(one.about, escape(one.about))}</h3>"
            yield f"<p>{_who(one.actor)}，{at}</p><p>{shown(one.text)}</p>"


def _files(exported: Exported) -> str:
    shown = _Shown(exported.case.application)
    rows = [(shown(name), shown(what), _code(digest)) for name, what, digest in exported.listed]
    told = _table(("文件", "内容", "SHA-256"), rows)
    if exported.left_out:
        left = [(shown(name), shown(why)) for name, why in exported.left_out]
        told += "<p>下列文件没有放进来：</p>" + _table(("文件", "原因"), left)
    return told


def _chain(links: Sequence[Link]) -> Iterator[tuple[str, str]]:
    return ((str(link.sequence), _code(link.hash)) for link in links)


def _code(digest: str) -> str:
    return f"<code>{escape(digest)}</code>"


def _table(head: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    """Cells are markup already."""
    names = "".join(f"<th>{name}</th>" for name in head)
    body = "".join("<tr>" + "".join(f"<td>{c}</td>" for c in row) + "</tr>\n" for row in rows)
    return f"<table>{f'<tr>{names}</tr>' if names else ''}\n{body}</table>"
