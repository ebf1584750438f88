"""Which cell of a table's row a question is about: 2023年予以公开自然人多少件. Pure."""

from inquiry_service.answering.folding import fold
from inquiry_service.answering.question import Asks, Question
from inquiry_service.knowledge.document import Passage
from inquiry_service.knowledge.tables import BETWEEN_LEVELS, Cell, cells_of

_FIGURES = frozenset(
    {Asks.NUMBER, Asks.COUNT, Asks.MONEY, Asks.DURATION, Asks.WHEN, Asks.WHICH, Asks.WHAT}
)
_COUNTS = frozenset({Asks.NUMBER, Asks.COUNT})
_TOTALS = frozenset({"总计", "合计"})


def cell_asked(question: Question, passage: Passage, quote: str) -> Cell | None:
    """The one cell whose column the question names best; `None` when none or several are.

    How many without a column named means all together. The cell must stand in the quote.
    """
    if question.asks not in _FIGURES or "|" not in passage.text:
        return None
    cells = [cell for cell in cells_of(passage) if cell.value in quote]
    scores = [_named(cell.column, question.text) for cell in cells]
    best = max(scores, default=0)
    if best == 0 and question.asks in _COUNTS:
        named = [cell for cell in cells if _last_level(cell.column) in _TOTALS]
    else:
        named = [cell for cell, score in zip(cells, scores, strict=True) if score == best > 0]
    return named[0] if len(named) == 1 else None


def _named(column: str, text: str) -> int:
    """How many characters of the column's name the question says; its last level must be said."""
    levels = [fold(level) for level in column.split(BETWEEN_LEVELS)]
    return sum(len(level) for level in levels if level in text) if levels[-1] in text else 0


def _last_level(column: str) -> str:
    return column.rsplit(BETWEEN_LEVELS, maxsplit=1)[-1]
