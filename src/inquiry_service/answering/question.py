"""What a question says once it is read: years, numbers, names, what kind of answer it wants."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from inquiry_service.answering.folding import fold
from inquiry_service.answering.places import Home, Named, names_in
from inquiry_service.answering.reading.amounts import tell_amounts
from inquiry_service.answering.reading.asks import Asks, kind_of, unit_of
from inquiry_service.answering.reading.manner import Manner, manner_of
from inquiry_service.answering.reading.numbers import numbers_in
from inquiry_service.answering.reading.typos import Spelling, Typo
from inquiry_service.answering.reading.years import tell_years, years_in
from inquiry_service.answering.tokens import ContentWord, content_words
from inquiry_service.knowledge.synonyms import Entry, Glossary

__all__ = ["Asks", "Question", "kind_of", "read_question", "years_in"]

_Entries = Sequence[tuple[str, Entry]]
"""Names of the glossary that stand in a text."""

_POLITE = re.compile(r"^(?:(?:请问|我想问|想问|麻烦问|咨询)一?下?|你好|您好)[,，。!！ ]*")
_TITLE_FIRST = re.compile("《(?P<title>.+?)》(?:里|中|里面|当中)?(?:的|[,，:：、 ])*(?=$|.)")
_OLD_TEXT = re.compile(
    "废止|失效|作废|过期|旧版|旧的|原来的|以前的规定|修订前|还有效|现行有效|是否仍|还能用|不管用"
    "|还(?:管用|作数|算数)"
)


@dataclass(frozen=True, slots=True)
class Question:
    """A question as read. `text` is folded, with relative years made explicit."""

    text: str
    asks: Asks
    unit: str | None = None
    """The counting word after 多少 or 几, when there is one."""
    years: tuple[int, ...] = ()
    document_numbers: tuple[str, ...] = ()

    named: Named = field(default_factory=Named)
    words: tuple[ContentWord, ...] = ()
    synonyms: tuple[str, ...] = ()
    """Other names, from the glossary, for the things that the question names."""
    stand_ins: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """For a content word, the names that say the same."""
    asks_for_old_text: bool = False
    """Whether repealed or expired text is what is wanted."""
    manner: Manner = field(default_factory=Manner)
    """Whether it is small talk, an order to the machine, an everyday or another body's matter."""
    typos: tuple[Typo, ...] = ()
    """What was read otherwise than it was written."""
    about: str | None = None
    """The one document that is asked about, named by its title in 《》."""

    @property
    def to_the_machine(self) -> bool:
        """Whether it is small talk or an order rather than a matter of public life."""
        return self.manner.never is not None

    @property
    def public_affair(self) -> bool:
        """Whether it sounds like a matter of some public body, ours or another."""
        return self.manner.public_affair


def read_question(
    asked: str,
    *,
    today: date,
    home: Home | None = None,
    glossary: Glossary | None = None,
    spelling: Spelling | None = None,
    titles: Mapping[str, str] | None = None,
) -> Question:
    """Normalise a question and find what can be told from its words alone.

    `spelling` corrects what is written by its sound; `titles`, folded, tell which document a
    《title》 at the beginning names.
    """
    text = _POLITE.sub("", tell_years(tell_amounts(fold(asked)), today))
    about, text = _document_named(text, titles or {})
    text, typos = spelling.correct(text) if spelling else (text, ())
    own = home.own_names if home else frozenset()
    asks = kind_of(text)
    glossary = glossary or Glossary()
    names = glossary.entries_in(text)
    words = _with_terms(content_words(text, ignoring=own), names)
    return Question(
        text=text,
        asks=asks,
        unit=unit_of(text, asks),
        years=years_in(text),
        document_numbers=numbers_in(text),
        named=names_in(text),
        words=words,
        synonyms=glossary.expand(text),
        stand_ins=_stand_ins(words, names),
        asks_for_old_text=bool(_OLD_TEXT.search(text)),
        manner=manner_of(text),
        typos=typos,
        about=about,
    )


def _document_named(text: str, titles: Mapping[str, str]) -> tuple[str | None, str]:
    """The document whose title stands first, and what is asked about it."""
    found = _TITLE_FIRST.match(text)
    about = titles.get(found["title"]) if found else None
    if found is None or about is None:
        return None, text
    return about, text[found.end() :] or found["title"]


def _with_terms(words: Sequence[ContentWord], named: _Entries) -> tuple[ContentWord, ...]:
    """A term of the glossary counts as a whole: 不予公开 is more than 公开."""
    names = [name for name, _ in named]
    longest = [name for name in names if not any(name != o and name in o for o in names)]
    known = {word.text for word in words}
    return (*words, *(ContentWord(name, 1.0) for name in longest if name not in known))


def _stand_ins(words: Sequence[ContentWord], named: _Entries) -> dict[str, tuple[str, ...]]:
    """A word may stand in the question alone or as part of a longer name of the glossary."""
    found: dict[str, list[str]] = {}
    for name, entry in named:
        others = [other for other in entry.names if other != name]
        for word in words:
            if word.text in name or name in word.text:
                found.setdefault(word.text, []).extend(others)
    return {word: tuple(dict.fromkeys(names)) for word, names in found.items()}
