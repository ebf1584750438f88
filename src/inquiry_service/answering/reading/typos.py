"""Words written by their sound: 信息公凯 is read as 信息公开, 备按 as 备案.

Only what is no word and stands nowhere in the library is read differently, only as the one known
word that sounds the same, and only when half of the characters agree. Numbers are never touched. A
term of the glossary may sound nearly the same (n/ng, z/zh, l/n) and correct a word within a longer
term (行政复义); any other word must sound alike and leaves the words around it as they are.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from functools import cached_property, lru_cache
from typing import NamedTuple

import rjieba

from inquiry_service.answering.tokens import STOP_WORDS

OFTEN = 2
"""In how many passages a word must stand to be what somebody meant."""
_SHORTEST, _LONGEST = 2, 6
_UNMISTAKABLE = 4
_CHINESE_RUN = re.compile(r"[\u3400-\u9fff]{2,}")
_FUZZY = (
    (re.compile("^([zcs])h"), r"\1"),
    (re.compile("ng$"), "n"),
    (re.compile("^n"), "l"),
)
_TONELESS = str.maketrans("āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜüńňǹḿ", "aaaaeeeeiiiioooouuuuvvvvvnnnm")


class Typo(NamedTuple):
    """What was written, and as what it is read."""

    written: str
    meant: str


class Spelling:
    """The words of one library by their sound. The table is made when it is first needed."""

    def __init__(
        self,
        words: Callable[[], Iterable[str]],
        terms: Iterable[str],
        known: Callable[[str], bool],
    ) -> None:
        """`words` are the library's, `terms` the glossary's; `known` tells what stands in it.

        It is asked of pairs of characters: what is made of known ones alone is left as it is.
        """
        self._words = words
        self._terms = frozenset(terms)
        self._known = known

    def correct(self, folded: str) -> tuple[str, tuple[Typo, ...]]:
        """The text as it is read, and what was read differently; mostly nothing is."""
        found: list[Typo] = []
        for run in _CHINESE_RUN.findall(folded):
            found += self._typos_in(run)
        for typo in found:
            folded = folded.replace(typo.written, typo.meant)
        return folded, tuple(dict.fromkeys(found))

    def _typos_in(self, run: str) -> Iterator[Typo]:
        gaps = {at for at in range(1, len(run)) if not self._known(run[at - 1 : at + 1])}
        if not gaps:
            return
        sounds = _sound(run)
        taken = 0
        for start, end in _windows(_tokens(run)):
            if start < taken or gaps.isdisjoint(range(start + 1, end)):
                continue
            meant = self._meant(run, start, end, sounds[start:end])
            if meant is not None:
                taken = end
                yield Typo(run[start:end], meant)

    def _meant(self, run: str, start: int, end: int, sound: tuple[str, ...]) -> str | None:
        written = run[start:end]
        terms = self._terms
        if written in terms or written[:-1] in terms or written[1:] in terms:
            return None
        alike = [
            word
            for word in self._by_sound.get(sound, ())
            if _may_be_meant(written, word, term=word in self._terms)
        ]
        if not alike:
            return None
        exact = {word for word in alike if _exact_sound(word) == _exact_sound(written)}
        terms = self._terms.intersection(alike)
        candidates = exact & terms or terms or exact
        if len(candidates) != 1:
            return None
        [meant] = candidates
        return meant if meant in terms or _keeps_words(written, meant) else None

    @cached_property
    def _by_sound(self) -> dict[tuple[str, ...], list[str]]:
        table: dict[tuple[str, ...], list[str]] = defaultdict(list)
        for word in {*self._words(), *self._terms}:
            if _SHORTEST <= len(word) <= _LONGEST and _CHINESE_RUN.fullmatch(word):
                table[_sound(word)].append(word)
        return dict(table)


def _tokens(run: str) -> list[str]:
    """Words of the language; what is none falls apart into its characters."""
    return [
        piece
        for token in rjieba.cut(run)
        for piece in ([token] if rjieba.has_word(token) else list(token))
    ]


def _windows(tokens: list[str]) -> Iterator[tuple[int, int]]:
    """Stretches of whole tokens, longer ones first, in which something may be misspelt."""
    starts = [0]
    for token in tokens:
        starts.append(starts[-1] + len(token))
    for first, start in enumerate(starts):
        for end in reversed(starts[first + 1 :]):
            if _SHORTEST <= end - start <= _LONGEST:
                yield start, end


def _may_be_meant(written: str, word: str, *, term: bool) -> bool:
    """They share a character for each that differs, and no function word is in question."""
    pairs = list(zip(written, word, strict=True))
    differing = [pair for pair in pairs if pair[0] != pair[1]]
    if len(differing) * 2 > len(word) or rjieba.has_word(written):
        return False
    sure = term and len(word) >= _UNMISTAKABLE
    return sure or not any(character in STOP_WORDS for pair in differing for character in pair)


def _keeps_words(written: str, meant: str) -> bool:
    """No word of the language is changed: what differs stands alone in the question."""
    at = 0
    for token in _tokens(written):
        if len(token) > 1 and meant[at : at + len(token)] != token:
            return False
        at += len(token)
    return True


def _sound(word: str) -> tuple[str, ...]:
    return tuple([_fuzzy(_syllable(character)) for character in word])


def _exact_sound(word: str) -> tuple[str, ...]:
    return tuple([_syllable(character) for character in word])


@lru_cache(maxsize=16384)
def _fuzzy(syllable: str) -> str:
    """z/zh, n/ng and l/n are the same to many ears."""
    for pattern, plain in _FUZZY:
        syllable = pattern.sub(plain, syllable)
    return syllable


@lru_cache(maxsize=16384)
def _syllable(character: str) -> str:
    """The usual reading without its tone; the character itself when it has none."""
    from pypinyin.pinyin_dict import pinyin_dict

    readings: str = pinyin_dict.get(ord(character), character)
    return readings.split(",", maxsplit=1)[0].translate(_TONELESS)
