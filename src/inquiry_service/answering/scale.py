"""What a question's words weigh in this library, and how much of that weight a text carries."""

import re
from collections.abc import Container, Mapping, Sequence

from inquiry_service.answering.judgement import Manner
from inquiry_service.answering.lexical import LexicalIndex
from inquiry_service.answering.question import Question
from inquiry_service.answering.tokens import bigrams, terms_of_folded, terms_of_name

_HALF = 0.5
_SYNONYM_SHARE = 0.9
_FRAME = re.compile(
    "什么时候|什么|哪一[年个位种项部座所条家片次]|哪[些个位种里儿国年]|哪|多少|多久|多长"
    "|几[年月日个]?|何[时处地年人]?|谁|吗|呢|为何|如何|怎么样?|怎样|是否|请问|有没有|能不能|可不可以"
    "|要不要|是不是|我想|我们|你们|[是的了于在由被有和与及之其为而也都就对从到以将把我你它请要可]"
)
"""What makes a sentence a question or holds it together: no text need repeat it."""
_MATTERS_LITTLE = 0.05


class Scale:
    """Words weigh by their rarity; a synonym from the glossary stands in for its word."""

    def __init__(self, lexical: LexicalIndex, question: Question) -> None:
        terms = dict.fromkeys(terms_of_folded(question.text))
        self.terms = {term: lexical.rarity(term) for term in terms if lexical.frequency(term)}
        for synonym in question.synonyms:
            for term in terms_of_name(synonym):
                if term not in self.terms and lexical.frequency(term):
                    self.terms[term] = _HALF * lexical.rarity(term)
        self._terms_total = sum(self.terms.values()) or 1.0
        words = {word.text: word.weight * lexical.rarity(word.text) for word in question.words}
        self._words = [_Word(word, words[word], question.stand_ins) for word in words]
        self._total = sum(word.weight for word in self._words) or 1.0
        self._pairs = _pairs(lexical, question.text)
        self.familiar = familiarity(lexical, question)
        self.unknown = 1.0 - self.familiar if question.words else 0.0

    def overlap(self, terms: Container[str]) -> float:
        """The share of the weight of the question's words and bigrams that these terms carry."""
        return sum([w for term, w in self.terms.items() if term in terms]) / self._terms_total

    def coverage(self, folded: str) -> float:
        """The share of the content words' weight that stands in the text."""
        return sum([word.weight * word.present_in(folded) for word in self._words]) / self._total

    def pairs_in(self, folded: str) -> float:
        """The share of the weight of neighbouring characters that stand together in the text."""
        return sum([weight for pair, weight in self._pairs if pair in folded])

    def beside(self, head: str, folded: str) -> float:
        """Of what the question says besides the title, the share that the text says.

        Documents of one title differ in just this. 1 when the title says it all.
        """
        rest = [one for one in self._pairs if one[0] not in head]
        total = sum([weight for _, weight in rest])
        if total < _MATTERS_LITTLE:
            return 1.0
        return sum([weight for pair, weight in rest if pair in folded]) / total


class _Word:
    """A content word, what stands for it, and its bigrams."""

    __slots__ = ("_pairs", "_stand_ins", "_text", "weight")

    def __init__(self, text: str, weight: float, stand_ins: Mapping[str, Sequence[str]]) -> None:
        self.weight = weight
        self._text = text
        self._stand_ins = stand_ins.get(text, ())
        self._pairs = [pair[:2] for pair in bigrams(text)]

    def present_in(self, folded: str) -> float:
        """1 for the word, less for what stands for it, else a half of the share of its bigrams."""
        if self._text in folded:
            return 1.0
        for name in self._stand_ins:
            if name in folded:
                return _SYNONYM_SHARE
        pairs = self._pairs
        return _HALF * sum([pair in folded for pair in pairs]) / len(pairs) if pairs else 0.0


def _pairs(lexical: LexicalIndex, text: str) -> list[tuple[str, float]]:
    """Neighbouring characters that carry content, with weights that sum to 1."""
    marked = dict.fromkeys(pair for part in _FRAME.split(text) for pair in bigrams(part))
    weights = {pair[:2]: lexical.rarity(pair) for pair in marked}
    total = sum(weights.values()) or 1.0
    return [(pair, weight / total) for pair, weight in weights.items()]


def manner_of(question: Question, scale: Scale) -> Manner:
    """What the judge must know about the question itself."""
    return Manner(
        familiar=scale.familiar,
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
        known += word.weight if any(map(lexical.knows, names)) else 0.0
    return known / total if total else 0.0
