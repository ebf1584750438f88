"""Curated cards: an answer written beforehand, with the ways in which people ask for it.

Cards are looked at before anything is searched. A card answers when the question is one of its
own, word for word after folding, or very near to one in meaning, and nearer than to any question
that the card says it does not answer. A card that has expired never answers.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np

from inquiry_service.answering.conditions import Insistence
from inquiry_service.answering.folding import fold
from inquiry_service.answering.judgement import Agreement
from inquiry_service.answering.named_questions import NamedQuestions, Nearness
from inquiry_service.answering.ranges import APART, SAME_QUESTION
from inquiry_service.answering.scoring import Scores
from inquiry_service.answering.succession import in_force
from inquiry_service.knowledge.document import Kind, Provenance

_NUMBER = re.compile(r"\d+(?:\.\d+)?")
_MARKS = re.compile(r"[\W_]+")
_ENDINGS = re.compile("(?:吗|呢|啊|呀|吧|么|的|了)+$")


@dataclass(frozen=True, slots=True)
class CardMatch:
    """The card that answers, and how near the question is to one of its own; 1 for the same."""

    document_id: str
    likeness: float


class Cards:
    """The cards of one library with their questions. Made once, when first needed."""

    def __init__(
        self,
        documents: Sequence[Provenance],
        asked: NamedQuestions,
        denied: NamedQuestions,
    ) -> None:
        self._documents = documents
        self._asked = asked
        self._denied = denied
        cards = {row for row, document in enumerate(documents) if document.kind is Kind.CARD}
        rows = [row for row, owner in enumerate(asked.owners.tolist()) if owner in cards]
        self._rows = np.asarray(rows, np.int64)
        self._exact: Mapping[str, int] = {
            bare(text): row
            for row in sorted(cards, reverse=True)
            for text in (documents[row].title, *documents[row].all_questions)
        }

    def match(self, folded: str, near: Nearness, *, today: date) -> CardMatch | None:
        """The card for a folded question; `None` when no card answers."""
        row = self._exact.get(bare(folded))
        likeness = 1.0
        if row is None:
            row, likeness = self._nearest(folded, near.asked)
        if row is None or not in_force(self._documents[row], today):
            return None
        if self._is_denied(row, folded, near.denied, likeness):
            return None
        return CardMatch(self._documents[row].document_id, likeness)

    def _nearest(self, folded: str, likeness: Scores) -> tuple[int | None, float]:
        """No other document may name a question that is nearer still."""
        if not len(self._rows):
            return None, 0.0
        at = self._rows[int(np.argmax(likeness[self._rows]))]
        sure = float(likeness[at])
        if sure < SAME_QUESTION or sure < float(np.max(likeness)):
            return None, sure
        if not _same_facts(folded, fold(self._asked.texts[at])):
            return None, sure
        return int(self._asked.owners[at]), sure

    def _is_denied(self, row: int, folded: str, similarity: Scores, likeness: float) -> bool:
        denied = self._documents[row].not_questions
        if bare(folded) in {bare(text) for text in denied}:
            return True
        if not denied or likeness == 1.0:
            return False
        nearest = self._denied.of_documents(similarity, len(self._documents))
        return float(nearest[row]) > likeness - APART


def _same_facts(one: str, other: str) -> bool:
    """Numbers are the same, and neither is about the opposite of the other."""
    same = sorted(_NUMBER.findall(one)) == sorted(_NUMBER.findall(other))
    return same and Insistence(one).contrast(other) is not Agreement.CONTRADICTS


def bare(text: str) -> str:
    """A question without marks and final particles, folded: 收费吗？ is 收费."""
    return _ENDINGS.sub("", _MARKS.sub("", fold(text)))
