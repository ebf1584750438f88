"""What a text tells about itself: title, year, issuer, region, kind, number.

Only what stands in the title or on a line of its own is believed: a number inside a sentence
belongs to a notice that the text cites, not to the text.
"""

import re
from dataclasses import dataclass

from inquiry_service.knowledge.document import Kind, Provenance
from inquiry_service.knowledge.references import find_document_numbers, find_years
from inquiry_service.knowledge.splitting.headings import heading_of

_TITLE_LINES = 3
_MAX_TITLE_LINE = 60
_MAX_TITLE = 120
_HEAD_LINES = 6
_IN_SENTENCE = re.compile("[。；;！!，,：:]")
_COMPLETE = re.compile(
    "(?:报告|通知|办法|规定|条例|意见|方案|公告|通告|公示|决定|决议|指南|目录|清单|解读|问答|函|"
    "细则|规划|计划|批复|说明|制度|规则|标准|令|纪要|简报|总结|通报|法)"
    "(?:[（(][^）)]{1,20}[）)])?$"
)
_BODY = "(?:人民政府|政府|局|厅|委员会|办公室|发改委|中心|法院|检察院|部|署|院|协会|联社)"
_ISSUER = re.compile(
    rf"(?P<name>(?:中华人民共和国)?[一-龥、]{{1,30}}?{_BODY}(?:[（(][一-龥]{{2,12}}[）)])?)"
    r"(?=\d{4}|关于|政府信息公开|政务公开)"
)
_YEAR_OF_NUMBER = re.compile(r"〔(\d{4})〕|(\d{4})年")
_REGION = re.compile("[一-龥]{1,4}?(?:省|市|县|自治区)")
_YEARLY_REPORT = re.compile("年度?(?:.*)报告|年报")
_KINDS = (
    (Kind.EXPLANATION, re.compile("解读|问答|一图读懂")),
    (Kind.REPORT, re.compile("报告$|年报$")),
    (Kind.GUIDE, re.compile("指南|指引|须知")),
    (Kind.CATALOGUE_ENTRY, re.compile("目录|事项清单|办事")),
)


@dataclass(frozen=True, slots=True)
class _Lead:
    """The first lines of a text, and how many of them spell the title."""

    lines: tuple[str, ...]
    title: str
    spelled: int


def recognise(text: str, *, document_id: str, fallback_title: str) -> Provenance:
    """The provenance of a text that comes without front matter."""
    lead = _lead(text)
    title = lead.title or fallback_title
    return described_by_title(
        document_id, title, document_number=_own_number(lead) if lead.title else None
    )


def described_by_title(
    document_id: str, title: str, *, document_number: str | None = None
) -> Provenance:
    """What the title alone gives away."""
    issuer = issuer_of(title)
    region = _REGION.match(issuer) if issuer else None
    return Provenance(
        document_id=document_id,
        title=title,
        kind=kind_of(title),
        issuer=issuer,
        document_number=document_number,
        year=_year_of(title, document_number),
        region=region[0] if region else None,
    )


def _year_of(title: str, document_number: str | None) -> int | None:
    """The year that the title speaks of, else the year of making in the number."""
    years = find_years(title)
    if years:
        return years[-1]
    made = _YEAR_OF_NUMBER.search(document_number or "")
    return int(made[1] or made[2]) if made else None


def kind_of(title: str) -> Kind:
    """A policy, unless its title says that it is something else."""
    if _YEARLY_REPORT.search(title):
        return Kind.REPORT
    return next((kind for kind, words in _KINDS if words.search(title)), Kind.POLICY)


def issuer_of(title: str) -> str | None:
    """The body at the head of a title: 某市商务局（粮食局）2017年度…, 2017年度某市商务局…."""
    found = _ISSUER.match(re.sub(r"^\d{4}年度?", "", title))
    return found["name"] if found else None


def title_of(text: str) -> str:
    """The title as the first lines spell it, or nothing when they are no title."""
    return _lead(text).title


def _lead(text: str) -> _Lead:
    lines = [line.strip() for line in text[:4000].split("\n") if line.strip()][:_HEAD_LINES]
    if lines and lines[0].startswith("# "):
        return _Lead(tuple(lines), lines[0].lstrip("# ").strip(), 1)
    title, spelled = "", 0
    for count, line in enumerate(lines[:_TITLE_LINES], start=1):
        if not _may_be_title(line) or len(title) + len(line) > _MAX_TITLE:
            break
        title += line
        if _COMPLETE.search(title):
            return _Lead(tuple(lines), title, count)
        spelled = 1
    return _Lead(tuple(lines), lines[0] if spelled else "", spelled)


def _may_be_title(line: str) -> bool:
    return (
        len(line) <= _MAX_TITLE_LINE
        and not _IN_SENTENCE.search(line)
        and not line.startswith("|")
        and heading_of(line) is None
    )


def _own_number(lead: _Lead) -> str | None:
    """A 文号 that has a line to itself, right after the title."""
    for line in lead.lines[lead.spelled :]:
        numbers = find_document_numbers(line)
        if len(numbers) == 1 and len(line) <= len(numbers[0]) + 6:
            return numbers[0]
    return None
