"""What is doubtful about how a text was split, line by line, for a clerk to look at."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from inquiry_service.knowledge.document import Passage
from inquiry_service.knowledge.splitting.headings import may_be_article, may_be_decimal
from inquiry_service.knowledge.splitting.lines import Line
from inquiry_service.knowledge.splitting.outline import outline
from inquiry_service.knowledge.splitting.passages import SIZE_CAP

_LONG_WITHOUT_HEADINGS = 4 * SIZE_CAP
_ENDS = tuple("。！？!?；;：:.」”’）)》】|\n")
_MOST = 5
_WORDS = 16


@dataclass(frozen=True, slots=True)
class Doubt:
    """`line` counts from 1; None when it is about the whole text. `serious`: worth a finding."""

    message: str
    line: int | None = None
    serious: bool = False

    def __str__(self) -> str:
        return f"第 {self.line} 行：{self.message}" if self.line else self.message


def doubts_of(text: str, passages: Sequence[Passage], *, title: str = "") -> tuple[Doubt, ...]:
    """What to look at, the same sort at most a few times."""
    lines = outline(text, title)
    sorts = (
        _without_headings(text, passages),
        _headless_tables(text, lines),
        _illegible(text, lines),
        _long_headings(passages),
        _references(text, lines),
        _gaps(text, lines),
        _broken_sentences(passages),
    )
    return tuple(doubt for sort in sorts for doubt in _some(list(sort)))


def _some(doubts: list[Doubt]) -> list[Doubt]:
    left = len(doubts) - _MOST
    more = [Doubt(f"同样的情况还有 {left} 处")] if left > 0 else []
    return doubts[:_MOST] + more


def _without_headings(text: str, passages: Sequence[Passage]) -> Iterator[Doubt]:
    if len(text) > _LONG_WITHOUT_HEADINGS and not any(passage.path for passage in passages):
        told = "全文没有认出标题，只能按长度切分；请给各部分加上标题（如“一、”或“## ”）"
        yield Doubt(told, serious=True)


def _headless_tables(text: str, lines: Sequence[Line]) -> Iterator[Doubt]:
    """Rows with bars, one under another, that no line of dashes makes a table."""
    found = None
    for above, line in pairwise(lines):
        barred = all(each.text.count("|") > 1 and not each.in_table for each in (above, line))
        if barred and not line.fenced and found is not above:
            told = "像表格，但缺少表头下面的“| --- |”行，没有按表格切分"
            yield Doubt(told, _number(text, above), serious=True)
        found = line if barred else None


def _illegible(text: str, lines: Sequence[Line]) -> Iterator[Doubt]:
    for line in lines:
        if "\ufffd" in line.text:
            yield Doubt("有认不出的字（�），请对照原件", _number(text, line), serious=True)


def _long_headings(passages: Sequence[Passage]) -> Iterator[Doubt]:
    for passage in passages:
        if len(passage.heading) > SIZE_CAP and "|" not in passage.heading:
            told = f"“{passage.text[:12]}…”之前的标题过长，请检查标题格式"
            yield Doubt(told, serious=True)


def _references(text: str, lines: Sequence[Line]) -> Iterator[Doubt]:
    """第十一条规定的… at the beginning of a line, taken for a reference and not for a heading."""
    for line in lines:
        opens = may_be_article(line.text) or may_be_decimal(line.text)
        if opens and line.heading is None and not (line.in_table or line.fenced):
            told = f"“{line.text[:_WORDS]}”按正文里的引用处理，不作标题"
            yield Doubt(told, _number(text, line))


def _gaps(text: str, lines: Sequence[Line]) -> Iterator[Doubt]:
    articles = [line for line in lines if line.heading and line.heading.number]
    for above, line in pairwise(articles):
        before, after = _article(above), _article(line)
        if after > before + 1:
            told = f"第{before}条之后是第{after}条，中间的没有找到"
            yield Doubt(told, _number(text, line))


def _broken_sentences(passages: Sequence[Passage]) -> Iterator[Doubt]:
    for before, after in pairwise(passages):
        together = not after.heading and after.path == before.path and "|" not in before.text
        if together and not before.text.endswith(_ENDS):
            told = f"句子太长，在“…{before.text[-8:]}”之后断开"
            yield Doubt(told)


def _article(line: Line) -> int:
    return (line.heading.number if line.heading else None) or 0


def _number(text: str, line: Line) -> int:
    return text.count("\n", 0, line.start) + 1
