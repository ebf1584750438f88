"""What a text tells about itself, and where it says so, for a clerk to confirm."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from inquiry_service.knowledge.document import Attachment, Kind, Provenance
from inquiry_service.knowledge.expressions.days import FoundDay, day_in, find_days
from inquiry_service.knowledge.expressions.references import find_document_numbers, find_years
from inquiry_service.knowledge.readers.bodies import issuers_at_head, level_of, region_of
from inquiry_service.knowledge.readers.front_matter import with_told
from inquiry_service.knowledge.readers.opening import Opening, opening_of
from inquiry_service.knowledge.readers.signing import Signature, attachments_in, signature_of
from inquiry_service.knowledge.standing.periods import term_of

_YEAR_OF_NUMBER = re.compile(r"〔(\d{4})〕|(\d{4})年")
_YEARLY_REPORT = re.compile("年度?(?:.*)报告|年报")
_KINDS = (
    (Kind.EXPLANATION, re.compile("解读|问答|一图读懂|答记者问|图解")),
    (Kind.REPORT, re.compile("报告$|年报$")),
    (Kind.GUIDE, re.compile("指南|指引|须知")),
    (Kind.CATALOGUE_ENTRY, re.compile("目录|事项清单|办事")),
)
_TOPICS = (
    ("政府信息公开", re.compile("信息公开|政务公开|依申请公开")),
    ("粮食", re.compile("粮食|粮油|种粮|储备粮|收购价|产粮|粮补")),
    ("信访", re.compile("信访")),
    ("个人信息保护", re.compile("个人信息")),
    ("数据安全", re.compile("数据安全")),
    ("人工智能", re.compile("人工智能|大模型")),
    ("便民服务", re.compile("12345|便民|无障碍")),
    (
        "商务",
        re.compile(
            "商务|预付|拍卖|成品油|加油站|二手车|报废机动车|以旧换新|外资|外商|外贸|对外|特许经营|家政"
            "|电子商务|展会|会展|直销|消费|流通|批发|零售"
        ),
    ),
)
_MOST_WORDS = 40
_ORDER_BODY = re.compile("^(?P<body>[一-龥、]{2,30}?)(?:令|公告)")
_PUBLISHED_IN_NOTE = re.compile("公布|发布|颁布|修订|修正|印发")
_PASSED_IN_NOTE = re.compile("通过|批准")


@dataclass(frozen=True, slots=True)
class Recognised:
    """One front-matter field with its value as front matter writes it, and where it was found."""

    field: str
    value: str
    from_where: str


def recognise(text: str, *, document_id: str, fallback_title: str) -> Provenance:
    """The provenance of a text that comes without front matter."""
    found = recognised(text, fallback_title=fallback_title)
    told = {one.field: one.value for one in found if one.field != "attachments"}
    attached = tuple(Attachment(one.value) for one in found if one.field == "attachments")
    bare = Provenance(document_id, told["title"], Kind(told["kind"]))
    return replace(with_told(bare, told), attachments=attached)


def described_by_title(
    document_id: str, title: str, *, document_number: str | None = None
) -> Provenance:
    """What the title alone gives away."""
    issuer = issuer_of(title)
    return Provenance(
        document_id=document_id,
        title=title,
        kind=kind_of(title),
        issuer=issuer,
        document_number=document_number,
        year=_year_of(title, document_number),
        region=region_of(issuer) if issuer else None,
        level=level_of(issuer) if issuer else None,
    )


def recognised(text: str, *, fallback_title: str = "") -> tuple[Recognised, ...]:
    """Every field that the text gives away, each once but attachments, the surest source first."""
    opening = opening_of(text)
    lines = text.split("\n")
    signature = signature_of(lines)
    found: dict[str, Recognised] = {}
    sources = (
        _from_labels(opening),
        _from_title(opening, fallback_title),
        _from_note(opening),
        _from_number(opening),
        _from_signature(signature),
        _from_order(found),
    )
    for source in sources:
        for one in source:
            found.setdefault(one.field, one)
    for one in [*_from_terms(text, found, opening.note), *_concluded(found)]:
        found.setdefault(one.field, one)
    attached = [Recognised("attachments", name, "附件说明") for name in attachments_in(lines)]
    return (*found.values(), *attached)


def kind_of(title: str) -> Kind:
    """A policy, unless its title says that it is something else."""
    explains = _KINDS[0][1].search(title)
    if _YEARLY_REPORT.search(title) and not explains:
        return Kind.REPORT
    return next((kind for kind, words in _KINDS if words.search(title)), Kind.POLICY)


def topic_of(title: str) -> str | None:
    return next((topic for topic, words in _TOPICS if words.search(title)), None)


def issuer_of(title: str) -> str | None:
    """The body at the head of a title: 某市商务局（粮食局）2017年度…, 2017年度某市商务局…."""
    return issuers_at_head(title)


def title_of(text: str) -> str:
    """The title as the first lines spell it, or nothing when they are no title."""
    return opening_of(text).title


def _year_of(title: str, document_number: str | None) -> int | None:
    """The year that the title speaks of, else the year of making in the number."""
    years = find_years(title)
    if years:
        return years[-1]
    made = _YEAR_OF_NUMBER.search(document_number or "")
    return int(made[1] or made[2]) if made else None


def _from_labels(opening: Opening) -> Iterator[Recognised]:
    for name, written in opening.labelled.items():
        value = _usable(name, written)
        if value:
            yield Recognised(name, value, "文首的说明")


def _usable(name: str, written: str) -> str | None:
    """A label's value as front matter writes it."""
    if name in {"made", "published", "effective", "expires"}:
        day = day_in(written)
        return day.isoformat() if day else None
    if name == "document_number":
        numbers = find_document_numbers(written)
        return numbers[0] if len(numbers) == 1 else None
    return written


