"""The paragraphs (款) and items (项) of one section, so that a piece of it has an address.

An article that has to be cut is cited as 第二十九条第二款 or 第二十条第（三）项至第（七）项, and a
piece that begins within a list carries the sentence that leads into the list in its path.
"""

import re
from bisect import bisect_right
from dataclasses import dataclass, field

from inquiry_service.knowledge.expressions.numerals import NUMERAL, to_chinese
from inquiry_service.knowledge.splitting.headings import Rank, numbering_of, starts_block
from inquiry_service.knowledge.splitting.lines import Line

_OPEN_ENDED = ("：", ":")
_CLOSED = tuple("。！？!?；;：:.」”’）)》】|")
_MAX_LEAD = 60
_SENTENCE_END = re.compile("[。！？!?\n]")
_CLAUSE_END = re.compile("[，,；;、]")
_ARTICLE = re.compile(rf"(第{NUMERAL}{{1,8}}条(?:之{NUMERAL}{{1,3}})?)((?:[ 【\[].*)?)")
_OPENING = re.compile(rf"^#{{0,6}} *第{NUMERAL}{{1,8}}条(?:之{NUMERAL}{{1,3}})?[ \u3000]*")
_NUMBER_OF_ITEM = re.compile(r"[（(][一二三四五六七八九十\d]{1,3}[）)]")
_BULLET_RANK = Rank.ARTICLE


@dataclass(frozen=True, slots=True)
class _Item:
    """`lead`: the sentence that leads into its list; `label`: （三）, or nothing for a bullet."""

    start: int
    rank: int
    label: str
    lead: str


@dataclass(slots=True)
class Parts:
    """Grows with the lines of a section. Offsets are those of the whole text."""

    clauses: list[int] = field(default_factory=list)
    blocks: list[int] = field(default_factory=list)
    """Where blocks after the first begin, items too."""
    _items: list[_Item] = field(default_factory=list)
    _leads: list[tuple[int, str]] = field(default_factory=list)

    def add(self, line: Line, before: Line | None) -> None:
        """`before`: the line above within the section."""
        rank = None if line.fenced else _rank_of_item(line.text)
        begins = before is not None and _begins_block(line, before)
        if begins:
            self.blocks.append(line.start)
        if rank is not None and before is not None:
            self._leads = [lead for lead in self._leads if lead[0] < rank]
            label = _NUMBER_OF_ITEM.match(line.text)
            lead = self._leads[-1][1] if self._leads else ""
            self._items.append(_Item(line.start, rank, label[0] if label else "", lead))
        elif before is None or begins:
            self._leads.clear()
            self.clauses.append(line.start)
        if line.text.endswith(_OPEN_ENDED):
            self._leads.append((rank or 0, _lead_of(line.text)))

    def cuts(self) -> list[int]:
        """Where a cut is best: between paragraphs."""
        return self.clauses[1:]

    def address(self, path: tuple[str, ...], first: int, last: int) -> tuple[str, ...]:
        """The path of a piece, from `first` up to `last`, of a section that was cut."""
        article = _ARTICLE.fullmatch(path[-1]) if path else None
        if article:
            path = (*path[:-1], f"{article[1]}{self._cited(first, last)}{article[2]}")
        within = self._item_at(first)
        return (*path, within.lead) if within and within.lead else path

    def _item_at(self, offset: int) -> _Item | None:
        at = bisect_right(self._items, offset, key=lambda item: item.start)
        item = self._items[at - 1] if at else None
        return item if item and self._clause(item.start) == self._clause(offset) else None

    def _clause(self, offset: int) -> int:
        return max(bisect_right(self.clauses, offset), 1)

    def _cited(self, first: int, last: int) -> str:
        """第二款, 第一款至第三款, 第（三）项至第（七）项, or nothing when it is all one."""
        start, end = self._clause(first), self._clause(last - 1)
        if start != end:
            return f"第{to_chinese(start)}款至第{to_chinese(end)}款"
        clause = f"第{to_chinese(start)}款" if len(self.clauses) > 1 else ""
        return clause + self._cited_items(first, last)

    def _cited_items(self, first: int, last: int) -> str:
        numbered = [item for item in self._items if item.label]
        if not numbered:
            return ""
        top = min(item.rank for item in numbered)
        chief = [item for item in numbered if item.rank == top]
        starts = [item.start for item in chief]
        named = chief[max(bisect_right(starts, first) - 1, 0) : bisect_right(starts, last - 1)]
        named = [item for item in named if self._clause(item.start) == self._clause(first)]
        labels = list(dict.fromkeys(f"第{item.label}项" for item in named))
        return "至".join(labels[:1] + labels[1:][-1:])


def _rank_of_item(text: str) -> int | None:
    numbering = numbering_of(text)
    if numbering:
        return numbering[0]
    return _BULLET_RANK if starts_block(text) else None


def _begins_block(line: Line, before: Line) -> bool:
    """What ends in a colon stays with what it announces."""
    if before.text.endswith(_OPEN_ENDED) or line.fenced:
        return False
    return line.after_blank or starts_block(line.text) or before.text.endswith(_CLOSED)


def _lead_of(text: str) -> str:
    """The last sentence, without its colon, from a clause on when it is long."""
    text = _OPENING.sub("", text.rstrip("：: "))
    sentence = _SENTENCE_END.split(text)[-1].strip() or text
    if len(sentence) <= _MAX_LEAD:
        return sentence
    tail = sentence[-_MAX_LEAD:]
    cut = _CLAUSE_END.search(tail)
    return tail[cut.end() :] if cut and cut.end() < len(tail) else tail
