"""Searching the library: which documents speak of some words, the best first.

Other than an answer, a list of documents is for a person to judge: a document is found when it is
named by its number or has all the words; when none has, those that have most of them are given
and said to be near only. Order comes from the same candidates that answers are chosen from.
"""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from inquiry_service.answering.asking import AnswerEngine
from inquiry_service.answering.folding import fold
from inquiry_service.answering.opening import OpenIndex
from inquiry_service.answering.question import Question, read_question
from inquiry_service.answering.retrieval import retrieve
from inquiry_service.answering.succession import in_force
from inquiry_service.answering.tokens import STOP_WORDS, bigrams, terms_of_folded
from inquiry_service.knowledge.document import Provenance
from inquiry_service.knowledge.expressions.references import normalise_document_number

_CHUNK = re.compile(r"[\w.%]+")
_NOT_A_LETTER = re.compile(r"[\W_]+")
_LIKE_A_NUMBER = re.compile(r"[〔\[［【﹝（(]\s*\d{4}\s*[〕\]］】﹞）)]|\d\s*号")
_MOST_WORDS = 24
_NEAR_ENOUGH = 0.5
"""Share of the words from which a document is offered when none has them all."""
_NUMBER_WORTH = 10.0
_TITLE_WORTH = 1.5
_PHRASE_WORTH = 1.0
_OLD_COST = 1.0
"""What no longer holds stands behind what holds and fits about as well."""
_RANK_SOFTENING = 10.0

Marks = NDArray[np.bool_]
Figures = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Hit:
    """One document; `ordinal` is the index's number of its best passage, if the text has any."""

    document: Provenance
    score: float
    ordinal: int | None


@dataclass(frozen=True, slots=True)
class Search:
    """Documents, best first. `near_only` says that none of them has all the words.

    `words` are what to mark in a text: what was typed, and what stands for it.
    """

    hits: tuple[Hit, ...]
    words: tuple[str, ...]
    near_only: bool = False


def search_documents(engine: AnswerEngine, text: str, *, today: date) -> Search:
    """The documents that speak of `text`. Raises whatever goes wrong in a part."""
    index = engine.index
    question = read_question(text, today=today, home=index.home, glossary=index.glossary)
    names = _names_in(index)
    wanted = _wanted_words(text, question)
    groups = [(word, *question.stand_ins.get(word, ())) for word in wanted]
    numbered = _numbered(text, question, names)
    if not groups and not numbered.any():
        return Search((), ())
    counted = _Counted.of(index, groups, names)
    kept = numbered | (counted.share >= 1.0)
    near_only = not kept.any()
    if near_only:
        kept = counted.share >= _NEAR_ENOUGH
    places = _places(engine, question)
    rank = np.zeros(len(names))
    np.maximum.at(rank, index.owners, places)
    best = _best_passages(index, counted.in_passage + places)
    score = counted.share + rank + _NUMBER_WORTH * numbered
    for row in np.flatnonzero(kept):
        score[row] += _title_worth(_lower(text), groups, names[row].title)
        score[row] -= 0.0 if in_force(index.documents[row], today) else _OLD_COST
    rows = sorted(np.flatnonzero(kept).tolist(), key=lambda row: (-float(score[row]), row))
    hits = tuple(Hit(index.documents[row], float(score[row]), best.get(row)) for row in rows)
    return Search(hits, _to_mark(text, groups), near_only)


@dataclass(frozen=True, slots=True)
class _Names:
    """What a document is called by, folded."""

    title: str
    everything: str
    number: str
    number_letters: str

    @classmethod
    def of(cls, document: Provenance) -> "_Names":
        named = (document.document_number, document.topic, document.issuer, *document.all_questions)
        title = _lower(document.title)
        everything = "\n".join([title, *(_lower(name) for name in named if name)])
        number = document.document_number or ""
        return cls(title, everything, normalise_document_number(number), _letters(number))


_remembered: dict[str, tuple[_Names, ...]] = {}
"""The names of the index searched last, by its version: equal versions have equal documents."""


def _names_in(index: OpenIndex) -> tuple[_Names, ...]:
    version = index.manifest.index_version
    names = _remembered.get(version)
    if names is None:
        names = tuple(_Names.of(document) for document in index.documents)
        _remembered.clear()
        _remembered[version] = names
    return names