def _from_title(opening: Opening, fallback: str) -> Iterator[Recognised]:
    title = opening.title or fallback
    yield Recognised("title", title, "第一行" if opening.title else "文件名")
    yield Recognised("kind", kind_of(title).value, "标题")
    if issuer := issuer_of(title):
        yield Recognised("issuer", issuer, "标题")
    if topic := topic_of(title):
        yield Recognised("topic", topic, "标题中的词")
    if years := find_years(title):
        yield Recognised("year", str(years[-1]), "标题")


def _from_note(opening: Opening) -> Iterator[Recognised]:
    """（某日某令公布　某日某令修订　自某日起施行）: the last of each holds."""
    note = opening.note
    if not note:
        return
    days = find_days(note)
    said = {
        name: [day for day, words in _with_words(note, days) if pattern.search(words)]
        for name, pattern in (("published", _PUBLISHED_IN_NOTE), ("made", _PASSED_IN_NOTE))
    }
    for name, found in said.items():
        if found:
            yield Recognised(name, found[-1].day.isoformat(), "标题下的题注")
    if effective := term_of("\n".join(note.split())).effective:
        yield Recognised("effective", effective.isoformat(), "标题下的题注")
    if numbers := [n for _, words in _with_words(note, days) for n in find_document_numbers(words)]:
        yield Recognised("document_number", numbers[-1], "标题下的题注")


def _with_words(note: str, days: list[FoundDay]) -> Iterator[tuple[FoundDay, str]]:
    """Each day with the words that follow it, up to the next day."""
    ends = [*(day.start for day in days[1:]), len(note)]
    for day, end in zip(days, ends, strict=True):
        if note[max(day.start - 1, 0) : day.start] != "自":
            yield day, note[day.end : end]


def _from_number(opening: Opening) -> Iterator[Recognised]:
    if opening.number:
        yield Recognised("document_number", opening.number, "单独成行的文号")
    if opening.red_head:
        yield Recognised("issuer", opening.red_head, "文件版头")


def _from_order(found: dict[str, Recognised]) -> Iterator[Recognised]:
    """国务院令第711号 names its body; the letters of 某政发〔2018〕3号 do not."""
    number = found.get("document_number")
    if number and (body := _ORDER_BODY.match(number.value)):
        yield Recognised("issuer", body["body"], "文号")


def _from_signature(signature: Signature | None) -> Iterator[Recognised]:
    if signature is None:
        return
    where = f"落款（第 {signature.line} 行）"
    yield Recognised("made", signature.day.isoformat(), where)
    if signature.issuers:
        yield Recognised("issuer", signature.issuers, where)


def _from_terms(text: str, found: dict[str, Recognised], note: str) -> Iterator[Recognised]:
    """Only a policy speaks of its own term; an explanation speaks of another's.

    自公布之日起 counts from the first publication, however often a text was revised since.
    """
    if found["kind"].value != Kind.POLICY:
        return
    told = found.get("published") or found.get("made")
    day = day_in(note) or (day_in(told.value) if told else None)
    term = term_of(text, day)
    words = "；".join(sentence[:_MOST_WORDS] for sentence in term.words)
    if term.effective:
        yield Recognised("effective", term.effective.isoformat(), f"正文“{words}”")
    if term.expires:
        yield Recognised("expires", term.expires.isoformat(), f"正文“{words}”")


def _concluded(found: dict[str, Recognised]) -> Iterator[Recognised]:
    """What follows from what was found: region and level from the issuer, the year."""
    issuer = found.get("issuer")
    if issuer:
        for name, value in (("region", region_of(issuer.value)), ("level", level_of(issuer.value))):
            if value:
                yield Recognised(name, value, f"发布机关“{issuer.value}”")
    number, day = found.get("document_number"), found.get("made") or found.get("published")
    made = _YEAR_OF_NUMBER.search(number.value) if number else None
    if made:
        yield Recognised("year", made[1] or made[2], "文号")
    elif day and found["kind"].value != Kind.REPORT:
        yield Recognised("year", day.value[:4], day.from_where)
