"""What a question's words weigh in this library, and how much of that weight a text carries."""

from inquiry_service.answering.judgement import Manner
from inquiry_service.answering.lexical import LexicalIndex
from inquiry_service.answering.question import Question
from inquiry_service.answering.tokens import bigrams, terms_of_folded

_HALF = 0.5
_SYNONYM_SHARE = 0.9


class Scale:
    """Words weigh by their rarity; a synonym from the glossary stands in for its word."""

    def __init__(self, lexical: LexicalIndex, question: Question) -> None:
        terms = dict.fromkeys(terms_of_folded(question.text))
        self.terms = {term: lexical.rarity(term) for term in terms if lexical.frequency(term)}
        for synonym in question.synonyms:
            for term in terms_of_folded(synonym):
                if term not in self.terms and lexical.frequency(term):
                    self.terms[term] = _HALF * lexical.rarity(term)
        self._words = {
            word.text: word.weight * lexical.rarity(word.text) for word in question.words
        }
        self._stand_ins = question.stand_ins
        self._total = sum(self._words.values()) or 1.0
        self.unknown = 1.0 - familiarity(lexical, question) if question.words else 0.0

    def coverage(self, folded: str) -> float:
        """The share of the content words' weight that stands in the text."""
        return (
            sum(weight * self._present(word, folded) for word, weight in self._words.items())
            / self._total
        )

    def _present(self, word: str, folded: str) -> float:
        direct = _present(word, folded)
        if direct < 1.0 and any(name in folded for name in self._stand_ins.get(word, ())):
            return max(direct, _SYNONYM_SHARE)
        return direct


def manner_of(question: Question, lexical: LexicalIndex) -> Manner:
    """What the judge must know about the question itself."""
    return Manner(
        familiar=familiarity(lexical, question),
        to_the_machine=question.to_the_machine,
        public_affair=question.public_affair or bool(question.named.bodies),
        words=len(question.words),
    )


def familiarity(lexical: LexicalIndex, question: Question) -> float:
    """The share of the content words' weight that stands anywhere in the library."""
    known = total = 0.0
    for word in question.words:
        names = (word.text, *question.stand_ins.get(word.text, ()))
        total += word.weight
        known += word.weight if any(_known(lexical, name) for name in names) else 0.0
    return known / total if total else 0.0


def _known(lexical: LexicalIndex, name: str) -> bool:
    pairs = bigrams(name)
    if lexical.frequency(name):
        return True
    return bool(pairs) and all(lexical.frequency(pair) for pair in pairs)


def _present(word: str, folded: str) -> float:
    """1 for the word itself, else a half of the share of its bigrams."""
    if word in folded:
        return 1.0
    pairs = [pair[:2] for pair in bigrams(word)]
    return _HALF * sum(pair in folded for pair in pairs) / len(pairs) if pairs else 0.0