def _lower(text: str) -> str:
    return text.casefold()


def _wanted_words(text: str, question: Question) -> tuple[str, ...]:
    """The words that a document should have: those with content, or else whatever there is."""
    folded = fold(text)
    content = [word.text for word in question.words if word.text in question.text]
    numbers = [term for term in terms_of_folded(folded) if term.isdecimal()]
    words = list(dict.fromkeys([*content, *numbers]))
    words = [word for word in words if not any(word != o and word in o for o in words)]
    whole = [chunk for chunk in _CHUNK.findall(folded) if chunk not in STOP_WORDS]
    return tuple((words or whole)[:_MOST_WORDS])


def _numbered(text: str, question: Question, names: Sequence[_Names]) -> Marks:
    """Documents whose number (文号) was typed, in whatever brackets, or the end of it."""
    asked = [normalise_document_number(number) for number in question.document_numbers]
    bare = _letters(fold(text)) if _LIKE_A_NUMBER.search(text) else ""
    return np.asarray([_has_number(one, asked, bare) for one in names], dtype=np.bool_)


def _has_number(names: _Names, asked: Sequence[str], bare: str) -> bool:
    """A word may have stuck to the front of the one or of the other."""
    number = names.number
    if not number:
        return False
    if any(number.endswith(one) or one.endswith(number) for one in asked):
        return True
    return bool(bare) and names.number_letters.endswith(bare)


def _letters(text: str) -> str:
    """Without brackets and spaces, half width."""
    return _NOT_A_LETTER.sub("", unicodedata.normalize("NFKC", text).casefold())


@dataclass(frozen=True, slots=True)
class _Counted:
    """How many of the words a passage has, and which share of them a document."""

    in_passage: Figures
    share: Figures

    @classmethod
    def of(
        cls, index: OpenIndex, groups: Sequence[Sequence[str]], names: Sequence[_Names]
    ) -> "_Counted":
        in_passage, share = np.zeros(len(index.owners)), np.zeros(len(names))
        for group in groups:
            inside = np.logical_or.reduce([_with_word(index, word) for word in group])
            named = [any(word in one.everything for word in group) for one in names]
            has = np.asarray(named, dtype=np.bool_)
            has[index.owners[inside]] = True
            in_passage += inside
            share += has
        return cls(in_passage, share / max(len(groups), 1))


def _with_word(index: OpenIndex, word: str) -> Marks:
    """Passages that have the word, told by its pairs of characters."""
    has = np.ones(len(index.owners), dtype=np.bool_)
    for part in bigrams(word) or [word]:
        has &= index.lexical.scores([part]) > 0
    return has


def _places(engine: AnswerEngine, question: Question) -> Figures:
    """For each passage how high it stands among the candidates: 1 for the best, 0 for none."""
    [vector] = engine.encoder.encode_questions([question.text])
    worth = np.zeros(len(engine.index.owners))
    for place, found in enumerate(retrieve(engine.index, question, vector).found):
        worth[found.ordinal] = _RANK_SOFTENING / (_RANK_SOFTENING + place)
    return worth


def _best_passages(index: OpenIndex, worth: Figures) -> dict[int, int]:
    """For each document with a passage worth anything, the ordinal of the worthiest."""
    some = np.flatnonzero(worth > 0)
    order = some[np.lexsort((some, -worth[some], index.owners[some]))]
    owners, first = np.unique(index.owners[order], return_index=True)
    return dict(zip(owners.tolist(), order[first].tolist(), strict=True))


def _title_worth(phrase: str, groups: Sequence[Sequence[str]], title: str) -> float:
    has = sum(any(word in title for word in group) for group in groups)
    return _TITLE_WORTH * has / max(len(groups), 1) + _PHRASE_WORTH * (phrase in title)


def _to_mark(text: str, groups: Sequence[Sequence[str]]) -> tuple[str, ...]:
    typed = [chunk for chunk in _CHUNK.findall(text) if chunk not in STOP_WORDS]
    words = {*typed, *(word for group in groups for word in group)}
    telling = {word for word in words if len(word) > 1} or words
    return tuple(sorted(telling, key=lambda word: (-len(word), word)))
