"""Which cell of a table's row a question is about: 2023年予以公开自然人多少件. Pure."""

from inquiry_service.answering.folding import fold
from inquiry_service.answering.question import Asks, Question
from inquiry_service.knowledge.document import Passage
from inquiry_service.knowledge.tables import BETWEEN_LEVELS, Cell, cells_of

_FIGURES = frozenset(
    {Asks.NUMBER, Asks.COUNT, Asks.MONEY, Asks.DURATION, Asks.WHEN, Asks.WHICH, Asks.WHAT}
)


def cell_asked(question: Question, passage: Passage, quote: str) -> Cell | None:
    """The one cell whose column the question names best; `None` when none or several are.

    The cell must stand in the quote.
    """
    if question.asks not in _FIGURES:
        return None
    scored = [(_named(cell.column, question.text), cell) for cell in cells_of(passage)]
    scored = [(score, cell) for score, cell in scored if score and cell.value in quote]
    best = max((score for score, _ in scored), default=0)
    named = [cell for score, cell in scored if score == best]
    return named[0] if len(named) == 1 else None


def _named(column: str, text: str) -> int:
    """How many characters of the column's name the question says; its last level must be said."""
    levels = [fold(level) for level in column.split(BETWEEN_LEVELS)]
    return sum(len(level) for level in levels if level in text) if levels[-1] in text else 0
