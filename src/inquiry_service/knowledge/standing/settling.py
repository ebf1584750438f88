"""What only all documents together tell: which still hold, and what explains what. Pure."""

from collections.abc import Sequence
from datetime import date

from inquiry_service.knowledge.document import Document
from inquiry_service.knowledge.standing.pairs import pair
from inquiry_service.knowledge.standing.validity import Entry, fold

Told = tuple[tuple[str, str], ...]
"""document_id, and what a clerk should look at."""


def settle(
    documents: Sequence[Document], register: Sequence[Entry], *, today: date | None = None
) -> tuple[tuple[Document, ...], Told]:
    """The documents with their validity and their pairs, and what stayed unsure."""
    folded = fold(documents, register, today=today)
    paired = pair(folded.documents)
    unsure = [
        (document_id, f"解读的可能是 {'、'.join(policies[:5])} 中的一份，请在 explains 里写明")
        for document_id, policies in paired.unsure
    ]
    return paired.documents, (*folded.contradictions, *unsure)
