"""Which cell of a table's row a question is about: 2023年予以公开自然人多少件. Pure."""

from collections.abc import Sequence

from inquiry_service.answering.folding import fold
from inquiry_service.answering.question import Asks, Question
from inquiry_service.knowledge.document import Passage
from inquiry_service.knowledge.tables import BETWEEN_LEVELS, Cell, cells_of

_FIGURES = frozenset(
    {Asks.NUMBER, Asks.COUNT, Asks.MONEY, Asks.DURATION, Asks.WHEN, Asks.WHICH, Asks.WHAT}
)
_COUNTS = frozenset({Asks.NUMBER, Asks.COUNT})
_TOTALS = frozenset({"总计", "合计"})
_SUMS = (*_TOTALS, "一共", "总共", "共计", "总数", "全部")
_CALLED = {
    "自然人": ("个人", "公民"),
    "商业企业": ("企业", "公司"),
    "科研机构": ("科研", "高校", "研究所"),
    "社会公益组织": ("公益", "社会组织", "社会团体"),
    "法律服务机构": ("律师", "律所"),
}
"""What people call the kinds of applicants of the statutory yearly table."""
_SORTS = (
    *(name for names in _CALLED.values() for name in names),
    *("法人", "组织", "机构", "外国", "外籍", "记者", "媒体", "学校", "学生", "农民", "村民"),
)


def cell_asked(question: Question, passage: Passage, quote: str) -> Cell | None:
    """The one cell whose column the question names best; `None` when none or several are.

    How many without a column named means all together, unless the question names a sort of people
    that the table does not tell apart. The cell must stand in the quote.
    """
    if question.asks not in _FIGURES or "|" not in passage.text:
        return None
    cells = [cell for cell in cells_of(passage) if cell.value in quote]
    scores = [_named(cell.column, question.text) for cell in cells]
    best = max(scores, default=0)
    if best == 0 and question.asks in _COUNTS and not _names_a_sort(question, cells):
        named = [cell for cell in cells if _last_level(cell.column) in _TOTALS]
    else:
        named = [cell for cell, score in zip(cells, scores, strict=True) if score == best > 0]
    return named[0] if len(named) == 1 else None


def is_sum_unasked(cell: Cell, question: Question) -> bool:
    """Whether the cell is that of all together, and the question did not say that it wants it."""
    return _last_level(cell.column) in _TOTALS and not any(word in question.text for word in _SUMS)


def _names_a_sort(question: Question, cells: Sequence[Cell]) -> bool:
    rows = "".join(fold(cell.row) for cell in cells)
    return any(sort in question.text and sort not in rows for sort in _SORTS)


def _named(column: str, text: str) -> int:
    """How many characters of the column's name the question says; its last level must be said."""
    levels = [fold(level) for level in column.split(BETWEEN_LEVELS)]
    if levels[-1] in text:
        return sum(len(level) for level in levels if level in text)
    return int(any(name in text for name in _CALLED.get(_last_level(column), ())))


def _last_level(column: str) -> str:
    return column.rsplit(BETWEEN_LEVELS, maxsplit=1)[-1]
