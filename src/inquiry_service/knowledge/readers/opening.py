"""The beginning of an official text: labels, red head, title, number, and the note below it.

Only what stands in the title or on a line of its own is believed: a number inside a sentence
belongs to a notice that the text cites, not to the text.
"""

import re
from dataclasses import dataclass, field

from inquiry_service.knowledge.expressions.references import find_document_numbers
from inquiry_service.knowledge.readers.bodies import issuers_alone
from inquiry_service.knowledge.splitting.headings import heading_of

_TITLE_LINES = 3
_MAX_TITLE_LINE = 60
_MAX_TITLE = 120
_HEAD_LINES = 24
_AROUND_TITLE = 6
_MAX_NOTE = 400
_IN_SENTENCE = re.compile("[。；;！!，,：:]")
_COMPLETE = re.compile(
    "(?:报告|通知|办法|规定|条例|意见|方案|公告|通告|公示|决定|决议|指南|目录|清单|解读|问答|函|"
    "细则|规划|计划|批复|说明|制度|规则|标准|令|纪要|简报|总结|通报|法)"
    "(?:[（(][^）)]{1,20}[）)])?$"
)
_LABELS = {
    "标题": "title",
    "文件名称": "title",
    "信息名称": "title",
    "发布机构": "issuer",
    "发文机关": "issuer",
    "发文单位": "issuer",
    "发布单位": "issuer",
    "公开主体": "issuer",
    "文号": "document_number",
    "发文字号": "document_number",
    "文件编号": "document_number",
    "成文日期": "made",
    "生成日期": "made",
    "发文日期": "published",
    "发布日期": "published",
    "发布时间": "published",
    "公布日期": "published",
    "公开日期": "published",
    "施行日期": "effective",
    "实施日期": "effective",
    "生效日期": "effective",
    "失效日期": "expires",
    "废止日期": "expires",
    "主题分类": "topic",
    "索引号": "",
    "签发人": "",
    "密级": "",
    "有效性": "",
    "公开方式": "",
    "体裁分类": "",
}
_LABEL = re.compile(r"[【\[]?(?P<label>[一-龥 \u3000]{2,12})[】\]]?[：:][ \t\u3000]*(?P<value>.*)")
_RED_HEAD = re.compile(r"(?P<body>[一-龥（）()]{3,40}?)文件")
_SECRECY = re.compile("(?:特急|加急|急件|平急|公开|内部)(?:[★☆].*)?|[0-9★☆]{1,8}")
_NOTE = re.compile("公布|发布|颁布|通过|修订|修正|施行|印发")
_BARE_NOTE = re.compile(r"\d{4}年\d{1,2}月\d{1,2}日[^。；]{0,120}$")
_ORDER_ALONE = re.compile(r"(?P<body>[一-龥 \u3000、]{2,40}?)(?P<sort>令|公告)")
_GAP = r"[ \t\u3000]*"
_NUMBER_OF_ORDER = re.compile(
    rf"(?:\d{{4}}{_GAP}年{_GAP})?第{_GAP}[0-9〇零一二三四五六七八九十百]{{1,6}}{_GAP}号令?"
)


@dataclass(slots=True)
class Opening:
    """What the first lines say. `number` is as written; `note` is the text in brackets (题注)."""

    title: str = ""
    number: str | None = None
    note: str = ""
    red_head: str | None = None
    labelled: dict[str, str] = field(default_factory=dict)


def opening_of(text: str) -> Opening:
    """Read the first lines: what stands above the title, the title, and what is below it."""
    lines = [line.strip() for line in text[:6000].split("\n") if line.strip()][:_HEAD_LINES]
    opening = Opening()
    first = _above_title(lines, opening)
    spelled = _spell_title(lines[first:], opening)
    if opening.title:
        below = lines[first + spelled :][:_AROUND_TITLE]
        opening.number = opening.number or _own_number(below)
        opening.note = _note(below)
    opening.title = opening.labelled.get("title", opening.title)
    return opening


def is_complete(title: str) -> bool:
    """Whether it ends as titles do: 通知, 办法, 报告."""
    return _COMPLETE.search(title) is not None


def _above_title(lines: list[str], opening: Opening) -> int:
    """How many lines stand above the title; what they say is kept."""
    for at, line in enumerate(lines):
        labelled = _LABEL.fullmatch(line)
        label = "".join(labelled["label"].split()) if labelled else ""
        if labelled and label in _LABELS:
            if _LABELS[label] and labelled["value"]:
                opening.labelled.setdefault(_LABELS[label], labelled["value"].strip())
        elif (red := _RED_HEAD.fullmatch(line)) and issuers_alone(red["body"]):
            opening.red_head = issuers_alone(red["body"])
        elif number := _own_number(lines[at : at + 1]) or _order(lines[at : at + 2]):
            opening.number = opening.number or number
        elif not (_SECRECY.fullmatch(line) or _NUMBER_OF_ORDER.fullmatch(line)):
            return at
    return 0


def _spell_title(lines: list[str], opening: Opening) -> int:
    """How many lines the title runs over."""
    if lines and lines[0].startswith("# "):
        opening.title = lines[0].lstrip("# ").strip()
        return 1
    title, spelled = "", 0
    for count, line in enumerate(lines[:_TITLE_LINES], start=1):
        if not _may_be_title(line) or len(title) + len(line) > _MAX_TITLE:
            break
        title += line
        if is_complete(title):
            opening.title = title
            return count
        spelled = 1
    opening.title = lines[0] if spelled else ""
    return spelled


def _may_be_title(line: str) -> bool:
    return (
        len(line) <= _MAX_TITLE_LINE
        and not _IN_SENTENCE.search(line)
        and not line.startswith("|")
        and heading_of(line) is None
    )


def _own_number(lines: list[str]) -> str | None:
    """A 文号 that has a line to itself, in brackets or not."""
    for line in lines:
        bare = line.strip("（）()[] ")
        numbers = find_document_numbers(bare)
        if len(numbers) == 1 and len(bare) <= len(numbers[0]) + _AROUND_TITLE:
            return numbers[0]
    return None


def _order(lines: list[str]) -> str | None:
    """中华人民共和国国务院令 / 第711号, over two lines."""
    if len(lines) > 1 and _ORDER_ALONE.fullmatch(lines[0]) and _NUMBER_OF_ORDER.fullmatch(lines[1]):
        numbers = find_document_numbers("".join(lines))
        return numbers[0] if len(numbers) == 1 else None
    return None


def _note(lines: list[str]) -> str:
    """（2007年4月5日国务院令第492号公布　2019年4月3日…修订）, or lines without brackets."""
    bare = [line for line in lines if _BARE_NOTE.match(line) and _NOTE.search(line)]
    if bare and bare[0] == lines[0]:
        return "\n".join(line for line in lines[: len(bare)] if line in bare)
    for at, line in enumerate(lines):
        if line[0] in "（(" and _NOTE.search("".join(lines[at : at + 4])):
            note = "".join(lines[at : at + 4])
            closing = max(note.rfind("）"), note.rfind(")"))
            return note[1:closing] if 0 < closing <= _MAX_NOTE else ""
    return ""
